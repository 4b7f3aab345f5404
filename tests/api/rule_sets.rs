use std::sync::Arc;

use entregent::store::memory::MemoryStore;
use serde_json::{Value, json};

use crate::app::{RULE_SET_LIMIT, TestApp, rules};
use crate::exchange::{Answer, Request};

fn put(app: &TestApp, target: &str, document: &Value) -> Answer {
    app.send(&Request::new("PUT", &format!("/v1/rule-sets/{target}")).json(&document.to_string()))
}

#[test]
fn a_published_rule_set_judges_from_the_answer_on_and_is_shown_as_it_was_sent() {
    let app = TestApp::start();
    let created = app.put("own", &rules(7));
    assert_eq!((created.status, created.header("etag")), (201, "\"1\""));
    assert_eq!((&created.json()["revision"], &created.json()["active"]), (&json!(1), &json!(true)));
    assert_eq!(app.weight("own"), (7, 1));
    let changed = app.put("own", &rules(8));
    assert_eq!((changed.status, changed.header("etag"), &changed.json()["revision"]), (200, "\"2\"", &json!(2)));
    assert_eq!(app.weight("own"), (8, 2));
    let shown = app.get("/v1/rule-sets/own");
    assert_eq!((shown.header("etag"), &shown.json()["document"]), ("\"2\"", &rules(8)));
    assert_eq!(app.weight("default"), (6, 1));
}

#[test]
fn the_active_document_sent_again_makes_no_revision() {
    let app = TestApp::start();
    app.put("own", &rules(7));
    // The same document with other white space and another order of keys.
    let text = rules(7).to_string().replacen("{\"categories\"", "{ \"format\" : 1, \"categories\"", 1);
    let text = text.replacen(",\"format\":1", "", 1);
    let again = app.send(&Request::new("PUT", "/v1/rule-sets/own").json(&text));
    assert_eq!((again.status, again.header("etag"), &again.json()["revision"]), (200, "\"1\"", &json!(1)));
    let again = app.patch("own", &json!({"margin": null}));
    assert_eq!((again.status, again.header("etag"), &again.json()["revision"]), (200, "\"1\"", &json!(1)));
}

#[test]
fn a_patch_changes_members_removes_with_null_and_replaces_lists() {
    let app = TestApp::start();
    let answer = app.patch(
        "default",
        &json!({
            "vocabularies": {"buyers": {"terms": ["buyer"]}},
            "categories": {"business": {"signals": {
                "treasurer": {"points": 9},
                "treasurer-before": null,
                "buyer": {"points": 5, "when": {"mentions": {"of": ["buyers"], "in": ["headline"]}}},
            }}},
            "tests": [],
        }),
    );
    assert_eq!((answer.status, &answer.json()["revision"]), (200, &json!(2)));
    let document = &answer.json()["document"];
    let signals = document["categories"]["business"]["signals"].as_object().unwrap();
    assert_eq!(signals.keys().collect::<Vec<_>>(), ["buyer", "treasurer"]);
    assert_eq!(document["tests"], json!([]));
    assert_eq!(app.weight("default"), (9, 2));
    assert_eq!(app.score("", r#"{"headline": "Buyer"}"#).json()["category"], "business");
}

#[test]
fn a_patch_may_come_as_plain_json_and_in_no_other_form() {
    let app = TestApp::start();
    let send = |media_type: &str| {
        app.send(&Request::new("PATCH", "/v1/rule-sets/default").body(media_type, r#"{"title": "x"}"#))
    };
    assert_eq!(send("application/json").status, 200);
    assert_eq!(send("application/merge-patch+json; charset=utf-8").status, 200);
    send("application/json-patch+json").assert(415, "unsupported-media-type");
}

#[test]
fn a_patch_in_which_a_key_occurs_twice_is_refused() {
    let app = TestApp::start();
    for patch in [
        r#"{"margin": 5, "margin": 7}"#,
        r#"{"categories": {"business": {"threshold": 1, "signals": {}, "threshold": 2}}}"#,
        r#"{"tests": [{"zzkey": 1, "zzkey": null}]}"#,
    ] {
        let request = Request::new("PATCH", "/v1/rule-sets/default").body("application/merge-patch+json", patch);
        let problem = app.send(&request).assert(422, "invalid-document");
        assert_eq!(problem.json()["errors"], json!([{"pointer": "", "reason": "has a key that occurs twice"}]));
    }
    assert_eq!(app.get("/v1/rule-sets/default").header("etag"), "\"1\"");
}

#[test]
fn nothing_of_a_wrong_document_is_stored() {
    let app = TestApp::start();
    let mut faulty = rules(7);
    faulty["categories"]["business"]["signals"]["treasurer"]["when"]["mentions"]["of"] = json!(["nobody"]);
    for name in ["default", "own"] {
        let problem = app.put(name, &faulty).assert(422, "invalid-rule-set").json();
        let pointer = "/categories/business/signals/treasurer/when/mentions/of/0";
        assert!(problem["errors"].as_array().unwrap().iter().any(|error| error["pointer"] == pointer), "{problem:#}");
        app.put(name, &json!({"format": 1})).assert(422, "invalid-document");
        app.send(&Request::new("PUT", &format!("/v1/rule-sets/{name}")).json("{")).assert(400, "invalid-syntax");
    }
    app.patch("default", &json!({"policy": []})).assert(422, "invalid-document");
    app.patch("default", &json!({"policy": null})).assert(422, "invalid-document");
    app.patch("default", &json!([1])).assert(422, "invalid-document");
    app.patch("default", &json!({"categories": {"business": {"signals": {"treasurer": {"points": null}}}}}))
        .assert(422, "invalid-rule-set");
    assert_eq!(app.get("/v1/rule-sets/default").header("etag"), "\"1\"");
    app.get("/v1/rule-sets/own").assert(404, "unknown-rule-set");
    app.patch("own", &json!({})).assert(404, "unknown-rule-set");
}

#[test]
fn a_rule_set_whose_own_tests_fail_is_published_with_a_warning() {
    let app = TestApp::start();
    let answer = app.patch("default", &json!({"categories": {"business": {"threshold": 8}}}));
    assert_eq!(answer.status, 200);
    let found = &answer.json()["diagnostics"];
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!((&found[0]["code"], &found[0]["severity"]), (&json!("test-failed"), &json!("warning")));
    assert_eq!(found[0]["pointer"], "/tests/0");
    let message = "`a treasurer is business` fails: category is `none`, expected `business`; outcome is `ask`, expected \
                   `connect`";
    assert_eq!(found[0]["message"], message);
}

#[test]
fn a_revision_can_be_stored_without_being_activated() {
    let app = TestApp::start();
    put(&app, "own?activate=false", &rules(7)).assert(409, "nothing-active");
    app.put("own", &rules(7));
    let stored = put(&app, "own?activate=false", &rules(8));
    assert_eq!((stored.status, stored.header("etag")), (200, "\"2\""));
    assert_eq!((&stored.json()["revision"], &stored.json()["active"]), (&json!(2), &json!(false)));
    assert_eq!((app.weight("own"), app.weight("own@2")), ((7, 1), (8, 2)));
    assert_eq!(app.get("/v1/rule-sets/own").json()["revision"], 1);
    // A patch goes onto the active revision, not onto the newest.
    let patched = app.patch("own", &json!({"title": "patched"}));
    assert_eq!((patched.json()["revision"].as_u64(), app.weight("own")), (Some(3), (7, 3)));
}

#[test]
fn who_and_why_is_kept_with_the_revision() {
    let app = TestApp::start();
    let target = "own?author=Camille&message=fewer%20sellers%2C%20please";
    for answer in [put(&app, target, &rules(7)), app.get("/v1/rule-sets/own")] {
        assert_eq!(
            (&answer.json()["author"], &answer.json()["message"]),
            (&json!("Camille"), &json!("fewer sellers, please"))
        );
    }
    let entry = &app.get("/v1/rule-sets/own/revisions").json()["items"][0];
    assert_eq!((&entry["author"], &entry["message"]), (&json!("Camille"), &json!("fewer sellers, please")));
    app.put("own", &rules(8));
    assert!(app.get("/v1/rule-sets/own").json().get("author").is_none());
    let long = "x".repeat(1001);
    for query in ["author=", "activate=yes", "autor=x", &format!("author={}", &long[..201]), &format!("message={long}")]
    {
        put(&app, &format!("own?{query}"), &rules(9)).assert(400, "invalid-query");
    }
}

#[test]
fn a_deleted_rule_set_is_gone_until_it_is_published_again() {
    let app = TestApp::start();
    app.delete("own").assert(404, "unknown-rule-set");
    app.put("own", &rules(7));
    app.put("own", &rules(8));
    assert_eq!(app.delete("own").status, 204);
    for path in ["own", "own/revisions", "own/revisions/1"] {
        app.get(&format!("/v1/rule-sets/{path}")).assert(410, "deleted-rule-set");
    }
    app.delete("own").assert(410, "deleted-rule-set");
    app.patch("own", &json!({})).assert(410, "deleted-rule-set");
    app.activate("own", 1).assert(410, "deleted-rule-set");
    for choice in ["own", "own@1"] {
        let answer = app.score(&format!("?rule_set={choice}"), r#"{"headline": "x"}"#);
        answer.assert(410, "deleted-rule-set");
    }
    let absent = Request::new("PUT", "/v1/rule-sets/own").header("if-none-match", "*").json(&rules(8).to_string());
    let back = app.send(&absent);
    assert_eq!((back.status, back.header("etag"), &back.json()["revision"]), (201, "\"4\"", &json!(3)));
    assert_eq!((app.weight("own"), app.weight("own@1")), ((8, 3), (7, 1)));
}

#[test]
fn the_built_in_rules_can_be_read_and_used_and_not_be_changed() {
    let app = TestApp::start();
    let shown = app.get("/v1/rule-sets/builtin");
    assert_eq!((shown.status, &shown.json()["revision"]), (200, &json!(1)));
    assert_eq!(app.get("/v1/rule-sets/builtin/revisions").json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(app.get("/v1/rule-sets/builtin/revisions/1").json(), shown.json());
    app.get("/v1/rule-sets/builtin/revisions/2").assert(404, "unknown-rule-set");
    let answer = app.score("?rule_set=builtin", r#"{"headline": "Trésorière"}"#).json();
    assert_eq!(answer["rule_set"], json!({"name": "builtin", "revision": 1}));
    app.put("builtin", &rules(7)).assert(403, "protected-rule-set");
    app.patch("builtin", &json!({})).assert(403, "protected-rule-set");
    app.delete("builtin").assert(403, "protected-rule-set");
    app.activate("builtin", 1).assert(403, "protected-rule-set");
    app.delete("default").assert(403, "protected-rule-set");
    let same = app.send(&Request::new("GET", "/v1/rule-sets/builtin").header("if-none-match", shown.header("etag")));
    assert_eq!((same.status, same.body.len()), (304, 0));
}

#[test]
fn without_a_seed_the_default_rule_set_is_a_copy_of_the_built_in_one() {
    let app = TestApp::with_builtin_rules();
    let [default, builtin] = ["default", "builtin"].map(|name| app.get(&format!("/v1/rule-sets/{name}")).json());
    assert_eq!(default["document"], builtin["document"]);
    assert_eq!((&default["revision"], &default["author"]), (&json!(1), &json!("entregent")));
}

#[test]
fn names_and_numbers_of_a_wrong_form_are_told_so() {
    let app = TestApp::start();
    for name in ["Own", "-own", "o_wn", &"x".repeat(65)] {
        app.get(&format!("/v1/rule-sets/{name}")).assert(400, "invalid-path");
        app.put(name, &rules(7)).assert(400, "invalid-path");
    }
    app.get("/v1/rule-sets/default/revisions/first").assert(400, "invalid-path");
    for number in [2_147_483_648, 99_999_999_999_u64] {
        app.get(&format!("/v1/rule-sets/default/revisions/{number}")).assert(400, "invalid-path");
    }
    for number in [0, 2, 2_147_483_647] {
        app.get(&format!("/v1/rule-sets/default/revisions/{number}")).assert(404, "unknown-rule-set");
    }
    for method in ["GET", "PUT", "DELETE"] {
        let answer = app.send(&Request::new(method, "/v1/rule-sets/check").json(&rules(7).to_string()));
        assert_eq!(answer.assert(405, "method-not-allowed").header("allow"), "POST", "{method}");
    }
    let answer = app.send(&Request::new("POST", "/v1/rule-sets/own"));
    assert_eq!(answer.assert(405, "method-not-allowed").header("allow"), "GET, HEAD, PUT, PATCH, DELETE");
}

#[test]
fn the_list_goes_by_name_part_by_part_and_leaves_out_the_deleted() {
    let app = TestApp::start();
    ["b", "a", "z", "gone"].iter().for_each(|name| drop(app.put(name, &rules(7))));
    app.put("a", &rules(8));
    app.activate("a", 1);
    app.delete("gone");
    let mut names = Vec::new();
    let mut target = "/v1/rule-sets?limit=2".to_owned();
    loop {
        let part = app.get(&target).json();
        names.extend(part["items"].as_array().unwrap().iter().cloned());
        let Some(cursor) = part["next_cursor"].as_str() else { break };
        assert_eq!(part["items"].as_array().unwrap().len(), 2);
        target = format!("/v1/rule-sets?limit=2&cursor={cursor}");
    }
    let shown: Vec<_> = names.iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(shown, ["a", "b", "builtin", "default", "z"]);
    assert_eq!((&names[0]["revision"], &names[0]["last_revision"]), (&json!(1), &json!(2)));
    assert_eq!((&names[2]["read_only"], &names[3]["read_only"]), (&json!(true), &json!(false)));
    for query in ["limit=0", "limit=101", "limit=x", "cursor=A", "page=2"] {
        app.get(&format!("/v1/rule-sets?{query}")).assert(400, "invalid-query");
    }
}

#[test]
fn a_check_tells_everything_and_stores_nothing() {
    let app = TestApp::start();
    let check = |document: &Value| app.send(&Request::new("POST", "/v1/rule-sets/check").json(&document.to_string()));
    let answer = check(&rules(7)).assert(200, "").json();
    assert_eq!((&answer["valid"], &answer["diagnostics"]), (&json!(true), &json!([])));
    let name = "a treasurer is business";
    assert_eq!(answer["tests"], json!([{"name": name, "passed": true, "failures": []}]));
    let answer = check(&rules(3)).json();
    assert_eq!((&answer["valid"], &answer["tests"][0]["passed"]), (&json!(true), &json!(false)));
    assert_eq!(answer["diagnostics"][0]["code"], "test-failed");
    let mut faulty = rules(7);
    faulty["policy"] = json!([{"id": "never", "when": {"category": ["nothing"]}, "outcome": "ask"}]);
    let answer = check(&faulty).json();
    assert_eq!((&answer["valid"], &answer["tests"]), (&json!(false), &json!([])));
    assert!(answer["diagnostics"].as_array().unwrap().len() >= 2, "{answer:#}");
    check(&json!({"format": 1})).assert(422, "invalid-document");
    assert_eq!(app.get("/v1/rule-sets").json()["items"].as_array().unwrap().len(), 2);
}

#[test]
fn a_rule_set_has_a_limit_of_its_own_sent_or_merged() {
    let app = TestApp::start();
    let most = RULE_SET_LIMIT as usize;
    let padded = |length: usize| {
        let mut document = rules(7);
        document["tests"] = json!([{"name": "x", "profile": {"about": "a".repeat(length)}, "expect": {}}]);
        document
    };
    app.put("own", &padded(most)).assert(413, "body-too-large");
    assert_eq!(app.put("own", &padded(most - 1500)).status, 201);
    app.patch("own", &json!({"description": "a".repeat(3000)})).assert(413, "body-too-large");
    assert_eq!(app.get("/v1/rule-sets/own").header("etag"), "\"1\"");
}

#[test]
fn everything_is_as_it_was_after_a_restart() {
    let store = Arc::new(MemoryStore::default());
    let app = TestApp::over(store.clone());
    app.put("own", &rules(7));
    app.put("own", &rules(8));
    app.activate("own", 1);
    app.put("gone", &rules(7));
    app.delete("gone");
    app.patch("default", &json!({"title": "mine"}));
    let paths = ["/v1/rule-sets", "/v1/rule-sets/own", "/v1/rule-sets/default", "/v1/rule-sets/own/revisions"];
    let before = paths.map(|path| app.get(path).json());
    drop(app);
    let app = TestApp::over(store);
    assert_eq!(paths.map(|path| app.get(path).json()), before);
    assert_eq!((app.weight("own"), app.weight("own@2")), ((7, 1), (8, 2)));
    app.get("/v1/rule-sets/gone").assert(410, "deleted-rule-set");
    assert_eq!(app.put("gone", &rules(9)).json()["revision"], 2);
}
