//! A service of its own for each test, on a free port.

use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web;
use entregent::api::application::{Application, Waits};
use entregent::config::Config;
use entregent::server;
use entregent::store::Store;
use entregent::store::memory::MemoryStore;
use serde_json::Value;

use crate::contract;
use crate::exchange::{Answer, Request};

/// Small rules of the tests' own, so that a change of the built-in ones fails none of them.
pub(crate) const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/api/rules.json");
pub(crate) const BODY_LIMIT: usize = 4096;
pub(crate) const RULE_SET_LIMIT: u32 = 8192;
pub(crate) const ROOM_WAIT: Duration = Duration::from_millis(500);
const WAITS: Waits = Waits { room: ROOM_WAIT, taking: Duration::from_secs(60), next: Duration::from_secs(10) };

/// The rules of the tests with another weight, so that an answer tells which of them judged.
pub(crate) fn rules(points: i64) -> Value {
    let mut rules: Value = serde_json::from_str(&std::fs::read_to_string(RULES).unwrap()).unwrap();
    rules["categories"]["business"]["signals"]["treasurer"]["points"] = points.into();
    rules
}

pub(crate) struct TestApp {
    pub(crate) address: SocketAddr,
    handle: ServerHandle,
    application: web::Data<Application>,
}

impl TestApp {
    pub(crate) fn start() -> Self {
        Self::over(Arc::new(MemoryStore::default()))
    }

    /// Starts over what a store holds already.
    pub(crate) fn over(store: Arc<dyn Store>) -> Self {
        Self::launch(store, Some(Path::new(RULES)), None, 65_536, WAITS)
    }

    pub(crate) fn with_keys(file: &Path) -> Self {
        Self::launch(Arc::new(MemoryStore::default()), Some(Path::new(RULES)), Some(file), 65_536, WAITS)
    }

    pub(crate) fn with_builtin_rules() -> Self {
        Self::launch(Arc::new(MemoryStore::default()), None, None, 65_536, WAITS)
    }

    /// Room for many answers, but a short wait for a client to take any.
    pub(crate) fn with_wait_for_taking(taking: Duration) -> Self {
        let store = Arc::new(MemoryStore::default());
        Self::launch(store, Some(Path::new(RULES)), None, 16 << 20, Waits { taking, ..WAITS })
    }

    pub(crate) fn with_wait_for_next(next: Duration) -> Self {
        let store = Arc::new(MemoryStore::default());
        Self::launch(store, Some(Path::new(RULES)), None, 65_536, Waits { next, ..WAITS })
    }

    fn launch(
        store: Arc<dyn Store>,
        seed: Option<&Path>,
        key_file: Option<&Path>,
        waiting_bytes: u32,
        waits: Waits,
    ) -> Self {
        let config = Config {
            // Not used: the store is handed over.
            data_dir: std::path::PathBuf::new(),
            listen: "127.0.0.1:0".parse().unwrap(),
            seed: seed.map(Path::to_path_buf),
            key_file: key_file.map(Path::to_path_buf),
            workers: Some(1),
            max_body_bytes: NonZeroUsize::new(BODY_LIMIT).unwrap(),
            max_rule_set_bytes: RULE_SET_LIMIT,
            max_waiting_bytes: NonZeroU32::new(waiting_bytes).unwrap(),
        };
        let (started, told) = channel();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async {
                let running = server::start(&config, store, waits).unwrap();
                let handle = running.server.handle();
                started.send((running.address, handle, running.application)).unwrap();
                running.server.await.unwrap();
            });
        });
        let (address, handle, application) = told.recv().unwrap();
        Self { address, handle, application }
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.send(&Request::new("GET", target))
    }

    pub(crate) fn score(&self, query: &str, profile: &str) -> Answer {
        self.send(&Request::new("POST", &format!("/v1/scores{query}")).json(profile))
    }

    /// The points that a treasurer has, and the revision that gave them.
    pub(crate) fn weight(&self, rule_set: &str) -> (i64, u64) {
        let answer = self.score(&format!("?rule_set={rule_set}"), r#"{"headline": "Treasurer"}"#);
        assert_eq!(answer.status, 200, "{rule_set}: {}", answer.text());
        let answer = answer.json();
        (answer["scores"][0]["points"].as_i64().unwrap(), answer["rule_set"]["revision"].as_u64().unwrap())
    }

    pub(crate) fn bulk(&self, lines: &str) -> Answer {
        self.send(&Request::new("POST", "/v1/scores/bulk").body("application/x-ndjson", lines))
    }

    pub(crate) fn put(&self, name: &str, document: &Value) -> Answer {
        self.send(&Request::new("PUT", &format!("/v1/rule-sets/{name}")).json(&document.to_string()))
    }

    pub(crate) fn patch(&self, name: &str, patch: &Value) -> Answer {
        let request = Request::new("PATCH", &format!("/v1/rule-sets/{name}"));
        self.send(&request.body("application/merge-patch+json", &patch.to_string()))
    }

    pub(crate) fn delete(&self, name: &str) -> Answer {
        self.send(&Request::new("DELETE", &format!("/v1/rule-sets/{name}")))
    }

    pub(crate) fn activate(&self, name: &str, revision: u64) -> Answer {
        self.send(&Request::new("POST", &format!("/v1/rule-sets/{name}/revisions/{revision}/activate")))
    }

    /// Tells the service that it is about to stop; it goes on until then.
    pub(crate) fn announce_stop(&self) {
        self.application.announce_stop();
    }

    /// Stops when every request is answered or its connection gone.
    pub(crate) fn drain(&self) {
        actix_web::rt::System::new().block_on(self.handle.stop(true));
    }

    /// Sends a request and holds the answer against the API's description.
    pub(crate) fn send(&self, request: &Request) -> Answer {
        let answer = request.send_to(self.address);
        contract::check(request, &answer);
        answer
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}
