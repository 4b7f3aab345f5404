//! Whether the service runs, and whether it can answer.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::responses::OpenRefusals;

/// The state of the service.
#[derive(Serialize, ToSchema)]
pub(super) struct Health {
    /// Always `ok`; a service that is not says nothing.
    status: &'static str,
}

const OK: Health = Health { status: "ok" };

/// Says that the process runs.
///
/// Needs no key; when this fails, the service should be restarted.
#[utoipa::path(
    get, path = "/health/live", tag = "operations", security(()),
    responses((status = 200, description = "The process runs.", body = Health), OpenRefusals),
)]
#[get("/health/live")]
pub(super) async fn check_liveness() -> web::Json<Health> {
    web::Json(OK)
}

/// Says that profiles can be scored.
///
/// Needs no key; rules are loaded before the service listens, so it is ready from its first answer.
#[utoipa::path(
    get, path = "/health/ready", tag = "operations", security(()),
    responses((status = 200, description = "Profiles can be scored.", body = Health), OpenRefusals),
)]
#[get("/health/ready")]
pub(super) async fn check_readiness() -> web::Json<Health> {
    web::Json(OK)
}
