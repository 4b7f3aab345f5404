//! Which language a text is in, as far as its small words and its accents tell.

use super::Language;
use super::token::tokenize;

/// Small words, folded, that stand in texts of one of the languages and hardly in the others.
///
/// What two of them share is left out (`la`, `en`, `de`, `is`), and so is what stands alone in titles (`it`, the `d` of
/// `R&D`).
#[rustfmt::skip]
const SMALL_WORDS: [(Language, &[&str]); 4] = [
    (Language::Fr, &[
        "ai", "au", "aux", "avec", "ce", "ces", "cette", "chez", "dans", "depuis", "des", "du", "est", "et", "j", "je",
        "l", "le", "les", "leur", "leurs", "ma", "mes", "mon", "nos", "notre", "nous", "ou", "par", "pas", "pour", "qu",
        "qui", "sont", "suis", "sur", "une", "vos", "votre", "vous",
    ]),
    (Language::En, &[
        "about", "am", "an", "and", "are", "as", "at", "by", "for", "from", "has", "have", "how", "i", "into", "m", "my",
        "of", "our", "that", "the", "their", "this", "to", "what", "where", "who", "with", "you", "your",
    ]),
    (Language::Es, &[
        "al", "como", "con", "del", "desde", "el", "ella", "es", "esta", "ha", "he", "las", "los", "mi", "mis", "muy",
        "nuestra", "nuestro", "para", "por", "ser", "sin", "sobre", "soy", "su", "sus", "una", "y",
    ]),
    (Language::Nl, &[
        "aan", "als", "bij", "dat", "een", "het", "ik", "maar", "met", "mijn", "naar", "niet", "om", "onze", "ook",
        "op", "te", "van", "veel", "voor", "wij", "zijn",
    ]),
];

/// Letters that hardly stand in the other languages; an `é` is taken for French, which has by far the most of them.
const ACCENTS: [(Language, &str); 2] = [(Language::Fr, "éèêàâçùûîôœÉÈÊÀÂÇÙÛÎÔŒ"), (Language::Es, "ñáíóú¿¡ÑÁÍÓÚ")];

/// Words that are looked at; what stands behind them tells no more.
const ENOUGH: usize = 400;

/// The language of texts by one person; `None` when nothing tells it, or two languages equally.
///
/// Each small word, each accented letter and each `d'` counts one for its language. That is enough to address somebody; it is not
/// meant to tell languages that are not in the table.
///
/// ```
/// use entregent::text::{Language, language::guess};
/// assert_eq!(guess(["À l'écoute du marché"]), Some(Language::Fr));
/// assert_eq!(guess(["Open to new ideas at the moment"]), Some(Language::En));
/// assert_eq!(guess(["CFO"]), None);
/// ```
#[must_use]
pub fn guess<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Language> {
    let mut counts = SMALL_WORDS.map(|(language, _)| (0_usize, language));
    let mut count = |of: Language| counts.iter_mut().filter(|(_, language)| *language == of).for_each(|(n, _)| *n += 1);
    let mut words = 0;
    for text in texts {
        for (language, accents) in ACCENTS {
            text.chars().take(ENOUGH * 6).filter(|c| accents.contains(*c)).for_each(|_| count(language));
        }
        elided(text).for_each(|_| count(Language::Fr));
        tokenize(text, |word, _| {
            words += 1;
            let of_language = |small: &&[&str]| small.iter().any(|small| small.as_bytes() == word.as_bytes());
            let known = SMALL_WORDS.iter().filter(|(_, small)| words <= ENOUGH && of_language(small));
            known.for_each(|(language, _)| count(*language));
        });
        if words > ENOUGH {
            break;
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counts {
        [(first, language), (second, _), ..] if first > second => Some(language),
        _ => None,
    }
}

/// The words that begin with an elided « de », as in « chef d'agence »: without its apostrophe a `d` tells nothing.
fn elided(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split_whitespace().take(ENOUGH);
    words.filter(|word| ["d'", "d’", "D'", "D’"].iter().any(|elided| word.starts_with(elided)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<Language>) {
        assert_eq!(guess([text]), expected, "{text}");
    }

    #[test]
    fn small_words_and_accents_tell_the_language() {
        check("Je cherche un poste dans la finance", Some(Language::Fr));
        check("Je reve d'un poste", Some(Language::Fr));
        check("Indépendante", Some(Language::Fr));
        check("Directeur d’agence bancaire", Some(Language::Fr));
        check("The world's best, I'd say", Some(Language::En));
        check("Looking for my next role", Some(Language::En));
        check("Busco un nuevo reto en el sector financiero", Some(Language::Es));
        check("Op zoek naar een nieuwe uitdaging", Some(Language::Nl));
    }

    #[test]
    fn what_languages_share_or_titles_hold_tells_nothing() {
        check("IT", None);
        check("R&D manager", None);
        check("DAF | CFO", None);
        check("", None);
    }

    #[test]
    fn the_language_of_most_of_the_texts_counts() {
        assert_eq!(guess(["Head of Sales", "Je suis au service des entreprises"]), Some(Language::Fr));
        assert_eq!(guess(["Résumé", "I work for the team and with the clients"]), Some(Language::En));
        let long = "the ".repeat(500) + &"le ".repeat(1_000);
        assert_eq!(guess([long.as_str(), "le et les", "le et les"]), Some(Language::En));
    }
}
