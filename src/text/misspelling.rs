//! Tells which word a misspelt one was meant to be.
//!
//! In words of eight to sixteen letters two slips are undone: a letter once where it belongs twice or the reverse
//! (`acountant`, `controlleur`), any number of times, and two neighbouring letters swapped (`comtpable`), once. Neither
//! often makes a word of another one: of the 120,000 most frequent words of English and as many of French (wordfreq 3.1),
//! 251 that are none of the 20,498 long words of the default rules are taken for one of them, most of them the same word
//! in another form, language or spelling (`signaling`, `retirees`).
//!
//! A letter left out, added or replaced makes a word of another one over a thousand times (`réaction` for `rédaction`,
//! `réduction` likewise), even when both are as long as nine letters and begin alike. From twelve letters on 100 are
//! left, of the same kind: there these slips are undone too, once, but for the first letter and the last two, which tell
//! a science from who is in it (`photographie`, `météorologie`).

/// The fewest letters of a word that is recognised when misspelt.
const SHORTEST: usize = 8;
/// The fewest letters of one that is taken for another: the slips may make a word shorter by a letter.
pub(super) const SHORTEST_GUESSED: usize = SHORTEST - 1;
/// The fewest letters of a word that is recognised with a letter left out, added or replaced.
const LONG: usize = 12;
/// Wherever one slip is in a long word, so many letters before it or behind it are as they should be.
const HALF: u32 = 6;

/// The most places that a word is looked for in, so that nobody can slow the reading with words of the same letters.
const MOST_PLACES: usize = 16;

/// The words of eight to sixteen letters, by their letters; shorter ones are not guessed, longer ones are rare.
#[derive(Debug, Default)]
pub(super) struct Misspellings {
    /// As [`Word::key`](super::Word::key) has them.
    words: Vec<(u64, u64)>,
    /// The letters of each, as [`runs`] gives them.
    runs: Vec<u128>,
    by_letters: Index,
    /// Those of twelve letters and more, by the first ones and the last, and by the first and the last ones.
    by_half: Index,
}

impl Misspellings {
    /// Takes those words that are long enough; of many with the same letters, only the first ones.
    pub(super) fn of(words: &[(u64, u64)]) -> Self {
        let is_plain = |word: &&(u64, u64)| letters(**word).is_some_and(|count| count >= SHORTEST);
        let words: Vec<_> = words.iter().filter(is_plain).copied().collect();
        let long = words.iter().filter(|&&word| letters(word) >= Some(LONG)).count();
        let runs = words.iter().map(|&word| runs(word)).collect();
        let mut table = Self { runs, by_letters: Index::new(words.len()), by_half: Index::new(2 * long), words };
        for (number, &word) in (0..).zip(&table.words) {
            table.by_letters.insert(hash_of_letters(word), number);
            if letters(word) >= Some(LONG) {
                halves(word).into_iter().for_each(|half| table.by_half.insert(half, number));
            }
        }
        table
    }

    /// The word that this one, which is none of them, misspells.
    pub(super) fn find(&self, word: (u64, u64)) -> Option<(u64, u64)> {
        let count = letters(word).filter(|&count| count >= SHORTEST_GUESSED)?;
        let spelt = |number: u32| self.words.get(number as usize).copied();
        // Few words have the same letters as another one, so they are seldom compared.
        let mut own = None;
        let mut alike = |&number: &u32| {
            let own = *own.get_or_insert_with(|| runs(word));
            self.runs.get(number as usize).is_some_and(|&meant| misspells(own, meant))
        };
        let meant = self.by_letters.of(hash_of_letters(word)).find(&mut alike).and_then(spelt);
        if meant.is_some() || count < LONG - 1 {
            return meant;
        }
        let slipped = |&meant: &(u64, u64)| is_one_slip(bytes(word), bytes(meant));
        halves(word).into_iter().find_map(|half| self.by_half.of(half).filter_map(spelt).find(slipped))
    }
}

/// Numbers by hashes, in an open-addressed table. One whose places are all taken is left out, which bounds a search: that
/// is so of the later ones of many with one hash, and hardly ever of others.
#[derive(Debug, Default)]
struct Index {
    /// Eight bits of a hash above one more than its number; 0 is an empty place.
    slots: Vec<u32>,
    shift: u32,
}

impl Index {
    /// Takes so many numbers, which are below 2²⁴.
    fn new(count: usize) -> Self {
        let size = (count * 2).next_power_of_two().max(MOST_PLACES);
        Self { slots: vec![0; size], shift: 64 - size.trailing_zeros() }
    }

    fn insert(&mut self, hash: u64, number: u32) {
        let free = self.places(hash).find(|&at| self.slots.get(at) == Some(&0));
        if let Some(slot) = free.and_then(|at| self.slots.get_mut(at)) {
            *slot = tag(hash) | (number + 1);
        }
    }

    /// The numbers that may be of this hash.
    fn of(&self, hash: u64) -> impl Iterator<Item = u32> {
        let slots = self.places(hash).map_while(|at| self.slots.get(at).copied().filter(|&slot| slot != 0));
        slots.filter(move |slot| slot & !NUMBER == tag(hash)).map(|slot| (slot & NUMBER) - 1)
    }

    fn places(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let (first, mask) = ((hash >> self.shift) as usize, self.slots.len().wrapping_sub(1));
        (0..MOST_PLACES).map(move |step| first.wrapping_add(step) & mask)
    }
}

/// The bits of a slot that hold its number.
const NUMBER: u32 = (1 << 24) - 1;

/// The bits of a hash that are kept in a slot, in their place above the number.
fn tag(hash: u64) -> u32 {
    (hash >> 8) as u32 & !NUMBER
}

/// The bytes of a word as [`Word::key`](super::Word::key) has it.
fn bytes((low, high): (u64, u64)) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

/// How many letters a word has; `None` when it is empty, or has other signs than plain letters.
#[inline]
fn letters(word: (u64, u64)) -> Option<usize> {
    /// The bits that tell small letters, which have the second alone, from all else in a folded word.
    const KIND: u128 = u128::from_le_bytes([0xc0; 16]);
    const LETTER: u128 = u128::from_le_bytes([0x40; 16]);
    let bytes = bytes(word);
    let count = 16 - bytes.leading_zeros() / 8;
    (bytes & KIND == LETTER.checked_shr(128 - 8 * count)?).then_some(count as usize)
}

/// So many of the last letters of a word, which has as many.
fn last_letters(bytes: u128, count: u32) -> u128 {
    bytes.unbounded_shl(bytes.leading_zeros() / 8 * 8) >> (128 - 8 * count)
}

/// The first and the last letter.
fn ends(word: (u64, u64)) -> [u64; 2] {
    let bytes = bytes(word);
    [u64::from(bytes as u8), last_letters(bytes, 1) as u64]
}

/// Fibonacci hashing: spreads what is in the lowest bits over all.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash of the first letter, the last one, and which others there are, however often and in whatever order.
#[inline]
fn hash_of_letters(word: (u64, u64)) -> u64 {
    // What lies behind the word falls on the lowest bit.
    let letters = bytes(word).to_le_bytes().iter().fold(0_u64, |set, byte| set | 1 << (byte & 31)) & !1;
    let [first, last] = ends(word);
    (letters | first << 32 | last << 40).wrapping_mul(MULTIPLIER)
}

/// Hashes of the first half of a long word with its last letter, and of the last half with its first: one slip leaves one
/// of them as it was.
fn halves(word: (u64, u64)) -> [u64; 2] {
    let bytes = bytes(word);
    let [first, last] = ends(word);
    let begin = bytes as u64 & ((1 << (8 * HALF)) - 1);
    let end = last_letters(bytes, HALF) as u64;
    [begin | last << 48, end | first << 56].map(|half| half.wrapping_mul(MULTIPLIER))
}

/// Tells whether a letter that was left out, added or replaced makes one word of the other, the first letter and the last
/// two apart.
fn is_one_slip(own: u128, meant: u128) -> bool {
    let same = (own ^ meant).trailing_zeros() / 8 * 8;
    if own == meant || same == 0 || last_letters(own, 2) != last_letters(meant, 2) {
        return false;
    }
    let (own, meant) = (own >> same, meant >> same);
    own >> 8 == meant >> 8 || own == meant >> 8 || own >> 8 == meant
}

/// The letters of a word, a doubled one once.
fn runs(word: (u64, u64)) -> u128 {
    let mut runs = 0;
    let (mut before, mut place) = (0, 0);
    for byte in bytes(word).to_le_bytes().into_iter().take_while(|&byte| byte != 0) {
        if byte != before {
            runs |= u128::from(byte) << place;
            place += 8;
            before = byte;
        }
    }
    runs
}

/// Tells whether these letters are those meant, but for one swap of neighbours at most, the ends apart.
fn misspells(own: u128, meant: u128) -> bool {
    let unlike = own ^ meant;
    if unlike == 0 {
        return true;
    }
    let (first, last) = (unlike.trailing_zeros() / 8, 15 - unlike.leading_zeros() / 8);
    let pair = |letters: u128| (letters >> (8 * first)) as u16;
    // Behind the last letter is nothing to swap it with.
    first > 0
        && last == first + 1
        && pair(own) == pair(meant).swap_bytes()
        && last_letters(own, 1) == last_letters(meant, 1)
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

    fn find(words: &[&str], written: &str) -> Option<String> {
        let meant = Misspellings::of(&self::words(words)).find(key(written))?;
        Some(words.iter().find(|word| key(word) == meant).unwrap().to_string())
    }

    #[test]
    fn a_misspelt_word_is_found_among_the_long_ones() {
        let words = ["daf", "accountant", "gestion", "comptable"];
        assert_eq!(find(&words, "acountant").as_deref(), Some("accountant"));
        assert_eq!(find(&words, "comtpable").as_deref(), Some("comptable"));
        assert_eq!(find(&words, "gesiton"), None);
        assert_eq!(find(&words, "something"), None);
        assert_eq!(find(&[], "acountant"), None);
    }

    #[test]
    fn one_letter_of_a_long_word_may_be_left_out_added_or_replaced() {
        let words = ["administrator", "communication", "informatique", "compatibility"];
        let check =
            |written: &str, meant: Option<&str>| assert_eq!(find(&words, written).as_deref(), meant, "{written}");
        for written in ["aministrator", "adminstrator", "admxinistrator", "administretor"] {
            check(written, Some("administrator"));
        }
        for written in ["communicetion", "cemmunication", "communicatoon", "communicaton", "communcation"] {
            check(written, Some("communication"));
        }
        for written in ["infomatique", "ifnormatique", "informatixque", "infarmatique"] {
            check(written, Some("informatique"));
        }
        for written in
            ["xdministrator", "administratox", "administrators", "dministrator", "admanistratar", "comunicetion"]
        {
            check(written, None);
        }
    }

    #[test]
    fn words_of_the_same_letters_cost_no_more_than_some_places() {
        let letters = "bcdefghij";
        let rotated = |by: usize| format!("a{}{}z", &letters[by..], &letters[..by]);
        let many: Vec<_> = (0..9).map(rotated).chain((0..9).map(|by| rotated(by).replace('j', "jj"))).collect();
        let words = words(&many.iter().map(String::as_str).collect::<Vec<_>>());
        let table = Misspellings::of(&words);
        assert_eq!(table.by_letters.slots.iter().filter(|&&slot| slot != 0).count(), MOST_PLACES);
    }

    fn check(written: &str, meant: &str, expected: bool) {
        let misspells = misspells(runs(key(written)), runs(key(meant)));
        assert_eq!(misspells, expected, "{written}, {meant}");
        assert!(!expected || hash_of_letters(key(written)) == hash_of_letters(key(meant)), "{written}, {meant}");
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
            assert_eq!(find(&["gestion", "webdeveloper", "developers"], word), None, "{word}");
        }
    }
}
