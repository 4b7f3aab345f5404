//! One revision of a rule set: compiled once, by whoever needs it first.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::ruleset::{self, CompiledRuleSet};
use crate::scoring::RuleSetName;
use crate::service::builtin;
use crate::service::document::KeptDocument;
use crate::service::failure::RuleSetFailure;
use crate::service::name::Name;
use crate::service::rule_set_records::RuleSetRecords;

/// One revision of a rule set, ready to judge.
pub struct ReadyRuleSet {
    name: Name,
    revision: u64,
    rules: Arc<CompiledRuleSet>,
}

impl ReadyRuleSet {
    /// Makes rules the given revision of a name.
    pub fn new(name: Name, revision: u64, rules: Arc<CompiledRuleSet>) -> Self {
        Self { name, revision, rules }
    }

    /// The compiled rules.
    pub fn rules(&self) -> &CompiledRuleSet {
        &self.rules
    }

    /// The name that answers quote.
    pub fn name(&self) -> RuleSetName<'_> {
        RuleSetName { name: self.name.as_str(), revision: self.revision }
    }
}

/// The place of one revision in memory, empty until it is compiled.
pub(in crate::service) struct Slot {
    name: Name,
    revision: u64,
    ready: OnceLock<Arc<ReadyRuleSet>>,
    /// The document, when it was read before it is needed; locked while somebody compiles.
    held: Mutex<Option<KeptDocument>>,
}

impl Slot {
    /// A place that is filled when it is needed.
    pub(super) fn empty(name: Name, revision: u64) -> Self {
        Self { name, revision, ready: OnceLock::new(), held: Mutex::default() }
    }

    /// A place for rules that are compiled already.
    pub(in crate::service) fn filled(rule_set: ReadyRuleSet) -> Self {
        let empty = Self::empty(rule_set.name.clone(), rule_set.revision);
        Self { ready: OnceLock::from(Arc::new(rule_set)), ..empty }
    }

    /// Whether this is the place of that revision.
    pub(super) fn is_of(&self, name: &Name, revision: u64) -> bool {
        self.revision == revision && self.name == *name
    }

    /// The rules, when they are compiled.
    pub(super) fn ready(&self) -> Option<Arc<ReadyRuleSet>> {
        self.ready.get().cloned()
    }

    /// This place, filled with what another one of the same revision holds, if it is empty itself.
    pub(super) fn or_filled_by(self: Arc<Self>, other: Option<&Self>) -> Arc<Self> {
        if let Some(ready) = other.and_then(Self::ready) {
            // Whoever was first compiled the same document.
            self.ready.set(ready).ok();
        }
        self
    }

    /// The rules; reads and compiles them first if nobody has. Who comes meanwhile waits for the same result.
    pub(in crate::service) fn fill(&self, records: &RuleSetRecords) -> Result<Arc<ReadyRuleSet>, RuleSetFailure> {
        let mut held = self.lock();
        if let Some(ready) = self.ready() {
            return Ok(ready);
        }
        let rules = self.rules(held.as_ref(), records)?.ok_or_else(|| self.unusable())?;
        *held = None;
        let ready = || Arc::new(ReadyRuleSet::new(self.name.clone(), self.revision, rules));
        Ok(Arc::clone(self.ready.get_or_init(ready)))
    }

    /// Reads the document into memory, unless it is there or not needed any more, so that [`Self::fill`] needs no store.
    pub(super) fn hold(&self, records: &RuleSetRecords) -> Result<(), RuleSetFailure> {
        let mut held = self.lock();
        if held.is_none() && self.ready().is_none() {
            *held = Some(records.document(&self.name, self.revision)?);
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Option<KeptDocument>> {
        // Nothing is left half done when the thread that held this panicked.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The compiled rules; none when the document is not, or not any more, one that can be compiled.
    fn rules(
        &self,
        held: Option<&KeptDocument>,
        records: &RuleSetRecords,
    ) -> Result<Option<Arc<CompiledRuleSet>>, RuleSetFailure> {
        if self.name.is_builtin() {
            return Ok(builtin::rules());
        }
        match held {
            Some(document) => Ok(compile(document)),
            None => Ok(compile(&records.document(&self.name, self.revision)?)),
        }
    }

    fn unusable(&self) -> RuleSetFailure {
        RuleSetFailure::Unusable(format!("revision {} of `{}` cannot be compiled", self.revision, self.name))
    }
}

/// Compiles a document; a copy of `builtin`, as `default` is at first, shares its rules.
fn compile(document: &KeptDocument) -> Option<Arc<CompiledRuleSet>> {
    if KeptDocument::builtin().is_some_and(|builtin| builtin.text() == document.text()) {
        return builtin::rules();
    }
    let document = ruleset::parse_unbounded(document.text().as_bytes()).ok()?;
    ruleset::compile(&document).rule_set.map(Arc::new)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{KeptDocument, builtin, compile};

    #[test]
    fn a_copy_of_the_builtin_rules_shares_them_and_another_document_does_not() {
        let (rules, copy) = (builtin::rules().unwrap(), KeptDocument::builtin().unwrap().clone());
        assert!(Arc::ptr_eq(&rules, &compile(&copy).unwrap()));
        let other = copy.text().replace("\"margin\":10", "\"margin\":9");
        let other = compile(&KeptDocument::read(other).unwrap()).unwrap();
        assert_eq!((rules.rules().margin, other.rules().margin), (10, 9));
    }
}
