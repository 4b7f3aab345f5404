use crate::app::TestApp;
use crate::exchange::Request;

const TREASURER: &str = r#"{"id": "crm-1", "headline": "Trésorière groupe", "as_of": "2026-11-23"}"#;

#[test]
fn a_profile_is_scored_by_the_default_rule_set() {
    let answer = TestApp::start().score("", TREASURER);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["id"], "crm-1");
    assert_eq!(answer.json()["as_of"], "2026-11-23");
    assert_eq!(answer.json()["rule_set"], serde_json::json!({"name": "default", "revision": 1}));
}

#[test]
fn the_same_question_gets_the_same_answer() {
    let app = TestApp::start();
    assert_eq!(app.score("", TREASURER).body, app.score("?rule_set=default@1&explain=evidence", TREASURER).body);
}

#[test]
fn less_explanation_is_a_shorter_answer() {
    let app = TestApp::start();
    let [none, evidence, full] = ["none", "evidence", "full"].map(|explain| {
        let answer = app.score(&format!("?explain={explain}"), TREASURER);
        assert_eq!(answer.status, 200, "{explain}");
        answer.body.len()
    });
    assert!(none < evidence && evidence < full, "{none} {evidence} {full}");
}

#[test]
fn a_json_resume_is_scored_as_it_is() {
    let resume = r#"{"basics": {"label": "Group treasurer"}, "work": []}"#;
    assert_eq!(TestApp::start().score("?format=json-resume", resume).status, 200);
}

#[test]
fn an_answer_names_the_foreign_form_that_was_told_and_quotes_what_was_sent() {
    let app = TestApp::start();
    let record = r#"{"properties": {"jobtitle": "Group treasurer", "company": "Lindqvist Papier"}}"#;
    let answer = app.score("?format=auto", record).json();
    assert_eq!(answer["format"], "crm-record");
    let evidence = &answer["scores"][0]["contributions"][0]["evidence"][0];
    assert_eq!((&evidence["field"], &evidence["start"]), (&"/properties/jobtitle".into(), &6.into()), "{answer:#}");
    assert!(app.score("?format=auto", TREASURER).json().get("format").is_none());
    assert_eq!(app.score("?format=auto&view=flat", record).json()["format"], "crm-record");
    assert_eq!(app.score("?format=enrichment", record).verdict(), (422, "invalid-document".to_owned()));
}

#[test]
fn a_flat_answer_is_one_object_of_single_values() {
    let app = TestApp::start();
    let mut flat = app.score("?view=flat", TREASURER).json();
    assert!(flat["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{flat:#}");
    flat["summary"] = "told".into();
    let expected = serde_json::json!({
        "id": "crm-1", "category": "business", "outcome": "connect", "rule": "wanted", "score_business": 6,
        "summary": "told", "reasons": "treasurer", "missing": "positions", "ask_for": "", "question": null,
        "rule_set": "default", "revision": 1, "format": null, "as_of": "2026-11-23",
    });
    assert_eq!(flat, expected);
    assert_eq!(app.score("?view=flat&explain=none", TREASURER).body, app.score("?view=flat", TREASURER).body);
    let asked = app.score("?view=flat", r#"{"headline": "x"}"#).json();
    assert_eq!((&asked["category"], &asked["ask_for"]), (&serde_json::Value::Null, &"positions".into()));
}

#[test]
fn a_rule_set_that_does_not_exist_is_not_found() {
    let app = TestApp::start();
    for query in ["?rule_set=other", "?rule_set=default@2"] {
        let answer = app.score(query, TREASURER);
        assert_eq!((answer.status, answer.json()["code"].as_str()), (404, Some("unknown-rule-set")), "{query}");
    }
}

#[test]
fn the_summary_is_in_the_language_that_is_asked_for() {
    let app = TestApp::start();
    let ask = |target: &str, media_type: &str, language: &str| {
        app.send(&Request::new("POST", target).body(media_type, TREASURER).header("accept-language", language))
    };
    for (language, tag, beginning) in [
        ("fr-FR, en;q=0.5", "fr", "Entrer en relation\u{a0}: "),
        ("de, en;q=0.5", "en", "Connect: "),
        ("de", "en", "Connect: "),
    ] {
        let alone = ask("/v1/scores", "application/json", language);
        let line = ask("/v1/scores/bulk", "application/x-ndjson", language);
        for answer in [&alone, &line] {
            assert_eq!((answer.header("content-language"), answer.header("vary")), (tag, "accept-language"));
        }
        assert!(alone.json()["summary"].as_str().unwrap().starts_with(beginning), "{}", alone.text());
        assert_eq!(line.lines()[0]["result"]["summary"], alone.json()["summary"]);
    }
    assert_eq!(app.score("?explain=none", TREASURER).json().get("summary"), None);
}
