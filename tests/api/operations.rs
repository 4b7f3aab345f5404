use crate::app::TestApp;
use crate::exchange::Request;

#[test]
fn health_is_ok() {
    let app = TestApp::start();
    for path in ["/health/live", "/health/ready"] {
        assert_eq!(app.get(path).json()["status"], "ok", "{path}");
    }
}

#[test]
fn a_well_formed_request_id_is_kept_and_another_replaced() {
    let app = TestApp::start();
    let ask = |id: &str| {
        let answer = app.send(&Request::new("GET", "/health/live").header("x-request-id", id));
        answer.header("x-request-id").to_owned()
    };
    assert_eq!(ask("Trace_1-a"), "Trace_1-a");
    assert_eq!(ask("not well formed").len(), 36);
    assert_eq!(ask(&"a".repeat(65)).len(), 36);
}

#[test]
fn head_is_answered_like_get_without_the_body() {
    let answer = TestApp::start().send(&Request::new("HEAD", "/v1/facts"));
    assert_eq!((answer.status, answer.body.len()), (200, 0));
}

#[test]
fn requests_and_profiles_are_counted_by_bounded_labels() {
    let app = TestApp::start();
    app.score("", r#"{"headline": "Group treasurer"}"#);
    app.bulk("{\"headline\": \"x\"}\nbroken\n");
    app.get("/nowhere/secret");
    let text = app.get("/metrics").text();
    assert!(text.contains(r#"entregent_requests_total{method="POST",route="/v1/scores",status="200"} 1"#), "{text}");
    assert!(text.contains(r#"entregent_requests_total{method="GET",route="unmatched",status="404"} 1"#), "{text}");
    assert!(text.contains(r#"entregent_profiles_total{outcome="refused"} 1"#), "{text}");
    assert!(text.contains("entregent_scoring_seconds_count 3"), "{text}");
    assert!(!text.contains("secret"), "{text}");
}
