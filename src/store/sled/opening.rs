//! Opens a store without harming it.
//!
//! sled repairs as it opens: what it takes for the trace of a crash it overwrites, and a flipped bit can look like one.
//! So everything is tried on a copy first, and read to the end there. Only if what the copy gives is all that was ever
//! acknowledged is the store itself opened; otherwise it stays as it was found.

use std::io;
use std::path::Path;
use std::time::Duration;

use ::sled::{Config, Db, Error};

use super::deadline::{Unfinished, within};
use super::directory::{Directory, patiently};
use super::tally::Tally;
use super::{OpenFailure, chunks, files};

/// sled's cache, in bytes; it takes up to ten times as much.
const CACHE: u64 = 16 * 1024 * 1024;

/// How long each attempt to open may take, and how much longer for what there is to read.
const DEADLINE: Duration = Duration::from_secs(60);
const BYTES_PER_SECOND: u64 = 4 * 1024 * 1024;

/// Why an attempt failed.
enum Trouble {
    InUse,
    NoRoom,
    Damaged(String),
    Io(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::StorageFull { Self::NoRoom } else { Self::Io(error) }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::Io(error) if error.to_string().starts_with("could not acquire lock") => Self::InUse,
            // What sled reads and does not find, rather than what the disk refuses.
            Error::Io(error) if !matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::Other) => {
                error.into()
            }
            error => Self::Damaged(error.to_string()),
        }
    }
}

/// Opens sled in a locked directory, and tells what the store holds.
pub(super) fn open(directory: &Directory) -> Result<(Db, Tally), OpenFailure> {
    attempt(directory).map_err(|trouble| {
        let directory = directory.path().to_owned();
        match trouble {
            Trouble::InUse => OpenFailure::InUse { directory },
            Trouble::NoRoom => OpenFailure::Io { directory, cause: io::ErrorKind::StorageFull.into() },
            Trouble::Damaged(cause) => OpenFailure::Damaged { directory, cause },
            Trouble::Io(cause) => OpenFailure::Io { directory, cause },
        }
    })
}

fn attempt(directory: &Directory) -> Result<(Db, Tally), Trouble> {
    directory.clear()?;
    // A snapshot, which sled writes as it opens, must not outlive a power cut that takes the log's end away.
    directory.sync()?;
    let acknowledged = files::acknowledged(directory)?.map_err(Trouble::Damaged)?;
    let rehearsed = rehearse(directory, acknowledged);
    directory.forget_rehearsal()?;
    let rehearsed = match rehearsed {
        Err(Trouble::NoRoom) => {
            log::warn!("there is no room to try opening on a copy first");
            files::drop_ballast(directory)?;
            None
        }
        rehearsed => Some(rehearsed?),
    };
    let opened = patiently(|| match open_in_place(directory, acknowledged, rehearsed) {
        Err(Trouble::InUse) => None,
        opened => Some(opened),
    });
    let opened = opened.unwrap_or(Err(Trouble::InUse))?;
    directory.sync()?;
    Ok(opened)
}

/// Opens a copy and reads it to the end.
fn rehearse(directory: &Directory, acknowledged: u64) -> Result<Tally, Trouble> {
    let whole = rehearse_with(directory, acknowledged, true);
    let Err(Trouble::Damaged(cause)) = whole else { return whole };
    if !directory.has_snapshots()? {
        return Err(Trouble::Damaged(cause));
    }
    // A snapshot only spares sled reading the log from its beginning; perhaps nothing else is damaged.
    let Ok(tally) = rehearse_with(directory, acknowledged, false) else { return Err(Trouble::Damaged(cause)) };
    log::warn!("puts a snapshot aside that cannot be used: {cause}");
    directory.set_snapshots_aside()?;
    Ok(tally)
}

fn rehearse_with(directory: &Directory, acknowledged: u64, with_snapshots: bool) -> Result<Tally, Trouble> {
    let copy = directory.copy_for_rehearsal(with_snapshots)?;
    let tally = bounded(directory, move || {
        let db = config(&copy).open()?;
        verified(&db, acknowledged)
    })?;
    directory.adopt_conf()?;
    Ok(tally)
}

fn open_in_place(directory: &Directory, acknowledged: u64, rehearsed: Option<Tally>) -> Result<(Db, Tally), Trouble> {
    let path = directory.path().to_owned();
    bounded(directory, move || {
        let db = config(&path).open()?;
        let tally = match rehearsed {
            None => verified(&db, acknowledged)?,
            Some(rehearsed) if chunks::tally(&db).is_ok_and(|tally| tally == rehearsed) => rehearsed,
            Some(_) => return Err(Trouble::Damaged("the store differs from its copy".to_owned())),
        };
        Ok((db, tally))
    })
}

/// Without sled's own thread, which moves pages together and then writes over the place they came from, with no sync
/// in between: a power cut can take both, and with them what was acknowledged long before. Recording writes and
/// replaying cuts (`tests/torture/replay.sh`) shows it. What the thread would free is freed when a page is next written.
fn config(path: &Path) -> Config {
    Config::new().path(path).cache_capacity(CACHE).flush_every_ms(None)
}

/// Reads everything; tells what the store holds, if that is all it must.
fn verified(db: &Db, acknowledged: u64) -> Result<Tally, Trouble> {
    let tally = chunks::verify(db).map_err(Trouble::Damaged)?;
    if tally.groups < acknowledged {
        let lost = acknowledged - tally.groups;
        return Err(Trouble::Damaged(format!("{lost} of {acknowledged} acknowledged groups of writes are gone")));
    }
    Ok(tally)
}

/// Works in a thread of its own for as long as reading such a store can take.
fn bounded<T: Send + 'static>(
    directory: &Directory,
    work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    let bytes = std::fs::metadata(directory.file("db")).map_or(0, |db| db.len());
    let deadline = DEADLINE + Duration::from_secs(bytes / BYTES_PER_SECOND);
    within(deadline, work).unwrap_or_else(|unfinished| {
        Err(Trouble::Damaged(match unfinished {
            Unfinished::Panicked => "sled panicked".to_owned(),
            Unfinished::TimedOut => format!("sled did not open within {} s", deadline.as_secs()),
        }))
    })
}
