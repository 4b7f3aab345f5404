//! The policy with all settled but the scores.

use super::truths::Truths;
use crate::ruleset::{Category, CategoryId, CategoryKind, Comparison, Condition, Operand, PolicyRule};
use crate::scoring::condition::{Known, Truth};

/// The rules of a policy that may still decide.
pub(super) struct Ballot<'b, 'r> {
    told: &'b dyn Told,
    rules: Vec<&'r PolicyRule>,
    /// Whether the scores have a say in the outcome.
    pub(super) is_open: bool,
    /// The comparisons of scores that are not settled, each with the category.
    pub(super) scores: Vec<(CategoryId, &'r Comparison)>,
    /// Whether the winner, or the second, has a say.
    asks_winner: bool,
}

/// What the profile tells, or could tell.
pub(super) trait Told {
    /// What a condition over mentions or a fact can come to.
    fn truths(&self, condition: &Condition) -> Truths;
}

impl Told for Known<'_, '_> {
    fn truths(&self, condition: &Condition) -> Truths {
        Truths::only(self.truth(condition, None))
    }
}

/// What the scores are, or can be.
pub(super) trait Standing {
    /// How the score of a category compares.
    fn score(&self, category: CategoryId, test: &Comparison) -> Truths;
    /// Whether the winner is one of these.
    fn category(&self, of: &[CategoryId]) -> Truths;
    /// Whether there is a second near the winner.
    fn ambiguous(&self) -> Truths;
}

/// The standing of which nothing is known.
pub(super) struct Unsettled;

impl Standing for Unsettled {
    fn score(&self, _: CategoryId, _: &Comparison) -> Truths {
        Truths::ANY
    }

    fn category(&self, _: &[CategoryId]) -> Truths {
        Truths::ANY
    }

    fn ambiguous(&self) -> Truths {
        Truths::ANY
    }
}

impl<'b, 'r> Ballot<'b, 'r> {
    /// Reads a policy by what the profile tells.
    pub(super) fn new(policy: &'r [PolicyRule], told: &'b Known<'_, '_>) -> Self {
        let rules = Vec::with_capacity(policy.len());
        let mut ballot = Self { told, rules, is_open: false, scores: Vec::new(), asks_winner: false };
        let mut outcome = None;
        for rule in policy {
            let truths = truths(&rule.when, told, &Unsettled);
            if truths.is_certain() && !truths.may_hold() {
                continue;
            }
            // One that the scores can make unknown at best never decides; they are looked at in it all the same.
            ballot.is_open |= *outcome.get_or_insert(rule.outcome) != rule.outcome;
            ballot.look(&rule.when);
            if truths.may_hold() {
                ballot.rules.push(rule);
            }
            if !truths.may_fail() {
                break;
            }
        }
        ballot
    }

    /// Notes what of the scores a condition hangs on.
    fn look(&mut self, condition: &'r Condition) {
        if truths(condition, self.told, &Unsettled).is_certain() {
            return;
        }
        match condition {
            Condition::Score { category, test } => self.scores.push((*category, test)),
            Condition::Category(_) | Condition::Ambiguous(_) => self.asks_winner = true,
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.look(part)),
            Condition::Not(inner) => self.look(inner),
            Condition::Mentions(_) | Condition::Moved { .. } | Condition::Fact { .. } | Condition::Always => {}
        }
    }

    /// The values that scores are compared with, each with the category.
    pub(super) fn values(&self) -> impl Iterator<Item = (CategoryId, i32)> {
        let operands = self.scores.iter().flat_map(|&(category, test)| test.with.iter().map(move |it| (category, it)));
        operands.filter_map(|(category, value)| match value {
            // What no score is, is as good as what lies next to all scores.
            Operand::Number(value) => Some((category, value.floor().clamp(-1.0, 101.0) as i32)),
            _ => None,
        })
    }

    /// Whether points of a category can make a difference.
    pub(super) fn weighs(&self, id: CategoryId, category: &Category) -> bool {
        let is_compared = self.scores.iter().any(|&(of, _)| of == id);
        is_compared || self.asks_winner && category.kind != CategoryKind::Trait
    }

    /// The rule that decides, when nothing of the standing is open.
    pub(super) fn decide(&self, standing: &impl Standing) -> Option<&'r PolicyRule> {
        deciding(self.rules.iter().copied(), self.told, standing).next()
    }
}

/// The rules that may be the first that holds, in the order of the policy; one, when nothing is open.
pub(super) fn deciding<'r>(
    policy: impl Iterator<Item = &'r PolicyRule>,
    told: &dyn Told,
    standing: &impl Standing,
) -> impl Iterator<Item = &'r PolicyRule> {
    let mut is_decided = false;
    policy.filter(move |rule| {
        if is_decided {
            return false;
        }
        let truths = truths(&rule.when, told, standing);
        is_decided = !truths.may_fail();
        truths.may_hold()
    })
}

/// What a condition can come to; its parts are taken to be independent of one another.
pub(super) fn truths(condition: &Condition, told: &dyn Told, standing: &impl Standing) -> Truths {
    match condition {
        Condition::Mentions(_) | Condition::Moved { .. } | Condition::Fact { .. } => told.truths(condition),
        Condition::Score { category, test } => standing.score(*category, test),
        Condition::Category(of) => standing.category(of),
        Condition::Ambiguous(true) => standing.ambiguous(),
        Condition::Ambiguous(false) => standing.ambiguous().negated(),
        Condition::Always => Truths::only(Truth::True),
        Condition::Not(inner) => truths(inner, told, standing).negated(),
        Condition::All(parts) => joined(parts, Truth::True, Truths::and, told, standing),
        Condition::Any(parts) => joined(parts, Truth::False, Truths::or, told, standing),
    }
}

/// Joins what several parts can come to, until one settles the whole.
fn joined(
    parts: &[Condition],
    of_none: Truth,
    join: impl Fn(Truths, Truths) -> Truths,
    told: &dyn Told,
    standing: &impl Standing,
) -> Truths {
    let settling = Truths::only(of_none.negated());
    let mut whole = Truths::only(of_none);
    for part in parts {
        whole = join(whole, truths(part, told, standing));
        if whole == settling {
            break;
        }
    }
    whole
}
