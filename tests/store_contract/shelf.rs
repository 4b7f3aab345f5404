//! The stores that the contract is held against.

use std::path::Path;

use entregent::store::memory::MemoryStore;
use entregent::store::sled::SledStore;
use entregent::store::{Change, CommitFailure, Expected, Store, StoreFailure, Write};
use tempfile::TempDir;

/// A store that can be closed and opened again.
pub(crate) enum Shelf {
    Memory(MemoryStore),
    Sled { store: Option<SledStore>, directory: TempDir },
}

impl Shelf {
    pub(crate) fn memory() -> Self {
        Self::Memory(MemoryStore::default())
    }

    pub(crate) fn sled() -> Self {
        let directory = tempfile::tempdir().unwrap();
        Self::Sled { store: Some(open(directory.path())), directory }
    }

    pub(crate) fn store(&self) -> &dyn Store {
        match self {
            Self::Memory(store) => store,
            Self::Sled { store, .. } => store.as_ref().unwrap(),
        }
    }

    /// Closes the store and opens it again, if it keeps anything.
    pub(crate) fn reopen(&mut self) {
        if let Self::Sled { store, directory } = self {
            drop(store.take());
            *store = Some(open(directory.path()));
        }
    }
}

/// Runs a test of the contract over every store.
pub(crate) fn for_each(test: impl Fn(&mut Shelf)) {
    test(&mut Shelf::memory());
    test(&mut Shelf::sled());
}

pub(crate) fn open(directory: &Path) -> SledStore {
    SledStore::open(directory).unwrap()
}

pub(crate) fn write(key: &str, expected: Expected, change: Change) -> Write {
    Write { key: key.to_owned(), expected, change }
}

pub(crate) fn put(key: &str, body: impl AsRef<[u8]>) -> Write {
    write(key, Expected::Anything, Change::Put(body.as_ref().to_vec()))
}

pub(crate) fn remove(key: &str) -> Write {
    write(key, Expected::Anything, Change::Remove)
}

/// What stands under a key: version and body.
pub(crate) fn at(store: &dyn Store, key: &str) -> Option<(u64, Vec<u8>)> {
    store.read(key).unwrap().map(|record| (record.version, record.body))
}

/// The keys of a listing.
pub(crate) fn keys(store: &dyn Store, prefix: &str, after: Option<&str>, most: usize) -> Vec<String> {
    store.list(prefix, after, most).unwrap().into_iter().map(|(key, _)| key).collect()
}

pub(crate) fn is_conflict(result: &Result<(), CommitFailure>) -> bool {
    matches!(result, Err(CommitFailure::Conflict))
}

pub(crate) fn is_out_of_bounds(result: &Result<(), CommitFailure>) -> bool {
    matches!(result, Err(CommitFailure::Store(StoreFailure::OutOfBounds)))
}

/// A body of this length that differs from those of other seeds; `examples/store_writer.rs` writes the same ones.
pub(crate) fn body(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..length).map(|_| next()).collect()
}
