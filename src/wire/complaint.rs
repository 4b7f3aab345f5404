//! The second pass: a document against its schema, all complaints at once.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{ValidationError, Validator};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{Complaint, Refusal, Strict, json_schema};

/// Complaints beyond this many are not listed: the first hundred keep an author busy.
pub(crate) const MOST: usize = 100;

/// Builds the validator of a document type from the schema that the API publishes for it.
///
/// # Panics
/// Never for the types of this crate: a test compiles every schema.
#[must_use]
#[expect(clippy::expect_used, reason = "the schema is generated from our own types and compiled in a test")]
pub fn validator<T: ToSchema>() -> Validator {
    jsonschema::draft202012::new(&json_schema::<T>()).expect("a generated schema is valid")
}

/// Says all that is wrong with a document that the typed pass refused.
///
/// The typed pass ends at the first fault of form; the JSON may yet be broken behind it.
pub(super) fn refusal<'a, T: Deserialize<'a>>(text: &'a str, validator: &Validator) -> Refusal {
    let mut complaints = match serde_json::from_str(text) {
        Ok(value) => of_schema(&value, validator),
        Err(error) => return Refusal::syntax(&error),
    };
    if complaints.is_empty() {
        // What no schema sees: a key given twice, a fraction written where a whole number stands.
        complaints.push(of_types::<T>(text));
    }
    Refusal::Invalid(complaints)
}

/// Lists what a schema has against a value.
pub(super) fn of_schema(value: &Value, validator: &Validator) -> Vec<Complaint> {
    let mut complaints: Vec<_> = validator.iter_errors(value).flat_map(|error| of_error(&error)).take(MOST).collect();
    complaints.sort_unstable();
    complaints.dedup();
    complaints
}

/// Where the schema allows several forms, what the one that is meant has against the value counts: the one that is not
/// null, or else the one of the value's type.
fn of_error(error: &ValidationError<'_>) -> Vec<Complaint> {
    let forms = match error.kind() {
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => context.as_slice(),
        _ => &[],
    };
    let not_null = |errors: &&Vec<ValidationError<'_>>| {
        !errors.iter().any(|error| matches!(error.kind(), Kind::Type { kind } if is_null(kind)))
    };
    let of_this_type = |errors: &&Vec<ValidationError<'_>>| {
        let is_here = |inner: &ValidationError<'_>| inner.instance_path() == error.instance_path();
        !errors.iter().any(|inner| matches!(inner.kind(), Kind::Type { .. }) && is_here(inner))
    };
    let meant = only(forms.iter().filter(not_null)).or_else(|| only(forms.iter().filter(of_this_type)));
    match meant {
        Some(errors) => errors.iter().flat_map(of_error).collect(),
        None => vec![Complaint::new(error.instance_path().as_str(), reason(error))],
    }
}

/// The one item, when there is just one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next();
    if items.next().is_none() { first } else { None }
}

fn is_null(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Single(one) if one.to_string() == "null")
}

/// How serde begins what it says of an unknown key.
const UNKNOWN: &str = "unknown field ";

fn of_types<'a, T: Deserialize<'a>>(text: &'a str) -> Complaint {
    let reader = &mut serde_json::Deserializer::from_str(text);
    let pointer = match serde_path_to_error::deserialize::<_, T>(Strict(reader)) {
        Ok(_) => String::new(),
        Err(error) => {
            let mut segments: Vec<_> = error.path().iter().map(segment).collect();
            if error.inner().to_string().starts_with(UNKNOWN) {
                // The path ends with the unknown key, which is not repeated.
                segments.pop();
            }
            segments.concat()
        }
    };
    Complaint::new(pointer, "has a wrong form, or a key that occurs twice")
}

fn segment(segment: &serde_path_to_error::Segment) -> String {
    match segment {
        serde_path_to_error::Segment::Seq { index } => format!("/{index}"),
        serde_path_to_error::Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        _ => String::new(),
    }
}

/// Says what is wrong in words that quote the schema, never the document.
fn reason(error: &ValidationError<'_>) -> String {
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => match unexpected.len() {
            1 => "has an unknown field".into(),
            count => format!("has {count} unknown fields"),
        },
        Kind::PropertyNames { .. } => "has a key of a wrong form: names match [a-z0-9][a-z0-9-]{0,63}".into(),
        Kind::Required { property } => format!("misses the field `{}`", property.as_str().unwrap_or_default()),
        Kind::Type { kind } => match kind {
            TypeKind::Single(one) => format!("is not of type {one}"),
            TypeKind::Multiple(many) => {
                let names: Vec<_> = many.iter().map(|one| one.to_string()).filter(|name| name != "null").collect();
                format!("is not of type {}", names.join(" or "))
            }
        },
        Kind::Enum { options } => format!("is none of {options}"),
        Kind::MaxLength { limit } => format!("is longer than {limit} characters"),
        Kind::MinLength { limit } => format!("is shorter than {limit} characters"),
        Kind::MaxItems { limit } => format!("holds more than {limit} items"),
        Kind::MinItems { limit } => format!("holds fewer than {limit} items"),
        Kind::MaxProperties { limit } => format!("holds more than {limit} entries"),
        Kind::MinProperties { limit } => format!("holds fewer than {limit} entries"),
        Kind::Maximum { limit } => format!("is more than {limit}"),
        Kind::Minimum { limit } => format!("is less than {limit}"),
        Kind::Pattern { pattern } if pattern.contains("0[1-9]") => "is not a date of the required form".into(),
        Kind::Pattern { pattern } => format!("does not match {pattern}"),
        _ => "has none of the allowed forms".into(),
    }
}
