//! Keys that occur twice in an object, which neither a schema nor a [`Value`] shows.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::complaint::escaped;

/// Reads JSON of any form, as `serde_json` does, and the JSON Pointers of all keys that occur more than once in one object;
/// of their values the last one is read.
///
/// # Errors
/// As of `serde_json`, for what is not JSON.
pub(super) fn value(text: &str) -> serde_json::Result<(Value, Vec<String>)> {
    let mut repeated = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Look { at: &At::Root, repeated: &mut repeated }.deserialize(&mut reader)?;
    reader.end()?;
    Ok((value, repeated))
}

/// Where a value stands; only the pointer to a key that is repeated is ever written.
enum At<'p> {
    Root,
    Item(&'p At<'p>, usize),
    Member(&'p At<'p>, &'p str),
}

impl At<'_> {
    fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Item(list, index) => format!("{}/{index}", list.pointer()),
            Self::Member(object, key) => format!("{}/{}", object.pointer(), escaped(key)),
        }
    }
}

/// Reads a value of any form.
struct Look<'p, 'r> {
    at: &'p At<'p>,
    repeated: &'r mut Vec<String>,
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
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Look { at: &At::Member(self.at, &key), repeated: self.repeated })?;
            match object.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(value);
                }
                Entry::Occupied(mut place) => {
                    self.repeated.push(At::Member(self.at, place.key()).pointer());
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

    use super::value;

    #[test]
    fn a_key_is_repeated_within_one_object_only() {
        let check = |text: &str, expected: &[&str]| {
            let (read, repeated) = value(text).unwrap();
            assert_eq!(repeated, expected);
            assert_eq!(read, serde_json::from_str::<Value>(text).unwrap());
        };
        check(
            r#"{"a": {"a": 1, "b": [null, {"c/d": 1.5, "c\/d": "x"}]}, "b": -1, "a": {"b": true}}"#,
            &["/a/b/1/c~1d", "/a"],
        );
        check(r#"[{"a": 1}, {"a": 18446744073709551615}, 1e300, 123456789012345678901234567890]"#, &[]);
    }

    #[test]
    fn what_is_no_json_is_told_as_ever() {
        for text in ["", "{", r#"{"a": 1, "a""#, "[1] 2", "1e999", &"[".repeat(200)] {
            let told = value(text).unwrap_err().to_string();
            assert_eq!(told, serde_json::from_str::<Value>(text).unwrap_err().to_string());
        }
    }
}
