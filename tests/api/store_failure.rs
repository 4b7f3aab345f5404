use std::sync::{Arc, Mutex};

use entregent::service::name::RuleSetChoice;
use entregent::service::rule_sets::RuleSets;
use entregent::store::memory::MemoryStore;
use entregent::store::{Change, CommitFailure, Expected, Record, Store, StoreFailure, Write};
use serde_json::{Value, json};

use crate::app::{TestApp, rules};
use crate::exchange::Request;
use crate::owners;

type Fault = fn() -> StoreFailure;

/// A store that fails when it is told to.
#[derive(Default)]
struct FaultyStore {
    records: MemoryStore,
    reading: Mutex<Option<Fault>>,
    writing: Mutex<Option<fn() -> CommitFailure>>,
    /// What is written next is not synced: it can be read, is not acknowledged, and ends all writing.
    syncs_fail: Mutex<bool>,
    damaged: Mutex<Option<&'static str>>,
}

impl FaultyStore {
    fn look(&self, key: &str) -> Result<(), StoreFailure> {
        match *self.damaged.lock().unwrap() {
            Some(damaged) if key.starts_with(damaged) => Err(StoreFailure::Damaged { key: damaged.to_owned() }),
            _ => self.reading.lock().unwrap().map_or(Ok(()), |fault| Err(fault())),
        }
    }
}

impl Store for FaultyStore {
    fn read(&self, key: &str) -> Result<Option<Record>, StoreFailure> {
        self.look(key)?;
        self.records.read(key)
    }

    fn list(&self, prefix: &str, after: Option<&str>, most: usize) -> Result<Vec<(String, Record)>, StoreFailure> {
        let listed = self.records.list(prefix, after, most)?;
        listed.iter().try_for_each(|(key, _)| self.look(key))?;
        Ok(listed)
    }

    fn commit(&self, group: Vec<Write>) -> Result<(), CommitFailure> {
        let mut writing = self.writing.lock().unwrap();
        if let Some(fault) = *writing {
            return Err(fault());
        }
        self.records.commit(group)?;
        if *self.syncs_fail.lock().unwrap() {
            *writing = Some(|| StoreFailure::Stopped.into());
            return Err(StoreFailure::Medium("as told".to_owned()).into());
        }
        Ok(())
    }
}

fn overwrite(store: &impl Store, key: &str, body: &str) {
    let change = Change::Put(body.as_bytes().to_vec());
    store.commit(vec![Write { key: key.to_owned(), expected: Expected::Anything, change }]).unwrap();
}

#[test]
fn a_store_that_cannot_write_is_told_so_and_judging_goes_on() {
    let store = Arc::new(FaultyStore::default());
    let app = TestApp::over(store.clone());
    for (fault, status, code) in [
        ((|| StoreFailure::Full.into()) as fn() -> CommitFailure, 507, "store-full"),
        (|| StoreFailure::Stopped.into(), 503, "store-unavailable"),
        (|| StoreFailure::TimedOut.into(), 503, "store-unavailable"),
        (|| StoreFailure::OutOfBounds.into(), 503, "store-unavailable"),
        (|| StoreFailure::Medium("zzinside".to_owned()).into(), 503, "store-unavailable"),
        (|| CommitFailure::Conflict, 503, "store-unavailable"),
    ] {
        *store.writing.lock().unwrap() = Some(fault);
        for answer in
            [app.put("own", &rules(7)), app.put("default", &rules(7)), app.patch("default", &json!({"title": "x"}))]
        {
            assert!(!answer.assert(status, code).text().contains("zzinside"));
        }
        assert_eq!(app.weight("default"), (6, 1));
        assert_eq!(app.get("/v1/rule-sets/default").header("etag"), "\"1\"");
        assert_eq!(app.get("/health/ready").status, 200);
    }
    *store.writing.lock().unwrap() = None;
    assert_eq!(app.put("default", &rules(7)).json()["revision"], 2);
}

#[test]
fn a_store_that_cannot_read_stops_no_active_rule_set() {
    let store = Arc::new(FaultyStore::default());
    drop(TestApp::over(store.clone()).put("own", &rules(7)));
    let app = TestApp::over(store.clone());
    app.put("default", &rules(8));
    assert_eq!(app.weight("own"), (7, 1));
    *store.reading.lock().unwrap() = Some(|| StoreFailure::Medium("away".to_owned()));
    assert_eq!((app.weight("default"), app.weight("own")), ((8, 2), (7, 1)));
    assert_eq!(app.get("/v1/rule-sets").status, 200);
    app.get("/v1/rule-sets/default").assert(503, "store-unavailable");
    app.put("own", &rules(9)).assert(503, "store-unavailable");
    let pinned = app.score("?rule_set=default@1", r#"{"headline": "x"}"#);
    pinned.assert(503, "store-unavailable");
}

#[test]
fn a_change_of_a_rule_set_that_was_not_synced_is_never_acknowledged_nor_shown() {
    let store = Arc::new(FaultyStore::default());
    let app = TestApp::over(store.clone());
    app.put("own", &rules(7)).assert(201, "");
    *store.syncs_fail.lock().unwrap() = true;
    for _ in 0..2 {
        app.put("own", &rules(8)).assert(503, "store-unavailable");
        app.patch("own", &json!({"format": 1})).assert(503, "store-unavailable");
    }
    for number in [1, 2] {
        app.activate("own", number).assert(503, "store-unavailable");
    }
    app.delete("own").assert(503, "store-unavailable");
    for path in ["", "/revisions", "/revisions/1", "/revisions/2"] {
        app.get(&format!("/v1/rule-sets/own{path}")).assert(503, "store-unavailable");
    }
    assert_eq!(app.weight("own"), (7, 1));
    // What was synced before is shown and acknowledged as ever.
    assert_eq!(app.get("/v1/rule-sets/default").header("etag"), "\"1\"");
    app.put("default", &rules(6)).assert(200, "");
    app.activate("default", 1).assert(200, "");
}

#[test]
fn a_new_rule_set_that_was_not_synced_does_not_exist_yet() {
    let store = Arc::new(FaultyStore::default());
    let app = TestApp::over(store.clone());
    *store.syncs_fail.lock().unwrap() = true;
    for _ in 0..2 {
        app.put("own", &rules(7)).assert(503, "store-unavailable");
    }
    app.get("/v1/rule-sets/own").assert(503, "store-unavailable");
    app.score("?rule_set=own", r#"{"headline": "x"}"#).assert(404, "unknown-rule-set");
}

#[test]
fn a_change_that_is_stored_and_not_in_effect_yet_is_shown() {
    let store = Arc::new(FaultyStore::default());
    let app = TestApp::over(store.clone());
    app.put("own", &rules(7)).assert(201, "");
    app.put("own", &rules(8)).assert(200, "");
    // As another request has just stored it.
    let record = r#"{"form":1,"record":{"active":1,"last":2,"changed_at":"2026-11-23T09:00:00Z"}}"#;
    overwrite(&*store, "rule-sets/own", record);
    let shown = app.get("/v1/rule-sets/own").assert(200, "");
    assert_eq!((shown.header("etag"), &shown.json()["revision"]), ("\"3\"", &1.into()));
    app.put("own", &rules(7)).assert(200, "");
}

#[test]
fn documents_that_were_read_once_are_compiled_without_the_store() {
    let store = Arc::new(FaultyStore::default());
    drop(TestApp::over(store.clone()).put("own", &rules(7)));
    let rule_sets = RuleSets::open(store.clone(), None, 8192).unwrap();
    rule_sets.registry().hold_all();
    *store.reading.lock().unwrap() = Some(|| StoreFailure::TimedOut);
    let own = RuleSetChoice::parse("own").unwrap();
    assert!(rule_sets.registry().at_hand(&own).unwrap().is_none(), "nobody asked for it yet");
    assert_eq!(rule_sets.registry().find(&own).unwrap().name().revision, 1);
    assert!(rule_sets.registry().at_hand(&own).unwrap().is_some());
}

#[test]
fn a_damaged_head_puts_its_own_rule_set_out_of_use_and_no_other() {
    // The store finds the damage, or the record that it hands out is none, or is of a form of later versions.
    let later = r#"{"form":2,"record":{"active":1,"last":1,"changed_at":"2026-11-23T09:00:00Z"}}"#;
    for body in [None, Some(r#"{"form":1,"record":{}}"#), Some(later)] {
        let store = Arc::new(FaultyStore::default());
        let app = TestApp::over(store.clone());
        ["a", "m", "z"].iter().for_each(|name| drop(app.put(name, &rules(7))));
        drop(app);
        match body {
            None => *store.damaged.lock().unwrap() = Some("rule-sets/m"),
            Some(body) => overwrite(&*store, "rule-sets/m", body),
        }
        let app = TestApp::over(store);
        assert_eq!((app.weight("a"), app.weight("z"), app.weight("default")), ((7, 1), (7, 1), (6, 1)));
        app.score("?rule_set=m", r#"{"headline": "x"}"#).assert(500, "damaged-record");
        app.get("/v1/rule-sets/m").assert(500, "damaged-record");
        app.put("m", &rules(8)).assert(500, "damaged-record");
        assert!(!app.get("/v1/rule-sets").text().contains("\"m\""));
    }
}

#[test]
fn a_damaged_document_is_never_judged_by() {
    let store = Arc::new(FaultyStore::default());
    drop(TestApp::over(store.clone()).put("own", &rules(7)));
    overwrite(&*store, "documents/default/0000000001", "{\"format\":1,");
    overwrite(&*store, "documents/own/0000000001", "{\"format\":1}");
    let app = TestApp::over(store);
    app.score("", r#"{"headline": "x"}"#).assert(500, "damaged-record");
    app.bulk("{\"headline\": \"x\"}\n").assert(500, "damaged-record");
    app.score("?rule_set=own", r#"{"headline": "x"}"#).assert(500, "unusable-rule-set");
    app.get("/health/ready").assert(503, "not-ready");
    assert_eq!(app.get("/health/live").status, 200);
    assert_eq!(app.score("?rule_set=builtin", r#"{"headline": "x"}"#).status, 200);
    assert_eq!(app.put("own", &rules(8)).json()["revision"], 2);
    assert_eq!(app.weight("own"), (8, 2));
}

#[test]
fn there_can_only_be_so_many_names() {
    let store = Arc::new(MemoryStore::default());
    for number in 0..998 {
        let head = json!({"form": 1, "record": {"active": null, "last": 1, "changed_at": "2026-11-23T09:00:00Z"}});
        overwrite(&*store, &format!("rule-sets/old-{number}"), &head.to_string());
    }
    let app = TestApp::over(store);
    app.put("own", &rules(7)).assert(409, "too-many-rule-sets");
    assert_eq!(app.put("old-1", &rules(7)).json()["revision"], 2);
    assert_eq!(app.put("default", &rules(7)).status, 200);
}

/// What the first version of the service stored must be read by every later one.
#[test]
fn the_records_of_earlier_versions_are_read() {
    let store = Arc::new(MemoryStore::default());
    let recorded: Value = serde_json::from_str(include_str!("../recorded/rule_sets_form_1.json")).unwrap();
    for (key, body) in recorded.as_object().unwrap() {
        overwrite(&*store, key, body.as_str().unwrap());
    }
    let app = TestApp::over(store);
    assert_eq!((app.weight("default"), app.weight("default@2")), ((7, 1), (9, 2)));
    let newest = &app.get("/v1/rule-sets/default/revisions").json()["items"][0];
    assert_eq!((&newest["author"], &newest["message"]), (&json!("Camille"), &json!("a heavier weight")));
    app.send(&Request::new("GET", "/v1/rule-sets/gone")).assert(410, "deleted-rule-set");
    assert_eq!(app.put("gone", &rules(7)).json()["revision"], 2);
}

const DEFAULT_OWNER: &str = "erasable/owners/default";

#[test]
fn a_damaged_owner_document_is_out_of_use_until_it_is_erased() {
    // The store finds the damage, or the record is none, or of a form of later versions, or its document is no owner's.
    let record = |form: u32, document: Value| {
        Some(json!({"form": form, "record": {"updated_at": "2026-11-23T09:00:00Z", "document": document}}).to_string())
    };
    let good = json!({"headline": "CTO"});
    for body in [None, Some("{}".to_owned()), record(2, good.clone()), record(1, json!({"headline": 5}))] {
        let store = Arc::new(FaultyStore::default());
        let app = TestApp::over(store.clone());
        ["a", "default", "z"].iter().for_each(|id| drop(owners::put(&app, id, &good).assert(201, "")));
        drop(app);
        match body {
            None => *store.damaged.lock().unwrap() = Some(DEFAULT_OWNER),
            Some(body) => overwrite(&*store, DEFAULT_OWNER, &body),
        }
        let app = TestApp::over(store.clone());
        let score = |query: &str| app.score(query, r#"{"headline": "x"}"#);
        for query in ["", "?owner=default"] {
            score(query).assert(500, "damaged-record");
        }
        for query in ["?owner=none", "?owner=a", "?owner=z"] {
            score(query).assert(200, "");
        }
        app.get("/v1/owners/default").assert(500, "damaged-record");
        app.get("/health/ready").assert(503, "not-ready");
        let listed = app.get("/v1/owners").json()["items"].clone();
        assert_eq!((listed[1].clone(), listed.as_array().unwrap().len()), (json!({"id": "default"}), 3));
        owners::put(&app, "default", &good).assert(500, "damaged-record");
        let if_match = |tag: &str| app.send(&Request::new("DELETE", "/v1/owners/default").header("if-match", tag));
        if_match("\"x\"").assert(412, "precondition-failed");
        if_match("*").assert(204, "");
        score("").assert(200, "");
        app.get("/health/ready").assert(200, "");
        *store.damaged.lock().unwrap() = None;
        owners::put(&app, "default", &good).assert(201, "");
    }
}

#[test]
fn an_owner_document_that_cannot_be_written_or_erased_stays_as_it_is() {
    let store = Arc::new(FaultyStore::default());
    let app = TestApp::over(store.clone());
    let digest = owners::put(&app, "default", &json!({"headline": "CTO"})).json()["digest"].clone();
    for (fault, status, code) in [
        ((|| StoreFailure::Full.into()) as fn() -> CommitFailure, 507, "store-full"),
        (|| StoreFailure::TimedOut.into(), 503, "store-unavailable"),
        (|| StoreFailure::Medium("zzinside".to_owned()).into(), 503, "store-unavailable"),
        (|| CommitFailure::Conflict, 503, "store-unavailable"),
    ] {
        *store.writing.lock().unwrap() = Some(fault);
        for answer in [
            owners::put(&app, "default", &json!({"headline": "Baker"})),
            owners::put(&app, "new", &json!({"headline": "Baker"})),
            owners::erase(&app, "default"),
        ] {
            assert!(!answer.assert(status, code).text().contains("zzinside"));
        }
        // The same document needs no writing.
        owners::put(&app, "default", &json!({"headline": "CTO"})).assert(200, "");
        assert_eq!(app.score("", r#"{"headline": "x"}"#).json()["owner"]["digest"], digest);
        app.get("/v1/owners/new").assert(404, "unknown-owner");
    }
    *store.writing.lock().unwrap() = None;
    *store.reading.lock().unwrap() = Some(|| StoreFailure::TimedOut);
    app.get("/v1/owners/default").assert(503, "store-unavailable");
    assert_eq!(app.score("", r#"{"headline": "x"}"#).json()["owner"]["digest"], digest);
    assert_eq!(app.get("/v1/owners").status, 200);
}

#[test]
fn a_change_of_an_owner_document_that_was_not_synced_is_never_acknowledged_nor_shown() {
    let (one, two) = (json!({"headline": "CTO"}), json!({"headline": "Baker"}));
    for replaces in [true, false] {
        let store = Arc::new(FaultyStore::default());
        let app = TestApp::over(store.clone());
        for id in ["kept", "own"] {
            owners::put(&app, id, &one).assert(201, "");
        }
        *store.syncs_fail.lock().unwrap() = true;
        let changed = if replaces { owners::put(&app, "own", &two) } else { owners::erase(&app, "own") };
        changed.assert(503, "store-unavailable");
        for document in [&one, &two] {
            owners::put(&app, "own", document).assert(503, "store-unavailable");
        }
        owners::erase(&app, "own").assert(503, "store-unavailable");
        app.get("/v1/owners/own").assert(503, "store-unavailable");
        app.score("?owner=own", r#"{"headline": "x"}"#).assert(200, "");
        // What was synced before is shown and acknowledged as ever.
        assert_eq!(app.get("/v1/owners/kept").assert(200, "").json()["document"], one);
        owners::put(&app, "kept", &one).assert(200, "");
    }
}

#[test]
fn a_new_owner_document_that_was_not_synced_is_not_said_to_be_absent() {
    let store = Arc::new(FaultyStore::default());
    let app = TestApp::over(store.clone());
    *store.syncs_fail.lock().unwrap() = true;
    owners::put(&app, "own", &json!({"headline": "CTO"})).assert(503, "store-unavailable");
    app.get("/v1/owners/own").assert(503, "store-unavailable");
    owners::erase(&app, "own").assert(503, "store-unavailable");
    app.score("?owner=own", r#"{"headline": "x"}"#).assert(404, "unknown-owner");
    app.get("/v1/owners/none-such").assert(404, "unknown-owner");
    owners::erase(&app, "none-such").assert(404, "unknown-owner");
}

#[test]
fn there_can_only_be_so_many_owner_documents() {
    let store = Arc::new(MemoryStore::default());
    let record = json!({"form": 1, "record": {"updated_at": "2026-11-23T09:00:00Z", "document": {"headline": "x"}}});
    for number in 0..999 {
        overwrite(&*store, &format!("erasable/owners/old-{number}"), &record.to_string());
    }
    let app = TestApp::over(store);
    let document = json!({"headline": "CTO"});
    owners::put(&app, "one", &document).assert(201, "");
    owners::put(&app, "more", &document).assert(409, "too-many-owners");
    owners::put(&app, "old-1", &document).assert(200, "");
    owners::erase(&app, "old-1").assert(204, "");
    owners::put(&app, "more", &document).assert(201, "");
}

/// What the first version of the service stored must be read by every later one.
#[test]
fn the_owner_documents_of_earlier_versions_are_read() {
    let store = Arc::new(MemoryStore::default());
    let recorded: Value = serde_json::from_str(include_str!("../recorded/owners_form_1.json")).unwrap();
    for (key, body) in recorded.as_object().unwrap() {
        overwrite(&*store, key, body.as_str().unwrap());
    }
    let app = TestApp::over(store);
    let shown = app.get("/v1/owners/camille").assert(200, "").json();
    assert_eq!(shown["updated_at"], "2026-11-24T15:00:00Z");
    assert_eq!(shown["document"]["positions"][0]["title"], "Développeuse");
    assert_eq!(shown["digest"], "sha256:6e95b1cef57fe74e5bc85e4a6de59491178844a8664dd08cb93e77228fcad9f8");
    assert_eq!(app.score("?owner=camille", r#"{"headline": "x"}"#).json()["owner"]["digest"], shown["digest"]);
    let again = owners::put(&app, "camille", &shown["document"]).assert(200, "").json();
    assert_eq!(again, shown);
}
