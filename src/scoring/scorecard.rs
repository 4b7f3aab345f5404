//! Points: the contributions to every category, which always add up to the whole.

use std::ops::Range;

use super::Explain;
use super::condition::{Finding, Known, Term, Truth};
use super::grounds::{Grounds, Mark};
use crate::ruleset::{Category, CategoryKind, RuleSet, Signal, Worth};

/// Contributions that nearly every scorecard has room for.
const USUAL_CONTRIBUTIONS: usize = 32;

/// A part of a category's points: of a signal, or taken away by a cap.
pub(super) enum Contribution<'r> {
    /// A signal that fired, and where its grounds stand among those of the scorecard, when they are told or counted.
    Signal { signal: &'r Signal, points: i32, grounds: Range<Mark> },
    /// A cap that took something away.
    Cap { of: &'r str, points: i32 },
}

impl Contribution<'_> {
    pub(super) fn points(&self) -> i32 {
        match self {
            Self::Signal { points, .. } | Self::Cap { points, .. } => *points,
        }
    }

    fn group(&self) -> Option<usize> {
        match self {
            Self::Signal { signal, .. } => signal.group,
            Self::Cap { .. } => None,
        }
    }
}

/// A signal that did not fire.
pub(super) struct Silent<'r> {
    pub(super) signal: &'r Signal,
    pub(super) finding: Finding<'r>,
}

/// The score of a category.
pub(super) struct Score<'r> {
    pub(super) category: &'r Category,
    pub(super) points: i32,
    /// Where its contributions stand among those of the scorecard.
    contributions: Range<usize>,
    /// The signals that did not fire; none unless they are to be told.
    pub(super) silent: Vec<Silent<'r>>,
}

impl Score<'_> {
    pub(super) fn reached(&self) -> bool {
        self.points >= self.category.threshold
    }

    pub(super) fn clamped(&self) -> i32 {
        self.points.clamp(0, 100)
    }
}

/// All scores, in the order of the categories, and the winner.
pub(super) struct Scorecard<'r> {
    pub(super) scores: Vec<Score<'r>>,
    contributions: Vec<Contribution<'r>>,
    /// What the signals that fired rest on.
    pub(super) grounds: Grounds<'r>,
    /// Room for the terms of one signal after another.
    terms: Vec<Term>,
    /// The winner.
    pub(super) category: Option<usize>,
    /// The second, when it is within the margin.
    pub(super) rival: Option<usize>,
}

impl<'r> Scorecard<'r> {
    /// The contributions to a score.
    pub(super) fn contributions(&self, score: &Score<'r>) -> &[Contribution<'r>] {
        self.contributions.get(score.contributions.clone()).unwrap_or_default()
    }

    /// The signals that fired, with their points.
    pub(super) fn fired(&self, score: &Score<'r>) -> impl Iterator<Item = (&'r Signal, i32)> {
        self.contributions(score).iter().filter_map(|contribution| match *contribution {
            Contribution::Signal { signal, points, .. } => Some((signal, points)),
            Contribution::Cap { .. } => None,
        })
    }

    /// All signals of a category, with the points of those that fired.
    pub(super) fn signals(&self, score: &Score<'r>) -> impl Iterator<Item = (&'r Signal, Option<i32>)> {
        // Both are in the order of the ids.
        let mut fired = self.fired(score).peekable();
        let points = move |signal| fired.next_if(|&(other, _)| std::ptr::eq(other, signal)).map(|(_, points)| points);
        score.category.signals.iter().scan(points, |points, signal| Some((signal, points(signal))))
    }

    fn add(&mut self, category: &'r Category, known: &Known<'_, '_>, explain: Explain) {
        let begin = self.contributions.len();
        let mut silent = Vec::new();
        if explain == Explain::Full {
            for signal in &category.signals {
                let finding = known.find(&signal.when, None);
                if finding.truth == Truth::True {
                    self.fire(signal, known, explain);
                } else {
                    silent.push(Silent { signal, finding });
                }
            }
        } else {
            for signal in known.awake(&category.signals) {
                if known.truth(&signal.when, None) == Truth::True {
                    self.fire(signal, known, explain);
                }
            }
        }
        for (index, group) in category.groups.iter().enumerate() {
            let grouped = self.contributions.iter().skip(begin).filter(|it| it.group() == Some(index));
            let sum = grouped.map(Contribution::points).sum::<i32>();
            if sum > group.cap {
                self.contributions.push(Contribution::Cap { of: &group.id, points: group.cap - sum });
            }
        }
        let mut points = self.contributions.iter().skip(begin).map(Contribution::points).sum();
        if let Some(cap) = category.cap.filter(|&cap| points > cap) {
            self.contributions.push(Contribution::Cap { of: &category.id, points: cap - points });
            points = cap;
        }
        self.scores.push(Score { category, points, contributions: begin..self.contributions.len(), silent });
    }

    fn fire(&mut self, signal: &'r Signal, known: &Known<'_, '_>, explain: Explain) {
        let start = self.grounds.end();
        // Where nothing is explained, only terms that are counted matter.
        if explain != Explain::None || matches!(signal.worth, Worth::Each { .. }) {
            known.read(&signal.when, None, &mut self.grounds);
        }
        let grounds = start..self.grounds.end();
        let points = match signal.worth {
            Worth::Fixed(points) => points,
            Worth::Each { points, most } => {
                let terms = known.distinct_terms(self.grounds.mentions(&grounds), &mut self.terms);
                terms.saturating_mul(points).min(most)
            }
        };
        self.contributions.push(Contribution::Signal { signal, points, grounds });
    }
}

/// Scores every category.
pub(super) fn score<'r>(rules: &'r RuleSet, known: &Known<'_, '_>, explain: Explain) -> Scorecard<'r> {
    let mut scorecard = Scorecard {
        scores: Vec::with_capacity(rules.categories.len()),
        contributions: Vec::with_capacity(USUAL_CONTRIBUTIONS),
        grounds: Grounds::with_room_for(known.mentions.len()),
        terms: Vec::new(),
        category: None,
        rival: None,
    };
    rules.categories.iter().for_each(|category| scorecard.add(category, known, explain));
    let contends = |score: &&Score<'_>| score.reached() && score.category.kind != CategoryKind::Trait;
    let contenders = scorecard.scores.iter().enumerate().filter(|(_, score)| contends(score));
    let (category, rival) = first_two(contenders.map(|(index, score)| (index, score.points)), rules.margin);
    Scorecard { category, rival, ..scorecard }
}

/// The winner of those that contend, given with their points in the order of their ids, to which ties go; and the second,
/// when it is within the margin.
pub(super) fn first_two(contenders: impl Iterator<Item = (usize, i32)>, margin: i32) -> (Option<usize>, Option<usize>) {
    let mut first: Option<(usize, i32)> = None;
    let mut second: Option<(usize, i32)> = None;
    for (index, points) in contenders {
        if first.is_none_or(|(_, most)| points > most) {
            second = first;
            first = Some((index, points));
        } else if second.is_none_or(|(_, most)| points > most) {
            second = Some((index, points));
        }
    }
    let near = first.zip(second).filter(|((_, most), (_, points))| most - points <= margin);
    (first.map(|(index, _)| index), near.map(|(_, (index, _))| index))
}
