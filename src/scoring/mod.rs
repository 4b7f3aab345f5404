//! The whole line, from a profile to an answer, in one function.

mod condition;
mod moved;
mod grounds;
mod scorecard;
mod decision;
mod question;
mod answer;
mod writer;
mod silent;
mod summary;
mod flat;
mod expectation;
mod why;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use answer::{
    Answer, ContributionAnswer, DecisionAnswer, Evidence, FactAnswer, MoveAnswer, OwnerName, Quote, QuotedDocument,
    RuleSetName, ScoreAnswer,
};
pub use expectation::{TestOutcome, run_tests};
pub use flat::{FlatAnswer, ShownAnswer, View};
pub use silent::{HiddenTerm, HidingTerm, SilentSignal, Wanted};
pub use why::{Because, Change, Counterfactual, IntegerChange, Search, SignalChange, Turned};

use crate::facts::{Facts, Sources};
use crate::profile::{Owner, Profile};
use crate::reading::{self, Reading};
use crate::ruleset::{CompiledRuleSet, Tongue};

/// Raised whenever the code judges differently for the same rule set and profile.
pub const SEMANTICS: u32 = 1;

/// How much of the reasons an answer gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Explain {
    /// Category, decision and scores.
    None,
    /// Contributions and quoted evidence too.
    #[default]
    Evidence,
    /// The silent signals too, each with the first condition that failed, what it read and what was hidden from it; whether
    /// what is missing could change the outcome, and what would have.
    Full,
}

/// What is asked about a profile, beside the rules to judge it by.
#[derive(Clone, Copy, Debug)]
pub struct Inquiry<'a> {
    /// The day of judgement, unless the profile names one.
    pub today: Date,
    /// How much of the reasons to give.
    pub explain: Explain,
    /// The language of the summary.
    pub language: Tongue,
    /// The person for whom it is judged.
    pub owner: Option<&'a Owner>,
}

impl Inquiry<'_> {
    /// Asks for the reasons with evidence, in English, for no owner.
    #[must_use]
    pub fn on(today: Date) -> Self {
        Self { today, explain: Explain::default(), language: Tongue::default(), owner: None }
    }
}

/// Judges a profile: reads its mentions, scores every category, decides.
///
/// The same rules, profile, owner and day give the same answer.
///
/// ```
/// use entregent::{profile, ruleset, scoring::{Inquiry, RuleSetName, judge}};
/// let rules = ruleset::compile(&ruleset::builtin_document()).rule_set.unwrap();
/// let profile = profile::parse("{\"headline\": \"Trésorière groupe\"}".as_bytes()).unwrap();
/// let name = RuleSetName { name: "default", revision: 1 };
/// let answer = judge(&rules, name, &profile, &Inquiry::on(jiff::civil::date(2026, 11, 23)));
/// assert_eq!(answer.category, Some("business"));
/// ```
#[must_use]
pub fn judge<'a>(
    rules: &'a CompiledRuleSet,
    name: RuleSetName<'a>,
    profile: &'a Profile<'a>,
    inquiry: &Inquiry<'a>,
) -> Answer<'a> {
    let as_of = profile.as_of().unwrap_or(inquiry.today);
    let Reading { mentions, hidden } = reading::read(rules, profile, as_of, inquiry.explain == Explain::Full);
    let counts = condition::Counts::new(rules.reads(), &mentions);
    let sources = Sources { profile, mentions: &mentions, owner: inquiry.owner, as_of };
    let facts = Facts::derive(rules, &sources);
    let known = condition::Known { profile, mentions: &mentions, counts: &counts, facts: &facts };
    let scorecard = scorecard::score(rules.rules(), &known, inquiry.explain);
    let decision = decision::decide(rules, &known, &scorecard);
    let hidden = silent::HiddenPlaces::new(&hidden);
    writer::Writer { rules, known: &known, hidden, owner: inquiry.owner, scorecard: &scorecard, as_of }
        .write(name, decision, inquiry)
}

#[cfg(test)]
mod tests;
