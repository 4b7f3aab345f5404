//! Which handler answers what.

use actix_web::{HttpResponse, web};
use utoipa_actix_web::service_config::ServiceConfig as Described;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::api::{
    bulk, evaluations, facts, health, methods, metrics, openapi, owners, revisions, rule_set_check, rule_sets, schemas,
    scores,
};

/// Registers all operations: alone, or together with their descriptions, which take megabytes.
macro_rules! register_operations {
    ($config:expr) => {
        $config
            .service(scores::score_profile)
            .service(bulk::score_profiles)
            .service(rule_set_check::check_rule_set)
            .service(rule_sets::list_rule_sets)
            .service(rule_sets::get_rule_set)
            .service(rule_sets::put_rule_set)
            .service(rule_sets::patch_rule_set)
            .service(rule_sets::delete_rule_set)
            .service(revisions::list_revisions)
            .service(revisions::get_revision)
            .service(revisions::activate_revision)
            .service(evaluations::evaluate_revision)
            .service(owners::list_owners)
            .service(owners::get_owner)
            .service(owners::put_owner)
            .service(owners::delete_owner)
            .service(facts::list_facts)
            .service(schemas::get_profile_schema)
            .service(schemas::get_rule_set_schema)
            .service(health::check_liveness)
            .service(health::check_readiness)
            .service(metrics::read_metrics)
            .service(openapi::get_openapi)
    };
}

/// Registers the operations for the API's description.
pub(super) fn describe(config: &mut Described<'_>) {
    register_operations!(config);
}

/// Registers the operations, the pages that show them, and the answer to everything else.
pub fn configure(config: &mut web::ServiceConfig) {
    register_operations!(config);
    config
        .service(web::resource("/docs").guard(actix_web::guard::Get()).to(to_docs))
        .service(SwaggerUi::new("/docs/{_:.*}").config(page()))
        .default_service(web::to(methods::unmatched));
}

/// Without the bar that would load descriptions from elsewhere, ready to try the operations out, the schemas folded.
fn page() -> Config<'static> {
    Config::from("/openapi.json").use_base_layout().try_it_out_enabled(true).default_models_expand_depth(0)
}

async fn to_docs() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header(("location", "/docs/")).finish()
}
