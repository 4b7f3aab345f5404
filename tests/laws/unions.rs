//! A union says nothing that its members, written out, do not say, but for its name.

use entregent::profile::import::Format;
use entregent::scoring::Explain;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::generated::profiles;
use crate::judged::answer;
use crate::rules::{compile, rule_sets};

/// Names a union in place of each list of vocabularies: of the first and, when there are more, of a union of the rest.
fn united(document: &Value) -> Value {
    fn replace(value: &mut Value, known: &Value, unions: &mut Vec<Value>) {
        match value {
            Value::Array(names)
                if !names.is_empty()
                    && names.iter().all(|name| name.as_str().is_some_and(|name| known.get(name).is_some())) =>
            {
                let name = |n: usize| format!("u{n}");
                let rest = names.split_off(names.len().min(1));
                if !rest.is_empty() {
                    names.push(name(unions.len()).into());
                    unions.push(rest.into());
                }
                unions.push(std::mem::take(names).into());
                *value = json!([name(unions.len() - 1)]);
            }
            Value::Array(items) => items.iter_mut().for_each(|item| replace(item, known, unions)),
            Value::Object(members) => members.values_mut().for_each(|member| replace(member, known, unions)),
            _ => {}
        }
    }
    let (mut united, mut unions) = (document.clone(), Vec::new());
    for part in ["facts", "categories", "policy"] {
        replace(&mut united[part], &document["vocabularies"], &mut unions);
    }
    for (n, members) in unions.into_iter().enumerate() {
        united["vocabularies"][format!("u{n}")] = json!({"union": members});
    }
    united
}

/// An answer without the names by which conditions look for vocabularies.
fn unnamed(mut answer: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.remove("looked_for");
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut answer);
    answer
}

proptest! {
    #[test]
    fn a_rule_set_that_names_unions_answers_as_with_the_lists_written_out(
        rules in rule_sets(),
        profiles in prop::collection::vec(profiles(None), 4),
    ) {
        let (written, united) = (compile(&rules), compile(&united(&rules)));
        for profile in profiles {
            let [one, other] = [&written, &united]
                .map(|rules| answer(rules, Format::Profile, &profile, Explain::Full).ok().map(unnamed));
            prop_assert_eq!(one, other);
        }
    }
}
