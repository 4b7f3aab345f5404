//! Why a signal did not fire.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Evidence, FactAnswer, Quote};
use super::condition::Truth;
use super::grounds::Grounds;
use super::scorecard::Silent;
use super::writer::Writer;
use crate::facts::{FactValue, Place};
use crate::profile::{Field, Time};
use crate::reading::{Hidden, TermPlace};
use crate::ruleset::{Condition, Context, Mentions, Sought, VocabularySet};

/// A signal that did not fire, and why not.
#[derive(Debug, Serialize, ToSchema)]
pub struct SilentSignal<'a> {
    /// The signal.
    pub signal: &'a str,
    /// Whether it is unknown, rather than false, that it fires.
    pub unknown: bool,
    /// The first condition that failed: `mentions`, `moved`, a fact's name, `not`, `any`, `all`.
    pub failed: &'a str,
    /// What was looked for, when mentions or a move failed: vocabularies, unions and disciplines, as the condition names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub looked_for: Vec<&'a str>,
    /// The fields that were looked in, when mentions or a move failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub looked_in: Vec<&'static str>,
    /// What else was wanted of a mention, when mentions failed; absent when nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub wanted: Option<Wanted>,
    /// The value that the fact has, when a known fact failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub value: Option<FactValue>,
    /// What was found there all the same, at most five places: meant otherwise or of another time than wanted, too few,
    /// or, when `not` failed, just what there must not be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 5)]
    pub found: Vec<Evidence<'a>>,
    /// Where a term that was looked for stands there and does not count, at most five places, when mentions failed: longer
    /// terms or compositions of other vocabularies lie over it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 5)]
    pub hidden: Vec<HiddenTerm<'a>>,
    /// The facts because of which `not` failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactAnswer<'a>>,
}

/// What a condition wants of mentions beside their vocabularies and fields.
#[derive(Debug, Serialize, ToSchema)]
pub struct Wanted {
    /// How they must be meant; absent when any way will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub context: Option<Context>,
    /// The time they must speak of, `current` or `past`; absent when any will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub time: Option<Time>,
    /// How many there must be; absent when one will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 2)]
    pub at_least: Option<u32>,
}

impl Wanted {
    /// What a condition wants; `None` when any one mention will do.
    fn by(condition: &Mentions) -> Option<Self> {
        let &Mentions { sought: Sought { context, time, .. }, at_least, .. } = condition;
        let at_least = Some(at_least).filter(|&count| count > 1);
        let any_will_do = context.is_none() && time.is_none() && at_least.is_none();
        (!any_will_do).then_some(Self { context, time, at_least })
    }
}

/// A term that stands in the profile and does not count, for wider mentions hide it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HiddenTerm<'a> {
    /// JSON Pointer (RFC 6901) of the text in the document as submitted.
    #[schema(example = "/headline")]
    pub field: &'a str,
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// What stands there, to the letter; what HTML in a foreign form says.
    pub text: &'a str,
    /// The term of the vocabulary; `head + domain` for a composition.
    pub term: Cow<'a, str>,
    /// The vocabulary.
    pub vocabulary: &'a str,
    /// What hides it: the mentions over some of its words, at most five.
    #[schema(min_items = 1, max_items = 5)]
    pub by: Vec<HidingTerm<'a>>,
}

/// A term that hides others.
#[derive(Debug, Serialize, ToSchema)]
pub struct HidingTerm<'a> {
    /// JSON Pointer (RFC 6901) of the text in the document as submitted.
    #[schema(example = "/headline")]
    pub field: &'a str,
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// What stands there, to the letter; what HTML in a foreign form says.
    pub text: &'a str,
    /// The term of the vocabulary; `head + domain` for a composition.
    pub term: Cow<'a, str>,
    /// The vocabulary.
    pub vocabulary: &'a str,
}

/// All that mentions hide.
pub(super) struct HiddenPlaces<'m> {
    places: &'m [Hidden],
    /// The vocabularies of it: most signals look for none of them.
    of: VocabularySet,
}

impl<'m> HiddenPlaces<'m> {
    pub(super) fn new(places: &'m [Hidden]) -> Self {
        Self { places, of: places.iter().flat_map(|hidden| &hidden.at).map(|place| place.vocabulary).collect() }
    }
}

/// The most places that a silent signal shows of each kind.
const MOST_SHOWN: usize = 5;

impl<'a> Writer<'_, 'a> {
    /// Tells why a signal did not fire.
    pub(super) fn silent(&self, silent: &Silent<'a>) -> SilentSignal<'a> {
        let Silent { signal, finding } = silent;
        let (looked_for, looked_in) = sought(finding.failed);
        let mut answer = SilentSignal {
            signal: &signal.id,
            unknown: finding.truth == Truth::Unknown,
            failed: failed(finding.failed),
            looked_for,
            looked_in,
            wanted: None,
            value: None,
            found: Vec::new(),
            hidden: Vec::new(),
            facts: Vec::new(),
        };
        match finding.failed {
            Some(Condition::Mentions(wanted)) => {
                let found = self.known.in_place(wanted).map(|(index, _)| index).take(MOST_SHOWN);
                answer.found = self.quotations(&found.collect::<Vec<_>>());
                answer.hidden = self.hidden_from(wanted);
                answer.wanted = Wanted::by(wanted);
            }
            Some(Condition::Fact { fact, .. }) => answer.value = self.known.facts.value(fact),
            Some(failed @ Condition::Not(_)) if finding.truth == Truth::False => {
                let mut grounds = Grounds::default();
                self.known.read(failed, None, &mut grounds);
                grounds.mentions.truncate(MOST_SHOWN);
                answer.found = self.quotations(&grounds.mentions);
                answer.facts = grounds.facts.iter().map(|fact| self.fact(fact)).collect();
            }
            _ => {}
        }
        answer
    }

    /// What is hidden of the terms that a condition looks for, in the fields that it looks in; what mentions of the same
    /// vocabularies hide is not told, for these are found.
    fn hidden_from(&self, wanted: &Mentions) -> Vec<HiddenTerm<'a>> {
        if !self.hidden.of.meets(&wanted.among) {
            return Vec::new();
        }
        let is_wanted = |place: &TermPlace| wanted.among.has(place.vocabulary);
        let is_sought = |place: &&TermPlace| is_wanted(place) && wanted.sought.fields.has(place.field);
        let sought =
            self.hidden.places.iter().flat_map(|hidden| hidden.at.iter().filter(is_sought).map(move |at| (at, hidden)));
        let unseen = sought.filter(|(_, hidden)| !hidden.by.iter().any(is_wanted));
        let told = unseen.filter_map(|(at, hidden)| {
            let HidingTerm { field, start, end, text, term, vocabulary } = self.term(at)?;
            let by = hidden.by.iter().filter_map(|place| self.term(place)).take(MOST_SHOWN).collect();
            Some(HiddenTerm { field, start, end, text, term, vocabulary, by })
        });
        told.take(MOST_SHOWN).collect()
    }

    fn term(&self, place: &TermPlace) -> Option<HidingTerm<'a>> {
        let &TermPlace { text, start, end, vocabulary, term, .. } = place;
        let Quote { field, start, end, text, .. } = self.quote(&Place { owner: false, text, start, end })?;
        let (term, vocabulary) = (term.text(vocabulary, self.rules), self.rules.vocabulary_name(vocabulary));
        Some(HidingTerm { field, start, end, text, term, vocabulary })
    }
}

/// The word for the condition that failed.
pub(super) fn failed(condition: Option<&Condition>) -> &str {
    match condition {
        Some(Condition::Mentions(_)) => "mentions",
        Some(Condition::Moved { .. }) => "moved",
        Some(Condition::Fact { fact, .. }) => &fact.name,
        Some(Condition::Not(_)) => "not",
        Some(Condition::Any(_)) => "any",
        _ => "all",
    }
}

/// What a condition looks for, by the names that it has, and the fields that it looks in.
pub(super) fn sought(condition: Option<&Condition>) -> (Vec<&str>, Vec<&'static str>) {
    match condition {
        Some(Condition::Mentions(wanted)) => (
            wanted.named.iter().map(String::as_str).collect(),
            wanted.sought.fields.iter().map(|field| field.entry().name).collect(),
        ),
        Some(Condition::Moved { from, to }) => {
            let named = from.named.iter().chain(&to.named);
            (named.map(String::as_str).collect(), vec![Field::PositionTitle.entry().name])
        }
        _ => (Vec::new(), Vec::new()),
    }
}
