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
