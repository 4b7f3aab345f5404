//! `entregent serve`.

use crate::api::access::KeyFileRefused;
use crate::cli::{Ending, check, output};
use crate::config::Config;
use crate::server::{self, StartFailure};
use crate::service::failure::{KeepingFailure, RuleSetFailure};

/// Serves until told to stop.
pub(super) fn run(config: &Config) -> Result<(), Ending> {
    server::serve(config).map_err(|failure| told(failure, config))
}

/// Says on standard error why the service did not start, and how the program is to end.
fn told(failure: StartFailure, config: &Config) -> Ending {
    match failure {
        StartFailure::Configuration(reason) => output::complain(&reason),
        StartFailure::Keys(KeyFileRefused::Unreadable { file, error }) => {
            output::complain(&format!("the key file {} cannot be read: {error}", file.display()));
        }
        StartFailure::Keys(KeyFileRefused::Weak) => {
            output::complain("the key file needs at least one key, each of at least 16 characters");
        }
        StartFailure::Store(failure) => {
            output::complain(&failure.to_string());
            return Ending::from(&failure);
        }
        StartFailure::Seed(error) => output::complain(&format!("the seed cannot be read: {error}")),
        StartFailure::RuleSets(RuleSetFailure::Refused(_) | RuleSetFailure::Faulty(_)) if config.seed.is_some() => {
            config.seed.iter().for_each(|file| check::complain(file));
        }
        StartFailure::RuleSets(failure) => {
            let cause = failure.cause().map_or_else(|| failure.to_string(), str::to_owned);
            output::complain(&format!("the rule sets cannot be loaded: {cause}"));
            if matches!(failure, RuleSetFailure::Keeping(KeepingFailure::Damaged(_))) {
                return Ending::StoreDamaged;
            }
        }
        StartFailure::Owners(failure) => {
            let cause = failure.cause().unwrap_or_default();
            output::complain(&format!("the owner documents cannot be loaded: {cause}"));
        }
        StartFailure::Listening(error) => output::complain(&format!("cannot listen on {}: {error}", config.listen)),
    }
    Ending::WrongUse
}
