//! Laws that hold for every document, tried with generated ones.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod generated;
mod judged;
mod rules;

mod hidden;
mod import;
mod kleene;
mod linkedin;
mod order;
mod refusals;
mod scores;
mod summary;
mod text;
mod unions;
mod why;
