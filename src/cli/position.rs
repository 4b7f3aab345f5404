//! Where in a file the value at a JSON Pointer stands.

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged as _;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// A place in a text; both numbers count from 1, columns in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Position {
    /// The place whose column counts in bytes.
    pub(super) fn at_byte(text: &str, line: usize, column: usize) -> Self {
        let found = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
        let before = found.char_indices().take_while(|&(byte, _)| byte + 1 < column).count();
        Self { line, column: before + 1 }
    }
}

/// A text that was read once, to look places up in it.
pub(super) struct Places<'a> {
    text: &'a str,
    root: Option<Value<'a>>,
}

impl<'a> Places<'a> {
    /// Reads the text; one that is no JSON has its first place alone.
    pub(super) fn of(text: &'a str) -> Self {
        let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
        Self { text, root: parsed.ok().and_then(|parsed| parsed.value) }
    }

    /// The place of the value at `pointer`, or of the nearest thing around it; of a key that occurs twice, the last place.
    pub(super) fn find(&self, pointer: &str) -> Position {
        position(self.text, self.root.as_ref().map_or(0, |root| offset(root, pointer)))
    }
}

fn offset(root: &Value<'_>, pointer: &str) -> usize {
    let mut place = root.range().start;
    let mut value = Some(root);
    for token in pointer.split('/').skip(1) {
        let name = token.replace("~1", "/").replace("~0", "~");
        let (start, inner) = match value {
            Some(Value::Object(object)) => match object.properties.iter().rfind(|it| it.name.as_str() == name) {
                Some(property) => (property.range.start, Some(&property.value)),
                None => break,
            },
            Some(Value::Array(array)) => match name.parse().ok().and_then(|index: usize| array.elements.get(index)) {
                Some(element) => (element.range().start, Some(element)),
                None => break,
            },
            _ => break,
        };
        place = start;
        value = inner;
    }
    place
}

fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or_default();
    let last = before.rsplit('\n').next().unwrap_or_default();
    Position { line: before.matches('\n').count() + 1, column: last.chars().count() + 1 }
}

#[cfg(test)]
mod tests {
    use super::{Places, Position};

    #[test]
    fn a_pointer_is_found_at_its_key_or_element() {
        let text = "{\n  \"é\": [1,\n   {\"a/b\": 2}]\n}";
        let places = Places::of(text);
        let check = |pointer, line, column| assert_eq!(places.find(pointer), Position { line, column }, "{pointer}");
        check("", 1, 1);
        check("/é", 2, 3);
        check("/é/1", 3, 4);
        check("/é/1/a~1b", 3, 5);
        check("/é/1/missing", 3, 4);
    }

    #[test]
    fn a_key_that_occurs_twice_is_found_where_it_stands_last() {
        let places = Places::of("{\"a\": 1,\n\"a\": [2]}");
        assert_eq!(places.find("/a/0"), Position { line: 2, column: 7 });
    }

    #[test]
    fn a_column_in_bytes_is_one_in_code_points() {
        let check = |column, expected| {
            assert_eq!(Position::at_byte("\n«é» x", 2, column), Position { line: 2, column: expected }, "{column}");
        };
        [(1, 1), (3, 2), (5, 3), (7, 4), (8, 5), (9, 6), (40, 6)]
            .into_iter()
            .for_each(|(bytes, points)| check(bytes, points));
    }
}
