//! `entregent check`: all that is wrong with a rule set, with its place in the file.

use std::path::{Path, PathBuf};

use crate::cli::position::{Places, Position};
use crate::cli::{Ending, output};
use crate::ruleset::{self, Diagnostic, Severity};
use crate::service::rule_sets::examination::examine;
use crate::wire::{self, Refusal};

/// What to check.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The rule set.
    file: PathBuf,
}

/// Prints one line for each finding; a test of the rule set that fails is a warning among them.
pub(super) fn run(arguments: &Arguments) -> Result<(), Ending> {
    let findings = findings(&arguments.file).map_err(|error| {
        output::complain(&format!("{}: {error}", arguments.file.display()));
        Ending::WrongUse
    })?;
    findings.lines.iter().try_for_each(|line| output::line(line))?;
    if findings.has_errors { Err(Ending::FaultyInput) } else { Ok(()) }
}

/// Prints the findings of a file to standard error.
pub(super) fn complain(file: &Path) {
    if let Ok(findings) = findings(file) {
        findings.lines.iter().for_each(|line| output::complain(line));
    }
}

struct Findings {
    lines: Vec<String>,
    has_errors: bool,
}

fn findings(file: &Path) -> std::io::Result<Findings> {
    let bytes = std::fs::read(file)?;
    let text = String::from_utf8_lossy(wire::without_mark(&bytes));
    let places = Places::of(&text);
    let show = |Position { line, column }, pointer: &str, severity, message: &str| {
        format!("{}:{line}:{column} {pointer} {severity} {message}", file.display())
    };
    let at = |pointer: &str, severity, message: &str| show(places.find(pointer), pointer, severity, message);
    let diagnostics = match examine(&bytes) {
        Ok(examined) => examined.diagnostics,
        Err(_) => {
            let lines = match ruleset::refusal_to_author(&bytes) {
                Refusal::Syntax { line, column, reason } => {
                    let position = Position::at_byte(&text, line, column);
                    vec![show(position, "", "error", &format!("is not JSON from here: {reason}"))]
                }
                Refusal::Invalid(complaints) => {
                    complaints.iter().map(|it| at(&it.pointer, "error", &it.reason)).collect()
                }
            };
            return Ok(Findings { lines, has_errors: true });
        }
    };
    let has_errors = diagnostics.iter().any(is_error);
    let lines = diagnostics.iter().map(|it| at(&it.pointer, word(&it.severity), &it.message)).collect();
    Ok(Findings { lines, has_errors })
}

/// Whether a finding forbids the rule set.
pub(super) fn is_error(found: &Diagnostic) -> bool {
    matches!(found.severity, Severity::Error)
}

fn word(severity: &Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
