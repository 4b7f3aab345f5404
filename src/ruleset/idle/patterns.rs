//! Terms and triggers that look like patterns, which there are none of.

use crate::ruleset::diagnostic::Diagnostics;
use crate::ruleset::{RuleSetDocument, VocabularyDocument};
use crate::text::tokenize;

/// Whether patterns are written with a sign, and names of things are not: `C++`, `C#`, `.NET`, `A/B`, `(e)`.
fn is_of_patterns(sign: u8) -> bool {
    matches!(sign, b'*' | b'[' | b']' | b'\\' | b'^' | b'$')
}

/// Finds terms and triggers with signs of patterns.
pub(super) fn find(document: &RuleSetDocument, found: &mut Diagnostics) {
    for (name, vocabulary) in document.vocabularies.iter() {
        let terms = vocabulary.terms.as_deref().unwrap_or_default();
        find_in_list(&format!("/vocabularies/{name}/terms"), terms, is_inflected(vocabulary), found);
    }
    for (_, name, context) in document.contexts.all() {
        let Some(context) = context else { continue };
        for (list, phrases) in context.lists() {
            find_in_list(&format!("/contexts/{name}/{list}"), phrases, true, found);
        }
    }
}

fn is_inflected(vocabulary: &VocabularyDocument) -> bool {
    vocabulary.inflect.as_ref().is_none_or(|languages| !languages.is_empty())
}

fn find_in_list(pointer: &str, phrases: &[String], inflected: bool, found: &mut Diagnostics) {
    let forms = if inflected { "count by themselves" } else { "count where `inflect` names a language" };
    for (index, phrase) in phrases.iter().enumerate().filter(|(_, phrase)| phrase.bytes().any(is_of_patterns)) {
        let words = words(phrase);
        let read = match words.as_slice() {
            [word] => format!("the word `{word}`"),
            _ => format!("the words `{}`", words.join(" ")),
        };
        let message = format!("is read as {read}: there are no patterns; feminine and plural forms {forms}");
        found.warning("pattern", format!("{pointer}/{index}"), message);
    }
}

fn words(phrase: &str) -> Vec<String> {
    let mut words = Vec::new();
    tokenize(phrase, |word, _| words.push(String::from_utf8_lossy(word.as_bytes()).into_owned()));
    words
}
