//! What the summary tells, and how it is written.

use super::*;

/// A rule set of two categories whose labels show how they are written.
fn rules() -> Value {
    let mentions = |of: &str, fields: &[&str]| json!({"mentions": {"of": [of], "in": fields, "context": "any"}});
    let mut document = document(
        &json!({}),
        &json!([
        {"id": "two", "label": {"fr": "Entre deux", "en": "Between two"}, "when": {"ambiguous": true}, "outcome": "review"},
        {"id": "won", "label": {"fr": "Recherché", "en": "Wanted"}, "when": {"category": ["business"]}, "outcome": "connect"},
        {"id": "tool-user", "when": mentions("tools", &["skills"]), "outcome": "decline"}]),
    );
    let business = &mut document["categories"]["business"];
    business["label"] = json!({"fr": "Finance", "en": "Finance"});
    business["signals"] = json!({
        "role": {"label": {"fr": "Exerce ce métier", "en": "Holds the role"}, "points": 60,
                 "when": mentions("roles", &["headline", "position.title"])},
        "r-and-d": {"label": {"fr": "R&D", "en": "R&D"}, "points": 5, "when": mentions("tools", &["about"])},
        "unnamed": {"points": 4, "when": mentions("tools", &["about"])},
        "light": {"points": 1, "when": mentions("tools", &["about"])},
        "against": {"points": -3, "when": mentions("tools", &["about"])}});
    document["categories"]["watch"] = json!({
        "kind": "interest", "label": {"fr": "Veille", "en": "Watch"}, "threshold": 50,
        "signals": {"writes": {"label": {"fr": "Écrit", "en": "Writes"}, "points": 55,
                    "when": mentions("roles", &["activity.recent_posts"])}}});
    document
}

#[track_caller]
fn check(profile: &Value, language: Tongue, expected: &str) {
    let rules = compile(&rules());
    let bytes = profile.to_string();
    let profile = profile::parse(bytes.as_bytes()).unwrap();
    let inquiry = Inquiry { language, ..Inquiry::on(date(2026, 11, 23)) };
    let answer = judge(&rules, RuleSetName { name: "small", revision: 7 }, &profile, &inquiry);
    assert_eq!(answer.summary.as_deref(), Some(expected));
}

#[test]
fn the_winner_is_told_with_its_weightiest_signals_and_what_they_quote() {
    let profile = json!({"headline": "Treasurer", "about": "SAP and Sage and Kyriba.",
                         "positions": [{"title": "treasurer"}, {"title": "Trésorière"}, {"title": "Trésorier"}]});
    let quoted = "(“SAP”, “Sage”)";
    check(
        &profile,
        Tongue::En,
        &format!(
            "Connect: wanted. Finance 67 (threshold 50): holds the role (“Treasurer”, “Trésorière”); R&D {quoted}; unnamed {quoted}."
        ),
    );
    let quoted = "(«\u{a0}SAP\u{a0}», «\u{a0}Sage\u{a0}»)";
    check(
        &profile,
        Tongue::Fr,
        &format!(
            "Entrer en relation\u{a0}: recherché. Finance 67 (seuil 50)\u{a0}: exerce ce métier \
             («\u{a0}Treasurer\u{a0}», «\u{a0}Trésorière\u{a0}»)\u{202f}; R&D {quoted}\u{202f}; unnamed {quoted}."
        ),
    );
}

#[test]
fn a_rival_is_told_by_its_weightiest_signal() {
    let profile = json!({"headline": "Treasurer", "activity": {"recent_posts": ["A treasurer's day"]}});
    let expected = "Review: between two. Finance 60 (threshold 50): holds the role (“Treasurer”). \
                    Watch 55 (threshold 50): writes (“treasurer”).";
    check(&profile, Tongue::En, expected);
}

#[test]
fn what_the_rule_itself_read_is_quoted_and_a_rule_without_label_called_by_its_id() {
    check(&json!({"headline": "x", "skills": ["Sage"]}), Tongue::En, "Decline: tool-user (“Sage”).");
}

#[test]
fn the_parts_to_ask_for_are_named_and_the_rest_hinted_at() {
    check(&json!({"headline": "x"}), Tongue::En, "Ask: rest. Missing: positions, skills, activity…");
    let known = json!({"headline": "x", "about": "x", "positions": [], "activity": {"recent_posts": []}});
    check(&known, Tongue::Fr, "Demander\u{a0}: rest. Il manque\u{a0}: compétences.");
}

#[test]
fn what_else_the_rule_rests_on_is_told_and_other_traits_named() {
    let mut document = rules();
    let names = |of: &str| json!({"mentions": {"of": [of], "in": ["about"], "context": "any"}});
    let of_tools = |label: &str, of: &str| {
        json!({"kind": "trait", "label": {"fr": label, "en": label}, "threshold": 1,
               "signals": {"s": {"label": {"fr": "Cite", "en": "Cites"}, "points": 5, "when": names(of)}}})
    };
    document["categories"]["pusher"] = of_tools("Pusher", "tools");
    document["categories"]["tooler"] = of_tools("Tooler", "tools");
    document["categories"]["other"] = of_tools("Other", "roles");
    let when = json!({"score": "pusher", "op": "gte", "value": 5});
    document["policy"].as_array_mut().unwrap().insert(0, json!({"id": "pushes", "when": when, "outcome": "review"}));
    let answer = answer_of(&compile(&document), &json!({"headline": "x", "about": "SAP"}), Explain::Evidence);
    assert_eq!(answer["summary"], "Review: pushes. Pusher 5 (threshold 1): cites (“SAP”). Traits: tooler.");
}

#[test]
fn no_part_is_named_where_the_question_is_about_something_else() {
    let missing = |question: &str| {
        let mut document = rules();
        document["policy"][3]["question"] = json!({"fr": question, "en": question});
        let answer = answer_of(&compile(&document), &json!({"headline": "x"}), Explain::Evidence);
        answer["summary"].as_str().unwrap().contains("Missing")
    };
    assert!(missing("Tell me {parts}?"));
    assert!(!missing("What next?"));
}

#[test]
fn a_long_quotation_is_cut_and_its_white_space_plain() {
    let headline = format!("C{}F", "\u{2003}".repeat(70));
    let mut document = rules();
    document["vocabularies"]["roles"]["terms"] = json!(["C F"]);
    let profile = json!({ "headline": headline });
    let summary = answer_of(&compile(&document), &profile, Explain::Evidence)["summary"].clone();
    assert!(summary.as_str().unwrap().contains(&format!("(“C{}…”)", " ".repeat(59))), "{summary}");
}
