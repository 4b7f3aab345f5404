//! How the decision hangs on the points of one category, all else being as it is.

use std::ops::Range;

use super::ballot::Ballot;
use super::trial::Trial;
use crate::ruleset::{CategoryId, PolicyRule};

/// The points of a category in ranges, within each of which one rule decides.
pub(super) struct Plateaus<'r> {
    category: CategoryId,
    /// That of the points as they are, the last one apart: most of what is tried stays within it.
    pub(super) here: Range<i32>,
    all: Option<Numbered<'r>>,
}

impl<'r> Plateaus<'r> {
    /// All of them; `trial` is as it was when this one was found.
    pub(super) fn all(&mut self, trial: &Trial<'r>) -> &mut Numbered<'r> {
        self.all.get_or_insert_with(|| Numbered::new(trial, self.category))
    }
}

/// All plateaus, numbered from the lowest.
pub(super) struct Numbered<'r> {
    category: CategoryId,
    /// The points at which each begins, in order, but for the lowest, which has no end downwards.
    begins: Vec<i32>,
    /// That of the points as they are.
    pub(super) here: usize,
    /// The rule that decides on each, once it was asked for.
    decided: Vec<Option<Option<&'r PolicyRule>>>,
}

impl<'r> Numbered<'r> {
    fn new(trial: &Trial<'r>, category: CategoryId) -> Self {
        let mut begins = Vec::new();
        trial.steps(category).for_each(|step| begins.push(step));
        begins.sort_unstable();
        begins.dedup();
        let mut all = Self { category, here: 0, decided: vec![None; begins.len() + 1], begins };
        all.here = all.of(trial.of(category));
        all
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.decided.len()
    }

    /// The one on which some points are.
    pub(super) fn of(&self, points: i32) -> usize {
        self.begins.partition_point(|&begin| begin <= points)
    }

    /// The points of a plateau that are nearest to those as they are; on the one of these its last, if it has an end.
    pub(super) fn nearest(&self, plateau: usize) -> Option<i32> {
        if plateau > self.here {
            self.begins.get(plateau - 1).copied()
        } else {
            self.begins.get(plateau).map(|next| next - 1)
        }
    }

    /// The rule that decides on a plateau, at its nearest points; `trial` is as it was when they were found.
    pub(super) fn rule(
        &mut self,
        plateau: usize,
        trial: &mut Trial<'r>,
        ballot: &Ballot<'_, 'r>,
    ) -> Option<&'r PolicyRule> {
        let points = self.nearest(plateau)?;
        let decided = self.decided.get_mut(plateau)?;
        *decided.get_or_insert_with(|| trial.decide_at(self.category, points, ballot))
    }
}

/// The plateaus of every category, found when they are first asked for.
pub(super) struct Landscape<'r>(Vec<Option<Plateaus<'r>>>);

impl<'r> Landscape<'r> {
    /// None is found yet.
    pub(super) fn new(trial: &Trial<'r>) -> Self {
        Self(trial.points.iter().map(|_| None).collect())
    }

    /// The plateaus of a category; `trial` is as it was when others were asked for.
    pub(super) fn of(&mut self, category: CategoryId, trial: &Trial<'r>) -> Option<&mut Plateaus<'r>> {
        let new = || Plateaus { category, here: trial.plateau(category), all: None };
        self.0.get_mut(category).map(|plateaus| plateaus.get_or_insert_with(new))
    }
}
