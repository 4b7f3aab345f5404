use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use std::time::{Duration, Instant};

use crate::app::{BODY_LIMIT, ROOM_WAIT, TestApp};
use crate::exchange::{Request, connect};

const HEAD: &str = "POST /v1/scores/bulk HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\n";

#[test]
fn each_line_is_answered_in_order_and_blank_ones_are_not() {
    let answer = TestApp::start()
        .bulk("{\"id\": \"a\", \"headline\": \"x\"}\n\n  \r\nbroken\n{\"id\": \"b\", \"headline\": \"y\"}");
    assert_eq!(answer.status, 200);
    let lines = answer.lines();
    let numbers: Vec<_> = lines.iter().map(|line| line["line"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 4, 5]);
    assert_eq!((&lines[0]["id"], &lines[2]["id"]), (&"a".into(), &"b".into()));
    assert_eq!(lines[1]["problem"]["code"], "invalid-syntax");
    assert!(lines[1]["problem"]["detail"].as_str().unwrap().contains("line 4, column 1"), "{}", lines[1]);
    assert!(lines[1]["id"].is_null() && lines[1].get("result").is_none());
    assert_eq!(lines[1]["problem"]["request_id"], answer.header("x-request-id"));
}

#[test]
fn a_line_that_is_no_json_is_told_why_and_a_byte_order_mark_is_passed_over() {
    let app = TestApp::start();
    let body = b"\xef\xbb\xbf{\"headline\": \"x\"}\r\n{\"headline\": \"x\",}\n{\"headline\": \"\xe9\"}\n";
    let send = |body: &[u8]| app.send(&Request::new("POST", "/v1/scores/bulk").bytes("application/x-ndjson", body));
    let lines = send(body).lines();
    let details: Vec<_> = lines.iter().map(|line| line["problem"]["detail"].as_str().unwrap_or_default()).collect();
    let comma = "no JSON from line 2, column 18: a comma stands in front of a closing bracket";
    assert_eq!(details, ["", comma, "no JSON from line 3, column 15: the text is not UTF-8"]);
    assert_eq!(send(b"\xef\xbb\xbf\r\n").lines().len(), 0);
}

#[test]
fn a_line_answers_as_the_profile_alone_does() {
    let app = TestApp::start();
    let profile = r#"{"headline": "Group treasurer", "as_of": "2026-11-23"}"#;
    assert_eq!(app.bulk(profile).lines()[0]["result"], app.score("", profile).json());
}

fn table(body: &[u8]) -> Request {
    Request::new("POST", "/v1/scores/bulk").bytes("text/csv; charset=utf-8", body)
}

#[test]
fn each_row_of_a_table_of_connections_is_answered_and_quoted_by_line_and_column() {
    let rows = "Notes:\n\"Some, more\"\n\nFirst Name,URL,Company,Position,Connected On\n\
                Ilse,https://l.example/in/Ilse-V,Lindqvist Papier,Trésorière,08 Feb 2026\n\
                ,,,,07 Jun 2026\nOdd,,Orme,Group treasurer,06 Jun 2026";
    let utf16: Vec<u8> = std::iter::once(0xFEFF).chain(rows.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for body in [rows.as_bytes(), &utf16] {
        let answer = TestApp::start().send(&table(body));
        assert_eq!((answer.status, answer.media_type()), (200, "application/x-ndjson"));
        let lines = answer.lines();
        let numbers: Vec<_> = lines.iter().map(|line| line["line"].as_u64().unwrap()).collect();
        assert_eq!(numbers, [5, 6, 7]);
        assert_eq!((&lines[0]["id"], &lines[2]["id"]), (&"ilse-v".into(), &serde_json::Value::Null));
        assert_eq!(lines[1]["problem"]["errors"][0]["pointer"], "/6");
        let evidence = &lines[2]["result"]["scores"][0]["contributions"][0]["evidence"][0];
        assert_eq!((&evidence["field"], &evidence["start"]), (&"/7/Position".into(), &6.into()), "{}", lines[2]);
    }
}

#[test]
fn a_table_of_something_else_gets_one_problem() {
    let lines = TestApp::start().send(&table(b"a,b\n1,2\n")).lines();
    assert_eq!((lines.len(), &lines[0]["problem"]["code"]), (1, &"invalid-document".into()));
}

#[test]
fn a_flat_view_holds_for_every_line() {
    let lines = TestApp::start().send(
        &Request::new("POST", "/v1/scores/bulk?view=flat")
            .body("application/x-ndjson", "{\"headline\": \"Treasurer\"}\n5"),
    );
    let lines = lines.lines();
    assert_eq!(lines[0]["result"]["score_business"], 6);
    assert_eq!(lines[1]["problem"]["code"], "invalid-document");
}

#[test]
fn a_line_beyond_the_limit_gets_one_problem_and_the_rest_goes_on() {
    let long = "x".repeat(3 * BODY_LIMIT);
    let lines = TestApp::start().bulk(&format!("{long}\n{{\"headline\": \"x\"}}\n{long}")).lines();
    let codes: Vec<_> = lines.iter().map(|line| line["problem"]["code"].as_str()).collect();
    assert_eq!(codes, [Some("body-too-large"), None, Some("body-too-large")]);
}

#[test]
fn no_lines_are_no_answers() {
    let answer = TestApp::start().bulk("");
    assert_eq!((answer.status, answer.body.len()), (200, 0));
}

#[test]
fn answers_come_while_the_input_is_still_open() {
    let app = TestApp::start();
    let mut stream = connect(app.address);
    write!(stream, "{HEAD}transfer-encoding: chunked\r\n\r\n").unwrap();
    for id in ["first", "second"] {
        let line = format!("{{\"id\": \"{id}\", \"headline\": \"x\"}}\n");
        write!(stream, "{:x}\r\n{line}\r\n", line.len()).unwrap();
        let mut seen = String::new();
        while !(seen.contains(id) && seen.ends_with("\n\r\n")) {
            let mut part = [0; 4096];
            let length = stream.read(&mut part).unwrap();
            assert!(length > 0, "{seen}");
            seen += std::str::from_utf8(&part[..length]).unwrap();
        }
    }
}

#[test]
fn a_client_that_sends_without_reading_is_cut_off() {
    let app = TestApp::start();
    let mut stream = connect(app.address);
    stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(stream, "{HEAD}content-length: 1000000000\r\n\r\n").unwrap();
    let lines = "{\"headline\": \"x\"}\n".repeat(1000);
    let started = Instant::now();
    while stream.write_all(lines.as_bytes()).is_ok() {
        assert!(started.elapsed() < Duration::from_secs(60), "never cut off");
    }
    assert!(started.elapsed() >= ROOM_WAIT);
    assert_eq!(app.get("/health/live").status, 200);
}

#[test]
fn a_client_that_reads_late_but_reads_gets_every_answer() {
    let app = TestApp::start();
    let mut stream = connect(app.address);
    let lines = "{\"headline\": \"x\"}\n".repeat(2000);
    write!(stream, "{HEAD}connection: close\r\ncontent-length: {}\r\n\r\n", lines.len()).unwrap();
    let mut writer = stream.try_clone().unwrap();
    let sender = std::thread::spawn(move || writer.write_all(lines.as_bytes()));
    std::thread::sleep(ROOM_WAIT / 4);
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    sender.join().unwrap().unwrap();
    assert_eq!(crate::exchange::Answer::parse(&bytes).lines().len(), 2000);
    stream.shutdown(Shutdown::Both).ok();
}
