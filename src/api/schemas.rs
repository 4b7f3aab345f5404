//! `GET /v1/schemas/…`: JSON Schema 2020-12 for editors.

use actix_web::{HttpResponse, get, web};

use crate::api::application::Application;
use crate::api::responses::Refusals;

const MEDIA_TYPE: &str = "application/schema+json";

/// The schema of the profile document.
///
/// JSON Schema 2020-12, for editors and validators.
#[utoipa::path(
    get, path = "/v1/schemas/profile", tag = "reference",
    responses((status = 200, description = "A JSON Schema.", body = Object, content_type = "application/schema+json"), Refusals),
)]
#[get("/v1/schemas/profile")]
pub(super) async fn get_profile_schema(application: web::Data<Application>) -> HttpResponse {
    HttpResponse::Ok().content_type(MEDIA_TYPE).body(application.documents.profile_schema.clone())
}

/// The schema of the rule-set document.
///
/// JSON Schema 2020-12, for editors and validators.
#[utoipa::path(
    get, path = "/v1/schemas/rule-set", tag = "reference",
    responses((status = 200, description = "A JSON Schema.", body = Object, content_type = "application/schema+json"), Refusals),
)]
#[get("/v1/schemas/rule-set")]
pub(super) async fn get_rule_set_schema(application: web::Data<Application>) -> HttpResponse {
    HttpResponse::Ok().content_type(MEDIA_TYPE).body(application.documents.rule_set_schema.clone())
}
