//! The stored form of records: what an adapter that keeps bytes writes, and knows again as undamaged.
//!
//! ```text
//! sealed = checksum (16 bytes) | content
//! record = sealed under its key: format (1 byte) | version (8) | length of the body (8) | body
//! ```
//!
//! Numbers are big-endian. The checksum is the first half of the SHA-256 of the name, a zero byte and the content: as
//! the name is part of it, a record that turns up under another key is damage like any other. Every past form must be
//! read for ever; `tests/recorded/` holds one store of each.

use sha2::{Digest as _, Sha256};

use super::Record;

/// The bytes of a stored record that stand before its body.
pub(super) const HEAD: usize = CHECKSUM + 1 + 8 + 8;

const CHECKSUM: usize = 16;
const FORMAT: u8 = 1;

/// What the first [`HEAD`] bytes of a stored record tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The checksum, which also serves as the record's fingerprint.
    pub(super) checksum: u128,
    /// The version.
    pub(super) version: u64,
    /// The length of the whole stored form.
    pub(super) length: usize,
}

/// Puts the checksum of `name` and `content` before the content.
pub(super) fn seal(name: &str, content: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(CHECKSUM + content.len());
    sealed.extend_from_slice(&checksum(name, content).to_be_bytes());
    sealed.extend_from_slice(content);
    sealed
}

/// Gives the content back, or nothing if it is not what was sealed under this name.
pub(super) fn unseal<'a>(name: &str, sealed: &'a [u8]) -> Option<&'a [u8]> {
    let (expected, content) = sealed.split_first_chunk()?;
    (checksum(name, content) == u128::from_be_bytes(*expected)).then_some(content)
}

/// Writes a record down.
pub(super) fn encode(key: &str, record: &Record) -> Vec<u8> {
    let mut content = Vec::with_capacity(HEAD - CHECKSUM + record.body.len());
    content.push(FORMAT);
    content.extend_from_slice(&record.version.to_be_bytes());
    content.extend_from_slice(&(record.body.len() as u64).to_be_bytes());
    content.extend_from_slice(&record.body);
    seal(key, &content)
}

/// Reads the head of a stored record; what it tells is not verified, for that takes the body.
pub(super) fn head(stored: &[u8]) -> Option<Head> {
    let (checksum, content) = stored.split_first_chunk()?;
    let (version, length, _) = fields(content)?;
    Some(Head { checksum: u128::from_be_bytes(*checksum), version, length: HEAD.checked_add(length)? })
}

/// Reads a stored record, or nothing if it is not what was written under this key.
pub(super) fn decode(key: &str, stored: &[u8]) -> Option<Record> {
    let (version, length, body) = fields(unseal(key, stored)?)?;
    (body.len() == length).then(|| Record { version, body: body.to_vec() })
}

/// Takes the content of a record apart: version, length of the body, what follows.
fn fields(content: &[u8]) -> Option<(u64, usize, &[u8])> {
    let content = content.strip_prefix(&[FORMAT])?;
    let (version, content) = content.split_first_chunk()?;
    let (length, body) = content.split_first_chunk()?;
    Some((u64::from_be_bytes(*version), usize::try_from(u64::from_be_bytes(*length)).ok()?, body))
}

fn checksum(name: &str, content: &[u8]) -> u128 {
    let digest = Sha256::new().chain_update(name).chain_update([0]).chain_update(content).finalize();
    digest.iter().take(CHECKSUM).fold(0, |sum, byte| (sum << 8) | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back() {
        for body in [&b""[..], b"{}", &[0; 70_000]] {
            let record = Record { version: 7, body: body.to_vec() };
            let stored = encode("rule-sets/default", &record);
            assert_eq!(decode("rule-sets/default", &stored), Some(record));
            let head = head(&stored).unwrap();
            assert_eq!((head.version, head.length), (7, stored.len()));
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let stored = encode("a", &Record { version: 1, body: b"body".to_vec() });
        for bit in 0..stored.len() * 8 {
            let mut flipped = stored.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(decode("a", &flipped), None, "bit {bit}");
        }
    }

    #[test]
    fn a_record_cut_short_lengthened_or_moved_is_noticed() {
        let stored = encode("a", &Record { version: 1, body: b"body".to_vec() });
        for length in 0..stored.len() {
            assert_eq!(decode("a", &stored[..length]), None, "cut at {length}");
        }
        assert_eq!(decode("a", &[&stored[..], &[0]].concat()), None);
        assert_eq!(decode("b", &stored), None);
    }

    /// Holds the form itself still: a store written today must be read for ever.
    #[test]
    fn the_form_is_what_it_was() {
        let stored = encode("a", &Record { version: 2, body: b"b".to_vec() });
        let hex: String = stored.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "0f6ba62cdd89d2a90b973a32ad5f45f7010000000000000002000000000000000162");
    }
}
