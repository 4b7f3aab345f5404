//! Cuts a text into folded words that know where they stand.

use super::doublet::other_gender;
use super::fold::{Folded, fold};
use super::segment::{Gap, LONGEST_ABBREVIATION, gap_between, is_seen};
use super::word::Word;

/// Where a word stands in its source, and what parts it from the word before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the source.
    pub start: u32,
    /// Byte after the last, inclusive endings (`·e`) and combining marks included.
    pub end: u32,
    /// What lies before it; [`Gap::Segment`] for the first word of a text.
    pub gap: Gap,
}

/// The letter that each of `À` to `ÿ` folds to, 0 for what is no single one: these follow the byte C3, and are most of
/// the letters beyond ASCII.
const LATIN_FOLDED: [u8; 64] = *b"aaaaaa\0ceeeeiiiidnooooo\0ouuuuy\0\0aaaaaa\0ceeeeiiiidnooooo\0ouuuuy\0y";

/// The small form of a letter or digit of ASCII, 0 for every other byte.
fn fold_ascii(byte: u8) -> u8 {
    // In ASCII this bit makes a capital small, and digits have it.
    let small = byte | 0x20;
    // Neither is left out, so that many bytes are told at once.
    if small.is_ascii_lowercase() | byte.is_ascii_digit() { small } else { 0 }
}

/// The letters and digits before the first byte, the lowest first, that is 0, and how many they are.
#[inline]
fn leading_letters(folded: [u8; RUN]) -> (u64, usize) {
    /// All letters and digits have this bit.
    const LETTER: u64 = u64::from_le_bytes([0x20; RUN]);
    let folded = u64::from_le_bytes(folded);
    let others = !folded & LETTER;
    let below = (others & others.wrapping_neg()).wrapping_sub(1);
    (folded & below, others.trailing_zeros() as usize / 8)
}

/// Cuts texts into words, one after the other in the same room.
#[derive(Debug, Default)]
pub struct Tokenizer {
    /// Each byte of a text folded if it is a letter or digit of ASCII, and otherwise 0; zeros right behind the end.
    folded: Vec<[u8; BLOCK]>,
}

/// So many letters are looked at together.
const RUN: usize = 8;
/// So many bytes are folded together.
const BLOCK: usize = 32;

impl Tokenizer {
    /// Folds the bytes of a text. Most texts are short: what fills no block is folded as one, too.
    fn fold(&mut self, source: &str) {
        let (blocks, rest) = source.as_bytes().as_chunks::<BLOCK>();
        let needed = blocks.len() + 2;
        if self.folded.len() < needed {
            self.folded.resize(needed, [0; BLOCK]);
        }
        let mut slots = self.folded.iter_mut();
        for (block, slot) in blocks.iter().zip(slots.by_ref()) {
            *slot = block.map(fold_ascii);
        }
        let mut last = [0; BLOCK];
        if let Some(slots) = last.get_mut(..rest.len()) {
            slots.copy_from_slice(rest);
        }
        // Letters are looked at in runs that reach into the block behind.
        for (block, slot) in [last.map(fold_ascii), [0; BLOCK]].iter().zip(slots) {
            *slot = *block;
        }
    }

    /// Calls `visit` with every word of `source`, as [`tokenize`] does.
    #[inline]
    pub fn tokenize(&mut self, source: &str, mut visit: impl FnMut(&Word, Token)) {
        self.fold(source);
        let mut cursor = Cursor { source, bytes: source.as_bytes(), folded: self.folded.as_flattened(), at: 0 };
        let mut word = Word::EMPTY;
        let mut next = cursor.skip_to_word().map(|()| Gap::Segment);
        while let Some(gap) = next {
            let start = cursor.at;
            word.clear();
            cursor.read_letters(&mut word);
            let near = cursor.near_word(&word);
            if near.is_none() && cursor.may_go_on(&word) {
                cursor.read_rest(start, &mut word);
            }
            visit(&word, Token { start: start as u32, end: cursor.at as u32, gap });
            next = match near {
                Some((gap, width)) => {
                    cursor.at += width;
                    Some(gap)
                }
                None if cursor.at == source.len() => None,
                None => cursor.skip_and_rate(&word),
            };
        }
    }
}

/// Calls `visit` with every word of `source`, folded, in order.
///
/// Words are runs of letters and digits. `&` is a word; `+` and `#` behind a single letter belong to it (`C++`, `C#`).
/// Inclusive endings (`chargé·e`, `directeur/trice`, `contrôleur(se)`) and the other gender behind a slash
/// (`conseiller/conseillère`) are taken as part of the word and resolved to what stands before them; the dots of an
/// acronym (`C.F.O.`) vanish.
///
/// ```
/// let mut words = Vec::new();
/// entregent::text::tokenize("Chargé·e d’affaires", |word, token| {
///     words.push((String::from_utf8_lossy(word.as_bytes()).into_owned(), token.start, token.end));
/// });
/// assert_eq!(words, [("charge".into(), 0, 10), ("d".into(), 11, 12), ("affaires".into(), 15, 23)]);
/// ```
#[inline]
pub fn tokenize(source: &str, visit: impl FnMut(&Word, Token)) {
    Tokenizer::default().tokenize(source, visit);
}

struct Cursor<'a> {
    source: &'a str,
    bytes: &'a [u8],
    /// As [`Tokenizer`] has it.
    folded: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The letter or digit of ASCII that stands at a byte, folded; 0 for whatever else does.
    #[inline]
    fn letter(&self, at: usize) -> u8 {
        self.folded.get(at).copied().unwrap_or(0)
    }

    /// The letters and digits of ASCII from a byte on, up to [`RUN`], and how many they are.
    #[inline]
    fn run(&self, at: usize) -> (u64, usize) {
        let folded = self.folded.get(at..).and_then(<[u8]>::first_chunk);
        folded.map_or((0, 0), |&folded| leading_letters(folded))
    }

    /// Folds the character here, which is not ASCII, and says how many bytes it takes.
    #[inline]
    fn fold_wide(&self) -> (Folded, usize) {
        let c = self.source.get(self.at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        (fold(c), c.len_utf8())
    }

    /// The letter that the character of Latin-1 at a byte folds to, 0 for any other.
    #[inline]
    fn latin_letter(&self, at: usize) -> u8 {
        let letter = || LATIN_FOLDED.get(self.byte(at + 1) as usize & 0x3f).copied();
        if self.byte(at) == 0xc3 { letter().unwrap_or(0) } else { 0 }
    }

    /// What parts the letters before this place from the next word, and how wide it is: a space, an apostrophe or a line
    /// break, a comma with a space or a full stop with a space and a capital, and a letter or digit of ASCII or Latin-1
    /// behind, by far the most frequent. `None` for all else.
    ///
    /// With one of these nothing else belongs to the word: [`read_rest`](Self::read_rest) would stop at once.
    #[inline]
    fn near_word(&self, word: &Word) -> Option<(Gap, usize)> {
        let is_spaced = || self.byte(self.at + 1) == b' ';
        let (gap, width) = match self.byte(self.at) {
            b' ' | b'\'' => (Gap::Soft, 1),
            b',' if is_spaced() => (Gap::Hard, 2),
            b'.' if is_spaced() && self.begins_sentence(self.at + 2, word) => (Gap::FullStop, 2),
            b'\n' => (Gap::Segment, 1),
            _ => return None,
        };
        let next = self.at + width;
        (self.letter(next) != 0 || self.latin_letter(next) != 0).then_some((gap, width))
    }

    /// Whether what begins at a byte, behind a full stop and a space, is another sentence for sure.
    fn begins_sentence(&self, at: usize, word: &Word) -> bool {
        self.byte(at).is_ascii_uppercase() && word.len() > LONGEST_ABBREVIATION
    }

    /// Whether what stands behind the letters that were read may belong to the word: never at the end of a text, seldom
    /// before a space or at the end of a sentence.
    #[inline]
    fn may_go_on(&self, word: &Word) -> bool {
        let next = self.byte(self.at + 1);
        match self.byte(self.at) {
            b'+' | b'#' => word.takes_sign(),
            b'.' | b'-' | b'(' => self.letter(self.at + 1) != 0 || !next.is_ascii(),
            b' ' => matches!(next, b'/' | b' ' | 0x80..),
            b'/' | 0x80.. => true,
            _ => word.len() == 0,
        }
    }

    /// Moves from behind a word to the next one, and rates what lies between; `None` at the end.
    #[inline(never)]
    fn skip_and_rate(&mut self, word: &Word) -> Option<Gap> {
        let end = self.at;
        self.skip_to_word()?;
        Some(gap_between(self.source, word, end..self.at))
    }

    /// Moves to the next byte that begins a word; `None` at the end.
    #[inline]
    fn skip_to_word(&mut self) -> Option<()> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            if self.letter(self.at) != 0 || byte == b'&' {
                return Some(());
            }
            if byte.is_ascii() {
                self.at += 1;
                continue;
            }
            match self.fold_wide() {
                (Folded::Letters { .. } | Folded::Separator('&'), _) => return Some(()),
                (_, width) => self.at += width,
            }
        }
    }

    /// Reads the letters and digits of ASCII and Latin-1 that stand here, and moves behind them.
    #[inline]
    fn read_letters(&mut self, word: &mut Word) {
        loop {
            let (letters, count) = self.run(self.at);
            word.append(letters, count);
            self.at += count;
            if count == RUN {
                continue;
            }
            match self.latin_letter(self.at) {
                0 => break,
                letter => word.append(letter.into(), 1),
            }
            self.at += 2;
        }
    }

    /// Reads what else belongs to the word that began at `start`, behind the letters that were read, and moves behind it.
    #[inline(never)]
    fn read_rest(&mut self, start: usize, word: &mut Word) {
        let mut dotted = false;
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte.is_ascii() {
                if matches!(byte, b'+' | b'#') && word.takes_sign() && !self.letter_at(self.at + 1) {
                    word.append(byte.into(), 1);
                    self.at += 1;
                } else if byte == b'.' && self.is_inside_acronym(start) {
                    dotted = true;
                    self.at += 1;
                } else {
                    break;
                }
            } else {
                match self.fold_wide() {
                    (Folded::Letters { bytes, len }, width) => {
                        bytes.iter().take(len as usize).for_each(|&byte| word.append(byte.into(), 1));
                        self.at += width;
                    }
                    (Folded::Nothing, width) => self.at += width,
                    (Folded::Separator(sign @ ('+' | '#')), width)
                        if word.takes_sign() && !self.letter_at(self.at + width) =>
                    {
                        word.append(sign as u64, 1);
                        self.at += width;
                    }
                    (Folded::Separator(_), _) => break,
                }
            }
            self.read_letters(word);
        }
        if word.len() == 0 {
            // Only an ampersand, of whichever width, begins a word without being a letter.
            word.append(b'&'.into(), 1);
            let (_, width) = self.fold_wide();
            self.at += width;
        } else if dotted && self.byte(self.at) == b'.' {
            self.at += 1;
        } else {
            let rest = self.source.get(self.at..).unwrap_or("");
            let ending = match inclusive_ending(rest, word.len()) {
                0 => other_gender(word.as_bytes(), rest),
                ending => ending,
            };
            self.at += ending;
        }
    }

    /// Whether a letter comes here, marks and joiners left out.
    fn letter_at(&self, at: usize) -> bool {
        let rest = self.source.get(at..).unwrap_or("");
        rest.chars().find(|&c| fold(c) != Folded::Nothing).is_some_and(is_letter)
    }

    /// Tells whether the full stop here stands between two single letters, as in `C.F.O.`, in whatever style they are.
    fn is_inside_acronym(&self, start: usize) -> bool {
        let mut before = self.source.get(start..self.at).unwrap_or("").chars().rev();
        let mut after = self.source.get(self.at + 1..).unwrap_or("").chars();
        before.next().is_some_and(is_plain_letter)
            && matches!(before.next(), None | Some('.'))
            && after.next().is_some_and(is_plain_letter)
            && after.next().is_none_or(|c| matches!(fold(c), Folded::Separator(_)))
    }
}

/// Whether a character is a letter without an accent, if in mathematical or wide letters.
fn is_plain_letter(c: char) -> bool {
    let is_styled = |c| match fold(c) {
        Folded::Letters { bytes, len: 1 } => bytes.first().is_some_and(u8::is_ascii_alphabetic),
        _ => false,
    };
    c.is_ascii_alphabetic() || c >= '\u{2000}' && is_styled(c)
}

/// Whether a character folds to letters or digits, as some signs do that Unicode takes for none.
fn is_letter(c: char) -> bool {
    matches!(fold(c), Folded::Letters { .. })
}

/// Endings that inclusive writing appends to a masculine form, folded.
const INCLUSIVE_ENDINGS: [&str; 46] = [
    "a", "ale", "ales", "ante", "antes", "as", "e", "ere", "eres", "eresse", "es", "esse", "esses", "eure", "eures",
    "euse", "euses", "eve", "fe", "fes", "ice", "ices", "ienne", "iennes", "iere", "ieres", "ive", "ives", "le", "les",
    "ne", "nes", "nne", "nnes", "ora", "oras", "rice", "rices", "se", "ses", "sse", "te", "tes", "trice", "trices",
    "ve",
];

/// The bytes that an inclusive ending takes at the start of `rest`, 0 when there is none.
fn inclusive_ending(rest: &str, word_len: usize) -> usize {
    if rest.starts_with("/-") {
        let hyphened = inclusive_ending(rest.get(1..).unwrap_or(""), word_len);
        return if hyphened == 0 { 0 } else { hyphened + 1 };
    }
    let mut seen = rest.chars().filter(is_seen);
    let (Some(mark), Some(next)) = (rest.chars().next(), seen.nth(1)) else { return 0 };
    if word_len < 3 || !is_letter(next) || !matches!(mark, '·' | '∙' | '⋅' | '‧' | '•' | '.' | '-' | '‑' | '/' | '(')
    {
        return 0;
    }
    let (ending, mut taken) = ending_after(rest, mark);
    let plural_in_brackets = mark == '(' && matches!(ending.as_bytes(), b"s" | b"x");
    let known = INCLUSIVE_ENDINGS.binary_search_by(|known| known.as_bytes().cmp(ending.as_bytes()));
    if !plural_in_brackets && known.is_err() {
        return 0;
    }
    let after = |taken: usize| rest.get(taken..).unwrap_or("");
    if mark == '(' {
        if !after(taken).starts_with(')') {
            return 0;
        }
        taken += 1;
        taken += plural_behind_bracket(after(taken));
    } else if after(taken).starts_with(mark) {
        let (plural, more) = ending_after(after(taken), mark);
        if matches!(plural.as_bytes(), b"s" | b"x") {
            taken += more;
        }
    }
    // `vente-e-commerce` and `site/e-commerce` are no `expert·e-comptable`.
    let hyphen_parts = matches!(mark, '-' | '‑' | '/');
    let glued = after(taken).chars().next().is_some_and(|c| is_letter(c) || hyphen_parts && matches!(c, '-' | '‑'));
    if glued { 0 } else { taken }
}

/// The bytes of the plural behind a feminine in brackets, bare as in `salarié(e)s` or in brackets of its own.
fn plural_behind_bracket(rest: &str) -> usize {
    let is_plural = |c: char| fold(c) == fold('s');
    let bare = rest.chars().next().filter(|&c| is_plural(c)).map_or(0, char::len_utf8);
    let bracketed = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let bracketed = bracketed.filter(|(plural, _)| plural.chars().filter(is_seen).map(is_plural).eq([true]));
    bracketed.map_or(bare, |(plural, _)| plural.len() + 2)
}

/// The folded letters that follow `mark`, and the bytes that both take.
fn ending_after(rest: &str, mark: char) -> (Word, usize) {
    let mut ending = Word::EMPTY;
    let mut taken = mark.len_utf8();
    for c in rest.chars().skip(1) {
        match fold(c) {
            Folded::Letters { bytes, len } if ending.len() < 8 => {
                bytes.iter().take(len as usize).for_each(|&byte| ending.append(byte.into(), 1));
            }
            Folded::Nothing => {}
            _ => break,
        }
        taken += c.len_utf8();
    }
    (ending, taken)
}

#[cfg(test)]
mod tests;
