//! The words of many phrases, each with its forms, each kept and inflected once however often it stands in them.

use std::collections::{BTreeMap, HashMap};

use super::Seeded;
use super::inflection::{Language, each_form};
use super::lists::{DistinctLists, Lists};

/// Number of a word of a [`Lexicon`].
pub type LexemeId = u32;
/// Number of the forms of a word in a [`Lexicon`]: as it is written, and under which languages.
pub type FormsId = u32;
/// Number of a sequence of words in a [`Lexicon`].
pub type WordingId = u32;

/// Words and their forms, folded, and phrases of them.
///
/// ```
/// use entregent::text::{Language, Lexicon};
/// let mut lexicon = Lexicon::default();
/// let forms = lexicon.inflect(b"tresorier", &[Language::Fr]);
/// assert_eq!(lexicon.written(forms), b"tresorier");
/// assert!(lexicon.forms(forms).iter().any(|&form| lexicon.word(form) == b"tresorieres"));
/// assert_eq!(lexicon.inflect(b"tresorier", &[Language::Fr]), forms);
/// ```
#[derive(Default)]
pub struct Lexicon {
    words: DistinctLists<u8>,
    forms: Lists<LexemeId>,
    inflected: BTreeMap<Vec<Language>, HashMap<LexemeId, FormsId, Seeded>>,
    wordings: DistinctLists<FormsId>,
    room: Room,
}

/// Room for a word and for the forms that are found, kept from one word to the next.
#[derive(Default)]
struct Room {
    word: Vec<u8>,
    forms: Vec<LexemeId>,
}

impl Room {
    fn clear(&mut self) {
        self.word.clear();
        self.forms.clear();
    }
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
        self.len() == 0
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

    /// The words of a phrase.
    #[must_use]
    pub fn wording(&self, wording: WordingId) -> &[FormsId] {
        self.wordings.get(wording)
    }

    /// The forms of a word, which is folded and in UTF-8, in these languages.
    pub fn inflect(&mut self, word: &[u8], languages: &[Language]) -> FormsId {
        let written = self.words.number(word);
        let known = self.inflected.get(languages).and_then(|known| known.get(&written));
        if let Some(&forms) = known {
            return forms;
        }
        let Self { words, room, .. } = self;
        room.clear();
        each_form(&String::from_utf8_lossy(word), languages, &mut |parts| {
            room.word.clear();
            parts.iter().for_each(|part| room.word.extend_from_slice(part.as_bytes()));
            let number = words.number(&room.word);
            if !room.forms.contains(&number) {
                room.forms.push(number);
            }
        });
        let forms = self.add_room();
        if !self.inflected.contains_key(languages) {
            self.inflected.insert(languages.to_owned(), HashMap::default());
        }
        self.inflected.get_mut(languages).map(|inflected| inflected.insert(written, forms));
        forms
    }

    /// The number of a word, which is folded and in UTF-8.
    pub fn number(&mut self, word: &[u8]) -> LexemeId {
        self.words.number(word)
    }

    /// How many words with their forms there are; each has a number below that.
    #[must_use]
    pub fn forms_len(&self) -> usize {
        self.forms.len()
    }

    /// The same forms with what else each of them is written as: the same number when that is nothing.
    pub fn widen(&mut self, forms: FormsId, also: &HashMap<LexemeId, Vec<LexemeId>, Seeded>) -> FormsId {
        let Self { forms: lists, room, .. } = self;
        room.clear();
        let known = lists.get(forms);
        room.forms.extend_from_slice(known);
        for &other in known.iter().filter_map(|form| also.get(form)).flatten() {
            if !room.forms.contains(&other) {
                room.forms.push(other);
            }
        }
        if room.forms.len() == known.len() { forms } else { self.add_room() }
    }

    /// The number of a phrase of these words.
    pub fn put(&mut self, words: &[FormsId]) -> WordingId {
        self.wordings.number(words)
    }

    /// The forms of the words of a phrase written as one word, of which only the last is inflected.
    ///
    /// `None` when there are no words, or a form would be longer than `longest` bytes.
    pub fn join(&mut self, wording: WordingId, longest: usize) -> Option<FormsId> {
        let Self { words, forms, wordings, room, .. } = self;
        let (&last, first) = wordings.get(wording).split_last()?;
        room.clear();
        for &written in first.iter().filter_map(|&first| forms.get(first).first()) {
            room.word.extend_from_slice(words.get(written));
        }
        let (stem, endings) = (room.word.len(), forms.get(last));
        if endings.iter().any(|&ending| stem + words.get(ending).len() > longest) {
            return None;
        }
        for &ending in endings {
            room.word.truncate(stem);
            room.word.extend_from_slice(words.get(ending));
            room.forms.push(words.number(&room.word));
        }
        Some(self.add_room())
    }

    /// Takes forms as they are, the written one first.
    pub fn add<W: AsRef<[u8]>>(&mut self, forms: impl IntoIterator<Item = W>) -> FormsId {
        let Self { words, room, .. } = self;
        room.clear();
        room.forms.extend(forms.into_iter().map(|form| words.number(form.as_ref())));
        self.add_room()
    }

    fn add_room(&mut self) -> FormsId {
        self.forms.push(self.room.forms.iter().copied());
        self.forms.len() as FormsId - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_forms_are_known_again_among_thousands() {
        let mut lexicon = Lexicon::default();
        let words: Vec<_> = (0..5_000).map(|n| format!("mot{n}")).collect();
        let mut inflect = |word: &String| lexicon.inflect(word.as_bytes(), &[Language::Fr, Language::En]);
        let first: Vec<_> = words.iter().map(&mut inflect).collect();
        let again: Vec<_> = words.iter().map(&mut inflect).collect();
        assert_eq!(first, again);
        assert!(first.iter().zip(&words).all(|(&forms, word)| lexicon.written(forms) == word.as_bytes()));
    }

    #[test]
    fn other_languages_give_other_forms() {
        let mut lexicon = Lexicon::default();
        let (french, none) = (lexicon.inflect(b"chef", &[Language::Fr]), lexicon.inflect(b"chef", &[]));
        assert_ne!(french, none);
        assert_eq!(lexicon.forms(none), lexicon.forms(french).get(..1).unwrap());
    }

    #[test]
    fn a_phrase_in_one_word_ends_as_its_last_word_does() {
        let mut lexicon = Lexicon::default();
        let words = [&b"web"[..], b"master"].map(|word| lexicon.inflect(word, &[Language::En]));
        let (phrase, nothing) = (lexicon.put(&words), lexicon.put(&[]));
        let joined = lexicon.join(phrase, 10).unwrap();
        let forms: Vec<_> = lexicon.forms(joined).iter().map(|&form| lexicon.word(form)).collect();
        assert_eq!(forms, [&b"webmaster"[..], b"webmasters"]);
        assert_eq!((lexicon.join(phrase, 9), lexicon.join(nothing, 9)), (None, None));
    }
}
