//! Keeps records for as long as the process lives: for tests, and for a service that is to forget.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Mutex, PoisonError};

use super::{Change, CommitFailure, Record, Store, StoreFailure, Write, check_bounds};

/// A store in memory.
#[derive(Default)]
pub struct MemoryStore(Mutex<BTreeMap<String, Record>>);

impl MemoryStore {
    fn records(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Record>> {
        // A group is applied without a point at which it could panic half way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn read(&self, key: &str) -> Result<Option<Record>, StoreFailure> {
        Ok(self.records().get(key).cloned())
    }

    fn list(&self, prefix: &str, after: Option<&str>, most: usize) -> Result<Vec<(String, Record)>, StoreFailure> {
        let from = match after.filter(|&after| after >= prefix) {
            Some(after) => Bound::Excluded(after),
            None => Bound::Included(prefix),
        };
        let records = self.records();
        let listed = records.range::<str, _>((from, Bound::Unbounded));
        Ok(listed
            .take_while(|(key, _)| key.starts_with(prefix))
            .take(most)
            .map(|(key, record)| (key.clone(), record.clone()))
            .collect())
    }

    fn commit(&self, group: Vec<Write>) -> Result<(), CommitFailure> {
        check_bounds(&group)?;
        let mut records = self.records();
        let version = |write: &Write| records.get(&write.key).map(|record| record.version);
        if !group.iter().all(|write| write.expected.holds(version(write))) {
            return Err(CommitFailure::Conflict);
        }
        for write in group {
            match write.change {
                Change::Put(body) => {
                    let version = records.get(&write.key).map_or(1, |record| record.version + 1);
                    records.insert(write.key, Record { version, body });
                }
                Change::Remove => {
                    records.remove(&write.key);
                }
                Change::Keep => {}
            }
        }
        Ok(())
    }
}
