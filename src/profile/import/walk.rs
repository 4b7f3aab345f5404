//! Walks from a value of a foreign document to a place of its layout, and reads what may be written there in several ways.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

use super::layout::Texts;
use crate::wire::Strict;

/// A value of the document from which places are walked.
pub(super) struct At<'v> {
    pub(super) value: &'v Value,
    /// JSON Pointer to it.
    pub(super) pointer: String,
    /// The place of the layout that it was found at.
    pub(super) place: String,
}

/// Where the walk to a place ended.
pub(super) struct Reached<'v> {
    pub(super) value: &'v Value,
    pub(super) pointer: String,
    /// How many bytes of the place were walked: all, unless a value stood in the way.
    pub(super) walked: usize,
}

impl<'v> At<'v> {
    /// The object at a place without `*`, if there is one.
    pub(super) fn inside(&self, place: &str) -> Option<Self> {
        let value = self.value.pointer(place).filter(|value| value.is_object())?;
        Some(Self { value, pointer: [&self.pointer, place].concat(), place: [&self.place, place].concat() })
    }

    pub(super) fn reached(from: &At<'_>, place: &str, reached: Reached<'v>) -> Self {
        Self { value: reached.value, pointer: reached.pointer, place: [&from.place, place].concat() }
    }

    /// Walks to a place; what is null or a blank text is not there.
    pub(super) fn reach(&self, place: &str) -> Vec<Reached<'v>> {
        let mut reached = Vec::new();
        walk(self.value, &mut self.pointer.clone(), place, 0, &mut reached);
        reached
    }

    /// Tells whether anything but an empty list stands at any of the places, without reading it.
    pub(super) fn says(&self, texts: Texts) -> bool {
        let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        let is_there = |place: &str| self.reach(place).iter().any(|it| it.walked == place.len() && !is_empty(it.value));
        texts.iter().copied().flatten().any(|place| is_there(place))
    }
}

fn walk<'v>(value: &'v Value, pointer: &mut String, place: &str, walked: usize, found: &mut Vec<Reached<'v>>) {
    if is_absent(value) {
        return;
    }
    let rest = place.get(walked + 1..).unwrap_or_default();
    let name = rest.split('/').next().unwrap_or_default();
    let length = pointer.len();
    let mut step = |value: &'v Value, name: &str, walked: usize| {
        pointer.push('/');
        pointer.push_str(name);
        walk(value, pointer, place, walked, found);
        pointer.truncate(length);
    };
    // How JSON-LD writes a value of which it tells the language or the type.
    if walked == place.len()
        && let Some(inner) = value.get("@value")
    {
        return step(inner, "@value", walked);
    }
    match value {
        _ if walked == place.len() => found.push(Reached { value, pointer: pointer.clone(), walked }),
        Value::Array(items) if name == "*" => {
            items.iter().enumerate().for_each(|(number, item)| step(item, &number.to_string(), walked + 2));
        }
        Value::Object(members) if name != "*" => {
            if let Some(member) = members.get(name) {
                step(member, name, walked + 1 + name.len());
            }
        }
        _ => found.push(Reached { value, pointer: pointer.clone(), walked }),
    }
}

/// Splits a list that is one text; each part with the code point that it begins at.
pub(super) fn split(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut start = 0;
    for part in text.split([',', ';', '\n']) {
        let blank = part.chars().take_while(|letter| letter.is_whitespace()).count();
        let trimmed = part.trim();
        parts.extend((!trimmed.is_empty()).then_some((start + blank, trimmed)));
        start += part.chars().count() + 1;
    }
    parts
}

/// Tells whether a value is as good as absent: null, or a blank text.
pub(super) fn is_absent(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// The text of what may be written as a text or as a whole number.
pub(super) fn written(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.into()),
        other => whole(other).map(|number| number.to_string().into()),
    }
}

/// A whole number, also one that is written with a point.
fn whole(value: &Value) -> Option<i128> {
    i128::deserialize(Strict(value)).ok()
}

/// Tells whether a value is of a type; a whole number may be written in digits.
pub(super) fn is_of(kind: &str, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(_) => false,
        Value::Number(_) => kind == "integer" && whole(value).is_some(),
        Value::String(text) if kind == "integer" => text.trim().bytes().all(|byte| byte.is_ascii_digit()),
        Value::String(_) => kind == "string",
        Value::Array(_) => kind == "array",
        Value::Object(_) => kind == "object",
    }
}
