//! Phrases as a deterministic automaton over words: each word is looked up once, phrases are walked by number.
//!
//! A phrase is a sequence of words, each of which may stand in several forms. Building is the subset construction: a
//! node is the set of phrases that a sequence of words can still become, so the automaton accepts exactly the written
//! forms, whatever the phrases share.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::Word;

/// Number of a word that occurs in some phrase; 0 is every other word.
pub type WordId = u32;
/// Number of a phrase: its index in the list that the trie was built from.
pub type PhraseId = u32;
/// Number of a state of the automaton; 0 is none.
pub type NodeId = u32;

/// The forms of each word of a phrase, folded.
pub type PhraseForms = Vec<Vec<String>>;

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
#[derive(Debug, Default)]
pub struct PhraseTrie {
    words: WordTable,
    first: Vec<NodeId>,
    edges: EdgeTable,
    accepted: Vec<Vec<PhraseId>>,
}

impl PhraseTrie {
    /// Builds the automaton; phrase `n` of the list has the id `n`.
    ///
    /// # Errors
    /// [`Overgrown`] when the phrases share forms in too many ways; the same phrases always do, on any machine.
    pub fn build(phrases: &[PhraseForms]) -> Result<Self, Overgrown> {
        let mut builder = Builder { phrases, states: vec![0; phrases.len()], ..Builder::default() };
        let all: Vec<_> = (0..phrases.len() as PhraseId).collect();
        let mut pending = vec![(builder.node(0, all), 0)];
        while let Some((node, depth)) = pending.pop() {
            builder.expand(node, depth, &mut pending);
            if builder.steps > MOST_STEPS {
                return Err(builder.overgrown());
            }
        }
        let root = 1;
        let mut first = vec![0; builder.words.len() + 1];
        let mut edges = Vec::new();
        for ((node, word), target) in builder.edges {
            match first.get_mut(word as usize) {
                Some(slot) if node == root => *slot = target,
                _ => edges.push((key(node, word), target)),
            }
        }
        Ok(Self {
            words: WordTable::build(builder.words),
            first,
            edges: EdgeTable::build(&edges),
            accepted: builder.accepted,
        })
    }

    /// Looks a folded word up.
    #[inline]
    #[must_use]
    pub fn word_id(&self, word: &Word) -> WordId {
        self.words.get(word)
    }

    /// The state after a first word.
    #[inline]
    #[must_use]
    pub fn first(&self, word: WordId) -> Option<NodeId> {
        self.first.get(word as usize).copied().filter(|&node| node != 0)
    }

    /// The state after one more word.
    #[inline]
    #[must_use]
    pub fn next(&self, node: NodeId, word: WordId) -> Option<NodeId> {
        if word == 0 { None } else { self.edges.get(key(node, word)) }
    }

    /// The phrases that end in this state.
    #[inline]
    #[must_use]
    pub fn accepted(&self, node: NodeId) -> &[PhraseId] {
        self.accepted.get(node as usize).map_or(&[], Vec::as_slice)
    }
}

#[derive(Default)]
struct Builder<'a> {
    phrases: &'a [PhraseForms],
    words: HashMap<&'a str, WordId>,
    nodes: HashMap<(usize, Vec<PhraseId>), NodeId>,
    members: Vec<Vec<PhraseId>>,
    accepted: Vec<Vec<PhraseId>>,
    edges: HashMap<(NodeId, WordId), NodeId>,
    /// Forms looked at so far.
    steps: usize,
    /// The states that each phrase takes part in so far.
    states: Vec<usize>,
}

impl<'a> Builder<'a> {
    fn overgrown(&self) -> Overgrown {
        let most = self.states.iter().enumerate().max_by_key(|&(phrase, states)| (states, Reverse(phrase)));
        Overgrown { phrase: most.map_or(0, |(phrase, _)| phrase as PhraseId) }
    }

    /// The node for a set of phrases that have `depth` words behind them.
    fn node(&mut self, depth: usize, members: Vec<PhraseId>) -> NodeId {
        let known = (depth, members);
        if let Some(&node) = self.nodes.get(&known) {
            return node;
        }
        if self.members.is_empty() {
            self.members.push(Vec::new());
            self.accepted.push(Vec::new());
        }
        let node = self.members.len() as NodeId;
        let ended = |phrase: &PhraseId| self.phrases.get(*phrase as usize).is_some_and(|words| words.len() == depth);
        self.accepted.push(known.1.iter().copied().filter(ended).collect());
        self.members.push(known.1.clone());
        self.nodes.insert(known, node);
        node
    }

    fn expand(&mut self, node: NodeId, depth: usize, pending: &mut Vec<(NodeId, usize)>) {
        let phrases = self.phrases;
        let members = self.members.get_mut(node as usize).map(std::mem::take).unwrap_or_default();
        let mut by_form: BTreeMap<&'a str, Vec<PhraseId>> = BTreeMap::new();
        for phrase in members {
            let forms = phrases.get(phrase as usize).and_then(|words| words.get(depth));
            self.steps += forms.map_or(0, Vec::len);
            if let Some(states) = self.states.get_mut(phrase as usize) {
                *states += 1;
            }
            for form in forms.into_iter().flatten() {
                by_form.entry(form).or_default().push(phrase);
            }
        }
        for (form, members) in by_form {
            let next_word = self.words.len() as WordId + 1;
            let word = *self.words.entry(form).or_insert(next_word);
            let before = self.members.len();
            let target = self.node(depth + 1, members);
            self.edges.insert((node, word), target);
            if target as usize == before {
                pending.push((target, depth + 1));
            }
        }
    }
}

fn key(node: NodeId, word: WordId) -> u64 {
    (u64::from(node) << 32) | u64::from(word)
}

/// Fibonacci hashing: the high bits of the product are well mixed.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Words by their bytes: those of up to 16 bytes, which are nearly all, in an open-addressed table of two machine words.
#[derive(Debug, Default)]
struct WordTable {
    slots: Vec<(u64, u64, WordId)>,
    shift: u32,
    long: HashMap<Box<[u8]>, WordId>,
}

impl WordTable {
    fn build(words: HashMap<&str, WordId>) -> Self {
        let size = (words.len() * 4).next_power_of_two().max(4);
        let mut table = Self { slots: vec![(0, 0, 0); size], shift: 64 - size.trailing_zeros(), long: HashMap::new() };
        for (text, id) in words {
            let mut bytes = [0; 16];
            if text.len() > bytes.len() {
                table.long.insert(text.as_bytes().into(), id);
                continue;
            }
            bytes.iter_mut().zip(text.bytes()).for_each(|(slot, byte)| *slot = byte);
            let both = u128::from_le_bytes(bytes);
            table.insert(both as u64, (both >> 64) as u64, id);
        }
        table
    }

    fn insert(&mut self, low: u64, high: u64, id: WordId) {
        let mask = self.slots.len() - 1;
        let mut at = Self::hash(low, high, self.shift);
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if slot.2 == 0 {
                *slot = (low, high, id);
                return;
            }
            at += 1;
        }
    }

    #[inline]
    fn hash(low: u64, high: u64, shift: u32) -> usize {
        ((low ^ high.rotate_left(29).wrapping_mul(MULTIPLIER)).wrapping_mul(MULTIPLIER) >> shift) as usize
    }

    #[inline]
    fn get(&self, word: &Word) -> WordId {
        let Some((low, high)) = word.key() else {
            return self.long.get(word.as_bytes()).copied().unwrap_or(0);
        };
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = Self::hash(low, high, self.shift);
        while let Some(&(a, b, id)) = self.slots.get(at & mask) {
            if id == 0 || (a == low && b == high) {
                return id;
            }
            at += 1;
        }
        0
    }
}

/// Transitions beyond the first word, open-addressed.
#[derive(Debug, Default)]
struct EdgeTable {
    slots: Vec<(u64, NodeId)>,
    shift: u32,
}

impl EdgeTable {
    fn build(edges: &[(u64, NodeId)]) -> Self {
        let size = (edges.len() * 4).next_power_of_two().max(4);
        let mut table = Self { slots: vec![(0, 0); size], shift: 64 - size.trailing_zeros() };
        for &(key, target) in edges {
            let mut at = table.hash(key);
            while let Some(slot) = table.slots.get_mut(at & (size - 1)) {
                if slot.1 == 0 {
                    *slot = (key, target);
                    break;
                }
                at += 1;
            }
        }
        table
    }

    #[inline]
    fn hash(&self, key: u64) -> usize {
        (key.wrapping_mul(MULTIPLIER) >> self.shift) as usize
    }

    #[inline]
    fn get(&self, key: u64) -> Option<NodeId> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = self.hash(key);
        while let Some(&(known, target)) = self.slots.get(at & mask) {
            if target == 0 {
                return None;
            }
            if known == key {
                return Some(target);
            }
            at += 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::tokenize;

    /// All phrases that stand in `source`, as (first word, number of words, phrase).
    fn walk(trie: &PhraseTrie, source: &str) -> Vec<(usize, usize, PhraseId)> {
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
        let trie = PhraseTrie::build(&phrases).unwrap();
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
            let trie = PhraseTrie::build(&phrases).unwrap();
            let mut expected = naive(&phrases, &source);
            expected.dedup();
            let mut found = walk(&trie, &source);
            found.dedup();
            prop_assert_eq!(found, expected);
        }
    }
}
