//! Sets of signals.

/// A set of signals by their numbers, one bit for each.
#[derive(Clone, Debug, Default)]
pub struct SignalSet(Vec<u64>);

impl SignalSet {
    /// No signal, and room for those whose numbers are less than `signals`.
    #[must_use]
    pub fn with_room_for(signals: usize) -> Self {
        Self(vec![0; signals.div_ceil(64)])
    }

    /// Takes a signal in for which there is room.
    #[inline]
    pub fn insert(&mut self, signal: u32) {
        if let Some(bits) = self.0.get_mut(signal as usize / 64) {
            *bits |= 1 << (signal % 64);
        }
    }

    /// The signals of the set from a number on, in order.
    pub fn beginning_at(&self, first: u32) -> impl Iterator<Item = u32> {
        let before = first / 64 * 64;
        let words = self.0.get(first as usize / 64..).unwrap_or_default();
        let mut wanted = u64::MAX << (first % 64);
        (before..).step_by(64).zip(words).flat_map(move |(before, bits)| {
            let mut bits = bits & std::mem::replace(&mut wanted, u64::MAX);
            std::iter::from_fn(move || {
                let lowest = (bits != 0).then(|| bits.trailing_zeros())?;
                bits &= bits - 1;
                Some(before + lowest)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_signals_from_a_number_on_are_those_of_a_plain_set(
            signals: BTreeSet<u8>,
            first in 0..300_u32,
        ) {
            let mut set = SignalSet::with_room_for(256);
            signals.iter().for_each(|&signal| set.insert(signal.into()));
            let expected = signals.into_iter().map(u32::from).filter(|&signal| signal >= first);
            prop_assert_eq!(set.beginning_at(first).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }
    }
}
