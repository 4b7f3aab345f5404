//! The words that an automaton tells apart.

use std::mem;

use super::lexicon::{FormsId, LexemeId, Lexicon};
use super::lists::Lists;
use super::trie::WordId;

/// What an automaton calls the words of its phrases, from 1; 0 is a word of none.
///
/// Words that are forms of the same words lead to the same phrases wherever they stand: they are one to it, and share a
/// number. So are most forms of a word, which makes the steps several times fewer.
pub(super) struct Alphabet {
    by_word: Vec<WordId>,
    by_forms: Lists<WordId>,
}

impl Alphabet {
    /// Numbers the words in the order in which they stand in the phrases.
    pub(super) fn of(lexicon: &Lexicon, phrases: &Lists<FormsId>) -> Self {
        let mut seen = vec![false; lexicon.inflected()];
        let is_new = |forms: &FormsId| seen.get_mut(*forms as usize).is_some_and(|seen| !mem::replace(seen, true));
        let lists: Vec<FormsId> = phrases.iter().flatten().copied().filter(is_new).collect();
        let by_word = in_order(alike(lexicon, &lists), lists.iter().flat_map(|&forms| lexicon.forms(forms)));
        let (mut by_forms, mut numbers) = (Lists::default(), Vec::new());
        for forms in 0..lexicon.inflected() as FormsId {
            for &number in lexicon.forms(forms).iter().filter_map(|&word| by_word.get(word as usize)) {
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
            by_forms.push(numbers.drain(..));
        }
        Self { by_word, by_forms }
    }

    /// The numbers of all words of the lexicon, in their order there.
    pub(super) fn by_word(&self) -> &[WordId] {
        &self.by_word
    }

    /// The numbers of the forms of a word, each once.
    pub(super) fn of_forms(&self, forms: FormsId) -> &[WordId] {
        self.by_forms.get(forms)
    }
}

/// Gives those words of the lexicon the same number that stand in the same ones of these lists of forms.
fn alike(lexicon: &Lexicon, lists: &[FormsId]) -> Vec<WordId> {
    let mut numbers = vec![0; lexicon.len()];
    // What each number became in the last list that has it.
    let mut became = vec![0];
    for &forms in lists {
        // Words that were alike so far stay so when all of them are in this list, or none.
        let first = became.len() as WordId;
        for &word in lexicon.forms(forms) {
            let Some(number) = numbers.get_mut(word as usize) else { continue };
            let next = became.len() as WordId;
            match became.get_mut(*number as usize) {
                Some(now) if *now >= first => *number = *now,
                Some(now) => {
                    *now = next;
                    *number = next;
                    became.push(0);
                }
                None => {}
            }
        }
    }
    numbers
}

/// Replaces the numbers by others without gaps, in the order of these words.
fn in_order<'w>(mut numbers: Vec<WordId>, words: impl Iterator<Item = &'w LexemeId>) -> Vec<WordId> {
    let most = numbers.iter().max().map_or(0, |&most| most as usize);
    let (mut order, mut last) = (vec![0; most + 1], 0);
    for number in words.filter_map(|&word| numbers.get(word as usize)) {
        if let Some(place @ 0) = order.get_mut(*number as usize) {
            last += 1;
            *place = last;
        }
    }
    numbers.iter_mut().for_each(|number| *number = order.get(*number as usize).copied().unwrap_or(0));
    numbers
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The numbers of these words, under phrases whose words have these forms.
    fn numbers<const N: usize>(phrases: &[&[&[&str]]], words: [&str; N]) -> [WordId; N] {
        let mut lexicon = Lexicon::default();
        let mut lists = Lists::default();
        for phrase in phrases {
            let forms: Vec<_> = phrase.iter().map(|forms| lexicon.add(*forms)).collect();
            lists.push(forms);
        }
        let alphabet = Alphabet::of(&lexicon, &lists);
        let number = |word: &str| {
            let place = (0..lexicon.len()).find(|&at| lexicon.word(at as u32) == word.as_bytes());
            place.map_or(0, |at| alphabet.by_word()[at])
        };
        words.map(number)
    }

    #[test]
    fn forms_of_one_word_share_a_number() {
        let phrases: [&[&[&str]]; 2] = [&[&["directeur", "directrice"], &["financier"]], &[&["daf"]]];
        assert_eq!(numbers(&phrases, ["directeur", "directrice", "financier", "daf", "autre"]), [1, 1, 2, 3, 0]);
    }

    #[test]
    fn a_form_that_is_one_of_another_word_too_has_a_number_of_its_own() {
        let phrases: [&[&[&str]]; 2] = [&[&["directeur", "directrice", "directrices"]], &[&["directrice"]]];
        assert_eq!(numbers(&phrases, ["directeur", "directrice", "directrices"]), [1, 2, 1]);
    }

    proptest! {
        #[test]
        fn words_share_a_number_when_they_are_forms_of_the_same_words(
            lists in prop::collection::vec(prop::collection::btree_set(0_u8..12, 1..6), 0..12),
            taken in 0_usize..12,
        ) {
            let mut lexicon = Lexicon::default();
            let forms: Vec<_> = lists.iter().map(|list| lexicon.add(list.iter().map(|&word| [word]))).collect();
            let taken = taken.min(lists.len());
            let mut phrases = Lists::default();
            phrases.push(forms[..taken].iter().copied());
            let alphabet = Alphabet::of(&lexicon, &phrases);
            let lists_of = |word: usize| {
                let has_it = |forms: &FormsId| lexicon.forms(*forms).contains(&(word as LexemeId));
                forms[..taken].iter().copied().filter(has_it).collect::<Vec<_>>()
            };
            let numbers = alphabet.by_word();
            for one in 0..numbers.len() {
                prop_assert_eq!(numbers[one] == 0, lists_of(one).is_empty());
                for other in 0..one {
                    prop_assert_eq!(numbers[one] == numbers[other], lists_of(one) == lists_of(other));
                }
            }
        }
    }
}
