//! Random histories of owner documents, held against a plain map.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use entregent::store::memory::MemoryStore;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::exchange::{Answer, Request};

const IDS: [&str; 3] = ["default", "a", "b"];

type Model = BTreeMap<&'static str, u8>;

#[derive(Clone, Copy, Debug)]
enum Condition {
    None,
    /// The document is this one.
    Is(u8),
    Exists,
    Absent,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Put { id: usize, text: u8, condition: Condition },
    Erase { id: usize, condition: Condition },
    Restart,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let condition = prop_oneof![
        4 => Just(Condition::None), 3 => (0..4_u8).prop_map(Condition::Is),
        1 => Just(Condition::Exists), 1 => Just(Condition::Absent),
    ];
    let step = prop_oneof![
        8 => (0..IDS.len(), 0..4_u8, condition.clone())
            .prop_map(|(id, text, condition)| Step::Put { id, text, condition }),
        4 => (0..IDS.len(), condition).prop_map(|(id, condition)| Step::Erase { id, condition }),
        1 => Just(Step::Restart),
    ];
    proptest::collection::vec(step, 1..40)
}

fn document(text: u8) -> Value {
    json!({"headline": format!("text {text}")})
}

/// The digests of the documents, as another service tells them.
static DIGESTS: LazyLock<[String; 4]> = LazyLock::new(|| {
    let app = TestApp::start();
    [0, 1, 2, 3].map(|text| {
        let request = Request::new("PUT", "/v1/owners/x").json(&document(text).to_string());
        app.send(&request).json()["digest"].as_str().unwrap().to_owned()
    })
});

fn holds(current: Option<u8>, condition: Condition) -> bool {
    match condition {
        Condition::None => true,
        Condition::Is(text) => current == Some(text),
        Condition::Exists => current.is_some(),
        Condition::Absent => current.is_none(),
    }
}

/// Makes a step in the model and says the status that it must be answered with.
fn change(model: &mut Model, step: Step) -> u16 {
    match step {
        Step::Put { id, condition, .. } if !holds(model.get(IDS[id]).copied(), condition) => 412,
        Step::Put { id, text, .. } => model.insert(IDS[id], text).map_or(201, |_| 200),
        Step::Erase { id, condition } => match model.get(IDS[id]) {
            None => 404,
            current if !holds(current.copied(), condition) => 412,
            Some(_) => model.remove(IDS[id]).map_or(0, |_| 204),
        },
        Step::Restart => 0,
    }
}

fn ask(app: &TestApp, digests: &[String], method: &str, id: usize, condition: Condition, body: &str) -> Answer {
    let request = Request::new(method, &format!("/v1/owners/{}", IDS[id])).json(body);
    app.send(&match condition {
        Condition::None => request,
        Condition::Is(text) => request.header("if-match", &format!("\"{}\"", digests[usize::from(text)])),
        Condition::Exists => request.header("if-match", "*"),
        Condition::Absent => request.header("if-none-match", "*"),
    })
}

/// Holds everything that can be seen of the owners against the model.
fn compare(app: &TestApp, digests: &[String], model: &Model) {
    let digest = |id: &str| model.get(id).map(|text| digests[usize::from(*text)].as_str());
    let listed = app.get("/v1/owners").json()["items"].clone();
    let listed: Vec<_> =
        listed.as_array().unwrap().iter().map(|item| (item["id"].clone(), item["digest"].clone())).collect();
    let expected: Vec<_> = model.keys().map(|id| (json!(id), json!(digest(id)))).collect();
    assert_eq!(listed, expected);
    for id in IDS {
        let shown = app.get(&format!("/v1/owners/{id}"));
        let judged = app.score(&format!("?owner={id}"), r#"{"headline": "x"}"#);
        let Some(digest) = digest(id) else {
            shown.assert(404, "unknown-owner");
            judged.assert(404, "unknown-owner");
            continue;
        };
        assert_eq!((shown.status, &shown.json()["document"]), (200, &document(model[id])));
        assert_eq!((shown.header("etag"), &shown.json()["digest"]), (format!("\"{digest}\"").as_str(), &json!(digest)));
        assert_eq!(judged.json()["owner"], json!({"id": id, "digest": digest}));
    }
    let judged = app.score("", r#"{"headline": "x"}"#).json()["owner"]["digest"].clone();
    assert_eq!(judged, json!(digest("default")));
}

fn live(steps: &[Step], digests: &[String]) {
    let store = Arc::new(MemoryStore::default());
    let mut app = TestApp::over(store.clone());
    let mut model = Model::new();
    for &step in steps {
        let status = match step {
            Step::Put { id, text, condition } => {
                ask(&app, digests, "PUT", id, condition, &document(text).to_string()).status
            }
            Step::Erase { id, condition } => ask(&app, digests, "DELETE", id, condition, "").status,
            Step::Restart => {
                app = TestApp::over(store.clone());
                0
            }
        };
        assert_eq!(status, change(&mut model, step), "{step:?}");
        compare(&app, digests, &model);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_history_of_owners_looks_like_the_model(steps in steps()) {
        live(&steps, &*DIGESTS);
    }
}
