//! The form of all records, and how those of a kind are gone through.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::store::{Record, Store, StoreFailure};

/// The form that records are written in; a later one must still read those of all earlier ones.
const FORM: u32 = 1;

/// How many records are asked for at a time.
const PAGE: usize = 100;

#[derive(Serialize, Deserialize)]
struct Stored<T> {
    form: u32,
    record: T,
}

/// Writes a record down.
pub(super) fn encode<T: Serialize>(record: &T) -> Result<Vec<u8>, StoreFailure> {
    serde_json::to_vec(&Stored { form: FORM, record }).map_err(|error| StoreFailure::Medium(error.to_string()))
}

/// Reads the record that stands under a key.
pub(super) fn decode<T: DeserializeOwned>(key: &str, record: &Record) -> Result<T, StoreFailure> {
    let stored: Option<Stored<T>> = serde_json::from_slice(&record.body).ok();
    let stored = stored.filter(|stored| stored.form == FORM);
    stored.map(|stored| stored.record).ok_or_else(|| StoreFailure::Damaged { key: key.to_owned() })
}

/// Shows all records whose keys begin so, in their order; in the place of a damaged one, what is wrong with it.
pub(super) fn for_each(
    store: &dyn Store,
    prefix: &str,
    mut show: impl FnMut(&str, Result<&Record, StoreFailure>),
) -> Result<(), StoreFailure> {
    let mut after: Option<String> = None;
    let mut most = PAGE;
    loop {
        match store.list(prefix, after.as_deref(), most) {
            Ok(page) => {
                let Some((last, _)) = page.last() else { return Ok(()) };
                after = Some(last.clone());
                page.iter().for_each(|(key, record)| show(key, Ok(record)));
            }
            // A page is refused whole: from here on one by one, so that only the damaged record is passed over.
            Err(StoreFailure::Damaged { .. }) if most > 1 => most = 1,
            Err(StoreFailure::Damaged { key }) if after.as_ref().is_none_or(|after| key > *after) => {
                show(&key, Err(StoreFailure::Damaged { key: key.clone() }));
                after = Some(key);
            }
            Err(failure) => return Err(failure),
        }
    }
}
