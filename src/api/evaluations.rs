//! `POST /v1/rule-sets/{name}/revisions/{revision}/evaluate`: how well a revision tells profiles that are known.

use actix_web::{post, web};

use crate::api::application::Application;
use crate::api::body::{LabelledKind, WholeBody};
use crate::api::path::{NameParameter, NamePath, RevisionParameter, RevisionPath};
use crate::api::problem::Failure;
use crate::api::responses::EvaluationRefusals;
use crate::evaluation::{LabelledProfile, Report};

/// Measures a revision on labelled profiles.
///
/// Each line is an object `{"label", "profile"}`, or a title and a label parted by a tab, which is taken for a profile that is only a headline; a first line with the cells `title` and `label` names the columns. A label is a category, or `other` for none. A line that is wrong is listed as refused, and the rest goes on. Nothing is stored.
#[utoipa::path(
    post, path = "/v1/rule-sets/{name}/revisions/{revision}/evaluate", tag = "rule sets",
    params(NameParameter, RevisionParameter),
    request_body(
        description = "Labelled profiles, one a line; as many bytes as a rule set may have.",
        content((LabelledProfile = "application/x-ndjson"), (String = "text/tab-separated-values")),
    ),
    responses((status = 200, description = "The figures, and the rows that went wrong.", body = Report), EvaluationRefusals),
)]
#[post("/v1/rule-sets/{name}/revisions/{revision}/evaluate")]
pub(super) async fn evaluate_revision(
    application: web::Data<Application>,
    name: NamePath,
    revision: RevisionPath,
    body: WholeBody<LabelledKind>,
) -> Result<web::Json<Report>, Failure> {
    let evaluate = application.evaluating(move |rule_sets| rule_sets.evaluate(name.0, revision.0, &body.0));
    Ok(web::Json(evaluate.await?))
}
