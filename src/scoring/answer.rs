//! The answer as it travels.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::silent::SilentSignal;
use super::why::{Counterfactual, Search};
use crate::facts::{FactValue, MoveKind};
use crate::profile::import::Format;
use crate::profile::{self, PartialDate, Time};
use crate::ruleset::{CategoryKind, Context, Outcome};

/// A judged profile.
#[derive(Debug, Serialize, ToSchema)]
pub struct Answer<'a> {
    /// The caller's key of the profile.
    #[schema(required)]
    pub id: Option<&'a str>,
    /// The category with the most points among those reached, traits apart.
    #[schema(required)]
    pub category: Option<&'a str>,
    /// Whether a second category was reached within the rule set's margin.
    pub ambiguous: bool,
    /// What to do, and why.
    pub decision: DecisionAnswer<'a>,
    /// The decision in a line or two, for people, in the language that was asked for. Not given with `explain=none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Connect: a wanted interest. Business development 65 (threshold 50): works in corporate finance (“Treasurer”)."
    )]
    pub summary: Option<String>,
    /// All categories, by points, then id.
    pub scores: Vec<ScoreAnswer<'a>>,
    /// The facts that the rules read, where they are known.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_object")]
    #[schema(value_type = BTreeMap<String, FactValue>)]
    pub facts: Vec<(&'a str, FactValue)>,
    /// How the career moved, in the order of the dates; of each kind the first, and every promotion. Not given with
    /// `explain=none`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<MoveAnswer<'a>>,
    /// Parts of the profile that were not given.
    pub missing: Vec<profile::Part>,
    /// Whether nothing that is missing, relationship and invitation included, could change the outcome, with
    /// `explain=full`. Where that cannot be told it is `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub settled: Option<bool>,
    /// What would have made another outcome, with `explain=full`: the smallest sets of signals, one of each outcome that
    /// sets of that size make among them, then the smallest change of one integer of the rule set. Signals that read the
    /// relationship are never among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 4)]
    pub counterfactuals: Option<Vec<Counterfactual<'a>>>,
    /// How far the sets of signals were searched, with `explain=full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub search: Option<Search>,
    /// The revision that judged.
    pub rule_set: RuleSetName<'a>,
    /// The owner document that was read.
    #[schema(required)]
    pub owner: Option<OwnerName<'a>>,
    /// The foreign form that the profile was read from; absent when it came as a profile document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub format: Option<Format>,
    /// Version of the way this service judges.
    pub semantics: u32,
    /// The day of judgement.
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String, example = "2026-11-23")]
    pub as_of: Date,
}

impl Answer<'_> {
    /// The word for the decision's outcome.
    #[must_use]
    pub fn outcome(&self) -> &'static str {
        self.decision.outcome.word()
    }
}

/// Writes facts as one object.
fn as_object<S: Serializer>(facts: &[(&str, FactValue)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(facts.iter().copied())
}

/// Writes a day as `YYYY-MM-DD`.
pub(super) fn as_text<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

/// What to do, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionAnswer<'a> {
    /// What to do.
    pub outcome: Outcome,
    /// The rule of the policy that said so.
    pub rule: &'a str,
    /// What the rule rests on: facts; signals, the weightiest first; vocabularies that it asks for itself.
    pub reasons: Vec<&'a str>,
    /// What the rule itself read in the texts. Not given with `explain=none`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence<'a>>,
    /// The facts that the rule itself rests on. Not given with `explain=none`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactAnswer<'a>>,
    /// The parts of the profile to ask for, when the outcome is `ask`, the one first that could change most: the number of
    /// outcomes that it makes possible alone, then the points. Never the relationship nor the invitation.
    pub ask_for: Vec<profile::Part>,
    /// What to ask the person, when the outcome is `ask` and the rule has a question, in French if their profile is and
    /// otherwise in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub question: Option<String>,
}

/// A rule set's revision.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct RuleSetName<'a> {
    /// The rule set.
    pub name: &'a str,
    /// Its revision.
    pub revision: u64,
}

/// An owner document's revision.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnerName<'a> {
    /// The owner document.
    pub id: &'a str,
    /// Its digest.
    pub digest: &'a str,
}

/// A move from one position to a later one.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoveAnswer<'a> {
    /// Its kind.
    #[serde(rename = "move")]
    pub kind: MoveKind,
    /// When the later position began, as the profile has it.
    #[schema(value_type = String, example = "2019-03")]
    pub on: PartialDate,
    /// JSON Pointer to the earlier title, in the document as submitted.
    #[schema(example = "/positions/1/title")]
    pub from: &'a str,
    /// JSON Pointer to the later title.
    #[schema(example = "/positions/0/title")]
    pub to: &'a str,
}

/// The score of a category.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreAnswer<'a> {
    /// The category.
    pub category: &'a str,
    /// What it is for.
    pub kind: CategoryKind,
    /// The points, clamped to 0…100.
    #[schema(minimum = 0, maximum = 100)]
    pub score: i32,
    /// The sum of the contributions.
    pub points: i32,
    /// The points at which it is reached.
    pub threshold: i32,
    /// Whether it is reached.
    pub reached: bool,
    /// The parts of the points; they add up. Not given with `explain=none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub contributions: Option<Vec<ContributionAnswer<'a>>>,
    /// The signals that did not fire, with `explain=full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub silent: Option<Vec<SilentSignal<'a>>>,
}

/// A part of a category's points: of a signal, or taken away by a cap.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContributionAnswer<'a> {
    /// The signal that fired.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub signal: Option<&'a str>,
    /// The group or category whose cap took points away.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cap: Option<&'a str>,
    /// The points.
    pub points: i32,
    /// What was read in the texts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence<'a>>,
    /// The facts it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactAnswer<'a>>,
}

/// A quotation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Evidence<'a> {
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
    /// How it is meant.
    pub context: Context,
    /// The time it speaks of.
    pub time: Time,
}

/// A fact that a contribution rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactAnswer<'a> {
    /// The fact, with the vocabularies or disciplines that it goes by: `career.years[finance-roles]`.
    pub fact: &'a str,
    /// Its value; absent when the signal fired because it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub value: Option<FactValue>,
    /// JSON Pointers of the places it was read from, in the document as submitted; nothing stands there when the fact is
    /// that something is absent. Left out where an imported document has no such place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub read_from: Vec<&'a str>,
    /// The words that it was read from, when it is one that reads words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote<'a>>,
}

/// Words that a fact was read from.
#[derive(Debug, Serialize, ToSchema)]
pub struct Quote<'a> {
    /// Whose document it is, when it is not that of the person judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub document: Option<QuotedDocument>,
    /// JSON Pointer (RFC 6901) of the text in the document as submitted.
    #[schema(example = "/positions/0/title")]
    pub field: &'a str,
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// What stands there, to the letter; what HTML in a foreign form says.
    pub text: &'a str,
}

/// A document that is quoted beside that of the person judged.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuotedDocument {
    /// The owner's.
    Owner,
}
