//! Holds every store to the promises of the port.

mod contract;
mod damage;
mod directory;
mod model;
mod recorded;
mod shelf;
