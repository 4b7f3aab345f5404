use std::path::Path;
use std::sync::Arc;

use entregent::store::memory::MemoryStore;
use entregent::store::sled::SledStore;
use serde_json::{Value, json};

use crate::app::{BODY_LIMIT, TestApp};
use crate::exchange::{Answer, Request};
use crate::process::Service;

const TREASURER: &str = r#"{"headline": "Treasurer", "as_of": "2026-11-23"}"#;

pub(crate) fn put(app: &TestApp, id: &str, document: &Value) -> Answer {
    app.send(&Request::new("PUT", &format!("/v1/owners/{id}")).json(&document.to_string()))
}

pub(crate) fn erase(app: &TestApp, id: &str) -> Answer {
    app.send(&Request::new("DELETE", &format!("/v1/owners/{id}")))
}

fn headline(text: &str) -> Value {
    json!({"headline": text})
}

/// The owner that an answer names.
fn owner_of(app: &TestApp, query: &str) -> Value {
    app.score(query, TREASURER).assert(200, "").json()["owner"].clone()
}

#[test]
fn an_owner_document_is_kept_shown_replaced_and_erased() {
    let app = TestApp::start();
    app.get("/v1/owners/camille").assert(404, "unknown-owner");
    let created = put(&app, "camille", &headline("CTO")).assert(201, "");
    let tag = created.header("etag").to_owned();
    let created = created.json();
    assert_eq!((&created["id"], &created["document"]), (&json!("camille"), &headline("CTO")));
    assert_eq!(tag, format!("\"{}\"", created["digest"].as_str().unwrap()));
    let shown = app.get("/v1/owners/camille").assert(200, "");
    assert_eq!((shown.header("etag"), shown.json()), (tag.as_str(), created));
    let replaced = put(&app, "camille", &headline("Head of IT")).assert(200, "");
    assert_ne!(replaced.header("etag"), tag);
    assert_eq!(app.get("/v1/owners/camille").json(), replaced.json());
    let erased = erase(&app, "camille").assert(204, "");
    assert!(erased.body.is_empty());
    app.get("/v1/owners/camille").assert(404, "unknown-owner");
    erase(&app, "camille").assert(404, "unknown-owner");
    assert_eq!(put(&app, "camille", &headline("CTO")).assert(201, "").header("etag"), tag);
}

#[test]
fn the_digest_is_that_of_what_the_document_says() {
    let app = TestApp::start();
    let first = put(&app, "a", &headline("CTO")).assert(201, "").json();
    // What `printf '{"headline":"CTO"}' | sha256sum` prints.
    assert_eq!(first["digest"], "sha256:4ea0e8b7bcc32277bdee1dfc6ee7f588a4d13276cd306425b67b6651ce5c1da2");
    let spaced = r#" { "about": null, "headline": "C\u0054O" } "#;
    let again = app.send(&Request::new("PUT", "/v1/owners/a").json(spaced)).assert(200, "").json();
    assert_eq!(again, first);
    assert_eq!(put(&app, "b", &headline("CTO")).json()["digest"], first["digest"]);
    assert_ne!(put(&app, "c", &json!({"headline": "CTO", "skills": []})).json()["digest"], first["digest"]);
}

#[test]
fn what_makes_no_sense_in_an_owner_document_is_refused_with_its_place() {
    let app = TestApp::start();
    let document = json!({
        "id": "x", "headline": 5, "as_of": "2026-11-23",
        "relationship": {"kind": "friend"}, "invitation": {"note": "zznote"},
    });
    let problem = put(&app, "a", &document).assert(422, "invalid-document");
    let pointers: Vec<_> =
        problem.json()["errors"].as_array().unwrap().iter().map(|error| error["pointer"].clone()).collect();
    assert_eq!(pointers, ["/as_of", "/headline", "/id", "/invitation", "/relationship"]);
    assert!(!problem.text().contains("zznote"));
    put(&app, "a", &json!({"skills": []})).assert(422, "invalid-document");
    put(&app, "a", &json!({"name": "Camille"})).assert(422, "invalid-document");
    app.send(&Request::new("PUT", "/v1/owners/a").json("{")).assert(400, "invalid-syntax");
    app.send(&Request::new("PUT", "/v1/owners/a").body("text/plain", "{}")).assert(415, "unsupported-media-type");
    put(&app, "a", &json!({"about": "a".repeat(BODY_LIMIT)})).assert(413, "body-too-large");
    app.get("/v1/owners/a").assert(404, "unknown-owner");
}

#[test]
fn ids_of_a_wrong_form_are_told_so_and_none_is_nobody() {
    let app = TestApp::start();
    for id in ["none", "Camille", "-a", "a_b", &"x".repeat(65)] {
        put(&app, id, &headline("CTO")).assert(400, "invalid-path");
        app.get(&format!("/v1/owners/{id}")).assert(400, "invalid-path");
        erase(&app, id).assert(400, "invalid-path");
    }
    for id in ["builtin", "check"] {
        put(&app, id, &headline("CTO")).assert(201, "");
    }
    let answer = app.send(&Request::new("POST", "/v1/owners/a").json("{}"));
    assert_eq!(answer.assert(405, "method-not-allowed").header("allow"), "GET, HEAD, PUT, DELETE");
}

#[test]
fn profiles_are_judged_for_the_owner_who_is_named_or_else_for_the_default_one() {
    let app = TestApp::start();
    for query in ["", "?owner=none"] {
        assert_eq!(owner_of(&app, query), Value::Null, "{query}");
    }
    for query in ["?owner=default", "?owner=camille"] {
        app.score(query, TREASURER).assert(404, "unknown-owner");
    }
    let usual = put(&app, "default", &headline("CTO")).json()["digest"].clone();
    let other = put(&app, "camille", &headline("Head of IT")).json()["digest"].clone();
    let named = |id: &str, digest: &Value| json!({"id": id, "digest": digest});
    for query in ["", "?owner=default"] {
        assert_eq!(owner_of(&app, query), named("default", &usual), "{query}");
    }
    assert_eq!(owner_of(&app, "?owner=camille"), named("camille", &other));
    assert_eq!(owner_of(&app, "?owner=none"), Value::Null);
    let changed = put(&app, "default", &headline("Baker")).json()["digest"].clone();
    assert_eq!(owner_of(&app, ""), named("default", &changed));
    erase(&app, "default").assert(204, "");
    assert_eq!(owner_of(&app, ""), Value::Null);
    for query in ["?owner=", "?owner=Camille", "?owner=a&owner=b"] {
        app.score(query, TREASURER).assert(400, "invalid-query");
    }
}

#[test]
fn all_lines_of_a_stream_are_judged_for_one_owner() {
    let app = TestApp::start();
    let bulk = |query: &str| {
        let request = Request::new("POST", &format!("/v1/scores/bulk{query}"));
        app.send(&request.body("application/x-ndjson", "{\"headline\": \"x\"}\n{\"headline\": \"y\"}\n"))
    };
    bulk("?owner=camille").assert(404, "unknown-owner");
    put(&app, "camille", &headline("CTO"));
    for (query, id) in [("?owner=camille", json!("camille")), ("", Value::Null), ("?owner=none", Value::Null)] {
        let ids: Vec<_> = bulk(query).lines().iter().map(|line| line["result"]["owner"]["id"].clone()).collect();
        assert_eq!(ids, [id.clone(), id], "{query}");
    }
}

#[test]
fn the_list_goes_by_id_part_by_part() {
    let app = TestApp::start();
    assert_eq!(app.get("/v1/owners").json(), json!({"items": []}));
    let ids = ["b", "a", "default", "z", "c"];
    ids.iter().for_each(|id| drop(put(&app, id, &headline(id)).assert(201, "")));
    erase(&app, "b");
    let first = app.get("/v1/owners?limit=2").json();
    assert_eq!(first["next_cursor"], "c");
    let second = app.get("/v1/owners?limit=2&cursor=c").json();
    assert_eq!(second.get("next_cursor"), None);
    let of = |part: &Value| part["items"].as_array().unwrap().clone();
    let items = [of(&first), of(&second)].concat();
    assert_eq!(items.iter().map(|item| item["id"].clone()).collect::<Vec<_>>(), ["a", "c", "default", "z"]);
    let shown = app.get("/v1/owners/z").json();
    assert_eq!((&items[3]["digest"], &items[3]["updated_at"]), (&shown["digest"], &shown["updated_at"]));
    app.get("/v1/owners?limit=0").assert(400, "invalid-query");
}

#[test]
fn owner_documents_are_as_they_were_after_a_restart() {
    let store = Arc::new(MemoryStore::default());
    let app = TestApp::over(store.clone());
    put(&app, "default", &headline("CTO"));
    put(&app, "camille", &headline("Baker"));
    put(&app, "gone", &headline("Baker"));
    erase(&app, "gone");
    let paths = ["/v1/owners", "/v1/owners/default", "/v1/owners/camille"];
    let before = paths.map(|path| app.get(path).json());
    let judged = owner_of(&app, "");
    drop(app);
    let app = TestApp::over(store);
    assert_eq!(paths.map(|path| app.get(path).json()), before);
    assert_eq!(owner_of(&app, ""), judged);
    app.get("/v1/owners/gone").assert(404, "unknown-owner");
    let again = put(&app, "default", &headline("CTO")).assert(200, "").json();
    assert_eq!(again, before[1]);
}

/// Whether a text stands in any file of a directory, or of those in it, or in a name.
fn holds(directory: &Path, text: &str) -> bool {
    std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        path.to_str().unwrap().contains(text)
            || match path.is_dir() {
                true => holds(&path, text),
                false => std::fs::read(&path).unwrap().windows(text.len()).any(|window| window == text.as_bytes()),
            }
    })
}

#[test]
fn nothing_of_an_erased_or_replaced_document_is_left_in_the_data_directory() {
    let data = tempfile::tempdir().unwrap();
    let app = TestApp::over(Arc::new(SledStore::open(data.path()).unwrap()));
    let holds = |text: &str| holds(data.path(), text);
    put(&app, "zzid", &json!({"headline": "zzfirst", "about": "zzlong".repeat(500)}));
    assert!(holds("zzfirst") && holds("zzlong") && holds("zzid"), "the test would see it");
    put(&app, "zzid", &headline("zzsecond")).assert(200, "");
    assert!(!holds("zzfirst") && !holds("zzlong") && holds("zzsecond"));
    erase(&app, "zzid").assert(204, "");
    assert!(!holds("zzsecond") && !holds("zzid"));
    app.drain();
    drop(app);
    assert!(!["zzid", "zzfirst", "zzlong", "zzsecond"].into_iter().any(holds));
}

#[test]
fn an_erased_document_stays_erased_when_the_process_is_killed_and_started_again() {
    let data = tempfile::tempdir().unwrap();
    let service = Service::start(data.path());
    let send = |service: &Service, request: Request| request.send_to(service.address);
    let put = |id: &str, text: &str| Request::new("PUT", &format!("/v1/owners/{id}")).json(&headline(text).to_string());
    send(&service, put("zzgone", "zzerased")).assert(201, "");
    let kept = send(&service, put("kept", "zzkept")).assert(201, "").json();
    send(&service, Request::new("DELETE", "/v1/owners/zzgone")).assert(204, "");
    service.signal("-KILL");
    assert!(!service.ended().1.success());
    assert!(!holds(data.path(), "zzerased") && !holds(data.path(), "zzgone"));
    let service = Service::start(data.path());
    send(&service, Request::new("GET", "/v1/owners/zzgone")).assert(404, "unknown-owner");
    assert_eq!(send(&service, Request::new("GET", "/v1/owners/kept")).json(), kept);
    assert!(!holds(data.path(), "zzerased"));
}

#[test]
fn owners_are_as_protected_as_everything_else() {
    let keys = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(keys.path(), "0123456789abcdef\n").unwrap();
    let app = TestApp::with_keys(keys.path());
    for (method, path) in
        [("GET", "/v1/owners"), ("GET", "/v1/owners/a"), ("PUT", "/v1/owners/a"), ("DELETE", "/v1/owners/a")]
    {
        app.send(&Request::new(method, path).json("{}")).assert(401, "key-required");
    }
    let app = TestApp::start();
    for method in ["PUT", "DELETE"] {
        let request = Request::new(method, "/v1/owners/a").header("origin", "https://elsewhere.example").json("{}");
        app.send(&request).assert(403, "foreign-origin");
    }
}
