//! A word, folded, in a buffer of fixed size.

/// The longest folded word, in bytes, that a vocabulary can hold; longer ones match nothing.
pub const LONGEST_WORD: usize = 48;

/// So many bytes are appended to a word at once.
const CHUNK: usize = 8;

/// A folded word in a buffer of fixed size.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The bytes, zeros behind them within the first sixteen.
    bytes: [u8; LONGEST_WORD + CHUNK],
    len: usize,
}

impl Word {
    pub(super) const EMPTY: Self = Self { bytes: [0; LONGEST_WORD + CHUNK], len: 0 };

    /// The folded word in UTF-8; empty when it is longer than [`LONGEST_WORD`] bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        if self.len > LONGEST_WORD { &[] } else { self.bytes.get(..self.len).unwrap_or_default() }
    }

    /// How many bytes it has, with those beyond [`LONGEST_WORD`].
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The word as two machine words, when it fits into them: equal keys mean equal words.
    #[inline]
    #[must_use]
    pub fn key(&self) -> Option<(u64, u64)> {
        let &[a, b, ..] = self.bytes.as_chunks().0 else { return None };
        if self.len > 16 { None } else { Some((u64::from_le_bytes(a), u64::from_le_bytes(b))) }
    }

    #[inline]
    pub(super) fn clear(&mut self) {
        if let Some(first) = self.bytes.first_chunk_mut() {
            *first = [0; 16];
        }
        self.len = 0;
    }

    /// Whether a sign may end the word, as in `C#` or `C++`; that of `comptable+` stands between two words.
    pub(super) fn takes_sign(&self) -> bool {
        self.len == 1 || self.len > 1 && self.as_bytes().ends_with(b"+")
    }

    /// Appends so many bytes of a machine word, the lowest first; the others are 0.
    #[inline]
    pub(super) fn append(&mut self, bytes: u64, count: usize) {
        if let Some(slots) = self.bytes.get_mut(self.len..).and_then(|slots| slots.first_chunk_mut()) {
            *slots = bytes.to_le_bytes();
        }
        self.len += count;
    }
}
