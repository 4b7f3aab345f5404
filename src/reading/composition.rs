//! Binds heads to domains: "responsable … trésorerie" is one mention of the composition's vocabulary.

use std::ops::Range;

use super::mention::{ReadWord, Trigger, most_specific};
use super::{MentionedTerm, Span};
use crate::ruleset::{CompiledRuleSet, Composition, TriggerRole};
use crate::text::segment::Gap;

/// Adds the pairs; each hides every mention inside it.
///
/// A head binds only the nearest domain over all compositions that it is a head of, in its segment; of two at the same
/// distance, the one before it.
pub(super) fn compose(rules: &CompiledRuleSet, words: &[ReadWord], triggers: &[Trigger], spans: &mut Vec<Span>) {
    let mut pairs = Vec::new();
    for (index, head) in spans.iter().enumerate() {
        let compositions = rules.compositions_of(head.vocabulary);
        if !compositions.is_empty() {
            bind(compositions, words, spans, index, head, &mut pairs);
        }
    }
    pairs.retain(|pair| !is_two(words, triggers, pair));
    if pairs.is_empty() {
        return;
    }
    pairs.sort_by_key(|pair: &Span| (pair.first, pair.last));
    most_specific(&mut pairs);
    spans.retain(|span| !pairs.iter().any(|pair| pair.holds(span)));
    spans.extend(pairs);
    spans.sort_by_key(|span| (span.first, span.last, span.vocabulary));
}

/// Tells whether a pair says two things: "manager, former accountant" has a trigger after a comma.
fn is_two(words: &[ReadWord], triggers: &[Trigger], pair: &Span) -> bool {
    let hard = |&at: &u32| words.get(at as usize).is_some_and(|word| word.gap == Gap::Hard);
    let mut commas = (pair.first + 1..=pair.last).filter(hard);
    commas.any(|comma| {
        let mut begun = triggers.iter().filter(|trigger| trigger.role == TriggerRole::Precedes);
        begun.any(|trigger| comma == trigger.first && trigger.last < pair.last)
    })
}

/// How many words a comma or the like is worth: "Director, Group Treasury" is one title, "developer, responsible for the
/// press" is two.
const COMMA: u32 = 2;

/// How many words apart two words are; neighbours are 1 apart.
fn distance(words: &[ReadWord], Range { start, end }: Range<u32>) -> u32 {
    let later = words.get(start as usize + 1..=end as usize).unwrap_or_default();
    end - start + COMMA * later.iter().filter(|word| word.gap == Gap::Hard).count() as u32
}

fn bind(
    compositions: &[Composition],
    words: &[ReadWord],
    spans: &[Span],
    index: usize,
    head: &Span,
    pairs: &mut Vec<Span>,
) {
    let MentionedTerm::Term(head_term) = head.term else { return };
    let segment = |at: u32| words.get(at as usize).map(|word| word.segment);
    let longest = compositions.iter().map(|composition| composition.within).max().unwrap_or(0);
    let before = spans.get(..index).unwrap_or_default().iter().rev();
    let after = spans.get(index + 1..).unwrap_or_default().iter();
    let near = before
        .take_while(|domain| domain.last + longest >= head.first)
        .chain(after.take_while(|domain| domain.first <= head.last + longest))
        .filter(|domain| segment(domain.first) == segment(head.first) && !domain.overlaps(head));
    let mut nearest = u32::MAX;
    let mut bound: Vec<Span> = Vec::new();
    for domain in near {
        // A domain before the head wins a tie.
        let (between, tie) =
            if domain.last < head.first { (domain.last..head.first, 0) } else { (head.last..domain.first, 1) };
        let distance = distance(words, between);
        let rank = distance * 2 + tie;
        if rank > nearest {
            continue;
        }
        let MentionedTerm::Term(term) = domain.term else { continue };
        for composition in compositions {
            if composition.with != domain.vocabulary || distance > composition.within {
                continue;
            }
            if rank < nearest {
                bound.clear();
                nearest = rank;
            }
            let (first, last) = (head.first.min(domain.first), head.last.max(domain.last));
            bound.push(Span {
                first,
                last,
                width: last - first,
                vocabulary: composition.vocabulary,
                term: MentionedTerm::Pair { head: (head.vocabulary, head_term), with: (domain.vocabulary, term) },
            });
        }
    }
    pairs.extend(bound);
}
