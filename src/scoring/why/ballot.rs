//! The policy with all settled but the scores, so that it can be asked again and again at little cost.

use super::truths::Truths;
use crate::ruleset::{Category, CategoryId, CategoryKind, Comparison, Condition, Operand, PolicyRule};
use crate::scoring::condition::Truth;

/// The rules of a policy that may still decide.
pub(super) struct Ballot<'r> {
    rules: Vec<(&'r PolicyRule, Open<'r>)>,
    /// The comparisons of scores in them, each with the category.
    pub(super) scores: Vec<(CategoryId, &'r Comparison)>,
    /// Whether the winner, or the second, has a say.
    asks_winner: bool,
}

/// A condition of which only the scores are open.
enum Open<'r> {
    Settled(Truths),
    Score(CategoryId, &'r Comparison),
    Category(&'r [CategoryId]),
    Ambiguous(bool),
    All(Vec<Open<'r>>),
    Any(Vec<Open<'r>>),
    Not(Box<Open<'r>>),
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

impl<'r> Ballot<'r> {
    /// Reads a policy; `settled` gives what conditions over mentions and facts can come to.
    pub(super) fn new(policy: &'r [PolicyRule], settled: impl Fn(&'r Condition) -> Truths) -> Self {
        let mut rules = Vec::with_capacity(policy.len());
        for rule in policy {
            match Open::read(&rule.when, &settled) {
                Open::Settled(truths) if !truths.may_hold() => {}
                Open::Settled(truths) if !truths.may_fail() => {
                    rules.push((rule, Open::Settled(truths)));
                    break;
                }
                open => rules.push((rule, open)),
            }
        }
        let mut ballot = Self { rules: Vec::new(), scores: Vec::new(), asks_winner: false };
        rules.iter().for_each(|(_, open)| ballot.look(open));
        Self { rules, ..ballot }
    }

    /// Notes what of the scores a condition asks for.
    fn look(&mut self, open: &Open<'r>) {
        match open {
            Open::Settled(_) => {}
            Open::Score(category, test) => self.scores.push((*category, test)),
            Open::Category(_) | Open::Ambiguous(_) => self.asks_winner = true,
            Open::All(parts) | Open::Any(parts) => parts.iter().for_each(|part| self.look(part)),
            Open::Not(inner) => self.look(inner),
        }
    }

    /// Whether the scores have a say in the outcome.
    pub(super) fn is_open(&self) -> bool {
        let mut outcomes = self.rules.iter().map(|(rule, _)| rule.outcome);
        let first = outcomes.next();
        outcomes.any(|outcome| Some(outcome) != first)
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

    /// The rules that may be the first that holds, in the order of the policy; one, when the standing is certain.
    pub(super) fn deciding<'s>(&'s self, standing: &'s impl Standing) -> impl Iterator<Item = &'r PolicyRule> + 's {
        let mut is_decided = false;
        self.rules.iter().filter_map(move |(rule, open)| {
            if is_decided {
                return None;
            }
            let truths = open.truths(standing);
            is_decided = !truths.may_fail();
            truths.may_hold().then_some(*rule)
        })
    }
}

impl<'r> Open<'r> {
    fn read(condition: &'r Condition, settled: &impl Fn(&'r Condition) -> Truths) -> Self {
        match condition {
            Condition::Score { category, test } => Self::Score(*category, test),
            Condition::Category(of) => Self::Category(of),
            Condition::Ambiguous(wanted) => Self::Ambiguous(*wanted),
            Condition::Always => Self::Settled(Truths::only(Truth::True)),
            Condition::Not(inner) => match Self::read(inner, settled) {
                Self::Settled(truths) => Self::Settled(truths.negated()),
                open => Self::Not(Box::new(open)),
            },
            Condition::All(parts) => Self::join(parts, settled, Truth::True, Truths::and, Self::All),
            Condition::Any(parts) => Self::join(parts, settled, Truth::False, Truths::or, Self::Any),
            Condition::Mentions(_) | Condition::Moved { .. } | Condition::Fact { .. } => {
                Self::Settled(settled(condition))
            }
        }
    }

    /// Reads the parts of `all` or `any`; those that are settled become one, which comes first and may settle the whole.
    fn join(
        parts: &'r [Condition],
        settled: &impl Fn(&'r Condition) -> Truths,
        of_none: Truth,
        join: fn(Truths, Truths) -> Truths,
        whole: fn(Vec<Self>) -> Self,
    ) -> Self {
        let neutral = Truths::only(of_none);
        // What the profile tells comes first: most often it settles the whole.
        let (told, others) = (parts.iter().filter(|part| is_told(part)), parts.iter().filter(|part| !is_told(part)));
        let mut known = told.fold(neutral, |known, part| join(known, settled(part)));
        let mut open = Vec::new();
        for part in others {
            if known == neutral.negated() {
                break;
            }
            match Self::read(part, settled) {
                Self::Settled(truths) => known = join(known, truths),
                part => open.push(part),
            }
        }
        if open.is_empty() || known == neutral.negated() {
            return Self::Settled(known);
        }
        if known != neutral {
            open.insert(0, Self::Settled(known));
        }
        whole(open)
    }

    #[inline]
    fn truths(&self, standing: &impl Standing) -> Truths {
        match self {
            Self::Settled(truths) => *truths,
            Self::Score(category, test) => standing.score(*category, test),
            Self::Category(of) => standing.category(of),
            Self::Ambiguous(true) => standing.ambiguous(),
            Self::Ambiguous(false) => standing.ambiguous().negated(),
            Self::All(_) | Self::Any(_) | Self::Not(_) => self.truths_of_parts(standing),
        }
    }

    #[inline(never)]
    fn truths_of_parts(&self, standing: &impl Standing) -> Truths {
        match self {
            Self::All(parts) => joined(parts, Truth::True, Truths::and, standing),
            Self::Any(parts) => joined(parts, Truth::False, Truths::or, standing),
            Self::Not(inner) => inner.truths(standing).negated(),
            _ => self.truths(standing),
        }
    }
}

/// Whether a condition is over the profile alone, and no joined one.
fn is_told(condition: &Condition) -> bool {
    matches!(condition, Condition::Mentions(_) | Condition::Moved { .. } | Condition::Fact { .. })
}

/// Joins the truths of several parts, until one settles the whole.
fn joined(parts: &[Open<'_>], of_none: Truth, join: fn(Truths, Truths) -> Truths, standing: &impl Standing) -> Truths {
    let settling = Truths::only(of_none.negated());
    let mut whole = Truths::only(of_none);
    for part in parts {
        whole = join(whole, part.truths(standing));
        if whole == settling {
            break;
        }
    }
    whole
}
