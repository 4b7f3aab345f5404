//! `entregent openapi`.

use crate::api::openapi;
use crate::cli::{Ending, output};

/// Prints the description of the API.
pub(super) fn run() -> Result<(), Ending> {
    output::raw(openapi::text(openapi::document()).as_bytes())
}
