//! How the words of terms may be written: in their forms, and short.

use std::collections::{HashMap, HashSet};

use super::RuleSetDocument;
use super::diagnostic::Diagnostics;
use super::model::{Abbreviation, RuleSet, Source};
use crate::text::{FormsId, LexemeId, Lexicon, Seeded};
use crate::wire;

/// The short forms of words, applied to the terms of a rule set.
pub(super) struct Spellings {
    /// The forms of each word, by their number, with its short ones if it stands in a term of several words.
    widened: Vec<FormsId>,
    /// The words with short forms that do.
    met: HashSet<LexemeId, Seeded>,
    /// The short forms of these, and whether they are words of any phrase themselves.
    shorts: Vec<(Box<[u8]>, bool)>,
}

impl Spellings {
    pub(super) fn new(rules: &RuleSet, lexicon: &mut Lexicon) -> Self {
        let mut short: HashMap<LexemeId, Vec<LexemeId>, Seeded> = HashMap::default();
        for abbreviation in &rules.abbreviations {
            short.entry(abbreviation.word).or_default().push(abbreviation.short);
        }
        let mut widened: Vec<_> = (0..lexicon.forms_len() as FormsId).collect();
        let (mut met, mut shorts) = (HashSet::default(), Vec::new());
        if short.is_empty() {
            return Self { widened, met, shorts };
        }
        let mut is_word = vec![false; lexicon.len()];
        for &form in widened.iter().flat_map(|&forms| lexicon.forms(forms)) {
            if let Some(slot) = is_word.get_mut(form as usize) {
                *slot = true;
            }
        }
        for forms in words_in_company(rules, lexicon) {
            met.extend(lexicon.forms(forms).iter().filter(|form| short.contains_key(form)));
            if let Some(slot) = widened.get_mut(forms as usize) {
                *slot = lexicon.widen(forms, &short);
            }
        }
        let used = short.iter().filter(|(word, _)| met.contains(word)).flat_map(|(_, shorts)| shorts);
        shorts.extend(used.map(|&short| (lexicon.word(short).into(), is_word.get(short as usize) == Some(&true))));
        Self { widened, met, shorts }
    }

    /// The short forms that some term may be written with, and whether they are words of any phrase themselves.
    pub(super) fn shorts(&self) -> &[(Box<[u8]>, bool)] {
        &self.shorts
    }

    /// The words of a term as they may be written. A term of one word is never written short: "fin" is seldom finance.
    pub(super) fn of<'s>(&'s self, words: &'s [FormsId]) -> impl Iterator<Item = FormsId> + 's {
        let is_alone = words.len() == 1;
        words.iter().map(move |&word| match self.widened.get(word as usize) {
            Some(&widened) if !is_alone => widened,
            _ => word,
        })
    }

    /// Warns of words that have a short form and stand in no term of several words.
    pub(super) fn warn(&self, document: &RuleSetDocument, rules: &RuleSet, found: &mut Diagnostics) {
        let entries = document.abbreviations.iter();
        let written = entries.flat_map(|(short, words)| (0..words.len()).map(move |index| (short, index)));
        for ((short, index), &Abbreviation { word, .. }) in written.zip(&rules.abbreviations) {
            if !self.met.contains(&word) {
                let pointer = format!("/abbreviations/{}/{index}", wire::escaped(short));
                found.warning("unmet-word", pointer, "is in no term of several words, so it is never written short");
            }
        }
    }
}

/// The words of the terms that have several, each once.
fn words_in_company(rules: &RuleSet, lexicon: &Lexicon) -> Vec<FormsId> {
    let mut stands = vec![false; lexicon.forms_len()];
    for (id, vocabulary) in (0..).zip(&rules.vocabularies) {
        let Source::Terms(terms) = &vocabulary.source else { continue };
        if rules.facts.are_loose(id) {
            // These are never mentions.
            continue;
        }
        for words in terms.iter().map(|term| lexicon.wording(term.words)).filter(|words| words.len() > 1) {
            for &word in words {
                if let Some(slot) = stands.get_mut(word as usize) {
                    *slot = true;
                }
            }
        }
    }
    (0..).zip(stands).filter_map(|(word, stands)| stands.then_some(word)).collect()
}
