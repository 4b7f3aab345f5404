//! What the store holds about an owner: one erasable record, with everything that is known.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::profile::{self, Owner};
use crate::service::document::KeptDocument;
use crate::service::name::Name;
use crate::service::stored::{self, decode, encode};
use crate::store::{Change, CommitFailure, ERASABLE, Expected, Record, Store, StoreFailure, Write};
use crate::wire::Refusal;

/// Where the records stand, behind [`ERASABLE`].
const OWNERS: &str = "owners/";

/// An owner document as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct OwnerRecord {
    /// When it was put there.
    pub(super) updated_at: String,
    /// The document; its digest tells one from the other.
    pub(super) document: KeptDocument,
}

/// What is in memory of an owner document.
#[derive(Clone)]
pub(super) struct Known {
    /// The version of the record.
    pub(super) version: u64,
    pub(super) updated_at: String,
    pub(super) owner: Arc<Owner>,
}

/// What stands under an id; nothing is known of a record that is damaged.
pub(super) type Found = (Name, Option<Known>);

/// The records of all owners.
pub(super) struct OwnerRecords(Arc<dyn Store>);

impl OwnerRecords {
    pub(super) fn new(store: Arc<dyn Store>) -> Self {
        Self(store)
    }

    /// All owners, those too whose record is damaged.
    pub(super) fn all(&self) -> Result<Vec<Found>, StoreFailure> {
        let mut all = Vec::new();
        stored::for_each(&*self.0, &[ERASABLE, OWNERS].concat(), |key, record| {
            let Some(id) = key.strip_prefix(ERASABLE).and_then(|key| key.strip_prefix(OWNERS)).and_then(Name::parse)
            else {
                return;
            };
            let known = record.and_then(|record| known(&id, key, record)).ok();
            all.push((id, known));
        })?;
        Ok(all)
    }

    /// Reads the record of an owner.
    pub(super) fn read(&self, id: &Name) -> Result<Option<OwnerRecord>, StoreFailure> {
        let key = key(id);
        self.0.read(&key)?.map(|record| decode(&key, &record)).transpose()
    }

    /// Puts a record in the place of the one of this version, or where none is.
    pub(super) fn put(&self, id: &Name, before: Option<u64>, record: &OwnerRecord) -> Result<(), StoreFailure> {
        self.commit(id, before.map_or(Expected::Absent, Expected::Version), Change::Put(encode(record)?))
    }

    /// Erases the record of this version; a damaged one has none.
    pub(super) fn erase(&self, id: &Name, before: Option<u64>) -> Result<(), StoreFailure> {
        self.commit(id, before.map_or(Expected::Anything, Expected::Version), Change::Remove)
    }

    fn commit(&self, id: &Name, expected: Expected, change: Change) -> Result<(), StoreFailure> {
        match self.0.commit(vec![Write { key: key(id), expected, change }]) {
            Ok(()) => Ok(()),
            Err(CommitFailure::Store(failure)) => Err(failure),
            Err(CommitFailure::Conflict) => {
                Err(StoreFailure::Medium("another process changed the owner documents".to_owned()))
            }
        }
    }
}

/// Reads a document that was sent, and gives it with the owner whom it is about.
pub(in crate::service) fn read(id: &Name, document: &[u8]) -> Result<(Owner, KeptDocument), Refusal> {
    let read = profile::parse_owner(document)?;
    let document = KeptDocument::of(&read.document)?;
    Ok((Owner::new(id.to_string(), digest(&document), read.profile), document))
}

/// The digest of a document, as answers name it.
pub(super) fn digest(document: &KeptDocument) -> String {
    format!("sha256:{}", document.digest())
}

fn key(id: &Name) -> String {
    format!("{ERASABLE}{OWNERS}{id}")
}

fn known(id: &Name, key: &str, record: &Record) -> Result<Known, StoreFailure> {
    let kept: OwnerRecord = decode(key, record)?;
    let read = profile::parse_owner(kept.document.text().as_bytes());
    let profile = read.map_err(|_| StoreFailure::Damaged { key: key.to_owned() })?.profile;
    let owner = Owner::new(id.to_string(), digest(&kept.document), profile);
    Ok(Known { version: record.version, updated_at: kept.updated_at, owner: Arc::new(owner) })
}
