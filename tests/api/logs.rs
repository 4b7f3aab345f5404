use std::io::{Read as _, Write as _};

use crate::exchange::{Request, connect};
use crate::process::Service;

/// What a service logs from its start to its end, when `talk` is all that happens to it.
fn logged(talk: impl FnOnce(std::net::SocketAddr)) -> String {
    let data = tempfile::tempdir().unwrap();
    let service = Service::start(data.path());
    talk(service.address);
    service.signal("-TERM");
    let (log, status) = service.ended();
    assert_eq!(status.code(), Some(0));
    log
}

#[test]
fn each_request_is_one_line_and_libraries_are_silent() {
    let text = logged(|address| {
        Request::new("GET", "/health/live").send_to(address);
        Request::new("GET", "/nowhere/zzsecret?zzsecret").send_to(address);
    });
    assert!(text.lines().all(|line| line.contains("entregent::")), "{text}");
    let answered: Vec<_> = text.lines().filter(|line| line.contains("answered")).collect();
    assert_eq!(answered.len(), 2, "{text}");
    assert!(answered[0].contains("/health/live") && text.lines().last().unwrap().contains("draining"), "{text}");
    assert!(!text.contains("zzsecret"), "{text}");
}

#[test]
fn what_http_cannot_read_is_not_quoted() {
    let text = logged(|address| {
        let mut stream = connect(address);
        stream.write_all(b"GET /zzsecret HTTP/1.1\r\nzzsecret zzsecret\r\n\r\n").unwrap();
        stream.read_to_end(&mut Vec::new()).unwrap();
    });
    assert!(!text.contains("zzsecret"), "{text}");
}
