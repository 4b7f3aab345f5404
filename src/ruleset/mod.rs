//! Rule sets: the document that travels, the model it is resolved to, and the compiled form that scores.

mod builtin;
mod compile;
mod condition;
mod diagnostic;
mod document;
mod label;
mod model;
#[cfg(test)]
mod tests;
mod validate;

use std::sync::LazyLock;

pub use builtin::builtin_document;
pub use compile::{Compiled, CompiledRuleSet, Composition, Phrase, Reads, TriggerRole, check as compile};
pub use diagnostic::{Diagnostic, Severity};
pub use document::{
    CategoryDocument, CategoryKind, ComposeDocument, ConditionDocument, Context, ContextDocument, ContextFilter,
    ContextsDocument, ExpectDocument, GroupDocument, MentionsDocument, Operator, Otherwise, Outcome,
    PolicyRuleDocument, RuleSetDocument, SignalDocument, TestDocument, TimeFilter, VocabularyDocument, WhenDocument,
};
pub use label::{Label, Tongue};
pub use model::{
    Category, CategoryId, Comparison, Condition, ContextRule, Group, MOST_REACH, MOST_WORDS, Mentions, Operand,
    PolicyRule, RuleSet, Signal, Source, Term, TermId, Vocabulary, VocabularyId, Worth,
};

use crate::wire::{self, Refusal};

static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(wire::validator::<RuleSetDocument>);

/// Reads a rule set document from JSON; what it means is checked by [`compile()`].
///
/// The typed pass knows no bounds, so the schema has the last word: rule sets come seldom enough for a second pass.
///
/// # Errors
/// [`Refusal::Syntax`] when it is not JSON, [`Refusal::Invalid`] with all complaints when it has not the right shape.
pub fn parse(bytes: &[u8]) -> Result<RuleSetDocument, Refusal> {
    let document = wire::read(bytes, &VALIDATOR)?;
    let complaints = wire::complaints(bytes, &VALIDATOR);
    if complaints.is_empty() { Ok(document) } else { Err(Refusal::Invalid(complaints)) }
}
