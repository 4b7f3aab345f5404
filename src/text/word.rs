//! A word, folded, in a buffer of fixed size.

/// The longest folded word, in bytes, that a vocabulary can hold; longer ones match nothing.
pub const LONGEST_WORD: usize = 48;

/// A folded word in a buffer of fixed size.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The first sixteen bytes, kept apart so that a word is compared without being read back from memory.
    key: u128,
    bytes: [u8; LONGEST_WORD],
    len: usize,
}

impl Word {
    pub(super) const EMPTY: Self = Self { key: 0, bytes: [0; LONGEST_WORD], len: 0 };

    /// The folded word in UTF-8; empty when it is longer than [`LONGEST_WORD`] bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// How many bytes it has, with those beyond [`LONGEST_WORD`].
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The word as two machine words, when it fits into them: equal keys mean equal words.
    #[inline]
    #[must_use]
    pub fn key(&self) -> Option<(u64, u64)> {
        if self.len > 16 { None } else { Some((self.key as u64, (self.key >> 64) as u64)) }
    }

    #[inline]
    pub(super) fn clear(&mut self) {
        (self.key, self.len) = (0, 0);
    }

    /// Takes a word of up to 16 bytes by its key.
    #[inline]
    pub(super) fn set(&mut self, (low, high): (u64, u64), len: usize) {
        let key = u128::from(high) << 64 | u128::from(low);
        (self.key, self.len) = (key, len);
        if let Some(first) = self.bytes.first_chunk_mut() {
            *first = key.to_le_bytes();
        }
    }

    /// Whether a sign may end the word, as in `C#` or `C++`; that of `comptable+` stands between two words.
    pub(super) fn takes_sign(&self) -> bool {
        // As it is read, a short word stands in its key alone.
        self.len == 1 || (2..=16).contains(&self.len) && (self.key >> (8 * (self.len - 1))) as u8 == b'+'
    }

    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        self.append(byte.into(), 1);
    }

    /// Appends so many bytes of a machine word, the lowest first; the others are 0.
    #[inline]
    pub(super) fn append(&mut self, bytes: u64, count: usize) {
        if self.len < 16 {
            self.key |= u128::from(bytes) << (8 * self.len);
            if let Some(first) = self.bytes.first_chunk_mut() {
                *first = self.key.to_le_bytes();
            }
        }
        if self.len + count > 16 {
            let slots = self.bytes.iter_mut().skip(self.len);
            slots.zip(bytes.to_le_bytes()).take(count).for_each(|(slot, byte)| *slot = byte);
        }
        self.len += count;
    }
}
