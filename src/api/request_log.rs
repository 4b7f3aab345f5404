//! The one log line of a request, and its count: both when its answer is out.

use std::error::Error;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Instant;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::web;
use bytes::Bytes;
use memchr::memchr_iter;

use crate::api::application::Application;
use crate::api::open_requests::OpenRequest;
use crate::api::request_id::RequestId;

/// Why the service cut an answer that it streamed; noted by who cuts it, beside the response.
#[derive(Clone, Default)]
pub(super) struct CutReason(Arc<OnceLock<&'static str>>);

impl CutReason {
    /// Notes a reason, a word for the log; the first one counts.
    pub(super) fn note(&self, reason: &'static str) {
        self.0.get_or_init(|| reason);
    }

    /// The reason; without one, the connection was closed under the answer, by the client or by a stop.
    fn word(&self) -> &'static str {
        self.0.get().copied().unwrap_or("connection-closed")
    }
}

/// What is told of a request once it is answered.
pub(super) struct RequestLog {
    application: Option<web::Data<Application>>,
    method: &'static str,
    route: String,
    status: u16,
    started: Instant,
    id: RequestId,
    /// Until the request is told of, it is being answered.
    _open: Option<OpenRequest>,
}

impl RequestLog {
    /// The log of the request behind a response.
    pub(super) fn of(
        response: &ServiceResponse,
        method: &'static str,
        started: Instant,
        id: RequestId,
        open: Option<OpenRequest>,
    ) -> Self {
        let request = response.request();
        Self {
            application: request.app_data::<web::Data<Application>>().cloned(),
            method,
            route: request.match_pattern().unwrap_or_else(|| "unmatched".to_owned()),
            status: response.status().as_u16(),
            started,
            id,
            _open: open,
        }
    }

    /// Tells of an answer: of a whole one at once, of one that is streamed when its body has ended or is given up.
    pub(super) fn follow(self, response: ServiceResponse) -> ServiceResponse {
        if response.response().body().size() != BodySize::Stream {
            let microseconds = self.count();
            let Self { method, route, status, id, .. } = self;
            log::info!(method, route = route.as_str(), status, microseconds, request_id = id.as_str(); "answered");
            return response;
        }
        let reason = response.response().extensions().get::<CutReason>().cloned().unwrap_or_default();
        response.map_body(|_, body| BoxBody::new(Followed { body, lines: 0, reason, log: Some(self) }))
    }

    /// Tells of an answer that was streamed: how many lines went out, and why not all of them, if so.
    fn streamed(self, lines: u64, cut: &'static str) {
        let microseconds = self.count();
        let Self { method, route, status, id, .. } = self;
        let (route, id) = (route.as_str(), id.as_str());
        log::info!(method, route, status, microseconds, lines, cut, request_id = id; "answered");
    }

    /// Counts the request; gives the microseconds that it took.
    fn count(&self) -> u64 {
        if let Some(application) = &self.application {
            application.metrics.answered(&self.route, self.method, self.status);
        }
        u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

/// A body of lines that is followed to its end.
struct Followed {
    body: BoxBody,
    /// Those that were handed on to the connection.
    lines: u64,
    reason: CutReason,
    /// Until it is told.
    log: Option<RequestLog>,
}

impl MessageBody for Followed {
    type Error = Box<dyn Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let part = ready!(Pin::new(&mut self.body).poll_next(cx));
        match &part {
            Some(Ok(bytes)) => self.lines += memchr_iter(b'\n', bytes).count() as u64,
            // It is dropped next.
            Some(Err(_)) => {}
            None => {
                if let Some(log) = self.log.take() {
                    log.streamed(self.lines, "no");
                }
            }
        }
        Poll::Ready(part)
    }
}

/// A body that is dropped before its end was cut.
impl Drop for Followed {
    fn drop(&mut self) {
        if let Some(log) = self.log.take() {
            log.streamed(self.lines, self.reason.word());
        }
    }
}
