//! `entregent serve`.

use crate::api::access::KeyFileRefused;
use crate::cli::{Ending, load_failure, output};
use crate::config::Config;
use crate::server::{self, StartFailure};

/// Serves until told to stop.
pub(super) fn run(config: &Config) -> Ending {
    let Err(failure) = server::serve(config) else { return Ending::Done };
    match failure {
        StartFailure::Configuration(reason) => output::complain(&reason),
        StartFailure::Keys(KeyFileRefused::Unreadable { file, error }) => {
            output::complain(&format!("the key file {} cannot be read: {error}", file.display()));
        }
        StartFailure::Keys(KeyFileRefused::Weak) => {
            output::complain("the key file needs at least one key, each of at least 16 characters");
        }
        StartFailure::RuleSet(failure) => load_failure::complain(&failure, config.rule_set.as_deref()),
        StartFailure::Listening(error) => output::complain(&format!("cannot listen on {}: {error}", config.listen)),
    }
    Ending::WrongUse
}
