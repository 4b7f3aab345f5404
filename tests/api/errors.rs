use crate::app::{BODY_LIMIT, TestApp};
use crate::exchange::Request;

#[track_caller]
fn check(app: &TestApp, request: &Request, status: u16, code: &str) -> serde_json::Value {
    let answer = app.send(request);
    assert_eq!(answer.status, status);
    let problem = answer.json();
    assert_eq!(problem["code"], code);
    assert_eq!(problem["status"], status);
    assert_eq!(problem["request_id"], answer.header("x-request-id"));
    problem
}

#[test]
fn whatever_the_framework_refuses_is_a_problem_too() {
    let app = TestApp::start();
    let post = |body: &str| Request::new("POST", "/v1/scores").json(body);
    check(&app, &Request::new("GET", "/nowhere"), 404, "unknown-path");
    check(&app, &Request::new("GET", "/docs/nothing.js"), 404, "unknown-path");
    check(&app, &post(&" ".repeat(BODY_LIMIT + 1)), 413, "body-too-large");
    let form = Request::new("POST", "/v1/scores").body("application/x-www-form-urlencoded", "a=b");
    check(&app, &form, 415, "unsupported-media-type");
    check(&app, &Request::new("POST", "/v1/scores/bulk").json("{}"), 415, "unsupported-media-type");
    check(&app, &post("{}").header("content-encoding", "gzip"), 415, "unsupported-media-type");
}

#[test]
fn a_wrong_method_is_told_the_right_ones() {
    let app = TestApp::start();
    for (method, path, allow) in [
        ("GET", "/v1/scores", "POST"),
        ("DELETE", "/v1/scores/bulk", "POST"),
        ("POST", "/v1/facts", "GET, HEAD"),
        ("POST", "/docs/", "GET, HEAD"),
    ] {
        let request = Request::new(method, path);
        check(&app, &request, 405, "method-not-allowed");
        assert_eq!(app.send(&request).header("allow"), allow, "{method} {path}");
    }
}

#[test]
fn broken_json_is_told_where_it_breaks() {
    let app = TestApp::start();
    let broken = Request::new("POST", "/v1/scores").json("{\n  \"headline\": oops}");
    let problem = check(&app, &broken, 400, "invalid-syntax");
    assert!(problem["detail"].as_str().unwrap().contains("line 2"), "{problem}");
}

#[test]
fn wrong_values_are_told_by_pointer_and_never_quoted() {
    let app = TestApp::start();
    let body = r#"{"headline": "x", "zzsecretkey": 1, "positions": [{"started_on": "zzsecretdate"}]}"#;
    let problem = check(&app, &Request::new("POST", "/v1/scores").json(body), 422, "invalid-document");
    let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert!(pointers.iter().any(|pointer| *pointer == "/positions/0/started_on"), "{problem}");
    assert!(!problem.to_string().contains("zzsecret"), "{problem}");
}

#[test]
fn a_query_that_is_not_understood_is_refused_and_never_quoted() {
    let app = TestApp::start();
    for query in ["zzsecret=1", "explain=zzsecret", "format=zzsecret", "rule_set=ZZsecret", "explain=none&explain=full"]
    {
        let request = Request::new("POST", &format!("/v1/scores?{query}")).json(r#"{"headline": "x"}"#);
        let problem = check(&app, &request, 400, "invalid-query");
        assert!(!problem.to_string().to_lowercase().contains("zzsecret"), "{problem}");
    }
}
