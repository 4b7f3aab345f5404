//! A hold on the socket of a request, to abort a connection whose client does not read.

use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd as _;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::dev::Extensions;

/// A second handle to a connection's socket.
struct Socket(TcpStream);

/// What is done with each new connection: a handle to it is kept beside it, and what it is sent must be taken.
pub fn prepare(stream: &actix_web::rt::net::TcpStream, taking: Duration, kept: &mut Extensions) {
    abort_untaken(stream, taking);
    if let Ok(handle) = stream.as_fd().try_clone_to_owned() {
        kept.insert(Socket(TcpStream::from(handle)));
    }
}

/// Has the system abort the connection once its client has taken nothing of what waits for it for so long.
///
/// The server itself would wait for ever, for what is left of an answer is in its hands and no timer runs. A client that
/// takes a little now and then is none of these: the system counts from the moment when its window closed.
#[cfg(target_os = "linux")]
fn abort_untaken(stream: &actix_web::rt::net::TcpStream, taking: Duration) {
    if let Err(error) = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(taking)) {
        log::warn!("a client that never reads can keep its connection: {error}");
    }
}

/// Other systems have no such option: there a client that never reads keeps its connection, in bounded memory.
#[cfg(not(target_os = "linux"))]
fn abort_untaken(_: &actix_web::rt::net::TcpStream, _: Duration) {}

/// A way to cut a connection, with a handle of its own.
///
/// The server itself cannot: while a client does not read, it waits for the socket and
/// asks nobody whether the answer is still wanted.
pub(super) struct Cut(Option<TcpStream>);

impl Cut {
    /// The cut for the connection of a request.
    pub(super) fn of(request: &HttpRequest) -> Self {
        Self(request.conn_data::<Socket>().and_then(|socket| socket.0.try_clone().ok()))
    }

    /// Ends the connection at once.
    pub(super) fn now(self) {
        if let Some(stream) = self.0 {
            // A socket that is already closed is what was wanted.
            stream.shutdown(Shutdown::Both).ok();
        }
    }
}
