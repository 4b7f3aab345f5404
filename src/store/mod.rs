//! What the service keeps, behind one port: versioned records under ordered keys, written in atomic groups.
//!
//! The port knows nothing of what the records mean. It promises four things, and one suite holds every adapter to them:
//! a group is written whole or not at all; its expectations are checked and its changes made in one step, so that of
//! two writers who expect the same version one loses; and what [`Store::commit`] acknowledged outlives the process and
//! the machine, as far as the adapter keeps anything at all; and of an [erasable](ERASABLE) record that was replaced or
//! removed nothing is left.
//!
//! All calls block; an async worker never makes them.

mod record;

pub mod memory;
pub mod sled;

use std::fmt;

/// The longest key, in bytes.
pub const LONGEST_KEY: usize = 200;

/// How the keys of erasable records begin.
///
/// Once such a record is written over or removed, and that is acknowledged, the store holds nothing of it any more, not
/// even where nobody would look. It is written in a group of its own.
pub const ERASABLE: &str = "erasable/";

/// The longest body of a record, in bytes.
pub const LONGEST_BODY: usize = 16 * 1024 * 1024;

/// What stands under a key.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// How often the key was written since it was last absent; from 1.
    pub version: u64,
    /// What the writer put there.
    pub body: Vec<u8>,
}

impl fmt::Debug for Record {
    /// Tells version and length only: a body may hold personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record {{ version: {}, body: {} bytes }}", self.version, self.body.len())
    }
}

/// One change of a group.
#[derive(Clone, Debug)]
pub struct Write {
    /// The key: ASCII letters, digits, `-`, `_`, `.` and `/`, at most [`LONGEST_KEY`] of them.
    pub key: String,
    /// What must stand there for the group to be written.
    pub expected: Expected,
    /// What to do.
    pub change: Change,
}

impl Write {
    /// Tells whether the record is an erasable one.
    fn is_erasable(&self) -> bool {
        self.key.starts_with(ERASABLE)
    }
}

/// What a writer expects to find under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Whatever.
    Anything,
    /// Nothing.
    Absent,
    /// The record of this version.
    Version(u64),
}

impl Expected {
    /// Tells whether a key that has this version, or none, is as expected.
    #[must_use]
    pub fn holds(self, version: Option<u64>) -> bool {
        match self {
            Self::Anything => true,
            Self::Absent => version.is_none(),
            Self::Version(expected) => version == Some(expected),
        }
    }
}

/// What a write does.
#[derive(Clone)]
pub enum Change {
    /// Puts this body there, one version on.
    Put(Vec<u8>),
    /// Leaves nothing there.
    Remove,
    /// Nothing; only the expectation counts.
    Keep,
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Put(body) => write!(f, "Put({} bytes)", body.len()),
            Self::Remove => f.write_str("Remove"),
            Self::Keep => f.write_str("Keep"),
        }
    }
}

/// Why a group was not written.
#[derive(Debug)]
pub enum CommitFailure {
    /// An expectation did not hold; nothing was written.
    Conflict,
    /// The store failed; whether anything was written is not known.
    Store(StoreFailure),
}

impl fmt::Display for CommitFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict => f.write_str("something else stands there than was expected"),
            Self::Store(failure) => failure.fmt(f),
        }
    }
}

impl std::error::Error for CommitFailure {}

impl From<StoreFailure> for CommitFailure {
    fn from(failure: StoreFailure) -> Self {
        Self::Store(failure)
    }
}

/// Why the store cannot do its work.
#[derive(Clone, Debug)]
pub enum StoreFailure {
    /// A key or a body breaks the port's bounds.
    OutOfBounds,
    /// There is no room left on the disk; nothing was written, reading goes on.
    Full,
    /// An earlier failure stopped all writing until the service is started anew; reading may go on.
    Stopped,
    /// No answer within the deadline.
    TimedOut,
    /// The record under this key is not what was written.
    Damaged {
        /// The key; the prefix that was listed, when the damage hides the key.
        key: String,
    },
    /// The medium refused; for the log.
    Medium(String),
}

impl fmt::Display for StoreFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfBounds => f.write_str("a key or a body is out of bounds"),
            Self::Full => f.write_str("no room left on the disk"),
            Self::Stopped => f.write_str("writing stopped after an earlier failure"),
            Self::TimedOut => f.write_str("no answer within the deadline"),
            Self::Damaged { key } => write!(f, "the record `{key}` is damaged"),
            Self::Medium(cause) => write!(f, "the medium refused: {cause}"),
        }
    }
}

impl std::error::Error for StoreFailure {}

/// Where records are kept.
pub trait Store: Send + Sync {
    /// Reads one record.
    ///
    /// # Errors
    /// See [`StoreFailure`].
    fn read(&self, key: &str) -> Result<Option<Record>, StoreFailure>;

    /// Lists records whose keys start with `prefix` and come after `after`, in the order of their keys, at most `most`.
    ///
    /// # Errors
    /// See [`StoreFailure`].
    fn list(&self, prefix: &str, after: Option<&str>, most: usize) -> Result<Vec<(String, Record)>, StoreFailure>;

    /// Writes a group: whole, or not at all.
    ///
    /// Returns when every change is as durable as the adapter makes it, and with it all that the group expects: one that
    /// only [keeps](Change::Keep) tells whether what was read will stay. No two writes of a group may have the same key.
    ///
    /// # Errors
    /// [`CommitFailure::Conflict`] when an expectation does not hold.
    fn commit(&self, group: Vec<Write>) -> Result<(), CommitFailure>;
}

/// Checks a group against the port's bounds.
///
/// # Errors
/// [`StoreFailure::OutOfBounds`] when a key or a body is longer than allowed, a key has another character, two writes
/// have the same key, or an erasable record is not alone in its group.
pub fn check_bounds(group: &[Write]) -> Result<(), StoreFailure> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    let fits = |write: &Write| {
        let body = if let Change::Put(body) = &write.change { body.len() } else { 0 };
        (1..=LONGEST_KEY).contains(&write.key.len()) && write.key.bytes().all(allowed) && body <= LONGEST_BODY
    };
    let mut keys: Vec<&str> = group.iter().map(|write| write.key.as_str()).collect();
    keys.sort_unstable();
    let distinct = keys.windows(2).all(|pair| pair.first() != pair.last());
    let apart = group.len() <= 1 || !group.iter().any(Write::is_erasable);
    if distinct && apart && group.iter().all(fits) { Ok(()) } else { Err(StoreFailure::OutOfBounds) }
}
