//! Tells which word a misspelt one was meant to be.
//!
//! Only two slips are undone: a letter once where it belongs twice or the reverse (`acountant`, `controlleur`), any
//! number of times, and two neighbouring letters swapped (`comtpable`), once. Neither makes a word of another one, or
//! hardly ever: of the 120,000 most frequent words of English and of French, some 100 would be taken for one of the
//! 8,500 long words of the default rules, nearly all of them the same word in the other language or spelling
//! (`traveler`, `registres`). A letter left out, added or replaced would make a word of another one over a thousand
//! times (`réaction` for `rédaction`, `méditation` for `médiation`); no length of word nor place of the letter tells
//! the slips from the words, so these stay for the rules to spell out.

/// The fewest letters of a word that is recognised when misspelt.
pub(super) const SHORTEST_MISSPELT: usize = 8;

/// The letters of a word of up to 16, each run of the same letter once.
pub(super) struct Letters {
    runs: [u8; 16],
    len: usize,
}

impl Letters {
    /// The letters of a word as [`Word::key`](super::Word::key) has it; `None` when it is too short, or no plain letters.
    #[inline]
    pub(super) fn of((low, high): (u64, u64)) -> Option<Self> {
        let bytes = (u128::from(high) << 64 | u128::from(low)).to_le_bytes();
        // A word that has lost one of its doubled letters is shorter by one.
        if bytes.get(SHORTEST_MISSPELT - 2) == Some(&0) {
            return None;
        }
        let mut letters = Self { runs: [0; 16], len: 0 };
        let mut before = 0;
        for byte in bytes.into_iter().take_while(|&byte| byte != 0) {
            if !byte.is_ascii_lowercase() {
                return None;
            }
            if byte != before
                && let Some(slot) = letters.runs.get_mut(letters.len)
            {
                *slot = byte;
                letters.len += 1;
                before = byte;
            }
        }
        Some(letters)
    }

    /// A hash of the letters whatever their order, but for the first and the last.
    #[inline]
    pub(super) fn hash(&self) -> u64 {
        /// Fibonacci hashing: each letter turns it to another number.
        const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
        let letters = self.as_slice();
        let sum = letters.iter().fold(0, |sum: u64, &letter| sum.wrapping_add(MULTIPLIER.rotate_left(letter.into())));
        let ends = [letters.first(), letters.last()].map(|letter| u64::from(letter.copied().unwrap_or(0)));
        let [first, last] = ends;
        (sum ^ (first << 8) ^ last).wrapping_mul(MULTIPLIER)
    }

    /// Tells whether these letters are those meant, but for one swap of neighbours at most, the ends apart.
    pub(super) fn misspell(&self, meant: &Self) -> bool {
        let (own, meant) = (self.as_slice(), meant.as_slice());
        let mut unlike = own.iter().zip(meant).enumerate().filter(|(_, (own, meant))| own != meant);
        own.len() == meant.len()
            && (own.first(), own.last()) == (meant.first(), meant.last())
            && match (unlike.next(), unlike.next(), unlike.next()) {
                (None, ..) => true,
                (Some((at, one)), Some((next, other)), None) => next == at + 1 && one == (other.1, other.0),
                _ => false,
            }
    }

    fn as_slice(&self) -> &[u8] {
        self.runs.get(..self.len).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> Option<Letters> {
        let mut bytes = [0; 16];
        bytes[..word.len()].copy_from_slice(word.as_bytes());
        let both = u128::from_le_bytes(bytes);
        Letters::of((both as u64, (both >> 64) as u64))
    }

    fn check(written: &str, meant: &str, expected: bool) {
        let (written_letters, meant_letters) = (letters(written).unwrap(), letters(meant).unwrap());
        assert_eq!(written_letters.misspell(&meant_letters), expected, "{written}, {meant}");
        assert!(!expected || written_letters.hash() == meant_letters.hash(), "{written}, {meant}");
    }

    #[test]
    fn a_letter_once_or_twice_is_the_same() {
        check("acountant", "accountant", true);
        check("acccountant", "accountant", true);
        check("controlleur", "controleur", true);
        check("develloper", "developper", true);
        check("enginer", "engineer", true);
    }

    #[test]
    fn two_neighbours_may_be_swapped_once_but_for_the_ends() {
        check("comtpable", "comptable", true);
        check("tresoreir", "tresorier", true);
        check("comtpbale", "comptable", false);
        check("ocmptable", "comptable", false);
        check("conversation", "conservation", false);
    }

    #[test]
    fn other_letters_make_another_word() {
        check("reacteur", "redacteur", false);
        check("compatible", "comptable", false);
        check("controlled", "controller", false);
        check("direction", "directeur", false);
        check("planting", "planning", false);
    }

    #[test]
    fn short_words_and_words_with_other_signs_are_not_guessed() {
        assert!(letters("gestio").is_none());
        assert!(letters("web2developer").is_none());
        assert!(letters("développeur").is_none());
    }
}
