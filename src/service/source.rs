//! What is judged by without a store: rules in a file, or those of the binary; and an owner.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::profile::Owner;
use crate::ruleset::{self, CompiledRuleSet, Diagnostic, RuleSetDocument};
use crate::service::builtin;
use crate::service::name::Name;
use crate::service::owners;
use crate::service::registry::ReadyRuleSet;
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

/// Reads, checks and compiles a rule set, the built-in one when no file is named, as the first revision of `default`.
///
/// # Errors
/// See [`LoadFailure`].
pub fn load(file: Option<&Path>) -> Result<Arc<ReadyRuleSet>, LoadFailure> {
    let rules = match file {
        Some(path) => compile(&read(path)?),
        None => builtin::rules().ok_or(LoadFailure::Faulty(Vec::new())),
    };
    Ok(Arc::new(ReadyRuleSet::new(Name::default(), 1, rules?)))
}

/// Reads an owner document, as `default`.
///
/// # Errors
/// The [`Refusal`] of the document.
pub fn owner(document: &[u8]) -> Result<Arc<Owner>, Refusal> {
    owners::read(&Name::default(), document).map(|(owner, _)| Arc::new(owner))
}

fn compile(document: &RuleSetDocument) -> Result<Arc<CompiledRuleSet>, LoadFailure> {
    let compiled = ruleset::compile(document);
    compiled.rule_set.map(Arc::new).ok_or(LoadFailure::Faulty(compiled.diagnostics))
}

fn read(path: &Path) -> Result<RuleSetDocument, LoadFailure> {
    let bytes = std::fs::read(path).map_err(LoadFailure::Unreadable)?;
    ruleset::parse(&bytes).map_err(LoadFailure::Refused)
}
