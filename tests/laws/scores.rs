//! What is told of the scores agrees with itself.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use entregent::profile::import::Format;
use entregent::ruleset::{CompiledRuleSet, builtin_document};
use entregent::scoring::Explain;
use proptest::prelude::*;
use serde_json::Value;

use crate::generated::profiles;
use crate::judged::{BUILTIN, answer, items};
use crate::rules::{compile, rule_sets};

static BUILTIN_DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(builtin_document()).unwrap());

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

/// What the signals of a category that fired are worth under its caps.
fn capped(category: &Value, score: &Value) -> i64 {
    let mut groups: BTreeMap<&str, i64> = BTreeMap::new();
    for part in items(&score["contributions"]) {
        if let Some(signal) = part["signal"].as_str() {
            let group = category["signals"][signal]["group"].as_str().unwrap_or_default();
            *groups.entry(group).or_default() += number(&part["points"]);
        }
    }
    let cap = |cap: &Value| cap.as_i64().unwrap_or(i64::MAX);
    let sum: i64 = groups.iter().map(|(group, sum)| sum.min(&cap(&category["groups"][*group]["cap"])).to_owned()).sum();
    sum.min(cap(&category["cap"]))
}

/// Fails unless parts make points, points make scores, and scores make the winner.
fn check(rules: &CompiledRuleSet, document: &Value, profile: &Value) {
    let Ok(answer) = answer(rules, Format::Profile, profile, Explain::Evidence) else { return };
    let scores: Vec<_> = items(&answer["scores"]).collect();
    for score in &scores {
        let points = number(&score["points"]);
        let parts: i64 = items(&score["contributions"]).map(|part| number(&part["points"])).sum();
        assert_eq!(parts, points, "{score:#}");
        let category = &document["categories"][score["category"].as_str().unwrap()];
        assert_eq!(capped(category, score), points, "{score:#}\n{category:#}");
        assert_eq!(number(&score["score"]), points.clamp(0, 100), "{score:#}");
        assert_eq!(score["reached"], points >= number(&score["threshold"]), "{score:#}");
    }
    assert!(scores.is_sorted_by_key(|score| (-number(&score["points"]), score["category"].as_str().unwrap())));
    let winner = scores.iter().find(|score| score["reached"] == true && score["kind"] != "trait");
    assert_eq!(answer["category"], winner.map_or(Value::Null, |winner| winner["category"].clone()), "{answer:#}");
}

proptest! {
    #[test]
    fn the_parts_add_up_under_the_default_rule_set(profile in profiles(None)) {
        check(&BUILTIN, &BUILTIN_DOCUMENT, &profile);
    }

    #[test]
    fn the_parts_add_up_under_any_rule_set(
        document in rule_sets(),
        profiles in prop::collection::vec(profiles(None), 4),
    ) {
        let rules = compile(&document);
        profiles.iter().for_each(|profile| check(&rules, &document, profile));
    }

    #[test]
    fn less_explanation_changes_no_score(rules in rule_sets(), profile in profiles(None)) {
        let rules = compile(&rules);
        let told = [Explain::None, Explain::Evidence, Explain::Full].map(|explain| {
            answer(&rules, Format::Profile, &profile, explain).ok().map(|answer| {
                let points = items(&answer["scores"]).map(|score| score["points"].clone()).collect::<Vec<_>>();
                let mut decision = answer["decision"].clone();
                decision.as_object_mut().unwrap().retain(|member, _| member != "evidence" && member != "facts");
                (points, answer["category"].clone(), decision)
            })
        });
        prop_assert_eq!(&told[0], &told[1]);
        prop_assert_eq!(&told[1], &told[2]);
    }
}
