//! Why a signal did not fire.

use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Evidence, FactAnswer};
use super::condition::Truth;
use super::grounds::Grounds;
use super::scorecard::Silent;
use super::writer::Writer;
use crate::facts::FactValue;
use crate::profile::Field;
use crate::ruleset::{CompiledRuleSet, Condition};

/// A signal that did not fire, and why not.
#[derive(Debug, Serialize, ToSchema)]
pub struct SilentSignal<'a> {
    /// The signal.
    pub signal: &'a str,
    /// Whether it is unknown, rather than false, that it fires.
    pub unknown: bool,
    /// The first condition that failed: `mentions`, `moved`, a fact's name, `not`, `any`, `all`.
    pub failed: &'a str,
    /// The vocabularies that were looked for, when mentions or a move failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub looked_for: Vec<&'a str>,
    /// The fields that were looked in, when mentions or a move failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub looked_in: Vec<&'static str>,
    /// The value that the fact has, when a known fact failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub value: Option<FactValue>,
    /// What was found there all the same, at most five places: meant otherwise or of another time than wanted, too few,
    /// or, when `not` failed, just what there must not be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 5)]
    pub found: Vec<Evidence<'a>>,
    /// The facts because of which `not` failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactAnswer<'a>>,
}

/// The most places that a silent signal shows.
const MOST_FOUND: usize = 5;

impl<'a> Writer<'_, 'a> {
    /// Tells why a signal did not fire.
    pub(super) fn silent(&self, silent: &Silent<'a>) -> SilentSignal<'a> {
        let Silent { signal, finding } = silent;
        let (looked_for, looked_in) = sought(self.rules, finding.failed);
        let mut answer = SilentSignal {
            signal: &signal.id,
            unknown: finding.truth == Truth::Unknown,
            failed: failed(finding.failed),
            looked_for,
            looked_in,
            value: None,
            found: Vec::new(),
            facts: Vec::new(),
        };
        match finding.failed {
            Some(Condition::Mentions(wanted)) => {
                let found = self.known.in_place(wanted).map(|(index, _)| index).take(MOST_FOUND);
                answer.found = self.quotations(&found.collect::<Vec<_>>());
            }
            Some(Condition::Fact { fact, .. }) => answer.value = self.known.facts.value(fact),
            Some(Condition::Not(_)) if finding.truth == Truth::False => {
                let mut grounds = Grounds::default();
                self.known.read(&signal.when, None, &mut grounds);
                grounds.mentions.truncate(MOST_FOUND);
                answer.found = self.quotations(&grounds.mentions);
                answer.facts = grounds.facts.iter().map(|fact| self.fact(fact)).collect();
            }
            _ => {}
        }
        answer
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

/// The vocabularies that a condition looks for, and the fields that it looks in.
pub(super) fn sought<'a>(
    rules: &'a CompiledRuleSet,
    condition: Option<&Condition>,
) -> (Vec<&'a str>, Vec<&'static str>) {
    let name = |&id: &u32| rules.vocabulary_name(id);
    match condition {
        Some(Condition::Mentions(wanted)) => (
            wanted.of.iter().map(name).collect(),
            wanted.sought.fields.iter().map(|field| field.entry().name).collect(),
        ),
        Some(Condition::Moved { from, to }) => {
            (from.of.iter().chain(&to.of).map(name).collect(), vec![Field::PositionTitle.entry().name])
        }
        _ => (Vec::new(), Vec::new()),
    }
}
