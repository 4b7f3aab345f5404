//! What holds of a store in a directory beyond the contract.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use entregent::store::Store as _;
use entregent::store::sled::{OpenFailure, SledStore};

use crate::shelf::{at, body, open, put, remove};

/// The names of the files in a directory that begin so.
pub(crate) fn names(directory: &Path, start: &str) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(start)).collect()
}

/// Makes a store that holds `a` and `b`, was opened again, and so has a snapshot.
pub(crate) fn filled(directory: &Path) {
    open(directory).commit(vec![put("a", "one"), put("b", body(300_000, 1))]).unwrap();
    open(directory).commit(vec![put("a", "two")]).unwrap();
    assert_eq!(names(directory, "snap.").len(), 1);
}

pub(crate) fn check_filled(directory: &Path) {
    let store = open(directory);
    assert_eq!(at(&store, "a"), Some((2, b"two".to_vec())));
    assert_eq!(at(&store, "b"), Some((1, body(300_000, 1))));
    assert_eq!(store.list("", None, 10).unwrap().len(), 2);
}

#[test]
fn a_directory_that_is_open_is_in_use() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(directory.path());
    let Err(failure) = SledStore::open(directory.path()) else { panic!("opened twice") };
    assert!(matches!(&failure, OpenFailure::InUse { directory: named } if named == directory.path()), "{failure:?}");
    assert!(failure.to_string().contains(&directory.path().display().to_string()));
    store.commit(vec![put("a", "")]).unwrap();
}

#[test]
fn a_directory_whose_lock_is_held_is_not_touched() {
    let directory = tempfile::tempdir().unwrap();
    let lock = fs::File::create(directory.path().join("lock")).unwrap();
    lock.lock().unwrap();
    assert!(matches!(SledStore::open(directory.path()), Err(OpenFailure::InUse { .. })));
    assert_eq!(names(directory.path(), ""), ["lock"]);
}

#[test]
fn a_directory_is_made_with_those_above_it_for_its_owner_alone() {
    let above = tempfile::tempdir().unwrap();
    let directory = above.path().join("not/yet/there");
    drop(open(&directory));
    assert_eq!(fs::metadata(&directory).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_path_that_is_no_directory_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    assert!(matches!(SledStore::open(file.path()), Err(OpenFailure::Io { .. })));
}

#[test]
fn what_a_crash_while_opening_left_behind_is_survived() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    fs::write(directory.path().join("snap.0000000000FFFFFF.generating"), "half a snapsh").unwrap();
    fs::create_dir(directory.path().join("rehearsal")).unwrap();
    fs::write(directory.path().join("rehearsal/db"), "half a copy").unwrap();
    check_filled(directory.path());
    assert_eq!(names(directory.path(), "rehearsal"), [""; 0]);
    assert!(names(directory.path(), "snap.").iter().all(|name| !name.ends_with("generating")));
    assert_eq!(names(directory.path(), "set-aside."), [""; 0]);
}

#[test]
fn a_store_whose_creation_was_cut_short_is_created() {
    let directory = tempfile::tempdir().unwrap();
    for file in ["lock", "db", "acknowledged"] {
        fs::write(directory.path().join(file), "").unwrap();
    }
    open(directory.path()).commit(vec![put("a", "")]).unwrap();
    assert_eq!(at(&open(directory.path()), "a"), Some((1, Vec::new())));
}

/// Whether bytes stand in any file of a directory, or of those in it.
fn hold(directory: &Path, wanted: &[u8]) -> bool {
    fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).any(|path| match path.is_dir() {
        true => hold(&path, wanted),
        false => fs::read(&path).unwrap().windows(wanted.len()).any(|window| window == wanted),
    })
}

#[test]
fn nothing_is_left_of_an_erasable_record_in_any_file() {
    let directory = tempfile::tempdir().unwrap();
    let holds = |text: &str| hold(directory.path(), text.as_bytes());
    let mut store = open(directory.path());
    store.commit(vec![put("kept", "what stays")]).unwrap();
    store.commit(vec![put("erasable/a", "the first text")]).unwrap();
    store.commit(vec![put("erasable/b", "another text")]).unwrap();
    assert!(holds("the first text"), "the test would see it");
    store.commit(vec![put("erasable/a", "the second text")]).unwrap();
    assert!(!holds("the first text") && holds("the second text"));
    store.commit(vec![remove("erasable/a")]).unwrap();
    for _ in 0..2 {
        assert!(!holds("the second text") && !holds("erasable/a"));
        assert!(holds("another text") && holds("what stays"));
        drop(store);
        store = open(directory.path());
    }
    assert_eq!(at(&store, "erasable/a"), None);
    assert_eq!(at(&store, "erasable/b"), Some((1, b"another text".to_vec())));
}

#[test]
fn what_sled_has_taken_in_it_does_not_give_back() {
    // Why erasable records lie elsewhere. Should this fail one day, they need not any more.
    let directory = tempfile::tempdir().unwrap();
    let store = open(directory.path());
    store.commit(vec![put("a", "the first text")]).unwrap();
    store.commit(vec![remove("a")]).unwrap();
    drop(store);
    drop(open(directory.path()));
    assert!(hold(directory.path(), b"the first text"));
}

#[test]
fn no_record_leaves_the_log_for_a_file_of_its_own() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(directory.path());
    for round in 0..12 {
        store.commit((0..6).map(|key| put(&format!("k/{key}"), body(100_000, round))).collect()).unwrap();
        store.commit((0..5).map(|key| remove(&format!("k/{key}"))).collect()).unwrap();
        assert_eq!(names(&directory.path().join("blobs"), ""), [""; 0]);
    }
}
