//! Whole answers under a small rule set and under the default one.

use jiff::civil::date;
use serde_json::{Value, json};

use super::*;
use crate::{profile, ruleset};

mod conditions;
mod expectations;
mod invitation;
mod knowledge;
mod moves;
mod question;
mod reasons;
mod summary;
mod why;

/// A rule set with one category, of these signals, and these rules in front of the policy's last.
fn document(signals: &Value, policy: &Value) -> Value {
    let rest = json!({"id": "rest", "when": "otherwise", "outcome": "ask"});
    let policy: Vec<_> = items(policy).chain([&rest]).collect();
    json!({ "format": 1, "title": "t",
        "vocabularies": {
            "roles": {"terms": ["trésorier", "treasurer"]},
            "tools": {"terms": ["SAP", "Sage", "Kyriba"]} },
        "contexts": {"audience": {"precedes": ["j'aide les"], "reach": 6}},
        "categories": {"business": {"kind": "interest", "label": {"fr": "b", "en": "b"}, "threshold": 50, "cap": 70,
            "groups": {"extras": {"cap": 15}},
            "signals": signals} },
        "policy": policy })
}

fn compile(document: &Value) -> CompiledRuleSet {
    ruleset::compile(&ruleset::parse(document.to_string().as_bytes()).unwrap()).rule_set.unwrap()
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn answer_of(rules: &CompiledRuleSet, profile: &Value, explain: Explain) -> Value {
    let bytes = profile.to_string();
    let profile = profile::parse(bytes.as_bytes()).unwrap();
    let name = RuleSetName { name: "small", revision: 7 };
    let inquiry = Inquiry { explain, ..Inquiry::on(date(2026, 11, 23)) };
    let answer = judge(rules, name, &profile, &inquiry);
    for shown in [ShownAnswer::of(&answer, View::Nested), ShownAnswer::of(&answer, View::Flat)] {
        assert_eq!(String::from_utf8(shown.to_json()).unwrap(), serde_json::to_string(&shown).unwrap());
    }
    serde_json::to_value(&answer).unwrap()
}

fn answer_with(signals: &Value, policy: &Value, profile: &Value, explain: Explain) -> Value {
    answer_of(&compile(&document(signals, policy)), profile, explain)
}

fn answer(profile: &Value, explain: Explain) -> Value {
    let signals = json!({
        "role-now": {"points": 60, "when": {"mentions": {"of": ["roles"], "in": ["headline", "position.title"], "time": "current"}}},
        "sells-to": {"points": -60, "when": {"mentions": {"of": ["roles"], "in": ["headline"], "context": "audience"}}},
        "tools": {"points_each": 4, "max_points": 10, "group": "extras",
                  "when": {"mentions": {"of": ["tools"], "in": ["skills"], "context": "any"}}},
        "seasoned": {"points": 8, "group": "extras", "when": {"fact": "career.years", "op": "gte", "value": 5}},
        "no-skill": {"points": -5, "when": {"not": {"mentions": {"of": ["tools"], "in": ["skills"], "context": "any"}}}} });
    let policy = json!([
        {"id": "known", "when": {"fact": "relationship.kind", "op": "in", "value": ["friend", "family"]}, "outcome": "connect"},
        {"id": "wanted", "when": {"category": ["business"]}, "outcome": "connect"}]);
    answer_with(&signals, &policy, profile, explain)
}

#[test]
fn an_answer_quotes_what_it_rests_on() {
    let answer = answer(&json!({"id": "x", "headline": "❤ Trésorière", "skills": ["SAP"]}), Explain::Evidence);
    assert_eq!(answer["category"], "business");
    assert_eq!(
        answer["decision"],
        json!({"outcome": "connect", "rule": "wanted", "reasons": ["role-now", "tools"], "ask_for": []})
    );
    assert_eq!(answer["scores"][0]["points"], 64);
    assert_eq!(
        answer["scores"][0]["contributions"][0],
        json!({"signal": "role-now", "points": 60, "evidence": [{"field": "/headline", "start": 2, "end": 12,
            "text": "Trésorière", "term": "trésorier", "vocabulary": "roles", "context": "own", "time": "current"}]})
    );
    assert_eq!(answer["missing"], json!(["positions", "relationship"]));
    assert_eq!(answer["rule_set"], json!({"name": "small", "revision": 7}));
    assert_eq!(answer["as_of"], "2026-11-23");
}

#[test]
fn caps_are_contributions_and_the_parts_add_up() {
    let profile = json!({"headline": "Treasurer", "skills": ["SAP", "Sage", "Kyriba"],
                         "positions": [{"title": "x", "started_on": "2001"}]});
    let answer = answer(&profile, Explain::Evidence);
    let parts = answer["scores"][0]["contributions"].as_array().unwrap();
    // 60 + 10 (three tools of 4, bounded) + 8, less 3 above the group's 15, less 5 above the category's 70.
    let caps: Vec<_> = parts.iter().filter(|part| part.get("cap").is_some()).collect();
    assert_eq!(caps, [&json!({"cap": "extras", "points": -3}), &json!({"cap": "business", "points": -5})]);
    assert_eq!(parts.iter().map(|part| part["points"].as_i64().unwrap()).sum::<i64>(), 70);
    assert_eq!(answer["scores"][0]["points"], 70);
}

#[test]
fn who_helps_treasurers_is_no_treasurer() {
    let answer = answer(&json!({"headline": "J'aide les trésoriers"}), Explain::Evidence);
    assert_eq!(answer["category"], Value::Null);
    assert_eq!((&answer["scores"][0]["points"], &answer["scores"][0]["score"]), (&json!(-60), &json!(0)));
}

#[test]
fn what_is_absent_is_unknown_and_what_is_empty_is_not() {
    let without = answer(&json!({"headline": "x"}), Explain::Full);
    let silent = |answer: &Value, id: &str| {
        let silent = answer["scores"][0]["silent"].as_array().unwrap();
        silent.iter().find(|silent| silent["signal"] == id).cloned()
    };
    assert_eq!(silent(&without, "no-skill").unwrap()["unknown"], true);
    let empty = answer(&json!({"headline": "x", "skills": []}), Explain::Full);
    assert_eq!(silent(&empty, "no-skill"), None);
    assert_eq!(
        silent(&empty, "tools").unwrap(),
        json!({"signal": "tools", "unknown": false, "failed": "mentions", "looked_for": ["tools"], "looked_in": ["skills"]})
    );
}

#[test]
fn relations_are_exempt_before_anything_else() {
    let answer = answer(&json!({"headline": "x", "relationship": {"kind": "friend"}}), Explain::None);
    assert_eq!(answer["decision"]["rule"], "known");
    assert_eq!(answer["decision"]["reasons"], json!(["relationship.kind"]));
    assert!(answer["scores"][0].get("contributions").is_none());
}

#[test]
fn the_default_rule_set_compiles_and_passes_its_own_tests() {
    passes_its_own_tests(&ruleset::builtin_document());
}

#[test]
fn so_does_the_one_that_authors_are_shown() {
    passes_its_own_tests(&ruleset::parse(include_bytes!("../../examples/rules/nurses.json")).unwrap());
}

fn passes_its_own_tests(document: &ruleset::RuleSetDocument) {
    let compiled = ruleset::compile(document);
    assert_eq!(compiled.diagnostics, []);
    for outcome in run_tests(document, &compiled.rule_set.unwrap(), date(2026, 11, 23)) {
        assert_eq!(outcome.failures, Vec::<String>::new(), "{}", outcome.name);
    }
}
