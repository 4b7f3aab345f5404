//! The outermost layer: request id, problems, counters, and the one log line of a request.

use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, web};

use crate::api::application::Application;
use crate::api::problem::{Code, Failure, MEDIA_TYPE};
use crate::api::request_id::{HEADER, RequestId};

/// Gives the request its id, passes it on, and turns whatever failed into a problem.
///
/// # Errors
/// None of its own.
pub async fn observe(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let id = RequestId::of(request.headers());
    request.extensions_mut().insert(id.clone());
    let method = method_label(request.method());
    if request.method() == Method::HEAD {
        // The codec has noted HEAD and leaves the body out.
        request.head_mut().method = Method::GET;
    }
    let response = next.call(request).await?.map_into_boxed_body();
    let mut response = with_problem(response, &id);
    if let Some(value) = id.header_value() {
        response.headers_mut().insert(HEADER, value);
    }
    report(&response, method, started.elapsed(), &id);
    Ok(response)
}

fn with_problem(response: ServiceResponse, id: &RequestId) -> ServiceResponse {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let error = response.response().error();
    let problem = match error.and_then(|error| error.as_error::<Failure>()) {
        Some(failure) => {
            if let Some(cause) = failure.cause() {
                log::error!(request_id = id.as_str(); "{cause}");
            }
            failure.respond(Some(id.as_str()))
        }
        None if is_problem(&response) && error.is_none() => return response,
        None => Failure::new(Code::of_status(status), describe(status)).respond(Some(id.as_str())),
    };
    let (request, _) = response.into_parts();
    ServiceResponse::new(request, problem)
}

fn is_problem(response: &ServiceResponse) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes() == MEDIA_TYPE.as_bytes())
}

fn describe(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("the request failed")
}

fn report(response: &ServiceResponse, method: &'static str, elapsed: Duration, id: &RequestId) {
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let status = response.status().as_u16();
    if let Some(application) = response.request().app_data::<web::Data<Application>>() {
        application.metrics.answered(&route, method, status);
    }
    let microseconds = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX);
    log::info!(method, route = route.as_str(), status, microseconds, request_id = id.as_str(); "answered");
}

/// A method by name; a bounded set, so that a client cannot grow the counters.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
