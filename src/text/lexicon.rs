//! The words of many phrases, each with its forms, each kept and inflected once however often it stands in them.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::Seeded;
use super::inflection::{self, Language};
use super::lists::Lists;

/// Number of a word of a [`Lexicon`].
pub type LexemeId = u32;
/// Number of the forms of a word in a [`Lexicon`]: as it is written, and under which languages.
pub type FormsId = u32;

/// Words and their forms, folded.
///
/// ```
/// use entregent::text::{Language, Lexicon};
/// let mut lexicon = Lexicon::default();
/// let forms = lexicon.inflect("tresorier", &[Language::Fr]);
/// assert_eq!(lexicon.written(forms), b"tresorier");
/// assert!(lexicon.forms(forms).iter().any(|&form| lexicon.word(form) == b"tresorieres"));
/// assert_eq!(lexicon.inflect("tresorier", &[Language::Fr]), forms);
/// ```
#[derive(Default)]
pub struct Lexicon {
    words: Lists<u8>,
    /// The numbers of the words, by their hashes.
    numbers: HashTable<LexemeId>,
    hasher: Seeded,
    forms: Lists<LexemeId>,
    inflected: BTreeMap<Vec<Language>, HashMap<LexemeId, FormsId, Seeded>>,
}

impl Lexicon {
    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// A word, in UTF-8.
    #[must_use]
    pub fn word(&self, word: LexemeId) -> &[u8] {
        self.words.get(word)
    }

    /// The forms of a word, the word itself first.
    #[must_use]
    pub fn forms(&self, forms: FormsId) -> &[LexemeId] {
        self.forms.get(forms)
    }

    /// The word that stands first among its forms, as it was written.
    #[must_use]
    pub fn written(&self, forms: FormsId) -> &[u8] {
        self.forms(forms).first().map_or(&[], |&word| self.word(word))
    }

    /// The forms of a word in these languages.
    pub fn inflect(&mut self, word: &str, languages: &[Language]) -> FormsId {
        let written = self.number(word.as_bytes());
        let known = self.inflected.get(languages).and_then(|known| known.get(&written));
        if let Some(&forms) = known {
            return forms;
        }
        let forms = self.add(inflection::forms(word, languages));
        self.inflected.entry(languages.to_owned()).or_default().insert(written, forms);
        forms
    }

    /// The forms of the words of a phrase written as one word, of which only the last is inflected.
    ///
    /// `None` when there are no words, or a form would be longer than `longest` bytes.
    pub fn join(&mut self, phrase: &[FormsId], longest: usize) -> Option<FormsId> {
        let (&last, first) = phrase.split_last()?;
        let stem: Vec<u8> = first.iter().flat_map(|&forms| self.written(forms)).copied().collect();
        let endings = self.forms(last).to_owned();
        let fits = |&ending: &LexemeId| stem.len() + self.word(ending).len() <= longest;
        if !endings.iter().all(fits) {
            return None;
        }
        let mut word = stem.clone();
        let join = |ending: &LexemeId| {
            word.truncate(stem.len());
            word.extend_from_slice(self.words.get(*ending));
            self.number(&word)
        };
        let joined: Vec<_> = endings.iter().map(join).collect();
        Some(self.add_numbers(joined))
    }

    /// Takes forms as they are, the written one first.
    pub fn add<W: AsRef<[u8]>>(&mut self, forms: impl IntoIterator<Item = W>) -> FormsId {
        let numbers: Vec<_> = forms.into_iter().map(|form| self.number(form.as_ref())).collect();
        self.add_numbers(numbers)
    }

    fn add_numbers(&mut self, forms: Vec<LexemeId>) -> FormsId {
        self.forms.push(forms);
        self.forms.len() as FormsId - 1
    }

    /// The number of a word; a new one when it is not known.
    fn number(&mut self, word: &[u8]) -> LexemeId {
        let Self { words, numbers, hasher, .. } = self;
        let hash = |word: &[u8]| hasher.hash_one(word);
        let known = |&number: &LexemeId| words.get(number) == word;
        match numbers.entry(hash(word), known, |&number| hash(words.get(number))) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let number = words.len() as LexemeId;
                place.insert(number);
                words.push(word.iter().copied());
                number
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_forms_are_known_again_among_thousands() {
        let mut lexicon = Lexicon::default();
        let words: Vec<_> = (0..5_000).map(|n| format!("mot{n}")).collect();
        let mut inflect = |word: &String| lexicon.inflect(word, &[Language::Fr, Language::En]);
        let first: Vec<_> = words.iter().map(&mut inflect).collect();
        let again: Vec<_> = words.iter().map(&mut inflect).collect();
        assert_eq!(first, again);
        assert!(first.iter().zip(&words).all(|(&forms, word)| lexicon.written(forms) == word.as_bytes()));
    }

    #[test]
    fn other_languages_give_other_forms() {
        let mut lexicon = Lexicon::default();
        let (french, none) = (lexicon.inflect("chef", &[Language::Fr]), lexicon.inflect("chef", &[]));
        assert_ne!(french, none);
        assert_eq!(lexicon.forms(none), lexicon.forms(french).get(..1).unwrap());
    }

    #[test]
    fn a_phrase_in_one_word_ends_as_its_last_word_does() {
        let mut lexicon = Lexicon::default();
        let phrase = ["web", "master"].map(|word| lexicon.inflect(word, &[Language::En]));
        let joined = lexicon.join(&phrase, 10).unwrap();
        let forms: Vec<_> = lexicon.forms(joined).iter().map(|&form| lexicon.word(form)).collect();
        assert_eq!(forms, [&b"webmaster"[..], b"webmasters"]);
        assert_eq!((lexicon.join(&phrase, 9), lexicon.join(&[], 9)), (None, None));
    }
}
