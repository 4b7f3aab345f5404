//! Keeps records in a directory, with sled 0.34.
//!
//! sled is taken for what it does well, an ordered tree and atomic batches; what it does not do is done here:
//!
//! * It flushes without syncing: `writer` syncs its log itself before any acknowledgement, for all groups that wait at
//!   once, and after the first failure acknowledges nothing any more.
//! * It moves pages and writes over their old place without syncing: its own thread, which does so, is not started, and
//!   what reading moves is synced before the next batch.
//! * It repairs as it opens, can panic or hang over a damaged file, and forgets the end of its log without a word:
//!   `opening` tries everything on a copy first, and `tally` shows what is gone.
//! * It moves large pages out of its log: `chunks` keeps them small.
//! * It stays broken once the disk was full: `files` refuses writes before that, and keeps room for a start.
//! * Its calls can wait for ever: whoever calls the store waits for `READ_DEADLINE` or `COMMIT_DEADLINE` at most.
//! * It keeps what was removed readable in its log until it uses the place again, if ever: `erasable` keeps the records
//!   that must not stay outside of it.

mod chunks;
mod deadline;
mod directory;
mod draft;
mod erasable;
mod files;
mod opening;
mod readers;
mod tally;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, io, mem};

use ::sled::Db;

use self::deadline::within;
use self::directory::Directory;
use self::erasable::Erasable;
use self::files::Files;
use self::readers::Readers;
use self::writer::{Queue, Writer};
use super::{CommitFailure, ERASABLE, Record, Store, StoreFailure, Write, check_bounds};

/// How long a read waits for its answer.
const READ_DEADLINE: Duration = Duration::from_secs(10);

/// How long a commit waits for its answer. When one waited in vain, nothing more is written.
const COMMIT_DEADLINE: Duration = Duration::from_secs(30);

/// How long closing may take, each of its two steps.
const CLOSE_DEADLINE: Duration = Duration::from_secs(30);

/// A store in a directory.
///
/// ```
/// use entregent::store::sled::SledStore;
/// use entregent::store::{Change, Expected, Store as _, Write};
///
/// let directory = tempfile::tempdir()?;
/// let store = SledStore::open(directory.path())?;
/// store.commit(vec![Write {
///     key: "rule-sets/default".to_owned(),
///     expected: Expected::Absent,
///     change: Change::Put(b"{}".to_vec()),
/// }])?;
/// drop(store);
///
/// let store = SledStore::open(directory.path())?;
/// assert_eq!(store.read("rule-sets/default")?.map(|record| record.version), Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SledStore {
    readers: Option<Readers>,
    writer: Option<Queue>,
    db: Option<Db>,
    erasable: Erasable,
    /// Closed once all threads ended.
    ended: Mutex<Receiver<()>>,
    /// Lets go of the directory, last of all.
    _directory: Directory,
}

/// Why a store could not be opened. It is left as it was found, but for what a crash while opening had left behind.
#[derive(Debug)]
pub enum OpenFailure {
    /// Another process, or this one, has the directory open.
    InUse {
        /// The directory.
        directory: PathBuf,
    },
    /// The store is not what was written.
    Damaged {
        /// The directory.
        directory: PathBuf,
        /// What is wrong, for the operator.
        cause: String,
    },
    /// The system refused.
    Io {
        /// The directory.
        directory: PathBuf,
        /// How.
        cause: io::Error,
    },
}

impl fmt::Display for OpenFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse { directory } => write!(f, "the data directory `{}` is in use", directory.display()),
            Self::Damaged { directory, cause } => {
                write!(f, "the store in `{}` is damaged: {cause}", directory.display())
            }
            Self::Io { directory, cause } => {
                write!(f, "the data directory `{}` cannot be used: {cause}", directory.display())
            }
        }
    }
}

impl std::error::Error for OpenFailure {}

impl SledStore {
    /// Opens the store in a directory, and makes it if there is none.
    ///
    /// Copies everything and reads the copy once: this takes as much room again, and the time to write and read it. On a
    /// full disk it is the store itself that is opened and read.
    ///
    /// # Errors
    /// See [`OpenFailure`].
    pub fn open(directory: &Path) -> Result<Self, OpenFailure> {
        let directory = Directory::lock(directory)?;
        let (db, tally) = opening::open(&directory)?;
        let refused = |cause| OpenFailure::Io { directory: directory.path().to_owned(), cause };
        let files = Files::open(&directory, tally.groups).map_err(refused)?;
        let erasable = Erasable::open(&directory).map_err(refused)?;
        let (gate, (alive, ended)) = (Arc::default(), channel());
        let readers = Readers::start(&db, &gate, READ_DEADLINE, &alive).map_err(refused)?;
        let writer = Writer::new(db.clone(), files, tally, erasable.clone(), gate);
        let writer = writer.start(COMMIT_DEADLINE, alive).map_err(refused)?;
        Ok(Self {
            readers: Some(readers),
            writer: Some(writer),
            db: Some(db),
            erasable,
            ended: Mutex::new(ended),
            _directory: directory,
        })
    }

    fn in_reader<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Db, Instant) -> Result<T, StoreFailure> + Send + 'static,
    ) -> Result<T, StoreFailure> {
        self.readers.as_ref().map_or(Err(StoreFailure::Stopped), |readers| readers.read(read))
    }
}

impl Store for SledStore {
    fn read(&self, key: &str) -> Result<Option<Record>, StoreFailure> {
        let key = key.to_owned();
        if key.starts_with(ERASABLE) {
            let erasable = self.erasable.clone();
            return self.in_reader(move |_, _| erasable.read(&key));
        }
        self.in_reader(move |db, _| chunks::read(db, &key))
    }

    fn list(&self, prefix: &str, after: Option<&str>, most: usize) -> Result<Vec<(String, Record)>, StoreFailure> {
        let (prefix, after) = (prefix.to_owned(), after.map(str::to_owned));
        let erasable = self.erasable.clone();
        self.in_reader(move |db, until| {
            let mut listed = chunks::list(db, &prefix, after.as_deref(), most, until)?;
            listed.extend(erasable.list(&prefix, after.as_deref(), most, until)?);
            listed.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
            listed.truncate(most);
            Ok(listed)
        })
    }

    fn commit(&self, group: Vec<Write>) -> Result<(), CommitFailure> {
        check_bounds(&group)?;
        self.writer.as_ref().map_or(Err(StoreFailure::Stopped.into()), |writer| writer.commit(group))
    }
}

impl Drop for SledStore {
    /// Closes the store; leaves sled as it is if that cannot be done, for it panics or hangs when it is dropped after
    /// a failure. The process had better end then.
    fn drop(&mut self) {
        drop(self.readers.take());
        let is_stopped = self.writer.take().is_none_or(|writer| writer.is_stopped());
        let ended = self.ended.get_mut().unwrap_or_else(PoisonError::into_inner);
        let is_over = !is_stopped && ended.recv_timeout(CLOSE_DEADLINE) == Err(RecvTimeoutError::Disconnected);
        let db = self.db.take();
        if !is_over {
            mem::forget(db);
        } else if let Err(unfinished) = within(CLOSE_DEADLINE, move || drop(db)) {
            log::error!("the store did not close: {unfinished:?}");
        }
    }
}
