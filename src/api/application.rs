//! What all handlers share; built once at the start, never changed.

use std::time::Duration;

use bytes::Bytes;

use crate::api::access::Access;
use crate::api::methods::Methods;
use crate::api::metrics::Metrics;
use crate::api::openapi;
use crate::profile::ProfileDocument;
use crate::ruleset::RuleSetDocument;
use crate::service::registry::Registry;
use crate::wire::json_schema;

/// The bounds on what a client may send, and on what may wait for it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest body, or line of a bulk body.
    pub body_bytes: usize,
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

/// The state behind the handlers.
pub struct Application {
    pub(super) registry: Registry,
    pub(super) access: Access,
    pub(super) limits: Limits,
    pub(super) metrics: Metrics,
    pub(super) methods: Methods,
    pub(super) documents: Documents,
}

impl Application {
    /// Builds the documents and the counters around a registry.
    pub fn new(registry: Registry, access: Access, limits: Limits) -> Self {
        let document = openapi::document();
        let documents = Documents {
            openapi: openapi::text(document).into(),
            profile_schema: json_schema::<ProfileDocument<'_>>().to_string().into(),
            rule_set_schema: json_schema::<RuleSetDocument>().to_string().into(),
        };
        Self { registry, access, limits, metrics: Metrics::new(), methods: Methods::of(document), documents }
    }
}
