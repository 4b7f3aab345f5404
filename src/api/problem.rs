//! Error answers: RFC 9457, with one table of codes.
//!
//! No problem quotes a value or an unknown key of the request.

use std::fmt;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::service::registry::UnknownRuleSet;
use crate::wire::{Complaint, Refusal};

/// The media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Every kind of problem; [`Code::row`] is the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table says it")]
pub enum Code {
    MalformedRequest,
    InvalidSyntax,
    InvalidQuery,
    KeyRequired,
    ForeignHost,
    ForeignOrigin,
    UnknownPath,
    UnknownRuleSet,
    MethodNotAllowed,
    RequestTimeout,
    BodyTooLarge,
    UnsupportedMediaType,
    InvalidDocument,
    Internal,
}

impl Code {
    /// The table: stable code, status, title.
    pub const fn row(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::MalformedRequest => ("malformed-request", StatusCode::BAD_REQUEST, "The request is malformed"),
            Self::InvalidSyntax => ("invalid-syntax", StatusCode::BAD_REQUEST, "The body is not JSON"),
            Self::InvalidQuery => ("invalid-query", StatusCode::BAD_REQUEST, "The query is not understood"),
            Self::KeyRequired => ("key-required", StatusCode::UNAUTHORIZED, "A valid key is required"),
            Self::ForeignHost => ("foreign-host", StatusCode::FORBIDDEN, "The host is not this service"),
            Self::ForeignOrigin => ("foreign-origin", StatusCode::FORBIDDEN, "Another site may not write here"),
            Self::UnknownPath => ("unknown-path", StatusCode::NOT_FOUND, "Nothing is at this path"),
            Self::UnknownRuleSet => ("unknown-rule-set", StatusCode::NOT_FOUND, "There is no such rule set"),
            Self::MethodNotAllowed => {
                ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, "The path does not know this method")
            }
            Self::RequestTimeout => ("request-timeout", StatusCode::REQUEST_TIMEOUT, "The body came too slowly"),
            Self::BodyTooLarge => ("body-too-large", StatusCode::PAYLOAD_TOO_LARGE, "The document is too large"),
            Self::UnsupportedMediaType => {
                ("unsupported-media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "The media type is not understood")
            }
            Self::InvalidDocument => {
                ("invalid-document", StatusCode::UNPROCESSABLE_ENTITY, "The document has wrong values")
            }
            Self::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR, "The service failed"),
        }
    }

    /// The code that stands for a status of the framework.
    pub(super) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::UnknownPath,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::REQUEST_TIMEOUT => Self::RequestTimeout,
            StatusCode::PAYLOAD_TOO_LARGE => Self::BodyTooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            status if status.is_client_error() => Self::MalformedRequest,
            _ => Self::Internal,
        }
    }
}

/// An error answer (RFC 9457).
#[derive(Serialize, ToSchema)]
pub struct Problem<'a> {
    /// A URI that names the kind of problem.
    #[serde(rename = "type")]
    kind: String,
    /// The kind of problem in words.
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What is wrong with this request.
    detail: &'a str,
    /// The stable code to program against.
    code: &'static str,
    /// The places that are wrong, when a document was understood but refused.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(required = false)]
    errors: &'a [Complaint],
    /// The id of the request, also in the header `x-request-id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    request_id: Option<&'a str>,
}

/// A request that failed, before it is known to which request id.
#[derive(Debug)]
pub struct Failure {
    code: Code,
    detail: String,
    errors: Vec<Complaint>,
    allow: Option<String>,
}

impl Failure {
    /// A failure with a sentence of its own.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), allow: None }
    }

    /// A method that the path does not know; `allow` lists those it does.
    pub(super) fn method_not_allowed(allow: String) -> Self {
        Self { allow: Some(allow), ..Self::new(Code::MethodNotAllowed, "see the header `allow`") }
    }

    /// The failure as a document.
    pub fn problem<'a>(&'a self, request_id: Option<&'a str>) -> Problem<'a> {
        let (code, status, title) = self.code.row();
        Problem {
            kind: format!("urn:problem-type:entregent:{code}"),
            title,
            status: status.as_u16(),
            detail: &self.detail,
            code,
            errors: &self.errors,
            request_id,
        }
    }

    /// The failure as a response.
    pub(super) fn respond(&self, request_id: Option<&str>) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if let Some(allow) = &self.allow {
            response.insert_header((header::ALLOW, allow.as_str()));
        }
        if self.code == Code::KeyRequired {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        response.content_type(MEDIA_TYPE).json(self.problem(request_id))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Syntax { line, column } => {
                Self::new(Code::InvalidSyntax, format!("no JSON from line {line}, column {column}"))
            }
            Refusal::Invalid(errors) => {
                Self { errors, ..Self::new(Code::InvalidDocument, "see `errors` for the places") }
            }
        }
    }
}

impl From<UnknownRuleSet> for Failure {
    fn from(_: UnknownRuleSet) -> Self {
        Self::new(Code::UnknownRuleSet, "no rule set, or no revision of it, has the wanted name")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code.row().0)
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        self.code.row().1
    }

    fn error_response(&self) -> HttpResponse {
        self.respond(None)
    }
}
