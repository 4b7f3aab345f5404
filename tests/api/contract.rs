//! Holds answers against the API's own description.

use std::sync::LazyLock;

use entregent::api::openapi;
use serde_json::{Value, json};

use crate::exchange::{Answer, Request};

/// Headers of HTTP's own layer, which say how an answer comes and not what it is.
const TRANSPORT: [&str; 5] = ["connection", "content-length", "content-type", "date", "transfer-encoding"];

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(&openapi::text(openapi::document())).unwrap());

/// Fails the test when the answer is not one that the description promises.
pub(crate) fn check(request: &Request, answer: &Answer) {
    let place = format!("{} {} {}", request.method, request.target, answer.status);
    assert!(!answer.header("x-request-id").is_empty(), "{place}: no request id");
    if answer.status >= 400 {
        assert_eq!(answer.media_type(), "application/problem+json", "{place}");
        if !answer.body.is_empty() {
            assert_eq!(answer.json()["request_id"], answer.header("x-request-id"), "{place}");
        }
    }
    let Some(item) = find(request.path()) else {
        return check_undescribed(answer, &place);
    };
    // A method that the path does not know is answered as each of those that it knows describes.
    let wrong = || item.as_object().and_then(|methods| methods.values().next()).filter(|_| answer.status == 405);
    let Some(operation) = item.get(request.method.to_lowercase()).or_else(wrong) else {
        return check_undescribed(answer, &place);
    };
    let response = &operation["responses"][answer.status.to_string()];
    assert!(response.is_object(), "{place}: not described");
    check_headers(response, answer, &place);
    if response.get("content").is_none() {
        return assert!(answer.body.is_empty(), "{place}: a body that is not described");
    }
    let schema = &response["content"][answer.media_type()]["schema"];
    assert!(schema.is_object(), "{place}: {} is not described", answer.media_type());
    match answer.media_type() {
        "application/x-ndjson" => {
            answer.lines().iter().for_each(|line| check_value(schema, line, &place));
        }
        media_type if media_type.ends_with("json") => check_value(schema, &answer.json(), &place),
        _ => {}
    }
}

/// Fails unless the headers of the answer are those that are described.
fn check_headers(response: &Value, answer: &Answer, place: &str) {
    let described: Vec<_> =
        response["headers"].as_object().into_iter().flatten().map(|(name, _)| name.to_lowercase()).collect();
    let answered: Vec<_> = answer.header_names().filter(|name| !TRANSPORT.contains(name)).collect();
    let undescribed = answered.iter().find(|name| !described.iter().any(|known| known == *name));
    assert_eq!(undescribed, None, "{place}: not described");
    // The only header that not every answer of its status has.
    let is_due = |name: &str| name != "retry-after" || answer.json()["code"] == "overloaded";
    let missing = described.iter().find(|name| is_due(name) && !answered.contains(&name.as_str()));
    assert_eq!(missing, None, "{place}: described");
}

/// The description of a path; one without braces comes before those that stand for it, too.
fn find(path: &str) -> Option<&'static Value> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let is_of = |template: &str| {
        let (given, known) = (path.split('/').collect::<Vec<_>>(), template.split('/').collect::<Vec<_>>());
        let pairs = || given.iter().zip(&known);
        given.len() == known.len() && pairs().all(|(given, known)| given == known || known.starts_with('{'))
    };
    paths.get(path).or_else(|| paths.iter().find(|(template, _)| is_of(template)).map(|(_, item)| item))
}

fn check_undescribed(answer: &Answer, place: &str) {
    if answer.status >= 400 && !answer.body.is_empty() {
        check_value(&json!({"$ref": "#/components/schemas/Problem"}), &answer.json(), place);
    }
}

fn check_value(schema: &Value, value: &Value, place: &str) {
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [schema],
        "components": DOCUMENT["components"],
    });
    let validator = jsonschema::validator_for(&whole).unwrap();
    let complaints: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(complaints.is_empty(), "{place}: {complaints:#?}\n{value:#}");
}
