//! Error answers: RFC 9457, with one table of codes.
//!
//! No problem quotes a value or an unknown key of the request.

mod code;
mod mapping;

use std::fmt;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

pub use code::Code;

use crate::wire::Complaint;

/// The media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// When a client that was turned away may come again; a turn is seldom longer.
const SECONDS_TO_RETRY: u32 = 5;

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
    #[schema(required, nullable = false)]
    request_id: Option<&'a str>,
}

/// A request that failed, before it is known to which request id.
#[derive(Debug)]
pub struct Failure {
    code: Code,
    detail: String,
    errors: Vec<Complaint>,
    allow: Option<String>,
    /// What went wrong inside, for the log alone.
    cause: Option<String>,
}

impl Failure {
    /// A failure with a sentence of its own.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), allow: None, cause: None }
    }

    /// A method that the path does not know; `allow` lists those it does.
    pub(super) fn method_not_allowed(allow: String) -> Self {
        Self { allow: Some(allow), ..Self::new(Code::MethodNotAllowed, "see the header `allow`") }
    }

    /// What went wrong inside, for the log alone.
    pub(super) fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
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
        if self.code == Code::Overloaded {
            response.insert_header((header::RETRY_AFTER, SECONDS_TO_RETRY));
        }
        response.content_type(MEDIA_TYPE).json(self.problem(request_id))
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
