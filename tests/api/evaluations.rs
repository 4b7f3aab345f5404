use serde_json::json;

use crate::app::{TestApp, rules};
use crate::exchange::{Answer, Request};

fn evaluate(app: &TestApp, revision: &str, media_type: &str, rows: &str) -> Answer {
    let request = Request::new("POST", &format!("/v1/rule-sets/{revision}/evaluate"));
    app.send(&request.body(media_type, rows))
}

#[test]
fn a_revision_is_measured_active_or_not() {
    let app = TestApp::start();
    app.put("default", &rules(1));
    let rows = "title\tlabel\nTreasurer\tbusiness\nBaker\tother\n";
    for (revision, accuracy, found) in [(1, 1.0, "business"), (2, 0.5, "other")] {
        let path = format!("default/revisions/{revision}");
        let report = evaluate(&app, &path, "text/tab-separated-values", rows).json();
        assert_eq!((&report["rows"], &report["accuracy"]), (&json!(2), &json!(accuracy)), "{report}");
        assert_eq!(report["confusion"][0]["found"], json!({ found: 1 }));
    }
}

#[test]
fn whole_profiles_are_measured_and_wrong_lines_named() {
    let app = TestApp::start();
    let rows =
        "{\"label\": \"business\", \"profile\": {\"headline\": \"x\"}}\n\n{\"label\": \"busines\", \"profile\": {}}\n";
    let report = evaluate(&app, "default/revisions/1", "application/x-ndjson", rows).json();
    assert_eq!((&report["wrong"][0]["line"], &report["wrong"][0]["found"]), (&json!(1), &json!("other")));
    assert_eq!(report["refused"][0]["line"], 3);
    assert_eq!(report["refused"][0]["errors"][0]["pointer"], "/label");
}

#[test]
fn what_is_not_there_or_not_understood_is_refused() {
    let app = TestApp::start();
    evaluate(&app, "default/revisions/9", "application/x-ndjson", "").assert(404, "unknown-rule-set");
    evaluate(&app, "default/revisions/1", "application/json", "{}").assert(415, "unsupported-media-type");
}
