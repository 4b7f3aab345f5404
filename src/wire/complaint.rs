//! The second pass: a document against its schema, all complaints at once.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{ValidationError, Validator};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::entries::REPEATED;
use super::near::nearest;
use super::repeated::{self, Repeated};
use super::{Complaint, Refusal, Strict, json_schema};

/// Complaints beyond this many are not listed: the first hundred keep an author busy.
pub(crate) const MOST: usize = 100;

/// The form of a kind of document: the schema that the API publishes for it, ready to be held against documents.
#[derive(Debug)]
pub struct Form {
    schema: Value,
    validator: Validator,
}

/// Who is told what is wrong with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// Whoever may read an answer or a log: no unknown key is repeated.
    Anybody,
    /// Whoever has the document before them: keys are named, each at its own place.
    Author,
}

impl Form {
    /// The form of a document type.
    ///
    /// # Panics
    /// Never for the types of this crate: a test compiles every schema.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the schema is generated from our own types and compiled in a test")]
    pub fn of<T: ToSchema>() -> Self {
        let schema = json_schema::<T>();
        let validator = jsonschema::draft202012::new(&schema).expect("a generated schema is valid");
        Self { schema, validator }
    }

    /// The fields of the object that an error of unknown fields is about, without those that it has.
    fn missing_fields(&self, error: &ValidationError<'_>) -> Vec<&str> {
        let object = error.schema_path().as_str().strip_suffix("/additionalProperties").unwrap_or_default();
        let fields = self.schema.pointer(object).and_then(|object| object.get("properties")?.as_object());
        let is_missing = |field: &&str| error.instance().get(field).is_none();
        fields.into_iter().flat_map(|fields| fields.keys().map(String::as_str)).filter(is_missing).collect()
    }
}

/// Says all that is wrong with a document that the typed pass refused.
///
/// The typed pass ends at the first fault of form; the JSON may yet be broken behind it.
pub(super) fn refusal<'a, T: Deserialize<'a>>(text: &'a str, form: &Form, audience: Audience) -> Refusal {
    // Where keys are repeated is told to authors alone.
    let read = match audience {
        Audience::Author => repeated::value(text),
        Audience::Anybody => serde_json::from_str(text).map(|value| (value, Repeated::default())),
    };
    let (value, repeated) = match read {
        Ok(read) => read,
        Err(error) => return Refusal::syntax(&error),
    };
    let mut complaints = of_schema(&value, form, audience);
    if audience == Audience::Author {
        complaints.extend(repeated.keys.into_iter().map(|pointer| Complaint::new(pointer, "occurs twice")));
        in_order(&mut complaints);
    }
    if complaints.is_empty() {
        // What no schema sees, such as a key given twice.
        complaints.push(of_types::<T>(text));
    }
    Refusal::Invalid(complaints)
}

/// Lists what a schema has against a value.
pub(super) fn of_schema(value: &Value, form: &Form, audience: Audience) -> Vec<Complaint> {
    let errors = form.validator.iter_errors(value);
    let mut complaints: Vec<_> = errors.flat_map(|error| of_error(&error, form, audience)).take(MOST).collect();
    in_order(&mut complaints);
    complaints
}

fn in_order(complaints: &mut Vec<Complaint>) {
    complaints.sort_unstable();
    complaints.dedup();
}

/// Where the schema allows several forms, what the one that is meant has against the value counts: the one that is not
/// null, or else the one of the value's type.
fn of_error(error: &ValidationError<'_>, form: &Form, audience: Audience) -> Vec<Complaint> {
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
    let pointer = error.instance_path().as_str();
    match (meant, error.kind()) {
        (Some(errors), _) => errors.iter().flat_map(|error| of_error(error, form, audience)).collect(),
        (None, Kind::AdditionalProperties { unexpected }) => {
            of_unknown(pointer, unexpected, &form.missing_fields(error), audience)
        }
        (None, _) => vec![Complaint::new(pointer, reason(error))],
    }
}

/// Complains about unknown fields of one object; a field that it may have and that is spelt nearly so is named.
fn of_unknown(pointer: &str, unknown: &[String], fields: &[&str], audience: Audience) -> Vec<Complaint> {
    let meant = |key: &String| nearest(key, fields.iter().copied());
    let hint = |names: &[&str]| match names {
        [] => String::new(),
        names => format!("; did you mean `{}`?", names.join("`, `")),
    };
    match audience {
        Audience::Author => unknown
            .iter()
            .map(|key| {
                let hint = hint(meant(key).as_slice());
                Complaint::new(format!("{pointer}/{}", escaped(key)), format!("is the unknown field `{key}`{hint}"))
            })
            .collect(),
        Audience::Anybody => {
            let mut names: Vec<&str> = unknown.iter().filter_map(meant).collect();
            names.sort_unstable();
            names.dedup();
            let unknown = match unknown.len() {
                1 => UNKNOWN_FIELD.to_owned(),
                count => format!("has {count} unknown fields"),
            };
            vec![Complaint::new(pointer, unknown + &hint(&names))]
        }
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

const UNKNOWN_FIELD: &str = "has an unknown field";
const WRONG_FORM: &str = "has a wrong form";

/// How serde begins what it says of an unknown key.
const UNKNOWN: &str = "unknown field ";

/// How serde begins what it says of a field that is given twice.
const DUPLICATE: &str = "duplicate field ";

fn of_types<'a, T: Deserialize<'a>>(text: &'a str) -> Complaint {
    let reader = &mut serde_json::Deserializer::from_str(text);
    let Err(error) = serde_path_to_error::deserialize::<_, T>(Strict(reader)) else {
        return Complaint::new("", WRONG_FORM);
    };
    let mut segments: Vec<_> = error.path().iter().map(segment).collect();
    let said = error.inner().to_string();
    let reason = if said.starts_with(UNKNOWN) {
        // The path ends with the unknown key, which is not repeated.
        segments.pop();
        UNKNOWN_FIELD
    } else if said.starts_with(DUPLICATE) || said.starts_with(REPEATED) {
        REPEATED
    } else {
        WRONG_FORM
    };
    Complaint::new(segments.concat(), reason)
}

fn segment(segment: &serde_path_to_error::Segment) -> String {
    match segment {
        serde_path_to_error::Segment::Seq { index } => format!("/{index}"),
        serde_path_to_error::Segment::Map { key } => format!("/{}", escaped(key)),
        _ => String::new(),
    }
}

/// A key as it stands in a JSON Pointer.
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Says what is wrong in words that quote the schema, never the document.
fn reason(error: &ValidationError<'_>) -> String {
    match error.kind() {
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
