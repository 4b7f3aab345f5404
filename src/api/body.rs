//! Reads request bodies: media type, size and time are checked here and nowhere else.

use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpRequest, web};
use bytes::{Bytes, BytesMut};
use futures_core::Stream as _;

use crate::api::application::{Application, Limits};
use crate::api::problem::{Code, Failure};

/// How long a whole document, or the next part of a stream, may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The most bytes of an owner document, which stays in memory.
const MOST_OWNER_BYTES: usize = 256 * 1024;

/// What kind of document a body carries.
pub(super) trait Kind: 'static {
    /// The media types it may come as.
    const MEDIA_TYPES: &'static [&'static str];

    /// The most bytes of it.
    fn most(limits: &Limits) -> usize;
}

/// A profile.
pub(super) struct ProfileKind;

/// The profile of an owner.
pub(super) struct OwnerKind;

/// A rule set.
pub(super) struct RuleSetKind;

/// A merge patch (RFC 7396) of a rule set.
pub(super) struct PatchKind;

/// Labelled profiles, one a line.
pub(super) struct LabelledKind;

impl Kind for ProfileKind {
    const MEDIA_TYPES: &'static [&'static str] = &["application/json"];

    fn most(limits: &Limits) -> usize {
        limits.body_bytes
    }
}

impl Kind for OwnerKind {
    const MEDIA_TYPES: &'static [&'static str] = &["application/json"];

    fn most(limits: &Limits) -> usize {
        limits.body_bytes.min(MOST_OWNER_BYTES)
    }
}

impl Kind for RuleSetKind {
    const MEDIA_TYPES: &'static [&'static str] = &["application/json"];

    fn most(limits: &Limits) -> usize {
        limits.rule_set_bytes
    }
}

impl Kind for PatchKind {
    const MEDIA_TYPES: &'static [&'static str] = &["application/merge-patch+json", "application/json"];

    fn most(limits: &Limits) -> usize {
        limits.rule_set_bytes
    }
}

impl Kind for LabelledKind {
    const MEDIA_TYPES: &'static [&'static str] = &["application/x-ndjson", "text/tab-separated-values"];

    fn most(limits: &Limits) -> usize {
        limits.rule_set_bytes
    }
}

/// The body of a request, read whole before anything is done.
pub(super) struct WholeBody<K>(pub(super) Bytes, PhantomData<K>);

impl<K: Kind> FromRequest for WholeBody<K> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let checked = check_media_type(request.headers(), K::MEDIA_TYPES);
        let limit = request.app_data::<web::Data<Application>>().map_or(0, |it| K::most(&it.limits));
        let payload = payload.take();
        Box::pin(async move {
            checked?;
            match tokio::time::timeout(PATIENCE, read(payload, limit)).await {
                Ok(body) => body.map(|body| Self(body, PhantomData)),
                Err(_) => Err(Failure::new(Code::RequestTimeout, "the body must arrive within 30 seconds")),
            }
        })
    }
}

async fn read(mut payload: Payload, limit: usize) -> Result<Bytes, Failure> {
    let mut body = BytesMut::new();
    while let Some(part) = poll_fn(|cx| Pin::new(&mut payload).poll_next(cx)).await {
        let part = part.map_err(|_| Failure::new(Code::MalformedRequest, "the body broke off"))?;
        if part.len() > limit.saturating_sub(body.len()) {
            return Err(too_large(limit));
        }
        body.extend_from_slice(&part);
    }
    Ok(body.freeze())
}

/// The failure of a document beyond the limit.
pub(super) fn too_large(limit: usize) -> Failure {
    Failure::new(Code::BodyTooLarge, format!("at most {limit} bytes are read"))
}

/// Tells whether a body says to be of this media type.
pub(super) fn is_of(headers: &HeaderMap, media_type: &str) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(media_type)
}

/// Checks that a body is of a media type that is understood, and not compressed.
pub(super) fn check_media_type(headers: &HeaderMap, wanted: &[&str]) -> Result<(), Failure> {
    if headers.contains_key(header::CONTENT_ENCODING) || !wanted.iter().any(|it| is_of(headers, it)) {
        let wanted = wanted.join("` or `");
        return Err(Failure::new(Code::UnsupportedMediaType, format!("send `{wanted}`, not compressed")));
    }
    Ok(())
}
