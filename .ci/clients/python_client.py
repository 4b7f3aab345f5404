"""Uses the service through the client that openapi-python-client generated: python_client.py URL."""

import sys

from entregent_client import Client
from entregent_client.api.rule_sets import activate_revision, get_rule_set, patch_rule_set, put_rule_set
from entregent_client.api.scores import score_profile
from entregent_client.models import (
    Answer,
    Outcome,
    PositionDocument,
    Problem,
    ProfileDocument,
    RuleSetAnswer,
    RuleSetDocument,
    RuleSetPatch,
)
from entregent_client.types import UNSET

TREASURER = ProfileDocument(
    headline="Trésorière groupe | Cash management",
    positions=[PositionDocument(title="Trésorière", started_on="2019-03", ended_on=None)],
    as_of="2026-11-23",
)

RULES = {
    "format": 1,
    "title": "Treasurers",
    "vocabularies": {"finance-roles": {"terms": ["trésorier", "treasurer"]}},
    "categories": {
        "business": {
            "kind": "interest",
            "label": {"fr": "Développement commercial", "en": "Business development"},
            "threshold": 50,
            "signals": {
                "role-now": {"points": 60, "when": {"mentions": {"of": ["finance-roles"], "in": ["headline"]}}},
            },
        },
    },
    "policy": [
        {"id": "wanted", "when": {"category": ["business"]}, "outcome": "connect"},
        {"id": "rest", "when": "otherwise", "outcome": "ask"},
    ],
}


def score(client, profile, rule_set=UNSET):
    answer = score_profile.sync(client=client, body=profile, rule_set=rule_set)
    assert isinstance(answer, Answer), answer
    return answer


def scores(client):
    """Judges a profile, and has a wrong one refused."""
    answer = score(client, TREASURER)
    assert (answer.category, answer.decision.outcome) == ("business", Outcome.CONNECT), answer
    for category in answer.scores:
        assert sum(contribution.points for contribution in category.contributions) == category.points, category
    assert answer.scores[0].contributions[0].evidence[0].text == "Trésorière", answer.scores[0]
    refusal = score_profile.sync(client=client, body=ProfileDocument(headline="CFO", as_of="today"))
    assert isinstance(refusal, Problem) and refusal.errors[0].pointer == "/as_of", refusal
    print(f"Python: {answer.category}, {answer.decision.outcome}, by {answer.rule_set.name}@{answer.rule_set.revision}")


def rule_sets(client):
    """Publishes a rule set, judges under it, changes one weight, and rolls back."""
    def points():
        answer = score(client, TREASURER, rule_set="finance")
        return answer.rule_set.revision, answer.scores[0].points

    first = put_rule_set.sync("finance", client=client, body=RuleSetDocument.from_dict(RULES))
    assert isinstance(first, RuleSetAnswer), first
    assert points() == (first.revision, 60), points()

    change = RuleSetPatch.from_dict({"categories": {"business": {"signals": {"role-now": {"points": 75}}}}})
    second = patch_rule_set.sync("finance", client=client, body=change)
    assert isinstance(second, RuleSetAnswer) and second.revision > first.revision, second
    assert points() == (second.revision, 75), points()

    back = activate_revision.sync("finance", first.revision, client=client)
    assert isinstance(back, RuleSetAnswer) and back.revision == first.revision, back
    assert points() == (first.revision, 60), points()
    shown = get_rule_set.sync("finance", client=client)
    assert isinstance(shown, RuleSetAnswer) and shown.document.to_dict() == first.document.to_dict(), shown
    print(f"Python: rolled {first.name} back from revision {second.revision} to {back.revision}")


if __name__ == "__main__":
    with Client(base_url=sys.argv[1], raise_on_unexpected_status=True) as service:
        scores(service)
        rule_sets(service)
