//! Which requests of a connection are being answered.

use std::cell::Cell;
use std::rc::Rc;

use tokio::time::Instant;

/// The requests of one connection that are being answered, and since when nothing happens on it when there are none.
#[derive(Clone)]
pub struct OpenRequests(Rc<Count>);

struct Count {
    open: Cell<usize>,
    idle_since: Cell<Instant>,
}

impl OpenRequests {
    /// Begins with a connection on which nothing was asked yet.
    pub(super) fn none() -> Self {
        Self(Rc::new(Count { open: Cell::new(0), idle_since: Cell::new(Instant::now()) }))
    }

    /// Notes that a request has begun; it is open until what this gives is dropped.
    pub(super) fn begin(&self) -> OpenRequest {
        self.0.open.set(self.0.open.get().saturating_add(1));
        OpenRequest(self.clone())
    }

    /// Notes that some of an answer was taken: one that is ready is far from sent.
    pub(super) fn touch(&self) {
        self.0.idle_since.set(Instant::now());
    }

    /// Since when nothing happens, if no request is open.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        (self.0.open.get() == 0).then(|| self.0.idle_since.get())
    }
}

/// A request that is being answered.
pub(super) struct OpenRequest(OpenRequests);

impl Drop for OpenRequest {
    fn drop(&mut self) {
        let open = &self.0.0.open;
        open.set(open.get().saturating_sub(1));
        self.0.touch();
    }
}
