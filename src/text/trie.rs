//! Phrases as a deterministic automaton over words: each word is looked up once, phrases are walked by number.
//!
//! A phrase is a sequence of words, each of which may stand in several forms. Building is the subset construction: a
//! node is the set of phrases that a sequence of words can still become, so the automaton accepts exactly the written
//! forms, whatever the phrases share.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use super::Word;
use super::lexicon::{FormsId, Lexicon};
use super::lists::Lists;
use super::misspelling::Misspellings;
use super::subsets::{ROOT, Subsets, number_words};

/// Number of a word that occurs in some phrase; 0 is every other word.
pub type WordId = u32;
/// Number of a phrase: its index in the list that the trie was built from.
pub type PhraseId = u32;
/// Number of a state of the automaton; 0 is none.
pub type NodeId = u32;

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

/// All phrases of a rule set, each with its meaning, ready to be walked.
#[derive(Debug)]
pub struct PhraseTrie<M> {
    words: WordTable,
    states: Vec<State>,
    edges: EdgeTable,
    accepted: Vec<M>,
}

/// A state of the automaton; what belongs to it begins where that of the state before ends.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// Where the phrases that end in it do in the list of all.
    accepted: u32,
    /// A bit for each word that a phrase goes on with; several words share one.
    next: u64,
}

impl<M: Copy> PhraseTrie<M> {
    /// Builds the automaton; list `n` of the phrases, the words of one each, has the id `n` and the meaning that is `n`
    /// of theirs.
    ///
    /// # Errors
    /// [`Overgrown`] when the phrases share forms in too many ways; the same phrases always do, on any machine.
    pub fn build(lexicon: &Lexicon, phrases: &Lists<FormsId>, meanings: &[M]) -> Result<Self, Overgrown> {
        let numbers = number_words(lexicon, phrases);
        let Subsets { accepted: ends, edges, .. } = Subsets::build(lexicon, phrases, &numbers)?;
        let (first, edges) = edges.split_at(edges.partition_point(|edge| edge.from == ROOT));
        let mut states: Vec<State> = Vec::with_capacity(ends.len());
        let mut accepted = Vec::new();
        for phrases in ends.iter() {
            accepted.extend(phrases.iter().filter_map(|&phrase| meanings.get(phrase as usize).copied()));
            states.push(State { accepted: accepted.len() as u32, next: 0 });
        }
        for edge in edges {
            if let Some(state) = states.get_mut(edge.from as usize) {
                state.next |= bit(edge.word);
            }
        }
        let words = (0..).zip(&numbers).filter(|(_, number)| **number != 0);
        let words = words.map(|(word, &number)| (lexicon.word(word), number));
        Ok(Self { words: WordTable::build(words, first), states, edges: EdgeTable::build(edges), accepted })
    }

    /// Looks a folded word up; one that is in no phrase is taken for the long word that it misspells, if any.
    #[inline]
    #[must_use]
    pub fn word_id(&self, word: &Word) -> WordId {
        match self.words.get(word) {
            0 => self.words.misspelt(word),
            id => id,
        }
    }

    /// The state after a first word.
    #[inline]
    #[must_use]
    pub fn first(&self, word: WordId) -> Option<NodeId> {
        self.words.first(word)
    }

    /// The state after one more word.
    #[inline]
    #[must_use]
    pub fn next(&self, node: NodeId, word: WordId) -> Option<NodeId> {
        let state = self.states.get(node as usize)?;
        if state.next & bit(word) == 0 { None } else { self.edges.get(node, word) }
    }

    /// The meanings of the phrases of the state in which most end.
    #[must_use]
    pub fn most_accepted(&self) -> &[M] {
        let accepted = (0..self.states.len()).map(|node| self.accepted(node as NodeId));
        accepted.max_by_key(|all| all.len()).unwrap_or_default()
    }

    /// The meanings of the phrases that end in this state.
    #[inline]
    #[must_use]
    pub fn accepted(&self, node: NodeId) -> &[M] {
        let end = |node: NodeId| self.states.get(node as usize).map_or(0, |state| state.accepted as usize);
        self.accepted.get(node.checked_sub(1).map_or(0, end)..end(node)).unwrap_or_default()
    }
}

/// The bit of a word among those that a state goes on with; 0 is no word.
#[inline]
fn bit(word: WordId) -> u64 {
    u64::from(word != 0) << (word % 64)
}

/// The most distinct words, and the bits of their ids; a rule set's bounds keep it far below.
pub(super) const MOST_WORDS: u32 = (1 << 24) - 1;

/// Words by their bytes: those of up to 16 bytes, which are nearly all, in an open-addressed table of their hashes.
#[derive(Debug, Default)]
struct WordTable {
    /// Eight bits of a word's hash above its id; most words of a profile are in no phrase, and are told by these bits.
    slots: Vec<u32>,
    shift: u32,
    /// Drawn anew for each table, so that nobody can choose words that all fall into one place of it.
    seed: (u64, u64),
    /// The words themselves, by id.
    words: Vec<Entry>,
    long: HashMap<Box<[u8]>, WordId>,
    misspellings: Misspellings,
}

/// A word of some phrase.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// Its bytes; none for one that is longer.
    key: (u64, u64),
    /// The state that phrases are in after it as their first word; 0 when it begins none.
    first: NodeId,
}

impl WordTable {
    fn build<'w>(words: impl Iterator<Item = (&'w [u8], WordId)> + Clone, first: &[Edge]) -> Self {
        let count = words.clone().count();
        let size = (count * 2).next_power_of_two().max(4);
        let mut table = Self {
            slots: vec![0; size],
            shift: 64 - size.trailing_zeros(),
            seed: (RandomState::new().hash_one(0), RandomState::new().hash_one(1)),
            words: vec![Entry::default(); count + 1],
            long: HashMap::new(),
            misspellings: Misspellings::default(),
        };
        for (text, id) in words {
            let mut bytes = [0; 16];
            if text.len() > bytes.len() {
                table.long.insert(text.into(), id);
                continue;
            }
            bytes.iter_mut().zip(text).for_each(|(slot, byte)| *slot = *byte);
            let both = u128::from_le_bytes(bytes);
            table.insert((both as u64, (both >> 64) as u64), id);
        }
        for edge in first {
            if let Some(entry) = table.words.get_mut(edge.word as usize) {
                entry.first = edge.to;
            }
        }
        table.misspellings = Misspellings::of(table.words.iter().map(|entry| entry.key));
        table
    }

    fn insert(&mut self, word: (u64, u64), id: WordId) {
        if let Some(entry) = self.words.get_mut(id as usize) {
            entry.key = word;
        }
        let hash = self.hash(word);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if *slot == 0 {
                *slot = Self::tag(hash) | id;
                return;
            }
            at += 1;
        }
    }

    #[inline]
    fn hash(&self, (low, high): (u64, u64)) -> u64 {
        let product = u128::from(low ^ self.seed.0) * u128::from(high ^ self.seed.1);
        product as u64 ^ (product >> 64) as u64
    }

    /// The bits of a hash that are kept in a slot, in their place above the id.
    #[inline]
    fn tag(hash: u64) -> u32 {
        (hash >> 8) as u32 & !MOST_WORDS
    }

    /// The state after a first word.
    #[inline]
    fn first(&self, word: WordId) -> Option<NodeId> {
        self.words.get(word as usize).map(|entry| entry.first).filter(|&node| node != 0)
    }

    /// The word that this one, which is none, misspells; 0 when there is none.
    fn misspelt(&self, word: &Word) -> WordId {
        let key_of = |id: WordId| self.words.get(id as usize).map(|entry| entry.key);
        word.key().map_or(0, |key| self.misspellings.find(key, key_of))
    }

    #[inline]
    fn get(&self, word: &Word) -> WordId {
        let Some(key) = word.key() else {
            return self.long.get(word.as_bytes()).copied().unwrap_or(0);
        };
        let hash = self.hash(key);
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (hash >> self.shift) as usize;
        while let Some(&slot) = self.slots.get(at & mask) {
            let id = slot & MOST_WORDS;
            let is_it = |entry: &Entry| entry.key == key;
            if id == 0 || slot & !MOST_WORDS == Self::tag(hash) && self.words.get(id as usize).is_some_and(is_it) {
                return id;
            }
            at += 1;
        }
        0
    }
}

/// A step from one state to the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Edge {
    pub(super) from: NodeId,
    pub(super) word: WordId,
    pub(super) to: NodeId,
}

/// The steps beyond the first word, in an open-addressed table: some states have hundreds.
#[derive(Debug, Default)]
struct EdgeTable {
    /// A target of 0 is an empty place.
    slots: Vec<Edge>,
    shift: u32,
    /// Odd, and drawn anew for each table, so that nobody can choose steps that all fall into one place of it.
    multiplier: u64,
}

impl EdgeTable {
    fn build(edges: &[Edge]) -> Self {
        let size = (edges.len() * 2).next_power_of_two().max(4);
        let mut table = Self {
            slots: vec![Edge::default(); size],
            shift: 64 - size.trailing_zeros(),
            multiplier: RandomState::new().hash_one(0) | 1,
        };
        for edge in edges {
            let mut at = table.place(edge.from, edge.word);
            while table.slots.get(at).is_some_and(|slot| slot.to != 0) {
                at = (at + 1) & (size - 1);
            }
            if let Some(slot) = table.slots.get_mut(at) {
                *slot = *edge;
            }
        }
        table
    }

    #[inline]
    fn place(&self, from: NodeId, word: WordId) -> usize {
        // The highest bits of the product depend on all of the key.
        ((u64::from(from) << 32 | u64::from(word)).wrapping_mul(self.multiplier) >> self.shift) as usize
    }

    #[inline]
    fn get(&self, from: NodeId, word: WordId) -> Option<NodeId> {
        let mut at = self.place(from, word);
        loop {
            let slot = self.slots.get(at)?;
            if (slot.from, slot.word) == (from, word) || slot.to == 0 {
                return (slot.to != 0).then_some(slot.to);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::tokenize;

    /// All phrases that stand in `source`, as (first word, number of words, phrase).
    fn walk(trie: &PhraseTrie<PhraseId>, source: &str) -> Vec<(usize, usize, PhraseId)> {
        let mut words = Vec::new();
        tokenize(source, |word, _| words.push(trie.word_id(word)));
        let mut found = Vec::new();
        for start in 0..words.len() {
            let mut node = trie.first(words[start]);
            let mut len = 1;
            while let Some(at) = node {
                found.extend(trie.accepted(at).iter().map(|&phrase| (start, len, phrase)));
                node = words.get(start + len).and_then(|&word| trie.next(at, word));
                len += 1;
            }
        }
        found.sort_unstable();
        found
    }

    /// The forms of each word of a phrase.
    type PhraseForms = Vec<Vec<String>>;

    fn build(phrases: &[PhraseForms]) -> PhraseTrie<PhraseId> {
        let (mut lexicon, mut lists) = (Lexicon::default(), Lists::default());
        for phrase in phrases {
            lists.push(phrase.iter().map(|forms| lexicon.add(forms)).collect::<Vec<_>>());
        }
        let ids: Vec<_> = (0..phrases.len() as PhraseId).collect();
        PhraseTrie::build(&lexicon, &lists, &ids).unwrap()
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
