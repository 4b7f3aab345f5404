//! The id that ties an answer to its log line.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::{Header, OpenApi, Ref, RefOr};

use crate::api::problem::{Code, Failure};

/// The header that carries the id, both ways.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// A request id: the caller's, when it is well formed, else a UUID of version 7.
#[derive(Clone, Debug)]
pub(super) struct RequestId(String);

impl RequestId {
    /// The id for a request with these headers.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let given = headers.get(&HEADER).and_then(|value| value.to_str().ok()).filter(|text| is_well_formed(text));
        given.map_or_else(Self::fresh, |given| Self(given.to_owned()))
    }

    /// The id for what is no request.
    pub(super) fn fresh() -> Self {
        Self(uuid::Uuid::now_v7().to_string())
    }

    /// The id as text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as a header value; `None` never happens, for ids are plain ASCII.
    pub(super) fn header_value(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.0).ok()
    }
}

/// Describes the header, which is on every answer of every operation.
pub(super) fn describe(document: &mut OpenApi) {
    let description = "The id of the request, also in the log: the caller's where it is well formed, else a new one.";
    let header = HeaderBuilder::from(Header::default()).description(Some(description)).build();
    let name = HEADER.to_string();
    if let Some(components) = document.components.as_mut() {
        components.headers.insert(name.clone(), header.into());
    }
    let reference = RefOr::Ref(Ref::new(format!("#/components/headers/{name}")));
    for item in document.paths.paths.values_mut() {
        let methods = [&mut item.get, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete];
        for response in methods.into_iter().flatten().flat_map(|it| it.responses.responses.values_mut()) {
            if let RefOr::T(response) = response {
                response.headers.insert(name.clone(), reference.clone());
            }
        }
    }
}

fn is_well_formed(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

impl FromRequest for RequestId {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = request.extensions().get::<Self>().cloned();
        ready(id.ok_or_else(|| Failure::new(Code::Internal, "the request has no id")))
    }
}
