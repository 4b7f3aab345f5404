//! Foreign documents taken for profiles. Evidence points into them as they were submitted.
//!
//! A JSON form is a table of places (`layout`), and one reader serves all of them. Names of persons are in no table.

mod layout;
mod html;
mod walk;
mod dates;
mod counts;
mod reader;
mod json_resume;
mod crm_record;
mod enrichment;
mod schema_org;
pub mod linkedin;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::reader::Reader;
use super::document::MEMBERS;
use super::{Profile, parse};
use crate::wire::{self, Complaint, Refusal};

/// The format of a submitted document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// The profile document of this service.
    #[default]
    Profile,
    /// JSON Resume, schema 1.x.
    JsonResume,
    /// The flat record of a CRM: HubSpot, Salesforce, Pipedrive, django-crm and others that name their fields alike.
    CrmRecord,
    /// LinkedIn-like JSON of an enrichment service or a scraper.
    Enrichment,
    /// A `Person` of schema.org, in JSON-LD.
    SchemaOrg,
    /// Whichever of these the members of the document show it to be.
    Auto,
}

/// The forms that are told by a member, in the order in which they are looked for.
const MARKS: [(Format, &[&str]); 4] = [
    (Format::JsonResume, &["basics"]),
    (Format::SchemaOrg, schema_org::MARKS),
    (Format::Enrichment, enrichment::MARKS),
    (Format::CrmRecord, crm_record::MARKS),
];

/// Reads a profile from a document of this format.
///
/// ```
/// use entregent::profile::import::{Format, read};
/// let profile = read(Format::Auto, br#"{"jobtitle": "Treasurer", "company": "Acme"}"#).unwrap();
/// assert_eq!(profile.format(), Some(Format::CrmRecord));
/// ```
///
/// # Errors
/// As [`parse`]; pointers lead into the document as submitted.
pub fn read(format: Format, bytes: &[u8]) -> Result<Profile<'_>, Refusal> {
    let layout = match format {
        Format::Profile => return parse(bytes),
        Format::JsonResume => &json_resume::LAYOUT,
        Format::CrmRecord => &crm_record::LAYOUT,
        Format::Enrichment => &enrichment::LAYOUT,
        Format::SchemaOrg => &schema_org::LAYOUT,
        Format::Auto => return read(recognise(bytes)?, bytes),
    };
    let (mut document, repeated) = wire::value_and_repeated(bytes)?;
    let mut reader = Reader::new(layout);
    reader.refuse(&repeated);
    let document = reader.document(&mut document);
    if !reader.complaints.is_empty() {
        return Err(Refusal::Invalid(reader.complaints));
    }
    let profile = Profile::from_document(document).map_err(|unfit| unfit.into_refusal(Vec::new))?;
    Ok(profile.imported(Some(format), reader.origins).holding(&reader.held))
}

/// Tells the format of a document by the names of its members.
///
/// One that has no others than a profile document is one. Otherwise a form is taken when the document has a member that only
/// this form knows.
fn recognise(bytes: &[u8]) -> Result<Format, Refusal> {
    let document = wire::value(bytes)?;
    let Some(members) = document.as_object().filter(|it| it.keys().any(|name| !MEMBERS.contains(&name.as_str())))
    else {
        return Ok(Format::Profile);
    };
    let marked = MARKS.iter().find(|(_, marks)| marks.iter().any(|mark| members.contains_key(*mark)));
    let unknown = || Refusal::Invalid(vec![Complaint::new("", "is of no known form: name it with `format`")]);
    marked.map(|(format, _)| *format).ok_or_else(unknown)
}

#[cfg(test)]
mod tests;
