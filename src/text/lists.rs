//! Many short lists in one piece of memory.

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

    /// All lists, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.len() as u32).map(|number| self.get(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
