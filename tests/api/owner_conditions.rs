use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier, Condvar, Mutex};
use std::time::Duration;

use entregent::store::memory::MemoryStore;
use entregent::store::{CommitFailure, Record, Store, StoreFailure, Write};
use serde_json::json;

use crate::app::TestApp;
use crate::exchange::{Answer, Request};
use crate::owners::{erase, put};

const CLIENTS: usize = 32;

fn put_if(app: &TestApp, condition: (&str, &str), headline: &str) -> Answer {
    let request = Request::new("PUT", "/v1/owners/own").json(&json!({"headline": headline}).to_string());
    app.send(&request.header(condition.0, condition.1))
}

fn tag(app: &TestApp) -> String {
    app.get("/v1/owners/own").header("etag").to_owned()
}

/// What each of many clients who ask at once got.
fn clients<T: Send>(ask: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(CLIENTS);
    let ask = |client| {
        start.wait();
        ask(client)
    };
    std::thread::scope(|scope| {
        let ask = &ask;
        let clients: Vec<_> = (0..CLIENTS).map(|client| scope.spawn(move || ask(client))).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    })
}

/// How many were told so.
fn count(verdicts: &[u16], status: u16) -> usize {
    verdicts.iter().filter(|&&verdict| verdict == status).count()
}

#[test]
fn an_owner_document_is_written_only_in_the_state_that_the_conditions_name() {
    let app = TestApp::start();
    put_if(&app, ("if-match", "*"), "a").assert(412, "precondition-failed");
    put_if(&app, ("if-none-match", "*"), "a").assert(201, "");
    let first = tag(&app);
    put_if(&app, ("if-none-match", "*"), "b").assert(412, "precondition-failed");
    put_if(&app, ("if-match", "\"sha256:0\""), "b").assert(412, "precondition-failed");
    put_if(&app, ("if-match", &format!("W/{first}")), "b").assert(412, "precondition-failed");
    put_if(&app, ("if-match", "sha256:0"), "b").assert(400, "malformed-request");
    put_if(&app, ("if-match", &format!("\"x\", {first}")), "b").assert(200, "");
    put_if(&app, ("if-match", &first), "a").assert(412, "precondition-failed");
    let erase_if = |tag: &str| app.send(&Request::new("DELETE", "/v1/owners/own").header("if-match", tag));
    erase_if(&first).assert(412, "precondition-failed");
    erase_if(&tag(&app)).assert(204, "");
    erase_if("*").assert(404, "unknown-owner");
    put_if(&app, ("if-match", &first), "a").assert(412, "precondition-failed");
}

#[test]
fn a_reader_who_knows_the_document_is_sent_nothing() {
    let app = TestApp::start();
    put(&app, "own", &json!({"headline": "a"}));
    let tag = tag(&app);
    let read = |tag: &str| app.send(&Request::new("GET", "/v1/owners/own").header("if-none-match", tag));
    let same = read(&tag);
    assert_eq!((same.status, same.body.len(), same.header("etag")), (304, 0, tag.as_str()));
    assert_eq!((read(&format!("W/{tag}")).status, read("\"x\"").status), (304, 200));
    put(&app, "own", &json!({"headline": "b"}));
    read(&tag).assert(200, "");
}

#[test]
fn of_many_who_write_over_the_same_document_one_wins() {
    let app = TestApp::start();
    put(&app, "own", &json!({"headline": "begin"}));
    for round in 0..2 {
        let before = tag(&app);
        let text = |client: usize| format!("round {round}, client {client}");
        let verdicts = clients(|client| put_if(&app, ("if-match", &before), &text(client)).status);
        assert_eq!((count(&verdicts, 200), count(&verdicts, 412)), (1, CLIENTS - 1), "{verdicts:?}");
        let winner = verdicts.iter().position(|&status| status == 200).unwrap();
        assert_eq!(app.get("/v1/owners/own").json()["document"]["headline"], text(winner));
    }
}

/// A store in which a writer waits a while for another to write at the same time.
#[derive(Default)]
struct PatientStore {
    records: MemoryStore,
    is_patient: AtomicBool,
    writers: Mutex<usize>,
    arrival: Condvar,
    have_met: AtomicBool,
}

impl Store for PatientStore {
    fn read(&self, key: &str) -> Result<Option<Record>, StoreFailure> {
        self.records.read(key)
    }

    fn list(&self, prefix: &str, after: Option<&str>, most: usize) -> Result<Vec<(String, Record)>, StoreFailure> {
        self.records.list(prefix, after, most)
    }

    fn commit(&self, group: Vec<Write>) -> Result<(), CommitFailure> {
        if self.is_patient.load(Ordering::SeqCst) {
            let mut writers = self.writers.lock().unwrap();
            *writers += 1;
            self.arrival.notify_all();
            let (mut writers, waited) =
                self.arrival.wait_timeout_while(writers, Duration::from_millis(300), |writers| *writers < 2).unwrap();
            self.have_met.fetch_or(!waited.timed_out(), Ordering::SeqCst);
            *writers -= 1;
        }
        self.records.commit(group)
    }
}

#[test]
fn one_change_is_decided_and_made_at_a_time() {
    let store = Arc::new(PatientStore::default());
    let app = TestApp::over(store.clone());
    let begun = put(&app, "own", &json!({"headline": "begin"})).header("etag").to_owned();
    store.is_patient.store(true, Ordering::SeqCst);
    let statuses = std::thread::scope(|scope| {
        let writers = ["a", "b"].map(|text| scope.spawn(|| put_if(&app, ("if-match", &begun), text).status));
        writers.map(|writer| writer.join().unwrap())
    });
    assert!(!store.have_met.load(Ordering::SeqCst));
    assert!(matches!(statuses, [200, 412] | [412, 200]), "{statuses:?}");
}

#[test]
fn of_many_who_want_to_be_the_first_one_is() {
    let app = TestApp::start();
    for round in 0..2 {
        let verdicts = clients(|client| put_if(&app, ("if-none-match", "*"), &format!("{round} {client}")).status);
        assert_eq!((count(&verdicts, 201), count(&verdicts, 412)), (1, CLIENTS - 1), "{verdicts:?}");
        erase(&app, "own").assert(204, "");
    }
}

#[test]
fn of_many_who_erase_or_replace_the_same_document_one_wins() {
    let app = TestApp::start();
    for round in 0..2 {
        let begun = put(&app, "own", &json!({"headline": format!("begin {round}")})).header("etag").to_owned();
        let verdicts = clients(|client| match client % 2 {
            0 => put_if(&app, ("if-match", &begun), &format!("{round} {client}")).status,
            _ => app.send(&Request::new("DELETE", "/v1/owners/own").header("if-match", &begun)).status,
        });
        assert_eq!(count(&verdicts, 200) + count(&verdicts, 204), 1, "{verdicts:?}");
        // Who comes to erase what is erased is told that there is nothing.
        assert_eq!(count(&verdicts, 412) + count(&verdicts, 404), CLIENTS - 1, "{verdicts:?}");
        let status = app.get("/v1/owners/own").status;
        assert_eq!(status, if count(&verdicts, 204) == 1 { 404 } else { 200 });
    }
}

#[test]
fn everybody_who_tries_again_is_served_in_the_end() {
    let app = TestApp::start();
    put(&app, "own", &json!({"headline": "begin"}));
    let replaced: BTreeSet<String> = clients(|client| {
        loop {
            let before = tag(&app);
            match put_if(&app, ("if-match", &before), &client.to_string()).status {
                200 => return before,
                status => assert_eq!(status, 412),
            }
        }
    })
    .into_iter()
    .collect();
    assert_eq!(replaced.len(), CLIENTS, "each has replaced another document");
}
