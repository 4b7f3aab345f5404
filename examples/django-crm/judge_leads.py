"""Judges the open leads of a django-crm and writes what came out into custom fields of theirs.

usage: CRM_TOKEN=… judge_leads.py CRM_URL [URL]

ENTREGENT_KEY holds the key of the service at URL, if it wants one.

Polls once; run it from cron or a timer. A lead is judged again only when the CRM has changed it since. What is sent of a lead
is its title, company, description and place: no name, no address. The custom fields are made when they are not there, which
needs an administrator's token the first time. Standard library only. Prints a line for each lead judged; exit status 1 when
a request fails, after the leads that could be judged.
"""

import hashlib
import json
import os
import sys
import urllib.error
import urllib.request

FIELDS = {
    "entregent_outcome": ("Entregent: what to do", "text"),
    "entregent_category": ("Entregent: category", "text"),
    "entregent_score": ("Entregent: score", "number"),
    "entregent_summary": ("Entregent: summary", "textarea"),
    "entregent_judged": ("Entregent: state of the lead when judged", "text"),
}
SENT = ("id", "job_title", "company_name", "description", "industry", "city", "country")
PAGE = 100


class Api:
    """A JSON API at an address."""

    def __init__(self, url, headers):
        self.url = url.rstrip("/")
        self.headers = {"Content-Type": "application/json", "Accept": "application/json"} | headers

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, self.headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)


def make_fields(crm):
    known = crm.call("GET", "/api/custom-fields/?target_model=Lead&include_counts=false")["definitions"]
    for key in FIELDS.keys() - {field["key"] for field in known}:
        label, kind = FIELDS[key]
        crm.call("POST", "/api/custom-fields/", {"target_model": "Lead", "key": key, "label": label, "field_type": kind})


def open_leads(crm):
    offset = 0
    while True:
        leads = crm.call("GET", f"/api/leads/?limit={PAGE}&offset={offset}")["open_leads"]["open_leads"]
        yield from leads
        if len(leads) < PAGE:
            return
        offset += PAGE


def judge(service, lead):
    """The custom fields that an answer comes to."""
    answer = service.call("POST", "/v1/scores?format=crm-record&view=flat", {name: lead[name] for name in SENT})
    return {
        "entregent_outcome": answer["outcome"],
        "entregent_category": answer["category"] or "none",
        "entregent_score": answer.get(f"score_{answer['category']}", 0),
        "entregent_summary": answer["summary"],
    }


def mark(lead):
    """Tells one state of a lead from another: what was sent of it."""
    return hashlib.sha256(json.dumps({name: lead[name] for name in SENT}).encode()).hexdigest()[:32]


def main(crm_url, url="http://127.0.0.1:8080"):
    crm = Api(crm_url, {"Authorization": "Bearer " + os.environ["CRM_TOKEN"]})
    key = os.environ.get("ENTREGENT_KEY")
    service = Api(url, {"Accept-Language": "en"} | ({"Authorization": f"Bearer {key}"} if key else {}))
    make_fields(crm)
    status = 0
    for lead in list(open_leads(crm)):
        fields = lead["custom_fields"] or {}
        if fields.get("entregent_judged") == mark(lead):
            continue
        try:
            judged = judge(service, lead) | {"entregent_judged": mark(lead)}
            crm.call("PATCH", f"/api/leads/{lead['id']}/", {"custom_fields": fields | judged})
            print(lead["id"], judged["entregent_outcome"], judged["entregent_category"], sep="\t")
        except urllib.error.HTTPError as error:
            # The answer tells what is wrong and repeats nothing of the lead.
            print(lead["id"], "not judged", error.read().decode(errors="replace"), sep="\t", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
