//! What rule sets and owner documents are called, and how a request names one.

use std::fmt;

/// What is taken when a request names none: a rule set, an owner document.
const DEFAULT: &str = "default";

/// The rules that come with the binary.
const BUILTIN: &str = "builtin";

/// An address beside the rule sets, so no name.
const CHECK: &str = "check";

/// What stands for no owner document at all, so no name of one.
const NOBODY: &str = "none";

/// The name of a rule set or an owner document: `[a-z0-9][a-z0-9-]{0,63}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// Reads a name; `None` when the text is none.
    ///
    /// ```
    /// use entregent::service::name::Name;
    /// assert!(Name::parse("sales-2026").is_some());
    /// assert!(Name::parse("Sales").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let letter_or_digit = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let is_name = (1..=64).contains(&text.len())
            && !text.starts_with('-')
            && text.bytes().all(|byte| letter_or_digit(byte) || byte == b'-');
        is_name.then(|| Self(text.to_owned()))
    }

    /// The name of the rules that come with the binary.
    pub fn builtin() -> Self {
        Self(BUILTIN.to_owned())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is what is taken when a request names none.
    pub fn is_default(&self) -> bool {
        self.0 == DEFAULT
    }

    /// Whether these are the rules that come with the binary.
    pub fn is_builtin(&self) -> bool {
        self.0 == BUILTIN
    }

    /// Whether this stands for no owner document at all.
    pub fn is_nobody(&self) -> bool {
        self.0 == NOBODY
    }

    /// Whether this is the address that documents are checked at.
    pub fn is_check(&self) -> bool {
        self.0 == CHECK
    }
}

impl Default for Name {
    fn default() -> Self {
        Self(DEFAULT.to_owned())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Reads a number as requests name one: one to eighteen digits, and nothing else.
pub fn number(text: &str) -> Option<u64> {
    let is_number = text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// A request's wish for a rule set: `name`, which is its active revision, or `name@revision`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleSetChoice {
    /// The rule set.
    pub name: Name,
    /// The revision, unless the active one is meant.
    pub revision: Option<u64>,
}

impl RuleSetChoice {
    /// Reads `name` or `name@revision`; `None` when the text is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, revision) = match text.split_once('@') {
            Some((name, revision)) => (name, Some(number(revision)?)),
            None => (text, None),
        };
        Name::parse(name).map(|name| Self { name, revision })
    }
}

/// A request's wish for the person for whom it judges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OwnerChoice {
    /// `default`, if there is such an owner document.
    #[default]
    Usual,
    /// Nobody.
    Nobody,
    /// The one of this owner document.
    Named(Name),
}

impl OwnerChoice {
    /// Reads a name, or `none`; `None` when the text is neither.
    pub fn parse(text: &str) -> Option<Self> {
        Name::parse(text).map(|name| if name.is_nobody() { Self::Nobody } else { Self::Named(name) })
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
