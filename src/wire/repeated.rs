//! Keys that occur twice in an object, which neither a schema nor a [`Value`](serde_json::Value) shows.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::complaint::escaped;

/// Lists the JSON Pointers of all keys that occur more than once in one object of a JSON text.
pub(super) fn repeated(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let look = Look { at: String::new(), found: &mut found };
    // A fault of syntax was told before.
    look.deserialize(&mut serde_json::Deserializer::from_str(text)).ok();
    found
}

/// Reads a value of any form, which stands at a pointer.
struct Look<'f> {
    at: String,
    found: &'f mut Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0_usize;
        while items.next_element_seed(Look { at: format!("{}/{index}", self.at), found: self.found })?.is_some() {
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            let at = format!("{}/{}", self.at, escaped(&key));
            if !seen.insert(key) {
                self.found.push(at.clone());
            }
            entries.next_value_seed(Look { at, found: self.found })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn a_key_is_repeated_within_one_object_only() {
        let text = r#"{"a": {"a": 1, "b": [null, {"c/d": 1.5, "c\/d": "x"}]}, "b": -1, "a": true}"#;
        assert_eq!(repeated(text), ["/a/b/1/c~1d", "/a"]);
        assert!(repeated(r#"[{"a": 1}, {"a": 1}]"#).is_empty());
    }
}
