//! Owner documents that are shown while the store is slow, or while they are changed.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, RwLock};
use std::thread;
use std::time::Duration;

use entregent::store::memory::MemoryStore;
use entregent::store::{CommitFailure, Record, Store, StoreFailure, Write};
use serde_json::json;

use crate::app::TestApp;
use crate::owners::put;

/// A store that holds up who reads, or who has just written an owner document, and tells when somebody comes.
struct HeldStore {
    records: MemoryStore,
    reading: RwLock<()>,
    writing: RwLock<()>,
    come: Mutex<Sender<()>>,
}

impl HeldStore {
    fn new() -> (Arc<Self>, Receiver<()>) {
        let (come, coming) = channel();
        let (reading, writing) = (RwLock::default(), RwLock::default());
        (Arc::new(Self { records: MemoryStore::default(), reading, writing, come: Mutex::new(come) }), coming)
    }

    fn pass(&self, gate: &RwLock<()>) {
        self.come.lock().unwrap().send(()).ok();
        drop(gate.read().unwrap());
    }
}

impl Store for HeldStore {
    fn read(&self, key: &str) -> Result<Option<Record>, StoreFailure> {
        if key.starts_with("erasable/owners/") {
            self.pass(&self.reading);
        }
        self.records.read(key)
    }

    fn list(&self, prefix: &str, after: Option<&str>, most: usize) -> Result<Vec<(String, Record)>, StoreFailure> {
        self.records.list(prefix, after, most)
    }

    fn commit(&self, group: Vec<Write>) -> Result<(), CommitFailure> {
        let is_owner = group.iter().any(|write| write.key.starts_with("erasable/owners/"));
        self.records.commit(group)?;
        if is_owner {
            self.pass(&self.writing);
        }
        Ok(())
    }
}

/// A service over such a store, in which there is an owner document.
fn keeping() -> (TestApp, Arc<HeldStore>, Receiver<()>) {
    let (store, coming) = HeldStore::new();
    let app = TestApp::over(store.clone());
    put(&app, "own", &json!({"headline": "CTO"})).assert(201, "");
    // Who wrote it came to the store.
    coming.recv_timeout(Duration::from_secs(20)).unwrap();
    (app, store, coming)
}

#[test]
fn who_shows_a_document_waits_for_nobody_else_who_does() {
    let (app, store, coming) = keeping();
    let hold = store.reading.write().unwrap();
    thread::scope(|scope| {
        let shows = [(); 4].map(|()| scope.spawn(|| app.get("/v1/owners/own").status));
        let met = shows.each_ref().map(|_| coming.recv_timeout(Duration::from_secs(20)));
        drop(hold);
        assert_eq!(met, [Ok(()); 4]);
        assert_eq!(shows.map(|show| show.join().unwrap()), [200; 4]);
    });
}

#[test]
fn a_document_that_is_changed_while_it_is_read_is_shown_as_it_is_then() {
    let (app, store, coming) = keeping();
    let hold = store.reading.write().unwrap();
    thread::scope(|scope| {
        let show = scope.spawn(|| app.get("/v1/owners/own"));
        let met = coming.recv_timeout(Duration::from_secs(20));
        let changed = put(&app, "own", &json!({"headline": "Baker"}));
        drop(hold);
        assert_eq!((met, changed.status), (Ok(()), 200));
        assert_eq!(show.join().unwrap().assert(200, "").json(), changed.json());
    });
}

#[test]
fn a_document_whose_change_is_not_acknowledged_is_not_shown_and_nobody_waits_for_it() {
    let (store, coming) = HeldStore::new();
    let app = TestApp::over(store.clone());
    for (text, status) in [("CTO", 201), ("Baker", 200)] {
        let hold = store.writing.write().unwrap();
        thread::scope(|scope| {
            let change = scope.spawn(|| put(&app, "own", &json!({ "headline": text })));
            let met = coming.recv_timeout(Duration::from_secs(20));
            // This would never return if it waited for the change.
            let shown = app.get("/v1/owners/own");
            drop(hold);
            assert_eq!(met, Ok(()));
            shown.assert(503, "store-unavailable");
            let changed = change.join().unwrap().assert(status, "").json();
            assert_eq!(app.get("/v1/owners/own").assert(200, "").json(), changed);
        });
        while coming.try_recv().is_ok() {}
    }
}
