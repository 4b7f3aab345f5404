//! The person for whom profiles are judged.

use serde::Deserialize as _;
use serde_json::Value;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::document::{FORM, ProfileDocument};
use super::{Profile, WordIndex};
use crate::wire::{self, Complaint, Refusal};

/// The profile of the person for whom others are judged, apart from all rules.
#[derive(Clone, Debug)]
pub struct Owner {
    /// Its name among the owner documents.
    pub id: String,
    /// What tells its revisions apart: `sha256:` and the digest of the document, in hexadecimal.
    pub digest: String,
    /// What stands in it.
    pub profile: Profile<'static>,
    words: WordIndex,
}

impl Owner {
    /// Takes a profile for the owner's and indexes its words, once for all profiles that are judged for them.
    #[must_use]
    pub fn new(id: String, digest: String, profile: Profile<'static>) -> Self {
        Self { id, digest, words: WordIndex::of(&profile), profile }
    }

    /// The words of the profile.
    #[must_use]
    pub fn words(&self) -> &WordIndex {
        &self.words
    }
}

/// An owner document that was read.
#[derive(Debug)]
pub struct OwnerDocument {
    /// What it says, without the fields that it leaves unknown.
    pub document: Value,
    /// The profile in it.
    pub profile: Profile<'static>,
}

/// The fields of a profile that make no sense in an owner document, each with what is said of it.
const MISPLACED: [(&str, &str); 4] = [
    ("id", "is no field of an owner document, which is named by its address"),
    ("as_of", "is no field of an owner document"),
    ("relationship", "is no field of an owner document: it is how others are related to the owner"),
    ("invitation", "is no field of an owner document: it is what passes between the owner and others"),
];

/// Reads an owner document: a profile without `id`, `as_of`, `relationship` and `invitation`.
///
/// ```
/// use entregent::profile::parse_owner;
/// let read = parse_owner(br#"{ "headline": "CTO", "about": null }"#).unwrap();
/// assert_eq!(read.document.to_string(), r#"{"headline":"CTO"}"#);
/// assert!(parse_owner(br#"{"headline": "CTO", "as_of": "2026-11-23"}"#).is_err());
/// ```
///
/// # Errors
/// As [`parse`](super::parse), with a complaint about each field that makes no sense.
pub fn parse_owner(bytes: &[u8]) -> Result<OwnerDocument, Refusal> {
    let read = wire::read::<ProfileDocument<'_>>(bytes, &FORM);
    match (read, misplaced(bytes)) {
        (Ok(document), none) if none.is_empty() => {
            let document = serde_json::to_value(&document).map_err(|error| Refusal::syntax(&error))?;
            owned(document, || wire::complaints(bytes, &FORM))
        }
        (Ok(_), complaints) => Err(Refusal::Invalid(complaints)),
        (Err(Refusal::Invalid(mut complaints)), more) => {
            complaints.extend(more);
            complaints.sort_unstable();
            Err(Refusal::Invalid(complaints))
        }
        (Err(syntax), _) => Err(syntax),
    }
}

/// Complains about the fields that make no sense; about nothing if it is no object.
fn misplaced(bytes: &[u8]) -> Vec<Complaint> {
    let document = wire::value(bytes).unwrap_or_default();
    let is_given = |field: &str| document.get(field).is_some_and(|value| !value.is_null());
    let given = MISPLACED.iter().filter(|(field, _)| is_given(field));
    given.map(|(field, reason)| Complaint::new(format!("/{field}"), *reason)).collect()
}

/// Makes a profile that borrows nothing.
fn owned(document: Value, complaints: impl FnOnce() -> Vec<Complaint>) -> Result<OwnerDocument, Refusal> {
    let typed = ProfileDocument::<'static>::deserialize(document.clone()).map_err(|error| Refusal::syntax(&error))?;
    let profile = Profile::from_document(typed).map_err(|unfit| unfit.into_refusal(complaints))?;
    Ok(OwnerDocument { document, profile })
}

impl PartialSchema for OwnerDocument {
    /// The schema of a profile without the fields that make no sense.
    fn schema() -> RefOr<Schema> {
        let mut schema = <ProfileDocument<'_> as PartialSchema>::schema();
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            for (field, _) in MISPLACED {
                object.properties.remove(field);
            }
            object.description = Some("What is known of the person for whom profiles are judged.".to_owned());
        }
        schema
    }
}

impl ToSchema for OwnerDocument {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        <ProfileDocument<'_> as ToSchema>::schemas(schemas);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(document: &str, expected: &[&str]) {
        let found = match parse_owner(document.as_bytes()) {
            Ok(_) => Vec::new(),
            Err(Refusal::Invalid(complaints)) => complaints.into_iter().map(|found| found.pointer).collect(),
            Err(Refusal::Syntax { .. }) => vec!["syntax".to_owned()],
        };
        assert_eq!(found, expected, "{document}");
    }

    #[test]
    fn an_owner_document_is_a_profile_without_what_concerns_others() {
        check(r#"{"headline": "CTO"}"#, &[]);
        check(r#"{"headline": "CTO", "relationship": null, "id": null}"#, &[]);
        check(r#"{"headline": "CTO", "relationship": {}}"#, &["/relationship"]);
        check(
            r#"{"as_of": "2026-11-23", "headline": 5, "id": "x", "invitation": {"note": 1}}"#,
            &["/as_of", "/headline", "/id", "/invitation", "/invitation/note"],
        );
        check(r#"{"skills": []}"#, &[""]);
        check(r#"["x"]"#, &[""]);
        check(r#"{"headline": "#, &["syntax"]);
        check(&format!(r#"{{"headline": "{}"}}"#, "x".repeat(1001)), &["/headline"]);
    }

    #[test]
    fn the_same_document_reads_the_same_however_it_is_written() {
        let read = |text: &str| parse_owner(text.as_bytes()).unwrap().document.to_string();
        let plain = r#"{"activity":{"connections":2},"headline":"Trésorière"}"#;
        assert_eq!(read(plain), plain);
        assert_eq!(
            read(r#" {"headline": "Tr\u00e9sori\u00e8re", "about": null, "activity": {"connections": 2.0}} "#),
            plain
        );
        assert_ne!(read(r#"{"headline": "Trésorière", "about": ""}"#), plain);
    }

    #[test]
    fn the_schema_lacks_what_makes_no_sense_and_nothing_else() {
        let properties = |schema: Value| schema["properties"].as_object().unwrap().clone();
        let mut expected = properties(wire::json_schema::<ProfileDocument<'_>>());
        for (field, _) in MISPLACED {
            assert!(expected.remove(field).is_some(), "{field}");
        }
        assert_eq!(properties(wire::json_schema::<OwnerDocument>()), expected);
    }
}
