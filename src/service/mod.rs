//! The use cases, without HTTP: which rules are active, and judging by them.

pub mod registry;
pub mod scores;
pub mod source;
