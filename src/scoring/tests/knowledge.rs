//! What of a profile counts as known, and since when.

use super::*;

/// The answer to a profile under rules that ask for these facts.
fn facts(profile: &Value, names: &[&str]) -> Value {
    let signal = |name: &&str| {
        let when = json!({"fact": name, "op": "exists"});
        ((*name).replace(['.', '_'], "-"), json!({"points": 1, "when": when}))
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

#[test]
fn a_position_is_held_on_the_day_of_judgement_or_not() {
    let check = |as_of: &str, dates: Value, expected: &str| {
        let mut position = json!({"title": "Treasurer"});
        position.as_object_mut().unwrap().extend(dates.as_object().unwrap().clone());
        let mentions = json!({"mentions": {"of": ["roles"], "in": ["position.title"]}});
        let signals = json!({"role": {"points": 1, "when": mentions},
                             "count": {"points": 1, "when": {"fact": "positions.current_count", "op": "gte", "value": 0}}});
        let profile = json!({"positions": [position], "as_of": as_of});
        let answer = answer_with(&signals, &json!([]), &profile, Explain::Evidence);
        let time = &answer["scores"][0]["contributions"][1]["evidence"][0]["time"];
        assert_eq!(time, expected, "{profile}");
        assert_eq!(answer["facts"]["positions.current_count"], u8::from(expected == "current"), "{profile}");
    };
    check("2026-11-23", json!({"ended_on": "2027-08"}), "current");
    check("2027-08-30", json!({"ended_on": "2027-08"}), "unknown");
    check("2027-08-31", json!({"ended_on": "2027-08"}), "past");
    check("2026-11-23", json!({"started_on": "2027-09"}), "unknown");
    check("2027-09-01", json!({"started_on": "2027-09"}), "current");
    check("2026-11-23", json!({"started_on": "2027", "ended_on": "2028"}), "unknown");
    check("2026-11-23", json!({}), "current");
}

#[test]
fn a_part_is_known_only_when_something_in_it_is_given() {
    let missing = |part: &str, content: Value| {
        let names = ["activity.followers", "relationship.kind", "invitation.note_present"];
        let mut profile = json!({"headline": "x"});
        profile[part] = content;
        items(&facts(&profile, &names)["missing"]).any(|missing| missing == part)
    };
    for part in ["activity", "relationship", "invitation"] {
        assert!(missing(part, json!({})), "{part}");
    }
    assert!(missing("invitation", json!({"note": " "})));
    assert!(!missing("activity", json!({"recent_posts": []})));
    assert!(!missing("activity", json!({"followers": 0})));
    assert!(!missing("relationship", json!({"since": "2020"})));
    assert!(!missing("invitation", json!({"sent_on": "2026"})));
}

#[test]
fn a_relation_is_as_long_as_it_certainly_is() {
    let check = |since: &str, as_of: &str, years: f64| {
        let profile = json!({"headline": "x", "relationship": {"since": since}, "as_of": as_of});
        assert_eq!(facts(&profile, &["relationship.years"])["facts"]["relationship.years"], years, "{since} {as_of}");
    };
    check("2024", "2026-01-01", 1.0);
    check("2024-01-03", "2026-01-01", 1.9);
    check("2024-01-01", "2026-01-01", 2.0);
    check("2024-02-29", "2026-03-01", 2.0);
    check("2024-12", "2026-12-31", 2.0);
    check("2026", "2026-11-23", 0.0);
    check("2030-05-01", "2026-11-23", 0.0);
}
