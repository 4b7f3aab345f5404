//! The subset construction: a node is the set of phrases that a sequence of words can still become.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Seeded;
use super::lexicon::{FormsId, LexemeId, Lexicon};
use super::lists::Lists;
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
    /// The phrases of each node.
    members: Lists<PhraseId>,
    /// The nodes of several phrases, by the words behind them.
    shared: Vec<HashMap<Vec<PhraseId>, NodeId, Seeded>>,
    /// The nodes of one phrase, which are most, by their places.
    alone: Vec<NodeId>,
    /// The place of each phrase that has no words behind it; those further on follow.
    places: Vec<usize>,
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
    /// The phrases that go on with one word.
    members: Vec<PhraseId>,
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
        let mut count = 0;
        let places = phrases.iter().map(|words| {
            let place = count;
            count += words.len() + 1;
            place
        });
        let places = places.collect();
        let mut subsets = Self {
            lexicon,
            phrases,
            numbers,
            accepted: Lists::default(),
            edges: Vec::new(),
            members: Lists::default(),
            shared: Vec::new(),
            alone: vec![0; count],
            places,
            nodes_of: vec![0; phrases.len()],
            steps: 0,
        };
        // Node 0 is none.
        subsets.add(0, &[]);
        let all: Vec<_> = (0..phrases.len() as PhraseId).collect();
        subsets.add(0, &all);
        let (mut pending, mut room) = (vec![(ROOT, 0)], Room::default());
        while let Some((node, depth)) = pending.pop() {
            subsets.expand(node, depth, &mut room, &mut pending);
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

    /// Adds the node for a set of phrases that have `depth` words behind them.
    fn add(&mut self, depth: usize, members: &[PhraseId]) -> NodeId {
        let ended = |phrase: &PhraseId| self.phrases.get(*phrase).len() == depth;
        self.accepted.push(members.iter().copied().filter(ended));
        self.members.push(members.iter().copied());
        self.members.len() as NodeId - 1
    }

    /// The node for a set of phrases that have `depth` words behind them, and whether it is new.
    fn node(&mut self, depth: usize, members: &[PhraseId]) -> (NodeId, bool) {
        let place = match members {
            [only] => self.places.get(*only as usize).map(|place| place + depth),
            _ => None,
        };
        let known = match place {
            Some(place) => self.alone.get(place).copied().filter(|&node| node != 0),
            None => self.shared.get(depth).and_then(|nodes| nodes.get(members)).copied(),
        };
        if let Some(node) = known {
            return (node, false);
        }
        let node = self.add(depth, members);
        if let Some(slot) = place.and_then(|place| self.alone.get_mut(place)) {
            *slot = node;
        } else {
            self.shared.resize_with(self.shared.len().max(depth + 1), HashMap::default);
            self.shared.get_mut(depth).and_then(|nodes| nodes.insert(members.to_owned(), node));
        }
        (node, true)
    }

    /// Adds the steps from a node; `pending` takes the nodes that are new.
    fn expand(&mut self, node: NodeId, depth: usize, room: &mut Room, pending: &mut Vec<(NodeId, usize)>) {
        let Room { steps, members } = room;
        steps.clear();
        for &phrase in self.members.get(node) {
            if let Some(nodes) = self.nodes_of.get_mut(phrase as usize) {
                *nodes += 1;
            }
            let Some(&word) = self.phrases.get(phrase).get(depth) else { continue };
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
            members.clear();
            members.extend(step.iter().map(|&step| step as PhraseId));
            let (to, is_new) = self.node(depth + 1, members);
            self.edges.push(Edge { from: node, word, to });
            if is_new {
                pending.push((to, depth + 1));
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
