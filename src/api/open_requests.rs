//! Which requests of a connection are being answered.

use std::cell::Cell;
use std::rc::Rc;

use tokio::time::Instant;

/// The requests of one connection that are being answered, and since when there are none.
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

    /// Since when no request is open, if none is.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        (self.0.open.get() == 0).then(|| self.0.idle_since.get())
    }
}

/// A request that is being answered.
pub(super) struct OpenRequest(OpenRequests);

impl Drop for OpenRequest {
    fn drop(&mut self) {
        let count = &self.0.0;
        count.open.set(count.open.get().saturating_sub(1));
        count.idle_since.set(Instant::now());
    }
}
