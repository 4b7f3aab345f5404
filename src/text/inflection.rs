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

/// Spanish feminine endings of words that do not end in `o`.
const SPANISH_FEMININE: [(&str, &str); 5] =
    [("or", "ora"), ("jefe", "jefa"), ("gerente", "gerenta"), ("presidente", "presidenta"), ("asistente", "asistenta")];

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

/// Lists the folded forms of a folded word in these languages, the word itself first, each once.
///
/// ```
/// use entregent::text::{Language, inflection::forms};
/// assert_eq!(forms("directeur", &[]), ["directeur"]);
/// assert!(forms("directeur", &[Language::Fr]).contains(&"directrices".to_owned()));
/// assert!(forms("company", &[Language::En]).contains(&"companies".to_owned()));
/// assert!(forms("gestor", &[Language::Es]).contains(&"gestoras".to_owned()));
/// assert!(forms("ontwerper", &[Language::Nl]).contains(&"ontwerpster".to_owned()));
/// assert!(forms("and", &[Language::En]).contains(&"&".to_owned()));
/// ```
#[must_use]
pub fn forms(word: &str, languages: &[Language]) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    for language in languages {
        match language {
            Language::Fr => french(word, &mut forms),
            Language::En => english(word, &mut forms),
            Language::Es => spanish(word, &mut forms),
            Language::Nl => dutch(word, &mut forms),
        }
    }
    let mut distinct: Vec<String> = Vec::with_capacity(forms.len());
    for form in forms {
        if !distinct.contains(&form) {
            distinct.push(form);
        }
    }
    distinct
}

fn french(word: &str, forms: &mut Vec<String>) {
    match word {
        "et" | "&" => return forms.extend(["et".to_owned(), "&".to_owned()]),
        // Inflecting articles, prepositions and abbreviations would only invent words.
        _ if word.len() < 3 || !word.chars().all(char::is_alphabetic) => return,
        "des" | "les" | "aux" | "sur" | "par" | "pour" | "dans" | "avec" => return,
        _ => {}
    }
    let mut singulars = vec![word.to_owned()];
    for (masculine, feminine) in FRENCH_IRREGULAR {
        if word == masculine {
            singulars.push(feminine.to_owned());
        }
    }
    let rule = FRENCH_FEMININE.iter().find_map(|(ending, feminine)| Some((word.strip_suffix(ending)?, feminine)));
    if let Some((stem, endings)) = rule.filter(|(stem, _)| stem.len() >= 2) {
        singulars.extend(endings.iter().map(|ending| format!("{stem}{ending}")));
    } else if word.ends_with('e') {
        // A folded `chargé` cannot be told from `charge`.
        singulars.push(format!("{word}e"));
    }
    for singular in singulars {
        if let Some(stem) = singular.strip_suffix("al") {
            forms.push(format!("{stem}aux"));
        } else if singular.ends_with("eau") || singular.ends_with("eu") {
            forms.push(format!("{singular}x"));
        }
        if !singular.ends_with(['s', 'x', 'z']) {
            forms.push(format!("{singular}s"));
        }
        forms.push(singular);
    }
}

fn english(word: &str, forms: &mut Vec<String>) {
    match word {
        "and" | "&" => return forms.extend(["and".to_owned(), "&".to_owned()]),
        "of" | "the" | "for" | "with" | "in" | "to" => return,
        _ if word.len() < 2 || !word.chars().all(char::is_alphabetic) => return,
        _ => {}
    }
    let before_last = word.chars().rev().nth(1).unwrap_or('a');
    if let Some(stem) = word.strip_suffix("man") {
        forms.extend(["men", "woman", "women", "person"].map(|ending| format!("{stem}{ending}")));
    } else if let Some(stem) = word.strip_suffix('y').filter(|_| !matches!(before_last, 'a' | 'e' | 'i' | 'o' | 'u')) {
        forms.push(format!("{stem}ies"));
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|ending| word.ends_with(ending)) {
        forms.push(format!("{word}es"));
    } else {
        forms.push(format!("{word}s"));
    }
}

fn spanish(word: &str, forms: &mut Vec<String>) {
    match word {
        "y" | "e" | "&" => return forms.extend(["y", "e", "&"].map(str::to_owned)),
        "del" | "los" | "las" | "con" | "por" | "para" | "sin" => return,
        _ if word.len() < 3 || !word.chars().all(char::is_alphabetic) => return,
        _ => {}
    }
    let mut singulars = vec![word.to_owned()];
    if let Some(stem) = word.strip_suffix('o') {
        singulars.push(format!("{stem}a"));
    }
    for (ending, feminine) in SPANISH_FEMININE {
        singulars.extend(word.strip_suffix(ending).map(|stem| format!("{stem}{feminine}")));
    }
    for singular in singulars {
        if let Some(stem) = singular.strip_suffix('z') {
            forms.push(format!("{stem}ces"));
        } else if singular.ends_with(['a', 'e', 'i', 'o', 'u']) {
            forms.push(format!("{singular}s"));
        } else if !singular.ends_with('s') {
            forms.push(format!("{singular}es"));
        }
        forms.push(singular);
    }
}

fn dutch(word: &str, forms: &mut Vec<String>) {
    match word {
        "en" | "&" => return forms.extend(["en", "&"].map(str::to_owned)),
        "van" | "voor" | "met" | "het" | "een" | "aan" | "bij" | "der" => return,
        _ if word.len() < 3 || !word.chars().all(char::is_alphabetic) => return,
        _ => {}
    }
    let mut singulars = vec![word.to_owned()];
    let rule = DUTCH_ENDINGS.iter().find_map(|(ending, others)| Some((word.strip_suffix(ending)?, others)));
    if let Some((stem, others)) = rule {
        singulars.extend(others.iter().map(|other| format!("{stem}{other}")));
    }
    for singular in singulars {
        if let Some(stem) = singular.strip_suffix("icus") {
            // No further ending: `technicien` is French.
            forms.push(format!("{stem}ici"));
        } else if singular.ends_with('e') {
            forms.push(format!("{singular}n"));
        } else {
            forms.push(format!("{singular}en"));
        }
        if !singular.ends_with('s') {
            forms.push(format!("{singular}s"));
        }
        forms.push(singular);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
