//! JSON documents on their way in: one typed pass, and only when it fails a second one that collects every complaint; and
//! answers on their way out.
//!
//! No complaint repeats a value or an unknown key: what a person sent never reaches an error or a log.

mod complaint;
mod entries;
mod json;
mod schema;
mod strict;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use complaint::MOST as MOST_COMPLAINTS;
pub use complaint::validator;
pub use entries::Entries;
pub(crate) use json::write;
pub use schema::json_schema;
pub use strict::Strict;

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
    /// It is not JSON; line and column count from one.
    Syntax {
        /// The line of the fault.
        line: usize,
        /// The column of the fault, in bytes.
        column: usize,
    },
    /// It is JSON, but not a document of this kind; never empty.
    Invalid(Vec<Complaint>),
}

impl Refusal {
    /// The refusal of what is not JSON.
    pub(crate) fn syntax(error: &serde_json::Error) -> Self {
        Self::Syntax { line: error.line(), column: error.column() }
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

/// Reads a document in one typed pass.
///
/// # Errors
/// [`Refusal::Syntax`] for what is not UTF-8 or not JSON, [`Refusal::Invalid`] with all complaints for the rest.
pub fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8], validator: &jsonschema::Validator) -> Result<T, Refusal> {
    let text = simdutf8::compat::from_utf8(bytes).map_err(|error| syntax_at(bytes, error.valid_up_to()))?;
    typed(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => complaint::refusal::<T>(text, validator),
        _ => Refusal::syntax(&error),
    })
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
pub fn complaints(bytes: &[u8], validator: &jsonschema::Validator) -> Vec<Complaint> {
    serde_json::from_slice(bytes).map(|value| complaints_about(&value, validator)).unwrap_or_default()
}

/// Lists every complaint that the schema has about JSON.
#[must_use]
pub fn complaints_about(json: &serde_json::Value, validator: &jsonschema::Validator) -> Vec<Complaint> {
    complaint::of_schema(json, validator)
}

fn syntax_at(bytes: &[u8], at: usize) -> Refusal {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count() + 1;
    Refusal::Syntax { line, column }
}
