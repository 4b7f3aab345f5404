//! Holds answers against the API's own description.

use std::sync::LazyLock;

use entregent::api::openapi;
use serde_json::{Value, json};

use crate::exchange::{Answer, Request};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(&openapi::text(openapi::document())).unwrap());

/// Fails the test when the answer is not one that the description promises.
pub(crate) fn check(request: &Request, answer: &Answer) {
    let place = format!("{} {} {}", request.method, request.target, answer.status);
    assert!(!answer.header("x-request-id").is_empty(), "{place}: no request id");
    if answer.status >= 400 {
        assert_eq!(answer.media_type(), "application/problem+json", "{place}");
    }
    let Some(item) = DOCUMENT["paths"].get(request.path()) else {
        return check_undescribed(answer, &place);
    };
    let Some(operation) = item.get(request.method.to_lowercase()) else {
        return check_undescribed(answer, &place);
    };
    let response = &operation["responses"][answer.status.to_string()];
    assert!(response.is_object(), "{place}: not described");
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
