//! The fields of a profile that hold text, and the parts they belong to.

/// A field of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(missing_docs, reason = "each is named and explained in the table below")]
pub enum Field {
    Headline,
    About,
    Industry,
    Location,
    PositionTitle,
    PositionCompany,
    PositionIndustry,
    PositionLocation,
    PositionDescription,
    EducationSchool,
    EducationDegree,
    EducationField,
    Skills,
    Languages,
    Certifications,
    RecentPosts,
    InvitationNote,
}

/// What is told of a field.
#[derive(Debug)]
pub struct FieldEntry {
    /// The field.
    pub field: Field,
    /// Its name in rule sets.
    pub name: &'static str,
    /// The part of the profile it belongs to.
    pub part: Part,
    /// JSON Pointer, `*` for a position in a list.
    pub pointer: &'static str,
    /// The most code points a text of it may have.
    pub longest: usize,
    /// What stands in it.
    pub meaning: &'static str,
}

/// Code points of a short text, such as a title or a company.
pub(super) const SHORT: usize = 500;
/// Code points of a headline.
pub(super) const HEADLINE: usize = 1_000;
/// Code points of a long text, such as a description or a post.
pub(super) const LONG: usize = 20_000;

/// All fields, in the order of [`Field`].
#[rustfmt::skip]
pub const FIELDS: [FieldEntry; 17] = [
    entry(Field::Headline, "headline", Part::Headline, "/headline", HEADLINE, "the line under the name; taken as current"),
    entry(Field::About, "about", Part::About, "/about", LONG, "what the person writes of themselves"),
    entry(Field::Industry, "industry", Part::Industry, "/industry", SHORT, "the person's industry"),
    entry(Field::Location, "location", Part::Location, "/location/text", SHORT, "where the person lives, as text"),
    entry(Field::PositionTitle, "position.title", Part::Positions, "/positions/*/title", SHORT, "the title of a position"),
    entry(Field::PositionCompany, "position.company", Part::Positions, "/positions/*/company", SHORT, "the employer of a position"),
    entry(Field::PositionIndustry, "position.industry", Part::Positions, "/positions/*/industry", SHORT, "the employer's industry"),
    entry(Field::PositionLocation, "position.location", Part::Positions, "/positions/*/location", SHORT, "where a position is or was"),
    entry(Field::PositionDescription, "position.description", Part::Positions, "/positions/*/description", LONG, "what a position is or was about"),
    entry(Field::EducationSchool, "education.school", Part::Education, "/education/*/school", SHORT, "a school or university"),
    entry(Field::EducationDegree, "education.degree", Part::Education, "/education/*/degree", SHORT, "a degree"),
    entry(Field::EducationField, "education.field", Part::Education, "/education/*/field", SHORT, "a field of study"),
    entry(Field::Skills, "skills", Part::Skills, "/skills/*", SHORT, "a skill"),
    entry(Field::Languages, "languages", Part::Languages, "/languages/*", SHORT, "a language spoken"),
    entry(Field::Certifications, "certifications", Part::Certifications, "/certifications/*", SHORT, "a certification"),
    entry(Field::RecentPosts, "activity.recent_posts", Part::Activity, "/activity/recent_posts/*", LONG, "a post of the last months"),
    entry(Field::InvitationNote, "invitation.note", Part::Invitation, "/invitation/note", LONG, "the note that came with an invitation"),
];

const fn entry(
    field: Field,
    name: &'static str,
    part: Part,
    pointer: &'static str,
    longest: usize,
    meaning: &'static str,
) -> FieldEntry {
    FieldEntry { field, name, part, pointer, longest, meaning }
}

impl Field {
    /// The field's entry in [`FIELDS`].
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "the table has an entry for each field, in their order; a test holds it"
    )]
    pub fn entry(self) -> &'static FieldEntry {
        &FIELDS[self as usize]
    }

    /// Finds a field by its name in rule sets.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|entry| entry.name == name).map(|entry| entry.field)
    }

    /// The field as a member of a [`FieldSet`].
    #[must_use]
    pub fn bit(self) -> FieldSet {
        FieldSet(1 << self as u32)
    }

    /// Tells whether what stands here names what the person is, without more words: a headline or a title.
    #[must_use]
    pub fn is_title(self) -> bool {
        matches!(self, Self::Headline | Self::PositionTitle)
    }
}

/// A set of fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldSet(u32);

impl FieldSet {
    /// No field.
    pub const NONE: Self = Self(0);

    /// Both sets together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set but for the fields of the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The fields that are in both sets.
    #[must_use]
    pub fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Tells whether every field of `other` is in this set.
    #[must_use]
    pub fn has_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Tells whether a field is in this set.
    #[must_use]
    pub fn has(self, field: Field) -> bool {
        self.has_all(field.bit())
    }

    /// The fields of the set, in order.
    pub fn iter(self) -> impl Iterator<Item = Field> {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            let lowest = FIELDS.get(bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(lowest.field)
        })
    }
}

/// A top-level part of a profile, which is known or missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the field of the profile document of that name")]
pub enum Part {
    Headline,
    About,
    Positions,
    Education,
    Skills,
    Industry,
    Location,
    Languages,
    Certifications,
    Activity,
    Relationship,
    Invitation,
}

impl Part {
    /// The part as a member of a [`PartSet`].
    #[must_use]
    pub fn bit(self) -> PartSet {
        PartSet(1 << self as u16)
    }
}

/// A set of parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartSet(u16);

impl PartSet {
    /// No part.
    pub const NONE: Self = Self(0);

    /// Both sets together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Tells whether a part is in both sets.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Tells whether a part is in this set.
    #[must_use]
    pub fn has(self, part: Part) -> bool {
        self.meets(part.bit())
    }
}

impl FromIterator<Part> for PartSet {
    fn from_iter<I: IntoIterator<Item = Part>>(parts: I) -> Self {
        parts.into_iter().fold(Self::NONE, |set, part| set.with(part.bit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_gives_its_fields_in_order() {
        for bits in 0..1 << FIELDS.len() {
            let set = FieldSet(bits);
            let expected = FIELDS.iter().map(|entry| entry.field).filter(|&field| set.has(field));
            assert!(set.iter().eq(expected), "{set:?}");
        }
    }

    #[test]
    fn the_table_follows_the_fields() {
        for (index, entry) in FIELDS.iter().enumerate() {
            assert_eq!(entry.field as usize, index, "{}", entry.name);
            assert_eq!(Field::named(entry.name), Some(entry.field));
        }
    }
}
