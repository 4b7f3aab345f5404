//! What lies between two words: whether a phrase may span it, and whether a segment ends there.

use std::cell::LazyCell;
use std::ops::Range;

use super::fold::{Folded, fold};
use super::word::Word;

/// How strongly two neighbouring words are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// A space, hyphen, apostrophe, quotation mark, or glued dot or slash: phrases span it.
    Soft,
    /// A colon: no phrase spans it; contexts and compositions do, and behind a trigger it announces a list.
    Colon,
    /// A comma, bracket, emoji and the like: no phrase spans it; contexts and compositions do.
    Hard,
    /// An `@`, behind which an employer stands: as a comma, but for compositions of what employers are named after.
    At,
    /// A spaced dash: a segment ends, but a head binds a domain right beyond it.
    Dash,
    /// A full stop before a capital: nothing spans it, unless whoever reads knows the word before it for an abbreviation.
    FullStop,
    /// A line break, the end of a question or of an exclamation, `|`, `•` or `·`: nothing spans it.
    Segment,
}

impl Gap {
    /// Whether a comma, a colon or the like parts the words, but no segment ends.
    #[must_use]
    pub fn is_mark(self) -> bool {
        matches!(self, Self::Colon | Self::Hard | Self::At)
    }

    /// Whether a segment ends.
    #[must_use]
    pub fn ends_segment(self) -> bool {
        matches!(self, Self::Dash | Self::FullStop | Self::Segment)
    }
}

/// Abbreviations after which a full stop ends no sentence, folded and in order.
const ABBREVIATIONS: [&str; 55] = [
    "acct", "acctg", "accts", "adj", "adm", "agt", "ass", "assist", "assoc", "asst", "aud", "chg", "cial", "comm",
    "consol", "coord", "cpta", "ctrl", "dept", "devt", "dir", "dpt", "dr", "eng", "engr", "etc", "ex", "fin", "gen",
    "gest", "ing", "ins", "inv", "jr", "logist", "me", "mgmt", "mgr", "mkt", "mktg", "mr", "mrs", "proj", "reg",
    "resp", "snr", "sr", "st", "strat", "supv", "sys", "syst", "tech", "tel", "treas",
];

/// The letters of the longest of these.
pub(super) const LONGEST_ABBREVIATION: usize = 6;

/// Rates what separates a word from the next one: every character at the bytes `between`; the strongest counts.
pub(super) fn gap_between(source: &str, word: &Word, between: Range<usize>) -> Gap {
    let Range { start, end } = between;
    let between = source.get(start..end).unwrap_or("");
    let next = source.get(end..).and_then(|text| text.chars().next());
    // What a full stop says that space follows: no sentence ends before a small letter or behind an abbreviation.
    let goes_on = |next: char| next.is_lowercase() || between.starts_with('.') && is_abbreviation(word);
    let full_stop = || if next.is_some_and(goes_on) { Gap::Soft } else { Gap::FullStop };
    // "(adm.)" is an abbreviation; what several words in brackets end with is a sentence.
    let is_alone = LazyCell::new(|| is_alone(source, start));
    let closed = |c| closes(c) && !*is_alone;
    let mut strongest = Gap::Soft;
    let mut before = source.get(..start).and_then(|text| text.chars().rev().find(is_seen));
    let mut rest = between.chars().filter(is_seen);
    while let Some(c) = rest.next() {
        let Folded::Separator(plain) = (if c.is_ascii() { Folded::Separator(c) } else { fold(c) }) else { continue };
        let after = |is_passed: &dyn Fn(char) -> bool| rest.clone().find(|&c| !is_passed(c)).or(next);
        let gap = match plain {
            // What is quoted or in brackets ends behind its full stop, and the sentence with it.
            '.' => glued_full_stop(before, after(&closed)).unwrap_or_else(full_stop),
            // Several dashes are one long dash, which the first of them is rated for.
            dash if is_dash(dash) && before.is_some_and(is_dash) => Gap::Soft,
            dash if is_dash(dash) => rate(dash, before, after(&is_dash)),
            _ => rate(plain, before, after(&|_| false)),
        };
        strongest = strongest.max(gap);
        before = Some(plain);
    }
    strongest
}

/// Whether a character shows, unlike a combining mark or a joiner: what others stand next to.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "filters take it by reference")]
pub(super) fn is_seen(c: &char) -> bool {
    c.is_ascii() || fold(*c) != Folded::Nothing
}

/// Whether the word that ends at a byte stands right behind what opens a quotation or a bracket.
fn is_alone(source: &str, end: usize) -> bool {
    let mut before = source.get(..end).unwrap_or("").chars().rev();
    before.find(|c| !c.is_alphanumeric() && is_seen(c)).is_some_and(|c| matches!(c, '(' | '[' | '"' | '“' | '‘' | '\''))
}

/// Whether a character closes what is quoted or in brackets.
fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '"' | '”' | '’' | '»' | '\'')
}

/// Tells whether a character is a hyphen, a dash or a minus.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−')
}

fn rate(c: char, before: Option<char>, after: Option<char>) -> Gap {
    let spaced = |side: Option<char>| side.is_none_or(char::is_whitespace);
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Gap::Segment,
        '|' | '¦' | '│' | '∣' | '‖' | '┃' | '❘' | '⏐' | '⎮' => Gap::Segment,
        '•' | '·' | '∙' | '⋅' | '・' | '‧' | '●' | '▪' | '■' => Gap::Segment,
        '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '…' | '。' => Gap::Segment,
        ':' => Gap::Colon,
        '@' => Gap::At,
        c if c.is_whitespace() => Gap::Soft,
        '\'' | '’' | '‘' | '′' | '`' | '_' | '"' | '“' | '”' | '„' | '«' | '»' => Gap::Soft,
        dash if is_dash(dash) => match (spaced(before), spaced(after)) {
            (true, true) => Gap::Dash,
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

/// Tells whether a word, behind which a full stop stands, is a single letter or a known abbreviation.
fn is_abbreviation(word: &Word) -> bool {
    match word.as_bytes() {
        [letter] => letter.is_ascii_alphanumeric(),
        letters => ABBREVIATIONS.binary_search_by(|known| known.as_bytes().cmp(letters)).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    #[test]
    fn no_abbreviation_is_longer_than_the_longest() {
        assert_eq!(ABBREVIATIONS.iter().map(|word| word.len()).max(), Some(LONGEST_ABBREVIATION));
    }

    #[test]
    fn every_abbreviation_is_known_with_a_full_stop_behind_it() {
        let gap_behind = |word: &str| {
            let mut gaps = Vec::new();
            tokenize(&format!("{word}. Y"), |_, token| gaps.push(token.gap));
            gaps.pop()
        };
        for word in
            ABBREVIATIONS.into_iter().chain(["X", "Resp", "R\u{301}esp", "T.E.C.H", "ＤＩＲ", "Dir·e", "Ass(e)s"])
        {
            assert_eq!(gap_behind(word), Some(Gap::Soft), "{word}");
        }
        for word in ["Manager", "XY", "assists", "µ1", "&", "C#", "C++"] {
            assert!(gap_behind(word).is_some_and(Gap::ends_segment), "{word}");
        }
    }
}
