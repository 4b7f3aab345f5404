//! entregent judges professional profiles: a profile goes in, category scores with quoted evidence and a decision come
//! out, under rules that are the owner's.
//!
//! ```text
//! bytes -> ProfileDocument -> Profile -> folded words -> mentions -> facts -> signals -> scorecard -> decision -> JSON
//!                                                           ^
//! RuleSetDocument -> RuleSet + diagnostics -> CompiledRuleSet
//! ```
//!
//! [`wire`] reads both documents and says what is wrong with them. [`evaluation`] runs the line over profiles whose
//! judgement is known, and counts how often the rules agree.
//!
//! The modules stand in the order in which a profile passes through them; none names one that comes after it. Scoring
//! reads no clock, no file and no network, and cannot fail on a valid profile.

// A test may cut its own strings; what is read never, as a cut inside a character panics.
#![cfg_attr(not(test), deny(clippy::string_slice))]

pub mod text;
pub mod wire;

pub mod profile;

pub mod fact_catalog;
pub mod ruleset;

pub mod reading;

pub mod facts;

pub mod scoring;

pub mod evaluation;

#[cfg(feature = "service")]
pub mod store;

#[cfg(feature = "service")]
pub mod service;

#[cfg(feature = "service")]
pub mod config;

#[cfg(feature = "service")]
pub mod api;

#[cfg(feature = "service")]
pub mod server;

#[cfg(feature = "service")]
pub mod cli;
