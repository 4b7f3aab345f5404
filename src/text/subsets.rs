//! The subset construction: a node is the set of phrases that a sequence of words can still become.

use std::cmp::Reverse;

use super::lexicon::{FormsId, LexemeId, Lexicon};
use super::lists::{DistinctLists, Lists};
use super::trie::{Edge, MOST_STEPS, NodeId, Overgrown, PhraseId, WordId};

/// The node where all phrases begin.
pub(super) const ROOT: NodeId = 1;

/// The nodes of phrases and the steps between them.
pub(super) struct Subsets<'p> {
    lexicon: &'p Lexicon,
    phrases: &'p Lists<FormsId>,
    numbers: &'p [WordId],
    /// The phrases that end in each node.
    pub(super) accepted: Lists<PhraseId>,
    /// All steps, those from the root first.
    pub(super) edges: Vec<Edge>,
    /// How many words are behind each node, and then its phrases.
    nodes: DistinctLists<u32>,
    /// The nodes that each phrase takes part in so far.
    nodes_of: Vec<usize>,
    /// Forms looked at so far.
    steps: usize,
}

/// Room for the steps from a node, kept from one node to the next.
#[derive(Default)]
struct Room {
    /// A word above a phrase that goes on with it: as one number they are sorted fast.
    steps: Vec<u64>,
    /// The node that one word leads to, as [`Subsets::nodes`] has it.
    to: Vec<u32>,
}

impl<'p> Subsets<'p> {
    /// Builds all nodes; `numbers` is what the automaton calls the words of the lexicon.
    ///
    /// # Errors
    /// [`Overgrown`] when that takes more than [`MOST_STEPS`].
    pub(super) fn build(
        lexicon: &'p Lexicon,
        phrases: &'p Lists<FormsId>,
        numbers: &'p [WordId],
    ) -> Result<Self, Overgrown> {
        let mut subsets = Self {
            lexicon,
            phrases,
            numbers,
            accepted: Lists::default(),
            edges: Vec::new(),
            nodes: DistinctLists::default(),
            nodes_of: vec![0; phrases.len()],
            steps: 0,
        };
        // Node 0 is none.
        subsets.node(&[]);
        let mut room = Room::default();
        room.to.push(0);
        room.to.extend(0..phrases.len() as PhraseId);
        subsets.node(&room.to);
        let mut pending = vec![ROOT];
        while let Some(node) = pending.pop() {
            subsets.expand(node, &mut room, &mut pending);
            if subsets.steps > MOST_STEPS {
                return Err(subsets.overgrown());
            }
        }
        Ok(subsets)
    }

    fn overgrown(&self) -> Overgrown {
        let most = self.nodes_of.iter().enumerate().max_by_key(|&(phrase, nodes)| (nodes, Reverse(phrase)));
        Overgrown { phrase: most.map_or(0, |(phrase, _)| phrase as PhraseId) }
    }

    /// The node of so many words and these phrases, and whether it is new.
    fn node(&mut self, list: &[u32]) -> (NodeId, bool) {
        let node = self.nodes.number(list);
        let is_new = node as usize == self.accepted.len();
        if is_new {
            let (depth, phrases) = list.split_first().unwrap_or((&0, &[]));
            let ended = |phrase: &PhraseId| self.phrases.get(*phrase).len() == *depth as usize;
            self.accepted.push(phrases.iter().copied().filter(ended));
        }
        (node, is_new)
    }

    /// Adds the steps from a node; `pending` takes the nodes that are new.
    fn expand(&mut self, node: NodeId, room: &mut Room, pending: &mut Vec<NodeId>) {
        let Room { steps, to } = room;
        steps.clear();
        let Some((&depth, phrases)) = self.nodes.get(node).split_first() else { return };
        for &phrase in phrases {
            if let Some(nodes) = self.nodes_of.get_mut(phrase as usize) {
                *nodes += 1;
            }
            let Some(&word) = self.phrases.get(phrase).get(depth as usize) else { continue };
            let forms = self.lexicon.forms(word);
            self.steps += forms.len();
            let number = |form: &LexemeId| self.numbers.get(*form as usize).copied().unwrap_or(0);
            steps.extend(forms.iter().map(|form| u64::from(number(form)) << 32 | u64::from(phrase)));
        }
        steps.sort_unstable();
        steps.dedup();
        let word = |step: &u64| (step >> 32) as WordId;
        for step in steps.chunk_by(|a, b| word(a) == word(b)) {
            let Some(word) = step.first().map(word) else { continue };
            to.clear();
            to.push(depth + 1);
            to.extend(step.iter().map(|&step| step as PhraseId));
            let (to, is_new) = self.node(to);
            self.edges.push(Edge { from: node, word, to });
            if is_new {
                pending.push(to);
            }
        }
    }
}

/// Numbers the words of the lexicon in the order in which they stand in the phrases, from 1; 0 is a word of none.
pub(super) fn number_words(lexicon: &Lexicon, phrases: &Lists<FormsId>) -> Vec<WordId> {
    let mut numbers = vec![0; lexicon.len()];
    let mut next = 1;
    for &form in phrases.iter().flatten().flat_map(|&forms| lexicon.forms(forms)) {
        if let Some(number @ 0) = numbers.get_mut(form as usize) {
            *number = next;
            next += 1;
        }
    }
    numbers
}
