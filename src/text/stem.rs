//! What is left of a word when its feminine and plural endings are taken away.

use super::word::LONGEST_WORD;

/// The part that the forms of a word share, in French and English.
///
/// [`inflection`](super::inflection) makes the forms of a term, which is known; where two texts are compared, neither
/// has the form to start from. Endings are those of regular formation, and words that are no forms of one another may
/// meet (`marche`, `marché`).
#[derive(Clone, Copy, Debug)]
pub struct Stem {
    bytes: [u8; LONGEST_WORD],
    len: usize,
}

/// Endings that stand for one another once a final `e` is gone: all forms of the first come to the second.
const ENDINGS: [(&[u8], &[u8]); 7] =
    [(b"tric", b"teu"), (b"eur", b"eu"), (b"eus", b"eu"), (b"eux", b"eu"), (b"if", b"iv"), (b"qu", b"c"), (b"y", b"i")];

/// The shortest word that has endings.
const SHORTEST: usize = 4;

impl Stem {
    /// Takes the endings off a folded word; shorter than four letters, or not all Latin letters, it stays as it is.
    ///
    /// ```
    /// use entregent::text::Stem;
    /// assert_eq!(Stem::of(b"directrices").as_bytes(), Stem::of(b"directeur").as_bytes());
    /// assert_eq!(Stem::of(b"companies").as_bytes(), Stem::of(b"company").as_bytes());
    /// ```
    #[must_use]
    pub fn of(word: &[u8]) -> Self {
        let mut stem = Self { bytes: [0; LONGEST_WORD], len: 0 };
        stem.replace_end(0, word);
        if word.len() < SHORTEST || !word.iter().all(u8::is_ascii_lowercase) {
            return stem;
        }
        match word {
            [.., b'e', b'a', b'u', b'x'] => stem.shorten(1),
            [_, _, .., b'a', b'u', b'x'] => stem.replace_end(3, b"al"),
            [.., b's', b's'] => {}
            [.., b's'] => stem.shorten(1),
            _ => {}
        }
        while stem.len >= SHORTEST && stem.as_bytes().ends_with(b"e") {
            stem.shorten(1);
        }
        if let [.., b'n', b'n'] | [.., b'l', b'l'] | [.., b't', b't'] | [.., b's', b's'] | [.., b'f', b'f'] =
            stem.as_bytes()
        {
            stem.shorten(1);
        }
        let ending =
            ENDINGS.iter().find(|(ending, _)| stem.len > ending.len() + 1 && stem.as_bytes().ends_with(ending));
        if let Some((ending, shared)) = ending {
            stem.replace_end(ending.len(), shared);
        }
        stem
    }

    /// The stem in UTF-8; empty for a word longer than a vocabulary can hold.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    fn shorten(&mut self, by: usize) {
        self.len = self.len.saturating_sub(by);
    }

    fn replace_end(&mut self, taken: usize, end: &[u8]) {
        self.shorten(taken);
        for (slot, &byte) in self.bytes.iter_mut().skip(self.len).zip(end) {
            *slot = byte;
        }
        self.len += end.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, inflection};

    fn stem(word: &str) -> String {
        String::from_utf8(Stem::of(word.as_bytes()).as_bytes().to_vec()).unwrap()
    }

    fn check(forms: &[&str]) {
        for form in forms {
            assert_eq!(stem(form), stem(forms[0]), "{form} and {}", forms[0]);
        }
    }

    #[test]
    fn the_forms_of_a_word_have_one_stem() {
        check(&["tresorier", "tresoriere", "tresoriers", "tresorieres"]);
        check(&["directeur", "directrice", "directeurs", "directrices"]);
        check(&["vendeur", "vendeuse", "vendeuses"]);
        check(&["ingenieur", "ingenieure", "ingenieures"]);
        check(&["serieux", "serieuse", "serieuses"]);
        check(&["technicien", "technicienne", "techniciennes"]);
        check(&["professionnel", "professionnelles"]);
        check(&["administratif", "administrative", "administratives"]);
        check(&["charge", "chargee", "charges", "chargees"]);
        check(&["journal", "journaux"]);
        check(&["bureau", "bureaux"]);
        check(&["chef", "cheffe", "cheffes"]);
        check(&["public", "publique", "publiques"]);
        check(&["company", "companies"]);
        check(&["process", "processes"]);
        check(&["apprenti", "apprentie", "apprenties"]);
    }

    #[test]
    fn plurals_that_inflection_gives_have_the_stem_of_the_word() {
        for word in ["trade", "estimate", "hedge", "box", "branch", "study", "business", "treasury", "projet", "reseau"]
        {
            inflection::each_form(word, &[Language::En], &mut |parts| {
                let form = parts.concat();
                assert_eq!(stem(&form), stem(word), "{form}");
            });
        }
    }

    #[test]
    fn different_words_keep_their_stems_apart() {
        for (one, other) in [("compte", "comptable"), ("article", "artiste"), ("paie", "paix"), ("fonds", "fondeur")] {
            assert_ne!(stem(one), stem(other));
        }
    }

    #[test]
    fn short_words_names_with_digits_and_other_scripts_stay_as_they_are() {
        for word in ["les", "c++", "web3s", "сети"] {
            assert_eq!(stem(word), word);
        }
    }
}
