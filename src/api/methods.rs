//! Which methods each path knows, so that a wrong one is answered 405 and not 404.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use utoipa::openapi::{OpenApi, PathItem};

use crate::api::application::Application;
use crate::api::problem::{Code, Failure};

/// The value of `Allow` by path.
pub(super) struct Methods(BTreeMap<String, String>);

impl Methods {
    /// Takes the table from the API's own description.
    pub(super) fn of(document: &OpenApi) -> Self {
        let described = document.paths.paths.iter().map(|(path, item)| (path.clone(), allow(item)));
        let pages = ["/docs", "/docs/"].map(|path| (path.to_owned(), "GET, HEAD".to_owned()));
        Self(described.chain(pages).collect())
    }
}

fn allow(item: &PathItem) -> String {
    let known = [
        ("GET, HEAD", item.get.is_some()),
        ("PUT", item.put.is_some()),
        ("POST", item.post.is_some()),
        ("PATCH", item.patch.is_some()),
        ("DELETE", item.delete.is_some()),
    ];
    let names: Vec<&str> = known.into_iter().filter_map(|(name, is_known)| is_known.then_some(name)).collect();
    names.join(", ")
}

/// Answers what no route took: 405 where the path is known, else 404.
pub(super) async fn unmatched(request: HttpRequest, application: web::Data<Application>) -> HttpResponse {
    let failure = match application.methods.0.get(request.path()) {
        Some(allow) => Failure::method_not_allowed(allow.clone()),
        None => Failure::new(Code::UnknownPath, "see /openapi.json for the paths"),
    };
    HttpResponse::from_error(failure)
}
