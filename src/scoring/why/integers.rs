//! The smallest change of one integer of the rule set that would have made another outcome: solved, not searched.

use std::cmp::{Ordering, Reverse};
use std::ops::RangeInclusive;

use super::ballot::Ballot;
use super::trial::Trial;
use crate::ruleset::{
    Category, CategoryId, Comparison, Condition, Group, Operand, Operator, PolicyRule, RuleSet, Signal, Worth,
};
use crate::scoring::condition::{Known, compare_with};
use crate::scoring::scorecard::{Score, Scorecard};

/// An integer of the rule set that, written otherwise, would make this rule decide.
pub(super) struct Rewrite<'r> {
    pub(super) rule: &'r PolicyRule,
    /// JSON Pointer into the rule set document.
    pub(super) pointer: String,
    pub(super) from: i32,
    pub(super) to: i32,
}

/// An integer of the rule set.
#[derive(Clone, Copy)]
enum Integer<'r> {
    /// A value that a score is compared with.
    Value(&'r Comparison),
    Margin,
    Threshold(&'r Category),
    Cap(&'r Category),
    GroupCap(&'r Category, &'r Group),
    /// A member of a signal.
    Worth(&'r Category, &'r Signal, &'static str),
}

impl Integer<'_> {
    /// JSON Pointer to it in the rule set document.
    fn pointer(self, rules: &RuleSet) -> String {
        match self {
            Self::Value(test) => {
                let mut policy = rules.policy.iter().enumerate();
                let when = |(n, rule): (usize, &PolicyRule)| {
                    value_in(&rule.when, test).map(|rest| format!("/policy/{n}/when{rest}"))
                };
                policy.find_map(when).unwrap_or_default()
            }
            Self::Margin => "/margin".to_owned(),
            Self::Threshold(category) => format!("/categories/{}/threshold", category.id),
            Self::Cap(category) => format!("/categories/{}/cap", category.id),
            Self::GroupCap(category, group) => format!("/categories/{}/groups/{}/cap", category.id, group.id),
            Self::Worth(category, signal, of) => format!("/categories/{}/signals/{}/{of}", category.id, signal.id),
        }
    }
}

/// JSON Pointer to the value of a comparison, from the condition that it stands in.
fn value_in(condition: &Condition, test: &Comparison) -> Option<String> {
    let among = |name: &str, parts: &[Condition]| {
        let mut parts = parts.iter().enumerate();
        parts.find_map(|(n, part)| value_in(part, test).map(|rest| format!("/{name}/{n}{rest}")))
    };
    match condition {
        Condition::All(parts) => among("all", parts),
        Condition::Any(parts) => among("any", parts),
        Condition::Not(inner) => value_in(inner, test).map(|rest| format!("/not{rest}")),
        Condition::Score { test: other, .. } => std::ptr::eq(other, test).then(|| "/value".to_owned()),
        _ => None,
    }
}

/// Finds the smallest change among points, caps, thresholds, the margin and the values that scores are compared with;
/// of several as small, the first by its pointer.
pub(super) fn find<'r>(
    rules: &'r RuleSet,
    known: &Known<'_, '_>,
    scorecard: &Scorecard<'r>,
    ballot: &Ballot<'r>,
    trial: Trial<'r>,
) -> Option<Rewrite<'r>> {
    if !ballot.is_open() {
        return None;
    }
    let now = trial.decide(ballot, None)?;
    let mut integers = Integers { rules, known, scorecard, ballot, trial, now, best: None };
    integers.compared();
    integers.margin();
    for (category, score) in scorecard.scores.iter().enumerate() {
        if !ballot.weighs(category, score.category) {
            continue;
        }
        integers.threshold(category, score);
        let mut steps = integers.steps(category);
        let targets = integers.targets(category, &mut steps);
        integers.caps(category, score, &targets);
        integers.signals(category, score, &steps, &targets);
    }
    let Found { rule, integer, from, to } = integers.best?;
    Some(Rewrite { rule, pointer: integer.pointer(rules), from, to })
}

/// The points of a category at which another rule may decide, the nearest first: upwards, and downwards.
struct Steps {
    up: Vec<i32>,
    down: Vec<i32>,
}

/// The nearest points of a category that flip the outcome.
type Target<'r> = (i32, &'r PolicyRule);

/// The smallest change so far.
struct Found<'r> {
    rule: &'r PolicyRule,
    integer: Integer<'r>,
    from: i32,
    to: i32,
}

struct Integers<'b, 'r> {
    rules: &'r RuleSet,
    known: &'b Known<'b, 'b>,
    scorecard: &'b Scorecard<'r>,
    ballot: &'b Ballot<'r>,
    trial: Trial<'r>,
    now: &'r PolicyRule,
    best: Option<Found<'r>>,
}

impl<'r> Integers<'_, 'r> {
    /// The values that scores are compared with: each can be brought to either side of the score as it is.
    fn compared(&mut self) {
        for &(category, test) in &self.ballot.scores {
            let ([Operand::Number(value)], false) = (test.with.as_slice(), test.op == Operator::In) else { continue };
            if value.fract() != 0.0 || !(0.0..=100.0).contains(value) {
                continue;
            }
            let score = self.trial.of(category).clamp(0, 100);
            let against =
                |value: f64| compare_with(Some(&Operand::Number(score.into())), test.op, &[Operand::Number(value)]);
            let rule = self.trial.decide(self.ballot, Some(test));
            for to in score - 1..=score + 1 {
                if against(to.into()) != against(*value) {
                    self.consider(rule, *value as i32, to, 0..=100, Integer::Value(test));
                }
            }
        }
    }

    /// The margin: the second is brought within it, or out of it.
    fn margin(&mut self) {
        let mut points: Vec<i32> = self.trial.contenders().map(|(_, points)| points).collect();
        points.sort_unstable_by_key(|&points| Reverse(points));
        let [first, second, ..] = points.as_slice() else { return };
        let (from, apart) = (self.trial.margin, first - second);
        let to = if apart <= from { apart - 1 } else { apart };
        self.trial.margin = to;
        let rule = self.trial.decide(self.ballot, None);
        self.trial.margin = from;
        self.consider(rule, from, to, 0..=1_000, Integer::Margin);
    }

    /// The threshold: the category is reached no more, or just so.
    fn threshold(&mut self, category: CategoryId, score: &Score<'r>) {
        let from = score.category.threshold;
        let to = if score.reached() { score.points + 1 } else { score.points };
        let put = |trial: &mut Trial<'r>, to| trial.thresholds.get_mut(category).map(|threshold| *threshold = to);
        put(&mut self.trial, to);
        let rule = self.trial.decide(self.ballot, None);
        put(&mut self.trial, from);
        self.consider(rule, from, to, 1..=1_000, Integer::Threshold(score.category));
    }

    fn steps(&self, category: CategoryId) -> Steps {
        let now = self.trial.of(category);
        let (mut up, mut down): (Vec<i32>, Vec<i32>) = self.trial.steps(category).partition(|&step| step > now);
        // At a step as it is, and at those below, what lies under it differs.
        down.iter_mut().for_each(|step| *step -= 1);
        up.sort_unstable();
        up.dedup();
        down.sort_unstable_by_key(|&points| Reverse(points));
        down.dedup();
        Steps { up, down }
    }

    /// The nearest points that flip the outcome, upwards and downwards. Steps on the way to them, which do not, are taken
    /// away.
    fn targets(&mut self, category: CategoryId, steps: &mut Steps) -> Vec<Target<'r>> {
        let mut targets = Vec::new();
        for steps in [&mut steps.up, &mut steps.down] {
            let flips = |(n, &points): (usize, &i32)| Some((n, points, self.flipped(category, points)?));
            let target = steps.iter().enumerate().find_map(flips);
            steps.drain(..target.map_or(steps.len(), |(n, ..)| n));
            targets.extend(target.map(|(_, points, rule)| (points, rule)));
        }
        targets
    }

    /// The rule that flips the outcome, if the category had so many points.
    fn flipped(&mut self, category: CategoryId, points: i32) -> Option<&'r PolicyRule> {
        let now = self.trial.of(category);
        let put = |trial: &mut Trial<'r>, to| trial.points.get_mut(category).map(|points| *points = to);
        put(&mut self.trial, points);
        let rule = self.trial.decide(self.ballot, None);
        put(&mut self.trial, now);
        rule.filter(|rule| rule.outcome != self.now.outcome)
    }

    /// The caps of the category and of its groups.
    fn caps(&mut self, category: CategoryId, score: &Score<'r>, targets: &[Target<'r>]) {
        let of = score.category;
        for &(target, rule) in targets {
            let Some(sum) = self.trial.tallies.get(category).map(|tally| tally.sum) else { return };
            if let Some(cap) = of.cap.filter(|_| target <= sum) {
                self.consider(Some(rule), cap, target, 1..=10_000, Integer::Cap(of));
            }
            let Some(change) = self.needed(category, target) else { continue };
            for (index, group) in of.groups.iter().enumerate() {
                let Some(sum) = self.trial.sum(category, index) else { return };
                let to = sum.min(group.cap) + change;
                if to <= sum {
                    self.consider(Some(rule), group.cap, to, 1..=10_000, Integer::GroupCap(of, group));
                }
            }
        }
    }

    /// What the signals that fired are worth.
    fn signals(&mut self, category: CategoryId, score: &Score<'r>, steps: &Steps, targets: &[Target<'r>]) {
        for (signal, brings) in self.scorecard.fired(score) {
            let worth = |of: &'static str| Integer::Worth(score.category, signal, of);
            match (signal.worth, &signal.when) {
                (Worth::Fixed(points), _) => {
                    for &(target, rule) in targets {
                        let Some(to) = self.share(category, signal, brings, target) else { continue };
                        self.consider(Some(rule), points, to, -1_000..=1_000, worth("points"));
                    }
                }
                (Worth::Each { points, most }, Condition::Mentions(wanted)) => {
                    let mentions: Vec<u32> = self.known.hits(wanted).map(|(index, _)| index).collect();
                    let terms = self.known.distinct_terms(&mentions);
                    for &(target, rule) in targets {
                        let Some(to) = self.share(category, signal, brings, target) else { continue };
                        if to <= terms.saturating_mul(points) {
                            self.consider(Some(rule), most, to, points..=1_000, worth("max_points"));
                        }
                    }
                    let up = |share: i32| if share <= most { (share + terms - 1) / terms } else { 0 };
                    let down = |share: i32| share / terms;
                    for (steps, divided) in [(&steps.up, &up as &dyn Fn(i32) -> i32), (&steps.down, &down)] {
                        let each = |&step: &i32| self.share(category, signal, brings, step).map(divided);
                        let tos: Vec<i32> = steps.iter().filter_map(each).filter(|&to| to > 0).collect();
                        for to in tos {
                            let change = terms.saturating_mul(to).min(most) - brings;
                            self.trial.add(category, signal.group, change);
                            let rule = self.trial.decide(self.ballot, None);
                            self.trial.add(category, signal.group, -change);
                            self.consider(rule, points, to, 1..=most, worth("points_each"));
                        }
                    }
                }
                (Worth::Each { .. }, _) => {}
            }
        }
    }

    /// What must be added to the sum of a category's parts for so many points; `None` when its cap forbids them.
    fn needed(&self, category: CategoryId, points: i32) -> Option<i32> {
        let cap = self.trial.categories.get(category)?.cap;
        let tally = self.trial.tallies.get(category)?;
        cap.is_none_or(|cap| points <= cap).then_some(points - tally.sum)
    }

    /// What a signal that brings so much must bring for so many points; `None` when a cap forbids them.
    fn share(&self, category: CategoryId, signal: &Signal, brings: i32, points: i32) -> Option<i32> {
        let change = self.needed(category, points)?;
        let Some(group) = signal.group else { return Some(brings + change) };
        let cap = self.trial.categories.get(category)?.groups.get(group)?.cap;
        let sum = self.trial.sum(category, group)?;
        let to = sum.min(cap) + change;
        (to <= cap).then_some(brings + to - sum)
    }

    /// Keeps a change that flips the outcome, if it is in bounds and the smallest so far.
    fn consider(
        &mut self,
        rule: Option<&'r PolicyRule>,
        from: i32,
        to: i32,
        bounds: RangeInclusive<i32>,
        integer: Integer<'r>,
    ) {
        let Some(rule) = rule.filter(|rule| rule.outcome != self.now.outcome) else { return };
        if from == to || !bounds.contains(&to) {
            return;
        }
        let is_smaller = |best: &Found<'r>| match from.abs_diff(to).cmp(&best.from.abs_diff(best.to)) {
            Ordering::Equal => (integer.pointer(self.rules), to) < (best.integer.pointer(self.rules), best.to),
            order => order == Ordering::Less,
        };
        if self.best.as_ref().is_none_or(is_smaller) {
            self.best = Some(Found { rule, integer, from, to });
        }
    }
}
