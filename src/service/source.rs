//! Where the first rules come from: a file, or the binary itself.

use std::io;
use std::path::Path;

use crate::ruleset::{self, Diagnostic, RuleSetDocument};
use crate::service::registry::Registry;
use crate::wire::Refusal;

/// Why no rules could be loaded.
#[derive(Debug)]
pub enum LoadFailure {
    /// The file cannot be read.
    Unreadable(io::Error),
    /// The file is no rule-set document.
    Refused(Refusal),
    /// The document has errors, so nothing can be compiled from it.
    Faulty(Vec<Diagnostic>),
}

/// Reads, checks and compiles a rule set, the built-in one when no file is named.
///
/// # Errors
/// See [`LoadFailure`].
pub fn load(file: Option<&Path>) -> Result<Registry, LoadFailure> {
    let document = match file {
        Some(path) => read(path)?,
        None => ruleset::builtin_document(),
    };
    let compiled = ruleset::compile(&document);
    compiled.rule_set.map(Registry::new).ok_or(LoadFailure::Faulty(compiled.diagnostics))
}

fn read(path: &Path) -> Result<RuleSetDocument, LoadFailure> {
    let bytes = std::fs::read(path).map_err(LoadFailure::Unreadable)?;
    ruleset::parse(&bytes).map_err(LoadFailure::Refused)
}
