//! The one thread that writes: it takes all groups that wait, and writes them in one batch with one sync.
//!
//! What a failed write left behind is not known, and no later success could tell. So after the first failure to write
//! or to sync nothing is written or acknowledged any more, until the directory is opened anew.

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use std::{io, thread};

use ::sled::{Batch, Db};

use super::draft::Draft;
use super::tally::Tally;
use crate::store::{CommitFailure, StoreFailure, Write};

/// The most groups that are written together.
const MOST_GROUPS: usize = 1024;

/// The bytes of records past which no further group is taken in.
const ENOUGH_BYTES: u64 = 32 * 1024 * 1024;

/// What the writer needs of the disk.
pub(super) trait Disk: Send {
    /// Makes sure that there is room to write so many bytes of records.
    fn make_room(&mut self, bytes: u64) -> Result<(), StoreFailure>;

    /// Returns once everything that was flushed outlives a power cut.
    fn sync(&mut self) -> io::Result<()>;

    /// Notes that so many groups are being acknowledged.
    fn acknowledge(&mut self, groups: u64) -> io::Result<()>;
}

/// A group that waits to be written.
struct Waiting {
    group: Vec<Write>,
    answer: SyncSender<Result<(), CommitFailure>>,
}

/// Where groups are sent to be written.
pub(super) struct Queue {
    sender: Sender<Waiting>,
    stopped: Arc<AtomicBool>,
    deadline: Duration,
}

impl Queue {
    /// Waits until the group is written and durable.
    pub(super) fn commit(&self, group: Vec<Write>) -> Result<(), CommitFailure> {
        if self.is_stopped() {
            return Err(StoreFailure::Stopped.into());
        }
        let (answer, verdict) = sync_channel(1);
        self.sender.send(Waiting { group, answer }).map_err(|_| StoreFailure::Stopped)?;
        match verdict.recv_timeout(self.deadline) {
            Ok(verdict) => verdict,
            Err(RecvTimeoutError::Disconnected) => Err(StoreFailure::Stopped.into()),
            Err(RecvTimeoutError::Timeout) => {
                // A sync that takes this long has failed; and nothing may pile up behind it.
                self.stopped.store(true, Ordering::SeqCst);
                Err(StoreFailure::TimedOut.into())
            }
        }
    }

    /// Tells whether an earlier failure ended all writing.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

/// What the writing thread works with.
pub(super) struct Writer<D> {
    db: Db,
    disk: D,
    tally: Tally,
    /// Held for writing from a batch's first change until it is durable, so that nothing is read that could be lost.
    gate: Arc<RwLock<()>>,
    /// Set for ever by the first failure.
    stopped: Arc<AtomicBool>,
}

impl<D: Disk + 'static> Writer<D> {
    /// Gets ready to write to a store that holds what the tally says.
    pub(super) fn new(db: Db, disk: D, tally: Tally, gate: Arc<RwLock<()>>) -> Self {
        Self { db, disk, tally, gate, stopped: Arc::default() }
    }

    /// Starts the thread; it drops `alive`, last of all, once the queue is dropped.
    pub(super) fn start(self, deadline: Duration, alive: Sender<()>) -> io::Result<Queue> {
        let (sender, queue) = channel();
        let stopped = Arc::clone(&self.stopped);
        thread::Builder::new().name("store-writer".to_owned()).spawn(move || {
            self.run(&queue);
            drop(alive);
        })?;
        Ok(Queue { sender, stopped, deadline })
    }

    /// Writes what comes, until nobody can send any more.
    fn run(mut self, queue: &Receiver<Waiting>) {
        while let Ok(first) = queue.recv() {
            // Those who wait for an answer that a panic took away learn of it as their channel closes.
            if catch_unwind(AssertUnwindSafe(|| self.write(first, queue))).is_err() {
                self.stop(&"sled panicked");
            }
        }
    }

    /// Writes the first group and those that wait behind it.
    fn write(&mut self, first: Waiting, queue: &Receiver<Waiting>) {
        let db = self.db.clone();
        let mut draft = Draft::new(&db);
        let mut answers = Vec::new();
        let mut next = Some(first);
        while let Some(Waiting { group, answer }) = next {
            let is_stopped = self.stopped.load(Ordering::SeqCst);
            let verdict = if is_stopped { Err(StoreFailure::Stopped.into()) } else { draft.add(group) };
            answers.push((answer, verdict));
            let is_enough = answers.len() >= MOST_GROUPS || draft.bytes() >= Some(ENOUGH_BYTES);
            next = if is_enough { None } else { queue.try_recv().ok() };
        }
        let failure = draft.bytes().and_then(|bytes| self.write_draft(draft, bytes).err());
        for (answer, verdict) in answers {
            // A verdict may rest on a group that was not written, so that a failure is everybody's.
            let verdict = failure.clone().map_or(verdict, |failure| Err(failure.into()));
            // Whoever gave up waiting has been told so.
            let _ = answer.send(verdict);
        }
    }

    fn write_draft(&mut self, draft: Draft<'_>, bytes: u64) -> Result<(), StoreFailure> {
        self.disk.make_room(bytes)?;
        let (batch, tally) = draft.into_batch(self.tally);
        self.write_batch(batch, tally.groups).inspect_err(|failure| self.stop(failure))?;
        self.tally = tally;
        Ok(())
    }

    fn write_batch(&mut self, batch: Batch, groups: u64) -> Result<(), StoreFailure> {
        let _gate = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        self.db.apply_batch(batch).map_err(|error| StoreFailure::Medium(error.to_string()))?;
        self.db.flush().map_err(|error| StoreFailure::Medium(error.to_string()))?;
        self.disk.sync().map_err(|error| StoreFailure::Medium(error.to_string()))?;
        self.disk.acknowledge(groups).map_err(|error| StoreFailure::Medium(error.to_string()))
    }

    fn stop(&self, cause: &dyn Display) {
        self.stopped.store(true, Ordering::SeqCst);
        log::error!("the store stops writing, start anew: {cause}");
    }
}
