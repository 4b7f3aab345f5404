//! The active rule sets by name.

use std::sync::Arc;

use crate::ruleset::CompiledRuleSet;
use crate::scoring::Revision;

/// The name of the rule set that is used when none is asked for.
pub const DEFAULT_NAME: &str = "default";

/// One revision of a rule set, ready to judge.
pub struct ActiveRuleSet {
    name: String,
    revision: u64,
    rules: CompiledRuleSet,
}

impl ActiveRuleSet {
    /// The compiled rules.
    pub fn rules(&self) -> &CompiledRuleSet {
        &self.rules
    }

    /// The name and number that answers quote.
    pub fn revision(&self) -> Revision<'_> {
        Revision { name: &self.name, revision: self.revision }
    }
}

/// A request's wish for a rule set: `name` or `name@revision`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetChoice {
    name: String,
    revision: Option<u64>,
}

impl RuleSetChoice {
    /// Reads `name` or `name@revision`; `None` when the text is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, revision) = match text.split_once('@') {
            Some((name, number)) => (name, Some(number.parse().ok()?)),
            None => (text, None),
        };
        is_name(name).then(|| Self { name: name.to_owned(), revision })
    }
}

fn is_name(text: &str) -> bool {
    let letter_or_digit = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..=64).contains(&text.len())
        && !text.starts_with('-')
        && text.bytes().all(|byte| letter_or_digit(byte) || byte == b'-')
}

/// No rule set, or no such revision of it, has the wanted name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownRuleSet;

/// Name to active rule set; for now `default` alone.
pub struct Registry {
    default: Arc<ActiveRuleSet>,
}

impl Registry {
    /// Makes the rules the first revision of `default`.
    pub fn new(rules: CompiledRuleSet) -> Self {
        Self { default: Arc::new(ActiveRuleSet { name: DEFAULT_NAME.to_owned(), revision: 1, rules }) }
    }

    /// The rule set of that choice, or the default one.
    ///
    /// # Errors
    /// [`UnknownRuleSet`] when the name or the revision does not exist.
    pub fn find(&self, choice: Option<&RuleSetChoice>) -> Result<Arc<ActiveRuleSet>, UnknownRuleSet> {
        let known = choice.is_none_or(|choice| {
            choice.name == self.default.name && choice.revision.is_none_or(|number| number == self.default.revision)
        });
        if known { Ok(Arc::clone(&self.default)) } else { Err(UnknownRuleSet) }
    }
}

#[cfg(test)]
mod tests {
    use super::RuleSetChoice;

    #[test]
    fn a_choice_is_a_name_with_or_without_a_revision() {
        for text in ["default", "default@1", "a", "0-9"] {
            assert!(RuleSetChoice::parse(text).is_some(), "{text}");
        }
        for text in ["", "-a", "Default", "a@", "a@b", "a@1@2", "a b"] {
            assert!(RuleSetChoice::parse(text).is_none(), "{text}");
        }
    }
}
