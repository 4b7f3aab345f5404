//! Brings a table into bytes that are ASCII where it has separators, whatever program saved it.

use std::borrow::Cow;

use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What the parts of one table are decoded by.
pub(super) enum Parts {
    /// The first bytes, too few to tell.
    Unknown(Vec<u8>),
    /// UTF-8 or Windows-1252, which are told apart row by row.
    Plain,
    Utf16(Decoder),
}

/// Bytes that tell the encoding.
const TELLING: usize = 3;

impl Parts {
    pub(super) fn new() -> Self {
        Self::Unknown(Vec::new())
    }

    /// Decodes UTF-16 and drops a byte order mark; an empty part is the last one.
    pub(super) fn decode<'p>(&mut self, part: &'p [u8]) -> Cow<'p, [u8]> {
        match self {
            Self::Plain => Cow::Borrowed(part),
            Self::Utf16(decoder) => Cow::Owned(decode(decoder, part)),
            Self::Unknown(first) => {
                first.extend_from_slice(part);
                if first.len() < TELLING && !part.is_empty() {
                    return Cow::Borrowed(&[]);
                }
                let first = std::mem::take(first);
                let (mut told, skipped) = match first.as_slice() {
                    [0xFF, 0xFE, ..] => (Self::utf16(UTF_16LE), 2),
                    [0xFE, 0xFF, ..] => (Self::utf16(UTF_16BE), 2),
                    [0xEF, 0xBB, 0xBF, ..] => (Self::Plain, 3),
                    [_, 0, ..] => (Self::utf16(UTF_16LE), 0),
                    [0, _, ..] => (Self::utf16(UTF_16BE), 0),
                    _ => (Self::Plain, 0),
                };
                let rest = first.get(skipped..).unwrap_or_default();
                let decoded = told.decode(rest).into_owned();
                *self = told;
                Cow::Owned(decoded)
            }
        }
    }

    fn utf16(encoding: &'static Encoding) -> Self {
        Self::Utf16(encoding.new_decoder_without_bom_handling())
    }
}

fn decode(decoder: &mut Decoder, part: &[u8]) -> Vec<u8> {
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(part.len()).unwrap_or_default());
    // There is room for all of it, so that nothing of the part is left over.
    let (_, _, _) = decoder.decode_to_string(part, &mut text, part.is_empty());
    text.into_bytes()
}

/// The text of a cell: UTF-8 if its row is, or else Windows-1252, in which every byte means something.
pub(super) fn text(cell: &[u8], is_utf8: bool) -> Cow<'_, str> {
    if is_utf8 { String::from_utf8_lossy(cell) } else { WINDOWS_1252.decode_without_bom_handling(cell).0 }
}
