//! The service over HTTP: routes, what is read from requests, and one file per resource.

pub mod routes;

pub mod access;
pub mod application;
mod body;
pub mod boundary;
pub mod closing;
pub mod connection;
mod language;
mod methods;
pub mod metrics;
pub mod open_requests;
mod path;
mod preconditions;
pub mod problem;
mod query;
mod request_id;
mod request_log;

mod bulk;
mod bulk_input;
pub mod bulk_line;
mod evaluations;
mod examples;
mod facts;
mod health;
pub mod lines;
pub mod openapi;
mod owners;
mod queue;
mod responses;
mod revisions;
mod rule_set_check;
mod rule_sets;
mod schemas;
mod scores;
