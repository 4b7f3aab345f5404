//! Binds heads to domains: "responsable … trésorerie" is one mention of the composition's vocabulary.

use std::ops::Range;

use super::mention::{ReadWord, Trigger, most_specific};
use super::{MentionedTerm, Span, Width, same_place};
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
    let mut bindings = bindings(rules, words, &spans);
    bindings.retain(|binding| !is_addressed(triggers, binding));
    if bindings.is_empty() {
        return spans;
    }
    let bound = |binding: &Binding<'_>| binding.domains.first().map(Span::place);
    bindings.sort_by_key(|binding| (bound(binding), binding.distance));
    let mut pairs = Vec::new();
    for rivals in bindings.chunk_by(|a, b| bound(a) == bound(b)) {
        let nearest = rivals.first().map(|binding| binding.distance);
        let nearest_heads = rivals.iter().take_while(|binding| Some(binding.distance) == nearest);
        nearest_heads.for_each(|binding| pair(rules, binding, &mut pairs));
    }
    pairs.retain(|pair| !is_two(words, triggers, pair));
    pairs.sort_by_key(|pair| (pair.place(), pair.vocabulary, pair.term));
    hide(spans, &most_specific(&pairs))
}

/// Puts the pairs in the place of the spans inside them; other spans lie outside.
pub(super) fn hide(spans: Vec<Span>, pairs: &[Span]) -> Vec<Span> {
    let mut all = Vec::with_capacity(spans.len());
    let mut later = pairs;
    let mut paired = None;
    for span in spans {
        while let Some((pair, others)) = later.split_first().filter(|(pair, _)| pair.first <= span.first) {
            paired = Some(pair.last);
            all.push(*pair);
            later = others;
        }
        if paired < Some(span.first) {
            all.push(span);
        }
    }
    all.extend(later);
    all
}

/// A head and the domain that is nearest to it: the spans at both places.
struct Binding<'s> {
    heads: &'s [Span],
    domains: &'s [Span],
    distance: u32,
}

/// Tells whether the domain belongs to a trigger that the head comes after: "software for controllers" has no
/// "software controller".
fn is_addressed(triggers: &[Trigger], binding: &Binding<'_>) -> bool {
    let (Some(head), Some(domain)) = (binding.heads.first(), binding.domains.first()) else { return false };
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

/// Binds each head to the domain that is nearest to it.
fn bindings<'s>(rules: &CompiledRuleSet, words: &[ReadWord<'_>], spans: &'s [Span]) -> Vec<Binding<'s>> {
    let mut bindings = Vec::new();
    let mut from = 0;
    for heads in spans.chunk_by(same_place) {
        let before = spans.get(..from).unwrap_or_default();
        from += heads.len();
        let reach = heads.iter().map(|head| rules.reach_of_head(head.vocabulary)).max();
        if let Some(reach @ 1..) = reach {
            let after = spans.get(from..).unwrap_or_default();
            bindings.extend(nearest_domain(rules, words, heads, reach, before, after));
        }
    }
    bindings
}

/// The domain that is nearest to a head and no farther than its `reach`, among the spans before and after it.
fn nearest_domain<'s>(
    rules: &CompiledRuleSet,
    words: &[ReadWord<'_>],
    heads: &'s [Span],
    reach: u32,
    before: &'s [Span],
    after: &'s [Span],
) -> Option<Binding<'s>> {
    let head = heads.first()?;
    let segment = |at: u32| words.get(at as usize).map(|word| word.segment);
    let in_reach = |domains: &'s [Span], between: Range<u32>| {
        let domain = domains.first()?;
        (between.end <= between.start + reach && segment(domain.first) == segment(head.first))
            .then(|| (distance(words, between), domains))
    };
    let fits = |&(distance, domains): &(u32, &'s [Span])| {
        heads.iter().any(|head| domains.iter().any(|it| fitting(rules, head, it, distance).next().is_some()))
    };
    // Distances grow outwards, so the first that fits is the nearest of its side.
    let before = before.chunk_by(same_place).rev();
    let before = before.map_while(|domains| in_reach(domains, domains.first()?.last..head.first)).find(fits);
    let after = after.chunk_by(same_place);
    let after = after.map_while(|domains| in_reach(domains, head.last..domains.first()?.first)).find(fits);
    // `min_by_key` keeps the first of two equal ones: the domain before the head.
    let (distance, domains) = before.into_iter().chain(after).min_by_key(|&(distance, _)| distance)?;
    Some(Binding { heads, domains, distance })
}

/// Appends the mentions that a head and a domain make together.
fn pair(rules: &CompiledRuleSet, binding: &Binding<'_>, pairs: &mut Vec<Span>) {
    let &Binding { heads, domains, distance } = binding;
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
