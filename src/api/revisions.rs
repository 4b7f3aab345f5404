//! `/v1/rule-sets/{name}/revisions`: the history of a rule set, and the way back.

use actix_web::http::header;
use actix_web::{HttpResponse, get, post, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::application::Application;
use crate::api::path::{NameParameter, NamePath, RevisionParameter, RevisionPath};
use crate::api::preconditions::{Conditions, WriteConditions};
use crate::api::problem::Failure;
use crate::api::query::page::{NumberPageParameters, PageQuery};
use crate::api::responses::{ChangeRefusals, ReadRefusals};
use crate::api::rule_sets::{RuleSetAnswer, etag};
use crate::service::page::Page;
use crate::service::rule_set_records::Revision;
use crate::service::rule_sets::RuleSets;

/// A revision in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct RevisionEntry {
    /// The number of the revision.
    #[schema(minimum = 1)]
    revision: u64,
    /// Whether this is the revision that judges.
    active: bool,
    /// When it was published; absent for `builtin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    created_at: Option<String>,
    /// Who published it, as they said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    author: Option<String>,
    /// What was changed, as they said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    message: Option<String>,
    /// SHA-256 of the document with sorted keys and without white space; the same for the same document.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// The length of that text, in bytes.
    size: usize,
}

/// A part of the history of a rule set.
#[derive(Serialize, ToSchema)]
pub(super) struct RevisionList {
    /// The revisions, the newest first.
    items: Vec<RevisionEntry>,
    /// The `cursor` of the next part, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

impl From<Page<(Revision, bool)>> for RevisionList {
    fn from(page: Page<(Revision, bool)>) -> Self {
        let entry = |(told, active): (Revision, bool)| RevisionEntry {
            revision: told.revision,
            active,
            created_at: told.created_at,
            author: told.author,
            message: told.message,
            digest: told.digest,
            size: told.size,
        };
        Self { items: page.items.into_iter().map(entry).collect(), next_cursor: page.next }
    }
}

/// Lists the revisions of a rule set.
///
/// The newest comes first. The documents are left out; each has an address of its own.
#[utoipa::path(
    get, path = "/v1/rule-sets/{name}/revisions", tag = "rule sets", params(NameParameter, NumberPageParameters),
    responses((status = 200, description = "A part of the history.", body = RevisionList), ReadRefusals),
)]
#[get("/v1/rule-sets/{name}/revisions")]
pub(super) async fn list_revisions(
    application: web::Data<Application>,
    name: NamePath,
    page: PageQuery<u64>,
) -> Result<web::Json<RevisionList>, Failure> {
    let list = application.with_rule_sets(move |rule_sets| rule_sets.revisions(&name.0, page.cursor, page.limit));
    Ok(web::Json(list.await?.into()))
}

/// Shows one revision of a rule set.
///
/// Profiles can be judged by it, active or not, with `?rule_set=name@revision`.
#[utoipa::path(
    get, path = "/v1/rule-sets/{name}/revisions/{revision}", tag = "rule sets", params(NameParameter, RevisionParameter),
    responses((status = 200, description = "The revision.", body = RuleSetAnswer), ReadRefusals),
)]
#[get("/v1/rule-sets/{name}/revisions/{revision}")]
pub(super) async fn get_revision(
    application: web::Data<Application>,
    name: NamePath,
    revision: RevisionPath,
) -> Result<HttpResponse, Failure> {
    let show = application.with_rule_sets(move |rule_sets| rule_sets.show_revision(&name.0, revision.0));
    Ok(HttpResponse::Ok().json(RuleSetAnswer::of(&show.await?)))
}

/// Activates a revision.
///
/// That is the way back to an earlier revision, and the way forward to one that was published with `activate=false`. It
/// makes no new revision; activating the active one changes nothing.
#[utoipa::path(
    post, path = "/v1/rule-sets/{name}/revisions/{revision}/activate", tag = "rule sets",
    params(NameParameter, RevisionParameter, WriteConditions),
    responses(
        (status = 200, description = "The revision, which is active now.", body = RuleSetAnswer, headers(("ETag" = String, description = "The state of the rule set."))),
        ChangeRefusals,
    ),
)]
#[post("/v1/rule-sets/{name}/revisions/{revision}/activate")]
pub(super) async fn activate_revision(
    application: web::Data<Application>,
    name: NamePath,
    revision: RevisionPath,
    conditions: Conditions,
) -> Result<HttpResponse, Failure> {
    let activate = move |rule_sets: &_| RuleSets::activate(rule_sets, &name.0, revision.0, &conditions.0);
    let shown = application.with_rule_sets(activate).await?;
    Ok(HttpResponse::Ok().insert_header((header::ETAG, etag(&shown))).json(RuleSetAnswer::of(&shown)))
}
