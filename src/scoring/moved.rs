//! The condition that a career moved from some words in its titles to others.

use super::condition::{Known, Truth};
use crate::facts::Passage;
use crate::profile::{Field, Position};
use crate::ruleset::Mentions;

impl Known<'_, '_> {
    /// Looks for words of `from` in the title of a position and words of `to` in that of a later one.
    ///
    /// Gives the mentions too, the first of each title, when it did move. Positions without a title, or in an order that
    /// their dates leave open, make it unknown.
    pub(super) fn moved(&self, from: &Mentions, to: &Mentions) -> (Truth, Vec<u32>) {
        let Some(positions) = self.profile.positions() else { return (Truth::Unknown, Vec::new()) };
        let earlier = self.told(from, positions);
        let later = self.told(to, positions);
        let says = |told: &[Told], item: usize| match told.get(item) {
            Some(Told::Mention(_)) => Some(true),
            Some(Told::Nothing) => Some(false),
            _ => None,
        };
        let passage = Passage::find(positions, self.facts.as_of(), |from, to| {
            Passage::both(says(&earlier, from), says(&later, to))
        });
        let truth = passage.truth().map_or(Truth::Unknown, Truth::from);
        let Passage::Made { from, to } = passage else { return (truth, Vec::new()) };
        let mut mentions: Vec<u32> =
            [earlier.get(from), later.get(to)].into_iter().flatten().filter_map(Told::mention).collect();
        mentions.sort_unstable();
        (truth, mentions)
    }

    /// What each title says, by position.
    fn told(&self, wanted: &Mentions, positions: &[Position]) -> Vec<Told> {
        let texts = self.profile.texts();
        let mut told = vec![Told::Untitled; positions.len()];
        for title in texts.iter().filter(|text| text.field == Field::PositionTitle) {
            if let Some(told) = told.get_mut(title.item) {
                *told = Told::Nothing;
            }
        }
        for (index, mention) in self.hits(wanted) {
            let item = texts.get(mention.text as usize).map_or(0, |text| text.item);
            if let Some(told) = told.get_mut(item).filter(|told| told.mention().is_none()) {
                *told = Told::Mention(index);
            }
        }
        told
    }
}

/// What the title of a position says.
#[derive(Clone, Copy, Debug)]
enum Told {
    /// There is none.
    Untitled,
    /// None of the words.
    Nothing,
    /// One of them, at the first of its mentions.
    Mention(u32),
}

impl Told {
    fn mention(&self) -> Option<u32> {
        match self {
            Self::Mention(index) => Some(*index),
            _ => None,
        }
    }
}
