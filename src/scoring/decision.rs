//! The policy: the first rule that holds decides.

use super::condition::{Known, Truth};
use super::scorecard::{Part, Scorecard};
use crate::ruleset::{Outcome, PolicyRule, RuleSet};

/// What to do, and why.
pub(super) struct Decision<'r> {
    pub(super) outcome: Outcome,
    pub(super) rule: &'r str,
    /// The signals and facts that the rule rests on.
    pub(super) reasons: Vec<&'r str>,
}

/// Finds the first rule of the policy that is true.
pub(super) fn decide<'r>(rules: &'r RuleSet, known: &Known<'_, '_>, scorecard: &Scorecard<'r>) -> Decision<'r> {
    let holds = |rule: &'r PolicyRule| {
        let finding = known.read(&rule.when, Some(scorecard.standing()));
        (finding.truth == Truth::True).then_some((rule, finding))
    };
    let Some((rule, finding)) = rules.policy.iter().find_map(holds) else {
        // Validation sees to it that the last rule always holds.
        return Decision { outcome: Outcome::Review, rule: "", reasons: Vec::new() };
    };
    let mut reasons: Vec<&'r str> = Vec::new();
    let mut give = |reason| {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    };
    finding.facts.iter().for_each(|fact| give(fact.row().name));
    for category in finding.categories {
        let Some(score) = scorecard.scores.get(category) else { continue };
        let mut fired: Vec<_> = score.parts.iter().filter_map(positive).collect();
        fired.sort_by_key(|&(points, _)| std::cmp::Reverse(points));
        fired.into_iter().for_each(|(_, id)| give(id));
    }
    Decision { outcome: rule.outcome, rule: &rule.id, reasons }
}

fn positive<'r>(part: &Part<'r>) -> Option<(i32, &'r str)> {
    match part {
        Part::Signal { id, points, .. } if *points > 0 => Some((*points, *id)),
        _ => None,
    }
}
