//! The summary tells what the evaluation found, in words that come from somewhere.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use entregent::profile::import::Format;
use entregent::ruleset::{CompiledRuleSet, Tongue, builtin_document};
use entregent::scoring::Explain;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::generated::profiles;
use crate::judged::{BUILTIN, answer, contributions, items, summary};
use crate::rules::{compile, rule_sets};

/// The words of the frame in both languages, names of parts among them.
const FRAME: &str = "entrer en relation demander examiner décliner seuil il manque titre résumé postes formation \
                     compétences secteur lieu langues certifications activité relation invitation connect ask review \
                     decline threshold missing headline about positions education skills industry location languages \
                     activity relationship traits";

/// No summary is longer than this, in code points, however long the texts of a profile are.
const LONGEST: usize = 4_000;

static BUILTIN_DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(builtin_document()).unwrap());

fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// All words that a summary of this answer may have.
fn allowed(rules: &Value, answer: &Value) -> BTreeSet<String> {
    let mut allowed: BTreeSet<String> = words(FRAME).collect();
    let mut allow = |text: &Value| allowed.extend(words(text.as_str().unwrap_or_default()));
    let mut name = |id: &str, named: &Value| {
        let label = &named["label"];
        [&label["fr"], &label["en"]].into_iter().for_each(&mut allow);
        if label.is_null() {
            allow(&json!(id));
        }
    };
    for (id, category) in rules["categories"].as_object().unwrap() {
        name(id, category);
        category["signals"].as_object().unwrap().iter().for_each(|(id, signal)| name(id, signal));
    }
    items(&rules["policy"]).for_each(|rule| name(rule["id"].as_str().unwrap(), rule));
    let quotations = contributions(answer).flat_map(|part| items(&part["evidence"]));
    quotations.chain(items(&answer["decision"]["evidence"])).for_each(|quotation| allow(&quotation["text"]));
    for score in items(&answer["scores"]) {
        [&score["score"], &score["threshold"]].into_iter().for_each(|number| allow(&json!(number.to_string())));
    }
    allowed
}

/// Fails unless a summary has no word of its own.
fn check(rules: &CompiledRuleSet, document: &Value, profile: &Value, tongue: Tongue) {
    let Ok(answer) = answer(rules, Format::Profile, profile, Explain::Evidence) else { return };
    let summary = summary(rules, profile, tongue);
    let allowed = allowed(document, &answer);
    // The last word of a quotation may be cut.
    let is_told = |word: &String| allowed.iter().any(|allowed| allowed.starts_with(word));
    let untold: Vec<String> = words(&summary).filter(|word| !is_told(word)).collect();
    assert!(untold.is_empty(), "{untold:?} in {summary}");
    assert!(summary.chars().count() <= LONGEST, "{summary}");
}

fn tongues() -> impl Strategy<Value = Tongue> {
    select(vec![Tongue::Fr, Tongue::En])
}

proptest! {
    #[test]
    fn every_word_of_a_summary_comes_from_labels_the_frame_or_quoted_evidence(
        rules in rule_sets(),
        profile in profiles(None),
        tongue in tongues(),
    ) {
        check(&compile(&rules), &rules, &profile, tongue);
    }

    #[test]
    fn every_word_of_a_summary_comes_from_the_default_rules_too(profile in profiles(None), tongue in tongues()) {
        check(&BUILTIN, &BUILTIN_DOCUMENT, &profile, tongue);
    }
}
