//! The smallest change of one integer of the rule set that would have made another outcome: solved, not searched.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

use super::ballot::Ballot;
use super::trial::Trial;
use crate::ruleset::{CategoryId, Comparison, Condition, Operand, Operator, PolicyRule, RuleSet, Signal, Worth};
use crate::scoring::condition::{Known, compare};
use crate::scoring::scorecard::{Score, Scorecard};

/// An integer of the rule set that, written otherwise, would make this rule decide.
pub(super) struct Rewrite<'r> {
    pub(super) rule: &'r PolicyRule,
    /// JSON Pointer into the rule set document.
    pub(super) pointer: String,
    pub(super) from: i32,
    pub(super) to: i32,
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
    let mut comparisons = Vec::new();
    for (index, rule) in rules.policy.iter().enumerate() {
        compared_scores(&rule.when, &mut format!("/policy/{index}/when"), &mut comparisons);
    }
    let mut integers = Integers { known, scorecard, ballot, trial, now, best: None };
    integers.compared(&comparisons);
    integers.margin();
    for (category, score) in scorecard.scores.iter().enumerate() {
        integers.threshold(category, score);
        let steps = integers.steps(category);
        let targets = integers.targets(category, &steps);
        integers.caps(category, score, &targets);
        integers.signals(category, score, &steps, &targets);
    }
    integers.best
}

/// A comparison of a score in the policy, and where it stands.
struct Compared<'r> {
    category: CategoryId,
    test: &'r Comparison,
    pointer: String,
}

fn compared_scores<'r>(condition: &'r Condition, pointer: &mut String, found: &mut Vec<Compared<'r>>) {
    let length = pointer.len();
    let mut descend = |name: &str, parts: &'r [Condition]| {
        for (index, part) in parts.iter().enumerate() {
            // Nothing can fail to be written to a string.
            let _ = write!(pointer, "/{name}/{index}");
            compared_scores(part, pointer, found);
            pointer.truncate(length);
        }
    };
    match condition {
        Condition::All(parts) => descend("all", parts),
        Condition::Any(parts) => descend("any", parts),
        Condition::Not(inner) => {
            pointer.push_str("/not");
            compared_scores(inner, pointer, found);
            pointer.truncate(length);
        }
        Condition::Score { category, test } => {
            found.push(Compared { category: *category, test, pointer: [pointer, "/value"].concat() });
        }
        _ => {}
    }
}

/// The points of a category at which another rule may decide, the nearest first: upwards, and downwards.
struct Steps {
    up: Vec<i32>,
    down: Vec<i32>,
}

/// The nearest points of a category that flip the outcome.
type Target<'r> = (i32, &'r PolicyRule);

struct Integers<'b, 'r> {
    known: &'b Known<'b, 'b>,
    scorecard: &'b Scorecard<'r>,
    ballot: &'b Ballot<'r>,
    trial: Trial<'r>,
    now: &'r PolicyRule,
    best: Option<Rewrite<'r>>,
}

impl<'r> Integers<'_, 'r> {
    /// The values that scores are compared with: each can be brought to either side of the score as it is.
    fn compared(&mut self, comparisons: &[Compared<'r>]) {
        for compared in comparisons {
            let ([Operand::Number(value)], false) = (compared.test.with.as_slice(), compared.test.op == Operator::In)
            else {
                continue;
            };
            if value.fract() != 0.0 || !(0.0..=100.0).contains(value) {
                continue;
            }
            let score = self.trial.of(compared.category).clamp(0, 100);
            let against = |test: &Comparison| compare(Some(&Operand::Number(score.into())), test);
            let now = against(compared.test);
            for to in score - 1..=score + 1 {
                let other = Comparison { op: compared.test.op, with: vec![Operand::Number(to.into())] };
                if against(&other) != now {
                    let rule = self.trial.decide(self.ballot, Some(compared.test));
                    self.consider(rule, *value as i32, to, 0..=100, || compared.pointer.clone());
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
        self.consider(rule, from, to, 0..=1_000, || "/margin".to_owned());
    }

    /// The threshold: the category is reached no more, or just so.
    fn threshold(&mut self, category: CategoryId, score: &Score<'r>) {
        let from = score.category.threshold;
        let to = if score.reached() { score.points + 1 } else { score.points };
        let put = |trial: &mut Trial<'r>, to| trial.thresholds.get_mut(category).map(|threshold| *threshold = to);
        put(&mut self.trial, to);
        let rule = self.trial.decide(self.ballot, None);
        put(&mut self.trial, from);
        self.consider(rule, from, to, 1..=1_000, || format!("/categories/{}/threshold", score.category.id));
    }

    fn steps(&self, category: CategoryId) -> Steps {
        let now = self.trial.of(category);
        let mut up: Vec<i32> = self.trial.steps(category).filter(|&step| step > now).collect();
        let mut down: Vec<i32> = self.trial.steps(category).map(|step| step - 1).filter(|&end| end < now).collect();
        up.sort_unstable();
        up.dedup();
        down.sort_unstable_by_key(|&points| Reverse(points));
        down.dedup();
        Steps { up, down }
    }

    fn targets(&mut self, category: CategoryId, steps: &Steps) -> Vec<Target<'r>> {
        let now = self.trial.of(category);
        let mut at = |points: &i32| {
            let put = |trial: &mut Trial<'r>, to| trial.points.get_mut(category).map(|points| *points = to);
            put(&mut self.trial, *points);
            let rule = self.trial.decide(self.ballot, None);
            put(&mut self.trial, now);
            rule.filter(|rule| rule.outcome != self.now.outcome).map(|rule| (*points, rule))
        };
        let up = steps.up.iter().find_map(&mut at);
        up.into_iter().chain(steps.down.iter().find_map(&mut at)).collect()
    }

    /// The caps of the category and of its groups.
    fn caps(&mut self, category: CategoryId, score: &Score<'r>, targets: &[Target<'r>]) {
        let of = score.category;
        let Some(tally) = self.trial.tallies.get(category).cloned() else { return };
        for &(target, rule) in targets {
            if let Some(cap) = of.cap.filter(|_| target <= tally.sum) {
                self.consider(Some(rule), cap, target, 1..=10_000, || format!("/categories/{}/cap", of.id));
            }
            for (group, &sum) in of.groups.iter().zip(&tally.groups) {
                let Some(change) = self.needed(category, target) else { continue };
                let to = sum.min(group.cap) + change;
                if to <= sum {
                    let pointer = || format!("/categories/{}/groups/{}/cap", of.id, group.id);
                    self.consider(Some(rule), group.cap, to, 1..=10_000, pointer);
                }
            }
        }
    }

    /// What the signals that fired are worth.
    fn signals(&mut self, category: CategoryId, score: &Score<'r>, steps: &Steps, targets: &[Target<'r>]) {
        for (signal, fired) in self.scorecard.signals(score) {
            let Some(brings) = fired else { continue };
            let pointer = |of: &str| format!("/categories/{}/signals/{}/{of}", score.category.id, signal.id);
            match (signal.worth, &signal.when) {
                (Worth::Fixed(points), _) => {
                    for &(target, rule) in targets {
                        let Some(to) = self.share(category, signal, brings, target) else { continue };
                        self.consider(Some(rule), points, to, -1_000..=1_000, || pointer("points"));
                    }
                }
                (Worth::Each { points, most }, Condition::Mentions(wanted)) => {
                    let mentions: Vec<u32> = self.known.hits(wanted).map(|(index, _)| index).collect();
                    let terms = self.known.distinct_terms(&mentions);
                    for &(target, rule) in targets {
                        let Some(to) = self.share(category, signal, brings, target) else { continue };
                        if to <= terms.saturating_mul(points) {
                            self.consider(Some(rule), most, to, points..=1_000, || pointer("max_points"));
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
                            self.consider(rule, points, to, 1..=most, || pointer("points_each"));
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
        let sum = *self.trial.tallies.get(category)?.groups.get(group)?;
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
        pointer: impl FnOnce() -> String,
    ) {
        let Some(rule) = rule.filter(|rule| rule.outcome != self.now.outcome) else { return };
        let size = from.abs_diff(to);
        let smallest = self.best.as_ref().map_or(u32::MAX, |best| best.from.abs_diff(best.to));
        if from == to || size > smallest || !bounds.contains(&to) {
            return;
        }
        let found = Rewrite { rule, pointer: pointer(), from, to };
        if self.best.as_ref().is_none_or(|best| size < smallest || (&found.pointer, to) < (&best.pointer, best.to)) {
            self.best = Some(found);
        }
    }
}
