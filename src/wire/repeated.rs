//! Keys that occur twice in an object, which neither a schema nor a [`Value`] shows.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::complaint::{MOST, escaped};

/// The longest JSON Pointer that is kept, in bytes: what is repeated farther from the root is only known to be there.
const LONGEST: usize = 1_000;

/// The keys of a document that occur more than once in one object, of each kind the first hundred.
#[derive(Debug, Default)]
pub(crate) struct Repeated {
    /// Whether there are any.
    pub(crate) any: bool,
    /// JSON Pointers (RFC 6901) to the keys.
    pub(crate) keys: Vec<String>,
    /// The objects that have such keys.
    pub(crate) objects: Vec<RepeatedIn>,
}

/// An object with a key that it has twice.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RepeatedIn {
    /// The JSON Pointer to it.
    pub(crate) pointer: String,
    /// The same with `*` for the number of an item of a list.
    pub(crate) place: String,
}

impl Repeated {
    fn note(&mut self, object: &At<'_>, key: &str, is_first: bool) {
        self.any = true;
        let key = At::Member(object, key);
        if self.keys.len() < MOST && key.length() <= LONGEST {
            self.keys.push(key.pointer(false));
        }
        if is_first && self.objects.len() < MOST && object.length() <= LONGEST {
            self.objects.push(RepeatedIn { pointer: object.pointer(false), place: object.pointer(true) });
        }
    }
}

/// Reads JSON of any form, as `serde_json` does, and tells which keys occur more than once in one object; of their values the
/// last one is read.
///
/// # Errors
/// As of `serde_json`, for what is not JSON.
pub(super) fn value(text: &str) -> serde_json::Result<(Value, Repeated)> {
    let mut repeated = Repeated::default();
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Look { at: &At::Root, repeated: &mut repeated }.deserialize(&mut reader)?;
    reader.end()?;
    Ok((value, repeated))
}

/// Where a value stands; few of these are ever written.
enum At<'p> {
    Root,
    Item(&'p At<'p>, usize),
    Member(&'p At<'p>, &'p str),
}

impl At<'_> {
    /// The JSON Pointer, with `*` in place of the numbers of items when they do not matter.
    fn pointer(&self, is_place: bool) -> String {
        match self {
            Self::Root => String::new(),
            Self::Item(list, _) if is_place => format!("{}/*", list.pointer(is_place)),
            Self::Item(list, index) => format!("{}/{index}", list.pointer(is_place)),
            Self::Member(object, key) => format!("{}/{}", object.pointer(is_place), escaped(key)),
        }
    }

    /// About how long the pointer would be, in bytes.
    fn length(&self) -> usize {
        match self {
            Self::Root => 0,
            Self::Item(list, _) => list.length() + 8,
            Self::Member(object, key) => object.length() + 1 + key.len(),
        }
    }
}

/// Reads a value of any form.
struct Look<'p, 'r> {
    at: &'p At<'p>,
    repeated: &'r mut Repeated,
}

impl<'de> DeserializeSeed<'de> for Look<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let at = At::Item(self.at, list.len());
            match items.next_element_seed(Look { at: &at, repeated: self.repeated })? {
                Some(item) => list.push(item),
                None => return Ok(list.into()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        let mut is_first = true;
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Look { at: &At::Member(self.at, &key), repeated: self.repeated })?;
            match object.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(value);
                }
                Entry::Occupied(mut place) => {
                    self.repeated.note(self.at, place.key(), is_first);
                    is_first = false;
                    place.insert(value);
                }
            }
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{MOST, RepeatedIn, value};

    #[test]
    fn a_key_is_repeated_within_one_object_only() {
        fn check<const COUNT: usize>(text: &str, expected: [&str; COUNT]) {
            let (read, repeated) = value(text).unwrap();
            assert_eq!(
                (repeated.keys.as_slice(), repeated.any),
                (&expected.map(str::to_owned)[..], !expected.is_empty())
            );
            assert_eq!(read, serde_json::from_str::<Value>(text).unwrap());
        }
        check(
            r#"{"a": {"a": 1, "b": [null, {"c/d": 1.5, "c\/d": "x"}]}, "b": -1, "a": {"b": true}}"#,
            ["/a/b/1/c~1d", "/a"],
        );
        check(r#"[{"a": 1}, {"a": 18446744073709551615}, 1e300, 123456789012345678901234567890]"#, []);
    }

    #[test]
    fn an_object_is_told_once_and_by_its_place() {
        let (_, repeated) = value(r#"{"1": [{"a": 1, "a": 2, "a": 3}]}"#).unwrap();
        let object = RepeatedIn { pointer: "/1/0".to_owned(), place: "/1/*".to_owned() };
        assert_eq!(repeated.objects, [object]);
    }

    #[test]
    fn however_much_is_repeated_little_is_kept() {
        let twice = r#""a": 1, "#.repeat(1_000);
        let (_, far) = value(&format!(r#"{{"{}": {{{twice}"a": 1}}}}"#, "k".repeat(10_000))).unwrap();
        assert_eq!((far.any, far.keys.len(), far.objects.len()), (true, 0, 0));
        let long = format!(r#""{}": 1, "#, "k".repeat(10_000)).repeat(2);
        let (_, beside) = value(&format!(r#"{{{long}"a": 1, "a": 1}}"#)).unwrap();
        assert_eq!((beside.keys.as_slice(), beside.objects.len()), (&["/a".to_owned()][..], 1));
        let (_, near) = value(&format!(r#"{{"k": {{{twice}"a": 1}}}}"#)).unwrap();
        assert_eq!((near.any, near.keys.len(), near.objects.len()), (true, MOST, 1));
    }

    #[test]
    fn what_is_no_json_is_told_as_ever() {
        for text in ["", "{", r#"{"a": 1, "a""#, "[1] 2", "1e999", &"[".repeat(200)] {
            let told = value(text).unwrap_err().to_string();
            assert_eq!(told, serde_json::from_str::<Value>(text).unwrap_err().to_string());
        }
    }
}
