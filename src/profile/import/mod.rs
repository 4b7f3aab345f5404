//! Foreign documents taken for profiles. Evidence points into them as they were submitted.

mod json_resume;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Profile, parse};
use crate::wire::Refusal;

/// The format of a submitted document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// The profile document of this service.
    #[default]
    Profile,
    /// JSON Resume, schema 1.x.
    JsonResume,
}

/// Reads a profile from a document of this format.
///
/// # Errors
/// As [`parse`]; pointers lead into the document as submitted.
pub fn read(format: Format, bytes: &[u8]) -> Result<Profile<'_>, Refusal> {
    match format {
        Format::Profile => parse(bytes),
        Format::JsonResume => json_resume::read(bytes),
    }
}
