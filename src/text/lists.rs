//! Many short lists in one piece of memory.

use std::hash::{BuildHasher as _, Hash};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::Seeded;

/// Lists by number, in the order in which they were pushed.
#[derive(Clone, Debug)]
pub struct Lists<T> {
    items: Vec<T>,
    /// Where each list ends in `items`; it begins where the one before it ends.
    ends: Vec<u32>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// How many lists there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds a list; its number is how many there were before.
    pub fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.ends.push(self.items.len() as u32);
    }

    /// A list by its number; empty when there is none.
    #[must_use]
    pub fn get(&self, number: u32) -> &[T] {
        let end = |number: u32| self.ends.get(number as usize).map_or(0, |&end| end as usize);
        self.items.get(number.checked_sub(1).map_or(0, end)..end(number)).unwrap_or_default()
    }

    /// Gives back the memory that was taken for more lists.
    pub fn shrink_to_fit(&mut self) {
        self.items.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// All lists, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.len() as u32).map(|number| self.get(number))
    }
}

/// Lists by number, each once however often it is asked for.
#[derive(Debug)]
pub(super) struct DistinctLists<T> {
    lists: Lists<T>,
    /// The numbers of the lists, by their hashes.
    numbers: HashTable<u32>,
    hasher: Seeded,
}

impl<T> Default for DistinctLists<T> {
    fn default() -> Self {
        Self { lists: Lists::default(), numbers: HashTable::default(), hasher: Seeded::default() }
    }
}

impl<T: Copy + Eq + Hash> DistinctLists<T> {
    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.lists.len()
    }

    /// A list by its number; empty when there is none.
    pub(super) fn get(&self, number: u32) -> &[T] {
        self.lists.get(number)
    }

    /// The number of a list, if it is known.
    pub(super) fn find(&self, list: &[T]) -> Option<u32> {
        self.numbers.find(self.hasher.hash_one(list), |&number| self.get(number) == list).copied()
    }

    /// Gives back the memory that was taken for more lists.
    pub(super) fn shrink_to_fit(&mut self) {
        self.lists.shrink_to_fit();
    }

    /// The number of a list; a new one when it is not known.
    pub(super) fn number(&mut self, list: &[T]) -> u32 {
        let Self { lists, numbers, hasher } = self;
        let hash = |list: &[T]| hasher.hash_one(list);
        let known = |&number: &u32| lists.get(number) == list;
        match numbers.entry(hash(list), known, |&number| hash(lists.get(number))) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let number = lists.len() as u32;
                place.insert(number);
                lists.push(list.iter().copied());
                number
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_known_keeps_its_number_among_thousands() {
        let mut lists = DistinctLists::default();
        let numbers =
            |lists: &mut DistinctLists<u32>| (0..5_000).map(|n| lists.number(&[n, n % 7])).collect::<Vec<_>>();
        let first = numbers(&mut lists);
        assert_eq!(numbers(&mut lists), first);
        assert_eq!((lists.len(), lists.get(4_999)), (5_000, &[4_999, 1][..]));
        assert_eq!((lists.find(&[4_999, 1]), lists.find(&[4_999, 2])), (Some(4_999), None));
    }

    #[test]
    fn each_list_is_found_by_its_number() {
        let mut lists = Lists::default();
        lists.push([1, 2]);
        lists.push([]);
        lists.push([3]);
        assert_eq!(lists.iter().collect::<Vec<_>>(), [&[1, 2][..], &[], &[3]]);
        assert_eq!((lists.get(2), lists.get(3)), (&[3][..], &[][..]));
    }
}
