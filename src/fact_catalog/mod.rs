//! The table of facts and fields that rules may speak of.
//!
//! Validation checks conditions against it, the facts of a profile are derived in its order, and `GET /v1/facts`
//! publishes it: there is no second list.

mod level;

use serde::Serialize;
use utoipa::ToSchema;

pub use level::Level;

use crate::profile::{FIELDS, InvitationDirection, Part, RelationshipKind};

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
    CareerCurrentTenure,
    CareerMeanTenure,
    CareerCompanies,
    CareerLevel,
    CareerSelfTaught,
    CareerToManagement,
    CareerSpecialised,
    CareerCrossedDisciplines,
    CareerChangedTrade,
    CareerPromoted,
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
    HashtagsPerPost,
    PostsWithLinks,
    Hashtags,
    RelationshipKind,
    RelationshipYears,
    MutualConnections,
    InvitationDirection,
    InvitationNotePresent,
    InvitationPersonalisation,
    InvitationTemplateMarks,
    InvitationWords,
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
    /// Whether it can go by the roles of some vocabularies or disciplines alone, which `of` names.
    pub of: bool,
    /// The parts of the profile it is read from; when all are absent it is unknown, unless `meaning` says never.
    pub parts: &'static [Part],
    /// JSON Pointers to where it is read in a profile document, one for each part.
    pub pointers: &'static [&'static str],
    /// What it means.
    pub meaning: &'static str,
}

use FactKind::{Boolean, Integer, Keyword, Number};

#[rustfmt::skip]
static FACTS: [FactRow; Fact::COUNT] = [
    row(Fact::HeadlinePresent, "headline.present", Boolean, None, &[], &[Part::Headline], &["/headline"], "whether there is a headline; never unknown"),
    row(Fact::AboutPresent, "about.present", Boolean, None, &[], &[Part::About], &["/about"], "whether the person writes of themselves; never unknown"),
    row(Fact::CareerYears, "career.years", Number, Some("years"), &[], &[Part::Positions], &["/positions"], "years covered by dated positions, breaks apart, with `of` by those whose titles name such a role; overlaps counted once, rounded down to a tenth; unknown without a date").with_of(),
    row(Fact::CareerCurrentTenure, "career.current_tenure", Number, Some("years"), &[], &[Part::Positions], &["/positions"], "years at the present company without a break, the longest of several, rounded down to a tenth; unknown without a dated position held now"),
    row(Fact::CareerMeanTenure, "career.mean_tenure", Number, Some("years"), &[], &[Part::Positions], &["/positions"], "years at a company without a break, on average, rounded down to a tenth; a position without a company counts by itself; unknown without a date"),
    row(Fact::CareerCompanies, "career.companies", Integer, None, &[], &[Part::Positions], &["/positions"], "companies that positions name; unknown when none does"),
    row(Fact::CareerLevel, "career.level", Keyword, None, Level::WORDS, &[Part::Positions, Part::Headline], &["/positions", "/headline"], "the highest responsibility that the titles of current positions tell, else the headline; with `of` that of such roles, or of bare words of a level beside them; unknown when they name no role").with_of(),
    row(Fact::CareerSelfTaught, "career.self_taught", Boolean, None, &[], &[Part::Positions, Part::Education, Part::Headline, Part::About], &["/positions", "/education", "/headline", "/about"], "whether the person says so, or has no degree in a discipline of their present work; else unknown without education, or with a school that has neither degree nor field"),
    row(Fact::CareerToManagement, "career.to_management", Boolean, None, &[], &[Part::Positions], &["/positions"], "whether a technical role came before one of a manager or above; unknown when that hangs on an order of dates, or a title, that is not known"),
    row(Fact::CareerSpecialised, "career.specialised", Boolean, None, &[], &[Part::Positions], &["/positions"], "whether a general role of a discipline came before a speciality within it; unknown when that hangs on an order of dates, or a title, that is not known"),
    row(Fact::CareerCrossedDisciplines, "career.crossed_disciplines", Boolean, None, &[], &[Part::Positions], &["/positions"], "whether a role of one discipline came before one of another; unknown when that hangs on an order of dates, or a title, that is not known"),
    row(Fact::CareerChangedTrade, "career.changed_trade", Boolean, None, &[], &[Part::Positions], &["/positions"], "whether a position held now is in a discipline that no earlier one was in, one of which is over; unknown when that hangs on an order of dates, or a title, that is not known"),
    row(Fact::CareerPromoted, "career.promoted", Boolean, None, &[], &[Part::Positions], &["/positions"], "whether a position came before one of a higher level, or a wider scope, at the same company without a break; unknown when that hangs on an order of dates or a title that is not known, or when a company is not named"),
    row(Fact::PositionsCount, "positions.count", Integer, None, &[], &[Part::Positions], &["/positions"], "positions"),
    row(Fact::PositionsCurrentCount, "positions.current_count", Integer, None, &[], &[Part::Positions], &["/positions"], "positions held now"),
    row(Fact::PositionsTitledCount, "positions.titled_count", Integer, None, &[], &[Part::Positions], &["/positions"], "positions that have a title"),
    row(Fact::EducationCount, "education.count", Integer, None, &[], &[Part::Education], &["/education"], "schools and degrees"),
    row(Fact::SkillsCount, "skills.count", Integer, None, &[], &[Part::Skills], &["/skills"], "skills"),
    row(Fact::LanguagesCount, "languages.count", Integer, None, &[], &[Part::Languages], &["/languages"], "languages"),
    row(Fact::CertificationsCount, "certifications.count", Integer, None, &[], &[Part::Certifications], &["/certifications"], "certifications"),
    row(Fact::Connections, "activity.connections", Integer, None, &[], &[Part::Activity], &["/activity/connections"], "connections on the network"),
    row(Fact::Followers, "activity.followers", Integer, None, &[], &[Part::Activity], &["/activity/followers"], "followers on the network"),
    row(Fact::Posts, "activity.posts_last_90_days", Integer, None, &[], &[Part::Activity], &["/activity/posts_last_90_days"], "posts of the last ninety days"),
    row(Fact::Comments, "activity.comments_last_90_days", Integer, None, &[], &[Part::Activity], &["/activity/comments_last_90_days"], "comments of the last ninety days"),
    row(Fact::DaysSinceActive, "activity.days_since_active", Integer, Some("days"), &[], &[Part::Activity], &["/activity/last_active_on"], "days since the person was last seen to do something, the fewest that the date can mean; unknown for a year alone that may have ended within a month"),
    row(Fact::HashtagsPerPost, "activity.hashtags_per_post", Number, None, &[], &[Part::Activity], &["/activity/recent_posts"], "hashtags in recent posts for each of them, rounded down to a tenth; unknown without a post"),
    row(Fact::PostsWithLinks, "activity.posts_with_links", Integer, None, &[], &[Part::Activity], &["/activity/recent_posts"], "recent posts that hold a link"),
    row(Fact::Hashtags, "profile.hashtags", Integer, None, &[], &[Part::Headline, Part::About], &["/headline", "/about"], "hashtags in the headline and in what the person writes of themselves"),
    row(Fact::RelationshipKind, "relationship.kind", Keyword, None, RelationshipKind::WORDS, &[Part::Relationship], &["/relationship/kind"], "how the person and the owner know each other"),
    row(Fact::RelationshipYears, "relationship.years", Number, Some("years"), &[], &[Part::Relationship], &["/relationship/since"], "years for which they have certainly known each other, rounded down to a tenth"),
    row(Fact::MutualConnections, "relationship.mutual_connections", Integer, None, &[], &[Part::Relationship], &["/relationship/mutual_connections"], "contacts that both have"),
    row(Fact::InvitationDirection, "invitation.direction", Keyword, None, InvitationDirection::WORDS, &[Part::Invitation], &["/invitation/direction"], "who invited whom"),
    row(Fact::InvitationNotePresent, "invitation.note_present", Boolean, None, &[], &[Part::Invitation], &["/invitation/note"], "whether the sender wrote a note: one that is only the network's default text is none, and so is one that the owner sent"),
    row(Fact::InvitationPersonalisation, "invitation.personalisation", Integer, Some("per cent"), &[], &[Part::Invitation, Part::Headline, Part::Positions], &["/invitation/note", "/headline", "/positions"], "how much of the note refers to what only the owner's document tells, words of either's headline and present positions apart: 0 nothing, about 50 one clear specific, 80 two; unknown without a note of the sender's own or an owner document"),
    row(Fact::InvitationTemplateMarks, "invitation.template_marks", Integer, None, &[], &[Part::Invitation], &["/invitation/note"], "placeholders that a template left unfilled in the note, such as `{firstName}`"),
    row(Fact::InvitationWords, "invitation.words", Integer, Some("words"), &[], &[Part::Invitation], &["/invitation/note"], "words of the note, the network's default text apart"),
];

#[expect(clippy::too_many_arguments, reason = "each is a column of the table above")]
const fn row(
    fact: Fact,
    name: &'static str,
    kind: FactKind,
    unit: Option<&'static str>,
    values: &'static [&'static str],
    parts: &'static [Part],
    pointers: &'static [&'static str],
    meaning: &'static str,
) -> FactRow {
    FactRow { fact, name, kind, unit, values, of: false, parts, pointers, meaning }
}

impl FactRow {
    const fn with_of(self) -> Self {
        Self { of: true, ..self }
    }
}

/// Lists all facts, in the order of [`Fact`].
#[must_use]
pub fn facts() -> &'static [FactRow] {
    &FACTS
}

impl Fact {
    /// How many facts there are.
    pub const COUNT: usize = 36;

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
