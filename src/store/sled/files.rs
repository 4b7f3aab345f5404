//! The files that the writer itself keeps: sled's log, to sync it; the number of groups acknowledged; the ballast.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;

use super::directory::Directory;
use super::writer::Disk;
use crate::store::{StoreFailure, record};

/// How much room is kept for opening on a full disk, in bytes.
const BALLAST: u64 = 4 * 1024 * 1024;

/// What must be free beyond what is about to be written, in bytes: sled also writes whole pages anew, and makes room
/// while nobody writes.
const MARGIN: u64 = 8 * 1024 * 1024;

/// How many bytes must be free for a byte of records: writing the longest body, sled was seen to write 5.3 for one.
const AMPLIFICATION: u64 = 8;

const SEAL: &str = " acknowledged";

/// The writer's files.
pub(super) struct Files {
    directory: PathBuf,
    log: File,
    acknowledged: File,
    ballast: PathBuf,
}

impl Files {
    /// Opens the files of a store that is known to hold so many groups.
    pub(super) fn open(directory: &Directory, groups: u64) -> io::Result<Self> {
        let mut files = Self {
            directory: directory.path().to_owned(),
            log: File::open(directory.file("db"))?,
            acknowledged: OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(false)
                .open(directory.file("acknowledged"))?,
            ballast: directory.file("ballast"),
        };
        files.acknowledge(groups)?;
        files.acknowledged.sync_all()?;
        // The ballast: here other work goes on beside, and in a commit somebody waits. Who writes is told of what fails.
        let _ = files.make_room(0);
        Ok(files)
    }

    /// Keeps room for the next start, if there is any to spare.
    fn take_ballast(&self) {
        let taken = File::create_new(&self.ballast).and_then(|mut ballast| {
            io::copy(&mut io::repeat(0).take(BALLAST), &mut ballast)?;
            ballast.sync_all()
        });
        if let Err(error) = taken {
            log::warn!("no ballast: {error}");
            let _ = fs::remove_file(&self.ballast);
        }
    }
}

impl Disk for Files {
    fn make_room(&mut self, bytes: u64) -> Result<(), StoreFailure> {
        let room = rustix::fs::statvfs(&self.directory).map_err(|error| StoreFailure::Medium(error.to_string()))?;
        let free = room.f_bavail.saturating_mul(room.f_frsize);
        let needed = bytes.saturating_mul(AMPLIFICATION).saturating_add(MARGIN);
        if free < needed {
            return Err(StoreFailure::Full);
        }
        if free - needed >= BALLAST && !self.ballast.exists() {
            self.take_ballast();
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.log.sync_data()
    }

    fn acknowledge(&mut self, groups: u64) -> io::Result<()> {
        // Not synced: after a power cut an older number is as good, and a process that is killed loses nothing.
        self.acknowledged.write_all_at(&record::seal(SEAL, &groups.to_be_bytes()), 0)
    }
}

/// Reads how many groups were acknowledged; none by a store that was never open, or whose operator removed the file.
///
/// The inner error tells what is damaged, in words.
pub(super) fn acknowledged(directory: &Directory) -> io::Result<Result<u64, String>> {
    let stored = match fs::read(directory.file("acknowledged")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        stored => stored?,
    };
    if stored.is_empty() {
        return Ok(Ok(0));
    }
    let groups = record::unseal(SEAL, &stored).and_then(|content| content.try_into().ok()).map(u64::from_be_bytes);
    Ok(groups.ok_or_else(|| "the file `acknowledged` is damaged".to_owned()))
}

/// Gives the ballast up.
pub(super) fn drop_ballast(directory: &Directory) -> io::Result<()> {
    match fs::remove_file(directory.file("ballast")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_disk_has_room_for_is_refused_and_the_ballast_is_kept() {
        let temporary = tempfile::tempdir().unwrap();
        fs::write(temporary.path().join("db"), "").unwrap();
        let directory = Directory::lock(temporary.path()).unwrap();
        let mut files = Files::open(&directory, 0).unwrap();
        let ballast = files.ballast.clone();
        let is_there = || fs::metadata(&ballast).is_ok_and(|ballast| ballast.len() == BALLAST);
        assert!(is_there());
        drop_ballast(&directory).unwrap();
        assert!(matches!(files.make_room(u64::MAX / 2), Err(StoreFailure::Full)));
        assert!(!ballast.exists());
        files.make_room(1).unwrap();
        assert!(is_there());
        drop_ballast(&directory).unwrap();
        drop_ballast(&directory).unwrap();
        assert!(!ballast.exists());
    }
}
