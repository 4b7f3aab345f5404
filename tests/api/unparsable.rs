//! What HTTP itself cannot read gets a problem too, and ends the connection.

use std::io::{Read as _, Write as _};

use crate::app::TestApp;
use crate::exchange::{Answer, connect};

/// Sends bytes and reads until the service closes.
fn exchange(app: &TestApp, bytes: &[u8]) -> Vec<u8> {
    let mut stream = connect(app.address);
    stream.write_all(bytes).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok();
    answer
}

fn check(app: &TestApp, head: &str, status: u16, code: &str) {
    let bytes = exchange(app, head.as_bytes());
    let answer = Answer::parse(&bytes).assert(status, code);
    let body = String::from_utf8(answer.body.clone()).unwrap();
    assert_eq!(answer.header("content-length"), body.len().to_string(), "{head}");
    assert_eq!(answer.header("connection"), "close", "{head}");
    assert_eq!(answer.json()["request_id"].as_str(), Some(answer.header("x-request-id")), "{head}");
    assert!(!body.contains("secret"), "{body}");
    assert_eq!(app.get("/health/live").status, 200);
}

#[test]
fn a_head_that_is_no_http_gets_a_problem() {
    let app = TestApp::start();
    for head in ["zzsecret\r\n\r\n", "GET / HTTP/1.1\r\nzz secret: x\r\n\r\n", "GET /\u{7f} HTTP/1.1\r\n\r\n"] {
        check(&app, head, 400, "malformed-request");
    }
}

#[test]
fn a_head_that_is_too_large_gets_a_problem() {
    let app = TestApp::start();
    let head = format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {}", "x".repeat(200_000));
    check(&app, &head, 431, "head-too-large");
}

#[test]
fn a_head_that_does_not_come_to_its_end_gets_a_problem() {
    check(&TestApp::start(), "GET / HTTP/1.1\r\nhost: ", 408, "request-timeout");
}

#[test]
fn what_follows_an_answered_request_and_is_none_gets_a_problem_behind_that_answer() {
    let app = TestApp::start();
    let host = app.address;
    for version in ["HTTP/1.1", "HTTP/1.0"] {
        let request = format!("GET /health/live {version}\r\nhost: {host}\r\nconnection: keep-alive\r\n\r\n");
        let bytes = exchange(&app, format!("{request}zz\r\n\r\n").as_bytes());
        let answers = String::from_utf8(bytes).unwrap();
        let (first, second) = answers.split_at(answers.rfind(version).unwrap());
        assert_eq!(Answer::parse(first.as_bytes()).status, 200);
        Answer::parse(second.as_bytes()).assert(400, "malformed-request");
    }
}

#[test]
fn what_is_no_request_is_counted() {
    let app = TestApp::start();
    check(&app, "zz\r\n\r\n", 400, "malformed-request");
    let metrics = String::from_utf8(app.get("/metrics").body).unwrap();
    let counted = |line: &str| line.contains("unmatched") && line.contains("\"400\"") && line.ends_with(" 1");
    assert!(metrics.lines().any(counted), "{metrics}");
}
