//! Folds single characters: compatibility forms, case, accents and ligatures vanish.

use std::sync::OnceLock;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// What a character folds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// Letters or digits, in UTF-8: `Œ` gives `oe`, `𝗗` gives `d`.
    Letters {
        /// The bytes, the first `len` of which count.
        bytes: [u8; FOLDED_BYTES],
        /// How many bytes count.
        len: u8,
    },
    /// Nothing: a combining mark, a joiner, a variation selector, a soft hyphen.
    Nothing,
    /// A character that separates words, in its compatibility form: `｜` gives `|`.
    Separator(char),
}

/// The most bytes that one character may fold to; the few longer ones (Arabic ligatures) separate words.
pub const FOLDED_BYTES: usize = 14;

/// Code points of a page of the table.
const PAGE: usize = 256;

/// Planes 0 and 1, where all living scripts, mathematical letters and emoji are, are looked up; the rest is computed.
const PAGES: usize = 0x20000 / PAGE;

type Page = [Folded; PAGE];

/// What characters fold to, page by page; a page is computed when one of its characters is first met.
static TABLE: [OnceLock<Box<Page>>; PAGES] = [const { OnceLock::new() }; PAGES];

/// Folds one character: NFKD, full case folding, accents and ligatures resolved.
///
/// ```
/// use entregent::text::fold::{Folded, fold};
/// assert_eq!(fold('É'), fold('e'));
/// assert_eq!(fold('𝗗'), fold('d'));
/// assert_eq!(fold('\u{301}'), Folded::Nothing);
/// assert_eq!(fold('｜'), Folded::Separator('|'));
/// ```
#[inline]
#[must_use]
pub fn fold(c: char) -> Folded {
    let code = c as usize;
    match TABLE.get(code / PAGE) {
        Some(page) => {
            page.get_or_init(|| compute_page(code / PAGE)).get(code % PAGE).copied().unwrap_or(Folded::Nothing)
        }
        None => compute(c),
    }
}

/// Folds a text; what separates words stays as it is, in its compatibility form.
///
/// ```
/// assert_eq!(entregent::text::fold::folded("Févr.\u{a0}2019 – À ce jour"), "fevr. 2019 – a ce jour");
/// ```
#[must_use]
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match fold(c) {
            Folded::Letters { bytes, len } => {
                folded.extend(bytes.get(..len.into()).and_then(|bytes| std::str::from_utf8(bytes).ok()));
            }
            Folded::Separator(c) => folded.push(c),
            Folded::Nothing => {}
        }
    }
    folded
}

#[cold]
fn compute_page(number: usize) -> Box<Page> {
    let code = |index: usize| (number * PAGE + index) as u32;
    Box::new(std::array::from_fn(|index| char::from_u32(code(index)).map_or(Folded::Nothing, compute)))
}

fn compute(c: char) -> Folded {
    if is_ignorable(c) {
        return Folded::Nothing;
    }
    match c {
        '™' | '℠' => return Folded::Separator(c),
        // A mark to Unicode, which makes a keycap of the digit before it.
        '\u{20e3}' => return Folded::Separator(c),
        // Letters to Unicode, which people use as blanks.
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => return Folded::Separator(' '),
        // Letters to Unicode, which people use as apostrophes.
        'ʼ' | 'ʻ' => return Folded::Separator('\''),
        _ => {}
    }
    let mut letters = String::new();
    decompose_compatible(c, |part| push_folded(part, &mut letters));
    let mut parts = letters.chars();
    match (parts.next(), parts.next()) {
        (None, _) => Folded::Nothing,
        (Some(only), None) if !only.is_alphanumeric() => Folded::Separator(only),
        _ if letters.len() > FOLDED_BYTES || !letters.chars().all(char::is_alphanumeric) => Folded::Separator(c),
        _ => {
            let mut bytes = [0; FOLDED_BYTES];
            for (slot, byte) in bytes.iter_mut().zip(letters.bytes()) {
                *slot = byte;
            }
            Folded::Letters { bytes, len: letters.len() as u8 }
        }
    }
}

/// Upper case and back is full case folding for every letter that has two cases (`ß`, `ς`, `ﬀ`).
fn push_folded(part: char, into: &mut String) {
    if is_combining_mark(part) {
        return;
    }
    for lower in part.to_uppercase().flat_map(char::to_lowercase) {
        match lower {
            'œ' => into.push_str("oe"),
            'æ' => into.push_str("ae"),
            'ø' => into.push('o'),
            'ł' => into.push('l'),
            'đ' | 'ð' => into.push('d'),
            'þ' => into.push_str("th"),
            // The small form of `ẞ`, which has no other capital.
            'ß' => into.push_str("ss"),
            'ħ' => into.push('h'),
            // Case folding can leave a decomposable letter behind (`İ`).
            other => decompose_compatible(other, |piece| {
                if !is_combining_mark(piece) {
                    into.push(piece);
                }
            }),
        }
    }
}

/// Characters that neither show nor separate: joiners, direction marks, soft hyphen, variation selectors, tags.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(folded(source), expected, "{source}");
    }

    #[test]
    fn case_accents_and_ligatures_vanish() {
        check("TRÉSORIÈRE", "tresoriere");
        check("Straße STRAẞE ŒUVRE Ærø Łódź", "strasse strasse oeuvre aero lodz");
        check("ﬁnance ΣΊΣΥΦΟΣ", "finance σισυφοσ");
        check("İstanbul", "istanbul");
    }

    #[test]
    fn mathematical_and_full_width_letters_are_plain_letters() {
        check("𝗗𝗔𝗙 | 𝗖𝗙𝗢 ＣＦＯ", "daf | cfo cfo");
    }

    #[test]
    fn marks_and_joiners_say_nothing() {
        check("e\u{301}\u{200d}\u{fe0f}", "e");
    }

    #[test]
    fn keycaps_and_blank_letters_separate() {
        check("1\u{fe0f}\u{20e3}CFO\u{3164}X", "1\u{20e3}cfo x");
    }

    #[test]
    fn a_trade_mark_is_no_letter() {
        check("SAP™", "sap™");
    }
}
