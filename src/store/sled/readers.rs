//! The threads that read: a few, so that a read which hangs neither hangs its caller nor, at once, all others.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};
use std::{io, thread};

use ::sled::Db;

use crate::store::StoreFailure;

const THREADS: usize = 4;

type Job = Box<dyn FnOnce(&Db) + Send>;

/// Where reads are sent.
pub(super) struct Readers {
    jobs: Sender<Job>,
    deadline: Duration,
}

impl Readers {
    /// Starts the threads; each drops `alive`, last of all, once the readers are dropped.
    pub(super) fn start(db: &Db, gate: &Arc<RwLock<()>>, deadline: Duration, alive: &Sender<()>) -> io::Result<Self> {
        let (jobs, queue) = channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..THREADS {
            let (db, gate, queue, alive) = (db.clone(), Arc::clone(gate), Arc::clone(&queue), alive.clone());
            thread::Builder::new().name("store-reader".to_owned()).spawn(move || {
                while let Some(job) = next(&queue) {
                    let _gate = gate.read().unwrap_or_else(PoisonError::into_inner);
                    // The caller learns of a panic as the channel for its answer closes.
                    let _ = catch_unwind(AssertUnwindSafe(|| job(&db)));
                }
                drop(db);
                drop(alive);
            })?;
        }
        Ok(Self { jobs, deadline })
    }

    /// Reads in one of the threads, between two batches of the writer; `read` is told until when an answer is waited for.
    pub(super) fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Db, Instant) -> Result<T, StoreFailure> + Send + 'static,
    ) -> Result<T, StoreFailure> {
        let (answer, result) = sync_channel(1);
        let until = Instant::now() + self.deadline;
        let job = move |db: &Db| {
            // Whoever gave up waiting has been told so.
            let _ = answer.send(read(db, until));
        };
        let broken = || StoreFailure::Medium("sled panicked".to_owned());
        self.jobs.send(Box::new(job)).map_err(|_| broken())?;
        result.recv_timeout(self.deadline).map_err(|error| match error {
            RecvTimeoutError::Timeout => StoreFailure::TimedOut,
            RecvTimeoutError::Disconnected => broken(),
        })?
    }
}

fn next(queue: &Mutex<Receiver<Job>>) -> Option<Job> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sled::chunks;

    fn with_readers(deadline: Duration, test: impl FnOnce(&Readers, &Arc<RwLock<()>>)) {
        let directory = tempfile::tempdir().unwrap();
        let db = ::sled::Config::new().path(directory.path()).open().unwrap();
        let gate = Arc::default();
        test(&Readers::start(&db, &gate, deadline, &channel().0).unwrap(), &gate);
    }

    #[test]
    fn a_read_that_panics_fails_and_the_next_one_does_not() {
        with_readers(Duration::from_secs(60), |readers, _| {
            for _ in 0..2 * THREADS {
                let failure = readers.read(|_, _| -> Result<(), _> { panic!("on purpose") });
                assert!(matches!(failure, Err(StoreFailure::Medium(_))), "{failure:?}");
            }
            assert!(matches!(readers.read(|_, _| Ok(7)), Ok(7)));
        });
    }

    #[test]
    fn a_listing_that_takes_too_long_ends_by_itself() {
        with_readers(Duration::from_secs(60), |readers, _| {
            let listed = readers.read(|db, _| {
                let over = Instant::now();
                let record = crate::store::record::encode("a", &crate::store::Record { version: 1, body: Vec::new() });
                let mut batch = ::sled::Batch::default();
                chunks::put(&mut batch, "a", &record, None);
                db.apply_batch(batch).map_err(|error| StoreFailure::Medium(error.to_string()))?;
                chunks::list(db, "", None, 2, over)
            });
            assert!(matches!(listed, Err(StoreFailure::TimedOut)), "{listed:?}");
        });
    }

    #[test]
    fn a_read_waits_for_the_writer_and_gives_up_at_the_deadline() {
        with_readers(Duration::from_millis(1), |readers, gate| {
            let writing = gate.write().unwrap();
            assert!(matches!(readers.read(|_, _| Ok(7)), Err(StoreFailure::TimedOut)));
            drop(writing);
        });
    }
}
