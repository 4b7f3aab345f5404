//! The text of a document, and why one is no JSON.

use super::Refusal;

/// Some editors begin a file with it; a reader of JSON may pass over it (RFC 8259, section 8.1).
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

const NOT_UTF8: &str = "the text is not UTF-8";
const EMPTY: &str = "the text is empty";

/// Each fault of syntax as `serde_json` names it and as it is told.
///
/// Only these sentences are ever told, so that none can repeat a part of the document.
const FAULTS: [(&str, &str); 20] = [
    ("EOF while parsing a list", "a list is not closed"),
    ("EOF while parsing an object", "an object is not closed"),
    ("EOF while parsing a string", "a text is not closed"),
    ("EOF while parsing a value", "the text ends too early"),
    ("expected `:`", "a `:` is missing behind a key"),
    ("expected `,` or `]`", "a `,` or `]` is missing"),
    ("expected `,` or `}`", "a `,` or `}` is missing"),
    ("expected ident", "only `true`, `false` and `null` are words of JSON"),
    ("expected value", "a value is missing, or a text without its double quotation marks"),
    ("invalid escape", "behind a backslash stands no escape of JSON"),
    ("invalid number", "a number has a wrong form"),
    ("number out of range", "a number is too large"),
    ("invalid unicode code point", "an escape stands for no character"),
    ("lone leading surrogate in hex escape", "an escape stands for half of a character"),
    ("unexpected end of hex escape", "an escape stands for half of a character"),
    ("control character", "a text holds a line break or another control character"),
    ("key must be a string", "a key stands without its double quotation marks"),
    ("trailing comma", "a comma stands in front of a closing bracket"),
    ("trailing characters", "something follows the end of the document"),
    ("recursion limit exceeded", "the document is nested too deeply"),
];

/// The bytes behind a byte order mark, if there is one.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// Tells whether there is nothing but white space.
pub(crate) fn is_blank(bytes: &[u8]) -> bool {
    without_mark(bytes).trim_ascii_start().is_empty()
}

/// Takes bytes for a text that says something; lines and columns count from behind a byte order mark.
///
/// # Errors
/// [`Refusal::Syntax`] for what is not UTF-8, and for a blank text.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Refusal> {
    let bytes = without_mark(bytes);
    if is_blank(bytes) {
        return Err(Refusal::Syntax { line: 1, column: 1, reason: EMPTY });
    }
    simdutf8::compat::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))
}

fn not_utf8(bytes: &[u8], at: usize) -> Refusal {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count() + 1;
    Refusal::Syntax { line, column, reason: NOT_UTF8 }
}

/// The refusal of what is not JSON.
pub(super) fn refusal(error: &serde_json::Error) -> Refusal {
    let named = error.to_string();
    let told = FAULTS.iter().find(|(name, _)| named.starts_with(name));
    let reason = told.map_or("the syntax is wrong", |(_, told)| told);
    // At a line feed, or at the end behind one, it counts no column.
    Refusal::Syntax { line: error.line(), column: error.column().max(1), reason }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::wire;

    fn check(bytes: &[u8], line: usize, column: usize, reason: &str) {
        let Err(Refusal::Syntax { line: found, column: at, reason: told }) = wire::value(bytes) else {
            panic!("{bytes:?} is read")
        };
        assert_eq!((found, at, told), (line, column, reason), "{:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn every_fault_of_syntax_is_told_by_its_cause_and_place() {
        check(b"[1,", 1, 3, "the text ends too early");
        check(b"[1", 1, 2, "a list is not closed");
        check(b"{\"a\": 1\n", 2, 1, "an object is not closed");
        check(b"{\"a", 1, 3, "a text is not closed");
        check(b"{\"a\": tru", 1, 9, "the text ends too early");
        check(b"{\"a\" 1}", 1, 6, "a `:` is missing behind a key");
        check(b"[1 2]", 1, 4, "a `,` or `]` is missing");
        check(b"{\"a\": 1\n \"b\": 2}", 2, 2, "a `,` or `}` is missing");
        check(b"[trve]", 1, 4, "only `true`, `false` and `null` are words of JSON");
        let no_value = "a value is missing, or a text without its double quotation marks";
        check(b"{\"a\": }", 1, 7, no_value);
        check(b"{\"a\": 'x'}", 1, 7, no_value);
        check(b"[\"\\x\"]", 1, 4, "behind a backslash stands no escape of JSON");
        check(b"[01]", 1, 3, "a number has a wrong form");
        check(b"[1e999]", 1, 6, "a number is too large");
        check(b"[\"\\udc00\"]", 1, 8, "an escape stands for half of a character");
        check(b"[\"\\ud800x\"]", 1, 9, "an escape stands for half of a character");
        check(b"[\"a\tb\"]", 1, 4, "a text holds a line break or another control character");
        check(b"{a: 1}", 1, 2, "a key stands without its double quotation marks");
        check(b"{\"a\": 1,\n}", 2, 1, "a comma stands in front of a closing bracket");
        check(b"[1,]", 1, 4, "a comma stands in front of a closing bracket");
        check(b"{} {}", 1, 4, "something follows the end of the document");
        check("[".repeat(1_000).as_bytes(), 1, 128, "the document is nested too deeply");
    }

    #[test]
    fn what_is_not_utf8_or_empty_is_called_so() {
        check(b"{\n  \"a\": \"caf\xe9\"}", 2, 12, "the text is not UTF-8");
        check(b"\xff\xfe{\0}\0", 1, 1, "the text is not UTF-8");
        check(b"", 1, 1, "the text is empty");
        check(b"\xef\xbb\xbf \r\n", 1, 1, "the text is empty");
    }

    #[test]
    fn a_byte_order_mark_is_passed_over_and_counts_for_nothing() {
        assert_eq!(wire::value(b"\xef\xbb\xbf{}").unwrap(), Value::from(serde_json::Map::new()));
        check(b"\xef\xbb\xbf{a: 1}", 1, 2, "a key stands without its double quotation marks");
        check(b"\xef\xbb\xbf\xef\xbb\xbf{}", 1, 1, "a value is missing, or a text without its double quotation marks");
    }
}
