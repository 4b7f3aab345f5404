use std::io::Write as _;

use crate::app::TestApp;
use crate::exchange::Request;

const KEY: &str = "0123456789abcdef0123456789abcdef";

fn with_key() -> (tempfile::NamedTempFile, TestApp) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "# of the tests\n{KEY}\nanother-key-of-some-length").unwrap();
    let app = TestApp::with_keys(file.path());
    (file, app)
}

#[test]
fn with_keys_only_a_holder_is_served() {
    let (_file, app) = with_key();
    for (authorization, status) in [
        (format!("Bearer {KEY}"), 200),
        ("bearer another-key-of-some-length".to_owned(), 200),
        (format!("Bearer {KEY}x"), 401),
        (format!("Basic {KEY}"), 401),
        ("Bearer".to_owned(), 401),
    ] {
        let answer = app.send(&Request::new("GET", "/v1/facts").header("authorization", &authorization));
        assert_eq!(answer.status, status, "{authorization}");
    }
    let answer = app.get("/v1/facts");
    assert_eq!((answer.status, answer.header("www-authenticate")), (401, "Bearer"));
    assert_eq!(app.get("/metrics").status, 401);
}

#[test]
fn with_keys_health_and_documentation_stay_open() {
    let (_file, app) = with_key();
    for path in ["/health/live", "/health/ready", "/openapi.json", "/docs/"] {
        assert_eq!(app.get(path).status, 200, "{path}");
    }
}

#[test]
fn without_keys_only_names_of_this_machine_are_served() {
    let app = TestApp::start();
    for (host, status) in [("localhost:1", 200), ("127.0.0.1", 200), ("[::1]:80", 200), ("evil.example", 403)] {
        assert_eq!(app.send(&Request::new("GET", "/v1/facts").header("host", host)).status, status, "{host}");
    }
}

#[test]
fn without_keys_pages_of_other_sites_cannot_write() {
    let app = TestApp::start();
    let own = format!("http://{}", app.address);
    for (name, value, status) in [
        ("origin", own.as_str(), 200),
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-origin", 200),
    ] {
        let request = Request::new("POST", "/v1/scores").json(r#"{"headline": "x"}"#).header(name, value);
        assert_eq!(app.send(&request).status, status, "{name}: {value}");
    }
}
