use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use crate::exchange::{Request, connect, read_to_line};
use crate::process::Service;

/// What a service logs from its start to its end, when `talk` is all that happens to it.
fn logged(talk: impl FnOnce(SocketAddr)) -> String {
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

const LINE: &str = "{\"id\": \"zzid\", \"headline\": \"zzsecret\"}\n";

/// Begins a bulk request of two lines, and reads the answer to the first one.
fn begin_bulk(address: SocketAddr) -> TcpStream {
    let mut stream = connect(address);
    let head = "POST /v1/scores/bulk HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n";
    let media_type = "content-type: application/x-ndjson";
    write!(stream, "{head}{media_type}\r\ncontent-length: {}\r\n\r\n{LINE}", 2 * LINE.len()).unwrap();
    read_to_line(&mut stream);
    stream
}

/// The number behind a name in a line of the log.
fn number(line: &str, name: &str) -> u64 {
    let (_, behind) = line.split_once(&format!("{name}=")).unwrap();
    behind.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn a_streamed_answer_is_one_line_when_it_has_ended() {
    let text = logged(|address| {
        let mut stream = begin_bulk(address);
        std::thread::sleep(Duration::from_millis(300));
        stream.write_all(LINE.as_bytes()).unwrap();
        stream.read_to_end(&mut Vec::new()).unwrap();
    });
    let [line] = text.lines().filter(|line| line.contains("/v1/scores/bulk")).collect::<Vec<_>>()[..] else {
        panic!("{text}")
    };
    assert!(line.contains("status=200") && line.contains("cut=no"), "{line}");
    assert_eq!(number(line, "lines"), 2, "{line}");
    assert!((300_000..20_000_000).contains(&number(line, "microseconds")), "{line}");
    assert!(!text.contains("zz"), "{text}");
}

#[test]
fn a_streamed_answer_that_was_cut_is_one_line_that_says_so() {
    let text = logged(|address| begin_bulk(address).shutdown(Shutdown::Both).unwrap());
    let [line] = text.lines().filter(|line| line.contains("/v1/scores/bulk")).collect::<Vec<_>>()[..] else {
        panic!("{text}")
    };
    // Whichever the service notices first.
    assert!(line.contains("cut=body-broke-off") || line.contains("cut=connection-closed"), "{line}");
    assert_eq!(number(line, "lines"), 1, "{line}");
}

#[test]
fn an_empty_variable_of_the_environment_counts_as_unset() {
    let data = tempfile::tempdir().unwrap();
    let names = ["SEED", "WORKERS", "MAX_BODY_BYTES", "MAX_RULE_SET_BYTES", "MAX_WAITING_BYTES"];
    let names: Vec<String> = names.iter().map(|name| format!("ENTREGENT_{name}")).collect();
    let variables: Vec<_> = names.iter().map(String::as_str).chain(["RUST_LOG"]).map(|name| (name, "")).collect();
    let service = Service::start_with(data.path(), &variables);
    assert_eq!(Request::new("GET", "/v1/facts").send_to(service.address).status, 200);
    service.signal("-TERM");
    let (log, status) = service.ended();
    assert!(status.success() && log.contains("/v1/facts"), "{log}");
}

#[test]
fn an_owner_is_never_named() {
    let document = r#"{"headline": "zzowner"}"#;
    let text = logged(|address| {
        let send =
            |method: &str, target: &str, body: &str| Request::new(method, target).json(body).send_to(address).status;
        assert_eq!(send("PUT", "/v1/owners/zzowner", document), 201);
        assert_eq!(send("GET", "/v1/owners/zzowner", ""), 200);
        assert_eq!(send("POST", "/v1/scores?owner=zzowner", document), 200);
        assert_eq!(send("POST", "/v1/scores?owner=zzother", document), 404);
        assert_eq!(send("GET", "/v1/owners?cursor=zza", ""), 200);
        assert_eq!(send("PUT", "/v1/owners/zzowner", r#"{"zzfield": "zz"}"#), 422);
        assert_eq!(send("DELETE", "/v1/owners/zzowner", ""), 204);
    });
    assert!(text.contains("/v1/owners/{id}") && !text.contains("zz"), "{text}");
}

#[test]
fn a_damaged_owner_document_is_told_of_and_not_named() {
    let data = tempfile::tempdir().unwrap();
    let service = Service::start(data.path());
    let document = r#"{"headline": "zzowner"}"#;
    assert_eq!(Request::new("PUT", "/v1/owners/zzowner").json(document).send_to(service.address).status, 201);
    let file = std::fs::read_dir(data.path().join("erasable")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let read_and_end = |service: Service| {
        Request::new("GET", "/v1/owners/zzowner").send_to(service.address).assert(500, "damaged-record");
        service.signal("-TERM");
        service.ended().0
    };
    let logs = [read_and_end(service), read_and_end(Service::start(data.path()))];
    assert!(logs.iter().all(|log| log.contains("an owner document is damaged") && !log.contains("zz")), "{logs:?}");
    assert_eq!(logs.each_ref().map(|log| log.contains("damaged=1")), [false, true], "{logs:?}");
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
