//! What the text of a profile says: mentions of terms, how they are meant, and the time they speak of.

mod composition;
mod context;
mod mention;

use crate::profile::{Field, Profile, ProfileText, Time};
use crate::ruleset::{CompiledRuleSet, Context, VocabularyId};

/// A place in a profile where a term stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The index of the text in [`Profile::texts`].
    pub text: usize,
    /// The field of that text.
    pub field: Field,
    /// The first byte in the text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The first code point in the text.
    pub first_char: usize,
    /// The code point after the last.
    pub end_char: usize,
    /// The vocabulary that the term belongs to.
    pub vocabulary: VocabularyId,
    /// What stands there.
    pub term: MentionedTerm,
    /// How it is meant.
    pub context: Context,
    /// The time it speaks of.
    pub time: Time,
}

/// What a mention mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionedTerm {
    /// A term, by its index in the vocabulary.
    Term(usize),
    /// A composition of two terms.
    Pair {
        /// The head, by vocabulary and index.
        head: (VocabularyId, usize),
        /// The domain, by vocabulary and index.
        with: (VocabularyId, usize),
    },
}

/// A term found among the words of a profile, before its context is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    /// Index of the first word.
    first: usize,
    /// Index of the last word.
    last: usize,
    /// Bytes of the source from the first word to the last.
    width: u32,
    vocabulary: VocabularyId,
    term: MentionedTerm,
}

impl Span {
    fn holds(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// Reads all texts of a profile: terms, compositions, contexts, in this order.
///
/// ```
/// let rules = entregent::ruleset::compile(&entregent::ruleset::builtin_document()).rule_set.unwrap();
/// let profile = entregent::profile::parse(br#"{"headline": "Treasurer"}"#).unwrap();
/// let mentions = entregent::reading::read(&rules, &profile);
/// assert_eq!((mentions[0].start, mentions[0].end), (0, 9));
/// ```
#[must_use]
pub fn read(rules: &CompiledRuleSet, profile: &Profile<'_>) -> Vec<Mention> {
    let words = mention::words(rules, profile);
    let (mut spans, triggers) = mention::spans(rules, &words);
    composition::compose(rules, &words, &mut spans);
    let contexts = context::Contexts::new(rules, triggers, &spans);
    let mentioned = |span: Span| {
        let first = words.get(span.first)?;
        let last = words.get(span.last)?;
        let index = first.text as usize;
        let text: &ProfileText<'_> = profile.texts().get(index)?;
        let context = contexts.of(&span, first.segment, text.field);
        let time = if context == Context::Former { Time::Past } else { text.time };
        Some(Mention {
            text: index,
            field: text.field,
            start: first.start as usize,
            end: last.end as usize,
            first_char: first.first_char as usize,
            end_char: last.end_char as usize,
            vocabulary: span.vocabulary,
            term: span.term,
            context,
            time,
        })
    };
    spans.iter().copied().filter_map(mentioned).collect()
}

#[cfg(test)]
mod tests;
