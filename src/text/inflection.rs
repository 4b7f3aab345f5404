//! Feminine and plural forms of words, by language.
//!
//! The rules are those of regular formation, applied to folded words; they are meant for titles of persons and their
//! adjectives. A form that no language has (`cadre` gives `cadree` nowhere, but `image` gives `images`) does no harm:
//! it only never occurs.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language whose feminine and plural forms are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French: gender and number.
    Fr,
    /// English: number.
    En,
    /// Spanish: gender and number.
    Es,
    /// Dutch: gender and number.
    Nl,
}

/// French feminine endings: masculine ending, feminine endings, the first rule that fits decides.
const FRENCH_FEMININE: [(&str, &[&str]); 32] = [
    ("teur", &["trice", "teuse", "teure"]),
    ("seur", &["seuse", "seure", "ssure"]),
    ("eur", &["euse", "rice", "eure", "eresse"]),
    ("ier", &["iere"]),
    ("er", &["ere"]),
    ("ien", &["ienne"]),
    ("en", &["enne"]),
    ("on", &["onne"]),
    ("if", &["ive"]),
    ("eux", &["euse"]),
    ("el", &["elle"]),
    ("al", &["ale"]),
    ("et", &["ete", "ette"]),
    ("ant", &["ante"]),
    ("ent", &["ente"]),
    ("int", &["inte"]),
    ("at", &["ate"]),
    ("ert", &["erte"]),
    ("ef", &["effe", "efe"]),
    ("ain", &["aine"]),
    ("ois", &["oise"]),
    ("ais", &["aise"]),
    ("ard", &["arde"]),
    ("and", &["ande"]),
    ("ond", &["onde"]),
    ("san", &["sane"]),
    ("uit", &["uite"]),
    ("i", &["ie"]),
    // Nouns, which have no feminine, before the participles.
    ("au", &[]),
    ("eu", &[]),
    ("ou", &[]),
    ("u", &["ue"]),
];

/// Words whose feminine no rule gives, folded.
const FRENCH_IRREGULAR: [(&str, &str); 13] = [
    ("avocat", "avocate"),
    ("copain", "copine"),
    ("docteur", "doctoresse"),
    ("expert", "experte"),
    ("homme", "femme"),
    ("maitre", "maitresse"),
    ("direct", "directe"),
    ("futur", "future"),
    ("nouveau", "nouvelle"),
    ("public", "publique"),
    ("seul", "seule"),
    // Not all in -ic: `scientific` is English, and `scientifique` no form of it.
    ("syndic", "syndique"),
    ("ambassadeur", "ambassadrice"),
];

/// Spanish feminine endings: masculine ending, feminine ending.
const SPANISH_FEMININE: [(&str, &str); 6] = [
    ("o", "a"),
    ("or", "ora"),
    ("jefe", "jefa"),
    ("gerente", "gerenta"),
    ("presidente", "presidenta"),
    ("asistente", "asistenta"),
];

/// Dutch endings of persons and adjectives: base ending, the other endings, the first rule that fits decides.
///
/// A folded word has lost its diaeresis: `financiële` is `financiele`.
const DUTCH_ENDINGS: [(&str, &[&str]); 24] = [
    ("teur", &["trice", "teuse"]),
    ("eur", &["euse", "rice"]),
    ("oper", &["oopster"]),
    ("ever", &["eefster"]),
    ("ver", &["fster"]),
    ("aker", &["aakster"]),
    ("rder", &["rster"]),
    ("er", &["ster", "eres"]),
    ("aar", &["ares", "aarster"]),
    ("loog", &["loge", "logen"]),
    ("graaf", &["grafe"]),
    ("soof", &["sofe"]),
    ("icus", &["ica"]),
    ("ist", &["iste"]),
    ("ent", &["ente"]),
    ("ant", &["ante"]),
    ("man", &["mannen", "vrouw"]),
    ("eel", &["ele"]),
    ("aal", &["ale"]),
    ("ief", &["ieve"]),
    ("isch", &["ische"]),
    ("ig", &["ige"]),
    ("lijk", &["lijke"]),
    ("end", &["ende"]),
];

/// Takes a form of a word, as parts that stand one behind the other.
type Show<'s> = &'s mut dyn FnMut(&[&str]);

/// Shows the folded forms of a folded word in these languages, the word itself first, some more than once; each as parts
/// that stand one behind the other.
///
/// ```
/// use entregent::text::{Language, inflection::each_form};
/// let forms = |word, languages: &[Language]| {
///     let mut forms = Vec::new();
///     each_form(word, languages, &mut |parts| forms.push(parts.concat()));
///     forms
/// };
/// assert_eq!(forms("directeur", &[]), ["directeur"]);
/// assert!(forms("directeur", &[Language::Fr]).contains(&"directrices".to_owned()));
/// assert!(forms("company", &[Language::En]).contains(&"companies".to_owned()));
/// assert!(forms("gestor", &[Language::Es]).contains(&"gestoras".to_owned()));
/// assert!(forms("ontwerper", &[Language::Nl]).contains(&"ontwerpster".to_owned()));
/// assert!(forms("and", &[Language::En]).contains(&"&".to_owned()));
/// ```
pub fn each_form(word: &str, languages: &[Language], show: &mut dyn FnMut(&[&str])) {
    show(&[word]);
    for language in languages {
        match language {
            Language::Fr => french(word, show),
            Language::En => english(word, show),
            Language::Es => spanish(word, show),
            Language::Nl => dutch(word, show),
        }
    }
}

fn french(word: &str, show: Show<'_>) {
    match word {
        "et" | "&" => return ["et", "&"].into_iter().for_each(|form| show(&[form])),
        // Inflecting articles, prepositions and abbreviations would only invent words.
        _ if is_left_alone(word, 3) => return,
        "des" | "les" | "aux" | "sur" | "par" | "pour" | "dans" | "avec" => return,
        _ => {}
    }
    if let Some(stem) = word.strip_suffix("al") {
        show(&[stem, "aux"]);
    } else if word.ends_with("eau") || word.ends_with("eu") {
        show(&[word, "x"]);
    }
    if !word.ends_with(['s', 'x', 'z']) {
        show(&[word, "s"]);
    }
    // All end in `e`.
    let mut feminine = |stem: &str, ending: &str| {
        show(&[stem, ending, "s"]);
        show(&[stem, ending]);
    };
    for (_, irregular) in FRENCH_IRREGULAR.iter().filter(|(masculine, _)| word == *masculine) {
        feminine(irregular, "");
    }
    let rule = FRENCH_FEMININE.iter().find_map(|(ending, feminine)| Some((word.strip_suffix(ending)?, feminine)));
    if let Some((stem, endings)) = rule.filter(|(stem, _)| stem.len() >= 2) {
        endings.iter().for_each(|ending| feminine(stem, ending));
    } else if word.ends_with('e') {
        // A folded `chargé` cannot be told from `charge`.
        feminine(word, "e");
    }
}

fn english(word: &str, show: Show<'_>) {
    match word {
        "and" | "&" => return ["and", "&"].into_iter().for_each(|form| show(&[form])),
        "of" | "the" | "for" | "with" | "in" | "to" => return,
        _ if is_left_alone(word, 2) => return,
        _ => {}
    }
    let before_last = word.chars().rev().nth(1).unwrap_or('a');
    if let Some(stem) = word.strip_suffix("man") {
        ["men", "woman", "women", "person"].into_iter().for_each(|ending| show(&[stem, ending]));
    } else if let Some(stem) = word.strip_suffix('y').filter(|_| !matches!(before_last, 'a' | 'e' | 'i' | 'o' | 'u')) {
        show(&[stem, "ies"]);
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|ending| word.ends_with(ending)) {
        show(&[word, "es"]);
    } else {
        show(&[word, "s"]);
    }
}

fn spanish(word: &str, show: Show<'_>) {
    match word {
        "y" | "e" | "&" => return ["y", "e", "&"].into_iter().for_each(|form| show(&[form])),
        "del" | "los" | "las" | "con" | "por" | "para" | "sin" => return,
        _ if is_left_alone(word, 3) => return,
        _ => {}
    }
    if let Some(stem) = word.strip_suffix('z') {
        show(&[stem, "ces"]);
    } else if word.ends_with(['a', 'e', 'i', 'o', 'u']) {
        show(&[word, "s"]);
    } else if !word.ends_with('s') {
        show(&[word, "es"]);
    }
    for (ending, feminine) in SPANISH_FEMININE {
        if let Some(stem) = word.strip_suffix(ending) {
            // All end in `a`.
            show(&[stem, feminine, "s"]);
            show(&[stem, feminine]);
        }
    }
}

fn dutch(word: &str, show: Show<'_>) {
    match word {
        "en" | "&" => return ["en", "&"].into_iter().for_each(|form| show(&[form])),
        "van" | "voor" | "met" | "het" | "een" | "aan" | "bij" | "der" => return,
        _ if is_left_alone(word, 3) => return,
        _ => {}
    }
    let mut singular = |stem: &str, ending: &str| {
        let end = if ending.is_empty() { stem } else { ending };
        if let ("", Some(stem)) = (ending, stem.strip_suffix("icus")) {
            // No further ending: `technicien` is French.
            show(&[stem, "ici"]);
        } else {
            show(&[stem, ending, if end.ends_with('e') { "n" } else { "en" }]);
        }
        if !end.ends_with('s') {
            show(&[stem, ending, "s"]);
        }
        show(&[stem, ending]);
    };
    singular(word, "");
    let rule = DUTCH_ENDINGS.iter().find_map(|(ending, others)| Some((word.strip_suffix(ending)?, others)));
    if let Some((stem, others)) = rule {
        others.iter().for_each(|other| singular(stem, other));
    }
}

/// Whether a word has fewer bytes than this, or other signs than letters.
fn is_left_alone(word: &str, least: usize) -> bool {
    word.len() < least || !word.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(word: &str, languages: &[Language]) -> Vec<String> {
        let mut forms = Vec::new();
        each_form(word, languages, &mut |parts| forms.push(parts.concat()));
        forms
    }

    fn check(word: &str, languages: &[Language], expected: &[&str]) {
        let forms = forms(word, languages);
        for form in expected {
            assert!(forms.iter().any(|f| f == form), "{word}: {form} missing in {forms:?}");
        }
    }

    #[test]
    fn french_titles_have_a_feminine_and_plurals() {
        check("tresorier", &[Language::Fr], &["tresorier", "tresoriere", "tresoriers", "tresorieres"]);
        check("directeur", &[Language::Fr], &["directrice", "directeurs", "directrices"]);
        check("controleur", &[Language::Fr], &["controleuse", "controleurs"]);
        check("charge", &[Language::Fr], &["chargee", "charges", "chargees"]);
        check("commercial", &[Language::Fr], &["commerciale", "commerciaux", "commerciales"]);
        check("technicien", &[Language::Fr], &["technicienne"]);
        check("administratif", &[Language::Fr], &["administrative"]);
        check("adjoint", &[Language::Fr], &["adjointe"]);
        check("ingenieur", &[Language::Fr], &["ingenieure", "ingenieures"]);
        check("chef", &[Language::Fr], &["cheffe", "cheffes"]);
        check("apprenti", &[Language::Fr], &["apprentie", "apprenties"]);
        check("public", &[Language::Fr], &["publique", "publics", "publiques"]);
        check("devenu", &[Language::Fr], &["devenue", "devenues"]);
        check("artisan", &[Language::Fr], &["artisane"]);
        check("marchand", &[Language::Fr], &["marchande", "marchandes"]);
        check("futur", &[Language::Fr], &["future"]);
    }

    #[test]
    fn nouns_in_a_closed_vowel_have_only_a_plural() {
        assert_eq!(forms("bureau", &[Language::Fr]), ["bureau", "bureaux", "bureaus"]);
    }

    #[test]
    fn english_titles_have_plurals() {
        check("analyst", &[Language::En], &["analysts"]);
        check("secretary", &[Language::En], &["secretaries"]);
        check("salesman", &[Language::En], &["salesmen", "saleswoman", "salesperson"]);
    }

    #[test]
    fn spanish_titles_have_a_feminine_and_plurals() {
        check("tecnico", &[Language::Es], &["tecnica", "tecnicos", "tecnicas"]);
        check("gestor", &[Language::Es], &["gestora", "gestores", "gestoras"]);
        check("redactor", &[Language::Es], &["redactora", "redactores"]);
        check("jefe", &[Language::Es], &["jefa", "jefes", "jefas"]);
        check("comercial", &[Language::Es], &["comerciales"]);
        check("portavoz", &[Language::Es], &["portavoces"]);
    }

    #[test]
    fn dutch_titles_have_a_feminine_and_plurals() {
        check("ontwerper", &[Language::Nl], &["ontwerpster", "ontwerpers"]);
        check("verslaggever", &[Language::Nl], &["verslaggeefster"]);
        check("verkoper", &[Language::Nl], &["verkoopster"]);
        check("beheerder", &[Language::Nl], &["beheerster"]);
        check("directeur", &[Language::Nl], &["directrice", "directeuren", "directeurs"]);
        check("kunstenaar", &[Language::Nl], &["kunstenares", "kunstenaars"]);
        check("socioloog", &[Language::Nl], &["sociologe", "sociologen"]);
        check("fotograaf", &[Language::Nl], &["fotografe", "fotografen"]);
        check("filosoof", &[Language::Nl], &["filosofe", "filosofen"]);
        check("criticus", &[Language::Nl], &["critica", "critici"]);
        assert!(!forms("technicus", &[Language::Nl]).contains(&"technicien".to_owned()));
        check("docent", &[Language::Nl], &["docente", "docenten"]);
        check("financieel", &[Language::Nl], &["financiele"]);
    }

    #[test]
    fn conjunctions_are_interchangeable() {
        check("&", &[Language::Fr, Language::En], &["et", "and"]);
        check("et", &[Language::Fr], &["&"]);
        check("y", &[Language::Es], &["e", "&"]);
        check("en", &[Language::Nl], &["&"]);
    }

    #[test]
    fn without_a_language_a_word_is_only_itself() {
        assert_eq!(forms("daf", &[]), ["daf"]);
    }
}
