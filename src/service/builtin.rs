//! The rules that come with the binary, compiled once for all who judge by them at a time.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::ruleset::{self, CompiledRuleSet, RuleSetDocument};
use crate::service::document::KeptDocument;

/// The compiled rules; `None` never, as a test says.
///
/// Compiled they take megabytes, so they are kept no longer than somebody holds them. Who comes while they are compiled
/// waits for them.
pub(crate) fn rules() -> Option<Arc<CompiledRuleSet>> {
    rules_of(ruleset::builtin_document)
}

/// As [`rules`], for a service that begins: the document, which it also keeps as text, is read once for both.
pub(crate) fn prepare() -> Option<Arc<CompiledRuleSet>> {
    let document = ruleset::builtin_document();
    KeptDocument::keep_builtin(&document);
    rules_of(|| document)
}

fn rules_of(document: impl FnOnce() -> RuleSetDocument) -> Option<Arc<CompiledRuleSet>> {
    static HELD: Mutex<Weak<CompiledRuleSet>> = Mutex::new(Weak::new());
    // Nothing is left half done when the thread that held this panicked.
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(rules) = held.upgrade() {
        return Some(rules);
    }
    let rules = Arc::new(ruleset::compile(&document()).rule_set?);
    *held = Arc::downgrade(&rules);
    Some(rules)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::rules;

    #[test]
    fn whoever_holds_the_rules_holds_the_same() {
        let one = rules().unwrap();
        assert!(Arc::ptr_eq(&one, &rules().unwrap()));
    }
}
