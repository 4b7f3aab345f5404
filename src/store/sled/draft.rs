//! Gathers the groups that will be written together, each checked against the store as the ones before it leave it.

use std::collections::BTreeMap;

use ::sled::{Batch, Db};

use super::chunks;
use super::tally::Tally;
use crate::store::record::{self, Head};
use crate::store::{Change, CommitFailure, Record, StoreFailure, Write};

/// Groups that were found to hold, not yet written.
pub(super) struct Draft<'a> {
    db: &'a Db,
    /// Every key that a group named so far.
    keys: BTreeMap<String, Drafted>,
    groups: u64,
    /// The bytes that the batch will hold, about.
    bytes: u64,
}

/// What becomes of a key.
struct Drafted {
    /// What stands in the tree.
    before: Option<Head>,
    /// The version that the groups so far lead to, if any.
    version: Option<u64>,
    /// What will be written, if anything.
    change: Option<Outcome>,
}

enum Outcome {
    Stored(Vec<u8>),
    Removed,
}

impl<'a> Draft<'a> {
    /// Starts from what the tree holds.
    pub(super) fn new(db: &'a Db) -> Self {
        Self { db, keys: BTreeMap::new(), groups: 0, bytes: 0 }
    }

    /// Adds a group if its expectations hold; leaves the draft as it was if they do not.
    pub(super) fn add(&mut self, group: Vec<Write>) -> Result<(), CommitFailure> {
        for write in &group {
            if !write.expected.holds(self.version(&write.key)?) {
                return Err(CommitFailure::Conflict);
            }
        }
        let mut changes = false;
        for write in group {
            let Some(drafted) = self.keys.get_mut(&write.key) else { continue };
            let outcome = match write.change {
                Change::Put(body) => {
                    let version = drafted.version.map_or(1, |version| version + 1);
                    drafted.version = Some(version);
                    Outcome::Stored(record::encode(&write.key, &Record { version, body }))
                }
                Change::Remove => {
                    drafted.version = None;
                    Outcome::Removed
                }
                Change::Keep => continue,
            };
            self.bytes += if let Outcome::Stored(stored) = &outcome { stored.len() as u64 } else { 0 };
            drafted.change = Some(outcome);
            changes = true;
        }
        self.groups += u64::from(changes);
        Ok(())
    }

    /// How many bytes of records the draft holds; nothing if it changes nothing.
    pub(super) fn bytes(&self) -> Option<u64> {
        (self.groups > 0).then_some(self.bytes)
    }

    /// Makes the batch, and the tally as it will then be.
    pub(super) fn into_batch(self, mut tally: Tally) -> (Batch, Tally) {
        let mut batch = Batch::default();
        for (key, drafted) in self.keys {
            match (drafted.change, drafted.before) {
                (Some(Outcome::Stored(stored)), before) => {
                    chunks::put(&mut batch, &key, &stored, before);
                    before.into_iter().for_each(|before| tally.subtract(before));
                    record::head(&stored).into_iter().for_each(|head| tally.add(head));
                }
                (Some(Outcome::Removed), Some(before)) => {
                    chunks::remove(&mut batch, &key, before);
                    tally.subtract(before);
                }
                (Some(Outcome::Removed), None) | (None, _) => {}
            }
        }
        tally.groups += self.groups;
        chunks::put_tally(&mut batch, tally);
        (batch, tally)
    }

    /// The version that a key has once the groups so far are written.
    fn version(&mut self, key: &str) -> Result<Option<u64>, StoreFailure> {
        if let Some(drafted) = self.keys.get(key) {
            return Ok(drafted.version);
        }
        let before = chunks::head(self.db, key)?;
        let version = before.map(|before| before.version);
        self.keys.insert(key.to_owned(), Drafted { before, version, change: None });
        Ok(version)
    }
}
