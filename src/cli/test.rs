//! `entregent test`: runs the tests that a rule set brings along.

use std::path::PathBuf;

use crate::cli::{Ending, check, output};
use crate::ruleset;
use crate::scoring::{self, TestOutcome};
use crate::service::today;

/// What to test.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The rule set.
    file: PathBuf,
}

/// Prints each failure, then the sum.
pub(super) fn run(arguments: &Arguments) -> Result<(), Ending> {
    let bytes = std::fs::read(&arguments.file).map_err(|error| {
        output::complain(&format!("{}: {error}", arguments.file.display()));
        Ending::WrongUse
    })?;
    let document = ruleset::parse(&bytes).ok();
    let rules = document.as_ref().and_then(|document| ruleset::compile(document).rule_set);
    let (Some(document), Some(rules)) = (document, rules) else {
        check::complain(&arguments.file);
        return Err(Ending::FaultyInput);
    };
    report(&scoring::run_tests(&document, &rules, today()))
}

fn report(outcomes: &[TestOutcome]) -> Result<(), Ending> {
    for outcome in outcomes {
        for failure in &outcome.failures {
            output::line(&format!("failed: {}: {failure}", outcome.name))?;
        }
    }
    let failed = outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).count();
    output::line(&format!("{} tests, {failed} failed", outcomes.len()))?;
    if failed == 0 { Ok(()) } else { Err(Ending::FaultyInput) }
}
