//! The rule set as it travels and is kept.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{ConditionDocument, ContextsDocument, FactsDocument, Label};
use crate::text::Language;
use crate::wire::Entries;

/// Vocabularies, contexts, categories with their signals, a policy and tests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSetDocument {
    /// Version of this form: 1.
    #[schema(minimum = 1, maximum = 1)]
    pub format: u32,
    /// What it is, in a line.
    #[schema(max_length = 200)]
    pub title: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 5000)]
    pub description: String,
    /// A category reached within this many points of the winner makes the answer ambiguous.
    #[serde(default = "margin")]
    #[schema(minimum = 0, maximum = 1000)]
    pub margin: i32,
    /// Named lists of terms, compositions of two of them, and unions of any.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, VocabularyDocument>)]
    pub vocabularies: Entries<VocabularyDocument>,
    /// Short forms of words, each with the words that it stands for: in a term of several words each of these may be written
    /// so, and "bus dev mgr" is a business development manager. A term of one word is never written short.
    #[serde(default, skip_serializing_if = "entries_are_none")]
    #[schema(value_type = std::collections::BTreeMap<String, Vec<String>>)]
    pub abbreviations: Entries<Vec<String>>,
    /// How the words around a mention say what is meant.
    #[serde(default)]
    pub contexts: ContextsDocument,
    /// The vocabularies from which facts take their words.
    #[serde(default, skip_serializing_if = "FactsDocument::is_empty")]
    pub facts: FactsDocument,
    /// What is scored.
    #[schema(value_type = std::collections::BTreeMap<String, CategoryDocument>)]
    pub categories: Entries<CategoryDocument>,
    /// Ordered rules; the first that holds decides.
    #[schema(min_items = 1, max_items = 200)]
    pub policy: Vec<PolicyRuleDocument>,
    /// Profiles with the answers they must get.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 500)]
    pub tests: Vec<TestDocument>,
}

fn entries_are_none<T>(entries: &Entries<T>) -> bool {
    entries.is_empty()
}

fn margin() -> i32 {
    10
}

/// Exactly one of `terms`, `compose` and `union`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VocabularyDocument {
    /// What belongs here, and why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 1000)]
    pub description: String,
    /// Words and phrases, in any language, each in its masculine singular: from that the feminine and the plural are derived,
    /// but it is not from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 10000)]
    pub terms: Option<Vec<String>>,
    /// The languages whose feminine and plural forms count too; French and English when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inflect: Option<Vec<Language>>,
    /// Two vocabularies that make a third together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compose: Option<ComposeDocument>,
    /// Vocabularies, unions among them, that one name stands for: to name the union is to name each of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 100)]
    pub union: Option<Vec<String>>,
}

impl VocabularyDocument {
    /// The members of a union, which has no mentions of its own.
    pub(super) fn members(&self) -> Option<&[String]> {
        match (&self.terms, &self.compose, &self.union) {
            (None, None, Some(members)) => Some(members),
            _ => None,
        }
    }
}

/// A head of one vocabulary with the nearest domain of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComposeDocument {
    /// The vocabulary of heads.
    pub head: String,
    /// The vocabulary of domains.
    pub with: String,
    /// The most words from one to the other; neighbours are 1 apart.
    #[schema(minimum = 1, maximum = 12)]
    pub within: u32,
    /// Whether a spaced dash stands between the two, and either stands alone: "Manager - Finance", 2 apart. Such a
    /// composition binds nothing else, and others bind over no spaced dash.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dashed: bool,
    /// A vocabulary right behind whose terms no domain is bound, nor right behind an `@`: who is "manager at" a software house
    /// manages no software.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub not_after: Option<String>,
}

/// What a category is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CategoryKind {
    /// A reason to connect.
    Interest,
    /// A reason not to.
    Deterrent,
    /// A description only.
    Trait,
}

/// A category and the signals that score it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryDocument {
    /// What it is for.
    pub kind: CategoryKind,
    /// Its name for people.
    pub label: Label,
    /// The points at which it is reached.
    #[schema(minimum = 1, maximum = 1000)]
    pub threshold: i32,
    /// The most points it can have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 10000)]
    pub cap: Option<i32>,
    /// Groups of signals with a cap of their own.
    #[serde(default, skip_serializing_if = "no_entries")]
    #[schema(value_type = std::collections::BTreeMap<String, GroupDocument>)]
    pub groups: Entries<GroupDocument>,
    /// Its signals.
    #[schema(value_type = std::collections::BTreeMap<String, SignalDocument>)]
    pub signals: Entries<SignalDocument>,
}

pub(super) fn no_entries<T>(entries: &Entries<T>) -> bool {
    entries.is_empty()
}

/// A group of signals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupDocument {
    /// Its name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// The most points its signals can have together.
    #[schema(minimum = 1, maximum = 10000)]
    pub cap: i32,
}

/// A rule that can fire: either `points`, or `points_each` with `max_points`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignalDocument {
    /// Its name for people; its id when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// What it is worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = -1000, maximum = 1000)]
    pub points: Option<i32>,
    /// What each distinct term is worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1000)]
    pub points_each: Option<i32>,
    /// The most that its terms are worth together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1000)]
    pub max_points: Option<i32>,
    /// The group it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// When it fires.
    pub when: ConditionDocument,
}

/// What to do with a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Connect.
    Connect,
    /// Ask for what is missing.
    Ask,
    /// Let a person look.
    Review,
    /// Do not connect.
    Decline,
}

impl Outcome {
    /// The word for it in documents and answers.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Ask => "ask",
            Self::Review => "review",
            Self::Decline => "decline",
        }
    }
}

/// Stands in a question for the parts of the profile to ask for.
pub const PARTS: &str = "{parts}";

/// A rule of the policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyRuleDocument {
    /// Its name.
    pub id: String,
    /// Its name for people; its id when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// When it holds.
    pub when: WhenDocument,
    /// What it decides.
    pub outcome: Outcome,
    /// With the outcome `ask`: what to ask the person, in a line; `{parts}` stands for parts of the profile to ask for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Label>,
}

/// A condition, or `otherwise` in the last rule.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum WhenDocument {
    /// Always.
    Otherwise(Otherwise),
    /// When this is true.
    Condition(Box<ConditionDocument>),
}

impl<'de> Deserialize<'de> for WhenDocument {
    /// Derived, it would be read into a buffer first, which is neither strict nor knows its place.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = WhenDocument;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a condition or `otherwise`")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Self::Value, E> {
                let word: StrDeserializer<'_, E> = word.into_deserializer();
                Otherwise::deserialize(word).map(WhenDocument::Otherwise)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let condition = ConditionDocument::deserialize(MapAccessDeserializer::new(map))?;
                Ok(WhenDocument::Condition(Box::new(condition)))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// The word `otherwise`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Otherwise {
    /// In every other case.
    Otherwise,
}

/// A profile and what must come out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestDocument {
    /// A sentence that says what is tested.
    #[schema(max_length = 300)]
    pub name: String,
    /// A profile document of an invented person.
    #[serde(deserialize_with = "object")]
    #[schema(value_type = Object)]
    pub profile: Value,
    /// What must come out; what is left out is not checked.
    pub expect: ExpectDocument,
}

/// What must come out of a test.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectDocument {
    /// The winning category; `null` for none.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub category: Option<Option<String>>,
    /// The outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The policy rule that gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Whether the answer is ambiguous.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ambiguous: Option<bool>,
    /// All traits that are reached, in whatever order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traits: Option<Vec<String>>,
    /// Signals that must fire.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fires: Vec<String>,
    /// Signals that must stay silent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent: Vec<String>,
}

/// Reads any object as it is.
fn object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Map::deserialize(deserializer).map(Value::Object)
}

/// Tells a `null` that is written from a field that is left out.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
