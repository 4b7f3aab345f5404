//! What lies between two words: whether a phrase may span it, and whether a segment ends there.

use std::cell::LazyCell;
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

/// The most letters of an abbreviation.
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
    let between = source.get(previous.end..to).unwrap_or("");
    // Told once, however many full stops there are: it looks at the whole word before.
    let sentence_end = LazyCell::new(|| sentence_end(source, previous.clone(), to));
    let mut strongest = Gap::Soft;
    let mut before = source.get(..previous.end).and_then(|text| text.chars().next_back());
    let mut rest = between.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().next().or_else(|| source.get(to..).and_then(|text| text.chars().next()));
        let gap = match fold(c) {
            Folded::Separator('.') => glued_full_stop(before, after).unwrap_or_else(|| *sentence_end),
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

/// Rates a full stop that no space follows: between letters it is part of a name (`node.js`). `None` when one does.
fn glued_full_stop(before: Option<char>, after: Option<char>) -> Option<Gap> {
    let after = after.filter(|c| !c.is_whitespace())?;
    let is_inside_name = before.is_some_and(char::is_alphanumeric) && after.is_alphanumeric();
    Some(if is_inside_name { Gap::Soft } else { Gap::Hard })
}

/// Rates a full stop that space follows: it ends a sentence, unless a small letter comes next or it marks an abbreviation.
fn sentence_end(source: &str, previous: Range<usize>, to: usize) -> Gap {
    let stands_at_word = source.get(previous.end..).is_some_and(|text| text.starts_with('.'));
    let abbreviates = || stands_at_word && is_abbreviation(source.get(previous).unwrap_or(""));
    match source.get(to..).and_then(|text| text.chars().next()) {
        Some(c) if c.is_lowercase() || abbreviates() => Gap::Soft,
        _ => Gap::Segment,
    }
}

/// Tells whether a word is a single letter or a known abbreviation, in whatever letters it is written.
fn is_abbreviation(word: &str) -> bool {
    let mut letters = [0; LONGEST_ABBREVIATION];
    let mut count = 0;
    for byte in folded(word) {
        let Some(slot) = letters.get_mut(count) else { return false };
        *slot = byte;
        count += 1;
    }
    let letters = letters.get(..count).unwrap_or_default();
    count == 1 || ABBREVIATIONS.iter().any(|known| known.as_bytes() == letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_abbreviation_is_known_with_a_full_stop_behind_it() {
        for word in ABBREVIATIONS.into_iter().chain(["X", "Resp", "R\u{301}esp", "T.E.C.H", "ＤＩＲ"]) {
            assert_eq!(gap_between(&format!("{word}. Y"), 0..word.len(), word.len() + 2), Gap::Soft, "{word}");
        }
        for word in ["Manager", "XY", "assists", "µ1"] {
            assert_eq!(gap_between(&format!("{word}. Y"), 0..word.len(), word.len() + 2), Gap::Segment, "{word}");
        }
    }
}
