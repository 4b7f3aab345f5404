"""Judges a list of contacts by chunks, through the client that openapi-python-client generates.

usage: score_contacts.py CONTACTS.csv [URL]

CONTACTS.csv is UTF-8 with a header of id, headline, title, company and about. Prints one line for each contact, in the order
of the list: id, outcome, category and the summary; a contact that the service refuses is told with its complaint.
ENTREGENT_KEY holds the key of the service, if it wants one. Exit status 1 when an answer is missing.

Generate the client beside this file first: openapi-python-client generate --path ../../openapi/openapi.json --meta none
--output-path entregent_client
"""

import csv
import json
import os
import sys
from itertools import islice

from entregent_client import Client
from entregent_client.models import PositionDocument, ProfileDocument
from entregent_client.types import UNSET

# Large enough that a request costs nothing beside its profiles, small enough to send again when a line breaks.
CHUNK = 500


def profile(row):
    """The profile of a row; an empty cell is a field that is not known."""
    cell = {name: value.strip() or UNSET for name, value in row.items()}
    position = PositionDocument(title=cell["title"], company=cell["company"])
    return ProfileDocument(
        id=cell["id"],
        headline=cell["headline"],
        about=cell["about"],
        positions=[position] if position.to_dict() else UNSET,
    )


def judge(client, profiles):
    """Sends a chunk and yields each profile with its line of the answer; the generator knows no streams of lines, so the
    request is made with the client's own connection."""
    lines = "".join(json.dumps(profile.to_dict()) + "\n" for profile in profiles)
    response = client.get_httpx_client().post(
        "/v1/scores/bulk",
        params={"view": "flat"},
        headers={"content-type": "application/x-ndjson", "accept-language": "en"},
        content=lines.encode(),
    )
    response.raise_for_status()
    answers = [json.loads(line) for line in response.text.splitlines()]
    if [answer["line"] for answer in answers] != list(range(1, len(profiles) + 1)):
        sys.exit(f"{len(profiles)} profiles were sent and {len(answers)} answered")
    return zip(profiles, answers)


def chunks(items, size):
    items = iter(items)
    while chunk := list(islice(items, size)):
        yield chunk


def main(contacts, url="http://127.0.0.1:8080"):
    key = os.environ.get("ENTREGENT_KEY")
    headers = {"authorization": f"Bearer {key}"} if key else {}
    with open(contacts, encoding="utf-8", newline="") as file, Client(base_url=url, headers=headers) as client:
        for chunk in chunks(map(profile, csv.DictReader(file)), CHUNK):
            for sent, answer in judge(client, chunk):
                if result := answer.get("result"):
                    print(sent.id, result["outcome"], result["category"] or "-", result["summary"], sep="\t")
                else:
                    problem = answer["problem"]
                    print(sent.id, "refused", "-", problem["errors"][0]["reason"], sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
