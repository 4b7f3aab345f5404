//! The answer that closes a connection on which there was no request to read.
//!
//! HTTP's own layer answers a head that is no HTTP (400), one of more than 128 KiB (431) and one that takes more than five
//! seconds (408), each without a body, and lets nobody else write these answers. So they are made problems on their way
//! out: such an answer is the last thing that a connection says, and every answer of the service with one of these
//! statuses has a body.
//!
//! That layer also reads on for ever where there is nothing to answer: the rest of a body that was refused, or a head that
//! is not the first on its connection. So a connection ends, as if its client had closed it, when the next request has not
//! begun in time after the last answer was taken, whatever comes on it meanwhile.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::http::StatusCode;
use actix_web::web;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::api::application::Application;
use crate::api::open_requests::OpenRequests;
use crate::api::problem::{Code, Failure, MEDIA_TYPE};
use crate::api::request_id::{HEADER, RequestId};

/// What the layer below can say by itself, as it writes it behind the version.
const BARE: [(&str, StatusCode); 4] = [
    (" 400 Bad Request\r\n", StatusCode::BAD_REQUEST),
    (" 408 Request Timeout\r\n", StatusCode::REQUEST_TIMEOUT),
    (" 431 Request Header Fields Too Large\r\n", StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE),
    (" 500 Internal Server Error\r\n", StatusCode::INTERNAL_SERVER_ERROR),
];

/// The versions of HTTP that it answers in: that of the last request on the connection.
const VERSIONS: [&str; 2] = ["HTTP/1.1", "HTTP/1.0"];

/// The header by which an answer says to have no body.
const NO_BODY: &str = "content-length: 0\r\n";

/// No such answer is longer, in bytes.
const LONGEST: usize = 256;

/// A connection that closes with a problem where it would close with an answer without a body.
pub struct Closing<S> {
    stream: S,
    application: web::Data<Application>,
    /// The problem that is still to be written.
    last: Vec<u8>,
    requests: OpenRequests,
    /// Whether an answer waits for the client to take it; how long it may is for the system to watch.
    is_untaken: bool,
    /// Ends when the next request must have begun.
    deadline: Pin<Box<Sleep>>,
}

impl<S> Closing<S> {
    /// Watches what is written to a stream, and when requests come on it.
    pub fn new(stream: S, application: web::Data<Application>) -> Self {
        let deadline = Box::pin(sleep_until(Instant::now()));
        Self { stream, application, last: Vec::new(), requests: OpenRequests::none(), is_untaken: false, deadline }
    }

    /// The requests that are being answered; whoever answers one notes it here.
    pub fn requests(&self) -> &OpenRequests {
        &self.requests
    }

    /// The stream itself.
    pub fn stream(&self) -> &S {
        &self.stream
    }

    /// Whether the next request should have begun by now; sees to it that this is asked again when it should.
    fn is_overdue(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(since) = self.requests.idle_since().filter(|_| !self.is_untaken) else { return false };
        let deadline = since + self.application.limits.waits.next;
        if self.deadline.deadline() != deadline {
            self.deadline.as_mut().reset(deadline);
        }
        self.deadline.as_mut().poll(cx).is_ready()
    }

    /// Writes the problem that stands for an answer without a body.
    fn problem(&self, bare: &str, status: StatusCode) -> Vec<u8> {
        let id = RequestId::fresh();
        self.application.metrics.answered("unmatched", "other", status.as_u16());
        log::info!(status = status.as_u16(), request_id = id.as_str(); "answered what is no request");
        let failure = Failure::new(Code::of_status(status), "no request could be read; the connection is closed");
        let body = serde_json::to_string(&failure.problem(Some(id.as_str()))).unwrap_or_default();
        let length = body.len();
        let id = id.as_str();
        let headers = format!("content-type: {MEDIA_TYPE}\r\ncontent-length: {length}\r\n{HEADER}: {id}\r\n");
        (bare.replacen(NO_BODY, &headers, 1) + &body).into_bytes()
    }
}

impl<S: AsyncWrite + Unpin> Closing<S> {
    /// Writes what is left of the problem.
    fn poll_last(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.last.is_empty() {
            let written = ready!(Pin::new(&mut self.stream).poll_write(cx, &self.last))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.last.drain(..written);
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Closing<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.is_overdue(cx) {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Closing<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = match bare_answer(bytes) {
            None => Pin::new(&mut self.stream).poll_write(cx, bytes),
            Some((answers @ [_, ..], ..)) => Pin::new(&mut self.stream).poll_write(cx, answers),
            Some(([], bare, status)) => {
                self.last = self.problem(bare, status);
                Poll::Ready(Ok(bytes.len()))
            }
        };
        // The next request is not late while the client still takes the answers to those before it.
        self.is_untaken = written.is_pending();
        if matches!(written, Poll::Ready(Ok(1..))) {
            self.requests.touch();
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // An answer is out: from here on the time runs, which nobody would notice who does not read.
        if self.is_overdue(cx) {
            cx.waker().wake_by_ref();
        }
        ready!(self.poll_last(cx))?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_last(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// Splits off the answer without a body that bytes end with, and says its status.
fn bare_answer(bytes: &[u8]) -> Option<(&[u8], &str, StatusCode)> {
    if !bytes.ends_with(b"\r\n\r\n") {
        return None;
    }
    let tail = bytes.get(bytes.len().saturating_sub(LONGEST)..)?;
    BARE.iter().find_map(|&(line, status)| {
        let behind = tail.windows(line.len()).rposition(|window| window == line.as_bytes())?;
        let bare = str::from_utf8(tail.get(behind.checked_sub(VERSIONS[0].len())?..)?).ok()?;
        let is_head = bare.contains(NO_BODY) && bare.find("\r\n\r\n") == Some(bare.len() - 4);
        let is_one = is_head && VERSIONS.iter().any(|version| bare.starts_with(version));
        let before = bytes.get(..bytes.len() - bare.len())?;
        is_one.then_some((before, bare, status))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAD: &str = "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\ndate: x\r\n\r\n";

    fn check(written: &str, expected: Option<(&str, u16)>) {
        let found = bare_answer(written.as_bytes());
        let found = found.map(|(before, bare, status)| {
            assert_eq!(bare, BAD);
            (str::from_utf8(before).unwrap(), status.as_u16())
        });
        assert_eq!(found, expected, "{written}");
    }

    #[test]
    fn an_answer_without_a_body_is_told_alone_or_behind_others() {
        check(BAD, Some(("", 400)));
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        check(&format!("{answer}{BAD}"), Some((answer, 400)));
        let older = BAD.replace("HTTP/1.1", "HTTP/1.0");
        assert!(bare_answer(older.as_bytes()).is_some_and(|(before, bare, _)| before.is_empty() && bare == older));
    }

    #[test]
    fn answers_of_the_service_are_left_alone() {
        check("HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}", None);
        check("HTTP/1.1 400 Bad Request\r\ncontent-length: 27\r\n\r\n", None);
        check("HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n", None);
        check(&format!("{BAD}5\r\n12345\r\n0\r\n\r\n"), None);
        check("0\r\n\r\n", None);
        check("", None);
    }
}
