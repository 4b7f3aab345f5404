//! The description of the API, built from the code and committed, and the pages that show it.

use std::sync::LazyLock;

use actix_web::{App, HttpResponse, get, web};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_actix_web::AppExt as _;

use crate::api::application::Application;
use crate::api::examples;
use crate::api::problem::Problem;
use crate::api::request_id;
use crate::api::responses::OpenRefusals;
use crate::api::routes;
use crate::wire::Complaint;

#[derive(utoipa::OpenApi)]
#[openapi(
    servers((url = "/", description = "This service.")),
    security(("bearer" = []), ()),
    components(schemas(Problem, Complaint)),
    tags(
        (name = "scores", description = "Judge profiles."),
        (name = "rule sets", description = "Change the rules, look at their history, and go back."),
        (name = "owners", description = "Keep the profile of the person for whom others are judged, and erase it."),
        (name = "reference", description = "What rule authors and editors need to know."),
        (name = "operations", description = "Health, counters and this description."),
    ),
)]
struct Base;

/// The description as it is committed, which a test holds to be [`text`] of [`document`]: building it at each start
/// would take as long as all the rest.
pub(super) const COMMITTED: &str = include_str!("../../openapi/openapi.json");

/// The whole description, with examples that were really computed; built once.
pub fn document() -> &'static OpenApi {
    static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(build);
    &DOCUMENT
}

fn build() -> OpenApi {
    let mut base = Base::openapi();
    if let Some(components) = base.components.as_mut() {
        let mut bearer = Http::new(HttpAuthScheme::Bearer);
        bearer.description = Some("A key of the service's key file. A service without one needs no key.".to_owned());
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
    let (_, mut document) = App::new().into_utoipa_app().openapi(base).configure(routes::describe).split_for_parts();
    request_id::describe(&mut document);
    examples::add(&mut document);
    document
}

/// The description as it is printed and committed.
pub fn text(document: &OpenApi) -> String {
    document.to_pretty_json().map(|text| text + "\n").unwrap_or_default()
}

/// This description, OpenAPI 3.1.
///
/// Describes the service that answers; `/docs/` shows it as a page.
#[utoipa::path(
    get, path = "/openapi.json", tag = "operations", security(()),
    responses((status = 200, description = "The description of this API.", body = Object), OpenRefusals),
)]
#[get("/openapi.json")]
pub(super) async fn get_openapi(application: web::Data<Application>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(application.documents.openapi.clone())
}
