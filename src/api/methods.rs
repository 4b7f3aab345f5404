//! Which methods each path knows, so that a wrong one is answered 405 and not 404.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::api::application::Application;
use crate::api::problem::{Code, Failure};

/// The described paths with the value of `Allow`; a segment in braces stands for anything.
pub(super) struct Methods(Vec<(String, String)>);

/// What is read of the API's description.
#[derive(Default, Deserialize)]
struct Description {
    paths: BTreeMap<String, BTreeMap<String, IgnoredAny>>,
}

impl Methods {
    /// Takes the table from the API's own description.
    pub(super) fn of(description: &str) -> Self {
        // A test holds the description to be one; without it, all paths would be unknown.
        let Description { paths } = serde_json::from_str(description).unwrap_or_default();
        let described = paths.into_iter().map(|(path, item)| (path, allow(&item)));
        let pages = ["/docs", "/docs/", "/docs/{file}"].map(|path| (path.to_owned(), "GET, HEAD".to_owned()));
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

fn allow(item: &BTreeMap<String, IgnoredAny>) -> String {
    let known = [("GET, HEAD", "get"), ("PUT", "put"), ("POST", "post"), ("PATCH", "patch"), ("DELETE", "delete")];
    let names = known.into_iter().filter_map(|(name, key)| item.contains_key(key).then_some(name));
    names.collect::<Vec<_>>().join(", ")
}

/// Answers what no route took: 405 where the path is known, else 404.
pub(super) async fn unmatched(request: HttpRequest, application: web::Data<Application>) -> HttpResponse {
    let failure = match application.methods.find(request.path()) {
        Some(allow) => Failure::method_not_allowed(allow.to_owned()),
        None => Failure::new(Code::UnknownPath, "see /openapi.json for the paths"),
    };
    HttpResponse::from_error(failure)
}
