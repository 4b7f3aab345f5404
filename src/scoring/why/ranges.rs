//! The points that categories can have, and what the policy can then make of them.

use super::ballot::{Standing, Told, Unsettled, deciding, truths};
use super::completion::Completion;
use super::truths::Truths;
use crate::profile::PartSet;
use crate::ruleset::{
    Category, CategoryId, CategoryKind, Comparison, Condition, Operand, Operator, RuleSet, Signal, Worth,
};
use crate::scoring::condition::{Truth, compare};
use crate::scoring::scorecard::Scorecard;

/// The least and the most points of every category, each independent of the others.
pub(super) struct Ranges<'r> {
    rules: &'r RuleSet,
    points: Vec<(i32, i32)>,
    /// Whether each may win.
    winners: Vec<bool>,
    /// Whether there may be no winner.
    none: bool,
    rival: Truths,
}

impl<'r> Ranges<'r> {
    /// The points that a completion leaves possible.
    pub(super) fn new(rules: &'r RuleSet, readings: &Readings<'r>, completion: &Completion<'_, '_, '_>) -> Self {
        let mut signals = readings.signals.as_slice();
        let of_category = |(id, category): (CategoryId, &Category)| {
            let count = signals.partition_point(|reading| reading.category <= id);
            let (own, others) = signals.split_at_checked(count).unwrap_or_default();
            signals = others;
            of_category(category, own, completion)
        };
        let points = rules.categories.iter().enumerate().map(of_category).collect();
        let mut ranges = Self { rules, points, winners: Vec::new(), none: true, rival: Truths::ANY };
        ranges.winners = (0..rules.categories.len()).map(|category| ranges.may_win(category)).collect();
        let is_certain = ranges.contenders().any(|(_, category, (least, _))| least >= category.threshold);
        ranges.none = !is_certain;
        ranges.rival = ranges.rival();
        ranges
    }

    /// How many points are possible, over the certain ones.
    pub(super) fn width(&self) -> i32 {
        self.points.iter().map(|(least, most)| most - least).sum()
    }

    /// How many outcomes are possible by what the profile tells, or could tell.
    pub(super) fn outcomes(&self, told: &dyn Told) -> u32 {
        let rules = deciding(self.rules.policy.iter(), told, self);
        let outcomes = rules.fold(0_u8, |outcomes, rule| outcomes | 1 << rule.outcome as u8);
        outcomes.count_ones()
    }

    /// The categories that may be reached and win.
    fn contenders(&self) -> impl Iterator<Item = (CategoryId, &'r Category, (i32, i32))> {
        let categories = self.rules.categories.iter().zip(&self.points).enumerate();
        let all = categories.map(|(id, (category, &points))| (id, category, points));
        all.filter(|(_, category, (_, most))| category.kind != CategoryKind::Trait && *most >= category.threshold)
    }

    /// It may unless another is certainly reached and, at its least, ahead of this at its most; ties go to the first.
    fn may_win(&self, id: CategoryId) -> bool {
        let Some((_, _, (_, most))) = self.contenders().find(|&(other, ..)| other == id) else { return false };
        let is_ahead = |&(other, category, (least, _)): &(CategoryId, &Category, (i32, i32))| {
            other != id && least >= category.threshold && (least > most || (least == most && other < id))
        };
        !self.contenders().any(|other| is_ahead(&other))
    }

    fn rival(&self) -> Truths {
        let margin = self.rules.margin;
        let is_winner = |&(id, ..): &(CategoryId, &Category, (i32, i32))| self.winners.get(id) == Some(&true);
        let rivals = |(winner, category, (least, most)): (CategoryId, &Category, (i32, i32))| {
            let least = least.max(category.threshold);
            let others = move || self.contenders().filter(move |&(id, ..)| id != winner);
            // Some points of both, this not behind, are near enough; or all are, of one that is reached in any case.
            let may_be =
                others().any(|(_, other, (_, its_most))| most >= other.threshold && least - its_most <= margin);
            let must_be =
                others().any(|(_, other, (its_least, _))| its_least >= other.threshold && most - its_least <= margin);
            (may_be, must_be)
        };
        let winners = self.contenders().filter(is_winner).map(rivals);
        let (may_be, must_be) = winners.fold((false, !self.none), |all, one| (all.0 || one.0, all.1 && one.1));
        Truths::of(may_be, !must_be)
    }
}

impl Standing for Ranges<'_> {
    fn score(&self, category: CategoryId, test: &Comparison) -> Truths {
        let Some(&(least, most)) = self.points.get(category) else { return Truths::ANY };
        let (least, most) = (least.clamp(0, 100), most.clamp(0, 100));
        let holds = |score: i32| compare(Some(&Operand::Number(score.into())), test) == Truth::True;
        // What compares one way at both ends does so between them, but for what asks for single values.
        let between = match test.op {
            Operator::Eq | Operator::Ne | Operator::In => least + 1..most,
            _ => 0..0,
        };
        let mut scores = [least, most].into_iter().chain(between).map(holds);
        let first = holds(least);
        let other = scores.any(|holds| holds != first);
        Truths::of(first || other, !first || other)
    }

    fn category(&self, of: &[CategoryId]) -> Truths {
        let winners = || (0..).zip(&self.winners).filter(|(_, wins)| **wins).map(|(id, _)| id);
        let may_hold = winners().any(|id| of.contains(&id));
        Truths::of(may_hold, self.none || winners().any(|id| !of.contains(&id)))
    }

    fn ambiguous(&self) -> Truths {
        self.rival
    }
}

/// What the rules read that could be filled in.
pub(super) struct Readings<'r> {
    /// The signals that brought points or may bring some, in the order of the categories.
    signals: Vec<Reading<'r>>,
    pub(super) policy: PartSet,
}

/// A signal, the points that it brought, and the parts that it reads and that could be filled in.
struct Reading<'r> {
    category: CategoryId,
    signal: &'r Signal,
    fired: Option<i32>,
    parts: PartSet,
}

impl<'r> Readings<'r> {
    /// Looks for what a completion fills in.
    pub(super) fn new(rules: &RuleSet, scorecard: &Scorecard<'r>, completion: &Completion<'_, '_, '_>) -> Self {
        let mut signals = Vec::new();
        for (category, score) in scorecard.scores.iter().enumerate() {
            for (signal, fired) in scorecard.signals(score) {
                let parts = completion.parts(&signal.when, signal.reads);
                if fired.is_some() || parts != PartSet::NONE {
                    signals.push(Reading { category, signal, fired, parts });
                }
            }
        }
        let policy =
            rules.policy.iter().map(|rule| completion.parts(&rule.when, rule.reads)).fold(PartSet::NONE, PartSet::with);
        Self { signals, policy }
    }
}

/// Sums and caps only rise with their parts, so the ends of the parts make the ends of the whole.
fn of_category(category: &Category, signals: &[Reading<'_>], completion: &Completion<'_, '_, '_>) -> (i32, i32) {
    let mut groups = vec![(0, 0); category.groups.len()];
    let mut total = (0, 0);
    for reading in signals {
        let (least, most) = of_signal(reading, completion);
        let sum = reading.signal.group.and_then(|group| groups.get_mut(group)).unwrap_or(&mut total);
        *sum = (sum.0 + least, sum.1 + most);
    }
    for (group, (least, most)) in category.groups.iter().zip(groups) {
        total = (total.0 + least.min(group.cap), total.1 + most.min(group.cap));
    }
    let capped = |points: i32| category.cap.map_or(points, |cap| points.min(cap));
    (capped(total.0), capped(total.1))
}

fn of_signal(reading: &Reading<'_>, completion: &Completion<'_, '_, '_>) -> (i32, i32) {
    let &Reading { signal, fired, parts, .. } = reading;
    if !completion.fills(parts) {
        let points = fired.unwrap_or(0);
        return (points, points);
    }
    let truths = match (&signal.when, fired) {
        (when @ Condition::Mentions(wanted), _) if completion.may_silence(wanted) => {
            truths(when, completion, &Unsettled)
        }
        // What is mentioned stays so, and what is not may be.
        (Condition::Mentions(_), Some(_)) => Truths::only(Truth::True),
        (Condition::Mentions(_), None) => Truths::of(true, true),
        (when, _) => truths(when, completion, &Unsettled),
    };
    if !truths.may_hold() {
        return (0, 0);
    }
    // More mentions are more terms, and those that there are stay.
    let (least, most) = match signal.worth {
        Worth::Fixed(points) => (points, points),
        Worth::Each { points, most } => (fired.unwrap_or(points), most),
    };
    if truths.may_fail() { (least.min(0), most.max(0)) } else { (least, most) }
}
