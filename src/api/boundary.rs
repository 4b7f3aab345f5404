//! The outermost layer: request id, problems, and the log of requests.

use std::time::Instant;

use actix_http::ConnectionType;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, web};

use crate::api::application::Application;
use crate::api::open_requests::OpenRequests;
use crate::api::problem::{Code, Failure};
use crate::api::request_id::{HEADER, RequestId};
use crate::api::request_log::RequestLog;

/// Gives the request its id, passes it on, and turns whatever failed into a problem.
///
/// # Errors
/// None of its own.
pub async fn observe(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let open = request.conn_data::<OpenRequests>().map(OpenRequests::begin);
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
    if is_last(&response) {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(RequestLog::of(&response, method, started, id, open).follow(response))
}

/// Whether the connection is to be closed behind an answer.
fn is_last(response: &ServiceResponse) -> bool {
    let request = response.request();
    let application = request.app_data::<web::Data<Application>>();
    // Whoever offers another protocol is answered in this one; the layer below would close without saying so.
    request.head().upgrade() || application.is_some_and(|application| application.is_stopping())
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
        None => Failure::new(Code::of_status(status), describe(status)).respond(Some(id.as_str())),
    };
    let (request, _) = response.into_parts();
    ServiceResponse::new(request, problem)
}

fn describe(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("the request failed")
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
