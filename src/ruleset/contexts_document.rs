//! The block of a rule set that tells how mentions are meant, as it travels and is kept.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The triggers of each context.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContextsDocument {
    /// The person is it: "I am", "je suis".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<ContextDocument>,
    /// The person serves them: "I help".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<ContextDocument>,
    /// The person was it: "ex".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<ContextDocument>,
    /// The person wants to be it: "future".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspiring: Option<ContextDocument>,
    /// The person is not it: "not a".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negated: Option<ContextDocument>,
    /// The person speaks about it: "writes about".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<ContextDocument>,
}

impl ContextsDocument {
    /// Every context, with its name and what the document says of it.
    pub(super) fn all(&self) -> [(Context, &'static str, Option<&ContextDocument>); 6] {
        [
            (Context::Own, "own", self.own.as_ref()),
            (Context::Audience, "audience", self.audience.as_ref()),
            (Context::Former, "former", self.former.as_ref()),
            (Context::Aspiring, "aspiring", self.aspiring.as_ref()),
            (Context::Negated, "negated", self.negated.as_ref()),
            (Context::Topic, "topic", self.topic.as_ref()),
        ]
    }
}

/// Triggers, how far they reach, and what stops them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContextDocument {
    /// Phrases that stand before what they speak of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub precedes: Vec<String>,
    /// Phrases that stand after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub follows: Vec<String>,
    /// The most words from the trigger to the mention; neighbours are 1 apart.
    #[schema(minimum = 1, maximum = 20)]
    pub reach: u32,
    /// Phrases that end the reach; `","` is any comma, bracket or colon, unless a colon behind the trigger announces a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub stops: Vec<String>,
    /// Phrases that speak of their neighbour alone: "wanted", "'s right hand".
    #[serde(default, skip_serializing_if = "BesideDocument::is_empty")]
    pub beside: BesideDocument,
}

impl ContextDocument {
    /// Its lists of phrases, each with where it stands in the context.
    pub(super) fn lists(&self) -> [(&'static str, &[String]); 5] {
        [
            ("precedes", &self.precedes),
            ("follows", &self.follows),
            ("stops", &self.stops),
            ("beside/precedes", &self.beside.precedes),
            ("beside/follows", &self.beside.follows),
        ]
    }

    /// Whether it tells how anything is meant.
    pub(super) fn has_triggers(&self) -> bool {
        !(self.precedes.is_empty() && self.follows.is_empty() && self.beside.is_empty())
    }
}

/// Triggers that reach the mention right beside them, whatever the `reach` of the others: no comma or other mark parts the
/// two, but for the colon behind a trigger that announces ("Wanted: CFO").
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BesideDocument {
    /// Phrases that stand right before what they speak of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub precedes: Vec<String>,
    /// Phrases that stand right after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub follows: Vec<String>,
}

impl BesideDocument {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How a mention is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// The person is it.
    Own,
    /// The person serves them.
    Audience,
    /// The person was it.
    Former,
    /// The person wants to be it.
    Aspiring,
    /// The person is not it.
    Negated,
    /// It is spoken about.
    Topic,
}
