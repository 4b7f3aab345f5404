//! The problems that operations document, from the one table of codes.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::IntoResponses;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::{Content, Header, Object, Ref, RefOr, Response, ResponseBuilder, Type};

use crate::api::problem::{Code, Failure, MEDIA_TYPE};
use crate::wire::{Complaint, Refusal};

/// What an operation that is open to everybody may refuse with.
pub(super) struct OpenRefusals;

/// What the question whether profiles can be scored may be refused with.
pub(super) struct ReadinessRefusals;

/// What an operation that needs access may refuse with.
pub(super) struct Refusals;

/// What an operation that scores may refuse with.
pub(super) struct ScoreRefusals;

/// What a list of what there is may be refused with.
pub(super) struct ListRefusals;

/// What an operation that reads a rule set may refuse with.
pub(super) struct ReadRefusals;

/// What an operation that changes a rule set without a document may refuse with.
pub(super) struct ChangeRefusals;

/// What an operation that publishes a document may refuse with.
pub(super) struct PublishRefusals;

/// What an operation that looks at a document and keeps nothing may refuse with.
pub(super) struct CheckRefusals;

/// What an operation that reads an owner document may refuse with.
pub(super) struct OwnerReadRefusals;

/// What an operation that keeps an owner document may refuse with.
pub(super) struct OwnerPutRefusals;

/// What an operation that erases an owner document may refuse with.
pub(super) struct OwnerEraseRefusals;

/// Of an evaluation.
pub(super) struct EvaluationRefusals;

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

/// So may an owner document.
const OWNER: [Code; 1] = [Code::UnknownOwner];

const KEPT: [Code; 2] = [Code::DamagedRecord, Code::StoreUnavailable];

const NAMED: [Code; 1] = [Code::InvalidPath];

const WRITTEN: [Code; 4] = [Code::ForeignOrigin, Code::ProtectedRuleSet, Code::PreconditionFailed, Code::StoreFull];

const OWNER_WRITTEN: [Code; 3] = [Code::ForeignOrigin, Code::PreconditionFailed, Code::StoreFull];

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
    ScoreRefusals: ACCESS, DOCUMENT, QUERY, STORED, OWNER;
    ListRefusals: ACCESS, QUERY;
    ReadRefusals: ACCESS, QUERY, NAMED, STORED;
    ChangeRefusals: ACCESS, NAMED, STORED, WRITTEN;
    PublishRefusals: ACCESS, DOCUMENT, QUERY, NAMED, STORED, WRITTEN, PUBLISHED;
    CheckRefusals: ACCESS, DOCUMENT;
    OwnerReadRefusals: ACCESS, NAMED, OWNER, KEPT;
    OwnerPutRefusals: ACCESS, DOCUMENT, NAMED, KEPT, OWNER_WRITTEN, [Code::TooManyOwners];
    OwnerEraseRefusals: ACCESS, NAMED, OWNER, KEPT, OWNER_WRITTEN;
    EvaluationRefusals: ACCESS, DOCUMENT, NAMED, STORED, [Code::Overloaded];
}

fn describe(codes: &[&[Code]]) -> BTreeMap<String, RefOr<Response>> {
    let mut statuses: BTreeMap<String, Vec<Code>> = BTreeMap::new();
    for &code in codes.iter().copied().flatten() {
        let known = statuses.entry(code.row().1.as_str().to_owned()).or_default();
        if !known.contains(&code) {
            known.push(code);
        }
    }
    statuses.into_iter().map(|(status, codes)| (status, RefOr::T(problem(&codes)))).collect()
}

fn problem(codes: &[Code]) -> Response {
    let meanings = codes.iter().map(|code| code.row()).map(|(code, _, title)| format!("`{code}`: {title}."));
    let mut content = Content::new(Some(Ref::from_schema_name("Problem")));
    content.example = codes.first().and_then(|&code| example(code));
    let response = ResponseBuilder::new().description(meanings.collect::<Vec<_>>().join(" "));
    let headers = codes.iter().filter_map(|&code| header(code));
    headers.fold(response, |it, (name, header)| it.header(name, header)).content(MEDIA_TYPE, content).build()
}

/// The header that comes with a problem of its own, whatever others of its status do.
fn header(code: Code) -> Option<(&'static str, Header)> {
    let (name, of, description) = match code {
        Code::MethodNotAllowed => ("Allow", Type::String, "The methods that the path knows."),
        Code::KeyRequired => ("WWW-Authenticate", Type::String, "`Bearer`: how a key is sent."),
        Code::Overloaded => ("Retry-After", Type::Integer, "With `overloaded`: in how many seconds to send it again."),
        _ => return None,
    };
    let header = HeaderBuilder::from(Header::new(Object::with_type(of)));
    Some((name, header.description(Some(description)).build()))
}

fn example(code: Code) -> Option<Value> {
    let failure = match code {
        Code::InvalidDocument => Refusal::Invalid(vec![Complaint::new("/headline", "is not of type string")]).into(),
        _ => Failure::new(code, "a sentence about the request"),
    };
    serde_json::to_value(failure.problem(Some("0199f2a0-7c3e-7d52-9a44-3b1f0c5d8e21"))).ok()
}
