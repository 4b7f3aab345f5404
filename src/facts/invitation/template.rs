//! Placeholders that a template left unfilled.

use std::ops::Range;

use crate::text::tokenize;

/// Signs between which placeholders stand, the longer before those that they begin with.
const MARKS: [(&str, &str); 6] = [("{{", "}}"), ("{", "}"), ("*|", "|*"), ("[", "]"), ("<", ">"), ("%", "%")];

/// The most bytes between the signs.
const LONGEST: usize = 40;

/// The most words between square or pointed brackets, which people use for remarks too.
const MOST_WORDS: usize = 3;

/// The byte ranges of unfilled placeholders: `{firstName}`, `{{first_name|there}}`, `*|FNAME|*`, `[Prénom]`, `<Name>`,
/// `%FIRSTNAME%`.
pub(super) fn marks(note: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(skipped) = note.bytes().skip(at).position(opens) {
        let begin = at + skipped;
        let rest = note.get(begin..).unwrap_or_default();
        at = match MARKS.iter().find_map(|(open, close)| placeholder(rest, open, close)) {
            Some(length) => {
                found.push(begin..begin + length);
                begin + length
            }
            None => begin + 1,
        };
    }
    found
}

/// Whether a sign may begin with this byte.
fn opens(byte: u8) -> bool {
    matches!(byte, b'{' | b'*' | b'[' | b'<' | b'%')
}

/// Words of which templates make the names of what is to be filled in, folded.
///
/// They are no words of the rules: with the signs around them they are the notation of programs that send mail, and mean
/// the same to every owner.
#[rustfmt::skip]
const FIELDS: [&str; 40] = [
    "adresse", "address", "apellido", "cargo", "city", "company", "contact", "empresa", "entreprise", "firstname",
    "fonction", "fullname", "industrie", "industry", "insert", "inserer", "job", "jobtitle", "lastname", "metier",
    "name", "naam", "nom", "nombre", "organisation", "organization", "position", "poste", "prenom", "project", "role",
    "school", "secteur", "sector", "societe", "surname", "title", "titre", "ville", "voornaam",
];

/// The bytes of the placeholder that begins here, both signs included.
fn placeholder(rest: &str, open: &str, close: &str) -> Option<usize> {
    let inside = rest.strip_prefix(open)?;
    let end = inside.find(close).filter(|&end| end <= LONGEST)?;
    let name = inside.get(..end)?;
    let is_meant = !matches!(open, "[" | "<") || names_a_field(name);
    (fits(name, open) && is_meant).then_some(open.len() + end + close.len())
}

/// Whether what stands in brackets is the name of a field. Remarks are not, nor are elements of HTML: `[PDF]`, `<br>`.
fn names_a_field(name: &str) -> bool {
    let letters: Vec<char> = name.trim().chars().collect();
    let begins_small = letters.first().is_some_and(|letter| letter.is_lowercase());
    let is_hump = |pair: &[char]| matches!(pair, [low, high] if low.is_lowercase() && high.is_uppercase());
    let mut is_named = name.contains('_') || begins_small && letters.windows(2).any(is_hump);
    tokenize(name, |word, _| is_named |= FIELDS.iter().any(|field| field.as_bytes() == word.as_bytes()));
    is_named
}

/// Whether what stands between the signs can be the name of something to fill in.
fn fits(name: &str, open: &str) -> bool {
    let trimmed = name.trim();
    let is_letter = |c: char| c.is_alphabetic() || c == '_';
    let in_word = |c: char| is_letter(c) || c.is_numeric() || matches!(c, '-' | '.' | '\'' | '’');
    let begins_well = trimmed.starts_with(is_letter) && trimmed.chars().filter(|&c| is_letter(c)).count() >= 2;
    begins_well
        && match open {
            // Between percentages anything may stand.
            "%" => name.chars().all(in_word),
            "{{" | "{" | "*|" => trimmed.chars().all(|c| in_word(c) || matches!(c, ' ' | '|' | ':')),
            _ => trimmed.chars().all(|c| in_word(c) || c == ' ') && trimmed.split_whitespace().count() <= MOST_WORDS,
        }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::profile::import;

    fn check(note: &str, expected: &[&str]) {
        let found: Vec<&str> = marks(note).into_iter().map(|range| &note[range]).collect();
        assert_eq!(found, expected, "{note}");
    }

    #[test]
    fn placeholders_of_all_kinds_are_found() {
        check("Hi {firstName}, how is {{ company }}?", &["{firstName}", "{{ company }}"]);
        check("Hi {{first_name|there}} and *|FNAME|*", &["{{first_name|there}}", "*|FNAME|*"]);
        check("Bonjour [Prénom], chez [Nom de l'entreprise]", &["[Prénom]", "[Nom de l'entreprise]"]);
        check("Dear <First Name> at %COMPANY_NAME%", &["<First Name>", "%COMPANY_NAME%"]);
        check("Bonjour ${prenom}", &["{prenom}"]);
        check(
            "Bonjour [prénom] ! Chez [company_name] ou <nomSociete>",
            &["[prénom]", "[company_name]", "<nomSociete>"],
        );
        check("Hi <NAME>! At [your company] as [poste]", &["<NAME>", "[your company]", "[poste]"]);
    }

    #[test]
    fn remarks_and_figures_are_no_placeholders() {
        check("Croissance de 5 % par an, 10 % de marge", &[]);
        check("from 5%to 10%", &[]);
        check("see [1] and {} and <3 or a < b > c", &[]);
        check("[English version of this below] <https://example.org>", &[]);
        check("Hi,<br>we met <Span>, <P>Votre article [Pdf] et [l'outil libre], merci [rires], [Les Echos]", &[]);
        check("{", &[]);
        check("é{é", &[]);
    }

    #[test]
    fn no_name_of_a_field_is_read_as_html() {
        for field in FIELDS {
            let record = serde_json::json!({"message": format!("Hi <{field}>!")}).to_string();
            let profile = import::read(import::Format::CrmRecord, record.as_bytes()).unwrap();
            check(&profile.texts()[0].text, &[&format!("<{field}>")]);
        }
    }

    proptest! {
        #[test]
        fn every_place_of_a_note_is_looked_at(note in "([{}*|\\[\\]<>%aé _-]|ab|\\{\\{|\\*\\|)*") {
            let mut expected: Vec<Range<usize>> = Vec::new();
            for (at, _) in note.char_indices() {
                let length = MARKS.iter().find_map(|(open, close)| placeholder(&note[at..], open, close));
                if expected.last().is_none_or(|last| last.end <= at) {
                    expected.extend(length.map(|length| at..at + length));
                }
            }
            prop_assert_eq!(marks(&note), expected);
        }
    }
}
