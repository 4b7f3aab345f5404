//! What lies between two words: whether a phrase may span it, and whether a segment ends there.

use std::ops::Range;

use super::fold::{FOLDED_BYTES, Folded, fold};

/// How strongly two neighbouring words are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// A space, hyphen, apostrophe, quotation mark, or glued dot or slash: phrases span it.
    Soft,
    /// A colon: no phrase spans it; contexts and compositions do, and behind a trigger it announces a list.
    Colon,
    /// A comma, bracket, emoji and the like: no phrase spans it; contexts and compositions do.
    Hard,
    /// A line break, sentence end, `|`, `•`, `·` or spaced dash: nothing spans it.
    Segment,
}

impl Gap {
    /// Whether a comma, a colon or the like parts the words, but no segment ends.
    #[must_use]
    pub fn is_mark(self) -> bool {
        matches!(self, Self::Colon | Self::Hard)
    }
}

/// Abbreviations after which a full stop ends no sentence, in lower case.
const ABBREVIATIONS: [&str; 24] = [
    "adj", "ass", "assist", "asst", "comm", "dept", "dir", "dr", "eng", "etc", "ex", "gen", "ing", "jr", "me", "mgr",
    "mkt", "mr", "mrs", "resp", "sr", "st", "tech", "tel",
];

/// The letters of the longest of them.
const LONGEST_ABBREVIATION: usize = 6;

/// Rates what separates the word at the bytes `previous` of `source` from the word that begins at `to`.
#[inline]
pub(super) fn gap_between(source: &str, previous: Range<usize>, to: usize) -> Gap {
    // By far the most frequent cases.
    match source.as_bytes().get(previous.end..to) {
        Some(b" " | b"'") => Gap::Soft,
        Some(b", ") => Gap::Hard,
        _ => strongest(source, previous, to),
    }
}

/// Rates every character between two words; the strongest counts.
fn strongest(source: &str, previous: Range<usize>, to: usize) -> Gap {
    let from = previous.end;
    let between = source.get(from..to).unwrap_or("");
    let mut strongest = Gap::Soft;
    let mut before = source.get(..from).and_then(|text| text.chars().next_back());
    let mut rest = between.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().next().or_else(|| source.get(to..).and_then(|text| text.chars().next()));
        let gap = match fold(c) {
            Folded::Separator('.') => full_stop(source, previous.clone(), to, before, after),
            Folded::Separator(plain) => rate(plain, before, after),
            Folded::Nothing | Folded::Letters { .. } => Gap::Soft,
        };
        strongest = strongest.max(gap);
        before = Some(c);
    }
    strongest
}

/// The bytes that a word folds to, in whatever letters it is written.
fn folded(word: &str) -> impl Iterator<Item = u8> {
    word.chars().flat_map(|c| match fold(c) {
        Folded::Letters { bytes, len } => bytes.into_iter().take(len as usize),
        _ => [0; FOLDED_BYTES].into_iter().take(0),
    })
}

fn rate(c: char, before: Option<char>, after: Option<char>) -> Gap {
    let spaced = |side: Option<char>| side.is_none_or(char::is_whitespace);
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Gap::Segment,
        '|' | '¦' | '│' | '∣' | '‖' | '•' | '·' | '∙' | '⋅' | '・' | '‧' | '●' | '▪' | '■' => {
            Gap::Segment
        }
        '!' | '?' | '…' | '。' => Gap::Segment,
        ':' => Gap::Colon,
        c if c.is_whitespace() => Gap::Soft,
        '\'' | '’' | '‘' | '′' | '`' | '_' | '"' | '“' | '”' | '„' | '«' | '»' => Gap::Soft,
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => match (spaced(before), spaced(after)) {
            (true, true) => Gap::Segment,
            (false, false) => Gap::Soft,
            _ => Gap::Hard,
        },
        '/' | '\\' | '+' if !spaced(before) && !spaced(after) => Gap::Soft,
        _ => Gap::Hard,
    }
}

/// A full stop ends a sentence when space follows, unless it marks an abbreviation; glued to both sides it is part of
/// a name (`node.js`).
fn full_stop(source: &str, previous: Range<usize>, to: usize, before: Option<char>, after: Option<char>) -> Gap {
    match after {
        Some('.') => return Gap::Hard,
        Some(c) if !c.is_whitespace() => {
            return if before.is_some_and(char::is_alphanumeric) && c.is_alphanumeric() {
                Gap::Soft
            } else {
                Gap::Hard
            };
        }
        _ => {}
    }
    let next_word = source.get(to..).and_then(|text| text.chars().next());
    let stands_at_word = source.get(previous.end..).is_some_and(|text| text.starts_with('.'));
    let word = source.get(previous).unwrap_or("");
    let is_known = || ABBREVIATIONS.iter().any(|known| folded(word).eq(known.bytes()));
    let is_short = || word.len() <= LONGEST_ABBREVIATION || !word.is_ascii();
    let abbreviated = || stands_at_word && is_short() && (folded(word).take(2).count() == 1 || is_known());
    match next_word {
        None => Gap::Segment,
        Some(c) if c.is_lowercase() || abbreviated() => Gap::Soft,
        Some(_) => Gap::Segment,
    }
}
