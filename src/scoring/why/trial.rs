//! Points as they are, to be changed at will, with the decision that they make.

use std::ops::Range;

use super::ballot::{Ballot, Standing};
use super::truths::Truths;
use crate::ruleset::{Category, CategoryId, CategoryKind, Comparison, Operand, PolicyRule, RuleSet};
use crate::scoring::condition::compare;
use crate::scoring::scorecard::{Scorecard, first_two};

/// The points of all categories, and the integers of the rule set that say who wins.
pub(super) struct Trial<'r> {
    pub(super) categories: &'r [Category],
    pub(super) tallies: Vec<Tally>,
    pub(super) points: Vec<i32>,
    pub(super) thresholds: Vec<i32>,
    pub(super) margin: i32,
    /// The categories that can win.
    rivals: Vec<CategoryId>,
    /// The values that the policy compares scores with, each with the category.
    values: Vec<(CategoryId, i32)>,
}

/// What the signals of a category bring, before its cap.
pub(super) struct Tally {
    /// The sum of each group, before its cap.
    pub(super) groups: Vec<i32>,
    /// The sum of all groups under their caps, and of what is in none.
    pub(super) sum: i32,
}

impl<'r> Trial<'r> {
    /// The points of a scorecard, which a policy judges.
    pub(super) fn new(rules: &'r RuleSet, scorecard: &Scorecard<'r>, ballot: &Ballot<'_, 'r>) -> Self {
        let rivals = rules.categories.iter().enumerate().filter(|(_, category)| category.kind != CategoryKind::Trait);
        let tally = |category: &Category| Tally { groups: vec![0; category.groups.len()], sum: 0 };
        let mut trial = Self {
            categories: &rules.categories,
            tallies: rules.categories.iter().map(tally).collect(),
            points: vec![0; rules.categories.len()],
            thresholds: rules.categories.iter().map(|category| category.threshold).collect(),
            margin: rules.margin,
            rivals: rivals.map(|(id, _)| id).collect(),
            values: ballot.values().collect(),
        };
        for (category, score) in scorecard.scores.iter().enumerate() {
            for (signal, points) in scorecard.fired(score) {
                trial.add(category, signal.group, points);
            }
        }
        trial
    }

    /// Adds points, or takes them away, in a group or in none.
    pub(super) fn add(&mut self, category: CategoryId, group: Option<usize>, points: i32) {
        let after = self.after(category, group, points);
        let change = self.change(category, group, points);
        let Some(tally) = self.tallies.get_mut(category) else { return };
        tally.sum += change;
        if let Some(sum) = group.and_then(|group| tally.groups.get_mut(group)) {
            *sum += points;
        }
        if let Some(points) = self.points.get_mut(category) {
            *points = after;
        }
    }

    /// The points of a category if points were added, or taken away, in a group or in none.
    pub(super) fn after(&self, category: CategoryId, group: Option<usize>, points: i32) -> i32 {
        let sum = self.tallies.get(category).map_or(0, |tally| tally.sum) + self.change(category, group, points);
        self.categories.get(category).and_then(|category| category.cap).map_or(sum, |cap| sum.min(cap))
    }

    /// What the sum of a category changes by.
    fn change(&self, category: CategoryId, group: Option<usize>, points: i32) -> i32 {
        let group = group.and_then(|group| {
            Some((self.categories.get(category)?.groups.get(group)?.cap, self.sum(category, group)?))
        });
        group.map_or(points, |(cap, sum)| (sum + points).min(cap) - sum.min(cap))
    }

    /// The points of a category.
    pub(super) fn of(&self, category: CategoryId) -> i32 {
        self.points.get(category).copied().unwrap_or(0)
    }

    /// The sum of a group, before its cap.
    pub(super) fn sum(&self, category: CategoryId, group: usize) -> Option<i32> {
        self.tallies.get(category)?.groups.get(group).copied()
    }

    /// The categories that are reached and may win, with their points.
    pub(super) fn contenders(&self) -> impl Iterator<Item = (CategoryId, i32)> {
        self.rivals.iter().filter_map(|&id| {
            let (points, threshold) = (*self.points.get(id)?, *self.thresholds.get(id)?);
            (points >= threshold).then_some((id, points))
        })
    }

    /// The points from which on another rule may decide, in no order. Whatever a policy asks of a category changes where
    /// it is reached, where its score passes a value that it is compared with, and where it passes another or the margin
    /// around that.
    pub(super) fn steps(&self, category: CategoryId) -> impl Iterator<Item = i32> {
        let others = self.contenders().filter(move |&(id, _)| id != category);
        let near = others.flat_map(|(_, points)| [points - self.margin, points, points + self.margin]);
        near.chain(self.ends(category)).flat_map(|end| [end, end + 1])
    }

    /// The points around which a category is reached, or compares otherwise.
    fn ends(&self, category: CategoryId) -> impl Iterator<Item = i32> {
        let values = self.values.iter().filter(move |&&(of, _)| of == category).map(|&(_, value)| value);
        self.thresholds.get(category).copied().into_iter().chain(values)
    }

    /// The points around those of a category, the last one apart, at which the same rule is certain to decide.
    pub(super) fn plateau(&self, category: CategoryId) -> Range<i32> {
        around(self.of(category), self.steps(category))
    }

    /// The points, the last one apart, at which a category that does not contend is no other to the policy, whatever
    /// those of other categories are; none for one that contends.
    pub(super) fn idle(&self, category: CategoryId) -> Range<i32> {
        if self.contenders().any(|(id, _)| id == category) {
            return 0..0;
        }
        around(self.of(category), self.ends(category).flat_map(|end| [end, end + 1]))
    }

    /// The rule that decides. One comparison of a score, if any is named, comes out the other way.
    pub(super) fn decide(&self, ballot: &Ballot<'_, 'r>, inverted: Option<&'r Comparison>) -> Option<&'r PolicyRule> {
        let (winner, rival) = first_two(self.contenders(), self.margin);
        ballot.decide(&Certain { points: &self.points, winner, rival, inverted })
    }

    /// The rule that decides if a category has so many points.
    pub(super) fn decide_at(
        &mut self,
        category: CategoryId,
        points: i32,
        ballot: &Ballot<'_, 'r>,
    ) -> Option<&'r PolicyRule> {
        let now = std::mem::replace(self.points.get_mut(category)?, points);
        let rule = self.decide(ballot, None);
        *self.points.get_mut(category)? = now;
        rule
    }
}

/// A standing in which nothing is open.
struct Certain<'t> {
    points: &'t [i32],
    winner: Option<CategoryId>,
    rival: Option<CategoryId>,
    inverted: Option<&'t Comparison>,
}

impl Standing for Certain<'_> {
    fn score(&self, category: CategoryId, test: &Comparison) -> Truths {
        let score = self.points.get(category).map_or(0, |points| (*points).clamp(0, 100));
        let truth = compare(Some(&Operand::Number(score.into())), test);
        let is_inverted = self.inverted.is_some_and(|inverted| std::ptr::eq(inverted, test));
        Truths::only(if is_inverted { truth.negated() } else { truth })
    }

    fn category(&self, of: &[CategoryId]) -> Truths {
        let holds = self.winner.is_some_and(|winner| of.contains(&winner));
        Truths::of(holds, !holds)
    }

    fn ambiguous(&self) -> Truths {
        Truths::of(self.rival.is_some(), self.rival.is_none())
    }
}

/// The range between the nearest steps.
fn around(points: i32, steps: impl Iterator<Item = i32>) -> Range<i32> {
    steps.fold(i32::MIN..i32::MAX, |range, step| {
        if step <= points { range.start.max(step)..range.end } else { range.start..range.end.min(step) }
    })
}
