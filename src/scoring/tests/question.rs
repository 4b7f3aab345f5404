//! What is asked of somebody of whom too little is known.

use super::*;

/// The question to a person, by a rule that asks so.
fn asked(question: &Value, outcome: &str, profile: &Value) -> Value {
    let policy = json!([{"id": "asked", "when": {"fact": "headline.present", "op": "exists", "value": true},
                         "outcome": outcome, "question": question}]);
    let reads = json!({"signal": {"points": 1, "when": {"mentions": {"of": ["roles"],
        "in": ["headline", "about", "education.degree", "skills", "invitation.note", "activity.recent_posts"]}}}});
    let answer = answer_with(&reads, &policy, profile, Explain::None);
    answer["decision"].get("question").cloned().unwrap_or_default()
}

fn template() -> Value {
    json!({"fr": "Dites-moi {parts} ?", "en": "Tell me {parts}?"})
}

#[test]
fn the_first_two_parts_to_ask_for_are_named_in_the_language_of_the_profile() {
    let check = |profile: Value, expected: &str| assert_eq!(asked(&template(), "ask", &profile), expected);
    check(json!({"headline": "À l'écoute du marché"}), "Dites-moi ce que vous faites et votre formation ?");
    check(json!({"headline": "Open to new ideas"}), "Tell me what you do and your education?");
    check(json!({"headline": "Explorer"}), "Tell me what you do and your education?");
    check(
        json!({"headline": "Op zoek naar een baan", "about": "Ik ben er."}),
        "Tell me your education and your skills?",
    );
    check(json!({"headline": "Le futur", "about": "Et après", "education": []}), "Dites-moi vos compétences ?");
}

#[test]
fn there_is_no_question_about_what_is_not_theirs_to_tell() {
    let known = json!({"headline": "x", "about": "x", "education": [], "skills": []});
    assert_eq!(asked(&template(), "ask", &known), Value::Null);
    let plain = json!({"fr": "Bonjour ?", "en": "Hello?"});
    assert_eq!(asked(&plain, "ask", &known), "Hello?");
}

#[test]
fn who_is_not_asked_gets_no_question() {
    let plain = json!({"fr": "Bonjour ?", "en": "Hello?"});
    assert_eq!(asked(&plain, "review", &json!({"headline": "x"})), Value::Null);
}
