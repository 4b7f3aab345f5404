//! A hold on the socket of a request, to abort a connection whose client does not read.

use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd as _;

use actix_web::HttpRequest;
use actix_web::dev::Extensions;

/// A second handle to a connection's socket.
struct Socket(TcpStream);

/// Keeps a handle to each new connection beside it.
pub fn remember(connection: &dyn Any, kept: &mut Extensions) {
    let stream = connection.downcast_ref::<actix_web::rt::net::TcpStream>();
    if let Some(handle) = stream.and_then(|stream| stream.as_fd().try_clone_to_owned().ok()) {
        kept.insert(Socket(TcpStream::from(handle)));
    }
}

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
