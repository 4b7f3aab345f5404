//! Which methods each path knows, so that a wrong one is answered 405 and not 404.

use actix_web::{HttpRequest, HttpResponse, web};
use utoipa::openapi::{OpenApi, PathItem};

use crate::api::application::Application;
use crate::api::problem::{Code, Failure};

/// The described paths with the value of `Allow`; a segment in braces stands for anything.
pub(super) struct Methods(Vec<(String, String)>);

impl Methods {
    /// Takes the table from the API's own description.
    pub(super) fn of(document: &OpenApi) -> Self {
        let described = document.paths.paths.iter().map(|(path, item)| (path.clone(), allow(item)));
        let pages = ["/docs", "/docs/"].map(|path| (path.to_owned(), "GET, HEAD".to_owned()));
        let mut paths: Vec<_> = described.chain(pages).collect();
        // A path without braces comes before those that stand for it, too.
        paths.sort_by_key(|(path, _)| path.contains('{'));
        Self(paths)
    }

    fn find(&self, path: &str) -> Option<&str> {
        let found = self.0.iter().find(|(template, _)| is_of(path, template));
        found.map(|(_, allow)| allow.as_str())
    }
}

fn is_of(path: &str, template: &str) -> bool {
    let (mut given, mut known) = (path.split('/'), template.split('/'));
    loop {
        match (given.next(), known.next()) {
            (None, None) => return true,
            (Some(given), Some(known)) if given == known || (known.starts_with('{') && !given.is_empty()) => {}
            _ => return false,
        }
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
    let failure = match application.methods.find(request.path()) {
        Some(allow) => Failure::method_not_allowed(allow.to_owned()),
        None => Failure::new(Code::UnknownPath, "see /openapi.json for the paths"),
    };
    HttpResponse::from_error(failure)
}
