//! Findings about a rule set.

use serde::Serialize;
use utoipa::ToSchema;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The rule set cannot be used.
    Error,
    /// It can be used, but perhaps not as meant.
    Warning,
}

/// A finding about a rule set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// What kind of finding it is, for programs.
    pub code: &'static str,
    /// JSON Pointer into the document.
    pub pointer: String,
    /// What was found, for people.
    pub message: String,
}

/// Findings beyond this many are not listed: the first thousand keep an author busy.
const MOST: usize = 1_000;

/// Findings gathered on the way through a document.
#[derive(Debug, Default)]
pub(super) struct Diagnostics {
    list: Vec<Diagnostic>,
    has_errors: bool,
}

impl Diagnostics {
    pub(super) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }

    pub(super) fn error(&mut self, code: &'static str, pointer: impl Into<String>, message: impl Into<String>) {
        self.push(Severity::Error, code, pointer.into(), message.into());
    }

    pub(super) fn warning(&mut self, code: &'static str, pointer: impl Into<String>, message: impl Into<String>) {
        self.push(Severity::Warning, code, pointer.into(), message.into());
    }

    pub(super) fn has_errors(&self) -> bool {
        self.has_errors
    }

    fn push(&mut self, severity: Severity, code: &'static str, pointer: String, message: String) {
        self.has_errors |= severity == Severity::Error;
        match self.list.len() {
            count if count < MOST => self.list.push(Diagnostic { severity, code, pointer, message }),
            MOST => {
                let message = format!("has more than {MOST} findings; the others are not listed");
                self.list.push(Diagnostic { severity, code: "limit", pointer: String::new(), message });
            }
            _ => {}
        }
    }
}
