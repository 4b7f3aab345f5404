//! A profile in the form in which it is judged.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;

use super::document::{LISTS, Unfit, fits};
use super::import::Format;
use super::{
    ActivityDocument, Field, FieldSet, InvitationDirection, Origins, Part, PartialDate, ProfileDocument,
    RelationshipDocument, RelationshipKind, Text,
};

/// Texts that nearly every profile has room for.
const USUAL_TEXTS: usize = 64;

/// The time that a text speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    /// Now.
    Current,
    /// Before now.
    Past,
    /// Not known, or yet to come.
    Unknown,
}

/// A text of a profile.
#[derive(Clone, Debug)]
pub struct ProfileText<'a> {
    /// The field it stands in.
    pub field: Field,
    /// Its place in the list that the field belongs to, 0 where there is no list.
    pub item: usize,
    /// The text itself.
    pub text: Cow<'a, str>,
}

impl ProfileText<'_> {
    /// JSON Pointer to the text in a profile document.
    #[must_use]
    pub fn pointer(&self) -> &'static str {
        self.field.pointer(self.item)
    }

    /// Quotes bytes of the text: the code points that they are, both counted from its beginning, and what stands there;
    /// `None` when they begin or end inside a code point.
    #[must_use]
    pub fn quote(&self, bytes: Range<u32>) -> Option<(Range<usize>, &str)> {
        let (start, end) = (bytes.start as usize, bytes.end as usize);
        let quoted = self.text.get(start..end)?;
        let first = count_code_points(self.text.get(..start)?);
        Some((first..first + count_code_points(quoted), quoted))
    }
}

/// Counts the code points of a text; that it is ASCII, as most are, is seen faster than they are counted.
fn count_code_points(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let begins = |&byte: &u8| u8::from(byte & 0b1100_0000 != 0b1000_0000);
    // One byte has room for the count of a block, and so sixteen bytes are counted in one step.
    text.as_bytes().chunks(128).map(|block| usize::from(block.iter().map(begins).sum::<u8>())).sum()
}

/// The dates of a position.
#[derive(Clone, Copy, Debug)]
pub struct Position {
    /// When it began.
    pub started_on: Option<PartialDate>,
    /// When it ended.
    pub ended_on: Option<PartialDate>,
    /// Whether it is held while no date says otherwise: what it was read from says so, or, where that says nothing, it is
    /// the only one of its profile.
    pub is_held: bool,
}

impl Position {
    /// Whether it is held on a day: one that ends later is, one that begins later is neither current nor past.
    ///
    /// Of a date known to the month or the year, the first day counts for a beginning. An end that may lie on either side
    /// of the day leaves the time unknown.
    #[must_use]
    pub fn time(&self, as_of: Date) -> Time {
        match (self.started_on, self.ended_on) {
            _ if self.is_ahead(as_of) => Time::Unknown,
            (_, Some(end)) if end.latest() <= as_of => Time::Past,
            (_, Some(end)) if end.earliest() <= as_of => Time::Unknown,
            (None, None) if !self.is_held => Time::Unknown,
            _ => Time::Current,
        }
    }
}

impl Position {
    /// Whether it begins after a day.
    #[must_use]
    pub fn is_ahead(&self, as_of: Date) -> bool {
        self.started_on.is_some_and(|start| start.earliest() > as_of)
    }

    /// Whether it came before another; `None` when the dates leave that open.
    ///
    /// It did when it began earlier, or had ended when the other began. Of a date known to the month or the year, every
    /// day counts that it can mean.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> Option<bool> {
        let over = |end: Option<PartialDate>, start: Option<PartialDate>| {
            end.zip(start).is_some_and(|(end, start)| end.latest() <= start.earliest())
        };
        let certain = match (self.started_on, other.started_on) {
            (Some(start), Some(later)) if start.latest() < later.earliest() => Some(true),
            (Some(start), Some(earlier)) if earlier.latest() <= start.earliest() => Some(false),
            _ => None,
        };
        certain.or_else(|| {
            let after = over(other.ended_on, self.started_on).then_some(false);
            over(self.ended_on, other.started_on).then_some(true).or(after)
        })
    }
}

/// How long the lists of a profile are; `None` for a list that is not known.
#[derive(Clone, Copy, Debug, Default)]
#[expect(missing_docs, reason = "each counts the list of that name")]
pub struct Counts {
    pub education: Option<usize>,
    pub skills: Option<usize>,
    pub languages: Option<usize>,
    pub certifications: Option<usize>,
}

/// How the person uses the network, recent posts apart, which are among the texts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Activity {
    /// Connections.
    pub connections: Option<u32>,
    /// Followers.
    pub followers: Option<u32>,
    /// Posts of the last ninety days.
    pub posts_last_90_days: Option<u32>,
    /// Comments of the last ninety days.
    pub comments_last_90_days: Option<u32>,
    /// When the person was last seen to do something.
    pub last_active_on: Option<PartialDate>,
}

/// How the person and the owner know each other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Relationship {
    /// The kind.
    pub kind: Option<RelationshipKind>,
    /// Since when.
    pub since: Option<PartialDate>,
    /// Contacts that both have.
    pub mutual_connections: Option<u32>,
}

/// An invitation, without its note, which is one of the texts.
#[derive(Clone, Copy, Debug)]
pub struct Invitation {
    /// Who invited whom.
    pub direction: Option<InvitationDirection>,
    /// Whether a note came with it.
    pub has_note: bool,
}

/// A profile that kept all bounds.
#[derive(Clone, Debug)]
pub struct Profile<'a> {
    id: Option<Cow<'a, str>>,
    texts: Vec<ProfileText<'a>>,
    present: FieldSet,
    positions: Option<Vec<Position>>,
    counts: Counts,
    activity: Option<Activity>,
    relationship: Option<Relationship>,
    invitation: Option<Invitation>,
    as_of: Option<Date>,
    format: Option<Format>,
    origins: Option<Origins>,
}

impl<'a> Profile<'a> {
    /// The caller's key.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// All texts, in the order of their fields.
    #[must_use]
    pub fn texts(&self) -> &[ProfileText<'a>] {
        &self.texts
    }

    /// The fields that are known, if only to be empty.
    #[must_use]
    pub fn present(&self) -> FieldSet {
        self.present
    }

    /// The time that a text speaks of on a day: in a position that of the position, else that of the field.
    #[must_use]
    pub fn time_of(&self, text: &ProfileText<'_>, as_of: Date) -> Time {
        match text.field.entry().part {
            Part::Positions => {
                let position = self.positions.as_deref().unwrap_or_default().get(text.item);
                position.map_or(Time::Unknown, |position| position.time(as_of))
            }
            Part::About | Part::Education => Time::Unknown,
            _ => Time::Current,
        }
    }

    /// The positions, when they are known.
    #[must_use]
    pub fn positions(&self) -> Option<&[Position]> {
        self.positions.as_deref()
    }

    /// The lengths of the lists.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The use of the network, when it is known.
    #[must_use]
    pub fn activity(&self) -> Option<Activity> {
        self.activity
    }

    /// The relationship, when it is known.
    #[must_use]
    pub fn relationship(&self) -> Option<Relationship> {
        self.relationship
    }

    /// Whether the texts of a field say something about the person; the note that the owner sent does not.
    #[must_use]
    pub fn speaks_in(&self, field: Field) -> bool {
        let direction = self.invitation.and_then(|invitation| invitation.direction);
        field != Field::InvitationNote || direction != Some(InvitationDirection::Sent)
    }

    /// The invitation, when there is one.
    #[must_use]
    pub fn invitation(&self) -> Option<Invitation> {
        self.invitation
    }

    /// The day on which it asks to be judged.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    /// Where the texts were submitted, when that is not where the profile document has them.
    #[must_use]
    pub fn origins(&self) -> Option<&Origins> {
        self.origins.as_ref()
    }

    /// Tells whether a part of the profile is known.
    #[must_use]
    pub fn knows(&self, part: Part) -> bool {
        match part {
            Part::Positions => self.positions.is_some(),
            Part::Education => self.counts.education.is_some(),
            Part::Activity => self.activity.is_some(),
            Part::Relationship => self.relationship.is_some(),
            Part::Invitation => self.invitation.is_some(),
            Part::Headline => self.present.has(Field::Headline),
            Part::About => self.present.has(Field::About),
            Part::Skills => self.counts.skills.is_some(),
            Part::Industry => self.present.has(Field::Industry),
            Part::Location => self.present.has(Field::Location),
            Part::Languages => self.counts.languages.is_some(),
            Part::Certifications => self.counts.certifications.is_some(),
        }
    }

    /// The foreign form that it was read from; `None` for a profile document.
    #[must_use]
    pub fn format(&self) -> Option<Format> {
        self.format
    }

    pub(super) fn imported(self, format: Option<Format>, origins: Origins) -> Self {
        Self { format, origins: Some(origins), ..self }
    }

    /// Takes positions for held, or not, while no date says otherwise; each has one of these, in their order.
    pub(super) fn holding(mut self, held: &[Option<bool>]) -> Self {
        for (position, is_held) in self.positions.iter_mut().flatten().zip(held) {
            position.is_held = is_held.unwrap_or(position.is_held);
        }
        self
    }

    /// Takes a document apart, field by field, in the order of the fields.
    pub(super) fn from_document(document: ProfileDocument<'a>) -> Result<Self, Unfit> {
        let mut texts = Texts { texts: Vec::with_capacity(USUAL_TEXTS), present: FieldSet::NONE };
        if let Some(id) = &document.id {
            fits(&id.0, super::field::SHORT)?;
        }
        texts.push(Field::Headline, 0, document.headline)?;
        texts.push(Field::About, 0, document.about)?;
        texts.push(Field::Industry, 0, document.industry)?;
        let location = document.location.unwrap_or_default();
        if let Some(country) = &location.country {
            fits(&country.0, 2)?;
        }
        texts.push(Field::Location, 0, location.text)?;
        let positions = texts.push_positions(document.positions)?;
        let education = texts.push_education(document.education)?;
        let counts = Counts {
            education,
            skills: texts.push_list(Field::Skills, document.skills)?,
            languages: texts.push_list(Field::Languages, document.languages)?,
            certifications: texts.push_list(Field::Certifications, document.certifications)?,
        };
        // Of the parts that follow, one in which nothing is given is not known.
        let activity = texts.push_activity(document.activity)?;
        let relationship = document.relationship.map(|known| {
            let RelationshipDocument { kind, since, mutual_connections } = known;
            Relationship { kind, since, mutual_connections }
        });
        let relationship = relationship.filter(|known| *known != Relationship::default());
        let invitation = match document.invitation {
            None => None,
            Some(invitation) => {
                let has_note = texts.push(Field::InvitationNote, 0, invitation.note)?;
                let given = has_note || invitation.direction.is_some() || invitation.sent_on.is_some();
                given.then_some(Invitation { direction: invitation.direction, has_note })
            }
        };
        if texts.texts.is_empty() {
            return Err(Unfit::Silent);
        }
        Ok(Self {
            id: document.id.map(|id| id.0),
            texts: texts.texts,
            present: texts.present,
            positions,
            counts,
            activity,
            relationship,
            invitation,
            as_of: document.as_of.map(|date| date.full().ok_or(Unfit::AsOf)).transpose()?,
            format: None,
            origins: None,
        })
    }
}

/// The texts gathered so far.
struct Texts<'a> {
    texts: Vec<ProfileText<'a>>,
    present: FieldSet,
}

impl<'a> Texts<'a> {
    /// Takes a text in, unless it is absent or blank; tells whether it did.
    fn push(&mut self, field: Field, item: usize, text: Option<Text<'a>>) -> Result<bool, Unfit> {
        let Some(Text(text)) = text else { return Ok(false) };
        fits(&text, field.entry().longest)?;
        if text.trim_start().is_empty() {
            return Ok(false);
        }
        self.present = self.present.with(field.bit());
        self.texts.push(ProfileText { field, item, text });
        Ok(true)
    }

    /// Takes in a list of which each item is a text, and counts those that are not blank.
    fn push_list(&mut self, field: Field, list: Option<Vec<Text<'a>>>) -> Result<Option<usize>, Unfit> {
        let Some(list) = list else { return Ok(None) };
        bounded(field.entry().pointer, list.len())?;
        self.present = self.present.with(field.bit());
        let mut count = 0;
        for (item, text) in list.into_iter().enumerate() {
            count += usize::from(self.push(field, item, Some(text))?);
        }
        Ok(Some(count))
    }

    /// Takes in recent posts, and tells what else is given of the use of the network.
    fn push_activity(&mut self, activity: Option<ActivityDocument<'a>>) -> Result<Option<Activity>, Unfit> {
        let Some(document) = activity else { return Ok(None) };
        let posts = self.push_list(Field::RecentPosts, document.recent_posts)?;
        let activity = Activity {
            connections: document.connections,
            followers: document.followers,
            posts_last_90_days: document.posts_last_90_days,
            comments_last_90_days: document.comments_last_90_days,
            last_active_on: document.last_active_on,
        };
        Ok((posts.is_some() || activity != Activity::default()).then_some(activity))
    }

    fn push_positions(
        &mut self,
        list: Option<Vec<super::PositionDocument<'a>>>,
    ) -> Result<Option<Vec<Position>>, Unfit> {
        let Some(list) = list else { return Ok(None) };
        let is_held = bounded("/positions", list.len())? == 1;
        if list.is_empty() {
            self.present = self.present.with(fields_of(Part::Positions));
        }
        let mut positions = Vec::with_capacity(list.len());
        for (item, position) in list.into_iter().enumerate() {
            self.push(Field::PositionTitle, item, position.title)?;
            self.push(Field::PositionCompany, item, position.company)?;
            self.push(Field::PositionIndustry, item, position.industry)?;
            self.push(Field::PositionLocation, item, position.location)?;
            self.push(Field::PositionDescription, item, position.description)?;
            positions.push(Position { started_on: position.started_on, ended_on: position.ended_on, is_held });
        }
        Ok(Some(positions))
    }

    fn push_education(&mut self, list: Option<Vec<super::EducationDocument<'a>>>) -> Result<Option<usize>, Unfit> {
        let Some(list) = list else { return Ok(None) };
        let count = bounded("/education", list.len())?;
        if list.is_empty() {
            self.present = self.present.with(fields_of(Part::Education));
        }
        for (item, education) in list.into_iter().enumerate() {
            self.push(Field::EducationSchool, item, education.school)?;
            self.push(Field::EducationDegree, item, education.degree)?;
            self.push(Field::EducationField, item, education.field)?;
        }
        Ok(Some(count))
    }
}

fn fields_of(part: Part) -> FieldSet {
    let of_part = super::FIELDS.iter().filter(|entry| entry.part == part);
    of_part.fold(FieldSet::NONE, |set, entry| set.with(entry.field.bit()))
}

fn bounded(pointer: &str, count: usize) -> Result<usize, Unfit> {
    let list = pointer.strip_suffix("/*").unwrap_or(pointer);
    match LISTS.iter().find(|(name, _)| *name == list) {
        Some((_, most)) if count > *most => Err(Unfit::Bound),
        _ => Ok(count),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bytes_of_a_text_are_quoted_with_their_code_points() {
        let text = ProfileText { field: Field::Headline, item: 0, text: "é𝗗𝗔𝗙 x".into() };
        assert_eq!(text.quote(2..14), Some((1..4, "𝗗𝗔𝗙")));
        assert_eq!(text.quote(0..0), Some((0..0, "")));
        assert_eq!(text.quote(1..6), None);
        assert_eq!(text.quote(15..17), None);
    }

    proptest! {
        #[test]
        fn code_points_are_counted_as_characters_are(text in "([a-z ]{0,40}|[éœ\u{a0}’❤𝗗]){0,30}") {
            prop_assert_eq!(count_code_points(&text), text.chars().count());
        }
    }
}
