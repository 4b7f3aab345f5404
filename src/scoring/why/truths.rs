//! Sets of truths: what a condition can come to when not everything is settled.

use crate::scoring::condition::Truth;

/// The truths that a condition can come to; never none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Truths(u8);

impl Truths {
    /// Nothing is certain.
    pub(super) const ANY: Self = Self(0b111);
    const FALSE: u8 = 0b001;
    const UNKNOWN: u8 = 0b010;
    const TRUE: u8 = 0b100;

    /// Just this truth.
    pub(super) fn only(truth: Truth) -> Self {
        Self(match truth {
            Truth::False => Self::FALSE,
            Truth::Unknown => Self::UNKNOWN,
            Truth::True => Self::TRUE,
        })
    }

    /// True, false, or either.
    pub(super) fn of(may_hold: bool, may_fail: bool) -> Self {
        Self(if may_hold { Self::TRUE } else { 0 } | if may_fail { Self::FALSE } else { 0 })
    }

    pub(super) fn with(self, truth: Truth) -> Self {
        Self(self.0 | Self::only(truth).0)
    }

    /// Whether it is just one truth.
    pub(super) fn is_certain(self) -> bool {
        self.0.count_ones() == 1
    }

    /// Whether it can be true.
    pub(super) fn may_hold(self) -> bool {
        self.0 & Self::TRUE != 0
    }

    /// Whether it can be other than true.
    pub(super) fn may_fail(self) -> bool {
        self.0 & !Self::TRUE != 0
    }

    /// The least of two truths, each of which is any of its own, whatever the other is.
    pub(super) fn and(self, other: Self) -> Self {
        self.join(other, Self::FALSE, Self::TRUE)
    }

    /// The greatest of two truths, each of which is any of its own, whatever the other is.
    pub(super) fn or(self, other: Self) -> Self {
        self.join(other, Self::TRUE, Self::FALSE)
    }

    /// One truth settles both, whatever the other is; another needs both.
    fn join(self, other: Self, settling: u8, neutral: u8) -> Self {
        let (a, b) = (self.0, other.0);
        let certain = (a | b) & settling | a & b & neutral;
        let is_open = |set: u8| set & !settling != 0;
        let unknown = if is_open(a) && is_open(b) { (a | b) & Self::UNKNOWN } else { 0 };
        Self(certain | unknown)
    }

    pub(super) fn negated(self) -> Self {
        let swapped = if self.0 & Self::TRUE == 0 { 0 } else { Self::FALSE }
            | if self.0 & Self::FALSE == 0 { 0 } else { Self::TRUE };
        Self(swapped | self.0 & Self::UNKNOWN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Truth; 3] = [Truth::False, Truth::Unknown, Truth::True];

    fn members(set: Truths) -> impl Iterator<Item = Truth> {
        ALL.into_iter().filter(move |&truth| set.with(truth) == set)
    }

    /// The set of what a function of two truths comes to.
    fn each(a: Truths, b: Truths, of: fn(Truth, Truth) -> Truth) -> Truths {
        let truths = members(a).flat_map(|a| members(b).map(move |b| of(a, b)));
        truths.map(Truths::only).reduce(|set, other| Truths(set.0 | other.0)).unwrap()
    }

    #[test]
    fn sets_are_combined_member_by_member() {
        for (a, b) in (1..8).flat_map(|a| (1..8).map(move |b| (Truths(a), Truths(b)))) {
            assert_eq!(a.and(b), each(a, b, Truth::min), "{a:?} {b:?}");
            assert_eq!(a.or(b), each(a, b, Truth::max), "{a:?} {b:?}");
            let negated = members(a).map(|truth| Truths::only(truth.negated())).reduce(|a, b| Truths(a.0 | b.0));
            assert_eq!(Some(a.negated()), negated);
        }
    }

    #[test]
    fn only_a_set_without_another_truth_is_certain() {
        assert!(Truths::only(Truth::True).may_hold() && !Truths::only(Truth::True).may_fail());
        assert!(!Truths::only(Truth::Unknown).may_hold() && Truths::only(Truth::Unknown).may_fail());
        assert_eq!(Truths::of(true, true).with(Truth::Unknown), Truths::ANY);
    }
}
