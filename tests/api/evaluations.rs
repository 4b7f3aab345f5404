use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, RwLock};
use std::thread;
use std::time::Duration;

use entregent::store::memory::MemoryStore;
use entregent::store::{CommitFailure, Record, Store, StoreFailure, Write};
use serde_json::json;

use crate::app::{TestApp, rules};
use crate::exchange::{Answer, Request};

fn evaluate(app: &TestApp, revision: &str, media_type: &str, rows: &str) -> Answer {
    let request = Request::new("POST", &format!("/v1/rule-sets/{revision}/evaluate"));
    app.send(&request.body(media_type, rows))
}

#[test]
fn a_revision_is_measured_active_or_not() {
    let app = TestApp::start();
    app.put("default", &rules(1));
    let rows = "title\tlabel\nTreasurer\tbusiness\nBaker\tother\n";
    for (revision, accuracy, found) in [(1, 1.0, "business"), (2, 0.5, "other")] {
        let path = format!("default/revisions/{revision}");
        let report = evaluate(&app, &path, "text/tab-separated-values", rows).json();
        assert_eq!((&report["rows"], &report["accuracy"]), (&json!(2), &json!(accuracy)), "{report}");
        assert_eq!(report["confusion"][0]["found"], json!({ found: 1 }));
    }
}

#[test]
fn whole_profiles_are_measured_and_wrong_lines_named() {
    let app = TestApp::start();
    let rows =
        "{\"label\": \"business\", \"profile\": {\"headline\": \"x\"}}\n\n{\"label\": \"busines\", \"profile\": {}}\n";
    let report = evaluate(&app, "default/revisions/1", "application/x-ndjson", rows).json();
    assert_eq!((&report["wrong"][0]["line"], &report["wrong"][0]["found"]), (&json!(1), &json!("other")));
    assert_eq!(report["refused"][0]["line"], 3);
    assert_eq!(report["refused"][0]["errors"][0]["pointer"], "/label");
}

#[test]
fn what_is_not_there_or_not_understood_is_refused() {
    let app = TestApp::start();
    evaluate(&app, "default/revisions/9", "application/x-ndjson", "").assert(404, "unknown-rule-set");
    evaluate(&app, "default/revisions/1", "application/json", "{}").assert(415, "unsupported-media-type");
}

/// A store that does not give out the documents of one rule set while it is held, and tells when it is asked for one.
struct HeldStore {
    records: MemoryStore,
    hold: RwLock<()>,
    asked: Mutex<Sender<()>>,
}

impl Store for HeldStore {
    fn read(&self, key: &str) -> Result<Option<Record>, StoreFailure> {
        if key.starts_with("documents/held/") {
            self.asked.lock().unwrap().send(()).ok();
            drop(self.hold.read().unwrap());
        }
        self.records.read(key)
    }

    fn list(&self, prefix: &str, after: Option<&str>, most: usize) -> Result<Vec<(String, Record)>, StoreFailure> {
        self.records.list(prefix, after, most)
    }

    fn commit(&self, group: Vec<Write>) -> Result<(), CommitFailure> {
        self.records.commit(group)
    }
}

#[test]
fn evaluations_wait_for_each_other_and_nothing_else_waits_for_them() {
    let (asked, asking) = channel();
    let store = HeldStore { records: MemoryStore::default(), hold: RwLock::default(), asked: Mutex::new(asked) };
    let store = Arc::new(store);
    let app = TestApp::over(store.clone());
    (1..=21).for_each(|points| drop(app.put("held", &rules(points))));
    let hold = store.hold.write().unwrap();
    let (answered, answers) = channel();
    thread::scope(|scope| {
        // Of revisions that are not active the document is read first.
        for revision in 1..=20 {
            let (app, path, answered) = (&app, format!("held/revisions/{revision}"), answered.clone());
            scope.spawn(move || {
                answered.send(evaluate(app, &path, "text/tab-separated-values", "Baker\tother\n")).unwrap();
            });
        }
        // Sixteen are taken, and none of them ends meanwhile.
        for _ in 0..4 {
            let refused = answers.recv_timeout(Duration::from_secs(20)).expect("no evaluation is refused");
            assert_eq!(refused.assert(503, "overloaded").header("retry-after"), "5");
        }
        (0..2).for_each(|_| asking.recv().unwrap());
        assert_eq!(app.get("/v1/rule-sets/default").status, 200);
        assert_eq!(app.put("default", &rules(9)).status, 200);
        assert_eq!(asking.try_recv().ok(), None, "a third one began");
        drop(hold);
        (0..16).for_each(|_| assert_eq!(answers.recv().unwrap().status, 200));
    });
}
