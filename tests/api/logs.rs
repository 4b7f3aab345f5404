use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};

use crate::app::RULES;
use crate::exchange::{Request, connect};

/// What a service logs from its start to its end, when `talk` is all that happens to it.
fn logged(talk: impl FnOnce(std::net::SocketAddr)) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_entregent"))
        .args(["--listen", "127.0.0.1:0", "--seed", RULES])
        .env_remove("RUST_LOG")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    talk(line.trim().strip_prefix("listening on http://").unwrap().parse().unwrap());
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    text
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
