//! The policy: the first rule that holds decides.

use super::condition::{Known, Truth};
use super::grounds::Grounds;
use super::scorecard::{Contribution, Scorecard};
use crate::ruleset::{AskedFact, CompiledRuleSet, Label, Outcome, PolicyRule};

/// What to do, and why.
pub(super) struct Decision<'r> {
    pub(super) outcome: Outcome,
    pub(super) rule: &'r str,
    /// The rule's name for people; `None` when no rule held.
    pub(super) label: Option<&'r Label>,
    /// What to ask.
    pub(super) question: Option<&'r Label>,
    /// The facts, signals and vocabularies that the rule rests on.
    pub(super) reasons: Vec<&'r str>,
    /// The categories that the rule rests on.
    pub(super) categories: Vec<usize>,
    /// Indexes of the mentions that the rule itself rests on.
    pub(super) mentions: Vec<u32>,
    /// The facts that the rule rests on.
    pub(super) facts: Vec<&'r AskedFact>,
}

/// Finds the first rule of the policy that is true.
pub(super) fn decide<'r>(rules: &'r CompiledRuleSet, known: &Known<'_, '_>, scorecard: &Scorecard<'r>) -> Decision<'r> {
    let holds = |rule: &&PolicyRule| known.truth(&rule.when, Some(scorecard)) == Truth::True;
    let Some(rule) = rules.rules().policy.iter().find(holds) else {
        // Validation sees to it that the last rule always holds.
        return Decision {
            outcome: Outcome::Review,
            rule: "",
            label: None,
            question: None,
            reasons: Vec::new(),
            categories: Vec::new(),
            mentions: Vec::new(),
            facts: Vec::new(),
        };
    };
    let mut grounds = Grounds::default();
    known.read(&rule.when, Some(scorecard), &mut grounds);
    let facts = grounds.facts.iter().map(|fact| fact.name.as_ref());
    let scores = grounds.categories.iter().filter_map(|&category| scorecard.scores.get(category));
    let mut fired: Vec<_> = scores.flat_map(|score| scorecard.contributions(score)).filter_map(positive).collect();
    fired.sort_by_key(|&(points, _)| std::cmp::Reverse(points));
    let mentions = grounds.mentions.iter().filter_map(|&index| known.mentions.get(index as usize));
    let vocabularies = mentions.map(|mention| rules.vocabulary_name(mention.vocabulary));
    let mut reasons: Vec<&'r str> = Vec::with_capacity(grounds.facts.len() + fired.len());
    for reason in facts.chain(fired.iter().map(|&(_, id)| id)).chain(vocabularies) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    Decision {
        outcome: rule.outcome,
        rule: &rule.id,
        label: Some(&rule.label),
        question: rule.question.as_ref(),
        reasons,
        categories: grounds.categories,
        mentions: grounds.mentions,
        facts: grounds.facts,
    }
}

fn positive<'r>(contribution: &Contribution<'r>) -> Option<(i32, &'r str)> {
    match contribution {
        Contribution::Signal { signal, points, .. } if *points > 0 => Some((*points, &signal.id)),
        _ => None,
    }
}
