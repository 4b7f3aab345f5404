//! The rule sets in memory: what is active under each name, ready to judge.
//!
//! Judging by an active rule set asks the store for nothing once its document was read, which happens right after the
//! start. Changes are swapped in after the store took them; of two that race, the one of the higher version in the store
//! stays.

mod pinned;
mod slot;

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use pinned::Pinned;
pub(in crate::service) use slot::Slot;

pub use slot::ReadyRuleSet;

use crate::service::failure::{KeepingFailure, RuleSetFailure};
use crate::service::name::{Name, RuleSetChoice};
use crate::service::rule_set_records::{RuleSetRecords, VersionedHead};
use crate::store::{Store, StoreFailure};

/// How many names there may be, deleted ones too: each takes memory.
const MOST_NAMES: usize = 1000;

/// What stands under a name.
enum State {
    Active {
        slot: Arc<Slot>,
        active: u64,
        last: u64,
        /// None for the rules that come with the binary.
        changed_at: Option<String>,
    },
    Deleted,
    /// What the store holds is not what was written.
    Damaged(String),
}

struct Entry {
    /// The version of the head in the store that this entry is of.
    version: u64,
    state: State,
}

/// A rule set in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: Name,
    /// Its active revision.
    pub revision: u64,
    /// The highest revision ever given out.
    pub last_revision: u64,
    /// When it was last changed; none for the rules that come with the binary.
    pub changed_at: Option<String>,
}

/// The rule sets in memory.
pub struct Registry {
    records: RuleSetRecords,
    entries: RwLock<BTreeMap<Name, Entry>>,
    pinned: Pinned,
}

impl Registry {
    /// Takes the rule sets that are in a store, and changes nothing there.
    ///
    /// # Errors
    /// What is wrong with the store; a damaged rule set is out of use and is no error.
    pub fn open(store: Arc<dyn Store>) -> Result<Self, RuleSetFailure> {
        Ok(Self::load(RuleSetRecords::new(store))?)
    }

    /// Reads all heads from the store; documents are read later.
    ///
    /// A damaged head is named in the log, and that rule set alone is out of use.
    pub(super) fn load(records: RuleSetRecords) -> Result<Self, StoreFailure> {
        let heads = records.heads()?;
        let registry = Self { records, entries: RwLock::default(), pinned: Pinned::default() };
        let builtin = Arc::new(Slot::empty(Name::builtin(), 1));
        let state = State::Active { slot: builtin, active: 1, last: 1, changed_at: None };
        registry.insert(Name::builtin(), Entry { version: 0, state });
        for (name, head) in heads {
            match head {
                Ok(head) => registry.swap(&name, &head, None),
                Err(failure) => {
                    log::error!(rule_set = name.as_str(); "out of use: {failure}");
                    registry.insert(name, Entry { version: 0, state: State::Damaged(failure.to_string()) });
                }
            }
        }
        Ok(registry)
    }

    /// Reads the documents of all active rule sets into memory, so that judging needs the store for none of them; names
    /// in the log those that cannot be read.
    ///
    /// They are compiled when they are first asked for: compiled, a rule set takes many times the memory.
    pub fn hold_all(&self) {
        let names: Vec<Name> = self.read().keys().filter(|name| !name.is_builtin()).cloned().collect();
        for name in names {
            let held = self.active(&name).map(|slot| slot.hold(&self.records));
            if let Some(Err(failure)) = held {
                log::error!(rule_set = name.as_str(); "out of use: {}", failure.cause().unwrap_or_default());
            }
        }
    }

    /// The wanted rule set if it is compiled, or why there is none; never blocks.
    ///
    /// # Errors
    /// See [`RuleSetFailure`].
    pub fn at_hand(&self, choice: &RuleSetChoice) -> Result<Option<Arc<ReadyRuleSet>>, RuleSetFailure> {
        self.slot(choice).map(|slot| slot.ready())
    }

    /// The wanted rule set; may read it from the store, and compile it.
    ///
    /// # Errors
    /// See [`RuleSetFailure`].
    pub fn find(&self, choice: &RuleSetChoice) -> Result<Arc<ReadyRuleSet>, RuleSetFailure> {
        self.slot(choice)?.fill(&self.records)
    }

    /// The rule sets that exist and are not damaged, in the order of their names, at most `most` after a name.
    pub(super) fn list(&self, after: Option<&Name>, most: usize) -> Vec<Listed> {
        let listed = |(name, entry): (&Name, &Entry)| match &entry.state {
            State::Active { active, last, changed_at, .. } => Some(Listed {
                name: name.clone(),
                revision: *active,
                last_revision: *last,
                changed_at: changed_at.clone(),
            }),
            State::Deleted | State::Damaged(_) => None,
        };
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.read().range((from, Bound::Unbounded)).filter_map(listed).take(most).collect()
    }

    /// The version in the store of what is in effect under a name.
    pub(super) fn version(&self, name: &Name) -> Option<u64> {
        self.read().get(name).map(|entry| entry.version)
    }

    /// Whether a name is known or still fits.
    pub(super) fn has_room_for(&self, name: &Name) -> bool {
        let entries = self.read();
        entries.contains_key(name) || entries.len() < MOST_NAMES
    }

    /// The place of a revision that is not active.
    pub(super) fn pinned(&self, name: &Name, revision: u64) -> Arc<Slot> {
        self.pinned.slot(name, revision)
    }

    /// Puts what the store took into effect; `slot` holds the newly active rules, when they are compiled.
    pub(super) fn swap(&self, name: &Name, written: &VersionedHead, slot: Option<Arc<Slot>>) {
        let Some(active) = written.head.active else {
            return self.insert(name.clone(), Entry { version: written.version, state: State::Deleted });
        };
        let offered = slot.filter(|slot| slot.is_of(name, active));
        let slot = match self.active(name).filter(|slot| slot.is_of(name, active)) {
            Some(current) => current.or_filled_by(offered.as_deref()),
            None => offered.unwrap_or_else(|| Arc::new(Slot::empty(name.clone(), active))),
        };
        let (last, changed_at) = (written.head.last, Some(written.head.changed_at.clone()));
        let state = State::Active { slot, active, last, changed_at };
        self.insert(name.clone(), Entry { version: written.version, state });
    }

    /// Puts an entry in, unless a newer one is there.
    fn insert(&self, name: Name, entry: Entry) {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        if entries.get(&name).is_none_or(|known| known.version < entry.version) {
            entries.insert(name, entry);
        }
    }

    fn active(&self, name: &Name) -> Option<Arc<Slot>> {
        match &self.read().get(name)?.state {
            State::Active { slot, .. } => Some(Arc::clone(slot)),
            State::Deleted | State::Damaged(_) => None,
        }
    }

    fn slot(&self, choice: &RuleSetChoice) -> Result<Arc<Slot>, RuleSetFailure> {
        let entries = self.read();
        match entries.get(&choice.name).map(|entry| &entry.state) {
            None => Err(RuleSetFailure::Unknown),
            Some(State::Deleted) => Err(RuleSetFailure::Deleted),
            Some(State::Damaged(cause)) => Err(RuleSetFailure::Keeping(KeepingFailure::Damaged(cause.clone()))),
            Some(State::Active { slot, active, last, .. }) => match choice.revision {
                None => Ok(Arc::clone(slot)),
                Some(number) if number == *active => Ok(Arc::clone(slot)),
                Some(number) if (1..=*last).contains(&number) => Ok(self.pinned(&choice.name, number)),
                Some(_) => Err(RuleSetFailure::Unknown),
            },
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, BTreeMap<Name, Entry>> {
        // An insertion leaves the map whole even if the thread panicked.
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{ReadyRuleSet, Registry, Slot};
    use crate::ruleset;
    use crate::service::name::{Name, RuleSetChoice};
    use crate::service::rule_set_records::{Head, RuleSetRecords, VersionedHead};
    use crate::store::memory::MemoryStore;

    fn registry() -> Registry {
        Registry::load(RuleSetRecords::new(Arc::new(MemoryStore::default()))).unwrap()
    }

    fn head(version: u64, active: Option<u64>) -> VersionedHead {
        VersionedHead { version, head: Head { active, last: 9, changed_at: String::new() } }
    }

    fn compiled(revision: u64) -> Option<Arc<Slot>> {
        let rules = r#"{"format": 1, "title": "x", "policy": [{"id": "rest", "when": "otherwise", "outcome": "ask"}],
            "categories": {"a": {"kind": "trait", "label": {"fr": "a", "en": "a"}, "threshold": 1, "signals": {}}}}"#;
        let rules = ruleset::compile(&ruleset::parse(rules.as_bytes()).unwrap()).rule_set.unwrap();
        Some(Arc::new(Slot::filled(ReadyRuleSet::new(Name::default(), revision, Arc::new(rules)))))
    }

    fn active(registry: &Registry) -> Option<u64> {
        let found = registry.at_hand(&RuleSetChoice::default());
        found.unwrap().map(|ready| ready.name().revision)
    }

    #[test]
    fn of_two_swaps_that_race_the_newer_stays() {
        let registry = registry();
        registry.swap(&Name::default(), &head(3, Some(2)), compiled(2));
        registry.swap(&Name::default(), &head(2, Some(1)), compiled(1));
        assert_eq!(active(&registry), Some(2));
        registry.swap(&Name::default(), &head(5, None), None);
        registry.swap(&Name::default(), &head(4, Some(3)), compiled(3));
        assert!(registry.at_hand(&RuleSetChoice::default()).is_err());
    }

    #[test]
    fn a_swap_that_comes_late_still_brings_the_rules_that_it_compiled() {
        let registry = registry();
        // The later change left revision 2 active, and was swapped in first.
        registry.swap(&Name::default(), &head(3, Some(2)), compiled(3));
        assert_eq!(active(&registry), None);
        registry.swap(&Name::default(), &head(2, Some(2)), compiled(2));
        assert_eq!(active(&registry), Some(2));
    }
}
