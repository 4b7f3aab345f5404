//! What the text of a profile says: mentions of terms, how they are meant, and the time they speak of.

mod composition;
mod context;
mod mention;

use std::borrow::Cow;

use jiff::civil::Date;

use crate::profile::{Field, Profile, ProfileText, Time};
use crate::ruleset::{CompiledRuleSet, Context, TermId, VocabularyId};

/// A place in a profile where a term stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
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
    /// How it is meant.
    pub context: Context,
    /// The time it speaks of.
    pub time: Time,
}

impl Mention {
    /// The term as the rule set has it; `head + domain` for a composition.
    #[must_use]
    pub fn term_text<'r>(&self, rules: &'r CompiledRuleSet) -> Cow<'r, str> {
        match self.term {
            MentionedTerm::Term(term) => rules.term_text(self.vocabulary, term).into(),
            MentionedTerm::Pair { head, with } => {
                [rules.term_text(head.0, head.1), " + ", rules.term_text(with.0, with.1)].concat().into()
            }
        }
    }
}

/// What a mention mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionedTerm {
    /// A term of the vocabulary.
    Term(TermId),
    /// A composition of two terms.
    Pair {
        /// The head.
        head: (VocabularyId, TermId),
        /// The domain.
        with: (VocabularyId, TermId),
    },
}

/// A term found among the words of a profile, before its context is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    /// Index of the first word.
    first: u32,
    /// Index of the last word.
    last: u32,
    width: Width,
    vocabulary: VocabularyId,
    term: MentionedTerm,
}

/// What tells the more specific of two spans that overlap: never the letters of the source, which the feminine, an
/// inclusive ending or an accent apart would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Width {
    /// The words that a pair spans; terms, which pairs do not compete with, are told by their letters alone.
    words: u32,
    /// The letters of the term as the rule set writes it, or of both terms of a pair.
    letters: u32,
}

impl Span {
    /// Its first and its last word.
    fn place(&self) -> (u32, u32) {
        (self.first, self.last)
    }
}

fn same_place(a: &Span, b: &Span) -> bool {
    a.place() == b.place()
}

/// Reads the texts of a profile, as of a day: terms, compositions, contexts, in this order.
///
/// Fields that nothing asks for are not read. What stands in the others counts for what it hides and binds, but mentions
/// are given of those vocabularies alone that a rule or a fact asks for in their field.
///
/// ```
/// let rules = entregent::ruleset::compile(&entregent::ruleset::builtin_document()).rule_set.unwrap();
/// let profile = entregent::profile::parse(br#"{"headline": "Treasurer"}"#).unwrap();
/// let mentions = entregent::reading::read(&rules, &profile, jiff::civil::date(2026, 11, 23));
/// assert_eq!((mentions[0].start, mentions[0].end), (0, 9));
/// ```
#[must_use]
pub fn read(rules: &CompiledRuleSet, profile: &Profile<'_>, as_of: Date) -> Vec<Mention> {
    let words = mention::words(rules, profile);
    let (spans, triggers) = mention::spans(rules, &words);
    let spans = composition::compose(rules, &words, &triggers, spans);
    let mut contexts = context::Contexts::new(rules, &words, triggers, &spans);
    // Whatever stands at one place is meant in one way.
    let mut mentioned = |place: &[Span]| {
        let span = place.first()?;
        let first = words.get(span.first as usize)?;
        let last = words.get(span.last as usize)?;
        let text: &ProfileText<'_> = profile.texts().get(first.text as usize)?;
        if !place.iter().any(|span| rules.reads().fields_of(span.vocabulary).has(text.field)) {
            return None;
        }
        let context = contexts.of(span, first.segment, text.field);
        let time = if context == Context::Former { Time::Past } else { profile.time_of(text, as_of) };
        Some(Mention {
            text: first.text,
            field: text.field,
            start: first.start,
            end: last.end,
            vocabulary: span.vocabulary,
            term: span.term,
            context,
            time,
        })
    };
    let mut mentions = Vec::with_capacity(spans.len());
    for place in spans.chunk_by(same_place) {
        let Some(mention) = mentioned(place) else { continue };
        let asked = place.iter().filter(|span| rules.reads().fields_of(span.vocabulary).has(mention.field));
        mentions.extend(asked.map(|&Span { vocabulary, term, .. }| Mention { vocabulary, term, ..mention.clone() }));
    }
    mentions
}

#[cfg(test)]
mod tests;
