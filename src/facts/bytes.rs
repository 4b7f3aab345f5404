//! Looks for bytes that most texts do not have.

/// The bytes that are looked at together.
const PIECE: usize = 32;

/// Finds the first byte from a place on that is sought. A piece without one costs hardly more than a byte.
pub(super) fn find(text: &str, from: usize, is_sought: impl Fn(u8) -> bool) -> Option<usize> {
    let text = text.as_bytes().get(from..)?;
    let (pieces, _) = text.as_chunks::<PIECE>();
    let has_none = |piece: &&[u8; PIECE]| !piece.iter().fold(false, |any, &byte| any | is_sought(byte));
    let start = pieces.iter().take_while(has_none).count() * PIECE;
    let at = text.get(start..)?.iter().position(|&byte| is_sought(byte))?;
    Some(from + start + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_byte_is_found_wherever_it_stands(text in "[ab]{0,100}#?[ab#]{0,40}", from in 0..50_usize) {
            let expected = (from..text.len()).find(|&at| text.as_bytes()[at] == b'#');
            prop_assert_eq!(find(&text, from, |byte| byte == b'#'), expected);
        }
    }
}
