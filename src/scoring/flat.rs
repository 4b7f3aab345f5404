//! An answer in one flat object, for whatever maps fields one to one.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::{Answer, as_text};
use crate::profile::Part;
use crate::profile::import::Format;
use crate::ruleset::Outcome;
use crate::wire;

/// How an answer is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// With lists and objects, as far as `explain` wants.
    #[default]
    Nested,
    /// One flat object, whatever `explain` wants.
    Flat,
}

/// An answer in the view that was asked for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Shown)]
pub enum ShownAnswer<'a> {
    /// The whole answer.
    Nested(&'a Answer<'a>),
    /// The flat one.
    Flat(Box<FlatAnswer<'a>>),
}

/// A judged profile in one flat object, so that a workflow stores it field by field; every member is always there.
///
/// Beside the members below it has `score_` and the id of each category of the rule set, 0…100: `score_business`.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlatAnswer<'a> {
    /// The caller's key of the profile.
    #[schema(required)]
    id: Option<&'a str>,
    /// The category with the most points among those reached, traits apart.
    #[schema(required)]
    category: Option<&'a str>,
    /// What to do.
    outcome: Outcome,
    /// The rule of the policy that said so.
    rule: &'a str,
    #[serde(flatten)]
    #[schema(value_type = BTreeMap<String, i32>)]
    scores: BTreeMap<String, i32>,
    /// The decision in a line or two, for people, in the language that was asked for.
    summary: &'a str,
    /// What the rule rests on, separated by commas.
    #[schema(example = "finance-role-now, finance-tools")]
    reasons: String,
    /// Parts of the profile that were not given, separated by commas.
    #[schema(example = "about, positions")]
    missing: String,
    /// The parts of the profile to ask for, when the outcome is `ask`, separated by commas.
    ask_for: String,
    /// What to ask the person, when the outcome is `ask` and the rule has a question.
    #[schema(required)]
    question: Option<&'a str>,
    /// The rule set that judged.
    rule_set: &'a str,
    /// Its revision.
    revision: u64,
    /// The foreign form that the profile was read from; null when it came as a profile document or as a row of a table.
    #[schema(required)]
    format: Option<Format>,
    /// The day of judgement.
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String, example = "2026-11-23")]
    as_of: Date,
}

/// Bytes that nearly every answer fits into.
const USUAL_BYTES: usize = 8 * 1024;

impl<'a> ShownAnswer<'a> {
    /// Lays an answer out.
    #[must_use]
    pub fn of(answer: &'a Answer<'a>, view: View) -> Self {
        match view {
            View::Nested => Self::Nested(answer),
            View::Flat => Self::Flat(Box::new(FlatAnswer::of(answer))),
        }
    }

    /// The answer in JSON.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = Vec::with_capacity(USUAL_BYTES);
        // Nothing in an answer can fail to be written to memory; if it did, there would be no answer rather than half of one.
        wire::write(self, &mut json).unwrap_or_default();
        json
    }
}

impl<'a> FlatAnswer<'a> {
    fn of(answer: &'a Answer<'a>) -> Self {
        let scores = answer.scores.iter().map(|score| (format!("score_{}", score.category), score.score));
        Self {
            id: answer.id,
            category: answer.category,
            outcome: answer.decision.outcome,
            rule: answer.decision.rule,
            scores: scores.collect(),
            summary: answer.summary.as_deref().unwrap_or_default(),
            reasons: answer.decision.reasons.join(", "),
            missing: listed(&answer.missing),
            ask_for: listed(&answer.decision.ask_for),
            question: answer.decision.question.as_deref(),
            rule_set: answer.rule_set.name,
            revision: answer.rule_set.revision,
            format: answer.format,
            as_of: answer.as_of,
        }
    }
}

/// The words for parts of a profile, as they travel.
fn listed(parts: &[Part]) -> String {
    let word = |part| serde_json::to_value(part).ok()?.as_str().map(str::to_owned);
    parts.iter().filter_map(word).collect::<Vec<_>>().join(", ")
}
