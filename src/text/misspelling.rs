//! Tells which word a misspelt one was meant to be.
//!
//! Only two slips are undone: a letter once where it belongs twice or the reverse (`acountant`, `controlleur`), any
//! number of times, and two neighbouring letters swapped (`comtpable`), once. Neither makes a word of another one, or
//! hardly ever: of the 120,000 most frequent words of English and of French, some 100 would be taken for one of the
//! 8,500 long words of the default rules, nearly all of them the same word in the other language or spelling
//! (`traveler`, `registres`). A letter left out, added or replaced would make a word of another one over a thousand
//! times (`réaction` for `rédaction`, `réduction` likewise), even when both are as long as nine letters and begin alike;
//! half as often when they also end alike. From twelve letters on fewer than a hundred are left, nearly all of them the
//! same word in the other language, but so are few of the slips, which does not pay for a second table. So these stay
//! for the rules to spell out.

use super::trie::{MOST_WORDS, WordId};

/// The fewest letters of a word that is recognised when misspelt.
const SHORTEST: usize = 8;

/// The most places that a word is looked for in, so that nobody can slow the reading with words of the same letters.
const MOST_PLACES: usize = 16;

/// The long words of a table, by their letters.
#[derive(Debug, Default)]
pub(super) struct Misspellings {
    /// Eight bits of a hash above the id of its word, in an open-addressed table.
    slots: Vec<u32>,
    shift: u32,
}

impl Misspellings {
    /// Takes those words, by id, that are long enough; of several with the same letters, only the first ones.
    pub(super) fn of(words: impl ExactSizeIterator<Item = (u64, u64)>) -> Self {
        let size = (words.len() * 2).next_power_of_two().max(MOST_PLACES);
        let mut table = Self { slots: vec![0; size], shift: 64 - size.trailing_zeros() };
        for (id, word) in (0..).zip(words) {
            let Some(hash) = hash(word).filter(|_| length(word) >= SHORTEST) else { continue };
            let free = table.places(hash).find(|&at| table.slots.get(at) == Some(&0));
            if let Some(slot) = free.and_then(|at| table.slots.get_mut(at)) {
                *slot = tag(hash) | id;
            }
        }
        table
    }

    /// The word that this one, which is none of them, misspells; 0 when there is none. `spelt` tells a word by its id.
    pub(super) fn find(&self, word: (u64, u64), spelt: impl Fn(WordId) -> Option<(u64, u64)>) -> WordId {
        let Some(hash) = hash(word) else { return 0 };
        let slots = self.places(hash).map_while(|at| self.slots.get(at).copied().filter(|&slot| slot != 0));
        let mut ids = slots.filter(|slot| slot & !MOST_WORDS == tag(hash)).map(|slot| slot & MOST_WORDS);
        let meant = ids.find(|&id| spelt(id).is_some_and(|meant| Letters::of(word).misspell(&Letters::of(meant))));
        meant.unwrap_or(0)
    }

    fn places(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let (first, mask) = ((hash >> self.shift) as usize, self.slots.len().wrapping_sub(1));
        (0..MOST_PLACES).map(move |step| first.wrapping_add(step) & mask)
    }
}

/// The bits of a hash that are kept in a slot, in their place above the id.
fn tag(hash: u64) -> u32 {
    (hash >> 8) as u32 & !MOST_WORDS
}

/// The bytes of a word as [`Word::key`](super::Word::key) has it.
fn bytes((low, high): (u64, u64)) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

/// How many bytes a word has.
fn length(word: (u64, u64)) -> usize {
    16 - bytes(word).leading_zeros() as usize / 8
}

/// A hash of the first letter, the last one, and which others there are, however often and in whatever order; `None` when
/// the word is too short, or no plain letters.
#[inline]
fn hash(word: (u64, u64)) -> Option<u64> {
    /// Fibonacci hashing: spreads what is in the lowest bits over all.
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    /// The bits that tell small letters, which have the second alone, from all else in a folded word.
    const KIND: u128 = u128::from_le_bytes([0xc0; 16]);
    const LETTER: u128 = u128::from_le_bytes([0x40; 16]);
    let len = length(word);
    let bytes = bytes(word);
    // A word that has lost one of its doubled letters is shorter by one.
    if len < SHORTEST - 1 || bytes & KIND != LETTER >> (128 - 8 * len) {
        return None;
    }
    // What lies behind the word falls on the lowest bit.
    let letters = bytes.to_le_bytes().iter().fold(0_u64, |set, byte| set | 1 << (byte & 31)) & !1;
    let (first, last) = (bytes as u8, (bytes >> (8 * len - 8)) as u8);
    Some((letters | u64::from(first) << 32 | u64::from(last) << 40).wrapping_mul(MULTIPLIER))
}

/// The letters of a word of up to 16, a doubled one once.
struct Letters {
    runs: [u8; 16],
    len: usize,
}

impl Letters {
    fn of(word: (u64, u64)) -> Self {
        let mut letters = Self { runs: [0; 16], len: 0 };
        let mut before = 0;
        for byte in bytes(word).to_le_bytes().into_iter().take_while(|&byte| byte != 0) {
            if byte != before
                && let Some(slot) = letters.runs.get_mut(letters.len)
            {
                *slot = byte;
                letters.len += 1;
                before = byte;
            }
        }
        letters
    }

    /// Tells whether these letters are those meant, but for one swap of neighbours at most, the ends apart.
    fn misspell(&self, meant: &Self) -> bool {
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

    fn key(word: &str) -> (u64, u64) {
        let mut bytes = [0; 16];
        bytes[..word.len()].copy_from_slice(word.as_bytes());
        let both = u128::from_le_bytes(bytes);
        (both as u64, (both >> 64) as u64)
    }

    fn words(words: &[&str]) -> Vec<(u64, u64)> {
        words.iter().map(|word| key(word)).collect()
    }

    #[test]
    fn a_misspelt_word_is_found_among_the_long_ones() {
        let words = words(&["", "daf", "accountant", "gestion", "comptable"]);
        let table = Misspellings::of(words.iter().copied());
        let spelt = |id: WordId| words.get(id as usize).copied();
        assert_eq!(table.find(key("acountant"), spelt), 2);
        assert_eq!(table.find(key("comtpable"), spelt), 4);
        assert_eq!(table.find(key("gesiton"), spelt), 0);
        assert_eq!(table.find(key("something"), spelt), 0);
        assert_eq!(Misspellings::default().find(key("acountant"), |_| None), 0);
    }

    #[test]
    fn words_of_the_same_letters_cost_no_more_than_some_places() {
        let letters = "bcdefghij";
        let rotated = |by: usize| format!("a{}{}z", &letters[by..], &letters[..by]);
        let many: Vec<_> = (0..9).map(rotated).chain((0..9).map(|by| rotated(by).replace('j', "jj"))).collect();
        let words = words(&many.iter().map(String::as_str).collect::<Vec<_>>());
        let table = Misspellings::of(words.iter().copied());
        assert_eq!(table.slots.iter().filter(|&&slot| slot != 0).count(), MOST_PLACES);
    }

    fn check(written: &str, meant: &str, expected: bool) {
        let misspells = Letters::of(key(written)).misspell(&Letters::of(key(meant)));
        assert_eq!(misspells, expected, "{written}, {meant}");
        assert!(
            !expected || hash(key(written)).is_some() && hash(key(written)) == hash(key(meant)),
            "{written}, {meant}"
        );
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
        for word in ["", "gestio", "web2developer", "2developers", "developers2", "c++and#more", "développeur"] {
            assert_eq!(hash(key(word)), None, "{word}");
        }
    }
}
