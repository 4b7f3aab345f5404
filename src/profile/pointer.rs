//! JSON Pointers (RFC 6901) to the texts of a profile document.

use std::sync::LazyLock;

use super::document::LISTS;
use super::{FIELDS, Field};

/// The pointers to all texts that a profile can have, by their fields and items: some 1,700, and every answer has dozens
/// of them.
static POINTERS: LazyLock<Vec<Vec<String>>> =
    LazyLock::new(|| FIELDS.iter().map(|entry| pointers(entry.pointer)).collect());

/// The pointers to all texts of a field.
fn pointers(pattern: &str) -> Vec<String> {
    let Some((list, rest)) = pattern.split_once("/*") else { return vec![pattern.to_owned()] };
    let most = LISTS.iter().find(|(pointer, _)| *pointer == list).map_or(0, |(_, most)| *most);
    (0..most).map(|item| [list, "/", itoa::Buffer::new().format(item), rest].concat()).collect()
}

impl Field {
    /// The pointer to a text of the field: to that of an item, when the field belongs to a list, else to item 0. Empty for
    /// what no profile has.
    #[must_use]
    pub fn pointer(self, item: usize) -> &'static str {
        POINTERS.get(self as usize).and_then(|items| items.get(item)).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: Field, item: usize, expected: &str) {
        assert_eq!(field.pointer(item), expected);
    }

    #[test]
    fn the_place_in_a_list_stands_where_the_table_has_a_star() {
        check(Field::Headline, 0, "/headline");
        check(Field::PositionTitle, 12, "/positions/12/title");
        check(Field::Skills, 3, "/skills/3");
    }

    #[test]
    fn every_item_of_every_list_has_one() {
        for entry in &FIELDS {
            let list = LISTS.iter().find(|(list, _)| entry.pointer.starts_with(list));
            let most = list.map_or(1, |(_, most)| *most);
            let last = entry.pointer.replace('*', &(most - 1).to_string());
            check(entry.field, most - 1, &last);
            check(entry.field, most, "");
        }
    }
}
