//! A store of every form that was ever written must open and read the same for ever.

use std::fs;
use std::path::Path;

use entregent::store::Store as _;

use crate::shelf::{at, body, keys, open, put};

/// Copies a recording to where it may be opened.
fn copy(name: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let recording = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded").join(name);
    for entry in fs::read_dir(recording).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), directory.path().join(entry.file_name())).unwrap();
    }
    directory
}

/// The file was kept from a store to which it was put.
#[test]
fn an_erasable_record_of_the_first_form_reads_as_it_was_written() {
    let (directory, recorded) = (tempfile::tempdir().unwrap(), copy("erasable-1"));
    fs::rename(recorded.path(), directory.path().join("erasable")).unwrap();
    let store = open(directory.path());
    assert_eq!(keys(&store, "", None, 100), ["erasable/owners/camille"]);
    assert_eq!(at(&store, "erasable/owners/camille"), Some((3, b"what was kept".to_vec())));
    store.commit(vec![put("erasable/owners/camille", "and replaced")]).unwrap();
    assert_eq!(at(&store, "erasable/owners/camille"), Some((4, b"and replaced".to_vec())));
}

/// Recorded by `store_writer write tests/recorded/store-1 1 5`, and again with 4, `ballast` and `lock` removed.
#[test]
fn a_store_of_the_first_form_reads_as_it_was_written() {
    let directory = copy("store-1");
    let store = open(directory.path());
    for number in 1..=9 {
        assert_eq!(at(&store, &format!("written/0/{number}")), Some((1, body(1024, number))));
    }
    assert_eq!(at(&store, "written/0/8.more"), Some((1, body(20_000, 8))));
    assert_eq!(at(&store, "latest/0"), Some((9, b"9".to_vec())));
    assert_eq!(keys(&store, "", None, 100).len(), 11);
    store.commit(vec![put("latest/0", "ten")]).unwrap();
    drop(store);
    assert_eq!(at(&open(directory.path()), "latest/0"), Some((10, b"ten".to_vec())));
}
