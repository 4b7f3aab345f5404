//! Counts code points, the unit in which evidence is quoted.

/// Counts the code points of `source` before the byte `at`.
///
/// Beyond the end it counts the whole of `source`.
///
/// ```
/// assert_eq!(entregent::text::offset::code_points_before("é|x", 3), 2);
/// ```
#[must_use]
pub fn code_points_before(source: &str, at: usize) -> usize {
    source.as_bytes().iter().take(at).filter(|&&byte| !is_continuation(byte)).count()
}

/// Tells whether a byte continues a UTF-8 sequence that an earlier byte began.
fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_count_characters_of_any_width() {
        let source = "a é 𝗗 z";
        for (count, (at, _)) in source.char_indices().enumerate() {
            assert_eq!(code_points_before(source, at), count);
        }
        assert_eq!(code_points_before(source, source.len()), source.chars().count());
        assert_eq!(code_points_before(source, source.len() + 10), source.chars().count());
    }
}
