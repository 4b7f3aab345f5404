//! What all handlers share; built once at the start, never changed.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use bytes::Bytes;
use tokio::sync::Semaphore;

use crate::api::access::Access;
use crate::api::methods::Methods;
use crate::api::metrics::Metrics;
use crate::api::openapi;
use crate::api::problem::{Code, Failure};
use crate::profile::ProfileDocument;
use crate::ruleset::RuleSetDocument;
use crate::service::failure::RuleSetFailure;
use crate::service::name::RuleSetChoice;
use crate::service::registry::ReadyRuleSet;
use crate::service::rule_sets::RuleSets;
use crate::wire::json_schema;

/// The bounds on what a client may send, and on what may wait for it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest body, or line of a bulk body.
    pub body_bytes: usize,
    /// Largest rule set, sent or merged.
    pub rule_set_bytes: usize,
    /// Bytes of bulk answers that may wait for one client.
    pub waiting_bytes: u32,
    /// How long a full queue waits for the client to read before the connection is aborted.
    pub room_wait: Duration,
}

/// How long the service waits for a client that does not read; then the connection is aborted.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    /// For room among the bulk answers that wait for a client that is still sending.
    pub room: Duration,
    /// For a client to take any of what waits for it, whatever it has asked for.
    pub taking: Duration,
}

impl Waits {
    /// Those of the real service.
    pub const REAL: Self = Self { room: Duration::from_secs(10), taking: Duration::from_secs(60) };
}

/// The documents that are served as they are.
pub(super) struct Documents {
    pub(super) openapi: Bytes,
    pub(super) profile_schema: Bytes,
    pub(super) rule_set_schema: Bytes,
}

/// How much work beside the handlers is done at once: compiling must not take the processors from those who score.
const MOST_AT_ONCE: usize = 8;

/// The state behind the handlers.
pub struct Application {
    pub(super) rule_sets: Arc<RuleSets>,
    pub(super) access: Access,
    pub(super) limits: Limits,
    pub(super) metrics: Metrics,
    pub(super) methods: Methods,
    pub(super) documents: Documents,
    turns: Arc<Semaphore>,
}

impl Application {
    /// Builds the documents and the counters around the rule sets.
    pub fn new(rule_sets: Arc<RuleSets>, access: Access, limits: Limits) -> Self {
        let document = openapi::document();
        let documents = Documents {
            openapi: openapi::text(document).into(),
            profile_schema: json_schema::<ProfileDocument<'_>>().to_string().into(),
            rule_set_schema: json_schema::<RuleSetDocument>().to_string().into(),
        };
        Self {
            rule_sets,
            access,
            limits,
            metrics: Metrics::new(),
            methods: Methods::of(document),
            documents,
            turns: Arc::new(Semaphore::new(MOST_AT_ONCE)),
        }
    }

    /// Does what may wait for the store or the compiler beside the threads that answer requests.
    ///
    /// Waits for its turn; once begun, it is finished even when the client goes away meanwhile.
    pub(super) async fn with_rule_sets<T: Send + 'static>(
        &self,
        work: impl FnOnce(&RuleSets) -> Result<T, RuleSetFailure> + Send + 'static,
    ) -> Result<T, Failure> {
        let broken = || Failure::new(Code::Internal, "the work broke off");
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| broken())?;
        let rule_sets = Arc::clone(&self.rule_sets);
        let done = web::block(move || {
            let done = work(&rule_sets);
            drop(turn);
            done
        });
        Ok(done.await.map_err(|_| broken())??)
    }

    /// The rule set of a choice, at once if it is compiled.
    pub(super) async fn rule_set(&self, choice: &RuleSetChoice) -> Result<Arc<ReadyRuleSet>, Failure> {
        match self.rule_sets.registry().at_hand(choice)? {
            Some(ready) => Ok(ready),
            None => {
                let choice = choice.clone();
                self.with_rule_sets(move |rule_sets| rule_sets.registry().find(&choice)).await
            }
        }
    }
}
