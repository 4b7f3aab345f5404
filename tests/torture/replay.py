"""Replays power cuts from what record.c recorded, at moments of its own choice, and opens what each would leave behind.

    replay.py WRITER RECORD BASE MOMENTS SEED    BASE is the store as it was when the recording began

Since the last sync the disk may hold some writes and not others. Tried are: all of them ('killed', the control); those
inside the file as it was then, for its new length is lost ('length lost', what ext4 does); the same without one of the
last three ('write lost'). Dangerous is a moment at which the file grew and a segment inside it was begun anew: as many
of them are tried as of all others. Exit status 1 if a store does not open, with all that was acknowledged.
"""
import collections
import concurrent.futures
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile

SEGMENT = 512 * 1024
writer, record, base = sys.argv[1], pathlib.Path(sys.argv[2]).read_bytes(), pathlib.Path(sys.argv[3])
moments, seed = int(sys.argv[4]), int(sys.argv[5])


def events():
    at = 0
    while at + 17 <= len(record):
        kind, offset, length = struct.unpack_from("<cqq", record, at)
        at += 17
        content = record[at:at + length]
        at += length
        yield kind.decode(), offset, content


def write(disk, offset, content):
    disk.extend(bytes(max(0, offset + len(content) - len(disk))))
    disk[offset:offset + len(content)] = content


def left(durable, pending, killed, without):
    """The log as a cut leaves it."""
    disk, length = bytearray(durable), len(durable)
    for number, (kind, offset, content) in enumerate(pending):
        if kind == "T" and killed:
            del disk[offset:]
        elif kind == "W" and number != without:
            write(disk, offset, content if killed else content[:max(0, length - offset)])
    return bytes(disk)


def opens(disk, acknowledged):
    with tempfile.TemporaryDirectory(dir=scratch) as directory:
        for file in [*base.glob("snap.*"), base / "conf"]:
            shutil.copy(file, directory)
        pathlib.Path(directory, "db").write_bytes(disk)
        pathlib.Path(directory, "acknowledged").write_bytes(acknowledged)
        return subprocess.run([writer, "check", directory], input=b"", capture_output=True).returncode == 0


def chosen():
    length, pending, dangerous, other = (base / "db").stat().st_size, [], [], []
    for index, (kind, offset, content) in enumerate(events()):
        if kind == "S":
            length, pending = max([length, *(end for _, end in pending)]), []
        elif kind == "W":
            pending.append((offset, offset + len(content)))
            grew = any(end > length for _, end in pending)
            reused = any(start % SEGMENT == 0 and start < length for start, _ in pending)
            (dangerous if grew and reused else other).append(index)
    pick = random.Random(seed)
    return [set(pick.sample(group, min(moments, len(group)))) for group in (dangerous, other)]


scratch = tempfile.mkdtemp()
pick = random.Random(seed)
dangerous, other = chosen()
print(f"{len(dangerous)} dangerous moments tried, {len(other)} others", flush=True)
durable, pending, trials = bytearray((base / "db").read_bytes()), [], []
acknowledged = (base / "acknowledged").read_bytes()
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    for index, (kind, offset, content) in enumerate(events()):
        if kind == "A":
            acknowledged = content
        elif kind == "S":
            durable, pending = bytearray(left(durable, pending, True, None)), []
        else:
            pending.append((kind, offset, content))
        if index in dangerous or index in other:
            lost = pick.randrange(max(0, len(pending) - 3), len(pending))
            for name, killed, without in [("killed", True, None), ("length lost", False, None), ("write lost", False, lost)]:
                trial = pool.submit(opens, left(durable, pending, killed, without), acknowledged)
                trials.append((("dangerous moments" if index in dangerous else "other moments", name), trial))
results = collections.defaultdict(list)
for name, trial in trials:
    results[name].append(trial.result())
shutil.rmtree(scratch)
for (moment, name), opened in sorted(results.items()):
    print(f"{moment}, {name}: {len(opened)} tried, {opened.count(False)} failed")
sys.exit(any(False in opened for opened in results.values()))
