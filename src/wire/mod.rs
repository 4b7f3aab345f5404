//! JSON documents on their way in: one typed pass, and only when it fails a second one that collects every complaint; and
//! answers on their way out.
//!
//! No complaint repeats a value or an unknown key: what a person sent never reaches an error or a log. Only the author of a
//! file is told, on the command line, which of its keys are wrong.

mod syntax;
mod complaint;
mod near;
mod repeated;
mod strict;
mod schema;
mod entries;
mod json;

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use complaint::Audience;
pub use complaint::Form;
pub(crate) use complaint::{MOST as MOST_COMPLAINTS, escaped};
pub use entries::Entries;
pub(crate) use entries::REPEATED;
pub(crate) use json::write;
pub(crate) use repeated::Repeated;
pub use schema::json_schema;
pub use strict::Strict;
pub(crate) use syntax::{is_blank, text, without_mark};

/// Something wrong with a document, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct Complaint {
    /// JSON Pointer (RFC 6901) into the document as it was sent; empty for the whole.
    #[schema(example = "/positions/0/started_on")]
    pub pointer: String,
    /// What is wrong, without quoting the value.
    #[schema(example = "is not a date of the required form")]
    pub reason: String,
}

impl Complaint {
    /// Complains about what stands at `pointer`.
    pub fn new(pointer: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), reason: reason.into() }
    }
}

/// Why a document is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not JSON; line and column count from one, from behind a byte order mark.
    Syntax {
        /// The line of the fault.
        line: usize,
        /// The column of the fault, in bytes.
        column: usize,
        /// What the fault is: one of the sentences of this crate, and so no part of the document.
        reason: &'static str,
    },
    /// It is JSON, but not a document of this kind; never empty.
    Invalid(Vec<Complaint>),
}

impl Refusal {
    /// The refusal of what is not JSON.
    pub(crate) fn syntax(error: &serde_json::Error) -> Self {
        syntax::refusal(error)
    }

    /// The same refusal, of a document that stands at `pointer` inside another.
    #[must_use]
    pub fn inside(mut self, pointer: &str) -> Self {
        if let Self::Invalid(complaints) = &mut self {
            complaints.iter_mut().for_each(|complaint| complaint.pointer.insert_str(0, pointer));
        }
        self
    }
}

impl fmt::Display for Refusal {
    /// Says it to whoever sent the document; of complaints, that there are some.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { line, column, reason } => write!(out, "no JSON from line {line}, column {column}: {reason}"),
            Self::Invalid(_) => out.write_str("see `errors` for the places"),
        }
    }
}

/// Reads a document in one typed pass. Its form is made ready when a document is refused, and not before.
///
/// # Errors
/// [`Refusal::Syntax`] for what is not UTF-8 or not JSON, [`Refusal::Invalid`] with all complaints for the rest.
pub fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8], form: &LazyLock<Form>) -> Result<T, Refusal> {
    let text = text(bytes)?;
    typed(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => complaint::refusal::<T>(text, form, Audience::Anybody),
        _ => Refusal::syntax(&error),
    })
}

/// Reads JSON of any form.
///
/// # Errors
/// [`Refusal::Syntax`] for what is not UTF-8 or not JSON.
pub(crate) fn value(bytes: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_str(text(bytes)?).map_err(|error| Refusal::syntax(&error))
}

/// As [`value`], with the keys that occur more than once in one object.
///
/// # Errors
/// As [`value`].
pub(crate) fn value_and_repeated(bytes: &[u8]) -> Result<(Value, Repeated), Refusal> {
    repeated::value(text(bytes)?).map_err(|error| Refusal::syntax(&error))
}

/// The typed pass, as strict as the schema.
fn typed<'a, T: Deserialize<'a>>(text: &'a str) -> serde_json::Result<T> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let document = T::deserialize(Strict(&mut reader))?;
    reader.end()?;
    Ok(document)
}

/// Lists every complaint that the schema has about a document which the typed pass could read.
#[must_use]
pub fn complaints(bytes: &[u8], form: &Form) -> Vec<Complaint> {
    value(bytes).map(|value| complaints_about(&value, form)).unwrap_or_default()
}

/// Lists every complaint that the schema has about JSON.
#[must_use]
pub fn complaints_about(json: &Value, form: &Form) -> Vec<Complaint> {
    complaint::of_schema(json, form, Audience::Anybody)
}

/// Says to its author why a document is refused that [`read`] refuses: unknown keys, and those that occur twice, are named.
#[must_use]
pub fn refusal_to_author<'a, T: Deserialize<'a>>(bytes: &'a [u8], form: &Form) -> Refusal {
    text(bytes).map_or_else(|refusal| refusal, |text| complaint::refusal::<T>(text, form, Audience::Author))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_document_that_can_be_read_is_not_made_ready() {
        static FORM: LazyLock<Form> = LazyLock::new(|| panic!("nobody needs it"));
        assert_eq!(read::<u8>(b"1", &FORM), Ok(1));
        assert!(matches!(read::<u8>(b"1 x", &FORM), Err(Refusal::Syntax { .. })));
    }
}
