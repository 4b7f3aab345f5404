//! The revisions that were asked for by number, the last few of them.

use std::sync::{Arc, Mutex, PoisonError};

use super::slot::Slot;
use crate::service::name::Name;

/// How many stay compiled.
const MOST: usize = 16;

/// Revisions in the order of their last use, the latest at the end.
#[derive(Default)]
pub(super) struct Pinned(Mutex<Vec<Arc<Slot>>>);

impl Pinned {
    /// The place of a revision; an empty one in the stead of the longest unused when there is none.
    pub(super) fn slot(&self, name: &Name, revision: u64) -> Arc<Slot> {
        // Every step leaves a list that is whole.
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = match slots.iter().position(|slot| slot.is_of(name, revision)) {
            Some(place) => slots.remove(place),
            None => Arc::new(Slot::empty(name.clone(), revision)),
        };
        if slots.len() == MOST {
            slots.remove(0);
        }
        slots.push(Arc::clone(&slot));
        slot
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{MOST, Pinned};
    use crate::service::name::Name;

    #[test]
    fn the_longest_unused_revision_makes_room() {
        let pinned = Pinned::default();
        let slot = |revision: usize| pinned.slot(&Name::default(), revision as u64);
        let (first, second) = (slot(1), slot(2));
        (3..=MOST).for_each(|revision| drop(slot(revision)));
        assert!(Arc::ptr_eq(&first, &slot(1)));
        drop(slot(MOST + 1));
        assert!(Arc::ptr_eq(&first, &slot(1)));
        assert!(!Arc::ptr_eq(&second, &slot(2)));
    }
}
