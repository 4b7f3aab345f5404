//! Rule sets as they are listed, shown, changed, rolled back and deleted.
//!
//! A change reads the head, decides, and commits with the head's version as its expectation: what was decided holds for
//! the very state that is written over. When somebody else was faster, everything is decided anew. So the conditions of
//! a writer are linearizable, and a writer without conditions never fails for the others' sake.
//!
//! A head that nobody acknowledged, because its sync failed, can be read from the store all the same. Nothing is shown,
//! decided or acknowledged by such a head.

pub mod examination;
mod merge;
pub mod publication;
mod start;

use std::sync::{Arc, Mutex};

use crate::evaluation::{self, Report};
use crate::service::clock;
use crate::service::document::KeptDocument;
use crate::service::failure::{KeepingFailure, RuleSetFailure};
use crate::service::name::{Name, RuleSetChoice};
use crate::service::page::Page;
use crate::service::precondition::Preconditions;
use crate::service::registry::{Listed, Registry, Slot};
use crate::service::rule_set_records::{Head, Revision, RuleSetRecords, VersionedHead};

/// How often a change is decided anew. Each time somebody else's change was made, so this many writers may race.
const MOST_ATTEMPTS: usize = 1000;

/// All rule sets: those in the store, and what of them is in memory.
pub struct RuleSets {
    records: RuleSetRecords,
    registry: Registry,
    /// The longest document that is kept, in bytes.
    longest: usize,
    /// Held while a new name is made, so that no more fit in than there may be.
    naming: Mutex<()>,
}

/// One revision of a rule set.
#[derive(Clone, Debug)]
pub struct ShownRevision {
    /// The rule set.
    pub name: Name,
    /// What is told of the revision.
    pub revision: Revision,
    /// Whether it is the one that judges.
    pub active: bool,
    /// The document.
    pub document: KeptDocument,
    /// The opaque part of the rule set's entity tag: it differs after every change to the name.
    pub tag: String,
}

impl RuleSets {
    /// Measures a revision on labelled profiles, one a line.
    ///
    /// # Errors
    /// See [`RuleSetFailure`].
    pub fn evaluate(&self, name: Name, revision: u64, lines: &[u8]) -> Result<Report, RuleSetFailure> {
        let rule_set = self.registry.find(&RuleSetChoice { name, revision: Some(revision) })?;
        Ok(evaluation::evaluate(rule_set.rules(), clock::today(), lines, || {}))
    }

    /// What is in memory.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Lists the rule sets that exist after a name, at most `most`; those whose record is damaged are left out.
    pub fn list(&self, after: Option<&Name>, most: usize) -> Page<Listed> {
        let mut items = self.registry.list(after, most.saturating_add(1));
        let more = items.len() > most;
        items.truncate(most);
        let next = items.last().filter(|_| more).map(|last| last.name.to_string());
        Page { items, next }
    }

    /// The active revision of a rule set.
    ///
    /// # Errors
    /// See [`RuleSetFailure`].
    pub fn show(&self, name: &Name) -> Result<ShownRevision, RuleSetFailure> {
        if name.is_builtin() {
            return builtin();
        }
        let (head, active) = self.live(name)?;
        self.shown(name, &head, active)
    }

    /// One revision of a rule set.
    ///
    /// # Errors
    /// See [`RuleSetFailure`].
    pub fn show_revision(&self, name: &Name, number: u64) -> Result<ShownRevision, RuleSetFailure> {
        if name.is_builtin() {
            return if number == 1 { builtin() } else { Err(RuleSetFailure::Unknown) };
        }
        let (head, _) = self.live(name)?;
        known(&head.head, number)?;
        self.shown(name, &head, number)
    }

    /// Lists what is told of the revisions of a rule set, and which is active: the newest first, those below a number.
    ///
    /// # Errors
    /// See [`RuleSetFailure`].
    pub fn revisions(
        &self,
        name: &Name,
        below: Option<u64>,
        most: usize,
    ) -> Result<Page<(Revision, bool)>, RuleSetFailure> {
        if name.is_builtin() {
            return builtin().map(|shown| Page { items: vec![(shown.revision, true)], next: None });
        }
        let (head, active) = self.live(name)?;
        let highest = below.map_or(head.head.last, |below| below.saturating_sub(1).min(head.head.last));
        let read = |number| Ok((self.records.revision(name, number)?, number == active));
        let items: Vec<_> = (1..=highest).rev().take(most).map(read).collect::<Result<_, RuleSetFailure>>()?;
        let lowest = items.last().map(|(revision, _)| revision.revision);
        Ok(Page { items, next: lowest.filter(|&lowest| lowest > 1).map(|lowest| lowest.to_string()) })
    }

    /// Makes an earlier or an inactive revision the active one; it is compiled first.
    ///
    /// # Errors
    /// See [`RuleSetFailure`].
    pub fn activate(
        &self,
        name: &Name,
        number: u64,
        preconditions: &Preconditions,
    ) -> Result<ShownRevision, RuleSetFailure> {
        writable(name)?;
        self.until_written(|| {
            let (before, active) = self.live(name)?;
            known(&before.head, number)?;
            require(preconditions, Some(&before))?;
            if number == active {
                return self.shown(name, &before, active).map(Some);
            }
            let slot = self.registry.pinned(name, number);
            slot.fill(&self.records)?;
            // Read before the commit: a write that was made is not answered with a failure to read.
            let shown = self.shown(name, &before, number)?;
            let head = Head { active: Some(number), changed_at: clock::now(), ..before.head.clone() };
            let written = self.commit(name, Some(&before), head, None, Some(slot))?;
            Ok(written.map(|written| ShownRevision { active: true, tag: written.tag(), ..shown }))
        })
    }

    /// Deletes a rule set: nothing is judged by it any more. Its history stays, and goes on when it is published again.
    ///
    /// # Errors
    /// See [`RuleSetFailure`].
    pub fn delete(&self, name: &Name, preconditions: &Preconditions) -> Result<(), RuleSetFailure> {
        writable(name)?;
        if name.is_default() {
            let reason = "`default` judges for everybody who names no rule set: it can be changed, not deleted";
            return Err(RuleSetFailure::Protected(reason));
        }
        self.until_written(|| {
            let (before, _) = self.live(name)?;
            require(preconditions, Some(&before))?;
            let head = Head { active: None, changed_at: clock::now(), ..before.head.clone() };
            Ok(self.commit(name, Some(&before), head, None, None)?.map(|_| ()))
        })
    }

    /// Repeats a change until nobody else was faster.
    fn until_written<T>(&self, change: impl Fn() -> Result<Option<T>, RuleSetFailure>) -> Result<T, RuleSetFailure> {
        for _ in 0..MOST_ATTEMPTS {
            if let Some(done) = change()? {
                return Ok(done);
            }
        }
        Err(RuleSetFailure::Keeping(KeepingFailure::Unavailable("too many writers at once".to_owned())))
    }

    /// Commits a change of a head, and puts it into effect; `None` when somebody else was faster.
    fn commit(
        &self,
        name: &Name,
        before: Option<&VersionedHead>,
        head: Head,
        revision: Option<(&Revision, &KeptDocument)>,
        slot: Option<Arc<Slot>>,
    ) -> Result<Option<VersionedHead>, RuleSetFailure> {
        if !self.records.commit(name, before, &head, revision)? {
            return Ok(None);
        }
        let version = before.map_or(1, |before| before.version.saturating_add(1));
        let written = VersionedHead { version, head };
        self.registry.swap(name, &written, slot);
        let active = written.head.active.unwrap_or(0);
        log::info!(rule_set = name.as_str(), active, last = written.head.last, version; "rule set changed");
        Ok(Some(written))
    }

    /// The head of a name that was ever used; one that is not in effect yet, only if the store stands by it.
    fn head(&self, name: &Name) -> Result<Option<VersionedHead>, RuleSetFailure> {
        let head = self.records.head(name)?;
        if let Some(newer) = head.as_ref().filter(|head| self.registry.version(name) < Some(head.version)) {
            self.records.settle(name, newer)?;
        }
        Ok(head)
    }

    /// The head of a rule set that exists, and its active revision.
    fn live(&self, name: &Name) -> Result<(VersionedHead, u64), RuleSetFailure> {
        let head = self.head(name)?.ok_or(RuleSetFailure::Unknown)?;
        let active = head.head.active.ok_or(RuleSetFailure::Deleted)?;
        Ok((head, active))
    }

    fn shown(&self, name: &Name, head: &VersionedHead, number: u64) -> Result<ShownRevision, RuleSetFailure> {
        Ok(ShownRevision {
            name: name.clone(),
            revision: self.records.revision(name, number)?,
            active: head.head.active == Some(number),
            document: self.records.document(name, number)?,
            tag: head.tag(),
        })
    }
}

fn builtin() -> Result<ShownRevision, RuleSetFailure> {
    let document = KeptDocument::builtin().ok_or_else(|| RuleSetFailure::Unusable("`builtin`".to_owned()))?;
    let digest = document.digest();
    Ok(ShownRevision {
        name: Name::builtin(),
        revision: Revision {
            revision: 1,
            created_at: None,
            author: None,
            message: None,
            digest: digest.clone(),
            size: document.text().len(),
        },
        active: true,
        document: document.clone(),
        tag: digest,
    })
}

fn writable(name: &Name) -> Result<(), RuleSetFailure> {
    if name.is_check() {
        return Err(RuleSetFailure::Unknown);
    }
    if name.is_builtin() {
        return Err(RuleSetFailure::Protected("`builtin` comes with the program; publish a copy under another name"));
    }
    Ok(())
}

fn known(head: &Head, number: u64) -> Result<(), RuleSetFailure> {
    if (1..=head.last).contains(&number) { Ok(()) } else { Err(RuleSetFailure::Unknown) }
}

fn require(preconditions: &Preconditions, head: Option<&VersionedHead>) -> Result<(), RuleSetFailure> {
    let current = head.filter(|head| head.head.active.is_some()).map(VersionedHead::tag);
    if preconditions.hold(current.as_deref()) { Ok(()) } else { Err(RuleSetFailure::PreconditionFailed) }
}
