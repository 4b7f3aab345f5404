//! Points: the parts of every category, which always add up to the whole.

use super::Explain;
use super::condition::{Finding, Known, Standing, Truth};
use crate::ruleset::{AskedFact, Category, CategoryKind, RuleSet, Signal, Worth};

/// A part of a category's points.
pub(super) enum Part<'r> {
    /// A signal that fired.
    Signal { signal: &'r Signal, points: i32, mentions: Vec<u32>, facts: Vec<&'r AskedFact> },
    /// A cap that took something away.
    Cap { of: &'r str, points: i32 },
}

impl Part<'_> {
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
    pub(super) id: &'r str,
    pub(super) finding: Finding<'r>,
}

/// The score of a category.
pub(super) struct Score<'r> {
    pub(super) category: &'r Category,
    pub(super) points: i32,
    pub(super) parts: Vec<Part<'r>>,
    /// The signals that did not fire; none unless they are to be told.
    pub(super) silent: Vec<Silent<'r>>,
}

impl<'r> Score<'r> {
    /// All signals of the category, with the points of those that fired.
    pub(super) fn signals(&self) -> impl Iterator<Item = (&'r Signal, Option<i32>)> {
        let fired = |part: &Part<'r>| match *part {
            Part::Signal { signal, points, .. } => Some((signal.id.as_str(), points)),
            Part::Cap { .. } => None,
        };
        // Both are in the order of the ids.
        let mut fired = self.parts.iter().filter_map(fired).peekable();
        let points = move |signal: &Signal| fired.next_if(|&(id, _)| id == signal.id).map(|(_, points)| points);
        self.category.signals.iter().scan(points, |points, signal| Some((signal, points(signal))))
    }

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
    clamped: Vec<i32>,
    /// The winner.
    pub(super) category: Option<usize>,
    /// The second, when it is within the margin.
    pub(super) rival: Option<usize>,
}

impl Scorecard<'_> {
    /// What the policy may ask of it.
    pub(super) fn standing(&self) -> Standing<'_> {
        Standing { scores: &self.clamped, category: self.category, rival: self.rival }
    }
}

/// Scores every category.
pub(super) fn score<'r>(rules: &'r RuleSet, known: &Known<'_, '_>, explain: Explain) -> Scorecard<'r> {
    let scores: Vec<_> = rules.categories.iter().map(|category| score_category(category, known, explain)).collect();
    let contends = |score: &&Score<'_>| score.reached() && score.category.kind != CategoryKind::Trait;
    let contenders = scores.iter().enumerate().filter(|(_, score)| contends(score));
    let (category, rival) = first_two(contenders.map(|(index, score)| (index, score.points)), rules.margin);
    let clamped = scores.iter().map(Score::clamped).collect();
    Scorecard { scores, clamped, category, rival }
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

fn score_category<'r>(category: &'r Category, known: &Known<'_, '_>, explain: Explain) -> Score<'r> {
    let mut parts = Vec::new();
    let mut silent = Vec::new();
    for signal in &category.signals {
        if known.truth(&signal.when, None) != Truth::True {
            if explain == Explain::Full {
                silent.push(Silent { id: &signal.id, finding: known.read(&signal.when, None) });
            }
            continue;
        }
        let finding = known.read(&signal.when, None);
        let points = match signal.worth {
            Worth::Fixed(points) => points,
            Worth::Each { points, most } => known.distinct_terms(&finding.mentions).saturating_mul(points).min(most),
        };
        parts.push(Part::Signal { signal, points, mentions: finding.mentions, facts: finding.facts });
    }
    for (index, group) in category.groups.iter().enumerate() {
        let sum = parts.iter().filter(|part| part.group() == Some(index)).map(Part::points).sum::<i32>();
        if sum > group.cap {
            parts.push(Part::Cap { of: &group.id, points: group.cap - sum });
        }
    }
    let mut points = parts.iter().map(Part::points).sum();
    if let Some(cap) = category.cap.filter(|&cap| points > cap) {
        parts.push(Part::Cap { of: &category.id, points: cap - points });
        points = cap;
    }
    Score { category, points, parts, silent }
}
