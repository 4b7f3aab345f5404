//! Whether a career went from one position to a later one, as far as dates and titles tell.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::profile::Position;

/// Whether a career went from one position to a later one of some kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// It did, from this position to that.
    Made {
        /// The index of the earlier one, of several the last.
        from: usize,
        /// The index of the later one, of several the first.
        to: usize,
    },
    /// It may have: an order or a title is not known.
    Perhaps,
    /// It did not.
    Never,
}

impl Passage {
    /// Looks for a pair of positions that fit, the first before the second, both of them begun by a day. `fits` is `None`
    /// where that is not known.
    pub fn find(positions: &[Position], as_of: Date, fits: impl Fn(usize, usize) -> Option<bool>) -> Self {
        let mut found = Self::Never;
        for (to, later) in positions.iter().enumerate().filter(|(_, position)| !position.is_ahead(as_of)) {
            for (from, earlier) in positions.iter().enumerate().filter(|&(from, _)| from != to) {
                let fits = fits(from, to);
                // Most pairs do not fit; dates are compared for the others alone.
                if fits == Some(false) || earlier.is_ahead(as_of) {
                    continue;
                }
                found = match (fits, earlier.is_before(later), found) {
                    (_, Some(false), _) => found,
                    (Some(true), Some(true), Self::Made { from: best_from, to: best_to }) => {
                        let start = |item: usize| positions.get(item).and_then(|position| position.started_on);
                        let is_better = (start(to), Reverse(start(from))) < (start(best_to), Reverse(start(best_from)));
                        if is_better { Self::Made { from, to } } else { found }
                    }
                    (Some(true), Some(true), _) => Self::Made { from, to },
                    (_, _, Self::Never) => Self::Perhaps,
                    _ => found,
                };
            }
        }
        found
    }

    /// Whether it did; `None` when that is not known.
    #[must_use]
    pub fn truth(self) -> Option<bool> {
        match self {
            Self::Made { .. } => Some(true),
            Self::Perhaps => None,
            Self::Never => Some(false),
        }
    }

    /// Whether both hold: false when one does not, whatever the other may be.
    #[must_use]
    pub fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
        match (one, other) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::PartialDate;

    fn check(starts: [&str; 2], expected: Passage) {
        let position = |start| Position { started_on: PartialDate::parse(start), ended_on: None, is_held: true };
        let found = Passage::find(&starts.map(position), jiff::civil::date(2026, 11, 23), |_, _| Some(true));
        assert_eq!(found, expected, "{starts:?}");
    }

    #[test]
    fn positions_that_lie_ahead_tell_nothing_on_either_side() {
        check(["2020", "2022"], Passage::Made { from: 0, to: 1 });
        check(["2020", ""], Passage::Perhaps);
        check(["2027", ""], Passage::Never);
        check(["2020", "2027"], Passage::Never);
    }
}
