//! Conditions are three-valued: what is unknown stays unknown when it is negated.

use std::cmp::Ordering::{Equal, Greater, Less};

use entregent::profile::import::Format;
use entregent::scoring::Explain;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::generated::profiles;
use crate::judged::{answer, items};
use crate::rules::{compile, condition, rule_sets};

/// False, unknown, true: as an order, in which *and* is the least and *or* the greatest.
type Truth = std::cmp::Ordering;

/// What the conditions come to for a profile, read from which signals fire.
fn truths(rule_set: &Value, conditions: &[Value], profile: &Value) -> Option<Vec<Truth>> {
    let mut rule_set = rule_set.clone();
    let named = conditions.iter().enumerate().map(|(n, when)| (format!("s{n}"), json!({"points": 1, "when": when})));
    rule_set["categories"]["a"]["signals"] = Value::Object(named.collect());
    let answer = answer(&compile(&rule_set), Format::Profile, profile, Explain::Full).ok()?;
    let score = items(&answer["scores"]).find(|score| score["category"] == "a")?;
    let truth = |n: usize| {
        let is_it = |part: &&Value| part["signal"] == format!("s{n}");
        let silent = items(&score["silent"]).find(is_it);
        match silent.map(|silent| silent["unknown"].as_bool().unwrap()) {
            Some(true) => Equal,
            Some(false) => Less,
            None => items(&score["contributions"]).find(is_it).map(|_| Greater).unwrap(),
        }
    };
    Some((0..conditions.len()).map(truth).collect())
}

proptest! {
    #[test]
    fn negation_and_or_follow_kleene(rules in rule_sets(), a in condition(), b in condition(), profile in profiles(None)) {
        let conditions = [
            a.clone(),
            b.clone(),
            json!({"not": a}),
            json!({"not": {"not": a}}),
            json!({"all": [a, b]}),
            json!({"any": [a, b]}),
            json!({"not": {"all": [a, b]}}),
            json!({"any": [{"not": a}, {"not": b}]}),
        ];
        if let Some(truths) = truths(&rules, &conditions, &profile) {
            let (a, b) = (truths[0], truths[1]);
            let expected = [a, b, a.reverse(), a, a.min(b), a.max(b), a.min(b).reverse(), a.min(b).reverse()];
            prop_assert_eq!(truths, expected);
        }
    }
}

#[test]
fn what_is_absent_is_unknown_whether_negated_or_not() {
    let rules = json!({
        "format": 1, "title": "t", "vocabularies": {"v0": {"terms": ["CFO"]}},
        "categories": {"a": {"kind": "interest", "label": {"fr": "c", "en": "c"}, "threshold": 50, "signals": {}}},
        "policy": [{"id": "rest", "when": "otherwise", "outcome": "review"}],
    });
    let mention = json!({"mentions": {"of": ["v0"], "in": ["about"], "context": "any"}});
    let fact = json!({"fact": "skills.count", "op": "gte", "value": 1});
    let conditions = [json!({"not": mention}), json!({"not": fact}), mention, fact];
    let told = |profile| truths(&rules, &conditions, &profile).unwrap();
    assert_eq!(told(json!({"headline": "x"})), [Equal; 4]);
    assert_eq!(told(json!({"headline": "x", "about": "y", "skills": []})), [Greater, Greater, Less, Less]);
}
