//! Why, and what if: whether what is not known could change the outcome, and what else would have.
//!
//! All of it is read from the findings and the scorecard that decided. Signals are taken to come out otherwise one by
//! one, although one word in a profile can turn several.
//!
//! The concepts, in reading order:
//!
//! * `Truths`: what a condition can come to when not everything is settled.
//! * `Told` and `Standing`: what the profile tells, and how the scores stand, as far as either is settled.
//! * `Ballot`: the rules of the policy that may still decide once the profile has told what it can.
//! * `Completion`: what would be told if absent fields were filled in with whatever they may hold.
//! * `Readings`: the signals that brought points or may bring some; `Ranges`: the standing that a completion leaves open.
//! * `Trial`: the points as they are, in a `Tally` for each category, to be changed at will.
//! * `Plateaus`: the points of one category in ranges, on each of which one rule decides; `Landscape`: those of all.
//! * `Turn`: a signal that comes out otherwise; `Class`: turns that move the same points in the same place; `Flip`: a set
//!   of turns that makes another outcome.
//! * `Targets`: the nearest plateaus that make another outcome; `Rewrite`: an integer of the rule set that does so when
//!   it is written otherwise.
//! * `Counterfactual`: a flip or a rewrite, as it travels.

mod truths;
mod ballot;
mod completion;
mod ranges;
mod trial;
mod plateaus;
mod flips;
mod integers;
mod answer;

use std::cmp::Reverse;

pub use answer::{Because, Change, Counterfactual, IntegerChange, Search, SignalChange, Turned};

use ballot::{Ballot, Told};
use completion::Completion;
use plateaus::Landscape;
use ranges::{Ranges, Readings};
use trial::Trial;

use super::condition::Known;
use super::scorecard::Scorecard;
use crate::profile::Part;
use crate::ruleset::RuleSet;

/// Why it came out so.
pub(super) struct Why<'s, 'r> {
    /// Whether no completion of the profile changes the outcome. `false` may be said too often: signals and categories
    /// are taken to be independent of one another.
    pub(super) settled: bool,
    found: flips::Found<'s, 'r>,
    rewrite: Option<integers::Rewrite<'r>>,
}

/// Explains a decision.
pub(super) fn explain<'s, 'r>(rules: &'r RuleSet, known: &Known<'_, '_>, scorecard: &'s Scorecard<'r>) -> Why<'s, 'r> {
    let completion = Completion::new(known, None);
    let readings = Readings::new(rules, scorecard, &completion);
    let ranges = Ranges::new(rules, &readings, &completion);
    let ballot = Ballot::new(&rules.policy, known);
    let mut trial = Trial::new(rules, scorecard, &ballot);
    let mut landscape = Landscape::new(&trial);
    Why {
        settled: ranges.outcomes(&completion) == 1,
        found: flips::find(scorecard, &completion, &ballot, &mut trial, &mut landscape),
        rewrite: integers::find(rules, known, scorecard, &ballot, trial, landscape),
    }
}

/// Orders the parts to ask for by what each could change if it alone were given: first by the number of outcomes that it
/// opens, then by the points, over all categories. The relationship and the invitation are nothing to ask for.
pub(super) fn ask_for(
    rules: &RuleSet,
    known: &Known<'_, '_>,
    scorecard: &Scorecard<'_>,
    missing: &[Part],
) -> Vec<Part> {
    let readings = Readings::new(rules, scorecard, &Completion::new(known, None));
    let opened = |part: Part| {
        let completion = Completion::new(known, Some(part));
        let ranges = Ranges::new(rules, &readings, &completion);
        let told: &dyn Told = if readings.policy.has(part) { &completion } else { known };
        (ranges.outcomes(told), ranges.width())
    };
    let asked = missing.iter().copied().filter(|part| !matches!(part, Part::Relationship | Part::Invitation));
    let mut asked: Vec<_> = asked.map(|part| (Reverse(opened(part)), part)).collect();
    asked.sort_unstable();
    asked.into_iter().map(|(_, part)| part).collect()
}
