//! What is told to be hidden is what mentions hide.

use entregent::profile;
use entregent::reading::{Hidden, Reading, TermPlace, read};
use entregent::ruleset::CompiledRuleSet;
use proptest::prelude::*;
use serde_json::Value;

use crate::generated::profiles;
use crate::judged::BUILTIN;
use crate::rules::{compile, judging};

fn holds(rules: &CompiledRuleSet, document: &Value) -> Result<(), TestCaseError> {
    let bytes = document.to_string();
    let Ok(profile) = profile::parse(bytes.as_bytes()) else { return Ok(()) };
    let as_of = jiff::civil::date(2026, 11, 23);
    let reading = read(rules, &profile, as_of, true);
    let places = reading.hidden.iter().flat_map(|Hidden { at, by }| at.iter().map(move |at| (at, by)));
    for (at, by) in places {
        prop_assert!(!by.is_empty());
        for wider in by {
            prop_assert!(wider.text == at.text && wider.start < at.end && at.start < wider.end, "{at:?} {wider:?}");
        }
        let stands = |at: &TermPlace| (at.text, at.start, at.end, at.vocabulary);
        let mut mentions = reading.mentions.iter().map(|it| (it.text, it.start, it.end, it.vocabulary));
        prop_assert!(mentions.all(|mention| mention != stands(at)), "{at:?}");
    }
    prop_assert_eq!(read(rules, &profile, as_of, false), Reading { hidden: Vec::new(), ..reading });
    Ok(())
}

proptest! {
    #[test]
    fn what_is_hidden_lies_under_a_mention_and_is_none(rules in judging(), profile in profiles(None)) {
        holds(&compile(&rules), &profile)?;
        holds(&BUILTIN, &profile)?;
    }
}
