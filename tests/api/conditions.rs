use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier, Mutex};

use entregent::store::memory::MemoryStore;
use entregent::store::{CommitFailure, Record, Store, StoreFailure, Write};
use serde_json::json;

use crate::app::{TestApp, rules};
use crate::exchange::{Answer, Request};

const CLIENTS: i64 = 32;

fn put_if(app: &TestApp, name: &str, condition: (&str, &str), points: i64) -> Answer {
    let request = Request::new("PUT", &format!("/v1/rule-sets/{name}")).json(&rules(points).to_string());
    app.send(&request.header(condition.0, condition.1))
}

#[test]
fn a_write_is_made_only_in_the_state_that_its_conditions_name() {
    let app = TestApp::start();
    put_if(&app, "own", ("if-match", "*"), 7).assert(412, "precondition-failed");
    assert_eq!(put_if(&app, "own", ("if-none-match", "*"), 7).status, 201);
    put_if(&app, "own", ("if-none-match", "*"), 8).assert(412, "precondition-failed");
    put_if(&app, "own", ("if-match", "\"2\""), 8).assert(412, "precondition-failed");
    put_if(&app, "own", ("if-match", "W/\"1\""), 8).assert(412, "precondition-failed");
    put_if(&app, "own", ("if-match", "1"), 8).assert(400, "malformed-request");
    assert_eq!(put_if(&app, "own", ("if-match", "\"9\", \"1\""), 8).header("etag"), "\"2\"");
    for (method, path) in [("PATCH", "own"), ("DELETE", "own"), ("POST", "own/revisions/1/activate")] {
        let request = Request::new(method, &format!("/v1/rule-sets/{path}")).json(r#"{"title": "x"}"#);
        app.send(&request.header("if-match", "\"1\"")).assert(412, "precondition-failed");
    }
    assert_eq!(app.send(&Request::new("DELETE", "/v1/rule-sets/own").header("if-match", "\"2\"")).status, 204);
    // Of a deleted rule set no state is left, but its counter goes on.
    put_if(&app, "own", ("if-match", "\"3\""), 9).assert(412, "precondition-failed");
    assert_eq!(put_if(&app, "own", ("if-none-match", "*"), 9).header("etag"), "\"4\"");
}

#[test]
fn a_reader_that_knows_the_state_is_sent_nothing() {
    let app = TestApp::start();
    let read = |tag: &str| app.send(&Request::new("GET", "/v1/rule-sets/default").header("if-none-match", tag));
    let same = read("\"1\"");
    assert_eq!((same.status, same.body.len(), same.header("etag")), (304, 0, "\"1\""));
    assert_eq!((read("W/\"1\"").status, read("\"2\"").status), (304, 200));
    app.activate("default", 1);
    assert_eq!(read("\"1\"").status, 304);
    app.patch("default", &json!({"title": "x"}));
    assert_eq!(read("\"1\"").status, 200);
}

#[test]
fn of_many_who_write_over_the_same_state_one_wins() {
    let app = TestApp::start();
    for round in 1..=4 {
        let tag = format!("\"{round}\"");
        let wins = clients(|client| put_if(&app, "default", ("if-match", &tag), 100 * round + client).status == 200);
        assert_eq!(wins.iter().filter(|&&won| won).count(), 1);
        assert_eq!(app.get("/v1/rule-sets/default").header("etag"), format!("\"{}\"", round + 1));
    }
}

#[test]
fn of_two_who_decided_on_the_same_state_one_wins_whatever_they_write() {
    for change in [("POST", "own/revisions/2/activate"), ("DELETE", "own"), ("PATCH", "own")] {
        let store = Arc::new(MeetingStore::default());
        let app = TestApp::over(store.clone());
        (7..=9).for_each(|points| drop(app.put("own", &rules(points))));
        *store.meeting.lock().unwrap() = Some(Arc::new(Barrier::new(2)));
        let changes = [("POST", "own/revisions/1/activate"), change];
        let statuses = std::thread::scope(|scope| {
            let send = |(method, path): (&str, &str)| {
                let request = Request::new(method, &format!("/v1/rule-sets/{path}")).json(r#"{"title": "x"}"#);
                app.send(&request.header("if-match", "\"3\"")).status
            };
            changes.map(|change| scope.spawn(move || send(change))).map(|client| client.join().unwrap())
        });
        // Who loses against a deletion is told that.
        assert!(matches!(statuses, [200, 412] | [412, 200] | [410, 204]), "{change:?}: {statuses:?}");
    }
}

/// A store in which two writers meet before either writes.
#[derive(Default)]
struct MeetingStore {
    records: MemoryStore,
    meeting: Mutex<Option<Arc<Barrier>>>,
}

impl Store for MeetingStore {
    fn read(&self, key: &str) -> Result<Option<Record>, StoreFailure> {
        self.records.read(key)
    }

    fn list(&self, prefix: &str, after: Option<&str>, most: usize) -> Result<Vec<(String, Record)>, StoreFailure> {
        self.records.list(prefix, after, most)
    }

    fn commit(&self, group: Vec<Write>) -> Result<(), CommitFailure> {
        let meeting = self.meeting.lock().unwrap().clone();
        meeting.inspect(|meeting| drop(meeting.wait()));
        self.records.commit(group)
    }
}

#[test]
fn everybody_who_tries_again_wins_once_and_each_gets_a_revision_of_their_own() {
    let app = TestApp::start();
    let revisions = clients(|client| {
        loop {
            let tag = app.get("/v1/rule-sets/default").header("etag").to_owned();
            let answer = put_if(&app, "default", ("if-match", &tag), 100 + client);
            if answer.status == 200 {
                return answer.json()["revision"].as_i64().unwrap();
            }
            assert_eq!(answer.status, 412);
        }
    });
    assert_eq!(revisions.into_iter().collect::<BTreeSet<_>>(), (2..2 + CLIENTS).collect());
}

#[test]
fn patches_without_conditions_all_take_effect_whatever_the_order() {
    let app = TestApp::start();
    let statuses = clients(|client| {
        let name = format!("words-{client}");
        app.patch("default", &json!({"vocabularies": {name: {"terms": ["word"]}}})).status
    });
    assert_eq!(statuses, [200; CLIENTS as usize]);
    let answer = app.get("/v1/rule-sets/default").json();
    assert_eq!(answer["revision"].as_i64(), Some(1 + CLIENTS));
    assert_eq!(answer["document"]["vocabularies"].as_object().unwrap().len() as i64, 1 + CLIENTS);
}

#[test]
fn every_answer_under_load_is_of_the_one_revision_that_it_names() {
    let app = TestApp::start();
    let done = AtomicBool::new(false);
    let seen: BTreeSet<u64> = std::thread::scope(|scope| {
        let score = || {
            let mut seen = BTreeSet::new();
            while !done.load(Ordering::Relaxed) {
                let (points, revision) = app.weight("default");
                assert_eq!(points, 5 + revision as i64);
                seen.insert(revision);
                let lines = app.bulk(&"{\"headline\": \"Treasurer\"}\n".repeat(20)).lines();
                let revisions: BTreeSet<_> = lines
                    .iter()
                    .map(|line| {
                        let revision = line["result"]["rule_set"]["revision"].as_i64().unwrap();
                        assert_eq!(line["result"]["scores"][0]["points"], 5 + revision);
                        revision
                    })
                    .collect();
                assert_eq!(revisions.len(), 1, "a stream is judged by one revision");
            }
            seen
        };
        let readers: Vec<_> = (0..3).map(|_| scope.spawn(score)).collect();
        for revision in 2..=60 {
            assert_eq!(app.put("default", &rules(5 + revision)).json()["revision"], revision);
        }
        done.store(true, Ordering::Relaxed);
        readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect()
    });
    assert!(seen.len() > 1, "no swap was seen: {seen:?}");
}

fn clients<T: Send>(ask: impl Fn(i64) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let ask = &ask;
        let clients: Vec<_> = (0..CLIENTS).map(|client| scope.spawn(move || ask(client))).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    })
}
