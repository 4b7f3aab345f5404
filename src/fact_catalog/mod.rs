//! The table of facts and fields that rules may speak of.
//!
//! Validation checks conditions against it, the facts of a profile are derived in its order, and `GET /v1/facts`
//! publishes it: there is no second list.

use serde::Serialize;
use utoipa::ToSchema;

use crate::profile::{FIELDS, Part};

/// The type of a fact's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// A number, possibly with a fraction.
    Number,
    /// A whole number.
    Integer,
    /// True or false.
    Boolean,
    /// One word of a closed list.
    Keyword,
}

/// A fact that rules may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[expect(missing_docs, reason = "each is named and explained in the table below")]
pub enum Fact {
    HeadlinePresent,
    AboutPresent,
    CareerYears,
    PositionsCount,
    PositionsCurrentCount,
    PositionsTitledCount,
    EducationCount,
    SkillsCount,
    LanguagesCount,
    CertificationsCount,
    Connections,
    Followers,
    Posts,
    Comments,
    DaysSinceActive,
    RelationshipKind,
    RelationshipYears,
    MutualConnections,
    InvitationDirection,
    InvitationNotePresent,
}

/// A row of the catalog of facts.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactRow {
    /// The fact.
    #[serde(skip)]
    #[schema(ignore)]
    pub fact: Fact,
    /// Its name in rule sets.
    pub name: &'static str,
    /// The type of its value.
    pub kind: FactKind,
    /// The unit it is given in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unit: Option<&'static str>,
    /// The words that a keyword can be.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub values: &'static [&'static str],
    /// The part of the profile it is read from; it is unknown when that part is absent.
    pub part: Part,
    /// What it means.
    pub meaning: &'static str,
}

const KINDS: &[&str] =
    &["friend", "family", "colleague", "former_colleague", "client", "supplier", "acquaintance", "none"];

use FactKind::{Boolean, Integer, Keyword, Number};

#[rustfmt::skip]
static FACTS: [FactRow; Fact::COUNT] = [
    row(Fact::HeadlinePresent, "headline.present", Boolean, None, &[], Part::Headline, "whether there is a headline; never unknown"),
    row(Fact::AboutPresent, "about.present", Boolean, None, &[], Part::About, "whether the person writes of themselves; never unknown"),
    row(Fact::CareerYears, "career.years", Number, Some("years"), &[], Part::Positions, "years covered by dated positions, overlaps counted once; unknown without a date"),
    row(Fact::PositionsCount, "positions.count", Integer, None, &[], Part::Positions, "positions"),
    row(Fact::PositionsCurrentCount, "positions.current_count", Integer, None, &[], Part::Positions, "positions held now"),
    row(Fact::PositionsTitledCount, "positions.titled_count", Integer, None, &[], Part::Positions, "positions that have a title"),
    row(Fact::EducationCount, "education.count", Integer, None, &[], Part::Education, "schools and degrees"),
    row(Fact::SkillsCount, "skills.count", Integer, None, &[], Part::Skills, "skills"),
    row(Fact::LanguagesCount, "languages.count", Integer, None, &[], Part::Languages, "languages"),
    row(Fact::CertificationsCount, "certifications.count", Integer, None, &[], Part::Certifications, "certifications"),
    row(Fact::Connections, "activity.connections", Integer, None, &[], Part::Activity, "connections on the network"),
    row(Fact::Followers, "activity.followers", Integer, None, &[], Part::Activity, "followers on the network"),
    row(Fact::Posts, "activity.posts_last_90_days", Integer, None, &[], Part::Activity, "posts of the last ninety days"),
    row(Fact::Comments, "activity.comments_last_90_days", Integer, None, &[], Part::Activity, "comments of the last ninety days"),
    row(Fact::DaysSinceActive, "activity.days_since_active", Integer, Some("days"), &[], Part::Activity, "days since the person was last seen to do something"),
    row(Fact::RelationshipKind, "relationship.kind", Keyword, None, KINDS, Part::Relationship, "how the person and the owner know each other"),
    row(Fact::RelationshipYears, "relationship.years", Number, Some("years"), &[], Part::Relationship, "years since they have known each other"),
    row(Fact::MutualConnections, "relationship.mutual_connections", Integer, None, &[], Part::Relationship, "contacts that both have"),
    row(Fact::InvitationDirection, "invitation.direction", Keyword, None, &["received", "sent"], Part::Invitation, "who invited whom"),
    row(Fact::InvitationNotePresent, "invitation.note_present", Boolean, None, &[], Part::Invitation, "whether a note came with the invitation"),
];

const fn row(
    fact: Fact,
    name: &'static str,
    kind: FactKind,
    unit: Option<&'static str>,
    values: &'static [&'static str],
    part: Part,
    meaning: &'static str,
) -> FactRow {
    FactRow { fact, name, kind, unit, values, part, meaning }
}

/// Lists all facts, in the order of [`Fact`].
#[must_use]
pub fn facts() -> &'static [FactRow] {
    &FACTS
}

impl Fact {
    /// How many facts there are.
    pub const COUNT: usize = 20;

    /// The row of the fact.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "the table has a row for each fact, in their order; a test holds it")]
    pub fn row(self) -> &'static FactRow {
        &FACTS[self as usize]
    }

    /// Finds a fact by its name in rule sets.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        FACTS.iter().find(|row| row.name == name).map(|row| row.fact)
    }
}

/// A row of the catalog of fields.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldRow {
    /// The field's name in rule sets.
    pub name: &'static str,
    /// Where it stands in a profile document, `*` for a place in a list.
    pub pointer: &'static str,
    /// The most characters that a text of it may have.
    pub longest: usize,
    /// What stands in it.
    pub meaning: &'static str,
}

/// Lists all fields of text.
#[must_use]
pub fn fields() -> Vec<FieldRow> {
    let row = |entry: &crate::profile::FieldEntry| FieldRow {
        name: entry.name,
        pointer: entry.pointer,
        longest: entry.longest,
        meaning: entry.meaning,
    };
    FIELDS.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_follows_the_facts() {
        for (index, row) in facts().iter().enumerate() {
            assert_eq!(row.fact as usize, index, "{}", row.name);
            assert_eq!(Fact::named(row.name), Some(row.fact));
        }
    }
}
