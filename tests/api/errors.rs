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
        ("DELETE", "/docs/index.html", "GET, HEAD"),
    ] {
        let request = Request::new(method, path);
        check(&app, &request, 405, "method-not-allowed");
        assert_eq!(app.send(&request).header("allow"), allow, "{method} {path}");
    }
}

#[test]
fn the_address_of_the_check_is_no_rule_set() {
    let app = TestApp::start();
    let get = Request::new("GET", "/v1/rule-sets/check");
    check(&app, &get, 405, "method-not-allowed");
    assert_eq!(app.send(&get).header("allow"), "POST");
    check(&app, &Request::new("POST", "/v1/rule-sets/check/revisions/1/activate"), 404, "unknown-rule-set");
    check(&app, &Request::new("GET", "/v1/rule-sets/check/revisions"), 404, "unknown-rule-set");
}

#[test]
fn broken_json_is_told_where_it_breaks() {
    let app = TestApp::start();
    let broken = Request::new("POST", "/v1/scores").json("{\n  \"headline\": oops}");
    let problem = check(&app, &broken, 400, "invalid-syntax");
    let reason = "a value is missing, or a text without its double quotation marks";
    assert_eq!(problem["detail"], format!("no JSON from line 2, column 15: {reason}"));
    let comma = Request::new("PUT", "/v1/rule-sets/default").json("{\"format\": 1,\n}");
    let problem = check(&app, &comma, 400, "invalid-syntax");
    assert_eq!(problem["detail"], "no JSON from line 2, column 1: a comma stands in front of a closing bracket");
}

#[test]
fn a_body_that_is_empty_or_not_utf8_is_called_so() {
    let app = TestApp::start();
    for (method, path) in [
        ("POST", "/v1/scores"),
        ("POST", "/v1/scores?format=auto"),
        ("PUT", "/v1/owners/default"),
        ("PUT", "/v1/rule-sets/default"),
        ("PATCH", "/v1/rule-sets/default"),
        ("POST", "/v1/rule-sets/check"),
    ] {
        let send = |body: &[u8]| Request::new(method, path).bytes("application/json", body);
        let problem = check(&app, &send(b"\xef\xbb\xbf\n"), 400, "invalid-syntax");
        assert_eq!(problem["detail"], "no JSON from line 1, column 1: the text is empty", "{path}");
        let problem = check(&app, &send(b"{\n\"headline\": \"Tr\xe9soriere\"}"), 400, "invalid-syntax");
        assert_eq!(problem["detail"], "no JSON from line 2, column 16: the text is not UTF-8", "{path}");
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let app = TestApp::start();
    let profile = "{\"headline\": \"Treasurer\"}";
    let of = |path: &str, body: &str| app.send(&Request::new("POST", path).json(body));
    for path in ["/v1/scores", "/v1/scores?format=auto"] {
        let marked = of(path, &format!("\u{feff}{profile}"));
        assert_eq!((marked.status, marked.json()), (200, of(path, profile).json()));
    }
    let broken = Request::new("POST", "/v1/scores").json("\u{feff}{headline}");
    let problem = check(&app, &broken, 400, "invalid-syntax");
    assert!(problem["detail"].as_str().unwrap().starts_with("no JSON from line 1, column 2: "), "{problem}");
    let rules = format!("\u{feff}{}", std::fs::read_to_string(crate::app::RULES).unwrap());
    assert_eq!(of("/v1/rule-sets/check", &rules).json()["valid"], true);
    let patch = Request::new("PATCH", "/v1/rule-sets/default").json("\u{feff}{\"title\": \"x\"}");
    assert_eq!(app.send(&patch).status, 200);
}

#[test]
fn a_rule_set_within_the_answer_about_it_is_told_to_stand_there() {
    let app = TestApp::start();
    let answer = app.get("/v1/rule-sets/default").json();
    for (method, path) in [("POST", "/v1/rule-sets/check"), ("PUT", "/v1/rule-sets/default")] {
        let send = |document: &serde_json::Value| app.send(&Request::new(method, path).json(&document.to_string()));
        let problem = send(&answer).assert(422, "invalid-document").json();
        let reason = "is an answer about a rule set; the rule set alone is what stands in `document`";
        assert_eq!(problem["errors"], serde_json::json!([{"pointer": "", "reason": reason}]));
        assert_eq!(send(&answer["document"]).status, 200);
    }
}

#[test]
fn a_key_that_occurs_twice_is_told_by_the_object_that_has_it() {
    let app = TestApp::start();
    let body = r#"{"headline": "x", "positions": [{"title": "zzsecret", "title": "x"}]}"#;
    let problem = check(&app, &Request::new("POST", "/v1/scores").json(body), 422, "invalid-document");
    let expected = serde_json::json!([{"pointer": "/positions/0", "reason": "has a key that occurs twice"}]);
    assert_eq!(problem["errors"], expected);
    let rules = std::fs::read_to_string(crate::app::RULES).unwrap();
    let twice = rules.replacen("\"treasurer-before\":", "\"treasurer\":", 1);
    let problem = check(&app, &Request::new("POST", "/v1/rule-sets/check").json(&twice), 422, "invalid-document");
    let expected =
        serde_json::json!([{"pointer": "/categories/business/signals", "reason": "has a key that occurs twice"}]);
    assert_eq!(problem["errors"], expected);
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
