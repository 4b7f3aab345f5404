//! The directory of a store, and what lies in it.
//!
//! ```text
//! conf  db  snap.*  blobs/    sled's own
//! lock                        locked for as long as the store is open
//! acknowledged                how many groups were acknowledged
//! ballast                     room that is given up when the directory is opened on a full disk
//! rehearsal/                  the copy on which opening is tried first; not there otherwise
//! set-aside.snap.*            snapshots that could not be used; nothing needs them
//! erasable/                   the erasable records, each in a file of its own
//! ```

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::OpenFailure;

/// How long a directory that is in use is waited for: a process that ends needs a moment to let go of it.
const PATIENCE: Duration = Duration::from_secs(5);

const PAUSE: Duration = Duration::from_millis(50);

/// A directory that this process has locked.
pub(super) struct Directory {
    path: PathBuf,
    /// Lets go of the lock when it is closed.
    _lock: File,
}

impl Directory {
    /// Locks a directory, and makes it first if it is not there.
    pub(super) fn lock(path: &Path) -> Result<Self, OpenFailure> {
        let refused = |error| OpenFailure::Io { directory: path.to_owned(), cause: error };
        let path = std::path::absolute(path).map_err(refused)?;
        create(&path).map_err(refused)?;
        let lock = File::create(path.join("lock")).map_err(refused)?;
        patiently(|| match lock.try_lock() {
            Ok(()) => Some(Ok(())),
            Err(TryLockError::WouldBlock) => None,
            Err(TryLockError::Error(error)) => Some(Err(refused(error))),
        })
        .unwrap_or_else(|| Err(OpenFailure::InUse { directory: path.clone() }))?;
        Ok(Self { path, _lock: lock })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where a file in it is.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Removes what a crash while opening left behind: with it, sled would call the store corrupt.
    pub(super) fn clear(&self) -> io::Result<()> {
        for path in self.snapshots()?.iter().filter(|path| path.extension().is_some_and(|last| last == "generating")) {
            fs::remove_file(path)?;
        }
        self.forget_rehearsal()
    }

    /// Copies what sled reads into an empty `rehearsal/`; the snapshots only if asked.
    pub(super) fn copy_for_rehearsal(&self, with_snapshots: bool) -> io::Result<PathBuf> {
        self.forget_rehearsal()?;
        let rehearsal = self.file("rehearsal");
        create(&rehearsal.join("blobs"))?;
        let mut files: Vec<PathBuf> = if with_snapshots { self.snapshots()? } else { Vec::new() };
        files.extend([self.file("conf"), self.file("db")].into_iter().filter(|file| file.exists()));
        files.extend(entries(&self.file("blobs"))?);
        for file in files {
            let inside = file.strip_prefix(&self.path).map_err(io::Error::other)?;
            fs::copy(&file, rehearsal.join(inside))?;
        }
        Ok(rehearsal)
    }

    /// Takes the copy's `conf` if there is none: sled writes that file in two steps, and opens with both or neither.
    pub(super) fn adopt_conf(&self) -> io::Result<()> {
        let (conf, copy) = (self.file("conf"), self.file("rehearsal").join("conf"));
        if conf.exists() {
            return Ok(());
        }
        File::open(&copy)?.sync_all()?;
        fs::rename(copy, conf)?;
        File::open(&self.path)?.sync_all()
    }

    /// Removes the copy.
    pub(super) fn forget_rehearsal(&self) -> io::Result<()> {
        match fs::remove_dir_all(self.file("rehearsal")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Puts the snapshots where sled does not find them, so that it reads the log from its beginning.
    pub(super) fn set_snapshots_aside(&self) -> io::Result<()> {
        for path in self.snapshots()? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            fs::rename(&path, self.file(&format!("set-aside.{name}")))?;
        }
        Ok(())
    }

    /// Tells whether there is any snapshot.
    pub(super) fn has_snapshots(&self) -> io::Result<bool> {
        Ok(!self.snapshots()?.is_empty())
    }

    /// Makes sled's files, and that they are there, outlive a power cut.
    pub(super) fn sync(&self) -> io::Result<()> {
        for file in ["db", "conf"].map(|name| self.file(name)) {
            if file.exists() {
                File::open(file)?.sync_all()?;
            }
        }
        File::open(&self.path)?.sync_all()
    }

    fn snapshots(&self) -> io::Result<Vec<PathBuf>> {
        let is_snapshot =
            |path: &PathBuf| path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"snap."));
        Ok(entries(&self.path)?.into_iter().filter(is_snapshot).collect())
    }
}

/// Tries until there is a result or patience ends.
pub(super) fn patiently<T>(mut attempt: impl FnMut() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    loop {
        let result = attempt();
        if result.is_some() || begun.elapsed() >= PATIENCE {
            return result;
        }
        std::thread::sleep(PAUSE);
    }
}

/// Makes a directory that only its owner may enter, and those above it, so that they outlive a power cut.
pub(super) fn create(path: &Path) -> io::Result<()> {
    let missing = path.ancestors().take_while(|directory| !directory.exists()).count();
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    for directory in path.ancestors().skip(1).take(missing) {
        File::open(directory)?.sync_all()?;
    }
    Ok(())
}

/// The paths in a directory, none if it is not there.
pub(super) fn entries(directory: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(directory) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
