//! What stands in a text and is no mention, for wider ones lie over it.

use super::MentionedTerm;
use super::spans::{ReadWord, Span};
use crate::profile::{Field, Profile};
use crate::ruleset::{CompiledRuleSet, VocabularyId};

/// What stands at one place of a profile, and is hidden by wider mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// What is hidden: the terms of some vocabularies, or one pair.
    pub at: Vec<TermPlace>,
    /// The mentions over some of its words, in order, the first twenty of them.
    pub by: Vec<TermPlace>,
}

/// Where a term or a pair stands, however it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermPlace {
    /// The index of the text in [`Profile::texts`].
    pub text: u32,
    /// The field of that text.
    pub field: Field,
    /// The first byte in the text.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// The vocabulary that the term belongs to.
    pub vocabulary: VocabularyId,
    /// What stands there.
    pub term: MentionedTerm,
}

/// The most mentions that are given for one that they hide: any number of vocabularies may have one term.
const MOST_WIDER: usize = 20;

/// Tells what of all that was found is not among what was kept, of those vocabularies that are asked for in its field.
pub(super) fn hidden(
    rules: &CompiledRuleSet,
    profile: &Profile<'_>,
    words: &[ReadWord<'_>],
    found: Vec<Span>,
    kept: &[Span],
) -> Vec<Hidden> {
    let is_asked = |place: &TermPlace| rules.reads().fields_of(place.vocabulary).has(place.field);
    let mut hidden = Vec::new();
    for (span, wider) in left_out(found, kept) {
        let at: Vec<_> = places(rules, profile, words, &span).filter(is_asked).collect();
        if !at.is_empty() {
            let by = wider.iter().flat_map(|wider| places(rules, profile, words, wider)).take(MOST_WIDER).collect();
            hidden.push(Hidden { at, by });
        }
    }
    hidden
}

/// The spans that were found and not kept, in order, each with those kept that it overlaps; those kept are in the order of
/// their places, then of what they say.
pub(super) fn left_out(mut found: Vec<Span>, kept: &[Span]) -> impl Iterator<Item = (Span, &[Span])> {
    let order = |span: &Span| (span.place(), span.said);
    found.sort_by_key(order);
    // Of the pairs of a vocabulary at one place the first is kept, if any.
    found.dedup_by_key(|span| (span.place(), span.vocabulary_of_pair()));
    let left_out = found.into_iter().filter(move |span| kept.binary_search_by_key(&order(span), order).is_err());
    left_out.map(|span| {
        let (_, later) = kept.split_at(kept.partition_point(|wider| wider.last < span.first));
        let (wider, _) = later.split_at(later.partition_point(|wider| wider.first <= span.last));
        (span, wider)
    })
}

/// The places of what a span mentions.
fn places(
    rules: &CompiledRuleSet,
    profile: &Profile<'_>,
    words: &[ReadWord<'_>],
    span: &Span,
) -> impl Iterator<Item = TermPlace> {
    let ends = words.get(span.first as usize).zip(words.get(span.last as usize));
    let stretch = ends.and_then(|(first, last)| {
        let field = profile.texts().get(first.text as usize)?.field;
        Some((first.text, field, first.start, last.end))
    });
    stretch.into_iter().flat_map(|(text, field, start, end)| {
        span.mentioned(rules).map(move |(vocabulary, term)| TermPlace { text, field, start, end, vocabulary, term })
    })
}
