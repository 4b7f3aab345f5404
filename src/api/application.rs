//! What all handlers share; built once at the start, never changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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
use crate::service::failure::{OwnerFailure, RuleSetFailure};
use crate::service::name::RuleSetChoice;
use crate::service::owners::Owners;
use crate::service::registry::ReadyRuleSet;
use crate::service::rule_sets::RuleSets;
use crate::service::scores::{Scoring, Wish};
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
    /// How long the service waits for a client.
    pub waits: Waits,
}

/// How long the service waits for a client; then the connection is ended.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    /// For room among the bulk answers that wait for a client that is still sending.
    pub room: Duration,
    /// For a client to take any of what waits for it, whatever it has asked for.
    pub taking: Duration,
    /// For the next request on a connection to begin, once the last one was answered.
    pub next: Duration,
}

impl Waits {
    /// Those of the real service. HTTP's own layer allows five seconds of silence, and five for a head.
    pub const REAL: Self =
        Self { room: Duration::from_secs(10), taking: Duration::from_secs(60), next: Duration::from_secs(10) };
}

/// The documents that are served as they are.
pub(super) struct Documents {
    pub(super) openapi: Bytes,
    pub(super) profile_schema: Bytes,
    pub(super) rule_set_schema: Bytes,
}

/// How much work beside the handlers is done at once: compiling must not take the processors from those who score.
const MOST_AT_ONCE: usize = 8;

/// How many evaluations are done at once: each may take seconds, for which no other work beside the handlers waits.
const MOST_EVALUATIONS: usize = 2;

/// How many evaluations there are at most, with those that wait for their turn: each holds its rows, which are megabytes.
const MOST_HELD_EVALUATIONS: usize = 16;

/// The state behind the handlers.
pub struct Application {
    pub(super) rule_sets: Arc<RuleSets>,
    pub(super) owners: Arc<Owners>,
    pub(super) access: Access,
    pub(super) limits: Limits,
    pub(super) metrics: Metrics,
    pub(super) methods: Methods,
    pub(super) documents: Documents,
    turns: Arc<Semaphore>,
    evaluation_turns: Arc<Semaphore>,
    evaluation_places: Arc<Semaphore>,
    is_stopping: AtomicBool,
}

impl Application {
    /// Builds the documents and the counters around the rule sets and the owners.
    pub fn new(rule_sets: Arc<RuleSets>, owners: Arc<Owners>, access: Access, limits: Limits) -> Self {
        let documents = Documents {
            openapi: Bytes::from_static(openapi::COMMITTED.as_bytes()),
            profile_schema: json_schema::<ProfileDocument<'_>>().to_string().into(),
            rule_set_schema: json_schema::<RuleSetDocument>().to_string().into(),
        };
        Self {
            rule_sets,
            owners,
            access,
            limits,
            metrics: Metrics::new(),
            methods: Methods::of(openapi::COMMITTED),
            documents,
            turns: Arc::new(Semaphore::new(MOST_AT_ONCE)),
            evaluation_turns: Arc::new(Semaphore::new(MOST_EVALUATIONS)),
            evaluation_places: Arc::new(Semaphore::new(MOST_HELD_EVALUATIONS)),
            is_stopping: AtomicBool::new(false),
        }
    }

    /// From here on each answer is the last on its connection: the service is about to stop.
    pub fn announce_stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the service is about to stop.
    pub(super) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    /// Does something with the rule sets that may wait for the store or the compiler.
    pub(super) async fn with_rule_sets<T: Send + 'static>(
        &self,
        work: impl FnOnce(&RuleSets) -> Result<T, RuleSetFailure> + Send + 'static,
    ) -> Result<T, Failure> {
        let rule_sets = Arc::clone(&self.rule_sets);
        aside(&self.turns, move || work(&rule_sets)).await
    }

    /// Evaluates rule sets, which may take long; [`Code::Overloaded`] when too many wait already.
    pub(super) async fn evaluating<T: Send + 'static>(
        &self,
        work: impl FnOnce(&RuleSets) -> Result<T, RuleSetFailure> + Send + 'static,
    ) -> Result<T, Failure> {
        let overloaded = |_| Failure::new(Code::Overloaded, "too many evaluations wait for their turn");
        let place = Arc::clone(&self.evaluation_places).try_acquire_owned().map_err(overloaded)?;
        let rule_sets = Arc::clone(&self.rule_sets);
        let work = move || {
            let done = work(&rule_sets);
            drop(place);
            done
        };
        aside(&self.evaluation_turns, work).await
    }

    /// Does something with the owner documents that may wait for the store.
    pub(super) async fn with_owners<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Owners) -> Result<T, OwnerFailure> + Send + 'static,
    ) -> Result<T, Failure> {
        let owners = Arc::clone(&self.owners);
        aside(&self.turns, move || work(&owners)).await
    }

    /// What judges for one request: its rule set, at once if it is compiled, and its owner.
    pub(super) async fn scoring(&self, wish: &Wish) -> Result<Scoring, Failure> {
        let owner = self.owners.find(&wish.owner)?;
        Ok(Scoring::begin(self.rule_set(&wish.rule_set).await?, owner, wish))
    }

    /// The rule set of a choice, at once if it is compiled.
    async fn rule_set(&self, choice: &RuleSetChoice) -> Result<Arc<ReadyRuleSet>, Failure> {
        match self.rule_sets.registry().at_hand(choice)? {
            Some(ready) => Ok(ready),
            None => {
                let choice = choice.clone();
                self.with_rule_sets(move |rule_sets| rule_sets.registry().find(&choice)).await
            }
        }
    }
}

/// Works beside the threads that answer requests.
///
/// Waits for one of the turns; once begun, it is finished even when the client goes away meanwhile.
async fn aside<T: Send + 'static, E: Into<Failure> + Send + 'static>(
    turns: &Arc<Semaphore>,
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, Failure> {
    let broken = || Failure::new(Code::Internal, "the work broke off");
    let turn = Arc::clone(turns).acquire_owned().await.map_err(|_| broken())?;
    let done = web::block(move || {
        let done = work();
        drop(turn);
        done
    });
    done.await.map_err(|_| broken())?.map_err(Into::into)
}
