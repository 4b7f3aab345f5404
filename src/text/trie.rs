//! Phrases as a deterministic automaton over words: each word is looked up once, phrases are walked by number.
//!
//! A phrase is a sequence of words, each of which may stand in several forms. Building is the subset construction: a
//! node is the set of phrases that a sequence of words can still become, so the automaton accepts exactly the written
//! forms, whatever the phrases share.

use std::collections::HashMap;

use super::lexicon::{FormsId, Lexicon};
use super::lists::{DistinctLists, Lists};
use super::misspelling::{Misspellings, SHORTEST_GUESSED};
use super::subsets::{ROOT, Subsets, number_words};
use super::{Seeded, Word};

/// Number of a word that occurs in some phrase; 0 is every other word.
pub type WordId = u32;
/// Number of a phrase: its index in the list that the trie was built from.
pub type PhraseId = u32;
/// Number of a state of the automaton; 0 is none.
pub type NodeId = u32;
/// Number of the phrases that end together in a state; 0 is none.
pub type EndingId = u32;

/// The most steps that building may take; each looks at one form of a word in one state.
///
/// Few phrases that share forms in many ways have exponentially many states: 41 of ten words each, 3.7 kB in all, once
/// took 100 seconds and 5 GB. Phrases that people write take hardly more steps than they have forms.
pub const MOST_STEPS: usize = 1_000_000;

/// The automaton of these phrases would take more than [`MOST_STEPS`] to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overgrown {
    /// The phrase that takes part in the most states.
    pub phrase: PhraseId,
}

/// All phrases of a rule set, ready to be walked.
#[derive(Debug)]
pub struct PhraseTrie {
    words: WordTable,
    states: Vec<State>,
    /// The steps beyond the first word.
    edges: HashMap<u64, NodeId, Seeded>,
}

/// A state of the automaton.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// The phrases that end in it.
    ending: EndingId,
    /// A bit for each word that a phrase goes on with; several words share one.
    next: u64,
}

/// What phrases have come to after some words: a state of the automaton.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    node: NodeId,
    state: State,
}

/// A word that was looked up.
#[derive(Clone, Copy, Debug, Default)]
pub struct KnownWord {
    /// Its number; 0 for one that is in no phrase.
    pub id: WordId,
    node: NodeId,
    state: State,
}

impl KnownWord {
    /// A word that is in no phrase.
    const NONE: Self = Self { id: 0, node: 0, state: State { ending: 0, next: 0 } };

    /// What phrases have come to after it as their first word, kept beside it: each word of a profile is asked for that.
    #[inline]
    #[must_use]
    pub fn begun(&self) -> Progress {
        Progress { node: self.node, state: self.state }
    }
}

impl Progress {
    /// The phrases that end here.
    #[inline]
    #[must_use]
    pub fn ending(&self) -> EndingId {
        self.state.ending
    }

    /// Tells whether a phrase may go on with a word: of the words that none goes on with, only a few pass.
    #[inline]
    #[must_use]
    pub fn may_go_on(&self, word: WordId) -> bool {
        self.state.next & bit(word) != 0
    }
}

impl PhraseTrie {
    /// Builds the automaton; list `n` of the phrases, the words of one each, has the id `n`. Gives with it the phrases that
    /// end together, by the number of their ending.
    ///
    /// # Errors
    /// [`Overgrown`] when the phrases share forms in too many ways; the same phrases always do, on any machine.
    pub fn build(lexicon: &Lexicon, phrases: &Lists<FormsId>) -> Result<(Self, Lists<PhraseId>), Overgrown> {
        let numbers = number_words(lexicon, phrases);
        let Subsets { accepted, edges, .. } = Subsets::build(lexicon, phrases, &numbers)?;
        let (first, edges) = edges.split_at(edges.partition_point(|edge| edge.from == ROOT));
        let mut states: Vec<State> = Vec::with_capacity(accepted.len());
        let mut endings = Lists::default();
        endings.push([]);
        for phrases in accepted.iter() {
            let ending = if phrases.is_empty() { 0 } else { endings.len() as EndingId };
            if ending != 0 {
                endings.push(phrases.iter().copied());
            }
            states.push(State { ending, next: 0 });
        }
        for edge in edges {
            if let Some(state) = states.get_mut(edge.from as usize) {
                state.next |= bit(edge.word);
            }
        }
        let mut trie = Self { words: WordTable::default(), states, edges: HashMap::default() };
        let words = (0..).zip(&numbers).filter(|(_, number)| **number != 0);
        let words = words.map(|(word, &number)| (lexicon.word(word), number));
        trie.words = WordTable::build(words, first.iter().map(|edge| (edge.word, trie.progress(edge.to))));
        trie.edges = edges.iter().map(|edge| (step(edge.from, edge.word), edge.to)).collect();
        Ok((trie, endings))
    }

    /// Looks a folded word up; one that is in no phrase is taken for the long word that it misspells, if any.
    #[inline]
    #[must_use]
    pub fn word(&self, word: &Word) -> &KnownWord {
        self.words.get(word).unwrap_or(&KnownWord::NONE)
    }

    /// What phrases have come to after one more word.
    #[inline]
    #[must_use]
    pub fn next(&self, before: &Progress, word: WordId) -> Option<Progress> {
        self.edges.get(&step(before.node, word)).map(|&node| self.progress(node))
    }

    fn progress(&self, node: NodeId) -> Progress {
        Progress { node, state: self.states.get(node as usize).copied().unwrap_or_default() }
    }
}

/// A step from a state by a word, as one number.
#[inline]
fn step(from: NodeId, word: WordId) -> u64 {
    u64::from(from) << 32 | u64::from(word)
}

/// The bit of a word among those that a state goes on with; 0 is no word.
#[inline]
fn bit(word: WordId) -> u64 {
    u64::from(word != 0) << (word % 64)
}

/// Words by their bytes: those of up to 16, which are nearly all, as two machine words.
#[derive(Debug, Default)]
struct WordTable {
    short: HashMap<(u64, u64), KnownWord, Seeded>,
    long: DistinctLists<u8>,
    /// What is known of each of the long ones, by its number.
    long_known: Vec<KnownWord>,
    misspellings: Misspellings,
}

impl WordTable {
    fn build<'w>(
        words: impl Iterator<Item = (&'w [u8], WordId)> + Clone,
        first: impl Iterator<Item = (WordId, Progress)>,
    ) -> Self {
        let count = words.clone().count();
        let mut begun = vec![Progress::default(); count + 1];
        for (word, progress) in first {
            if let Some(slot) = begun.get_mut(word as usize) {
                *slot = progress;
            }
        }
        let mut short = HashMap::with_capacity_and_hasher(count, Seeded::default());
        let (mut long, mut long_known) = (DistinctLists::default(), Vec::new());
        let mut keys = Vec::with_capacity(count);
        for (text, id) in words {
            let Progress { node, state } = begun.get(id as usize).copied().unwrap_or_default();
            let known = KnownWord { id, node, state };
            let mut bytes = [0; 16];
            if text.len() > bytes.len() {
                long.number(text);
                long_known.push(known);
                continue;
            }
            bytes.iter_mut().zip(text).for_each(|(slot, byte)| *slot = *byte);
            let both = u128::from_le_bytes(bytes);
            let key = (both as u64, (both >> 64) as u64);
            keys.push(key);
            short.insert(key, known);
        }
        long.shrink_to_fit();
        long_known.shrink_to_fit();
        Self { short, long, long_known, misspellings: Misspellings::of(&keys) }
    }

    #[inline]
    fn get(&self, word: &Word) -> Option<&KnownWord> {
        match word.key() {
            Some(key) => match self.short.get(&key) {
                // Most words that are in no phrase are shorter.
                None if word.len() >= SHORTEST_GUESSED => self.misspelt(key),
                found => found,
            },
            None => self.long(word),
        }
    }

    // Both are rare, and would make the frequent case too large to be inlined.
    #[inline(never)]
    fn long(&self, word: &Word) -> Option<&KnownWord> {
        self.long.find(word.as_bytes()).and_then(|number| self.long_known.get(number as usize))
    }

    /// The word that this one, which is none, misspells.
    #[inline(never)]
    fn misspelt(&self, word: (u64, u64)) -> Option<&KnownWord> {
        self.misspellings.find(word).and_then(|meant| self.short.get(&meant))
    }
}

/// A step from one state to the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Edge {
    pub(super) from: NodeId,
    pub(super) word: WordId,
    pub(super) to: NodeId,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::tokenize;

    /// All phrases that stand in `source`, as (first word, number of words, phrase).
    fn walk((trie, endings): &(PhraseTrie, Lists<PhraseId>), source: &str) -> Vec<(usize, usize, PhraseId)> {
        let mut words = Vec::new();
        tokenize(source, |word, _| words.push(*trie.word(word)));
        let mut found = Vec::new();
        for start in 0..words.len() {
            let mut progress = Some(words[start].begun());
            let mut len = 1;
            while let Some(at) = progress {
                found.extend(endings.get(at.ending()).iter().map(|&phrase| (start, len, phrase)));
                let next = words.get(start + len).filter(|word| at.may_go_on(word.id));
                progress = next.and_then(|word| trie.next(&at, word.id));
                len += 1;
            }
        }
        found.sort_unstable();
        found
    }

    /// The forms of each word of a phrase.
    type PhraseForms = Vec<Vec<String>>;

    fn build(phrases: &[PhraseForms]) -> (PhraseTrie, Lists<PhraseId>) {
        let (mut lexicon, mut lists) = (Lexicon::default(), Lists::default());
        for phrase in phrases {
            lists.push(phrase.iter().map(|forms| lexicon.add(forms)).collect::<Vec<_>>());
        }
        PhraseTrie::build(&lexicon, &lists).unwrap()
    }

    fn naive(phrases: &[PhraseForms], source: &str) -> Vec<(usize, usize, PhraseId)> {
        let words: Vec<_> = source.split(' ').filter(|word| !word.is_empty()).collect();
        let mut found = Vec::new();
        for start in 0..words.len() {
            for (id, phrase) in phrases.iter().enumerate() {
                let stands = words[start..].len() >= phrase.len()
                    && phrase.iter().zip(&words[start..]).all(|(forms, word)| forms.iter().any(|form| form == word));
                if stands {
                    found.push((start, phrase.len(), id as PhraseId));
                }
            }
        }
        found.sort_unstable();
        found
    }

    #[test]
    fn forms_shared_by_two_phrases_do_not_mix_their_continuations() {
        let phrases = [
            vec![vec!["directeur".into(), "directrice".into()], vec!["financier".into()]],
            vec![vec!["directrice".into()], vec!["artistique".into()]],
        ];
        let trie = build(&phrases);
        assert_eq!(walk(&trie, "directrice financier"), [(0, 2, 0)]);
        assert_eq!(walk(&trie, "directrice artistique"), [(0, 2, 1)]);
        assert_eq!(walk(&trie, "directeur artistique"), []);
    }

    proptest! {
        #[test]
        fn the_automaton_finds_what_a_naive_scan_finds(
            phrases in prop::collection::vec(prop::collection::vec(prop::collection::vec("[abc]{1,2}|[ab]{17,18}", 1..3), 1..4), 0..12),
            source in "([abc]{1,2} ){0,12}",
        ) {
            let trie = build(&phrases);
            let mut expected = naive(&phrases, &source);
            expected.dedup();
            let mut found = walk(&trie, &source);
            found.dedup();
            prop_assert_eq!(found, expected);
        }
    }
}
