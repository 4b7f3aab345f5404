//! `/v1/rule-sets`: the rule sets, each in its active revision.

use actix_web::http::header;
use actix_web::{HttpResponse, delete, get, patch, put, web};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::api::application::Application;
use crate::api::body::{PatchKind, RuleSetKind, WholeBody};
use crate::api::path::{NameParameter, NamePath};
use crate::api::preconditions::{Conditions, ReadCondition, WriteConditions};
use crate::api::problem::Failure;
use crate::api::query::page::{NamePageParameters, PageQuery};
use crate::api::query::publication::{PublicationParameters, PublicationQuery};
use crate::api::responses::{ChangeRefusals, ListRefusals, PublishRefusals, ReadRefusals};
use crate::ruleset::{Diagnostic, RuleSetDocument};
use crate::service::name::Name;
use crate::service::page::Page;
use crate::service::registry::Listed;
use crate::service::rule_sets::publication::Published;
use crate::service::rule_sets::{RuleSets, ShownRevision};

/// One revision of a rule set.
#[derive(Serialize, ToSchema)]
pub(super) struct RuleSetAnswer<'a> {
    /// The rule set.
    name: &'a str,
    /// The number of the revision; none is given out twice.
    #[schema(minimum = 1)]
    revision: u64,
    /// Whether this is the revision that judges.
    active: bool,
    /// When the revision was published; absent for `builtin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    created_at: Option<&'a str>,
    /// Who published it, as they said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    author: Option<&'a str>,
    /// What was changed, as they said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    message: Option<&'a str>,
    /// The document as it was published.
    #[schema(value_type = RuleSetDocument)]
    document: &'a RawValue,
    /// Warnings about a document that was just published; a test of its own that fails is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    diagnostics: Option<&'a [Diagnostic]>,
}

impl<'a> RuleSetAnswer<'a> {
    pub(super) fn of(shown: &'a ShownRevision) -> Self {
        Self {
            name: shown.name.as_str(),
            revision: shown.revision.revision,
            active: shown.active,
            created_at: shown.revision.created_at.as_deref(),
            author: shown.revision.author.as_deref(),
            message: shown.revision.message.as_deref(),
            document: shown.document.raw(),
            diagnostics: None,
        }
    }
}

/// What is to change in a rule set: a merge patch (RFC 7396) of its document.
#[derive(ToSchema)]
#[schema(value_type = Object)]
#[expect(dead_code, reason = "describes the body only")]
struct RuleSetPatch(serde_json::Map<String, serde_json::Value>);

/// A rule set in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct RuleSetEntry {
    /// The rule set.
    name: String,
    /// Its active revision.
    #[schema(minimum = 1)]
    revision: u64,
    /// The highest revision that was ever given out under the name.
    #[schema(minimum = 1)]
    last_revision: u64,
    /// When it was last published, rolled back or deleted; absent for `builtin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    changed_at: Option<String>,
    /// Whether it comes with the program, and cannot be changed.
    read_only: bool,
}

/// A part of the list of rule sets.
#[derive(Serialize, ToSchema)]
pub(super) struct RuleSetList {
    /// The rule sets in the order of their names.
    items: Vec<RuleSetEntry>,
    /// The `cursor` of the next part, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

impl From<Page<Listed>> for RuleSetList {
    fn from(page: Page<Listed>) -> Self {
        let entry = |listed: Listed| RuleSetEntry {
            read_only: listed.name.is_builtin(),
            name: listed.name.to_string(),
            revision: listed.revision,
            last_revision: listed.last_revision,
            changed_at: listed.changed_at,
        };
        Self { items: page.items.into_iter().map(entry).collect(), next_cursor: page.next }
    }
}

/// Lists the rule sets.
///
/// `builtin`, which comes with the program, is one of them. Deleted ones are left out, and those whose record is damaged.
#[utoipa::path(
    get, path = "/v1/rule-sets", tag = "rule sets", params(NamePageParameters),
    responses((status = 200, description = "A part of the list.", body = RuleSetList), ListRefusals),
)]
#[get("/v1/rule-sets")]
pub(super) async fn list_rule_sets(
    application: web::Data<Application>,
    page: PageQuery<Name>,
) -> web::Json<RuleSetList> {
    web::Json(application.rule_sets.list(page.cursor.as_ref(), page.limit).into())
}

/// Shows the active revision of a rule set.
///
/// The `ETag` is a counter of all changes to the name.
#[utoipa::path(
    get, path = "/v1/rule-sets/{name}", tag = "rule sets", params(NameParameter, ReadCondition),
    responses(
        (status = 200, description = "The active revision.", body = RuleSetAnswer, headers(("ETag" = String, description = "The state of the rule set."))),
        (status = 304, description = "The rule set still has the `ETag` that the request names.", headers(("ETag" = String, description = "The state of the rule set."))),
        ReadRefusals,
    ),
)]
#[get("/v1/rule-sets/{name}")]
pub(super) async fn get_rule_set(
    application: web::Data<Application>,
    name: NamePath,
    conditions: Conditions,
) -> Result<HttpResponse, Failure> {
    let shown = application.with_rule_sets(move |rule_sets| rule_sets.show(&name.0)).await?;
    if conditions.0.if_none_match.is_some_and(|tags| tags.include(Some(&shown.tag))) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, etag(&shown))).finish());
    }
    Ok(HttpResponse::Ok().insert_header((header::ETAG, etag(&shown))).json(RuleSetAnswer::of(&shown)))
}

/// Publishes a whole rule set.
///
/// Makes a new revision and activates it, unless `activate=false`. The answer is 201 when there was no such rule set, or
/// only a deleted one, which comes back with its history; else 200. The active document sent again makes no revision.
/// Nothing is stored of a document with errors. Everybody is judged by the old revision until the new one is safely
/// stored, and by the new one from the answer on.
#[utoipa::path(
    put, path = "/v1/rule-sets/{name}", tag = "rule sets", params(NameParameter, PublicationParameters, WriteConditions),
    request_body(content = RuleSetDocument, description = "The document alone."),
    responses(
        (status = 200, description = "The new revision, or the active one when the document is the same.", body = RuleSetAnswer, headers(("ETag" = String, description = "The state of the rule set."))),
        (status = 201, description = "The first revision of a new rule set, or the next one of a deleted one.", body = RuleSetAnswer, headers(("ETag" = String, description = "The state of the rule set."))),
        PublishRefusals,
    ),
)]
#[put("/v1/rule-sets/{name}")]
pub(super) async fn put_rule_set(
    application: web::Data<Application>,
    name: NamePath,
    query: PublicationQuery,
    conditions: Conditions,
    body: WholeBody<RuleSetKind>,
) -> Result<HttpResponse, Failure> {
    let publish = move |rule_sets: &_| RuleSets::publish(rule_sets, &name.0, &body.0, &query.0, &conditions.0);
    Ok(published(&application.with_rule_sets(publish).await?))
}

/// Changes a part of a rule set.
///
/// A merge patch (RFC 7396) onto the active revision: members replace those of the same name, `null` removes, lists are
/// replaced whole. The outcome is published like a whole document; pointers of errors lead into it.
#[utoipa::path(
    patch, path = "/v1/rule-sets/{name}", tag = "rule sets", params(NameParameter, PublicationParameters, WriteConditions),
    request_body(
        content((RuleSetPatch = "application/merge-patch+json"), (RuleSetPatch = "application/json")),
        description = "What is to change.",
    ),
    responses(
        (status = 200, description = "The new revision, or the active one when nothing changes.", body = RuleSetAnswer, headers(("ETag" = String, description = "The state of the rule set."))),
        PublishRefusals,
    ),
)]
#[patch("/v1/rule-sets/{name}")]
pub(super) async fn patch_rule_set(
    application: web::Data<Application>,
    name: NamePath,
    query: PublicationQuery,
    conditions: Conditions,
    body: WholeBody<PatchKind>,
) -> Result<HttpResponse, Failure> {
    let patch = move |rule_sets: &_| RuleSets::patch(rule_sets, &name.0, &body.0, &query.0, &conditions.0);
    Ok(published(&application.with_rule_sets(patch).await?))
}

/// Deletes a rule set.
///
/// Nothing is judged by it any more, and the name answers 410. Its history stays in the store, and goes on when the name
/// is published again. `default` cannot be deleted, for requests that name no rule set are judged by it.
#[utoipa::path(
    delete, path = "/v1/rule-sets/{name}", tag = "rule sets", params(NameParameter, WriteConditions),
    responses((status = 204, description = "It is deleted."), ChangeRefusals),
)]
#[delete("/v1/rule-sets/{name}")]
pub(super) async fn delete_rule_set(
    application: web::Data<Application>,
    name: NamePath,
    conditions: Conditions,
) -> Result<HttpResponse, Failure> {
    application.with_rule_sets(move |rule_sets| rule_sets.delete(&name.0, &conditions.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn published(published: &Published) -> HttpResponse {
    let mut response = if published.created { HttpResponse::Created() } else { HttpResponse::Ok() };
    let diagnostics = Some(published.diagnostics.as_slice());
    let answer = RuleSetAnswer { diagnostics, ..RuleSetAnswer::of(&published.shown) };
    response.insert_header((header::ETAG, etag(&published.shown))).json(answer)
}

/// The entity tag of a rule set.
pub(super) fn etag(shown: &ShownRevision) -> String {
    format!("\"{}\"", shown.tag)
}
