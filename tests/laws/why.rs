//! What is told of other outcomes comes true when it is tried.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use entregent::profile::import::Format;
use entregent::profile::{Owner, parse_owner};
use entregent::ruleset::{self, CompiledRuleSet};
use entregent::scoring::Explain;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use serde_json::{Map, Value, json};

use crate::generated::profiles;
use crate::judged::{BUILTIN, answer_for, items};
use crate::rules::{compile, judging};

/// Somebody whose profile notes may refer to.
static OWNER: LazyLock<Owner> = LazyLock::new(|| {
    let document = json!({
        "headline": "software engineer", "about": "Trésorière, DCG, ﬁnance. SAP, Sage. fractional",
        "positions": [{"title": "manager", "company": "comptable"}, {"title": "journaliste", "ended_on": "2012"}],
        "skills": ["contrôleur de gestion"]});
    let profile = parse_owner(document.to_string().as_bytes()).unwrap().profile;
    Owner::new("default".to_owned(), "sha256:0".to_owned(), profile)
});

/// The answer to a profile for them.
fn answer(rules: &CompiledRuleSet, profile: &Value, explain: Explain) -> Option<Value> {
    answer_for(Some(&OWNER), rules, Format::Profile, profile, explain).ok()
}

/// The decision under a rule set.
fn decision(rules: &Value, profile: &Value) -> Option<(Value, Value)> {
    let answer = answer(&compile(rules), profile, Explain::None)?;
    Some((answer["decision"]["outcome"].clone(), answer["decision"]["rule"].clone()))
}

/// The rule set in which a signal always or never fires, and brings so many points.
fn turned(rules: &Value, category: &str, id: &str, fires: bool, points: &Value) -> Value {
    let mut rules = rules.clone();
    let signal = &mut rules["categories"][category]["signals"][id];
    let when = json!({"any": [{"fact": "headline.present", "op": "eq", "value": fires},
                              {"fact": "headline.present", "op": "eq", "value": !fires}]});
    let when = if fires { when } else { json!({"not": when}) };
    let mut constant = json!({"points": points, "when": when});
    if let Some(group) = signal.get("group") {
        constant["group"] = group.clone();
    }
    *signal = constant;
    rules
}

/// The rule set after what would have to change.
fn changed(rules: &Value, counterfactual: &Value) -> Value {
    items(&counterfactual["changes"]).fold(rules.clone(), |mut rules, change| match change["pointer"].as_str() {
        Some(pointer) => {
            let integer = rules.pointer_mut(pointer).unwrap();
            assert_eq!(*integer, change["from"], "{pointer}");
            *integer = change["to"].clone();
            rules
        }
        None => {
            let [category, signal] = ["category", "signal"].map(|key| change[key].as_str().unwrap());
            turned(&rules, category, signal, change["change"] == "fires", &change["points"])
        }
    })
}

/// Fails unless each counterfactual makes the outcome and the rule that it promises.
fn check_promises(rules: &Value, profile: &Value, answer: &Value) {
    for counterfactual in items(&answer["counterfactuals"]) {
        let promised = (counterfactual["outcome"].clone(), counterfactual["rule"].clone());
        assert_ne!(promised.0, answer["decision"]["outcome"]);
        let given = decision(&changed(rules, counterfactual), profile);
        assert_eq!(given, Some(promised), "{counterfactual:#}\n{profile}\n{rules:#}");
    }
}

/// A category, a signal of it, whether it would fire, and the points that it brings or would bring.
type Turn<'a> = (&'a str, &'a str, bool, Value);

/// The signals of an answer that may be turned.
fn turns<'a>(rules: &'a Value, answer: &'a Value) -> impl Iterator<Item = Turn<'a>> {
    let all = items(&answer["scores"]).flat_map(move |score| {
        let category = score["category"].as_str().unwrap();
        let fired = items(&score["contributions"])
            .filter_map(move |part| Some((category, part["signal"].as_str()?, false, part["points"].clone())));
        let silent = items(&score["silent"]).flat_map(move |silent| {
            let id = silent["signal"].as_str().unwrap();
            let signal = &rules["categories"][category]["signals"][id];
            let worths = ["points", "points_each", "max_points"].into_iter().filter_map(|key| signal.get(key));
            worths.map(move |points| (category, id, true, points.clone()))
        });
        fired.chain(silent)
    });
    all.filter(|(category, id, ..)| !reads_relationship(&rules["categories"][category]["signals"][id]["when"]))
}

fn reads_relationship(condition: &Value) -> bool {
    condition.to_string().contains("\"relationship.")
}

/// JSON Pointers to the integers of a rule set that make points and outcomes.
fn integers(rules: &Value) -> Vec<String> {
    fn values(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (key, field) in fields {
                    let at = format!("{at}/{key}");
                    let named = matches!(
                        key.as_str(),
                        "margin" | "threshold" | "cap" | "points" | "points_each" | "max_points"
                    );
                    let is_score = key == "value" && fields.contains_key("score");
                    if (named || is_score) && field.is_i64() {
                        found.push(at);
                    } else {
                        values(field, &at, found);
                    }
                }
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(n, item)| values(item, &format!("{at}/{n}"), found))
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    values(rules, "", &mut found);
    found
}

/// Whether a rule set is free of errors, and compares scores with what scores can be.
fn is_valid(rules: &Value) -> bool {
    let scores = integers(rules).into_iter().filter(|pointer| pointer.ends_with("/value"));
    let are_scores = scores
        .map(|pointer| rules.pointer(&pointer).and_then(Value::as_i64))
        .all(|value| value.is_some_and(|value| (0..=100).contains(&value)));
    let document = ruleset::parse(rules.to_string().as_bytes());
    are_scores && document.is_ok_and(|document| ruleset::compile(&document).rule_set.is_some())
}

/// Fills in some of the fields that a profile does not have, from another.
fn completed(profile: &Value, other: &Value, which: u64) -> Value {
    let whole = |field: &str| matches!(field, "location" | "activity" | "relationship" | "invitation");
    let mut profile = profile.clone();
    let mut place = 0;
    let mut fill = |into: &mut Map<String, Value>, from: &Map<String, Value>| {
        for (field, value) in from {
            place = (place + 1) % 64;
            let is_absent = into.get(field).is_none_or(|given| given.is_null() || is_blank(given));
            if is_absent && which >> place & 1 == 1 && !matches!(field.as_str(), "id" | "as_of") {
                into.insert(field.clone(), value.clone());
            }
        }
    };
    let (Some(into), Some(from)) = (profile.as_object_mut(), other.as_object()) else { return profile };
    for field in from.keys().filter(|field| whole(field)) {
        if let (Some(into), Some(from)) = (into.get_mut(field).and_then(Value::as_object_mut), from[field].as_object())
        {
            fill(into, from);
        }
    }
    fill(into, from);
    profile
}

fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_counterfactual_makes_the_outcome_that_it_promises(rules in judging(), profile in profiles(None)) {
        if let Some(answer) = answer(&compile(&rules), &profile, Explain::Full) {
            check_promises(&rules, &profile, &answer);
        }
    }

    #[test]
    fn no_smaller_set_of_signals_flips_the_outcome(
        rules in judging(),
        profile in profiles(None),
        pairs in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 10),
    ) {
        let Some(answer) = answer(&compile(&rules), &profile, Explain::Full) else { return Ok(()) };
        let sizes = items(&answer["counterfactuals"]).filter(|all| all["changes"][0].get("signal").is_some());
        let smallest = sizes.map(|all| all["changes"].as_array().unwrap().len()).min();
        let flips = |rules: &Value| decision(rules, &profile).unwrap().0 != answer["decision"]["outcome"];
        let turns: Vec<_> = turns(&rules, &answer).collect();
        let turn = |rules: &Value, &(category, id, fires, ref points): &Turn<'_>| turned(rules, category, id, fires, points);
        let one_flips = turns.iter().any(|one| flips(&turn(&rules, one)));
        prop_assert_eq!(one_flips, smallest == Some(1), "{:?} {}", smallest, answer);
        if smallest.is_none_or(|smallest| smallest > 2) && answer["search"]["complete"] == true {
            for (one, other) in pairs {
                let [one, other] = [one, other].map(|index| &turns[index.index(turns.len())]);
                let is_one = (one.0, one.1) == (other.0, other.1);
                prop_assert!(is_one || !flips(&turn(&turn(&rules, one), other)), "{:?} {:?}", one, other);
            }
        }
    }

    #[test]
    fn no_smaller_change_of_an_integer_flips_the_outcome(
        rules in judging(),
        profile in profiles(None),
        tried in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 12),
    ) {
        let Some(answer) = answer(&compile(&rules), &profile, Explain::Full) else { return Ok(()) };
        let change = items(&answer["counterfactuals"]).filter_map(|all| all["changes"][0].get("from").zip(all["changes"][0].get("to")));
        let size = change.map(|(from, to)| from.as_i64().unwrap().abs_diff(to.as_i64().unwrap())).next();
        let pointers = integers(&rules);
        for (pointer, by, is_up) in tried {
            let pointer = &pointers[pointer.index(pointers.len())];
            let by = 1 + by.index(size.map_or(120, |size| size.saturating_sub(1).try_into().unwrap()).max(1)) as i64;
            let mut other = rules.clone();
            let integer = other.pointer_mut(pointer).unwrap();
            *integer = (integer.as_i64().unwrap() + if is_up { by } else { -by }).into();
            let is_smaller = size.is_none_or(|size| (by as u64) < size);
            if is_smaller && is_valid(&other) {
                let (outcome, _) = decision(&other, &profile).unwrap();
                prop_assert_eq!(&outcome, &answer["decision"]["outcome"], "{} by {} of {:?}\n{:#}", pointer, by, size, answer);
            }
        }
    }

    #[test]
    fn nothing_that_completes_a_settled_profile_changes_the_outcome(
        rules in judging(),
        profile in profiles(None),
        others in prop::collection::vec((profiles(None), any::<u64>()), 8),
    ) {
        let compiled = compile(&rules);
        let Some(told) = answer(&compiled, &profile, Explain::Full) else { return Ok(()) };
        if told["settled"] == true {
            for (other, which) in others {
                let whole = completed(&profile, &other, which);
                let Some(completed) = answer(&compiled, &whole, Explain::None) else { continue };
                prop_assert_eq!(&completed["decision"]["outcome"], &told["decision"]["outcome"], "{}\n{}", profile, whole);
            }
        }
    }

    #[test]
    fn the_outcomes_under_the_default_rules_come_true(profile in profiles(None), other in profiles(None), which in any::<u64>()) {
        let Some(told) = answer(&BUILTIN, &profile, Explain::Full) else { return Ok(()) };
        let whole = completed(&profile, &other, which);
        if told["settled"] == true && let Some(completed) = answer(&BUILTIN, &whole, Explain::None) {
            prop_assert_eq!(&completed["decision"]["outcome"], &told["decision"]["outcome"], "{}\n{}", profile, whole);
        }
    }
}

#[test]
fn the_generated_cases_are_of_all_kinds() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..4_000 {
        let (rules, profile) = (judging(), profiles(None)).new_tree(&mut runner).unwrap().current();
        let Some(answer) = answer(&compile(&rules), &profile, Explain::Full) else { continue };
        *seen.entry(format!("settled {}", answer["settled"])).or_default() += 1;
        for changes in items(&answer["counterfactuals"]).map(|all| all["changes"].as_array().unwrap()) {
            let kind = changes[0]["pointer"].as_str().map_or_else(
                || format!("{} signals", changes.len()),
                |pointer| pointer.split('/').next_back().unwrap().to_owned(),
            );
            *seen.entry(kind).or_default() += 1;
            changes.iter().for_each(|change| *seen.entry(change["because"].to_string()).or_default() += 1);
        }
    }
    let kinds = [
        "settled true",
        "settled false",
        "1 signals",
        "2 signals",
        "3 signals",
        "points",
        "points_each",
        "max_points",
        "cap",
        "threshold",
        "margin",
        "value",
        "\"missing\"",
        "\"profile\"",
        "\"rules\"",
    ];
    let rare: Vec<_> = kinds.into_iter().filter(|kind| seen.get(*kind).is_none_or(|&count| count == 0)).collect();
    assert!(rare.is_empty(), "{rare:?} of {seen:?}");
}
