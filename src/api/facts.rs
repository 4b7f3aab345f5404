//! `GET /v1/facts`: what rules can speak of.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::responses::Refusals;
use crate::fact_catalog::{self, FactRow, FieldRow};

/// The facts and the fields that rules can speak of.
#[derive(Serialize, ToSchema)]
pub(super) struct FactCatalog {
    /// Values derived from a profile.
    facts: &'static [FactRow],
    /// Places of a profile where terms are looked for.
    fields: Vec<FieldRow>,
}

/// Lists the facts and the fields that rules can speak of.
///
/// The list is the one that rule sets are checked against.
#[utoipa::path(
    get, path = "/v1/facts", tag = "reference",
    responses((status = 200, description = "All facts and fields.", body = FactCatalog), Refusals),
)]
#[get("/v1/facts")]
pub(super) async fn list_facts() -> web::Json<FactCatalog> {
    web::Json(FactCatalog { facts: fact_catalog::facts(), fields: fact_catalog::fields() })
}
