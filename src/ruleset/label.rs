//! Names for people, in the languages that people are addressed in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language that people are addressed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tongue {
    /// French.
    Fr,
    /// English.
    #[default]
    En,
}

impl Tongue {
    /// The language tag (RFC 5646).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

/// A name for people, by language: a phrase that can stand within a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// In French.
    #[schema(max_length = 200)]
    pub fr: String,
    /// In English.
    #[schema(max_length = 200)]
    pub en: String,
}

impl Label {
    /// The name in a language.
    #[must_use]
    pub fn told(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::Fr => &self.fr,
            Tongue::En => &self.en,
        }
    }

    /// What is called by its id, in whatever language, for want of a better name.
    pub(super) fn or_id(label: Option<&Self>, id: &str) -> Self {
        label.cloned().unwrap_or_else(|| Self { fr: id.to_owned(), en: id.to_owned() })
    }
}
