//! The order in which a rule set is written changes no score.

use entregent::profile::import::Format;
use entregent::ruleset::builtin_document;
use entregent::scoring::Explain;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use serde_json::Value;

use crate::generated::profiles;
use crate::judged::{BUILTIN, answer};
use crate::rules::{compile, compile_text, rule_sets};

/// A source of numbers that is the same for the same seed.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn shuffled<T>(&mut self, items: impl IntoIterator<Item = T>) -> Vec<T> {
        let mut items: Vec<T> = items.into_iter().collect();
        (1..items.len()).rev().for_each(|last| items.swap(last, self.below(last + 1)));
        items
    }
}

/// Writes a rule set with its members, and the items of its lists, in another order; the policy's are left where they
/// are, for theirs is its meaning.
fn shuffled(value: &Value, numbers: &mut Numbers) -> String {
    match value {
        Value::Object(fields) => {
            let written: Vec<_> = numbers
                .shuffled(fields)
                .into_iter()
                .map(|(key, field)| {
                    let field = if key == "policy" { field.to_string() } else { shuffled(field, numbers) };
                    format!("{}:{field}", Value::from(key.as_str()))
                })
                .collect();
            format!("{{{}}}", written.join(","))
        }
        Value::Array(items) => {
            let written: Vec<_> = numbers.shuffled(items).into_iter().map(|item| shuffled(item, numbers)).collect();
            format!("[{}]", written.join(","))
        }
        other => other.to_string(),
    }
}

/// An answer whose evidence is sorted: a condition names what it rests on in the order of its parts.
fn sorted(mut answer: Value) -> Value {
    let scores = answer["scores"].as_array_mut().into_iter().flatten();
    for part in scores.flat_map(|score| score["contributions"].as_array_mut().into_iter().flatten()) {
        for key in ["evidence", "facts"] {
            if let Some(list) = part.get_mut(key).and_then(Value::as_array_mut) {
                list.sort_by_key(Value::to_string);
            }
        }
    }
    answer["decision"]["reasons"].as_array_mut().unwrap().sort_by_key(Value::to_string);
    answer
}

proptest! {
    #[test]
    fn a_rule_set_written_in_another_order_gives_the_same_answers(
        rules in rule_sets(),
        seed in any::<u64>(),
        profiles in prop::collection::vec(profiles(None), 4),
    ) {
        let written = compile(&rules);
        let rewritten = compile_text(&shuffled(&rules, &mut Numbers(seed)));
        for profile in profiles {
            let [one, other] = [&written, &rewritten]
                .map(|rules| answer(rules, Format::Profile, &profile, Explain::Evidence).ok().map(sorted));
            prop_assert_eq!(one, other);
        }
    }
}

#[test]
fn the_default_rule_set_written_in_another_order_gives_the_same_answers() {
    let document = serde_json::to_value(builtin_document()).unwrap();
    let rewritten = compile_text(&shuffled(&document, &mut Numbers(7)));
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..200 {
        let profile = profiles(None).new_tree(&mut runner).unwrap().current();
        let [one, other] = [&*BUILTIN, &rewritten]
            .map(|rules| answer(rules, Format::Profile, &profile, Explain::Evidence).ok().map(sorted));
        assert_eq!(one, other, "{profile}");
    }
}
