#!/usr/bin/env python3
"""Estimates how the default rule set does on titles that its authors had not read.

usage: .ci/unseen_titles.py FOLDER RULE_SET [--binary target/release/entregent]

RULE_SET is a file with the rule set, as a running service gives it: curl -s …/v1/rule-sets/builtin | jq .document

FOLDER holds tab-separated files (*.tsv) whose first line names the columns `title`, `label` and `lang`; each title is read
as a headline, and a label that is no category of the rule set is none. The titles are parted into two halves by a hash.
Each half is judged by rules without the terms that stand in it and not in the other half, as if the rules had been written
with that other half alone at hand. Printed are, by language, macro-F1 under all the rules and under these.

The second figure is a cautious estimate: what goes are also terms that anybody would have written who never saw the titles,
and nothing takes their place. It is no bound: terms that stand in both halves stay, whichever of them they were written
for, and points, contexts and decoys of both were set with all titles at hand. Exit status 0 with a report.

Standard library only; needs the built binary.
"""

import argparse
import csv
import hashlib
import json
from pathlib import Path

from unused_terms import ROOT, answers, probing_rule_set, read_json, used_terms

# Stands in a vocabulary that would have no term left.
NO_WORD = "qqqqzzzz"


def read(folder):
    rows = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows.extend(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return rows


def half_of(row):
    return hashlib.sha256(row["title"].lower().encode()).digest()[0] % 2


def headlines(rows):
    return [{"headline": row["title"]} for row in rows]


def without(rule_set, dropped):
    """The rule set without these terms, by vocabulary; how many went."""
    rest = json.loads(json.dumps(rule_set)) | {"tests": []}
    count = 0
    for name, vocabulary in rest["vocabularies"].items():
        terms = vocabulary.get("terms", [])
        kept = [term for term in terms if term not in dropped[name]]
        count += len(terms) - len(kept)
        if terms:
            vocabulary["terms"] = kept or [NO_WORD]
    return rest, count


def categories(binary, rule_set, rows):
    return [answer["category"] for answer in answers(binary, rule_set, headlines(rows))]


def macro_f1(pairs):
    """The mean of F1 over the classes that occur, of pairs of a label and what was said."""
    scores = []
    for wanted in sorted({label for label, _ in pairs}):
        hits = sum(label == said == wanted for label, said in pairs)
        given = sum(label == wanted for label, _ in pairs) + sum(said == wanted for _, said in pairs)
        scores.append(2 * hits / given)
    return sum(scores) / len(scores)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("rule_set", type=Path)
    parser.add_argument("--binary", default=str(ROOT / "target/release/entregent"))
    options = parser.parse_args()
    rows, rule_set = read(options.folder), read_json(options.rule_set)
    known = rule_set["vocabularies"]
    halves = [[row for row in rows if half_of(row) == half] for half in (0, 1)]
    used = [used_terms(known, answers(options.binary, probing_rule_set(known), headlines(half))) for half in halves]
    judged = []
    for reported, half in enumerate(halves):
        own = {name: used[reported][name] - used[1 - reported][name] for name in known}
        rest, count = without(rule_set, own)
        print(f"{len(half)} titles judged without the {count} terms that they alone use")
        judged += zip(half, categories(options.binary, rule_set, half), categories(options.binary, rest, half))
    for language in sorted({row["lang"] for row in rows}):
        those = [found for found in judged if found[0]["lang"] == language]
        all_rules, rest = (macro_f1([(row["label"], said[at] or "other") for row, *said in those]) for at in (0, 1))
        print(f"{language}  titles {len(those):5}  macro-F1 {all_rules:.3f}  without those terms {rest:.3f}")


if __name__ == "__main__":
    main()
