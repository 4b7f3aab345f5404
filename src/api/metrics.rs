//! The counters, and `GET /metrics`.

use actix_web::{HttpResponse, get, web};
use prometheus::{Encoder as _, Histogram, HistogramOpts, IntCounterVec, Opts, Registry, TextEncoder};

use crate::api::application::Application;
use crate::api::problem::{Code, Failure};
use crate::api::responses::Refusals;

/// Seconds; one profile takes well under a millisecond.
const BUCKETS: [f64; 9] = [0.000_05, 0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.02, 0.1];

/// The counters of one service; clones count together.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: Option<IntCounterVec>,
    profiles: Option<IntCounterVec>,
    seconds: Option<Histogram>,
}

impl Metrics {
    /// Makes and registers the counters; one that the library refuses is left out.
    pub fn new() -> Self {
        let registry = Registry::new();
        let counter = |name, meaning, labels: &[&str]| {
            let counter = IntCounterVec::new(Opts::new(name, meaning), labels).ok()?;
            registry.register(Box::new(counter.clone())).ok()?;
            Some(counter)
        };
        let requests = counter("entregent_requests_total", "Requests answered.", &["route", "method", "status"]);
        let profiles = counter("entregent_profiles_total", "Profiles scored, by outcome.", &["outcome"]);
        let options = HistogramOpts::new("entregent_scoring_seconds", "Time to read and score one profile.");
        let seconds = Histogram::with_opts(options.buckets(BUCKETS.to_vec())).ok().and_then(|seconds| {
            registry.register(Box::new(seconds.clone())).ok()?;
            Some(seconds)
        });
        Self { registry, requests, profiles, seconds }
    }

    /// Counts one answered request.
    pub(super) fn answered(&self, route: &str, method: &str, status: u16) {
        if let Some(requests) = &self.requests {
            requests.with_label_values(&[route, method, &status.to_string()]).inc();
        }
    }

    /// Counts one profile and the time it took; `outcome` is the decision's, or `refused`.
    pub(super) fn scored(&self, outcome: &str, elapsed: std::time::Duration) {
        if let Some(profiles) = &self.profiles {
            profiles.with_label_values(&[outcome]).inc();
        }
        if let Some(seconds) = &self.seconds {
            seconds.observe(elapsed.as_secs_f64());
        }
    }

    fn text(&self) -> Result<Vec<u8>, prometheus::Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

/// Counters in the text format of Prometheus.
///
/// Requests by route, method and status; profiles by outcome; the seconds that scoring takes.
#[utoipa::path(
    get, path = "/metrics", tag = "operations",
    responses((status = 200, description = "The counters.", body = String, content_type = "text/plain"), Refusals),
)]
#[get("/metrics")]
pub(super) async fn read_metrics(application: web::Data<Application>) -> Result<HttpResponse, Failure> {
    let text = application.metrics.text().map_err(|_| Failure::new(Code::Internal, "the counters are unreadable"))?;
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text))
}
