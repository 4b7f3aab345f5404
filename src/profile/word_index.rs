//! The words of a profile by their stems, for those who look for single words in it.

use std::collections::HashMap;

use super::Profile;
use crate::text::{Stem, Token, tokenize};

/// Number of a stem in a [`WordIndex`].
pub type StemId = u32;

/// How a word is written, its letters apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As any word; a capital that opens a sentence says nothing.
    Plain,
    /// As a name: a capital within a sentence, one inside the word (`CashPilot`), digits among letters; also a capital
    /// that opens a sentence when a comma or a colon comes next ("Marsouin: our tool").
    Name,
    /// All in capitals.
    Acronym,
    /// Digits alone.
    Number,
}

/// A word of a profile.
#[derive(Clone, Copy, Debug)]
pub struct IndexedWord {
    /// Its stem.
    pub stem: StemId,
    /// The index of its text in [`Profile::texts`].
    pub text: u32,
    /// Its segment, counted through all texts.
    pub segment: u32,
    /// Where it stands in its text.
    pub token: Token,
    /// How it is written.
    pub shape: Shape,
}

/// All words of a profile, in order.
#[derive(Clone, Debug, Default)]
pub struct WordIndex {
    words: Vec<IndexedWord>,
    ids: HashMap<Box<[u8]>, StemId>,
    /// By stem: its letters, and the indexes of its words.
    stems: Vec<(Box<[u8]>, Vec<u32>)>,
}

impl WordIndex {
    pub(super) fn of(profile: &Profile<'_>) -> Self {
        let mut index = Self::default();
        let mut segment = 0;
        for (text, entry) in (0..).zip(profile.texts()) {
            tokenize(&entry.text, |word, token| {
                segment += u32::from(token.gap.ends_segment());
                let stem = index.number(&Stem::of(word.as_bytes()));
                let written = entry.text.get(token.start as usize..token.end as usize).unwrap_or_default();
                let shape = shape(written, token.gap.ends_segment());
                if token.gap.is_mark() {
                    index.name_opening_word(&entry.text);
                }
                if let Some((_, places)) = index.stems.get_mut(stem as usize) {
                    places.push(index.words.len() as u32);
                }
                index.words.push(IndexedWord { stem, text, segment, token, shape });
            });
        }
        index
    }

    /// Takes the last word for a name if it opens a sentence with a capital.
    fn name_opening_word(&mut self, text: &str) {
        let Some(last) = self.words.last_mut().filter(|last| last.token.gap.ends_segment()) else { return };
        let written = text.get(last.token.start as usize..last.token.end as usize).unwrap_or_default();
        last.shape = shape(written, false);
    }

    fn number(&mut self, stem: &Stem) -> StemId {
        if let Some(id) = self.find(stem) {
            return id;
        }
        let id = self.stems.len() as StemId;
        self.ids.insert(stem.as_bytes().into(), id);
        self.stems.push((stem.as_bytes().into(), Vec::new()));
        id
    }

    /// The number of a stem, if a word of the profile has it.
    #[must_use]
    pub fn find(&self, stem: &Stem) -> Option<StemId> {
        self.ids.get(stem.as_bytes()).copied()
    }

    /// The letters of a stem.
    #[must_use]
    pub fn letters(&self, stem: StemId) -> &[u8] {
        self.stems.get(stem as usize).map_or(&[], |(letters, _)| letters)
    }

    /// The indexes of the words of a stem, in order.
    #[must_use]
    pub fn places(&self, stem: StemId) -> &[u32] {
        self.stems.get(stem as usize).map_or(&[], |(_, places)| places)
    }

    /// All words, in order.
    #[must_use]
    pub fn words(&self) -> &[IndexedWord] {
        &self.words
    }
}

fn shape(written: &str, opens_sentence: bool) -> Shape {
    let is_digit = |c: char| c.is_numeric();
    let letters = || written.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    let count = letters().count();
    let begins_with_capital = letters().next().is_some_and(char::is_uppercase);
    match (count, capitals) {
        (0, _) => Shape::Number,
        _ if written.chars().any(is_digit) => Shape::Name,
        (2.., _) if capitals == count => Shape::Acronym,
        (_, 0) => Shape::Plain,
        (_, 1) if begins_with_capital && (opens_sentence || count == 1) => Shape::Plain,
        _ => Shape::Name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(about: &str) -> WordIndex {
        let document = serde_json::json!({ "about": about }).to_string();
        WordIndex::of(&crate::profile::parse(document.as_bytes()).unwrap())
    }

    #[test]
    fn a_word_is_found_by_any_of_its_forms() {
        let index = index("Trésoriers et trésorière. Le trésor");
        let id = index.find(&Stem::of(b"tresorieres")).unwrap();
        assert_eq!(index.places(id), [0, 2]);
        assert_eq!(index.letters(id), b"tresorier");
        assert_eq!(index.find(&Stem::of(b"banque")), None);
    }

    #[test]
    fn segments_are_counted_through() {
        let segments: Vec<u32> = index("One two. Three | four").words().iter().map(|word| word.segment).collect();
        assert_eq!(segments, [1, 1, 2, 3]);
    }

    fn check(about: &str, expected: &[Shape]) {
        let shapes: Vec<Shape> = index(about).words().iter().map(|word| word.shape).collect();
        assert_eq!(shapes, expected, "{about}");
    }

    #[test]
    fn names_are_told_by_capitals_and_digits() {
        use Shape::{Acronym, Name, Number, Plain};
        check("Projet Ardoise en 2019. Un succès", &[Plain, Name, Plain, Number, Plain, Plain]);
        check("CashPilot, SAP, web3", &[Name, Acronym, Name]);
        check("I did", &[Plain, Plain]);
        check("Marsouin: our tool. Our tool, Marsouin", &[Name, Plain, Plain, Plain, Plain, Name]);
        check("𝗖𝗮𝘀𝗵𝗣𝗶𝗹𝗼𝘁", &[Name]);
    }
}
