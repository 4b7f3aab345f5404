use serde_json::Value;

use crate::app::TestApp;

#[test]
fn the_facts_and_fields_are_listed() {
    let catalog = TestApp::start().get("/v1/facts").json();
    let has = |list: &str, name: &str| catalog[list].as_array().unwrap().iter().any(|row| row["name"] == name);
    assert!(has("facts", "career.years") && has("fields", "headline"), "{catalog:#}");
}

#[test]
fn the_schemas_are_valid_and_accept_what_is_accepted() {
    let app = TestApp::start();
    for path in ["/v1/schemas/profile", "/v1/schemas/rule-set"] {
        let answer = app.get(path);
        assert_eq!(answer.media_type(), "application/schema+json");
        assert!(jsonschema::meta::is_valid(&answer.json()), "{path}");
    }
    let schema = app.get("/v1/schemas/profile").json();
    assert!(jsonschema::is_valid(&schema, &serde_json::json!({"headline": "x"})));
    assert!(!jsonschema::is_valid(&schema, &serde_json::json!({"headlin": "x"})));
}

#[test]
fn the_documentation_needs_no_other_site() {
    let app = TestApp::start();
    assert_eq!(app.get("/docs").header("location"), "/docs/");
    let page = app.get("/docs/").text();
    assert!(!page.contains("https://"), "{page}");
    let initializer = app.get("/docs/swagger-initializer.js").text();
    assert!(initializer.contains(r#""url": "/openapi.json""#), "{initializer}");
    assert!(initializer.contains(r#""layout": "BaseLayout""#), "no bar that loads other descriptions: {initializer}");
}

#[test]
fn every_operation_is_named_tagged_and_described() {
    let document = TestApp::start().get("/openapi.json").json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, item) in document["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values().filter(|value| value.get("responses").is_some()) {
            assert!(operation["operationId"].is_string() && operation["tags"][0].is_string(), "{path}");
            assert!(operation["summary"].as_str().is_some_and(|text| !text.contains('`')), "{path}: plain text");
            let described = |response: &Value| response["description"].as_str().is_some_and(|text| !text.is_empty());
            assert!(operation["responses"].as_object().unwrap().values().all(described), "{path}");
        }
    }
}

#[test]
fn the_examples_were_really_scored() {
    let document = TestApp::start().get("/openapi.json").json();
    let operation = &document["paths"]["/v1/scores"]["post"];
    let profile = &operation["requestBody"]["content"]["application/json"]["example"];
    let expected = &operation["responses"]["200"]["content"]["application/json"]["example"];
    assert_eq!(&TestApp::with_builtin_rules().score("", &profile.to_string()).json(), expected);
    assert!(expected["decision"].is_object());
}

#[test]
fn the_example_of_a_problem_has_the_status_that_it_stands_under() {
    let document = TestApp::start().get("/openapi.json").json();
    let mut seen = 0;
    for operation in document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values())
    {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let Some(content) = response["content"].get("application/problem+json") else { continue };
            assert_eq!(&content["example"]["status"].to_string(), status);
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn what_may_be_absent_from_an_answer_is_never_null() {
    let document = TestApp::start().get("/openapi.json").json();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let Some(members) = schema["properties"].as_object().filter(|_| !name.ends_with("Document")) else { continue };
        for (member, schema_of_member) in members {
            let required = schema["required"].as_array().is_some_and(|names| names.iter().any(|name| name == member));
            assert!(required || !schema_of_member.to_string().contains(r#""null""#), "{name}.{member}");
        }
    }
}

#[test]
fn the_committed_description_is_the_one_that_is_printed() {
    let committed = std::fs::read_to_string("openapi/openapi.json").unwrap();
    let printed = std::process::Command::new(env!("CARGO_BIN_EXE_entregent")).arg("openapi").output().unwrap();
    assert!(committed.as_bytes() == printed.stdout, "run: entregent openapi > openapi/openapi.json");
}
