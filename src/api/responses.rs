//! The problems that operations document, from the one table of codes.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};

use crate::api::problem::{Code, MEDIA_TYPE};

/// What an operation that is open to everybody may refuse with.
pub(super) struct OpenRefusals;

/// What the question whether profiles can be scored may be refused with.
pub(super) struct ReadinessRefusals;

/// What an operation that needs access may refuse with.
pub(super) struct Refusals;

/// What an operation that scores may refuse with.
pub(super) struct ScoreRefusals;

/// What the list of rule sets may be refused with.
pub(super) struct ListRefusals;

/// What an operation that reads a rule set may refuse with.
pub(super) struct ReadRefusals;

/// What an operation that changes a rule set without a document may refuse with.
pub(super) struct ChangeRefusals;

/// What an operation that publishes a document may refuse with.
pub(super) struct PublishRefusals;

/// What an operation that looks at a document and keeps nothing may refuse with.
pub(super) struct CheckRefusals;

const ALWAYS: [Code; 4] = [Code::MalformedRequest, Code::ForeignHost, Code::MethodNotAllowed, Code::Internal];

const ACCESS: [Code; 1] = [Code::KeyRequired];

const DOCUMENT: [Code; 6] = [
    Code::InvalidSyntax,
    Code::ForeignOrigin,
    Code::RequestTimeout,
    Code::BodyTooLarge,
    Code::UnsupportedMediaType,
    Code::InvalidDocument,
];

const QUERY: [Code; 1] = [Code::InvalidQuery];

/// A rule set that is wanted may not be there, or not be usable.
const STORED: [Code; 5] =
    [Code::UnknownRuleSet, Code::DeletedRuleSet, Code::UnusableRuleSet, Code::DamagedRecord, Code::StoreUnavailable];

const NAMED: [Code; 1] = [Code::InvalidPath];

const WRITTEN: [Code; 4] = [Code::ForeignOrigin, Code::ProtectedRuleSet, Code::PreconditionFailed, Code::StoreFull];

const PUBLISHED: [Code; 3] = [Code::NothingActive, Code::TooManyRuleSets, Code::InvalidRuleSet];

macro_rules! refusals {
    ($($operation:ident: $($codes:expr),+;)+) => {$(
        impl IntoResponses for $operation {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                describe(&[&ALWAYS as &[Code], $(&$codes),+])
            }
        }
    )+};
}

refusals! {
    OpenRefusals: [];
    ReadinessRefusals: [Code::NotReady];
    Refusals: ACCESS;
    ScoreRefusals: ACCESS, DOCUMENT, QUERY, STORED;
    ListRefusals: ACCESS, QUERY;
    ReadRefusals: ACCESS, QUERY, NAMED, STORED;
    ChangeRefusals: ACCESS, NAMED, STORED, WRITTEN;
    PublishRefusals: ACCESS, DOCUMENT, QUERY, NAMED, STORED, WRITTEN, PUBLISHED;
    CheckRefusals: ACCESS, DOCUMENT;
}

fn describe(codes: &[&[Code]]) -> BTreeMap<String, RefOr<Response>> {
    let mut meanings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (code, status, title) in codes.iter().copied().flatten().copied().map(Code::row) {
        let known = meanings.entry(status.as_str().to_owned()).or_default();
        let meaning = format!("`{code}`: {title}.");
        if !known.contains(&meaning) {
            known.push(meaning);
        }
    }
    meanings.into_iter().map(|(status, meanings)| (status, RefOr::T(problem(meanings.join(" "))))).collect()
}

fn problem(description: String) -> Response {
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    ResponseBuilder::new().description(description).content(MEDIA_TYPE, content).build()
}
