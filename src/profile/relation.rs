//! How the person and the owner stand to each other, in words of closed lists.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A kind of relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum RelationshipKind {
    Friend,
    Family,
    Colleague,
    FormerColleague,
    Client,
    Supplier,
    Acquaintance,
    None,
}

impl RelationshipKind {
    /// The words for the kinds.
    pub const WORDS: &[&str] =
        &["friend", "family", "colleague", "former_colleague", "client", "supplier", "acquaintance", "none"];

    /// The word for the kind.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Friend => "friend",
            Self::Family => "family",
            Self::Colleague => "colleague",
            Self::FormerColleague => "former_colleague",
            Self::Client => "client",
            Self::Supplier => "supplier",
            Self::Acquaintance => "acquaintance",
            Self::None => "none",
        }
    }
}

/// Who invited whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationDirection {
    /// The person invited the owner.
    Received,
    /// The owner invites the person.
    Sent,
}

impl InvitationDirection {
    /// The words for the directions.
    pub const WORDS: &[&str] = &["received", "sent"];

    /// The word for the direction.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Sent => "sent",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::*;
    use crate::wire;

    fn check<T: ToSchema + DeserializeOwned>(words: &[&str], word: fn(T) -> &'static str) {
        assert_eq!(wire::json_schema::<T>()["enum"], json!(words));
        for &travels in words {
            assert_eq!(word(serde_json::from_value(json!(travels)).unwrap()), travels);
        }
    }

    #[test]
    fn words_are_those_that_travel() {
        check(RelationshipKind::WORDS, RelationshipKind::word);
        check(InvitationDirection::WORDS, InvitationDirection::word);
    }
}
