//! Erasable records, each in a file of its own: what sled's log has taken in once, it does not give back.
//!
//! A record is written to a new file, which is synced and then takes the name of the old one. The bytes of what was
//! replaced or removed are written over with zeros as soon as no name leads to them any more. So there is a whole record
//! under a name at any time, and none of the old one once the write is acknowledged. A crash in between can leave bytes
//! on the disk that belong to no file.
//!
//! The names of the files are the keys, with `+` for `/`. Whoever reads holds the writer's gate, and whoever writes, too.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::directory::{self, Directory};
use crate::store::{Change, CommitFailure, ERASABLE, Expected, Record, StoreFailure, Write, record};

/// How the name of a record's file ends; that of a file that is still being written does not.
const ENDING: &str = ".record";

const NEW: &str = "new";

/// The folder of the erasable records.
#[derive(Clone)]
pub(super) struct Erasable {
    folder: PathBuf,
}

impl Erasable {
    /// Erases what a write that was cut short left behind.
    pub(super) fn open(directory: &Directory) -> io::Result<Self> {
        let erasable = Self { folder: directory.file("erasable") };
        erasable.erase(&erasable.folder.join(NEW))?;
        Ok(erasable)
    }

    /// Reads one record.
    pub(super) fn read(&self, key: &str) -> Result<Option<Record>, StoreFailure> {
        match fs::read(self.file(key)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(medium(&error)),
            Ok(stored) => {
                let damaged = || StoreFailure::Damaged { key: key.to_owned() };
                record::decode(key, &stored).map(Some).ok_or_else(damaged)
            }
        }
    }

    /// Lists records as [`Store::list`](crate::store::Store::list) does, if that can be done in time.
    pub(super) fn list(
        &self,
        prefix: &str,
        after: Option<&str>,
        most: usize,
        until: Instant,
    ) -> Result<Vec<(String, Record)>, StoreFailure> {
        let mut listed = Vec::new();
        if !prefix.starts_with(ERASABLE) && !ERASABLE.starts_with(prefix) {
            return Ok(listed);
        }
        let files = directory::entries(&self.folder).map_err(|error| medium(&error))?;
        let mut keys: Vec<String> = files.iter().filter_map(|file| key_of(file)).collect();
        keys.retain(|key| key.starts_with(prefix) && after.is_none_or(|after| key.as_str() > after));
        keys.sort_unstable();
        for key in keys.into_iter().take(most) {
            if Instant::now() > until {
                return Err(StoreFailure::TimedOut);
            }
            if let Some(record) = self.read(&key)? {
                listed.push((key, record));
            }
        }
        Ok(listed)
    }

    /// Makes a change whose expectation holds, and returns once it is durable and what it replaced is erased.
    pub(super) fn write(&self, Write { key, expected, change }: Write) -> Result<(), CommitFailure> {
        let before = match (expected, &change) {
            // What cannot be read can be erased all the same.
            (Expected::Anything, Change::Remove) => None,
            _ => self.read(&key)?.map(|record| record.version),
        };
        if !expected.holds(before) {
            return Err(CommitFailure::Conflict);
        }
        match change {
            Change::Put(body) => {
                let version = before.map_or(1, |before| before + 1);
                self.put(&self.file(&key), &record::encode(&key, &Record { version, body }))?;
            }
            Change::Remove => self.erase(&self.file(&key)).map_err(|error| medium(&error))?,
            Change::Keep => {}
        }
        Ok(())
    }

    fn put(&self, file: &Path, stored: &[u8]) -> Result<(), StoreFailure> {
        let new = self.folder.join(NEW);
        let written = directory::create(&self.folder).and_then(|()| write_synced(&new, stored));
        if let Err(error) = written {
            self.erase(&new).map_err(|error| medium(&error))?;
            // Nothing has changed, so that the next attempt may do better.
            return Err(if error.kind() == io::ErrorKind::StorageFull { StoreFailure::Full } else { medium(&error) });
        }
        self.replace(file, &new).map_err(|error| medium(&error))
    }

    fn replace(&self, file: &Path, new: &Path) -> io::Result<()> {
        let replaced = open_to_erase(file)?;
        fs::rename(new, file)?;
        File::open(&self.folder)?.sync_all()?;
        replaced.iter().try_for_each(overwrite)
    }

    /// Leaves nothing of a file, if it is there.
    fn erase(&self, file: &Path) -> io::Result<()> {
        let Some(erased) = open_to_erase(file)? else { return Ok(()) };
        fs::remove_file(file)?;
        File::open(&self.folder)?.sync_all()?;
        overwrite(&erased)
    }

    fn file(&self, key: &str) -> PathBuf {
        self.folder.join(key.replace('/', "+") + ENDING)
    }
}

fn key_of(file: &Path) -> Option<String> {
    let key = file.file_name()?.to_str()?.strip_suffix(ENDING)?.replace('+', "/");
    key.starts_with(ERASABLE).then_some(key)
}

fn write_synced(path: &Path, stored: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(stored)?;
    file.sync_all()
}

fn open_to_erase(path: &Path) -> io::Result<Option<File>> {
    match OpenOptions::new().write(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        file => file.map(Some),
    }
}

/// Writes zeros over all that a file holds, where it lies.
fn overwrite(mut file: &File) -> io::Result<()> {
    let length = file.metadata()?.len();
    io::copy(&mut io::repeat(0).take(length), &mut file)?;
    file.sync_all()
}

fn medium(error: &io::Error) -> StoreFailure {
    StoreFailure::Medium(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sled::READ_DEADLINE;

    const KEY: &str = "erasable/owners/a";

    fn write(key: &str, expected: Expected, change: Change) -> Write {
        Write { key: key.to_owned(), expected, change }
    }

    fn put(erasable: &Erasable, body: &str) {
        erasable.write(write(KEY, Expected::Anything, Change::Put(body.into()))).unwrap();
    }

    fn until() -> Instant {
        Instant::now() + READ_DEADLINE
    }

    /// An opened folder, with a second name for the bytes of the record that was put there.
    fn scene() -> (tempfile::TempDir, Erasable, PathBuf) {
        let temporary = tempfile::tempdir().unwrap();
        let directory = Directory::lock(temporary.path()).unwrap();
        let erasable = Erasable::open(&directory).unwrap();
        put(&erasable, "secret");
        let second_name = temporary.path().join("second name");
        fs::hard_link(erasable.file(KEY), &second_name).unwrap();
        assert!(fs::read(&second_name).unwrap().windows(6).any(|window| window == b"secret"));
        (temporary, erasable, second_name)
    }

    fn is_zeros(file: &Path) -> bool {
        let bytes = fs::read(file).unwrap();
        bytes.len() > 6 && bytes.iter().all(|&byte| byte == 0)
    }

    #[test]
    fn what_is_replaced_is_written_over_where_it_lies() {
        let (_temporary, erasable, second_name) = scene();
        put(&erasable, "other");
        assert!(is_zeros(&second_name));
        assert_eq!(erasable.read(KEY).unwrap(), Some(Record { version: 2, body: b"other".to_vec() }));
    }

    #[test]
    fn what_is_removed_is_written_over_where_it_lies() {
        let (_temporary, erasable, second_name) = scene();
        erasable.write(write(KEY, Expected::Version(1), Change::Remove)).unwrap();
        assert!(is_zeros(&second_name));
        assert_eq!(erasable.read(KEY).unwrap(), None);
        assert_eq!(fs::read_dir(&erasable.folder).unwrap().count(), 0);
    }

    #[test]
    fn what_a_write_that_was_cut_short_left_behind_is_written_over_at_the_start() {
        let (temporary, erasable, second_name) = scene();
        fs::rename(erasable.file(KEY), erasable.folder.join(NEW)).unwrap();
        let reopened = Erasable::open(&Directory::lock(temporary.path()).unwrap()).unwrap();
        assert!(is_zeros(&second_name));
        assert_eq!(fs::read_dir(&reopened.folder).unwrap().count(), 0);
    }

    #[test]
    fn a_damaged_record_is_named_and_can_be_erased_and_nothing_else() {
        let (_temporary, erasable, second_name) = scene();
        let mut bytes = fs::read(&second_name).unwrap();
        bytes[35] ^= 1;
        fs::write(&second_name, bytes).unwrap();
        let is_damage = |failure: &StoreFailure| matches!(failure, StoreFailure::Damaged { key } if key == KEY);
        assert!(is_damage(&erasable.read(KEY).unwrap_err()));
        assert!(is_damage(&erasable.list(ERASABLE, None, 9, until()).unwrap_err()));
        let written = erasable.write(write(KEY, Expected::Anything, Change::Put(Vec::new())));
        assert!(matches!(written, Err(CommitFailure::Store(failure)) if is_damage(&failure)));
        erasable.write(write(KEY, Expected::Anything, Change::Remove)).unwrap();
        assert!(is_zeros(&second_name));
    }

    #[test]
    fn every_key_has_a_file_of_its_own_in_the_folder() {
        let (_temporary, erasable, _) = scene();
        let keys = ["erasable/", "erasable/.", "erasable/..", "erasable/../..", "erasable/a", "erasable/a/"];
        for key in keys {
            erasable.write(write(key, Expected::Absent, Change::Put(key.into()))).unwrap();
        }
        let listed = erasable.list(ERASABLE, None, 100, until()).unwrap();
        let listed: Vec<_> = listed.into_iter().filter(|(key, _)| key != KEY).collect();
        assert_eq!(listed.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), keys);
        assert!(listed.iter().all(|(key, record)| record.body == key.as_bytes()));
        assert_eq!(fs::read_dir(&erasable.folder).unwrap().count(), keys.len() + 1);
    }
}
