#!/usr/bin/env python3
"""Reports the terms of the default rule set that no known text uses, for whoever tidies the vocabularies.

usage: .ci/unused_terms.py FOLDER [--binary target/release/entregent] [--vocabulary NAME] [--counts]

FOLDER holds tab-separated files (*.tsv) whose first line names a column `title`; each title is read as a headline. Read
besides are the profiles of tests/golden and of the rule set's own tests. The report names each vocabulary with unused
terms, how many, and which; --vocabulary keeps to one, --counts leaves the terms out. Exit status 0 also with a report.

A term counts as used when it stands in a text as a mention, alone or as one half of a composition. To see decoys too,
which no signal of the default rule set reads, the texts are judged by a rule set made for this: the same vocabularies,
and for each a signal over every field in any context. So a used decoy is one that stood in a text; the report does not
say whether a wanted word lay beneath it. A term that stands only within longer mentions counts as unused, for it was
always hidden. Unused is no fault: a term may wait for a title that the folder lacks.

Standard library only; needs the built binary.
"""

import argparse
import csv
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILTIN = ROOT / "src/ruleset/builtin"
FIELDS = [
    "headline", "about", "industry", "location", "position.title", "position.company", "position.industry",
    "position.location", "position.description", "education.school", "education.degree", "education.field", "skills",
    "languages", "certifications", "activity.recent_posts", "invitation.note",
]
LABEL = {"en": "probe", "fr": "sonde"}


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def vocabularies():
    merged = {}
    for path in sorted((BUILTIN / "vocabularies").glob("*.json")):
        merged.update(read_json(path))
    return merged


def probe(known):
    """A category that says of every vocabulary whether it was mentioned; a union has no mentions of its own."""
    signals = {
        name: {
            "label": LABEL,
            "points": 1,
            "when": {"mentions": {"of": [name], "in": FIELDS, "context": "any"}},
        }
        for name, vocabulary in known.items()
        if "union" not in vocabulary
    }
    return {"kind": "trait", "label": LABEL, "threshold": 1, "signals": signals}


def probing_rule_set(known):
    return {
        "format": 1,
        "title": "Probe",
        "description": "Every vocabulary of the default rule set, each read by a signal of its own.",
        "margin": 0,
        "vocabularies": known,
        "contexts": read_json(BUILTIN / "contexts.json"),
        "categories": {"probe": probe(known)},
        "policy": [{"id": "any", "label": LABEL, "when": "otherwise", "outcome": "ask"}],
        "tests": [],
    }


def profiles(folder):
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield {"headline": row["title"]}
    for path in sorted((ROOT / "tests/golden").glob("*.json")):
        yield read_json(path)["profile"]
    for case in read_json(BUILTIN / "tests.json"):
        yield case["profile"]


def answers(binary, rule_set, bodies):
    """Judges all profiles in one run of the binary, and ends the program when a line is not an answer."""
    lines = "".join(json.dumps(body, ensure_ascii=False) + "\n" for body in bodies)
    path = ROOT / "target" / "probing-rule-set.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(rule_set, ensure_ascii=False), encoding="utf-8")
    try:
        run = subprocess.run(
            [binary, "score", "-", "--rule-set", str(path), "--explain", "evidence"],
            input=lines, capture_output=True, text=True, encoding="utf-8", check=False,
        )
    finally:
        path.unlink()
    found = [json.loads(line) for line in run.stdout.splitlines() if line.strip()]
    if len(found) != len(bodies) or any("problem" in answer for answer in found):
        sys.exit(f"the binary answered {len(found)} of {len(bodies)} profiles: {run.stderr.strip()}")
    return [answer.get("result", answer) for answer in found]


def used_terms(known, judged):
    """The terms mentioned, per vocabulary; the evidence of a composition reads « head + domain »."""
    used = defaultdict(set)
    for answer in judged:
        for score in answer["scores"]:
            for contribution in score["contributions"]:
                for evidence in contribution.get("evidence", []):
                    name, term = evidence["vocabulary"], evidence["term"]
                    compose = known[name].get("compose")
                    if compose is None:
                        used[name].add(term)
                    else:
                        head, domain = term.split(" + ", 1)
                        used[compose["head"]].add(head)
                        used[compose["with"]].add(domain)
    return used


def report(known, used, only, counts):
    total = unused_total = 0
    for name, vocabulary in known.items():
        terms = vocabulary.get("terms", [])
        unused = [term for term in terms if term not in used[name]]
        total += len(terms)
        unused_total += len(unused)
        if unused and only in (None, name):
            print(f"{name}: {len(unused)} of {len(terms)}" + ("" if counts else ": " + "; ".join(unused)))
    print(f"{unused_total} of {total} terms unused")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--binary", default=str(ROOT / "target/release/entregent"))
    parser.add_argument("--vocabulary")
    parser.add_argument("--counts", action="store_true")
    options = parser.parse_args()
    known = vocabularies()
    bodies = list(profiles(options.folder))
    judged = answers(options.binary, probing_rule_set(known), bodies)
    report(known, used_terms(known, judged), options.vocabulary, options.counts)


if __name__ == "__main__":
    main()
