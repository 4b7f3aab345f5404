//! What conditions rest on.

use std::ops::Range;

use crate::ruleset::AskedFact;

/// What conditions rest on, gathered one condition after another: most rest on little, and one list holds it all.
#[derive(Default)]
pub(super) struct Grounds<'r> {
    /// Indexes of mentions.
    pub(super) mentions: Vec<u32>,
    pub(super) facts: Vec<&'r AskedFact>,
    pub(super) categories: Vec<usize>,
}

/// A place in all lists of grounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    mentions: usize,
    facts: usize,
    categories: usize,
}

impl<'r> Grounds<'r> {
    /// No grounds, and room for so many mentions.
    pub(super) fn with_room_for(mentions: usize) -> Self {
        Self { mentions: Vec::with_capacity(mentions), ..Self::default() }
    }

    /// The place behind all that was gathered so far.
    pub(super) fn end(&self) -> Mark {
        Mark { mentions: self.mentions.len(), facts: self.facts.len(), categories: self.categories.len() }
    }

    /// The mentions between two places.
    pub(super) fn mentions(&self, places: &Range<Mark>) -> &[u32] {
        self.mentions.get(places.start.mentions..places.end.mentions).unwrap_or_default()
    }

    /// The facts between two places.
    pub(super) fn facts(&self, places: &Range<Mark>) -> &[&'r AskedFact] {
        self.facts.get(places.start.facts..places.end.facts).unwrap_or_default()
    }

    /// Takes away what stands between two places.
    pub(super) fn remove(&mut self, places: Range<Mark>) {
        let Range { start, end } = places;
        self.mentions.drain(start.mentions..end.mentions);
        self.facts.drain(start.facts..end.facts);
        self.categories.drain(start.categories..end.categories);
    }

    /// Joins what stands between two places with all that stands behind them, so that nothing is there twice.
    pub(super) fn unite(&mut self, places: &Range<Mark>) {
        let Range { start, end } = places;
        unite(&mut self.mentions, start.mentions, end.mentions);
        unite(&mut self.facts, start.facts, end.facts);
        unite(&mut self.categories, start.categories, end.categories);
    }
}

/// Most often there is nothing before `middle`, or behind it, and nothing to sort then.
fn unite<T: Ord>(all: &mut Vec<T>, start: usize, middle: usize) {
    if start == middle || middle == all.len() {
        return;
    }
    all.get_mut(start..).unwrap_or_default().sort_unstable();
    // Those that are kept move to the front.
    let mut kept = start + 1;
    for at in start + 1..all.len() {
        if all.get(at) != all.get(kept - 1) {
            all.swap(kept, at);
            kept += 1;
        }
    }
    all.truncate(kept);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_are_united_as_sets_are(before: Vec<u8>, one: Vec<u8>, other: Vec<u8>) {
            prop_assume!(!one.is_empty() && !other.is_empty());
            let mut all = [before.as_slice(), &one, &other].concat();
            unite(&mut all, before.len(), before.len() + one.len());
            let set: std::collections::BTreeSet<u8> = one.into_iter().chain(other).collect();
            prop_assert_eq!(all, before.into_iter().chain(set).collect::<Vec<_>>());
        }
    }
}
