//! Random histories, held against a model that is too simple to be wrong.

use std::collections::BTreeMap;
use std::sync::Arc;

use entregent::store::memory::MemoryStore;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::app::{TestApp, rules};
use crate::exchange::{Answer, Request};

const NAMES: [&str; 3] = ["default", "a", "b"];

/// A rule set of the model: the points of its revisions stand for its documents.
#[derive(Clone, Debug, Default)]
struct Modelled {
    points: Vec<i64>,
    active: Option<usize>,
    version: u64,
}

#[derive(Clone, Copy, Debug)]
enum Condition {
    None,
    Current,
    Stale,
    Exists,
    Absent,
}

#[derive(Clone, Copy, Debug)]
enum Change {
    Put { points: i64, activate: bool },
    Patch { points: i64, activate: bool },
    Activate { revision: usize },
    Delete,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Change { name: usize, change: Change, condition: Condition },
    Restart,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let condition = prop_oneof![
        4 => Just(Condition::None), 2 => Just(Condition::Current), 1 => Just(Condition::Stale),
        1 => Just(Condition::Exists), 1 => Just(Condition::Absent),
    ];
    let change = prop_oneof![
        4 => (5..9_i64, any::<bool>()).prop_map(|(points, activate)| Change::Put { points, activate }),
        3 => (5..9_i64, any::<bool>()).prop_map(|(points, activate)| Change::Patch { points, activate }),
        2 => (0..6_usize).prop_map(|revision| Change::Activate { revision }),
        2 => Just(Change::Delete),
    ];
    let changed = (0..NAMES.len(), change, condition);
    let step = prop_oneof![
        12 => changed.prop_map(|(name, change, condition)| Step::Change { name, change, condition }),
        1 => Just(Step::Restart),
    ];
    proptest::collection::vec(step, 1..40)
}

impl Modelled {
    fn holds(&self, condition: Condition) -> bool {
        match condition {
            Condition::None => true,
            Condition::Current | Condition::Exists => self.active.is_some(),
            Condition::Stale => false,
            Condition::Absent => self.active.is_none(),
        }
    }

    fn publish(&mut self, points: i64, activate: bool) -> u16 {
        let created = self.active.is_none();
        if created && !activate {
            return 409;
        }
        if self.active.is_none_or(|active| self.points[active - 1] != points) {
            self.points.push(points);
            self.version += 1;
            if activate {
                self.active = Some(self.points.len());
            }
        }
        if created { 201 } else { 200 }
    }

    /// Does a change to the model and says the status it must be answered with.
    fn change(&mut self, name: &str, change: Change, condition: Condition) -> u16 {
        let missing = if self.version == 0 { 404 } else { 410 };
        match change {
            Change::Delete if name == "default" => 403,
            Change::Patch { .. } | Change::Activate { .. } | Change::Delete if self.active.is_none() => missing,
            Change::Activate { revision } if revision == 0 || revision > self.points.len() => 404,
            _ if !self.holds(condition) => 412,
            Change::Put { points, activate } | Change::Patch { points, activate } => self.publish(points, activate),
            Change::Activate { revision } => {
                self.version += u64::from(self.active != Some(revision));
                self.active = Some(revision);
                200
            }
            Change::Delete => {
                self.active = None;
                self.version += 1;
                204
            }
        }
    }
}

fn ask(app: &TestApp, name: &str, version: u64, change: Change, condition: Condition) -> Answer {
    let target = format!("/v1/rule-sets/{name}");
    let patch = |points: i64| json!({"categories": {"business": {"signals": {"treasurer": {"points": points}}}}});
    let request = match change {
        Change::Put { points, activate } => {
            Request::new("PUT", &format!("{target}?activate={activate}")).json(&rules(points).to_string())
        }
        Change::Patch { points, activate } => {
            Request::new("PATCH", &format!("{target}?activate={activate}")).json(&patch(points).to_string())
        }
        Change::Activate { revision } => Request::new("POST", &format!("{target}/revisions/{revision}/activate")),
        Change::Delete => Request::new("DELETE", &target),
    };
    app.send(&match condition {
        Condition::None => request,
        Condition::Current => request.header("if-match", &format!("\"{version}\"")),
        Condition::Stale => request.header("if-match", &format!("\"{}\"", version + 1)),
        Condition::Exists => request.header("if-match", "*"),
        Condition::Absent => request.header("if-none-match", "*"),
    })
}

/// Holds everything that can be seen of a rule set against the model.
fn compare(app: &TestApp, name: &str, model: &Modelled) {
    let shown = app.get(&format!("/v1/rule-sets/{name}"));
    let Some(active) = model.active else {
        assert_eq!(shown.status, if model.version == 0 { 404 } else { 410 }, "{name}");
        return;
    };
    assert_eq!((shown.status, shown.header("etag")), (200, format!("\"{}\"", model.version).as_str()), "{name}");
    assert_eq!(shown.json()["document"], rules(model.points[active - 1]), "{name}");
    assert_eq!(app.weight(name), (model.points[active - 1], active as u64), "{name}");
    let history = app.get(&format!("/v1/rule-sets/{name}/revisions")).json();
    let numbers: Vec<_> = history["items"].as_array().unwrap().iter().map(|it| it["revision"].clone()).collect();
    assert_eq!(numbers, (1..=model.points.len()).rev().map(Value::from).collect::<Vec<_>>(), "{name}");
    let last = model.points.len();
    assert_eq!(app.weight(&format!("{name}@{last}")), (model.points[last - 1], last as u64), "{name}");
}

fn live(steps: &[Step]) {
    let store = Arc::new(MemoryStore::default());
    let mut app = TestApp::over(store.clone());
    let mut models: BTreeMap<usize, Modelled> = (0..NAMES.len()).map(|name| (name, Modelled::default())).collect();
    models.insert(0, Modelled { points: vec![6], active: Some(1), version: 1 });
    for step in steps {
        match *step {
            Step::Restart => app = TestApp::over(store.clone()),
            Step::Change { name, change, condition } => {
                let model = models.get_mut(&name).unwrap();
                let answer = ask(&app, NAMES[name], model.version, change, condition);
                assert_eq!(answer.status, model.change(NAMES[name], change, condition), "{step:?} {}", answer.text());
                if answer.status < 204 {
                    assert_eq!(answer.header("etag"), format!("\"{}\"", model.version), "{step:?}");
                }
                compare(&app, NAMES[name], model);
            }
        }
    }
    models.iter().for_each(|(name, model)| compare(&app, NAMES[*name], model));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_history_looks_like_the_model(steps in steps()) {
        live(&steps);
    }
}
