use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};

use crate::app::TestApp;

/// Each is answered by some hundred bytes: more, in all, than the buffers of the system hold.
const LINES: usize = 30_000;

/// Sends all lines as one request, and reads the first bytes of the answer.
fn send_all(app: &TestApp, receive_buffer: usize) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(receive_buffer).unwrap();
    socket.connect(&app.address.into()).unwrap();
    let mut stream = TcpStream::from(socket);
    let body = "x\n".repeat(LINES);
    let head =
        "POST /v1/scores/bulk HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\nconnection: close";
    write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
    stream.read_exact(&mut [0; 16]).unwrap();
    stream
}

#[test]
fn a_client_that_has_sent_everything_and_never_reads_is_cut_off() {
    let taking = Duration::from_millis(500);
    let app = TestApp::with_wait_for_taking(taking);
    let stream = send_all(&app, 4096);
    let started = Instant::now();
    app.drain();
    assert!((taking..Duration::from_secs(20)).contains(&started.elapsed()), "{:?}", started.elapsed());
    drop(stream);
}

#[test]
fn a_client_that_reads_slowly_but_reads_gets_every_answer() {
    let taking = Duration::from_secs(2);
    let app = TestApp::with_wait_for_taking(taking);
    let stream = send_all(&app, 1 << 18);
    let started = Instant::now();
    let mut text = Vec::new();
    loop {
        let before = text.len();
        (&stream).take(1 << 19).read_to_end(&mut text).unwrap();
        if text.len() == before {
            break;
        }
        std::thread::sleep(taking / 8);
    }
    assert!(started.elapsed() > taking, "it did not read slowly");
    let text = String::from_utf8(text).unwrap();
    assert_eq!(text.matches("\"line\":").count(), LINES);
    assert!(text.ends_with("\r\n0\r\n\r\n"));
}
