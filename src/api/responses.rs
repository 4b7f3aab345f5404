//! The problems that operations document, from the one table of codes.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};

use crate::api::problem::{Code, MEDIA_TYPE};

/// What an operation that is open to everybody may refuse with.
pub(super) struct OpenRefusals;

/// What an operation that needs access may refuse with.
pub(super) struct Refusals;

/// What an operation that reads a document may refuse with.
pub(super) struct DocumentRefusals;

const ALWAYS: [Code; 4] = [Code::MalformedRequest, Code::ForeignHost, Code::MethodNotAllowed, Code::Internal];

const FOR_ACCESS: [Code; 1] = [Code::KeyRequired];

const FOR_DOCUMENTS: [Code; 8] = [
    Code::InvalidSyntax,
    Code::InvalidQuery,
    Code::ForeignOrigin,
    Code::UnknownRuleSet,
    Code::RequestTimeout,
    Code::BodyTooLarge,
    Code::UnsupportedMediaType,
    Code::InvalidDocument,
];

impl IntoResponses for OpenRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        describe(ALWAYS.into_iter())
    }
}

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        describe(ALWAYS.into_iter().chain(FOR_ACCESS))
    }
}

impl IntoResponses for DocumentRefusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        describe(ALWAYS.into_iter().chain(FOR_ACCESS).chain(FOR_DOCUMENTS))
    }
}

fn describe(codes: impl Iterator<Item = Code>) -> BTreeMap<String, RefOr<Response>> {
    let mut meanings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (code, status, title) in codes.map(Code::row) {
        meanings.entry(status.as_str().to_owned()).or_default().push(format!("`{code}`: {title}."));
    }
    meanings.into_iter().map(|(status, meanings)| (status, RefOr::T(problem(meanings.join(" "))))).collect()
}

fn problem(description: String) -> Response {
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    ResponseBuilder::new().description(description).content(MEDIA_TYPE, content).build()
}
