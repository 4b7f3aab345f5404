//! What of a profile counts as known, and since when.

use super::*;

/// The answer to a profile under rules that ask for these facts.
fn facts(profile: &Value, names: &[&str]) -> Value {
    let signal = |name: &&str| {
        let when = json!({"fact": name, "op": "exists"});
        ((*name).replace('.', "-").replace('_', "-"), json!({"points": 1, "when": when}))
    };
    let signals = Value::Object(names.iter().map(signal).collect());
    answer_with(&signals, &json!([]), profile, Explain::Evidence)
}

fn builtin(profile: &Value) -> Value {
    let rules = ruleset::compile(&ruleset::builtin_document()).rule_set.unwrap();
    answer_of(&rules, profile, Explain::Evidence)
}

#[test]
fn a_blank_text_is_as_good_as_absent_whatever_its_spaces() {
    for blank in ["", " ", "\u{a0}", "\u{2003}\u{3000}\n"] {
        let answer = builtin(&json!({"headline": "Boulanger", "about": blank}));
        assert_eq!(answer["decision"]["outcome"], "ask", "{blank:?}");
        let counted = facts(&json!({"headline": "x", "skills": ["SAP", blank]}), &["skills.count"]);
        assert_eq!(counted["facts"]["skills.count"], 1, "{blank:?}");
    }
}
