//! The threads that read: a few, so that a read which hangs neither hangs its caller nor, at once, all others.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
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

    /// Reads in one of the threads, between two batches of the writer.
    pub(super) fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Db) -> Result<T, StoreFailure> + Send + 'static,
    ) -> Result<T, StoreFailure> {
        let (answer, result) = sync_channel(1);
        let job = move |db: &Db| {
            // Whoever gave up waiting has been told so.
            let _ = answer.send(read(db));
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
