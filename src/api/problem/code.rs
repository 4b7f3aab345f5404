//! The one table of codes.

use actix_web::http::StatusCode;

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
    InvalidPath,
    ProtectedRuleSet,
    UnknownPath,
    UnknownRuleSet,
    UnknownOwner,
    MethodNotAllowed,
    RequestTimeout,
    NothingActive,
    TooManyRuleSets,
    TooManyOwners,
    DeletedRuleSet,
    PreconditionFailed,
    BodyTooLarge,
    UnsupportedMediaType,
    HeadTooLarge,
    InvalidDocument,
    InvalidRuleSet,
    Internal,
    UnusableRuleSet,
    DamagedRecord,
    NotReady,
    Overloaded,
    StoreUnavailable,
    StoreFull,
}

impl Code {
    /// The table: stable code, status, title.
    pub const fn row(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::MalformedRequest => ("malformed-request", StatusCode::BAD_REQUEST, "The request is malformed"),
            Self::InvalidSyntax => ("invalid-syntax", StatusCode::BAD_REQUEST, "The body is not JSON"),
            Self::InvalidQuery => ("invalid-query", StatusCode::BAD_REQUEST, "The query is not understood"),
            Self::InvalidPath => ("invalid-path", StatusCode::BAD_REQUEST, "The path holds no right name or number"),
            Self::KeyRequired => ("key-required", StatusCode::UNAUTHORIZED, "A valid key is required"),
            Self::ForeignHost => ("foreign-host", StatusCode::FORBIDDEN, "The host is not this service"),
            Self::ForeignOrigin => ("foreign-origin", StatusCode::FORBIDDEN, "Another site may not write here"),
            Self::ProtectedRuleSet => {
                ("protected-rule-set", StatusCode::FORBIDDEN, "This rule set may not be changed in this way")
            }
            Self::UnknownPath => ("unknown-path", StatusCode::NOT_FOUND, "Nothing is at this path"),
            Self::UnknownRuleSet => ("unknown-rule-set", StatusCode::NOT_FOUND, "There is no such rule set"),
            Self::UnknownOwner => ("unknown-owner", StatusCode::NOT_FOUND, "There is no such owner document"),
            Self::MethodNotAllowed => {
                ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, "The path does not know this method")
            }
            Self::RequestTimeout => ("request-timeout", StatusCode::REQUEST_TIMEOUT, "The request came too slowly"),
            Self::NothingActive => {
                ("nothing-active", StatusCode::CONFLICT, "The first revision of a rule set cannot be left inactive")
            }
            Self::TooManyRuleSets => ("too-many-rule-sets", StatusCode::CONFLICT, "There are too many rule sets"),
            Self::TooManyOwners => ("too-many-owners", StatusCode::CONFLICT, "There are too many owner documents"),
            Self::DeletedRuleSet => ("deleted-rule-set", StatusCode::GONE, "The rule set was deleted"),
            Self::PreconditionFailed => {
                ("precondition-failed", StatusCode::PRECONDITION_FAILED, "What is to be changed is in another state")
            }
            Self::BodyTooLarge => ("body-too-large", StatusCode::PAYLOAD_TOO_LARGE, "The document is too large"),
            Self::UnsupportedMediaType => {
                ("unsupported-media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "The media type is not understood")
            }
            Self::HeadTooLarge => {
                ("head-too-large", StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "The head of the request is too large")
            }
            Self::InvalidDocument => {
                ("invalid-document", StatusCode::UNPROCESSABLE_ENTITY, "The document has wrong values")
            }
            Self::InvalidRuleSet => ("invalid-rule-set", StatusCode::UNPROCESSABLE_ENTITY, "The rule set has errors"),
            Self::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR, "The service failed"),
            Self::UnusableRuleSet => {
                ("unusable-rule-set", StatusCode::INTERNAL_SERVER_ERROR, "The stored rule set cannot be used")
            }
            Self::DamagedRecord => ("damaged-record", StatusCode::INTERNAL_SERVER_ERROR, "A stored record is damaged"),
            Self::NotReady => ("not-ready", StatusCode::SERVICE_UNAVAILABLE, "Profiles cannot be scored"),
            Self::Overloaded => ("overloaded", StatusCode::SERVICE_UNAVAILABLE, "There is too much to do at once"),
            Self::StoreUnavailable => {
                ("store-unavailable", StatusCode::SERVICE_UNAVAILABLE, "The store does not do its work")
            }
            Self::StoreFull => ("store-full", StatusCode::INSUFFICIENT_STORAGE, "The store is full"),
        }
    }

    /// The code that stands for a status of the framework.
    pub(in crate::api) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::UnknownPath,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::REQUEST_TIMEOUT => Self::RequestTimeout,
            StatusCode::PAYLOAD_TOO_LARGE => Self::BodyTooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => Self::HeadTooLarge,
            status if status.is_client_error() => Self::MalformedRequest,
            _ => Self::Internal,
        }
    }
}
