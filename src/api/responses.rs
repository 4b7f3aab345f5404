//! The problems that operations document, from the one table of codes.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::IntoResponses;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};

use crate::api::problem::{Code, Failure, MEDIA_TYPE};
use crate::wire::{Complaint, Refusal};

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
    let mut statuses: BTreeMap<String, Vec<Code>> = BTreeMap::new();
    for code in codes {
        statuses.entry(code.row().1.as_str().to_owned()).or_default().push(code);
    }
    statuses.into_iter().map(|(status, codes)| (status, RefOr::T(problem(&codes)))).collect()
}

fn problem(codes: &[Code]) -> Response {
    let meanings = codes.iter().map(|code| code.row()).map(|(code, _, title)| format!("`{code}`: {title}."));
    let mut content = Content::new(Some(Ref::from_schema_name("Problem")));
    content.example = codes.first().and_then(|&code| example(code));
    ResponseBuilder::new().description(meanings.collect::<Vec<_>>().join(" ")).content(MEDIA_TYPE, content).build()
}

fn example(code: Code) -> Option<Value> {
    let failure = match code {
        Code::InvalidDocument => Refusal::Invalid(vec![Complaint::new("/headline", "is not of type string")]).into(),
        _ => Failure::new(code, "a sentence about the request"),
    };
    serde_json::to_value(failure.problem(Some("0199f2a0-7c3e-7d52-9a44-3b1f0c5d8e21"))).ok()
}
