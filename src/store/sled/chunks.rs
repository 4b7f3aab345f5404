//! How records lie in the tree: cut into chunks, each small enough for sled to keep in its log.
//!
//! ```text
//! 'h' key             the first chunk of the stored record
//! 'c' key 0 number    each further chunk; the number counts from 1, in two bytes, big-endian
//! 't'                 the tally
//! ```
//!
//! First chunks stand together, so that listing records does not pass over bodies. A key holds no zero byte, so that
//! the chunks of one are never taken for another's.
//!
//! Every loop over the tree ends at the first error: sled's iterators repeat an error for ever.

use std::time::Instant;

use ::sled::{Batch, Db, Error, IVec};

use super::tally::Tally;
use crate::store::record::{self, Head};
use crate::store::{Record, StoreFailure};

/// The longest chunk, in bytes.
///
/// sled moves a page of more than 128 KiB out of its log into a file that it neither syncs nor frees. It splits a page
/// by the number of its entries, after the sixteenth, and joins small neighbours; thirty chunks of this length fit.
const CHUNK: usize = 4096;

const TALLY: &[u8] = b"t";

/// Reads one record.
pub(super) fn read(db: &Db, key: &str) -> Result<Option<Record>, StoreFailure> {
    let first = db.get(first_key(key)).map_err(|error| failure(&error, key))?;
    first.map(|first| assemble(db, key, &first)).transpose()
}

/// Reads what a writer must know of the record that stands under a key.
pub(super) fn head(db: &Db, key: &str) -> Result<Option<Head>, StoreFailure> {
    let first = db.get(first_key(key)).map_err(|error| failure(&error, key))?;
    first.map(|first| record::head(&first).ok_or_else(|| damaged(key))).transpose()
}

/// Lists records as [`Store::list`](crate::store::Store::list) does, if that can be done in time.
pub(super) fn list(
    db: &Db,
    prefix: &str,
    after: Option<&str>,
    most: usize,
    until: Instant,
) -> Result<Vec<(String, Record)>, StoreFailure> {
    let from = match after.filter(|&after| after >= prefix) {
        // The least key after this one is this one with a zero byte.
        Some(after) => [&first_key(after)[..], &[0]].concat(),
        None => first_key(prefix),
    };
    let mut listed = Vec::new();
    if most == 0 {
        return Ok(listed);
    }
    for entry in db.range(from..b"i".to_vec()) {
        let (entry, first) = entry.map_err(|error| failure(&error, prefix))?;
        let key = key_of(&entry).ok_or_else(|| damaged(prefix))?;
        if !key.starts_with(prefix) {
            break;
        }
        listed.push((key.to_owned(), assemble(db, key, &first)?));
        if listed.len() == most {
            break;
        }
        // The writer waits, and must not wait for longer than those who wait for it.
        if Instant::now() > until {
            return Err(StoreFailure::TimedOut);
        }
    }
    Ok(listed)
}

/// Reads everything, and tells what the store holds, if that is what its tally says.
///
/// # Errors
/// What is damaged, in words.
pub(super) fn verify(db: &Db) -> Result<Tally, String> {
    let tally = tally(db).map_err(|failure| failure.to_string())?;
    let (mut found, mut chunks) = (Tally { groups: tally.groups, ..Tally::default() }, 0);
    for entry in db.range(b"h".to_vec()..b"i".to_vec()) {
        let (entry, first) = entry.map_err(|error| format!("the records cannot be listed: {error}"))?;
        let key = key_of(&entry).ok_or("a record has no readable key")?;
        assemble(db, key, &first).map_err(|failure| failure.to_string())?;
        let head = record::head(&first).ok_or_else(|| damaged(key).to_string())?;
        found.add(head);
        chunks += further_chunks(head.length);
    }
    for entry in db.range(b"c".to_vec()..b"d".to_vec()) {
        entry.map_err(|error| format!("the chunks cannot be listed: {error}"))?;
        chunks = chunks.checked_sub(1).ok_or("there are chunks that belong to no record")?;
    }
    if found == tally { Ok(tally) } else { Err("the records are not those that were written".to_owned()) }
}

/// Reads the tally; that of a store nothing was written to, if there is none.
pub(super) fn tally(db: &Db) -> Result<Tally, StoreFailure> {
    let stored = db.get(TALLY).map_err(|error| failure(&error, "tally"))?;
    stored.map_or(Ok(Tally::default()), |stored| Tally::decode(&stored).ok_or_else(|| damaged("tally")))
}

/// Adds a record to a batch, in the place of the one that stands under its key.
pub(super) fn put(batch: &mut Batch, key: &str, stored: &[u8], before: Option<Head>) {
    let mut chunks = stored.chunks(CHUNK);
    batch.insert(first_key(key), chunks.next().unwrap_or_default());
    for (number, chunk) in (1..).zip(chunks) {
        batch.insert(chunk_key(key, number), chunk);
    }
    let before = before.map_or(0, |before| further_chunks(before.length));
    for number in further_chunks(stored.len()) + 1..=before {
        batch.remove(chunk_key(key, number));
    }
}

/// Adds the removal of the record that stands under a key.
pub(super) fn remove(batch: &mut Batch, key: &str, before: Head) {
    batch.remove(first_key(key));
    for number in 1..=further_chunks(before.length) {
        batch.remove(chunk_key(key, number));
    }
}

/// Adds the tally as it is once the batch is written.
pub(super) fn put_tally(batch: &mut Batch, tally: Tally) {
    batch.insert(TALLY, tally.encode());
}

/// Puts a record together from its chunks.
fn assemble(db: &Db, key: &str, first: &[u8]) -> Result<Record, StoreFailure> {
    let length = record::head(first).ok_or_else(|| damaged(key))?.length;
    let mut stored = first.to_vec();
    for number in 1..=further_chunks(length) {
        let chunk = db.get(chunk_key(key, number)).map_err(|error| failure(&error, key))?;
        stored.extend_from_slice(&chunk.ok_or_else(|| damaged(key))?);
    }
    record::decode(key, &stored).ok_or_else(|| damaged(key))
}

/// How many chunks a stored record has beside the first.
fn further_chunks(length: usize) -> usize {
    length.div_ceil(CHUNK).saturating_sub(1)
}

fn first_key(key: &str) -> Vec<u8> {
    [b"h", key.as_bytes()].concat()
}

/// The bounds of the port keep the number within two bytes.
fn chunk_key(key: &str, number: usize) -> Vec<u8> {
    let [.., high, low] = number.to_be_bytes();
    [b"c", key.as_bytes(), &[0, high, low]].concat()
}

/// The key of a first chunk's entry.
fn key_of(entry: &IVec) -> Option<&str> {
    str::from_utf8(entry.get(1..)?).ok()
}

fn damaged(key: &str) -> StoreFailure {
    StoreFailure::Damaged { key: key.to_owned() }
}

fn failure(error: &Error, key: &str) -> StoreFailure {
    match error {
        Error::Corruption { .. } => damaged(key),
        error => StoreFailure::Medium(error.to_string()),
    }
}
