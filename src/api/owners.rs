//! `/v1/owners`: the persons for whom profiles are judged.

use actix_web::http::header;
use actix_web::{HttpResponse, delete, get, put, web};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::api::application::Application;
use crate::api::body::{OwnerKind, WholeBody};
use crate::api::path::{OwnerParameter, OwnerPath};
use crate::api::preconditions::{Conditions, ReadCondition, WriteConditions};
use crate::api::problem::Failure;
use crate::api::query::page::{NamePageParameters, PageQuery};
use crate::api::responses::{ListRefusals, OwnerEraseRefusals, OwnerPutRefusals, OwnerReadRefusals};
use crate::profile::OwnerDocument;
use crate::service::name::Name;
use crate::service::owners::{ListedOwner, ShownOwner};
use crate::service::page::Page;

/// An owner document.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnerAnswer<'a> {
    /// Its id.
    id: &'a str,
    /// SHA-256 of the document with sorted keys, without white space and without what it leaves unknown; the same for the
    /// same document. Answers that were given for this owner name it.
    #[schema(pattern = "^sha256:[0-9a-f]{64}$")]
    digest: &'a str,
    /// When the document was put there.
    #[schema(format = DateTime)]
    updated_at: &'a str,
    /// What it says.
    #[schema(value_type = OwnerDocument)]
    document: &'a RawValue,
}

impl<'a> OwnerAnswer<'a> {
    fn of(shown: &'a ShownOwner) -> Self {
        let ShownOwner { id, digest, updated_at, document } = shown;
        Self { id: id.as_str(), digest, updated_at, document: document.raw() }
    }
}

/// An owner document in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnerEntry {
    /// Its id.
    id: String,
    /// Its digest; absent when the stored document is damaged: then it can only be erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^sha256:[0-9a-f]{64}$", nullable = false)]
    digest: Option<String>,
    /// When it was put there; absent when the stored document is damaged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    updated_at: Option<String>,
}

/// A part of the list of owner documents.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnerList {
    /// The owner documents in the order of their ids.
    items: Vec<OwnerEntry>,
    /// The `cursor` of the next part, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

impl From<Page<ListedOwner>> for OwnerList {
    fn from(page: Page<ListedOwner>) -> Self {
        let entry = |listed: ListedOwner| {
            let (digest, updated_at) = listed.state.unzip();
            OwnerEntry { id: listed.id.to_string(), digest, updated_at }
        };
        Self { items: page.items.into_iter().map(entry).collect(), next_cursor: page.next }
    }
}

/// Lists the owner documents.
///
/// Damaged ones too, so that they can be erased.
#[utoipa::path(
    get, path = "/v1/owners", tag = "owners", params(NamePageParameters),
    responses((status = 200, description = "A part of the list.", body = OwnerList), ListRefusals),
)]
#[get("/v1/owners")]
pub(super) async fn list_owners(application: web::Data<Application>, page: PageQuery<Name>) -> web::Json<OwnerList> {
    web::Json(application.owners.list(page.cursor.as_ref(), page.limit).into())
}

/// Shows an owner document.
///
/// The `ETag` is its digest.
#[utoipa::path(
    get, path = "/v1/owners/{id}", tag = "owners", params(OwnerParameter, ReadCondition),
    responses(
        (status = 200, description = "The owner document.", body = OwnerAnswer, headers(("ETag" = String, description = "The digest."))),
        (status = 304, description = "The owner document still has the `ETag` that the request names.", headers(("ETag" = String, description = "The digest."))),
        OwnerReadRefusals,
    ),
)]
#[get("/v1/owners/{id}")]
pub(super) async fn get_owner(
    application: web::Data<Application>,
    id: OwnerPath,
    conditions: Conditions,
) -> Result<HttpResponse, Failure> {
    let shown = application.with_owners(move |owners| owners.show(&id.0)).await?;
    if conditions.0.if_none_match.is_some_and(|tags| tags.include(Some(&shown.digest))) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, etag(&shown))).finish());
    }
    Ok(HttpResponse::Ok().insert_header((header::ETAG, etag(&shown))).json(OwnerAnswer::of(&shown)))
}

/// Keeps an owner document.
///
/// Profiles can be judged for this person from the answer on, with `?owner=id`; for `default`, without it. The answer is
/// 201 when there was no such document, else 200. What it replaces is erased as a deletion erases it; the same document
/// sent again changes nothing. `none` is no id.
#[utoipa::path(
    put, path = "/v1/owners/{id}", tag = "owners", params(OwnerParameter, WriteConditions),
    request_body(content = OwnerDocument, description = "A profile without `id`, `as_of`, `relationship` and `invitation`."),
    responses(
        (status = 200, description = "The document, in the place of another or of itself.", body = OwnerAnswer, headers(("ETag" = String, description = "The digest."))),
        (status = 201, description = "The document of an owner who had none.", body = OwnerAnswer, headers(("ETag" = String, description = "The digest."))),
        OwnerPutRefusals,
    ),
)]
#[put("/v1/owners/{id}")]
pub(super) async fn put_owner(
    application: web::Data<Application>,
    id: OwnerPath,
    conditions: Conditions,
    body: WholeBody<OwnerKind>,
) -> Result<HttpResponse, Failure> {
    let put = application.with_owners(move |owners| owners.put(&id.0, &body.0, &conditions.0));
    let (shown, created) = put.await?;
    let mut response = if created { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(response.insert_header((header::ETAG, etag(&shown))).json(OwnerAnswer::of(&shown)))
}

/// Erases an owner document.
///
/// Nobody is judged for this person any more. From the answer on no file of the data directory holds any of the document
/// or its id, and the place where they lay is written over. The id can be used again.
#[utoipa::path(
    delete, path = "/v1/owners/{id}", tag = "owners", params(OwnerParameter, WriteConditions),
    responses((status = 204, description = "It is erased."), OwnerEraseRefusals),
)]
#[delete("/v1/owners/{id}")]
pub(super) async fn delete_owner(
    application: web::Data<Application>,
    id: OwnerPath,
    conditions: Conditions,
) -> Result<HttpResponse, Failure> {
    application.with_owners(move |owners| owners.erase(&id.0, &conditions.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn etag(shown: &ShownOwner) -> String {
    format!("\"{}\"", shown.digest)
}
