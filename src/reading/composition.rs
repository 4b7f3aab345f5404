//! Binds heads to domains: "responsable … trésorerie" is one mention of the composition's vocabulary.

use std::ops::Range;

use super::mention::{ReadWord, Trigger, most_specific};
use super::{Said, Span, SpannedTerm, Width};
use crate::ruleset::{CompiledRuleSet, Composition, TriggerRole};
use crate::text::segment::Gap;

/// What tells how far heads reach.
pub(super) struct Reach<'a> {
    pub(super) rules: &'a CompiledRuleSet,
    pub(super) words: &'a [ReadWord<'a>],
    /// The first and the last word of what parts heads from domains.
    pub(super) partings: &'a [(u32, u32)],
}

impl Reach<'_> {
    /// How many words, commas and the like apart two words are, neighbours 1; `None` when these are more words than may be,
    /// a segment ends, or something parts them, as in "manager at Salesforce".
    fn distance(&self, &Range { start, end }: &Range<u32>, farthest: u32) -> Option<u32> {
        let segment = |at: u32| self.words.get(at as usize).map(|word| word.segment);
        if end > start + farthest || segment(start) != segment(end) {
            return None;
        }
        let from = self.partings.partition_point(|&(first, _)| first <= start);
        let mut later = self.partings.get(from..).unwrap_or_default().iter().take_while(|(first, _)| *first < end);
        if later.any(|&(_, last)| last < end) {
            return None;
        }
        let between = self.words.get(start as usize + 1..=end as usize).unwrap_or_default();
        Some(end - start + between.iter().filter(|word| word.gap.is_mark()).count() as u32)
    }

    /// The same of two words with nothing but a spaced dash between them, which counts as a comma does.
    fn distance_over_dash(&self, &Range { start, end }: &Range<u32>) -> Option<u32> {
        let is_dash = self.words.get(end as usize).is_some_and(|word| word.gap == Gap::Dash);
        (is_dash && end == start + 1).then_some(2)
    }
}

/// Adds the pairs to the spans of terms; each hides every mention inside it.
///
/// A head binds only the nearest domain over all compositions that it is a head of; of two at the same distance, the one
/// before it. A domain that several heads bind stays with the nearest of them, so that no head reaches over another.
pub(super) fn compose<'r>(reach: &Reach<'_>, triggers: &[Trigger], spans: Vec<Span<'r>>) -> Vec<Span<'r>> {
    let &Reach { rules, words, .. } = reach;
    let mut bindings = bindings(reach, &spans);
    bindings.retain(|binding| !is_addressed(triggers, binding));
    if bindings.is_empty() {
        return spans;
    }
    bindings.sort_by_key(|binding| (binding.domain.place(), binding.distance));
    let mut pairs = Vec::with_capacity(2 * bindings.len());
    for rivals in bindings.chunk_by(|a, b| a.domain.place() == b.domain.place()) {
        let nearest = rivals.first().map(|binding| binding.distance);
        let nearest_heads = rivals.iter().take_while(|binding| Some(binding.distance) == nearest);
        nearest_heads.for_each(|binding| pair(rules, binding, &mut pairs));
    }
    pairs.retain(|pair| !is_two(words, triggers, pair));
    pairs.sort_by_key(|pair| (pair.place(), pair.said));
    most_specific(&mut pairs);
    pairs.dedup_by_key(|pair| (pair.place(), pair.vocabulary_of_pair()));
    hide(&spans, &pairs)
}

/// Puts the pairs in the place of the spans inside them; other spans lie outside.
pub(super) fn hide<'r>(spans: &[Span<'r>], pairs: &[Span<'r>]) -> Vec<Span<'r>> {
    let mut all = Vec::with_capacity(spans.len() + pairs.len());
    let mut later = spans;
    for pair in pairs {
        let (before, others) = later.split_at(later.partition_point(|span| span.first < pair.first));
        all.extend_from_slice(before);
        all.push(*pair);
        later = others.get(others.partition_point(|span| span.last <= pair.last)..).unwrap_or_default();
    }
    all.extend_from_slice(later);
    all
}

/// A head and the domain that is nearest to it.
struct Binding<'s, 'r> {
    head: &'s Span<'r>,
    domain: &'s Span<'r>,
    distance: u32,
}

/// Tells whether the domain belongs to a trigger that the head comes after: "software for controllers" has no
/// "software controller".
fn is_addressed(triggers: &[Trigger], &Binding { head, domain, .. }: &Binding<'_, '_>) -> bool {
    let between = domain.last + 1..head.first;
    !between.is_empty()
        && triggers.iter().any(|trigger| {
            trigger.role == TriggerRole::Precedes && trigger.first <= domain.first && between.contains(&trigger.last)
        })
}

/// Tells whether a pair says two things: "manager, former accountant" has a trigger after a comma.
fn is_two(words: &[ReadWord<'_>], triggers: &[Trigger], pair: &Span<'_>) -> bool {
    let hard = |&at: &u32| words.get(at as usize).is_some_and(|word| word.gap.is_mark());
    let mut commas = (pair.first + 1..=pair.last).filter(hard);
    commas.any(|comma| {
        let mut begun = triggers.iter().filter(|trigger| trigger.role == TriggerRole::Precedes);
        begun.any(|trigger| comma == trigger.first && trigger.last < pair.last)
    })
}

/// The compositions that bind these two at this distance.
fn fitting(
    rules: &CompiledRuleSet,
    head: SpannedTerm,
    domain: SpannedTerm,
    distance: u32,
) -> impl Iterator<Item = &Composition> {
    let compositions = rules.compositions_of(head.id.0, domain.id.0);
    compositions.filter(move |composition| distance <= composition.within)
}

/// Binds each head to the domain that is nearest to it.
fn bindings<'s, 'r>(reach: &Reach<'_>, spans: &'s [Span<'r>]) -> Vec<Binding<'s, 'r>> {
    let mut bindings = Vec::new();
    for (at, head) in spans.iter().enumerate() {
        let farthest = head.terms().map(|head| reach.rules.reach_of_head(head.id.0)).max();
        if let Some(farthest @ 1..) = farthest {
            let (before, after) = (spans.get(..at).unwrap_or_default(), spans.get(at + 1..).unwrap_or_default());
            bindings.extend(nearest_domain(reach, head, farthest, before, after));
        }
    }
    bindings
}

/// The domain that is nearest to a head and no farther than this, among the spans before and after it.
fn nearest_domain<'s, 'r>(
    reach: &Reach<'_>,
    head: &'s Span<'r>,
    farthest: u32,
    before: &'s [Span<'r>],
    after: &'s [Span<'r>],
) -> Option<Binding<'s, 'r>> {
    let fits = |&(distance, domain): &(u32, &'s Span<'r>)| {
        head.terms().any(|head| domain.terms().any(|it| fitting(reach.rules, head, it, distance).next().is_some()))
    };
    // Distances grow outwards, so the first that fits is the nearest of its side.
    let before = before.iter().rev();
    let mut before = before.map_while(|domain| Some((reach.distance(&(domain.last..head.first), farthest)?, domain)));
    let mut after = after.iter().map_while(|domain| {
        let between = head.last..domain.first;
        // Not the other way round: "finance - partner" may be two items of a list.
        Some((reach.distance(&between, farthest).or_else(|| reach.distance_over_dash(&between))?, domain))
    });
    // `min_by_key` keeps the first of two equal ones: the domain before the head.
    let (distance, domain) =
        before.find(fits).into_iter().chain(after.find(fits)).min_by_key(|&(distance, _)| distance)?;
    Some(Binding { head, domain, distance })
}

/// Appends the pairs that a head and a domain make together.
fn pair<'r>(rules: &CompiledRuleSet, binding: &Binding<'_, '_>, pairs: &mut Vec<Span<'r>>) {
    let &Binding { head, domain, distance } = binding;
    let (first, last) = (head.first.min(domain.first), head.last.max(domain.last));
    for (head, domain) in head.terms().flat_map(|head| domain.terms().map(move |domain| (head, domain))) {
        pairs.extend(fitting(rules, head, domain, distance).map(|composition| Span {
            first,
            last,
            width: Width { words: last - first, letters: head.letters + domain.letters },
            said: Said::Pair { vocabulary: composition.vocabulary, head: head.id, with: domain.id },
        }));
    }
}
