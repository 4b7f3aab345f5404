//! What happens to rule sets when the service starts.

use std::sync::{Arc, Mutex};

use super::RuleSets;
use super::publication::Publication;
use crate::service::document::KeptDocument;
use crate::service::failure::RuleSetFailure;
use crate::service::name::{Name, RuleSetChoice};
use crate::service::precondition::Preconditions;
use crate::service::registry::Registry;
use crate::service::rule_set_records::RuleSetRecords;
use crate::store::{LONGEST_BODY, Store};

impl RuleSets {
    /// Loads what is in a store, and sees to it that there is a `default`: the seed, or else a copy of `builtin`.
    ///
    /// `default` is compiled when this returns; [`Registry::hold_all`] reads the others. `longest` bounds the
    /// documents that are published from then on, in bytes. A seed is not looked at when there is a `default` already.
    ///
    /// # Errors
    /// What is wrong with the store or the seed; a damaged record puts its own rule set out of use and is no error.
    pub fn open(store: Arc<dyn Store>, seed: Option<&[u8]>, longest: usize) -> Result<Self, RuleSetFailure> {
        let records = RuleSetRecords::new(store);
        let registry = Registry::load(records.clone())?;
        // What the operator or the program puts there is bounded by the store alone.
        let rule_sets = Self { records, registry, longest: LONGEST_BODY, naming: Mutex::default() };
        rule_sets.begin_default(seed)?;
        Ok(Self { longest, ..rule_sets })
    }

    fn begin_default(&self, seed: Option<&[u8]>) -> Result<(), RuleSetFailure> {
        match self.registry.find(&RuleSetChoice::default()) {
            Err(RuleSetFailure::Unknown) => self.publish_first(seed),
            Err(failure) => {
                log::error!("`default` is out of use: {failure:?}");
                Ok(())
            }
            Ok(ready) => {
                self.tell_of_default(ready.name().revision, seed.is_some());
                Ok(())
            }
        }
    }

    /// Says what an operator may not expect of a `default` that was there already.
    fn tell_of_default(&self, active: u64, is_seeded: bool) {
        if is_seeded {
            log::info!("the seed is not used: there is a rule set `default` already");
        }
        let digest = self.records.revision(&Name::default(), active).map(|revision| revision.digest).ok();
        if digest != KeptDocument::builtin().map(KeptDocument::digest) {
            log::info!("`default` differs from `builtin`, the rules that come with this version");
        }
    }

    fn publish_first(&self, seed: Option<&[u8]>) -> Result<(), RuleSetFailure> {
        let publication =
            |message| Publication { activate: true, author: Some("entregent".to_owned()), message: Some(message) };
        match seed {
            Some(seed) => {
                let publication = publication("the seed of the first start".to_owned());
                self.publish(&Name::default(), seed, &publication, &Preconditions::default()).map(|_| ())
            }
            None => {
                let version = env!("CARGO_PKG_VERSION");
                let message = format!("copied from the built-in rules of version {version}");
                self.publish_builtin(&Name::default(), &publication(message))
            }
        }
    }
}
