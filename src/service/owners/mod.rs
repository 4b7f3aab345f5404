//! Owner documents: the persons for whom profiles are judged, as they are listed, shown, replaced and erased.
//!
//! All of them are in memory, ready to judge for, so that judging asks the store for nothing. The store has no memory of
//! what was erased, so that a version alone cannot tell a document from another that was put after it was erased: one
//! change is decided and made at a time.

mod record;

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, TryLockError};

pub(in crate::service) use record::read;
use record::{Known, OwnerRecord, OwnerRecords, digest};

use crate::profile::Owner;
use crate::service::clock;
use crate::service::document::KeptDocument;
use crate::service::failure::OwnerFailure;
use crate::service::name::{Name, OwnerChoice};
use crate::service::page::Page;
use crate::service::precondition::Preconditions;
use crate::store::Store;

/// How many owner documents there may be: each takes memory.
const MOST_OWNERS: usize = 1000;

/// The owner documents of a store.
pub struct Owners {
    records: OwnerRecords,
    /// What stands under each id; nothing is known of a damaged document.
    known: RwLock<BTreeMap<Name, Option<Known>>>,
    /// Held while a change is decided and made.
    turn: Mutex<()>,
}

/// An owner document.
#[derive(Clone, Debug)]
pub struct ShownOwner {
    /// Its name.
    pub id: Name,
    /// `sha256:` and the digest of the document.
    pub digest: String,
    /// When it was put there.
    pub updated_at: String,
    /// What it says.
    pub document: KeptDocument,
}

/// An owner document in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedOwner {
    /// Its name.
    pub id: Name,
    /// Its digest and when it was put there, unless it is damaged.
    pub state: Option<(String, String)>,
}

impl Owners {
    /// Reads all owner documents of a store.
    ///
    /// One that is damaged is out of use until it is erased, and no error.
    ///
    /// # Errors
    /// What is wrong with the store.
    pub fn open(store: Arc<dyn Store>) -> Result<Self, OwnerFailure> {
        let records = OwnerRecords::new(store);
        let known: BTreeMap<_, _> = records.all()?.into_iter().collect();
        let damaged = known.values().filter(|known| known.is_none()).count();
        if damaged > 0 {
            log::error!(damaged; "owner documents are out of use; the list shows them without a digest");
        }
        Ok(Self { records, known: RwLock::new(known), turn: Mutex::default() })
    }

    /// The person for whom a request judges, if any; never blocks.
    ///
    /// # Errors
    /// [`OwnerFailure::Unknown`] when the one who is named does not exist; and when the document is damaged.
    pub fn find(&self, choice: &OwnerChoice) -> Result<Option<Arc<Owner>>, OwnerFailure> {
        let (id, usual) = match choice {
            OwnerChoice::Nobody => return Ok(None),
            OwnerChoice::Usual => (&Name::default(), true),
            OwnerChoice::Named(id) => (id, false),
        };
        match self.read().get(id) {
            None if usual => Ok(None),
            None => Err(OwnerFailure::Unknown),
            Some(None) => Err(OwnerFailure::damaged()),
            Some(Some(known)) => Ok(Some(Arc::clone(&known.owner))),
        }
    }

    /// Lists the owner documents after an id, at most `most`, the damaged ones too.
    pub fn list(&self, after: Option<&Name>, most: usize) -> Page<ListedOwner> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let state = |known: &Known| (known.owner.digest.clone(), known.updated_at.clone());
        let listed =
            |(id, known): (&Name, &Option<Known>)| ListedOwner { id: id.clone(), state: known.as_ref().map(state) };
        let all = self.read();
        let mut rest = all.range((from, Bound::Unbounded)).map(listed);
        let items: Vec<_> = rest.by_ref().take(most).collect();
        let next = items.last().filter(|_| rest.next().is_some()).map(|last| last.id.to_string());
        Page { items, next }
    }

    /// Shows an owner document.
    ///
    /// Waits for no turn: while the store does not answer, all who ask would wait one behind the other.
    ///
    /// # Errors
    /// See [`OwnerFailure`]; while the document is being changed, it may be unavailable.
    pub fn show(&self, id: &Name) -> Result<ShownOwner, OwnerFailure> {
        // A change may have been made between the two looks of the first attempt.
        for _ in 0..2 {
            if let Some(shown) = self.agreed(id)? {
                return Ok(shown);
            }
        }
        let _turn = match self.turn.try_lock() {
            Ok(turn) => turn,
            Err(TryLockError::Poisoned(turn)) => turn.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(OwnerFailure::changing()),
        };
        self.agreed(id)?.ok_or_else(OwnerFailure::unsynced)
    }

    /// Keeps an owner document, and tells whether there was none under that id; the same one again changes nothing.
    ///
    /// What it replaces is erased.
    ///
    /// # Errors
    /// See [`OwnerFailure`]; nothing is stored then, unless the failure says that it is not known.
    pub fn put(
        &self,
        id: &Name,
        document: &[u8],
        preconditions: &Preconditions,
    ) -> Result<(ShownOwner, bool), OwnerFailure> {
        let (owner, document) = read(id, document)?;
        let _turn = self.take_turn();
        let before = self.usable(id)?;
        require(preconditions, before.as_ref().map(|before| before.owner.digest.as_str()))?;
        if let Some(same) = before.as_ref().filter(|before| before.owner.digest == owner.digest) {
            return Ok((self.kept(id, same)?.ok_or_else(OwnerFailure::unsynced)?, false));
        }
        if before.is_none() && self.read().len() >= MOST_OWNERS {
            return Err(OwnerFailure::TooMany);
        }
        let shown = ShownOwner { id: id.clone(), digest: owner.digest.clone(), updated_at: clock::now(), document };
        let version = before.as_ref().map(|before| before.version);
        let record = OwnerRecord { updated_at: shown.updated_at.clone(), document: shown.document.clone() };
        self.records.put(id, version, &record)?;
        let version = version.map_or(1, |version| version.saturating_add(1));
        let known = Known { version, updated_at: record.updated_at, owner: Arc::new(owner) };
        self.write(|all| all.insert(id.clone(), Some(known)));
        Ok((shown, before.is_none()))
    }

    /// Erases an owner document: nothing of it is left in the store, or known to the service, when this returns.
    ///
    /// # Errors
    /// See [`OwnerFailure`].
    pub fn erase(&self, id: &Name, preconditions: &Preconditions) -> Result<(), OwnerFailure> {
        let _turn = self.take_turn();
        let before = self.existing(id)?;
        // A damaged one exists, in a state that nobody can name.
        require(preconditions, Some(before.as_ref().map_or("", |before| &before.owner.digest)))?;
        self.records.erase(id, before.map(|before| before.version))?;
        self.write(|all| all.remove(id));
        Ok(())
    }

    /// Waits until no change is being made.
    fn take_turn(&self) -> MutexGuard<'_, ()> {
        // The turn guards nothing that a panic could leave half done.
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of a document that exists; nothing, if it is damaged.
    fn existing(&self, id: &Name) -> Result<Option<Known>, OwnerFailure> {
        let known = self.read().get(id).cloned();
        match known {
            Some(known) => Ok(known),
            // A new one that could not be synced may be there after the next start.
            None if self.records.read(id)?.is_some() => Err(OwnerFailure::unsynced()),
            None => Err(OwnerFailure::Unknown),
        }
    }

    /// What is known of a document, if there is one; it is an error that it is damaged.
    fn usable(&self, id: &Name) -> Result<Option<Known>, OwnerFailure> {
        let known = self.read().get(id).cloned();
        known.map(|known| known.ok_or_else(OwnerFailure::damaged)).transpose()
    }

    /// A document that exists, unless the store keeps another than the one that is known.
    fn agreed(&self, id: &Name) -> Result<Option<ShownOwner>, OwnerFailure> {
        match self.usable(id)? {
            Some(known) => self.kept(id, &known),
            None if self.records.read(id)?.is_some() => Ok(None),
            None => Err(OwnerFailure::Unknown),
        }
    }

    /// A known document as the store keeps it, unless it keeps another: between two changes it does so only when one
    /// could not be synced.
    fn kept(&self, id: &Name, known: &Known) -> Result<Option<ShownOwner>, OwnerFailure> {
        // The document may be damaged in a way that its record does not show.
        let record = self.records.read(id)?.filter(|record| digest(&record.document) == known.owner.digest);
        Ok(record.map(|OwnerRecord { updated_at, document }| ShownOwner {
            id: id.clone(),
            digest: known.owner.digest.clone(),
            updated_at,
            document,
        }))
    }

    fn read(&self) -> RwLockReadGuard<'_, BTreeMap<Name, Option<Known>>> {
        // A change leaves the map whole even if the thread panicked.
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write<T>(&self, change: impl FnOnce(&mut BTreeMap<Name, Option<Known>>) -> T) {
        change(&mut self.known.write().unwrap_or_else(PoisonError::into_inner));
    }
}

fn require(preconditions: &Preconditions, digest: Option<&str>) -> Result<(), OwnerFailure> {
    if preconditions.hold(digest) { Ok(()) } else { Err(OwnerFailure::PreconditionFailed) }
}
