//! Whether the service runs, and whether it can answer.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::application::Application;
use crate::api::problem::{Code, Failure};
use crate::api::responses::{OpenRefusals, ReadinessRefusals};
use crate::service::name::{OwnerChoice, RuleSetChoice};

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
/// Needs no key. The rule set `default` is compiled before the service listens, so it is ready from its first answer,
/// unless what is stored of that rule set, or of the owner `default`, is damaged.
#[utoipa::path(
    get, path = "/health/ready", tag = "operations", security(()),
    responses((status = 200, description = "Profiles can be scored.", body = Health), ReadinessRefusals),
)]
#[get("/health/ready")]
pub(super) async fn check_readiness(application: web::Data<Application>) -> Result<web::Json<Health>, Failure> {
    let rule_set = application.rule_sets.registry().at_hand(&RuleSetChoice::default());
    let owner = application.owners.find(&OwnerChoice::default());
    match (rule_set, owner) {
        (Ok(Some(_)), Ok(_)) => Ok(web::Json(OK)),
        (_, Err(_)) => Err(Failure::new(Code::NotReady, "the owner document `default` is out of use")),
        (Ok(None) | Err(_), Ok(_)) => Err(Failure::new(Code::NotReady, "the rule set `default` is out of use")),
    }
}
