//! What the store must hold, so that a loss shows.
//!
//! A checksum shows that a record is not what was written; it cannot show that a record is gone, or that the log lost
//! its end. sled takes a flipped bit near the end of its log for the trace of a crash, and drops what stands after it
//! without a word. The tally, written in the same batch as the records that it counts, and the number of groups
//! acknowledged, kept beside the log, show both.

use crate::store::record::{self, Head};

const FORMAT: u8 = 1;
const NAME: &str = " tally";

/// Counts and sums over all records of a store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// How many groups were ever written.
    pub(super) groups: u64,
    /// How many records there are.
    pub(super) records: u64,
    /// The sum of their checksums, modulo 2^128.
    pub(super) sum: u128,
}

impl Tally {
    /// Counts a record in.
    pub(super) fn add(&mut self, head: Head) {
        self.records = self.records.wrapping_add(1);
        self.sum = self.sum.wrapping_add(head.checksum);
    }

    /// Counts a record out.
    pub(super) fn subtract(&mut self, head: Head) {
        self.records = self.records.wrapping_sub(1);
        self.sum = self.sum.wrapping_sub(head.checksum);
    }

    /// Writes the tally down: format (1 byte), groups (8), records (8), sum (16), sealed.
    pub(super) fn encode(self) -> Vec<u8> {
        let content =
            [&[FORMAT][..], &self.groups.to_be_bytes(), &self.records.to_be_bytes(), &self.sum.to_be_bytes()].concat();
        record::seal(NAME, &content)
    }

    /// Reads a tally, or nothing if it is not what was written.
    pub(super) fn decode(stored: &[u8]) -> Option<Self> {
        let content = record::unseal(NAME, stored)?.strip_prefix(&[FORMAT])?;
        let (groups, content) = content.split_first_chunk()?;
        let (records, content) = content.split_first_chunk()?;
        let sum = content.try_into().ok()?;
        Some(Self {
            groups: u64::from_be_bytes(*groups),
            records: u64::from_be_bytes(*records),
            sum: u128::from_be_bytes(sum),
        })
    }
}
