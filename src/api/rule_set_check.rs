//! `POST /v1/rule-sets/check`: what would come of publishing a document.

use actix_web::{post, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::application::Application;
use crate::api::body::{RuleSetKind, WholeBody};
use crate::api::problem::Failure;
use crate::api::responses::CheckRefusals;
use crate::ruleset::{Diagnostic, RuleSetDocument};
use crate::scoring::TestOutcome;
use crate::service::rule_sets::examination::{Examination, examine};

/// What was found in a document.
#[derive(Serialize, ToSchema)]
pub(super) struct CheckAnswer {
    /// Whether it may be published: none of the findings is an error.
    valid: bool,
    /// All findings; a test of the document that fails is a warning.
    diagnostics: Vec<Diagnostic>,
    /// The outcomes of the document's own tests, as of today; none when there are errors.
    tests: Vec<TestAnswer>,
}

/// The outcome of one test.
#[derive(Serialize, ToSchema)]
pub(super) struct TestAnswer {
    /// The test.
    name: String,
    /// Whether everything came out as expected.
    passed: bool,
    /// What came out otherwise.
    failures: Vec<String>,
}

impl From<Examination> for CheckAnswer {
    fn from(found: Examination) -> Self {
        let test =
            |it: TestOutcome| TestAnswer { name: it.name, passed: it.failures.is_empty(), failures: it.failures };
        Self {
            valid: found.rules.is_some(),
            diagnostics: found.diagnostics,
            tests: found.tests.into_iter().map(test).collect(),
        }
    }
}

/// Tells all that is wrong with a rule set, and runs its own tests.
///
/// Nothing is stored. A document that has not even the form of a rule set is refused, with every place that is wrong.
#[utoipa::path(
    post, path = "/v1/rule-sets/check", tag = "rule sets",
    request_body(content = RuleSetDocument, description = "The document alone."),
    responses((status = 200, description = "The findings, errors among them or not.", body = CheckAnswer), CheckRefusals),
)]
#[post("/v1/rule-sets/check")]
pub(super) async fn check_rule_set(
    application: web::Data<Application>,
    body: WholeBody<RuleSetKind>,
) -> Result<web::Json<CheckAnswer>, Failure> {
    let found = application.with_rule_sets(move |_| Ok(examine(&body.0)?)).await?;
    Ok(web::Json(found.into()))
}
