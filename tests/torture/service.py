#!/usr/bin/env python3
"""Tortures the service over HTTP.

    tests/torture/service.py BINARY kill [TIMES]   kills it during concurrent PUTs, 50 times by default, over one data
                                                directory: nothing acknowledged may be lost, nothing half written
    tests/torture/service.py BINARY swap [TIMES]   swaps a rule set of 5,000 phrases under scoring load, 50 times by default:
                                                every answer must be that of the one revision it names
    tests/torture/service.py BINARY rate           acknowledged PUTs a second, one writer alone and 32 at once

Standard library only. Exit status 1 when a promise is broken.
"""
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time

WRITERS = 8
LABEL = {"fr": "x", "en": "x"}


class Service:
    def __init__(self, binary, data):
        self.process = subprocess.Popen([binary, "--listen", "127.0.0.1:0", "--data-dir", data],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"the service did not start: exit status {self.process.wait()}")
        self.address = line.strip().removeprefix("listening on http://")

    def connect(self):
        return http.client.HTTPConnection(self.address, timeout=60)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait()


def call(connection, method, path, body=None):
    headers = {"content-type": "application/json"} if body is not None else {}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read() or "null")


def rules(points, phrases=1):
    """Rules that give `points` to the word that every phrase begins with; the points tell one revision from another."""
    terms = ["treasurer"] + [f"zu{n:b} ka{n}".translate(str.maketrans("01", "ai")) for n in range(1, phrases)]
    signal = {"label": LABEL, "points": points, "when": {"mentions": {"of": ["words"], "in": ["headline"]}}}
    category = {"kind": "interest", "label": LABEL, "threshold": 1, "signals": {"now": signal}}
    return {"format": 1, "title": "torture", "vocabularies": {"words": {"terms": terms, "inflect": []}},
            "categories": {"c": category}, "policy": [{"id": "else", "label": LABEL, "when": "otherwise", "outcome": "ask"}]}


def points_of(document):
    return document["categories"]["c"]["signals"]["now"]["points"]


def write_until_it_breaks(service, name, counter, acknowledged):
    """PUTs ever new documents; notes each that was acknowledged."""
    try:
        connection = service.connect()
        while True:
            points = 1 + next(counter) % 900
            status, answer = call(connection, "PUT", f"/v1/rule-sets/{name}", rules(points))
            if status not in (200, 201):
                acknowledged.append((name, None, f"status {status}"))
                return
            acknowledged.append((name, answer["revision"], points))
    except (OSError, http.client.HTTPException, ValueError):
        return


def check_kept(service, acknowledged):
    """Says what is lost or half written."""
    faults, connection = [], service.connect()
    for name, revision, points in acknowledged:
        if revision is None:
            faults.append(f"{name}: {points}")
            continue
        status, answer = call(connection, "GET", f"/v1/rule-sets/{name}/revisions/{revision}")
        if status != 200 or points_of(answer["document"]) != points:
            faults.append(f"{name}@{revision}: acknowledged, and now {status}")
    for name in sorted({name for name, _, _ in acknowledged}):
        status, head = call(connection, "GET", f"/v1/rule-sets/{name}")
        last = max(revision or 0 for of, revision, _ in acknowledged if of == name)
        if status != 200 or head["revision"] < last:
            faults.append(f"{name}: revision {last} was acknowledged as active, and now {status}")
            continue
        score = {"headline": "Treasurer"}
        status, answer = call(connection, "POST", f"/v1/scores?rule_set={name}", score)
        if status != 200 or answer["scores"][0]["points"] != points_of(head["document"]):
            faults.append(f"{name}: does not judge by what it shows")
    return faults


def kill(binary, times):
    total, faults = 0, []
    with tempfile.TemporaryDirectory() as data:
        counter = iter(range(1 << 60))
        for turn in range(1, times + 1):
            service, acknowledged = Service(binary, data), []
            # Two writers share each name, so that they race for its revisions.
            names = [f"t{turn}-{writer // 2}" for writer in range(WRITERS)]
            writers = [threading.Thread(target=write_until_it_breaks, args=(service, name, counter, acknowledged))
                       for name in names]
            for writer in writers:
                writer.start()
            time.sleep(random.uniform(0.1, 1.0))
            service.kill()
            for writer in writers:
                writer.join()
            service = Service(binary, data)
            faults += check_kept(service, acknowledged)
            service.kill()
            total += len(acknowledged)
    print(f"{times} kills, {total} acknowledged PUTs by {WRITERS} writers, {len(faults)} lost or half written")
    return faults


def swap(binary, times):
    faults, answers, durations, done = [], [0], [], threading.Event()
    with tempfile.TemporaryDirectory() as data:
        service = Service(binary, data)
        points = {}
        connection = service.connect()
        status, answer = call(connection, "PUT", "/v1/rule-sets/big", rules(1, 5000))
        points[answer["revision"]] = 1

        def score():
            connection = service.connect()
            while not done.is_set():
                status, answer = call(connection, "POST", "/v1/scores?rule_set=big", {"headline": "Treasurer"})
                answers[0] += 1
                seen.append((status, answer["rule_set"]["revision"], answer["scores"][0]["points"]))

        seen = []
        scorers = [threading.Thread(target=score) for _ in range(4)]
        for scorer in scorers:
            scorer.start()
        for turn in range(2, times + 2):
            document, started = rules(turn, 5000), time.perf_counter()
            status, answer = call(connection, "PUT", "/v1/rule-sets/big", document)
            durations.append(time.perf_counter() - started)
            points[answer["revision"]] = turn
        done.set()
        for scorer in scorers:
            scorer.join()
        service.stop()
        faults = [one for one in seen if one[0] != 200 or points.get(one[1]) != one[2]]
    durations.sort()
    print(f"{times} swaps of 5,000 phrases under 4 scorers: {len(seen)} answers, {len(faults)} of another revision than named; "
          f"a PUT took {durations[len(durations) // 2] * 1000:.0f} ms (median, sending and parsing in this script included)")
    return faults


def rate(binary, _):
    for writers in (1, 32):
        with tempfile.TemporaryDirectory() as data:
            service, acknowledged, counter = Service(binary, data), [], iter(range(1 << 60))
            threads = [threading.Thread(target=write_until_it_breaks, args=(service, f"w{n}", counter, acknowledged))
                       for n in range(writers)]
            for thread in threads:
                thread.start()
            time.sleep(5)
            count = len(acknowledged)
            service.kill()
            for thread in threads:
                thread.join()
            print(f"{writers} writers: {count / 5:.0f} acknowledged PUTs a second")
    return []


if __name__ == "__main__":
    binary, mode = sys.argv[1], sys.argv[2]
    faults = {"kill": kill, "swap": swap, "rate": rate}[mode](binary, int(sys.argv[3]) if len(sys.argv) > 3 else 50)
    for fault in faults[:20]:
        print(fault)
    sys.exit(1 if faults else 0)
