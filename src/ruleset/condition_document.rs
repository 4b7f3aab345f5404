//! Conditions as they travel and are kept.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Exactly one of `mentions`, `fact`, `moved`, `all`, `any`, `not`; in a policy also `score`, `category`, `ambiguous`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionDocument {
    /// Terms stand in the profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentions: Option<MentionsDocument>,
    /// A fact, compared by `op` with `value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// The vocabularies or disciplines by whose roles the fact goes, where `GET /v1/facts` says that it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 100)]
    pub of: Option<Vec<String>>,
    /// The career went from some words in its titles to others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<MovedDocument>,
    /// The score of a category, compared by `op` with `value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
    /// How `fact` or `score` is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<Operator>,
    /// What it is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    pub value: Option<Value>,
    /// The winning category is one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Vec<String>>,
    /// A second category is as near as the margin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ambiguous: Option<bool>,
    /// All of these hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion, max_items = 50)]
    pub all: Option<Vec<ConditionDocument>>,
    /// At least one of these holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion, max_items = 50)]
    pub any: Option<Vec<ConditionDocument>>,
    /// This does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    pub not: Option<Box<ConditionDocument>>,
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the usual abbreviations")]
pub enum Operator {
    Eq,
    Ne,
    Lt,
    Lte,
    Gt,
    Gte,
    In,
    Exists,
}

/// Words in the title of a position, and others in that of a later one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MovedDocument {
    /// The vocabularies or disciplines of the earlier title.
    #[schema(min_items = 1, max_items = 100)]
    pub from: Vec<String>,
    /// The vocabularies or disciplines of the later title.
    #[schema(min_items = 1, max_items = 100)]
    pub to: Vec<String>,
}

/// Terms that stand in a profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MentionsDocument {
    /// The vocabularies the terms belong to.
    #[schema(min_items = 1, max_items = 100)]
    pub of: Vec<String>,
    /// The fields they stand in, by the names of `GET /v1/facts`.
    #[serde(rename = "in")]
    #[schema(min_items = 1, max_items = 20)]
    pub fields: Vec<String>,
    /// The time they speak of; any when absent.
    #[serde(default, skip_serializing_if = "TimeFilter::is_any")]
    pub time: TimeFilter,
    /// How they are meant; when absent, that the person is it (`own`).
    #[serde(default, skip_serializing_if = "ContextFilter::is_own")]
    pub context: ContextFilter,
    /// How many there must be; one when absent.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[schema(minimum = 1, maximum = 100)]
    pub at_least: u32,
}

fn one() -> u32 {
    1
}

fn is_one(count: &u32) -> bool {
    *count == 1
}

/// The time that mentions must speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum TimeFilter {
    #[default]
    Any,
    Current,
    Past,
}

impl TimeFilter {
    fn is_any(&self) -> bool {
        *self == Self::Any
    }
}

/// How mentions must be meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "as `Context`")]
pub enum ContextFilter {
    #[default]
    Own,
    Audience,
    Former,
    Aspiring,
    Negated,
    Topic,
    Any,
}

impl ContextFilter {
    fn is_own(&self) -> bool {
        *self == Self::Own
    }
}
