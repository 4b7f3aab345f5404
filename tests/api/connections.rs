//! Connections: how they end, and what is answered on them before.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::app::TestApp;
use crate::exchange::{Answer, connect, read_to_line};
use crate::process::Service;

const LIVENESS: &str = "GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// Reads one answer, and leaves the connection as it is.
fn read_answer(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    loop {
        let mut part = [0; 4096];
        let length = stream.read(&mut part).unwrap();
        assert!(length > 0, "the connection ends without an answer: {}", String::from_utf8_lossy(&bytes));
        bytes.extend_from_slice(&part[..length]);
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        if end.is_some_and(|end| {
            let answer = Answer::parse(&bytes);
            bytes.len() - (end + 4) >= answer.header("content-length").parse().unwrap_or(0)
        }) {
            return Answer::parse(&bytes);
        }
    }
}

/// Reads to the end of a connection.
fn read_rest(mut stream: TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn what_arrived_before_the_service_was_told_to_stop_is_answered() {
    let data = tempfile::tempdir().unwrap();
    let service = Service::start_with(data.path(), &[("ENTREGENT_WORKERS", "1")]);
    let mut open = connect(service.address);
    open.write_all(LIVENESS.as_bytes()).unwrap();
    assert_eq!(read_answer(&mut open).status, 200);
    // What is sent while the process does not run has arrived before the signal that it finds when it goes on.
    service.signal("-STOP");
    let mut new = connect(service.address);
    let document = "{\"headline\": \"CTO\"}";
    let put = "PUT /v1/owners/default HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
    write!(open, "{put}content-length: {}\r\n\r\n{document}", document.len()).unwrap();
    new.write_all(LIVENESS.as_bytes()).unwrap();
    service.signal("-TERM");
    service.signal("-CONT");
    assert_eq!(read_answer(&mut open).status, 201);
    assert_eq!(read_answer(&mut new).status, 200);
    assert_eq!(service.ended().1.code(), Some(0));
}

#[test]
fn once_the_service_was_told_to_stop_each_answer_is_the_last_on_its_connection() {
    let app = TestApp::start();
    let mut open = connect(app.address);
    open.write_all(LIVENESS.as_bytes()).unwrap();
    assert_eq!(read_answer(&mut open).header("connection"), "");
    app.announce_stop();
    for mut stream in [open, connect(app.address)] {
        stream.write_all(LIVENESS.as_bytes()).unwrap();
        let answer = Answer::parse(&read_rest(stream));
        assert_eq!((answer.status, answer.header("connection")), (200, "close"));
    }
}

#[test]
fn another_protocol_is_not_taken_up_and_the_connection_is_closed_as_the_answer_says() {
    let app = TestApp::start();
    let mut stream = connect(app.address);
    let upgrade = "connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n";
    write!(stream, "GET /health/live HTTP/1.1\r\nhost: localhost\r\n{upgrade}\r\n").unwrap();
    let answer = Answer::parse(&read_rest(stream));
    assert_eq!((answer.status, answer.header("connection")), (200, "close"));
}

#[test]
fn a_client_of_http_1_0_gets_a_stream_that_ends_with_the_connection() {
    let app = TestApp::start();
    let line = "{\"headline\": \"x\"}\n";
    for connection in ["", "connection: keep-alive\r\n"] {
        let mut stream = connect(app.address);
        let head = "POST /v1/scores/bulk HTTP/1.0\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\n";
        write!(stream, "{head}{connection}content-length: {}\r\n\r\n{line}{line}", 2 * line.len()).unwrap();
        let answer = Answer::parse(&read_rest(stream));
        assert_eq!((answer.status, answer.header("transfer-encoding")), (200, ""));
        assert_eq!(answer.lines().len(), 2);
        assert_ne!(answer.header("connection"), "keep-alive");
    }
}

const SHORT: Duration = Duration::from_secs(1);

/// Waits until the service ends a connection on which nothing more is answered.
fn wait_for_end(mut stream: TcpStream) {
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).map_err(|error| error.kind());
    assert!(matches!(end, Ok(0) | Err(ErrorKind::ConnectionReset)), "{end:?}");
}

#[test]
fn a_connection_ends_when_the_next_head_does_not_come_in_time() {
    let app = TestApp::with_wait_for_next(SHORT);
    let begun = Instant::now();
    let mut stream = connect(app.address);
    stream.write_all(LIVENESS.as_bytes()).unwrap();
    assert_eq!(read_answer(&mut stream).status, 200);
    stream.write_all(b"GET /health").unwrap();
    wait_for_end(stream);
    assert!(begun.elapsed() >= SHORT, "{:?}", begun.elapsed());
}

/// Begins a request whose body is refused while it is still sent, and reads the answer.
fn refused(app: &TestApp) -> TcpStream {
    let mut stream = connect(app.address);
    let head = "POST /v1/scores HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\n";
    write!(stream, "{head}transfer-encoding: chunked\r\n\r\n5\r\n{{\"hea").unwrap();
    assert_eq!(read_answer(&mut stream).status, 415);
    stream
}

#[test]
fn a_connection_ends_when_a_refused_body_does_not_end_in_time() {
    let app = TestApp::with_wait_for_next(SHORT);
    // The client falls silent, or goes on for ever.
    wait_for_end(refused(&app));
    let mut stream = refused(&app);
    stream.write_all(b"d\r\n").unwrap();
    let begun = Instant::now();
    while stream.write_all(b"1\r\nx\r\n").is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(20), "never ended");
    }
}

#[test]
fn a_request_that_is_being_answered_may_take_longer_than_the_next_may_take_to_begin() {
    let app = TestApp::with_wait_for_next(SHORT);
    let mut stream = connect(app.address);
    let line = "{\"headline\": \"x\"}\n";
    let head = "POST /v1/scores/bulk HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\n";
    write!(stream, "{head}content-length: {}\r\n\r\n{line}", 2 * line.len()).unwrap();
    let mut bytes = read_to_line(&mut stream);
    std::thread::sleep(3 * SHORT);
    stream.write_all(line.as_bytes()).unwrap();
    bytes.extend(read_rest(stream));
    assert_eq!(Answer::parse(&bytes).lines().len(), 2);
}

#[test]
fn requests_that_were_sent_at_once_are_all_answered_to_a_client_that_reads_late() {
    const REQUESTS: usize = 200;
    let app = TestApp::with_wait_for_next(SHORT);
    let mut stream = connect(app.address);
    // More than the service reads at once.
    let head = format!("GET /openapi.json HTTP/1.1\r\nhost: localhost\r\nx-long: {}\r\n", "x".repeat(1000));
    let last = format!("{head}connection: close\r\n\r\n");
    let all = format!("{head}\r\n").repeat(REQUESTS - 1) + &last;
    stream.write_all(all.as_bytes()).unwrap();
    // The answers are more than the buffers of the system hold.
    std::thread::sleep(3 * SHORT);
    let bytes = read_rest(stream);
    assert_eq!(bytes.windows(12).filter(|window| window == b"HTTP/1.1 200").count(), REQUESTS);
}
