//! Answers on their way to a client, bounded in bytes.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes that wait, and the room they take until they are handed to the connection.
type Waiting = (Bytes, OwnedSemaphorePermit);

/// Why bytes were not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undelivered {
    /// The client has gone.
    Gone,
    /// The client did not read, and no room came free in time.
    NotRead,
}

/// The end that answers are put into.
pub(super) struct QueueIn {
    chunks: UnboundedSender<io::Result<Waiting>>,
    room: Arc<Semaphore>,
    capacity: u32,
    patience: Duration,
}

/// The end that is the body of the response.
pub(super) struct QueueOut(UnboundedReceiver<io::Result<Waiting>>);

/// A queue that holds up to `capacity` bytes.
pub(super) fn queue(capacity: u32, patience: Duration) -> (QueueIn, QueueOut) {
    let (chunks, out) = unbounded_channel();
    let room = Arc::new(Semaphore::new(usize::try_from(capacity).unwrap_or(Semaphore::MAX_PERMITS)));
    (QueueIn { chunks, room, capacity, patience }, QueueOut(out))
}

impl QueueIn {
    /// Waits for room and puts a copy of the bytes in, which takes no more memory than it counts for.
    pub(super) async fn put(&self, bytes: &[u8]) -> Result<(), Undelivered> {
        // More than the whole capacity takes all of it: one long answer alone may pass.
        let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX).min(self.capacity);
        let room = tokio::time::timeout(self.patience, Arc::clone(&self.room).acquire_many_owned(size)).await;
        let room = room.map_err(|_| Undelivered::NotRead)?.map_err(|_| Undelivered::Gone)?;
        self.chunks.send(Ok((Bytes::copy_from_slice(bytes), room))).map_err(|_| Undelivered::Gone)
    }

    /// Ends the response as broken, so that nobody takes it for complete.
    pub(super) fn break_off(self) {
        self.chunks.send(Err(io::ErrorKind::ConnectionAborted.into())).ok();
    }
}

impl Stream for QueueOut {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx).map(|waiting| waiting.map(|chunk| chunk.map(|(bytes, _)| bytes)))
    }
}
