//! What the text of a profile says: mentions of terms, how they are meant, and the time they speak of.

mod spans;
mod composition;
mod context;
mod period;
mod hidden;

use std::borrow::Cow;

pub use hidden::{Hidden, TermPlace};
use jiff::civil::Date;
use spans::{ReadWord, Span};

use crate::profile::{Field, Profile, Time};
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

impl MentionedTerm {
    /// The term of this vocabulary as the rule set has it; `head + domain` for a composition.
    #[must_use]
    pub fn text(self, vocabulary: VocabularyId, rules: &CompiledRuleSet) -> Cow<'_, str> {
        match self {
            Self::Term(term) => rules.term_text(vocabulary, term).into(),
            Self::Pair { head, with } => {
                [rules.term_text(head.0, head.1), " + ", rules.term_text(with.0, with.1)].concat().into()
            }
        }
    }
}

/// What the texts of a profile say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What is mentioned, in order.
    pub mentions: Vec<Mention>,
    /// What these hide, in order; nothing unless it is to be told.
    pub hidden: Vec<Hidden>,
}

/// Reads the texts of a profile, as of a day: terms, compositions, contexts, in this order.
///
/// A role with years behind it that are over, "CFO (2010-2018)", is a former one in the headline. Positions have dates.
///
/// Fields that nothing asks for are not read. What stands in the others counts for what it hides and binds, but mentions
/// are given of those vocabularies alone that a rule or a fact asks for in their field. So is what they hide, which is
/// kept only when it is to be told.
///
/// ```
/// let rules = entregent::ruleset::compile(&entregent::ruleset::builtin_document()).rule_set.unwrap();
/// let profile = entregent::profile::parse(br#"{"headline": "Treasurer"}"#).unwrap();
/// let mentions = entregent::reading::read(&rules, &profile, jiff::civil::date(2026, 11, 23), false).mentions;
/// assert_eq!((mentions[0].start, mentions[0].end), (0, 9));
/// ```
#[must_use]
pub fn read(rules: &CompiledRuleSet, profile: &Profile<'_>, as_of: Date, tells_hidden: bool) -> Reading {
    let mut found = tells_hidden.then(Vec::new);
    let words = spans::words(rules, profile);
    let (spans, triggers) = spans::spans(rules, &words, found.as_mut());
    let spans = composition::compose(rules, &words, &triggers, spans, found.as_mut());
    let hidden = found.map(|found| hidden::hidden(rules, profile, &words, found, &spans)).unwrap_or_default();
    let mut contexts = context::Contexts::new(rules, &words, profile.texts(), triggers, &spans);
    let mut mentions = Vec::with_capacity(spans.len());
    for (at, span) in spans.iter().enumerate() {
        let (Some(first), Some(last)) = (words.get(span.first as usize), words.get(span.last as usize)) else {
            continue;
        };
        let Some(text) = profile.texts().get(first.text as usize) else { continue };
        let field = text.field;
        if !span.is_asked(field, rules) {
            continue;
        }
        let is_asked = |&(vocabulary, _): &(VocabularyId, _)| rules.reads().fields_of(vocabulary).has(field);
        // Whatever stands at one place is meant in one way.
        let mut meant = None;
        for (vocabulary, term) in span.mentioned(rules).filter(is_asked) {
            let (context, time) = *meant.get_or_insert_with(|| {
                let is_over = || {
                    let behind = behind(&text.text, &words, last, spans.get(at + 1));
                    field == Field::Headline && period::is_over(behind, as_of)
                };
                match contexts.of(span, field) {
                    Context::Own if is_over() => (Context::Former, Time::Past),
                    Context::Former => (Context::Former, Time::Past),
                    context => (context, profile.time_of(text, as_of)),
                }
            });
            let (start, end) = (first.start, last.end);
            mentions.push(Mention { text: first.text, field, start, end, vocabulary, term, context, time });
        }
    }
    Reading { mentions, hidden }
}

/// What stands in a text between the last word of a span and the next span.
fn behind<'t>(text: &'t str, words: &[ReadWord<'_>], last: &ReadWord<'_>, next: Option<&Span>) -> &'t str {
    let next = next.and_then(|next| words.get(next.first as usize)).filter(|next| next.text == last.text);
    let to = next.map_or(text.len(), |next| next.start as usize);
    text.get(last.end as usize..to).unwrap_or_default()
}

#[cfg(test)]
mod tests;
