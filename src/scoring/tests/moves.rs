//! Moves: the condition, and what an answer tells of them.

use super::*;

/// What is told of a signal that asks whether somebody went from tools to roles.
fn told(profile: &Value) -> Value {
    let signals = json!({"grew": {"points": 1, "when": {"moved": {"from": ["tools"], "to": ["roles"]}}}});
    let answer = answer_with(&signals, &json!([]), profile, Explain::Full);
    let score = &answer["scores"][0];
    items(&score["contributions"]).chain(items(&score["silent"])).next().unwrap().clone()
}

fn position(title: &str, started_on: Option<&str>) -> Value {
    json!({"title": title, "started_on": started_on})
}

#[test]
fn a_move_is_from_words_of_an_earlier_title_to_words_of_a_later_one() {
    let (sap, treasurer) = (position("SAP", Some("2010")), position("Senior treasurer", Some("2015")));
    let made = told(&json!({"positions": [treasurer, sap]}));
    let evidence: Vec<_> = items(&made["evidence"]).map(|evidence| (&evidence["field"], &evidence["text"])).collect();
    assert_eq!(
        evidence,
        [(&json!("/positions/0/title"), &json!("treasurer")), (&json!("/positions/1/title"), &json!("SAP")),]
    );
    let unknown = |positions: Value| told(&json!({"headline": "x", "positions": positions}))["unknown"].clone();
    assert_eq!(unknown(json!([position("SAP", Some("2015")), position("Treasurer", Some("2010"))])), false);
    assert_eq!(unknown(json!([position("SAP, treasurer", Some("2015"))])), false);
    assert_eq!(unknown(json!([])), false);
    assert_eq!(unknown(json!([position("SAP", None), treasurer])), true);
    assert_eq!(unknown(json!([sap, {"company": "Acme", "started_on": "2020"}])), true);
    assert_eq!(unknown(Value::Null), true);
}

#[test]
fn a_move_that_was_not_made_says_what_it_looked_for() {
    assert_eq!(
        told(&json!({"positions": []  , "headline": "x"})),
        json!({"signal": "grew", "unknown": false, "failed": "moved", "looked_for": ["tools", "roles"],
               "looked_in": ["position.title"]})
    );
}

/// A rule set that knows two levels.
fn with_levels() -> CompiledRuleSet {
    let mut document = document(&json!({}), &json!([]));
    document["facts"] = json!({"levels": {"individual": ["tools"], "lead": ["roles"]}});
    compile(&document)
}

#[test]
fn an_answer_tells_the_moves_unless_no_reason_is_wanted() {
    let mut positions = [position("SAP", Some("2010")), position("Treasurer", Some("2015-03"))];
    positions.iter_mut().for_each(|position| position["company"] = "Acme".into());
    positions[0]["ended_on"] = "2015".into();
    let profile = json!({"positions": positions});
    let answer = answer_of(&with_levels(), &profile, Explain::Evidence);
    assert_eq!(
        answer["moves"],
        json!([{"move": "promoted", "on": "2015-03", "from": "/positions/0/title", "to": "/positions/1/title"}])
    );
    assert_eq!(answer_of(&with_levels(), &profile, Explain::None).get("moves"), None);
    assert_eq!(answer_of(&with_levels(), &json!({"positions": [positions[0]]}), Explain::Evidence).get("moves"), None);
}

#[test]
fn the_moves_of_an_imported_career_point_into_the_document_as_submitted() {
    let resume = json!({"work": [
        {"name": "Acme", "position": "Treasurer", "startDate": "2015-03"},
        {"name": "Acme", "position": "SAP", "startDate": "2010-01", "endDate": "2015-02"},
    ]});
    let rules = with_levels();
    let bytes = resume.to_string();
    let profile = profile::import::read(profile::import::Format::JsonResume, bytes.as_bytes()).unwrap();
    let name = RuleSetName { name: "small", revision: 7 };
    let answer = judge(&rules, name, &profile, &Inquiry::on(date(2026, 11, 23)));
    let moves = serde_json::to_value(&answer.moves).unwrap();
    assert_eq!((&moves[0]["from"], &moves[0]["to"]), (&json!("/work/1/position"), &json!("/work/0/position")));
}
