//! The least of an HTTP client: one connection that is kept, one request under way on it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long the service may take nothing, or answer nothing, before the bench stops.
const PATIENCE: Duration = Duration::from_secs(60);

/// Writes a request that has no body.
pub(crate) fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").into()
}

/// Writes a request with a body of a media type.
pub(crate) fn request(line: &str, media_type: &str, body: &str) -> Vec<u8> {
    [&head(line, media_type, body.len()), body.as_bytes()].concat()
}

/// Writes a request up to its body of so many bytes.
pub(crate) fn head(line: &str, media_type: &str, length: usize) -> Vec<u8> {
    format!("{line} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n")
        .into()
}

/// A connection. An answer that is not one of success stops the bench.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
}

impl Connection {
    pub(crate) fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        Self { stream: BufReader::with_capacity(64 * 1024, stream), line: String::new(), body: Vec::new() }
    }

    /// A second handle, to send with while the answer is read.
    pub(crate) fn writer(&self) -> TcpStream {
        self.stream.get_ref().try_clone().unwrap()
    }

    pub(crate) fn send(&mut self, request: &[u8]) {
        self.stream.get_mut().write_all(request).unwrap();
    }

    /// Reads an answer whole; the body.
    pub(crate) fn answer(&mut self) -> &str {
        let length = self.read_head().unwrap();
        self.read_body(length)
    }

    /// Sends, and reads the answer.
    pub(crate) fn ask(&mut self, request: &[u8]) -> &str {
        self.send(request);
        self.answer()
    }

    /// Reads an answer that comes in chunks, each of whole lines; how many of them are results of scoring.
    ///
    /// A problem in place of a result stops the bench.
    pub(crate) fn results(&mut self) -> usize {
        assert!(self.read_head().is_none(), "the answer does not come in chunks");
        let mut results = 0;
        loop {
            self.read_line();
            let length = usize::from_str_radix(self.line.trim(), 16).unwrap();
            for line in self.read_body(length).lines() {
                assert!(line.starts_with("{\"line\":") && line.contains("\"result\":"), "no result: {line}");
                results += 1;
            }
            self.read_line();
            if length == 0 {
                return results;
            }
        }
    }

    /// Reads up to the body; its length, unless it comes in chunks.
    fn read_head(&mut self) -> Option<usize> {
        self.read_line();
        let status = self.line.trim().to_owned();
        let mut length = None;
        loop {
            self.read_line();
            match self.line.trim().split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = Some(value.trim().parse().unwrap());
                }
                Some(_) => {}
                None => break,
            }
        }
        let success = status.starts_with("HTTP/1.1 2");
        let refusal = if success { "" } else { self.read_body(length.unwrap_or_default()) };
        assert!(success, "the answer is {status}: {refusal}");
        length
    }

    fn read_line(&mut self) {
        self.line.clear();
        self.stream.read_line(&mut self.line).unwrap();
        assert!(self.line.ends_with('\n'), "the service closed the connection");
    }

    fn read_body(&mut self, length: usize) -> &str {
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body).unwrap();
        str::from_utf8(&self.body).unwrap()
    }
}
