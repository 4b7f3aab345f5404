//! Recognises a word written in both its genders: `conseiller/conseillère`, `acteur / actrice`.

use super::fold::{Folded, fold};
use super::word::LONGEST_WORD;

/// What a masculine and a feminine form end in, folded, after all that they share.
const PAIRS: [(&str, &str); 20] = [
    ("", "e"),
    ("", "a"),
    ("", "fe"),
    ("", "le"),
    ("", "ne"),
    ("", "sse"),
    ("", "te"),
    ("ar", "res"),
    ("au", "lle"),
    ("c", "que"),
    ("er", "ster"),
    ("eur", "rice"),
    ("f", "ve"),
    ("man", "woman"),
    ("o", "a"),
    ("or", "ress"),
    ("r", "re"),
    ("r", "se"),
    ("ur", "resse"),
    ("x", "se"),
];

/// The fewest letters that the two forms begin with together.
const SHORTEST_STEM: usize = 3;

/// The bytes that the other gender of `word` takes at the start of `rest`, its slash included; 0 when it does not stand
/// there.
///
/// The slash may have spaces on either side. Which of the two comes first does not matter.
pub(super) fn other_gender(word: &[u8], rest: &str) -> usize {
    let Some(other) = rest.trim_start_matches(is_space).strip_prefix('/') else { return 0 };
    let other = other.trim_start_matches(is_space);
    let mut taken = rest.len() - other.len();
    let mut letters = [0; LONGEST_WORD];
    let mut len = 0;
    for c in other.chars() {
        match fold(c) {
            Folded::Letters { bytes, len: width } => {
                for &byte in bytes.iter().take(width as usize) {
                    let Some(slot) = letters.get_mut(len) else { return 0 };
                    *slot = byte;
                    len += 1;
                }
            }
            Folded::Nothing => {}
            Folded::Separator(_) => break,
        }
        taken += c.len_utf8();
    }
    if is_other_gender(word, letters.get(..len).unwrap_or_default()) { taken } else { 0 }
}

/// Whether a character is a space of whatever width, within a line.
fn is_space(c: char) -> bool {
    c.is_whitespace() && fold(c) == Folded::Separator(' ')
}

fn is_other_gender(one: &[u8], other: &[u8]) -> bool {
    let shared = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let endings = (one.get(shared..).unwrap_or_default(), other.get(shared..).unwrap_or_default());
    let (one, other) = match (endings.0.strip_suffix(b"s"), endings.1.strip_suffix(b"s")) {
        (Some(one), Some(other)) => (one, other),
        _ => endings,
    };
    let are = |masculine: &str, feminine: &str| one == masculine.as_bytes() && other == feminine.as_bytes();
    shared >= SHORTEST_STEM
        && PAIRS.iter().any(|&(masculine, feminine)| are(masculine, feminine) || are(feminine, masculine))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, rest: &str, expected: &str) {
        assert_eq!(rest.get(..other_gender(word.as_bytes(), rest)), Some(expected), "{word}{rest}");
    }

    #[test]
    fn the_other_gender_behind_a_slash_belongs_to_the_word() {
        check("conseiller", "/conseillère en vente", "/conseillère");
        check("acteur", " / actrice", " / actrice");
        check("acteur", "\u{a0}/  actrice", "\u{a0}/  actrice");
        check("acteur", "\n/ actrice", "");
        check("directrice", "/Directeur financier", "/Directeur");
        check("vendeurs", "/vendeuses", "/vendeuses");
        check("chef", " /cheffe de projet", " /cheffe");
        check("technicien", "/technicienne, support", "/technicienne");
        check("conseiller", "/conseille\u{300}re", "/conseille\u{300}re");
        check("salesman", "/saleswoman", "/saleswoman");
        check("director", "/directora", "/directora");
        check("medewerker", "/medewerkster", "/medewerkster");
    }

    #[test]
    fn another_word_behind_a_slash_does_not() {
        check("comptable", "/contrôleur", "");
        check("developpeur", "/développement", "");
        check("directeur", " directrice", "");
        check("directeur", "/", "");
        check("chef", "/chef", "");
        check("ux", "/uxe", "");
        check("a", &format!("/{}", "a".repeat(60)), "");
    }
}
