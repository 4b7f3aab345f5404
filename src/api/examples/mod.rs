//! The examples of the API's description; the answers are those that the service gives.

use serde_json::{Value, json};
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, OpenApi, RefOr};

use crate::api::body::{Kind as _, PatchKind};
use crate::api::rule_set_check::CheckAnswer;
use crate::service::rule_sets::examination;
use crate::service::scores::{Scoring, Wish};
use crate::service::source;

/// Its date makes the answer the same every day.
const PROFILE: &str = include_str!("profile.json");

const RULE_SET: &str = include_str!("rule_set.json");

const PATCH: &str = include_str!("patch.json");

const JSON: &str = "application/json";

/// Puts the examples into the description.
pub(super) fn add(document: &mut OpenApi) {
    let paths = &mut document.paths.paths;
    if let Some(operation) = paths.get_mut("/v1/scores").and_then(|path| path.post.as_mut()) {
        set_request(operation, JSON, read(PROFILE));
        set_answer(operation, "200", scored());
    }
    if let Some(operation) = paths.get_mut("/v1/rule-sets/check").and_then(|path| path.post.as_mut()) {
        set_request(operation, JSON, read(RULE_SET));
        set_answer(operation, "200", checked());
    }
    let Some(path) = paths.get_mut("/v1/rule-sets/{name}") else { return };
    if let Some(operation) = path.get.as_mut() {
        set_answer(operation, "200", read(RULE_SET).map(shown));
    }
    if let Some(operation) = path.put.as_mut() {
        set_request(operation, JSON, read(RULE_SET));
        set_answer(operation, "201", read(RULE_SET).map(published));
    }
    if let Some(operation) = path.patch.as_mut() {
        for &media_type in PatchKind::MEDIA_TYPES {
            set_request(operation, media_type, read(PATCH));
        }
    }
}

fn read(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

fn scored() -> Option<Value> {
    let scoring = Scoring::begin(source::load(None).ok()?, None, &Wish::default());
    let profile = scoring.read(PROFILE.as_bytes()).ok()?;
    scoring.judge(&profile, |_, shown| serde_json::to_value(shown).ok())
}

fn checked() -> Option<Value> {
    serde_json::to_value(CheckAnswer::from(examination::examine(RULE_SET.as_bytes()).ok()?)).ok()
}

fn shown(document: Value) -> Value {
    json!({"name": "finance", "revision": 1, "active": true, "created_at": "2026-11-23T09:00:00Z", "document": document})
}

fn published(document: Value) -> Value {
    let mut published = shown(document);
    if let Some(members) = published.as_object_mut() {
        members.insert("diagnostics".to_owned(), json!([]));
    }
    published
}

fn set_request(operation: &mut Operation, media_type: &str, example: Option<Value>) {
    if let Some(RefOr::T(body)) = operation.request_body.as_mut() {
        set(body.content.get_mut(media_type), example);
    }
}

fn set_answer(operation: &mut Operation, status: &str, example: Option<Value>) {
    if let Some(RefOr::T(response)) = operation.responses.responses.get_mut(status) {
        set(response.content.get_mut(JSON), example);
    }
}

fn set(content: Option<&mut RefOr<Content>>, example: Option<Value>) {
    if let Some(RefOr::T(content)) = content {
        content.example = example;
    }
}
