//! The service from outside: real connections, and every answer checked against the API's description.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod app;
mod contract;
mod exchange;
mod process;

mod access;
mod bulk;
mod command_line;
mod conditions;
mod connections;
mod data_directory;
mod errors;
mod evaluations;
mod logs;
mod operations;
mod owner_conditions;
mod owner_model;
mod owners;
mod owners_shown;
mod readers;
mod reference;
mod revisions;
mod rule_set_model;
mod rule_set_names;
mod rule_sets;
mod scores;
mod standard_output;
mod store_failure;
mod unparsable;
