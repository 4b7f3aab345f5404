//! What would have made another outcome, as it travels.

use serde::Serialize;
use utoipa::ToSchema;

use super::Why;
use super::flips::Turn;
use super::integers::Rewrite;
use crate::ruleset::{CompiledRuleSet, Outcome};
use crate::scoring::silent::{failed, sought};

/// A smallest change that makes another outcome, all else being as it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counterfactual<'a> {
    /// The outcome that it makes.
    pub outcome: Outcome,
    /// The rule of the policy that would say so.
    pub rule: &'a str,
    /// What would have to change, all of it together.
    #[schema(min_items = 1, max_items = 3)]
    pub changes: Vec<Change<'a>>,
}

/// A signal that comes out otherwise, or an integer that is written otherwise.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Change<'a> {
    /// What is read in the profile differs.
    Signal(SignalChange<'a>),
    /// What the rule set says differs.
    Integer(IntegerChange),
}

/// Where a change would have to come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The profile would have to say something else.
    Profile,
    /// The profile would have to say something where it says nothing.
    Missing,
    /// The rules would have to be others.
    Rules,
}

/// How a signal would come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Turned {
    /// It fires, and did not.
    Fires,
    /// It stays silent, and fired.
    StaysSilent,
}

/// A signal that comes out otherwise.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignalChange<'a> {
    /// `profile` or `missing`.
    pub because: Because,
    /// The category of the signal.
    pub category: &'a str,
    /// The signal.
    pub signal: &'a str,
    /// How it comes out.
    pub change: Turned,
    /// The points that it brings, or would bring, before any cap.
    pub points: i32,
    /// The condition that failed, as among the silent signals.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub failed: Option<&'a str>,
    /// What was looked for, when mentions or a move failed: vocabularies, unions and disciplines, as the condition names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub looked_for: Vec<&'a str>,
    /// The fields that were looked in, when mentions or a move failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub looked_in: Vec<&'static str>,
}

/// An integer of the rule set that is written otherwise: points, a cap, a threshold, the margin or a value that a score is
/// compared with.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntegerChange {
    /// `rules`.
    pub because: Because,
    /// JSON Pointer (RFC 6901) into the rule set document. The margin may be absent there, and is 10 then.
    #[schema(example = "/categories/business/threshold")]
    pub pointer: String,
    /// The integer as it is.
    pub from: i32,
    /// The integer that makes the outcome.
    pub to: i32,
}

/// How far the search for signals went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Search {
    /// The sets of signals that were tried, at most 1,000; signals worth the same in the same place are tried once.
    #[schema(maximum = 1000)]
    pub tried: u32,
    /// Whether that was all: if so, no smaller set flips the outcome, and if none is given, none of up to three does.
    pub complete: bool,
}

impl<'a> Why<'_, 'a> {
    /// How far the search for signals went.
    pub(in crate::scoring) fn search(&self) -> Search {
        Search { tried: self.found.tried, complete: self.found.complete }
    }

    /// What would have made another outcome.
    pub(in crate::scoring) fn write(self, rules: &'a CompiledRuleSet) -> Vec<Counterfactual<'a>> {
        let signals = self.found.flips.iter().map(|flip| Counterfactual {
            outcome: flip.rule.outcome,
            rule: &flip.rule.id,
            changes: flip.turns.iter().map(|turn| Change::Signal(turned(rules, turn))).collect(),
        });
        let integer = self.rewrite.map(|Rewrite { rule, pointer, from, to }| Counterfactual {
            outcome: rule.outcome,
            rule: &rule.id,
            changes: vec![Change::Integer(IntegerChange { because: Because::Rules, pointer, from, to })],
        });
        signals.chain(integer).collect()
    }
}

fn turned<'a>(rules: &'a CompiledRuleSet, turn: &Turn<'_, 'a>) -> SignalChange<'a> {
    let failing = turn.silent.and_then(|finding| finding.failed);
    let (looked_for, looked_in) = sought(failing);
    SignalChange {
        because: if turn.is_missing { Because::Missing } else { Because::Profile },
        category: rules.rules().categories.get(turn.category).map_or("", |category| &category.id),
        signal: &turn.signal.id,
        change: if turn.silent.is_some() { Turned::Fires } else { Turned::StaysSilent },
        points: turn.points,
        failed: turn.silent.is_some().then(|| failed(failing)),
        looked_for,
        looked_in,
    }
}
