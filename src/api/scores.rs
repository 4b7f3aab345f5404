//! `POST /v1/scores`: one profile in, its answer out.

use std::time::Instant;

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, post, web};

use crate::api::application::Application;
use crate::api::body::{ProfileKind, WholeBody};
use crate::api::language::{self, LanguageHeader};
use crate::api::problem::Failure;
use crate::api::query::scores::{ScoreParameters, ScoreQuery};
use crate::api::responses::ScoreRefusals;
use crate::profile::ProfileDocument;
use crate::scoring::ShownAnswer;

/// Scores one profile.
///
/// Nothing of it is stored. One revision of one rule set judges, for one owner or for none, and the answer names them.
#[utoipa::path(
    post, path = "/v1/scores", tag = "scores", params(ScoreParameters, LanguageHeader),
    request_body(content = ProfileDocument, description = "The profile, in the form that `format` names."),
    responses(
        (
            status = 200, description = "The scores, their reasons and the decision.", body = ShownAnswer,
            headers(
                ("Content-Language" = String, description = "The language of the summary."),
                ("Vary" = String, description = "`accept-language`."),
            ),
        ),
        ScoreRefusals,
    ),
)]
#[post("/v1/scores")]
pub(super) async fn score_profile(
    application: web::Data<Application>,
    query: ScoreQuery,
    body: WholeBody<ProfileKind>,
) -> Result<HttpResponse, Failure> {
    let started = Instant::now();
    let scoring = application.scoring(&query.0).await?;
    let profile = scoring.read(&body.0)?;
    let (outcome, mut response) = scoring.judge(&profile, |answer, shown| {
        (answer.outcome(), HttpResponse::Ok().content_type(ContentType::json()).body(shown.to_json()))
    });
    language::declare(query.0.language, &mut response);
    application.metrics.scored(outcome, started.elapsed());
    Ok(response)
}
