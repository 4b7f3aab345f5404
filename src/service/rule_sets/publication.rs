//! Publishing: a whole document, or a patch of the active one, becomes a revision.

use std::sync::{Arc, PoisonError};

use serde_json::Value;

use super::merge::merge;
use super::{RuleSets, ShownRevision, examination, require, writable};
use crate::ruleset::{CompiledRuleSet, Diagnostic, Severity};
use crate::service::builtin;
use crate::service::clock;
use crate::service::document::KeptDocument;
use crate::service::failure::RuleSetFailure;
use crate::service::name::Name;
use crate::service::precondition::Preconditions;
use crate::service::registry::{ReadyRuleSet, Slot};
use crate::service::rule_set_records::{Head, Revision, VersionedHead};
use crate::wire::{self, Complaint, REPEATED, Refusal};

/// What a publisher says beside the document.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Whether the revision is to judge at once.
    pub activate: bool,
    /// Who publishes.
    pub author: Option<String>,
    /// Why.
    pub message: Option<String>,
}

/// What came of publishing.
#[derive(Debug)]
pub struct Published {
    /// The revision: the new one, or the active one when the document was the same.
    pub shown: ShownRevision,
    /// Whether the rule set did not exist before.
    pub created: bool,
    /// What was found in the document; no errors.
    pub diagnostics: Vec<Diagnostic>,
}

/// A document that may be published.
struct Candidate {
    document: KeptDocument,
    digest: String,
    rules: Arc<CompiledRuleSet>,
    diagnostics: Vec<Diagnostic>,
}

impl RuleSets {
    /// Publishes a whole document, also under a new name, or under one that was deleted.
    ///
    /// # Errors
    /// See [`RuleSetFailure`]; nothing is stored then, unless the failure says that it is not known.
    pub fn publish(
        &self,
        name: &Name,
        document: &[u8],
        publication: &Publication,
        preconditions: &Preconditions,
    ) -> Result<Published, RuleSetFailure> {
        writable(name)?;
        self.publish_candidate(name, &self.candidate(document)?, publication, preconditions)
    }

    /// Publishes a copy of `builtin`, which the tests of this program have examined.
    pub(super) fn publish_builtin(&self, name: &Name, publication: &Publication) -> Result<(), RuleSetFailure> {
        let unusable = || RuleSetFailure::Unusable("`builtin`".to_owned());
        let document = KeptDocument::builtin().ok_or_else(unusable)?.clone();
        let (digest, rules) = (document.digest(), builtin::rules().ok_or_else(unusable)?);
        let candidate = Candidate { document, digest, rules, diagnostics: Vec::new() };
        self.publish_candidate(name, &candidate, publication, &Preconditions::default()).map(|_| ())
    }

    fn publish_candidate(
        &self,
        name: &Name,
        candidate: &Candidate,
        publication: &Publication,
        preconditions: &Preconditions,
    ) -> Result<Published, RuleSetFailure> {
        self.until_written(|| {
            let before = self.head(name)?;
            require(preconditions, before.as_ref())?;
            self.revise(name, before.as_ref(), candidate, publication)
        })
    }

    /// Merges a patch (RFC 7396) into the active document and publishes the outcome.
    ///
    /// # Errors
    /// See [`RuleSetFailure`]; pointers lead into the merged document.
    pub fn patch(
        &self,
        name: &Name,
        patch: &[u8],
        publication: &Publication,
        preconditions: &Preconditions,
    ) -> Result<Published, RuleSetFailure> {
        writable(name)?;
        let (patch, repeated) = wire::value_and_repeated(patch)?;
        if repeated.any {
            // Where is not told: nobody knows which keys of a patch may be repeated in an answer.
            return Err(Refusal::Invalid(vec![Complaint::new("", REPEATED)]).into());
        }
        if !patch.is_object() {
            // It would replace the whole document by what is none.
            return Err(Refusal::Invalid(vec![Complaint::new("", "is not of type object")]).into());
        }
        self.until_written(|| {
            let (before, active) = self.live(name)?;
            require(preconditions, Some(&before))?;
            let mut document: Value = serde_json::from_str(self.records.document(name, active)?.text())
                .map_err(|error| Refusal::syntax(&error))?;
            merge(&mut document, patch.clone());
            let candidate = self.candidate(document.to_string().as_bytes())?;
            self.revise(name, Some(&before), &candidate, publication)
        })
    }

    fn candidate(&self, document: &[u8]) -> Result<Candidate, RuleSetFailure> {
        let examined = examination::examine(document)?;
        let Some(rules) = examined.rules else {
            let errors = examined.diagnostics.into_iter().filter(|found| found.severity == Severity::Error);
            return Err(RuleSetFailure::Faulty(errors.collect()));
        };
        let document = KeptDocument::of(&examined.document)?;
        if document.text().len() > self.longest {
            return Err(RuleSetFailure::TooLarge(self.longest));
        }
        let digest = document.digest();
        Ok(Candidate { document, digest, rules: Arc::new(rules), diagnostics: examined.diagnostics })
    }

    fn revise(
        &self,
        name: &Name,
        before: Option<&VersionedHead>,
        candidate: &Candidate,
        publication: &Publication,
    ) -> Result<Option<Published>, RuleSetFailure> {
        let active = before.and_then(|before| before.head.active);
        if let Some((before, active)) = before.zip(active) {
            let revision = self.records.revision(name, active)?;
            if revision.digest == candidate.digest {
                return Ok(Some(candidate.published(name, revision, before, false)));
            }
        }
        if active.is_none() && !publication.activate {
            return Err(RuleSetFailure::NothingActive);
        }
        // A mutex that a panic poisoned guards as well as before.
        let naming = before.is_none().then(|| self.naming.lock().unwrap_or_else(PoisonError::into_inner));
        if naming.is_some() && !self.registry.has_room_for(name) {
            return Err(RuleSetFailure::TooMany);
        }
        let now = clock::now();
        let last = before.map_or(1, |before| before.head.last.saturating_add(1));
        let revision = candidate.revision(last, &now, publication);
        let head = Head { active: if publication.activate { Some(last) } else { active }, last, changed_at: now };
        let slot = Slot::filled(ReadyRuleSet::new(name.clone(), last, Arc::clone(&candidate.rules)));
        let kept = Some((&revision, &candidate.document));
        let written = self.commit(name, before, head, kept, Some(Arc::new(slot)))?;
        Ok(written.map(|written| candidate.published(name, revision, &written, active.is_none())))
    }
}

impl Candidate {
    fn revision(&self, number: u64, now: &str, publication: &Publication) -> Revision {
        Revision {
            revision: number,
            created_at: Some(now.to_owned()),
            author: publication.author.clone(),
            message: publication.message.clone(),
            digest: self.digest.clone(),
            size: self.document.text().len(),
        }
    }

    fn published(&self, name: &Name, revision: Revision, head: &VersionedHead, created: bool) -> Published {
        let active = head.head.active == Some(revision.revision);
        let (document, tag) = (self.document.clone(), head.tag());
        let shown = ShownRevision { name: name.clone(), revision, active, document, tag };
        Published { shown, created, diagnostics: self.diagnostics.clone() }
    }
}
