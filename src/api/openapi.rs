//! The description of the API, built from the code, and the pages that show it.

use std::sync::LazyLock;

use actix_web::{App, HttpResponse, get, web};
use serde_json::Value;
use utoipa::OpenApi as _;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Content, OpenApi, PathItem, RefOr};
use utoipa_actix_web::AppExt as _;

use crate::api::application::Application;
use crate::api::problem::Problem;
use crate::api::responses::OpenRefusals;
use crate::api::routes;
use crate::ruleset;
use crate::service::registry::Registry;
use crate::service::scores::{Scoring, Wish};
use crate::wire::Complaint;

/// The profile of the examples; its date makes the answer the same every day.
const EXAMPLE_PROFILE: &str = include_str!("example_profile.json");

#[derive(utoipa::OpenApi)]
#[openapi(
    servers((url = "/", description = "This service.")),
    security(("bearer" = []), ()),
    components(schemas(Problem, Complaint)),
    tags(
        (name = "scores", description = "Judge profiles."),
        (name = "reference", description = "What rule authors and editors need to know."),
        (name = "operations", description = "Health, counters and this description."),
    ),
)]
struct Base;

/// The whole description, with examples that were really scored; built once.
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
    let (_, mut document) = App::new().into_utoipa_app().openapi(base).configure(routes::register).split_for_parts();
    if let Some(path) = document.paths.paths.get_mut("/v1/scores") {
        add_examples(path);
    }
    document
}

/// The description as it is served, committed and printed.
pub fn text(document: &OpenApi) -> String {
    document.to_pretty_json().map(|text| text + "\n").unwrap_or_default()
}

fn add_examples(path: &mut PathItem) {
    let Some(operation) = path.post.as_mut() else { return };
    if let Some(RefOr::T(body)) = operation.request_body.as_mut() {
        set_example(body.content.get_mut("application/json"), serde_json::from_str(EXAMPLE_PROFILE).ok());
    }
    if let Some(RefOr::T(response)) = operation.responses.responses.get_mut("200") {
        set_example(response.content.get_mut("application/json"), example_answer());
    }
}

fn set_example(content: Option<&mut RefOr<Content>>, example: Option<Value>) {
    if let Some(RefOr::T(content)) = content {
        content.example = example;
    }
}

fn example_answer() -> Option<Value> {
    let rules = ruleset::compile(&ruleset::builtin_document()).rule_set?;
    let scoring = Scoring::begin(&Registry::new(rules), Wish::default()).ok()?;
    scoring.score(EXAMPLE_PROFILE.as_bytes(), |_, answer| serde_json::to_value(answer).ok()).ok()?
}

/// This description, OpenAPI 3.1.
///
/// Built from the code of the service that answers; `/docs/` shows it as a page.
#[utoipa::path(
    get, path = "/openapi.json", tag = "operations", security(()),
    responses((status = 200, description = "The description of this API.", body = Object), OpenRefusals),
)]
#[get("/openapi.json")]
pub(super) async fn get_openapi(application: web::Data<Application>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(application.documents.openapi.clone())
}
