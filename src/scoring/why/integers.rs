//! The smallest change of one integer of the rule set that would have made another outcome: solved, not searched.

use std::cmp::{Ordering, Reverse};
use std::ops::RangeInclusive;

use super::ballot::Ballot;
use super::plateaus::Landscape;
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
    ballot: &Ballot<'_, 'r>,
    trial: Trial<'r>,
    landscape: Landscape<'r>,
) -> Option<Rewrite<'r>> {
    if !ballot.is_open {
        return None;
    }
    let now = trial.decide(ballot, None)?;
    let mut integers = Integers { rules, known, scorecard, ballot, trial, landscape, now, best: None };
    integers.compared();
    integers.margin();
    for (category, score) in scorecard.scores.iter().enumerate() {
        if !ballot.weighs(category, score.category) {
            continue;
        }
        integers.threshold(category, score);
        let Some(targets) = integers.targets(category) else { continue };
        integers.caps(category, score, &targets);
        integers.signals(category, score, &targets);
    }
    let Smallest { rule, integer, from, to } = integers.best?;
    Some(Rewrite { rule, pointer: integer.pointer(rules), from, to })
}

/// Where the points of a category flip the outcome: the nearest plateaus upwards and downwards.
struct Targets<'r> {
    up: Option<Target<'r>>,
    down: Option<Target<'r>>,
}

/// A plateau that flips the outcome.
#[derive(Clone, Copy)]
struct Target<'r> {
    plateau: usize,
    /// The nearest points of it.
    points: i32,
    /// The rule that decides there.
    rule: &'r PolicyRule,
}

impl<'r> Targets<'r> {
    fn iter(&self) -> impl Iterator<Item = Target<'r>> {
        self.up.into_iter().chain(self.down)
    }
}

/// A signal that fired and counts terms.
struct Counted<'r> {
    category: CategoryId,
    signal: &'r Signal,
    brings: i32,
    terms: i32,
    points: i32,
    most: i32,
}

/// The smallest change so far.
struct Smallest<'r> {
    rule: &'r PolicyRule,
    integer: Integer<'r>,
    from: i32,
    to: i32,
}

struct Integers<'b, 'm, 'a, 'r> {
    rules: &'r RuleSet,
    known: &'b Known<'m, 'a>,
    scorecard: &'b Scorecard<'r>,
    ballot: &'b Ballot<'b, 'r>,
    trial: Trial<'r>,
    landscape: Landscape<'r>,
    now: &'r PolicyRule,
    best: Option<Smallest<'r>>,
}

impl<'r> Integers<'_, '_, '_, 'r> {
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

    fn targets(&mut self, category: CategoryId) -> Option<Targets<'r>> {
        let plateaus = self.landscape.of(category, &self.trial)?.all(&self.trial);
        let (here, count) = (plateaus.here, plateaus.count());
        let mut target = |plateau: usize| {
            let rule = plateaus.rule(plateau, &mut self.trial, self.ballot)?;
            let points = plateaus.nearest(plateau)?;
            (rule.outcome != self.now.outcome).then_some(Target { plateau, points, rule })
        };
        Some(Targets { up: (here + 1..count).find_map(&mut target), down: (0..here).rev().find_map(&mut target) })
    }

    /// The caps of the category and of its groups.
    fn caps(&mut self, category: CategoryId, score: &Score<'r>, targets: &Targets<'r>) {
        let of = score.category;
        for Target { points, rule, .. } in targets.iter() {
            let Some(sum) = self.trial.tallies.get(category).map(|tally| tally.sum) else { return };
            if let Some(cap) = of.cap.filter(|_| points <= sum) {
                self.consider(Some(rule), cap, points, 1..=10_000, Integer::Cap(of));
            }
            let Some(change) = self.needed(category, points) else { continue };
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
    fn signals(&mut self, category: CategoryId, score: &Score<'r>, targets: &Targets<'r>) {
        for (signal, brings) in self.scorecard.fired(score) {
            match (signal.worth, &signal.when) {
                (Worth::Fixed(points), _) => {
                    for target in targets.iter() {
                        let Some(to) = self.share(category, signal, brings, target.points) else { continue };
                        let integer = Integer::Worth(score.category, signal, "points");
                        self.consider(Some(target.rule), points, to, -1_000..=1_000, integer);
                    }
                }
                (Worth::Each { points, most }, Condition::Mentions(wanted)) => {
                    let mentions: Vec<u32> = self.known.hits(wanted).map(|(index, _)| index).collect();
                    let terms = self.known.distinct_terms(&mentions, &mut Vec::new());
                    for target in targets.iter() {
                        let Some(to) = self.share(category, signal, brings, target.points) else { continue };
                        if to <= terms.saturating_mul(points) {
                            let integer = Integer::Worth(score.category, signal, "max_points");
                            self.consider(Some(target.rule), most, to, points..=1_000, integer);
                        }
                    }
                    let counted = Counted { category, signal, brings, terms, points, most };
                    self.points_each(score, targets, &counted);
                }
                (Worth::Each { .. }, _) => {}
            }
        }
    }

    /// What each term is worth. That moves the points in leaps, which may pass a plateau over.
    fn points_each(&mut self, score: &Score<'r>, targets: &Targets<'r>, counted: &Counted<'r>) {
        let &Counted { category, signal, brings, terms, points, most } = counted;
        let Some(plateaus) = self.landscape.of(category, &self.trial) else { return };
        let count = plateaus.all(&self.trial).count();
        let up = targets.up.map_or(0..0, |first| first.plateau..count);
        let down = targets.down.map_or(0..0, |last| 0..last.plateau + 1);
        for plateau in up.clone().chain(down) {
            let Some(plateaus) = self.landscape.of(category, &self.trial) else { continue };
            let nearest = plateaus.all(&self.trial).nearest(plateau);
            let Some(share) = nearest.and_then(|it| self.share(category, signal, brings, it)) else { continue };
            let to = if up.contains(&plateau) { (share + terms - 1) / terms } else { share / terms };
            if to <= 0 || up.contains(&plateau) && share > most {
                continue;
            }
            let after = self.trial.after(category, signal.group, terms.saturating_mul(to).min(most) - brings);
            let Some(plateaus) = self.landscape.of(category, &self.trial) else { continue };
            let all = plateaus.all(&self.trial);
            let rule = all.rule(all.of(after), &mut self.trial, self.ballot);
            self.consider(rule, points, to, 1..=most, Integer::Worth(score.category, signal, "points_each"));
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
        let is_smaller = |best: &Smallest<'r>| match from.abs_diff(to).cmp(&best.from.abs_diff(best.to)) {
            Ordering::Equal => (integer.pointer(self.rules), to) < (best.integer.pointer(self.rules), best.to),
            order => order == Ordering::Less,
        };
        if self.best.as_ref().is_none_or(is_smaller) {
            self.best = Some(Smallest { rule, integer, from, to });
        }
    }
}
