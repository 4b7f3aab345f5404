//! What the store holds about rule sets: three kinds of records, and the keys they stand under.
//!
//! `rule-sets/{name}` is the head, which says what is active; it is never removed, so that its version counts every
//! accepted write. `revisions/{name}/{number}` tells of a revision, `documents/{name}/{number}` is its document; both
//! are written once. A reader that knows the head's version therefore knows everything else.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::service::document::KeptDocument;
use crate::service::name::Name;
use crate::service::stored::{self, decode, encode};
use crate::store::{Change, CommitFailure, Expected, Record, Store, StoreFailure, Write};

const HEADS: &str = "rule-sets/";

/// What is active under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The active revision; none once the rule set is deleted.
    pub active: Option<u64>,
    /// The highest revision that was ever given out.
    pub last: u64,
    /// When the head was last written.
    pub changed_at: String,
}

/// What is told of a revision beside its document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The number, from 1; none is given out twice.
    pub revision: u64,
    /// When it was published; none for the rules that come with the binary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// Who published it, as they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Why, as they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// SHA-256 of the document as it is kept, in hexadecimal digits.
    pub digest: String,
    /// The length of the document as it is kept, in bytes.
    pub size: usize,
}

/// A head with its version in the store.
#[derive(Clone, Debug)]
pub(super) struct VersionedHead {
    pub(super) version: u64,
    pub(super) head: Head,
}

impl VersionedHead {
    /// The opaque part of the entity tag.
    pub(super) fn tag(&self) -> String {
        self.version.to_string()
    }
}

/// What stands under a name: its head, or what is wrong with it.
pub(super) type Found = (Name, Result<VersionedHead, StoreFailure>);

/// The records of all rule sets.
#[derive(Clone)]
pub(super) struct RuleSetRecords(Arc<dyn Store>);

impl RuleSetRecords {
    pub(super) fn new(store: Arc<dyn Store>) -> Self {
        Self(store)
    }

    /// The head of a name that was ever used.
    pub(super) fn head(&self, name: &Name) -> Result<Option<VersionedHead>, StoreFailure> {
        let key = head_key(name);
        self.0.read(&key)?.map(|record| read_head(&key, &record)).transpose()
    }

    /// All heads in the order of their names; in the place of a damaged one, what is wrong with it.
    pub(super) fn heads(&self) -> Result<Vec<Found>, StoreFailure> {
        let mut heads = Vec::new();
        stored::for_each(&*self.0, HEADS, |key, record| {
            let head = record.and_then(|record| read_head(key, record));
            heads.extend(name_of(key).map(|name| (name, head)));
        })?;
        Ok(heads)
    }

    /// What is told of a revision that a head speaks of.
    pub(super) fn revision(&self, name: &Name, number: u64) -> Result<Revision, StoreFailure> {
        let key = revision_key(name, number);
        decode(&key, &self.present(&key)?)
    }

    /// The document of a revision that a head speaks of.
    pub(super) fn document(&self, name: &Name, number: u64) -> Result<KeptDocument, StoreFailure> {
        let key = document_key(name, number);
        let text = String::from_utf8(self.present(&key)?.body).ok();
        text.and_then(|text| KeptDocument::read(text).ok()).ok_or(StoreFailure::Damaged { key })
    }

    /// Writes a head in the place of the one that was read, and a revision if there is a new one, in one group.
    ///
    /// `false` when somebody else wrote in between; nothing is written then.
    pub(super) fn commit(
        &self,
        name: &Name,
        before: Option<&VersionedHead>,
        head: &Head,
        revision: Option<(&Revision, &KeptDocument)>,
    ) -> Result<bool, StoreFailure> {
        let expected = before.map_or(Expected::Absent, |before| Expected::Version(before.version));
        let mut group = vec![Write { key: head_key(name), expected, change: Change::Put(encode(head)?) }];
        if let Some((revision, document)) = revision {
            let number = revision.revision;
            let put = |key, body| Write { key, expected: Expected::Absent, change: Change::Put(body) };
            group.push(put(revision_key(name, number), encode(revision)?));
            group.push(put(document_key(name, number), document.text().as_bytes().to_vec()));
        }
        match self.0.commit(group) {
            Ok(()) => Ok(true),
            Err(CommitFailure::Conflict) => Ok(false),
            Err(CommitFailure::Store(failure)) => Err(failure),
        }
    }

    /// Returns once what was read of a head is known to be durable, or to have been replaced by what is.
    ///
    /// What can be read may be what a failed sync left behind. Only who writes learns of that, even if it is nothing.
    pub(super) fn settle(&self, name: &Name, head: &VersionedHead) -> Result<(), StoreFailure> {
        let expected = Expected::Version(head.version);
        match self.0.commit(vec![Write { key: head_key(name), expected, change: Change::Keep }]) {
            Ok(()) | Err(CommitFailure::Conflict) => Ok(()),
            Err(CommitFailure::Store(failure)) => Err(failure),
        }
    }

    /// A record that must be there, because another one speaks of it.
    fn present(&self, key: &str) -> Result<Record, StoreFailure> {
        self.0.read(key)?.ok_or_else(|| StoreFailure::Damaged { key: key.to_owned() })
    }
}

fn head_key(name: &Name) -> String {
    format!("{HEADS}{name}")
}

fn revision_key(name: &Name, number: u64) -> String {
    format!("revisions/{name}/{number:010}")
}

fn document_key(name: &Name, number: u64) -> String {
    format!("documents/{name}/{number:010}")
}

fn name_of(key: &str) -> Option<Name> {
    key.strip_prefix(HEADS).and_then(Name::parse)
}

fn read_head(key: &str, record: &Record) -> Result<VersionedHead, StoreFailure> {
    Ok(VersionedHead { version: record.version, head: decode(key, record)? })
}
