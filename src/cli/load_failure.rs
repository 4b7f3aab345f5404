//! Says why rules could not be loaded.

use std::path::Path;

use crate::cli::{check, output};
use crate::service::source::LoadFailure;

/// Tells the operator on standard error; `file` is `None` for the built-in rules.
pub(super) fn complain(failure: &LoadFailure, file: Option<&Path>) {
    match (failure, file) {
        (LoadFailure::Unreadable(error), _) => output::complain(&format!("the rule set cannot be read: {error}")),
        (LoadFailure::Refused(_) | LoadFailure::Faulty(_), Some(file)) => check::complain(file),
        (LoadFailure::Refused(_), None) => output::complain("the built-in rules are no rule set"),
        (LoadFailure::Faulty(diagnostics), None) => {
            output::complain("the built-in rules have errors:");
            for found in diagnostics.iter().filter(|found| check::is_error(found)) {
                output::complain(&format!("{} {}", found.pointer, found.message));
            }
        }
    }
}
