//! The block of a rule set that names the words of facts, as it travels and is kept.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::document::no_entries;
use crate::wire::Entries;

/// The vocabularies from which facts take their words; a fact whose words are not named is unknown,
/// and a move that is told by them is never made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactsDocument {
    /// Words of responsibility.
    #[serde(default, skip_serializing_if = "LevelsDocument::is_empty")]
    pub levels: LevelsDocument,
    /// The trades that a career can be in, each by a name of its own.
    #[serde(default, skip_serializing_if = "no_entries")]
    #[schema(value_type = std::collections::BTreeMap<String, DisciplineDocument>)]
    pub disciplines: Entries<DisciplineDocument>,
    /// Roles of those who do the technical work themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub technical: Vec<String>,
    /// Roles that are a speciality within a discipline; they are among its roles too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub specialised: Vec<String>,
    /// Words that widen the scope of a title, from the narrowest to the widest: "senior", "group". Of two titles of one
    /// level that with a word of a later entry is the wider.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub scope: Vec<String>,
    /// Words by which people say that they learnt their trade by themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub self_taught: Vec<String>,
    /// Titles of times without work: "career break". A position named so, and by nothing else, is no part of the career;
    /// whoever takes leave from a company stays with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub breaks: Vec<String>,
    /// Words that the name of one company is written with or without: "Ltd", "Groupe". Each word of a term counts by
    /// itself, and no condition can ask for these vocabularies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub company_forms: Vec<String>,
    /// Phrases and words of notes that do not speak of whom they are written to.
    #[serde(default, skip_serializing_if = "InvitationWordsDocument::is_empty")]
    pub invitation: InvitationWordsDocument,
}

impl FactsDocument {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The vocabularies of each level; a word counts where it stands alone, in a longer term, and as the head of a
/// composition. Of several in one term the longest counts, so that "directeur adjoint" is not "directeur".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelsDocument {
    /// Words that look like more and are not: "account manager".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub individual: Vec<String>,
    /// Leads others without being their superior.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub lead: Vec<String>,
    /// Manages people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub manager: Vec<String>,
    /// Directs managers, or a department.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub director: Vec<String>,
    /// Leads an organisation, or sits on its board.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub executive: Vec<String>,
}

impl LevelsDocument {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A trade that a career can be in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisciplineDocument {
    /// Its roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub roles: Vec<String>,
    /// The studies that lead to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub studies: Vec<String>,
}

/// Phrases and words of notes that do not speak of whom they are written to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationWordsDocument {
    /// What the network itself writes into an invitation: a note of it alone counts as none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub defaults: Vec<String>,
    /// Phrases that fit anybody: praise, offers, claims to have read the profile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub stock: Vec<String>,
    /// Words that notes and profiles share by chance. Each word of a term counts by itself, and no condition can ask for
    /// these vocabularies. Without any, it is unknown how personal a note is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    pub common: Vec<String>,
}

impl InvitationWordsDocument {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
