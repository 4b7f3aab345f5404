//! Holds every store to the promises of the port.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod contract;
mod damage;
mod directory;
mod model;
mod recorded;
mod shelf;
