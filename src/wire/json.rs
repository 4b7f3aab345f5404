//! JSON on its way out, in the bytes that `serde_json` writes and in fewer steps.
//!
//! Names of members and words of enums are identifiers of this crate, copied without a look; texts are searched for what
//! must be escaped many bytes at a time. What is rare, an escape or a fraction, `serde_json` itself writes. What no
//! answer has, such as bytes and tuples, is refused rather than guessed at.

use std::fmt::{self, Display, Write as _};

use serde::Serialize;
use serde::ser::{Error as _, Impossible, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::{Error, Result};

/// Appends a value in compact JSON; when it fails, nothing is appended.
///
/// # Errors
/// For what this writer has no form of, and what the value's own `Serialize` refuses.
pub(crate) fn write<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<()> {
    let start = out.len();
    let written = value.serialize(Writer(out));
    // The comma behind the whole, or what was written of it.
    out.truncate(if written.is_ok() { out.len().saturating_sub(1) } else { start });
    written
}

/// Writes values, each with a comma behind it; what the value stands in puts its own sign in the comma's place.
struct Writer<'o>(&'o mut Vec<u8>);

impl Writer<'_> {
    /// Appends a text between two others, in one step where their lengths are known while compiling.
    #[inline]
    fn put(&mut self, before: &[u8], text: &str, behind: &[u8]) {
        self.0.extend(before.iter().chain(text.as_bytes()).chain(behind).copied());
    }

    /// Puts another sign where the last comma is.
    #[inline]
    fn replace_comma(&mut self, sign: u8) {
        if let Some(comma) = self.0.last_mut() {
            *comma = sign;
        }
    }

    /// Closes a list or an object, which is empty when no comma stands at its end.
    #[inline]
    fn close(mut self, bracket: u8) {
        if self.0.ends_with(b",") {
            self.replace_comma(bracket);
        } else {
            self.0.push(bracket);
        }
        self.0.push(b',');
    }

    /// Leaves a value to `serde_json`.
    fn leave<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        serde_json::to_writer(&mut *self.0, value)?;
        self.0.push(b',');
        Ok(())
    }
}

/// Tells whether a text stands in JSON as it is, between quotation marks.
#[inline]
fn is_plain(text: &[u8]) -> bool {
    if let (chunks @ [_, ..], Some(last)) = (text.as_chunks::<16>().0, text.last_chunk::<16>()) {
        return chunks.iter().chain([last]).all(are_plain);
    }
    // The ends of a short text may overlap, which saves a loop over what does not fill a chunk.
    ends_are_plain::<8>(text)
        .or_else(|| ends_are_plain::<4>(text))
        .unwrap_or_else(|| text.iter().all(|&byte| are_plain(&[byte])))
}

/// Looks at the first and the last bytes of a text that is as long.
#[inline]
fn ends_are_plain<const COUNT: usize>(text: &[u8]) -> Option<bool> {
    Some(are_plain::<COUNT>(text.first_chunk()?) & are_plain::<COUNT>(text.last_chunk()?))
}

/// Looks at all bytes without a branch, which takes a few instructions for all of them together.
#[inline]
fn are_plain<const COUNT: usize>(bytes: &[u8; COUNT]) -> bool {
    // Changing this bit brings the quotation mark in front of the space, next to the control characters, and takes the
    // space and its other neighbour beyond.
    let is_plain = |byte: u8| (byte ^ 0b10 > b' ') & (byte != b'\\');
    bytes.iter().fold(true, |all, &byte| all & is_plain(byte))
}

/// Writes a whole number.
macro_rules! whole {
    ($($method:ident: $kind:ty),*) => {$(
        #[inline]
        fn $method(mut self, number: $kind) -> Result<()> {
            self.put(b"", itoa::Buffer::new().format(number), b",");
            Ok(())
        }
    )*};
}

/// Refuses what no answer has.
macro_rules! refused {
    ($($method:ident($($argument:ty),*) -> $written:ty;)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<$written> {
            Err(Error::custom(concat!("answers have no form for `", stringify!($method), "`")))
        }
    )*};
}

impl<'o> Serializer for Writer<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeStructVariant = Impossible<(), Error>;

    whole! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    }

    refused! {
        serialize_f32(f32) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<()> {
        Err(Error::custom("answers have no form for `serialize_newtype_variant`"))
    }

    #[inline]
    fn serialize_bool(mut self, value: bool) -> Result<()> {
        if value {
            self.put(b"", "true", b",");
        } else {
            self.put(b"", "false", b",");
        }
        Ok(())
    }

    fn serialize_f64(self, number: f64) -> Result<()> {
        self.leave(&number)
    }

    #[inline]
    fn serialize_str(mut self, text: &str) -> Result<()> {
        if !is_plain(text.as_bytes()) {
            return self.leave(text);
        }
        self.put(b"\"", text, b"\",");
        Ok(())
    }

    fn collect_str<T: Display + ?Sized>(mut self, text: &T) -> Result<()> {
        let start = self.0.len();
        self.0.push(b'"');
        write!(self, "{text}").map_err(Error::custom)?;
        if self.0.get(start + 1..).is_some_and(is_plain) {
            self.0.extend(b"\",");
            return Ok(());
        }
        self.0.truncate(start);
        self.leave(&text.to_string())
    }

    #[inline]
    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(mut self) -> Result<()> {
        self.put(b"", "null", b",");
        Ok(())
    }

    #[inline]
    fn serialize_unit_variant(mut self, _: &'static str, _: u32, word: &'static str) -> Result<()> {
        self.put(b"\"", word, b"\",");
        Ok(())
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Self> {
        self.0.push(b'[');
        Ok(self)
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Self> {
        self.0.push(b'{');
        Ok(self)
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self> {
        // Such a name tells `serde_json` that there is no object, but JSON or digits that are written already.
        if name.starts_with('$') {
            return Err(Error::custom("answers have no form for what is JSON already"));
        }
        self.serialize_map(None)
    }
}

/// Takes a text in pieces, whatever stands in them.
impl fmt::Write for Writer<'_> {
    #[inline]
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.put(b"", piece, b"");
        Ok(())
    }
}

impl SerializeSeq for Writer<'_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        value.serialize(Writer(self.0))
    }

    #[inline]
    fn end(self) -> Result<()> {
        self.close(b']');
        Ok(())
    }
}

impl SerializeMap for Writer<'_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        let start = self.0.len();
        key.serialize(Writer(self.0))?;
        if self.0.get(start) != Some(&b'"') {
            return Err(Error::custom("answers have only texts for keys"));
        }
        self.replace_comma(b':');
        Ok(())
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        value.serialize(Writer(self.0))
    }

    #[inline]
    fn end(self) -> Result<()> {
        self.close(b'}');
        Ok(())
    }
}

impl SerializeStruct for Writer<'_> {
    type Ok = ();
    type Error = Error;

    // Only within the code of the type is the length of the name known, which saves a tenth of all writing.
    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        self.put(b"\"", name, b"\":");
        value.serialize(Writer(self.0))
    }

    #[inline]
    fn end(self) -> Result<()> {
        self.close(b'}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::value::RawValue;
    use serde_json::{Map, Value};

    use super::*;

    fn check<T: Serialize>(value: &T) {
        let mut json = b"before ".to_vec();
        write(value, &mut json).unwrap();
        assert_eq!(String::from_utf8(json).unwrap(), format!("before {}", serde_json::to_string(value).unwrap()));
    }

    fn check_refused<T: Serialize>(value: &T) {
        let mut json = b"before ".to_vec();
        assert!(write(value, &mut json).is_err(), "{}", String::from_utf8_lossy(&json));
        assert_eq!(json, b"before ");
    }

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        Short,
        OfSeveralWords,
    }

    #[derive(Serialize)]
    #[serde(untagged)]
    enum Either {
        Integers(Vec<i8>),
        Text(String),
    }

    /// A text that is written in pieces.
    struct Pieces<'a>(&'a str);

    impl Serialize for Pieces<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
            serializer.collect_str(&format_args!("/{}/{}", self.0, 12))
        }
    }

    #[derive(Serialize)]
    struct Whole(u16);

    #[derive(Default, Serialize)]
    struct Sample<'a> {
        id: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<bool>,
        #[serde(flatten)]
        scores: BTreeMap<&'a str, i32>,
        #[serde(rename = "type")]
        word: Option<Word>,
        either: Vec<Either>,
        pieces: Option<Pieces<'a>>,
        wholes: Vec<Whole>,
        inner: Option<Box<Sample<'a>>>,
    }

    fn text() -> impl Strategy<Value = String> {
        "([a-z ]{0,9}|\\PC|[\\x00-\\x1f\"\\\\/\\x7f\u{2028}\u{2029}é❤𝗗]){0,8}"
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            text().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            let members = prop::collection::vec((text(), inner.clone()), 0..5);
            prop_oneof![
                prop::collection::vec(inner, 0..5).prop_map(Value::from),
                members.prop_map(|members| Value::from(Map::from_iter(members))),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_bytes_are_those_of_serde_json(value in value()) {
            check(&value);
        }

        #[test]
        fn so_they_are_for_derived_types(id in text(), key in text(), piece in text(), number: i8) {
            let inner = Sample { word: Some(Word::OfSeveralWords), ..Sample::default() };
            check(&Sample {
                id: Some(&id),
                left_out: Some(true),
                scores: [(key.as_str(), number.into()), ("score", -1)].into(),
                word: Some(Word::Short),
                either: vec![Either::Integers(vec![number]), Either::Text(piece.clone()), Either::Integers(Vec::new())],
                pieces: Some(Pieces(&piece)),
                wholes: vec![Whole(0), Whole(u16::MAX)],
                inner: Some(Box::new(inner)),
            });
        }

        #[test]
        fn a_byte_that_must_be_escaped_is_seen_wherever_it_stands(byte: u8, length in 1_usize..50, place: prop::sample::Index) {
            let mut text = vec![b'!'; length];
            text[place.index(length)] = byte;
            prop_assert_eq!(is_plain(&text), byte >= b' ' && byte != b'"' && byte != b'\\');
        }
    }

    #[test]
    fn numbers_that_json_has_not_are_null() {
        check(&[f64::NAN, f64::INFINITY, -0.0, 0.1, 1e300].as_slice());
    }

    #[test]
    fn what_no_answer_has_is_refused_and_leaves_nothing_behind() {
        check_refused(&vec![(1, 2)]);
        check_refused(&vec!['c']);
        check_refused(&BTreeMap::from([(1, "a number for a key")]));
        check_refused(&BTreeMap::from([(None::<&str>, "none")]));
        check_refused(&RawValue::from_string("[1]".into()).unwrap());
    }
}
