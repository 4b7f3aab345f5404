//! Everything that can be said about a document before it is published.

use serde_json::Value;

use crate::ruleset::{self, CompiledRuleSet, Diagnostic, Severity};
use crate::scoring::{self, TestOutcome};
use crate::service::clock;
use crate::wire::Refusal;

/// What was found in a document that has the form of a rule set.
#[derive(Debug)]
pub struct Examination {
    /// The compiled rules, unless there is an error among the findings.
    pub rules: Option<CompiledRuleSet>,
    /// All findings; a test of the document that fails is a warning.
    pub diagnostics: Vec<Diagnostic>,
    /// The tests of the document, run today; none when there are errors.
    pub tests: Vec<TestOutcome>,
    /// The document itself.
    pub document: Value,
}

/// Reads, compiles and tests a document; takes milliseconds, or seconds for the largest.
///
/// A rule set may be published although its own tests fail: they tell what a change does, and an author who changes
/// both may do so in two steps.
///
/// # Errors
/// The [`Refusal`] of a document that has not the form of a rule set.
pub fn examine(bytes: &[u8]) -> Result<Examination, Refusal> {
    let (document, json) = ruleset::parse_with_json(bytes)?;
    let compiled = ruleset::compile(&document);
    let mut diagnostics = compiled.diagnostics;
    let tests = match &compiled.rule_set {
        Some(rules) => scoring::run_tests(&document, rules, clock::today()),
        None => Vec::new(),
    };
    diagnostics.extend(tests.iter().enumerate().filter_map(failed));
    Ok(Examination { rules: compiled.rule_set, diagnostics, tests, document: json })
}

fn failed((index, test): (usize, &TestOutcome)) -> Option<Diagnostic> {
    (!test.failures.is_empty()).then(|| Diagnostic {
        severity: Severity::Warning,
        code: "test-failed",
        pointer: format!("/tests/{index}"),
        message: format!("`{}` fails: {}", test.name, test.failures.join("; ")),
    })
}
