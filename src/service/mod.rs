//! The use cases, without HTTP: which rules are active, changing them, and judging by them; and for whom.

pub(crate) mod builtin;
mod clock;
pub mod document;
pub mod failure;
pub mod name;
pub mod page;
pub mod precondition;
pub mod rule_set_records;
mod stored;

pub mod registry;

pub mod owners;

pub mod rule_sets;
pub mod scores;
pub mod source;

pub use clock::today;
