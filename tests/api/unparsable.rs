//! What HTTP itself cannot read is answered below the service, by its framework: no problem, but no harm either.

use std::io::{Read as _, Write as _};

use crate::app::TestApp;
use crate::exchange::{Answer, connect};

/// Sends bytes and reads until the service closes.
fn exchange(app: &TestApp, bytes: &[u8]) -> Answer {
    let mut stream = connect(app.address);
    stream.write_all(bytes).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok();
    Answer::parse(&answer)
}

#[test]
fn a_head_that_is_no_http_gets_an_empty_400_and_ends_the_connection() {
    let app = TestApp::start();
    for head in ["zzsecret\r\n\r\n", "GET / HTTP/1.1\r\nzz secret: x\r\n\r\n", "GET /\u{7f} HTTP/1.1\r\n\r\n"] {
        let answer = exchange(&app, head.as_bytes());
        assert_eq!((answer.status, answer.body.len()), (400, 0), "{head}");
    }
    assert_eq!(app.get("/health/live").status, 200);
}

#[test]
fn a_head_that_is_too_large_gets_an_empty_431_and_ends_the_connection() {
    let app = TestApp::start();
    let head = format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {}", "x".repeat(200_000));
    let answer = exchange(&app, head.as_bytes());
    assert_eq!((answer.status, answer.body.len()), (431, 0));
    assert_eq!(app.get("/health/live").status, 200);
}
