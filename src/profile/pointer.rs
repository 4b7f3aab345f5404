//! JSON Pointers (RFC 6901) to texts, written out only where they travel.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Field;

/// Points to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer<'a> {
    /// In a profile document: a field, and the place in the list that it belongs to, 0 where there is none.
    Field(Field, usize),
    /// In a foreign document, as it was submitted.
    Submitted(&'a str),
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Submitted(pointer) => f.write_str(pointer),
            Self::Field(field, item) => match field.entry().around_item() {
                (whole, None) => f.write_str(whole),
                (list, Some(rest)) => {
                    f.write_str(list)?;
                    f.write_str(itoa::Buffer::new().format(*item))?;
                    f.write_str(rest)
                }
            },
        }
    }
}

impl Serialize for Pointer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_str(whole),
            None => serializer.collect_str(self),
        }
    }
}

impl<'a> Pointer<'a> {
    /// The pointer, when it stands somewhere in one piece.
    fn whole(&self) -> Option<&'a str> {
        match self {
            Self::Submitted(pointer) => Some(pointer),
            Self::Field(field, _) => {
                Some(field.entry().around_item()).filter(|(_, rest)| rest.is_none()).map(|it| it.0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pointer: Pointer<'_>, expected: &str) {
        assert_eq!(pointer.to_string(), expected);
        assert_eq!(serde_json::to_value(pointer).unwrap(), expected);
    }

    #[test]
    fn the_place_in_a_list_stands_where_the_table_has_a_star() {
        check(Pointer::Field(Field::Headline, 0), "/headline");
        check(Pointer::Field(Field::PositionTitle, 12), "/positions/12/title");
        check(Pointer::Field(Field::Skills, 3), "/skills/3");
        check(Pointer::Submitted("/basics/label"), "/basics/label");
    }
}
