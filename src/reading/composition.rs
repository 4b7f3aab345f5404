//! Binds heads to domains: "responsable … trésorerie" is one mention of the composition's vocabulary.

use std::ops::Range;

use super::mention::{ReadWord, Trigger, most_specific};
use super::{MentionedTerm, Span, Width};
use crate::ruleset::{CompiledRuleSet, Composition, TriggerRole};

/// Adds the pairs to the spans of terms; each hides every mention inside it.
///
/// A head binds only the nearest domain over all compositions that it is a head of, in its segment; of two at the same
/// distance, the one before it. A domain that several heads bind stays with the nearest of them, so that no head reaches
/// over another.
pub(super) fn compose(
    rules: &CompiledRuleSet,
    words: &[ReadWord<'_>],
    triggers: &[Trigger],
    spans: Vec<Span>,
) -> Vec<Span> {
    let places: Vec<&[Span]> = spans.chunk_by(|a, b| a.place() == b.place()).collect();
    let bound = |index| nearest_domain(rules, words, &places, index);
    let mut bindings: Vec<Binding> =
        (0..places.len()).filter_map(bound).filter(|binding| !is_addressed(triggers, &places, binding)).collect();
    if bindings.is_empty() {
        return spans;
    }
    bindings.sort_unstable_by_key(|binding| (binding.domain, binding.distance));
    let nearest_heads = bindings.chunk_by(|a, b| a.domain == b.domain).flat_map(|rivals| {
        let nearest = rivals.first().map(|binding| binding.distance);
        rivals.iter().take_while(move |binding| Some(binding.distance) == nearest)
    });
    let mut pairs = Vec::new();
    for binding in nearest_heads {
        let place = |index: usize| places.get(index).copied().unwrap_or_default();
        pair(rules, place(binding.head), place(binding.domain), binding.distance, &mut pairs);
    }
    pairs.retain(|pair| !is_two(words, triggers, pair));
    pairs.sort_by_key(|pair| (pair.place(), pair.vocabulary, pair.term));
    most_specific(&mut pairs);
    hide(spans, pairs)
}

/// Puts the pairs in the place of the spans inside them; other spans lie outside.
fn hide(spans: Vec<Span>, pairs: Vec<Span>) -> Vec<Span> {
    let mut all = Vec::with_capacity(spans.len());
    let mut pairs = pairs.into_iter().peekable();
    let mut paired = None;
    for span in spans {
        while let Some(pair) = pairs.next_if(|pair| pair.first <= span.first) {
            paired = Some(pair.last);
            all.push(pair);
        }
        if paired < Some(span.first) {
            all.push(span);
        }
    }
    all.extend(pairs);
    all
}

/// A head and the domain that is nearest to it, by their places.
struct Binding {
    head: usize,
    domain: usize,
    distance: u32,
}

/// Tells whether the domain belongs to a trigger that the head comes after: "software for controllers" has no
/// "software controller".
fn is_addressed(triggers: &[Trigger], places: &[&[Span]], binding: &Binding) -> bool {
    let place = |index: usize| places.get(index).and_then(|place| place.first());
    let (Some(head), Some(domain)) = (place(binding.head), place(binding.domain)) else { return false };
    triggers.iter().any(|trigger| {
        trigger.role == TriggerRole::Precedes
            && trigger.first <= domain.first
            && (domain.last + 1..head.first).contains(&trigger.last)
    })
}

/// Tells whether a pair says two things: "manager, former accountant" has a trigger after a comma.
fn is_two(words: &[ReadWord<'_>], triggers: &[Trigger], pair: &Span) -> bool {
    let hard = |&at: &u32| words.get(at as usize).is_some_and(|word| word.gap.is_mark());
    let mut commas = (pair.first + 1..=pair.last).filter(hard);
    commas.any(|comma| {
        let mut begun = triggers.iter().filter(|trigger| trigger.role == TriggerRole::Precedes);
        begun.any(|trigger| comma == trigger.first && trigger.last < pair.last)
    })
}

/// How many words and commas apart two words are; neighbours are 1 apart.
fn distance(words: &[ReadWord<'_>], Range { start, end }: Range<u32>) -> u32 {
    let later = words.get(start as usize + 1..=end as usize).unwrap_or_default();
    end - start + later.iter().filter(|word| word.gap.is_mark()).count() as u32
}

/// The compositions that bind these two at this distance.
fn fitting<'r>(
    rules: &'r CompiledRuleSet,
    head: &Span,
    domain: &Span,
    distance: u32,
) -> impl Iterator<Item = &'r Composition> {
    let with = domain.vocabulary;
    rules.compositions_of(head.vocabulary, with).iter().filter(move |composition| distance <= composition.within)
}

fn nearest_domain(
    rules: &CompiledRuleSet,
    words: &[ReadWord<'_>],
    places: &[&[Span]],
    index: usize,
) -> Option<Binding> {
    let heads = *places.get(index)?;
    let head = heads.first()?;
    let longest = heads.iter().map(|head| rules.reach_of_head(head.vocabulary)).max().filter(|&longest| longest > 0)?;
    let segment = |at: u32| words.get(at as usize).map(|word| word.segment);
    let first_fit = |domain: usize, between: Range<u32>| {
        let distance = distance(words, between);
        let domains = places.get(domain).copied().unwrap_or_default();
        let fits =
            heads.iter().any(|head| domains.iter().any(|it| fitting(rules, head, it, distance).next().is_some()));
        fits.then_some((distance, domain))
    };
    // Distances grow outwards, so the first that fits is the nearest of its side.
    let in_reach = |domain: &Span| segment(domain.first) == segment(head.first);
    let before = (0..index).rev().map_while(|at| {
        let domain = places.get(at)?.first()?;
        (domain.last + longest >= head.first && in_reach(domain)).then_some((at, domain.last..head.first))
    });
    let after = (index + 1..places.len()).map_while(|at| {
        let domain = places.get(at)?.first()?;
        (domain.first <= head.last + longest && in_reach(domain)).then_some((at, head.last..domain.first))
    });
    let fit = |(at, between)| first_fit(at, between);
    // `min_by_key` keeps the first of two equal ones: the domain before the head.
    let nearest =
        before.filter_map(fit).take(1).chain(after.filter_map(fit).take(1)).min_by_key(|&(distance, _)| distance);
    nearest.map(|(distance, domain)| Binding { head: index, domain, distance })
}

/// Appends the mentions that a head and a domain make together.
fn pair(rules: &CompiledRuleSet, heads: &[Span], domains: &[Span], distance: u32, pairs: &mut Vec<Span>) {
    for (head, domain) in heads.iter().flat_map(|head| domains.iter().map(move |domain| (head, domain))) {
        let (MentionedTerm::Term(head_term), MentionedTerm::Term(term)) = (head.term, domain.term) else { continue };
        let (first, last) = (head.first.min(domain.first), head.last.max(domain.last));
        pairs.extend(fitting(rules, head, domain, distance).map(|composition| Span {
            first,
            last,
            width: Width { words: last - first, letters: head.width.letters + domain.width.letters },
            vocabulary: composition.vocabulary,
            term: MentionedTerm::Pair { head: (head.vocabulary, head_term), with: (domain.vocabulary, term) },
        }));
    }
}
