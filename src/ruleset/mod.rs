//! Rule sets: the document that travels, the model it is resolved to, and the compiled form that scores.

mod document;
mod condition_document;
mod contexts_document;
mod facts_document;
mod test_documents;
mod label;
mod diagnostic;
mod model;
mod names;
mod condition;
mod fact_words;
mod senses;
mod spellings;
mod signal_set;
mod validate;
mod reads;
mod endings;
mod compile;
mod idle;
mod builtin;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use serde_json::Value;

pub use builtin::builtin_document;
pub use compile::{Compiled, CompiledRuleSet, Composition, TriggerRole, compile};
pub use condition_document::{ConditionDocument, ContextFilter, MentionsDocument, MovedDocument, Operator, TimeFilter};
pub use contexts_document::{BesideDocument, Context, ContextDocument, ContextsDocument};
pub use diagnostic::{Diagnostic, Severity};
pub use document::{
    CategoryDocument, CategoryKind, ComposeDocument, ExpectDocument, GroupDocument, Otherwise, Outcome, PARTS,
    PolicyRuleDocument, RuleSetDocument, SignalDocument, TestDocument, VocabularyDocument, WhenDocument,
};
pub use endings::{Ending, EndingTerm, Endings};
pub use fact_words::{Discipline, FactWords};
pub use facts_document::{DisciplineDocument, FactsDocument, InvitationWordsDocument, LevelsDocument};
pub use label::{Label, Tongue};
pub use model::{
    Abbreviation, AskedFact, Category, CategoryId, Comparison, Condition, ContextRule, Group, MOST_REACH, MOST_WORDS,
    Mentions, Operand, PolicyRule, RuleSet, Signal, Sought, Source, Term, TermId, Vocabulary, VocabularyId,
    VocabularySet, Worth,
};
pub use reads::{Lookout, Reads};
pub use senses::{Sense, TermSense};
pub use signal_set::SignalSet;

use crate::wire::{self, Complaint, Form, Refusal};

static FORM: LazyLock<Form> = LazyLock::new(Form::of::<RuleSetDocument>);

/// Reads a rule set document from JSON; what it means is checked by [`compile()`].
///
/// The typed pass knows no bounds, so the schema has the last word: rule sets come seldom enough for a second pass.
///
/// # Errors
/// [`Refusal::Syntax`] when it is not JSON, [`Refusal::Invalid`] with all complaints when it has not the right shape.
pub fn parse(bytes: &[u8]) -> Result<RuleSetDocument, Refusal> {
    parse_with_json(bytes).map(|(document, _)| document)
}

/// Reads a rule set document as [`parse()`] does, and gives its JSON as well, which holds what it says and no defaults.
///
/// # Errors
/// As [`parse()`].
pub fn parse_with_json(bytes: &[u8]) -> Result<(RuleSetDocument, Value), Refusal> {
    let document = parse_unbounded(bytes).map_err(|refusal| in_an_answer(bytes).unwrap_or(refusal))?;
    let json = wire::value(bytes)?;
    let complaints = wire::complaints_about(&json, &FORM);
    if complaints.is_empty() { Ok((document, json)) } else { Err(Refusal::Invalid(complaints)) }
}

/// Reads a rule set document in the typed pass alone, which knows no bounds: enough for one that [`parse()`] accepted once.
///
/// # Errors
/// [`Refusal::Syntax`] when it is not JSON, [`Refusal::Invalid`] with all complaints when it is no rule set.
pub fn parse_unbounded(bytes: &[u8]) -> Result<RuleSetDocument, Refusal> {
    wire::read(bytes, &FORM)
}

/// Says to its author why a document is refused that [`parse()`] refuses; names the keys that are wrong.
#[must_use]
pub fn refusal_to_author(bytes: &[u8]) -> Refusal {
    in_an_answer(bytes).unwrap_or_else(|| wire::refusal_to_author::<RuleSetDocument>(bytes, &FORM))
}

/// The refusal of a whole answer about a rule set, which is easily taken for the rule set in it.
fn in_an_answer(bytes: &[u8]) -> Option<Refusal> {
    let json = wire::value(bytes).ok()?;
    let is_answer = json.get("document")?.is_object() && json.get("categories").is_none();
    let reason = "is an answer about a rule set; the rule set alone is what stands in `document`";
    is_answer.then(|| Refusal::Invalid(vec![Complaint::new("", reason)]))
}
