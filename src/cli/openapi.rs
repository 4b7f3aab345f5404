//! `entregent openapi`.

use crate::api::openapi;
use crate::cli::{Ending, output};

/// Prints the description of the API.
pub(super) fn run() -> Ending {
    output::raw(openapi::text(openapi::document()).as_bytes());
    Ending::Done
}
