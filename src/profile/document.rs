//! The profile as it travels: strict, bounded, borrowed from the request.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::field::{HEADLINE, LONG, SHORT};
use super::{InvitationDirection, PartialDate, Profile, RelationshipKind, Text};
use crate::wire::{self, Complaint, Form, Refusal};

/// What is known of a person. All fields are optional; at least one text must say something.
///
/// An absent field means *unknown*, a present empty list means *none*. A blank text is as good as absent. Names,
/// photos, ages, genders and origins are not part of a profile and are refused as unknown fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"headline": "Trésorière groupe | Cash management", "skills": ["SAP"]}))]
pub struct ProfileDocument<'a> {
    /// The caller's own key for the profile; it comes back in the answer.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 500)]
    pub id: Option<Text<'a>>,
    /// The line under the name.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 1000)]
    pub headline: Option<Text<'a>>,
    /// What the person writes of themselves.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 20000)]
    pub about: Option<Text<'a>>,
    /// Where the person lives.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationDocument<'a>>,
    /// The person's industry.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 500)]
    pub industry: Option<Text<'a>>,
    /// Positions held, in any order.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 100)]
    pub positions: Option<Vec<PositionDocument<'a>>>,
    /// Schools and degrees.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 50)]
    pub education: Option<Vec<EducationDocument<'a>>>,
    /// Skills, each of at most 500 characters.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<ShortText>>, max_items = 500)]
    pub skills: Option<Vec<Text<'a>>>,
    /// Languages spoken.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<ShortText>>, max_items = 100)]
    pub languages: Option<Vec<Text<'a>>>,
    /// Certifications.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<ShortText>>, max_items = 200)]
    pub certifications: Option<Vec<Text<'a>>>,
    /// How the person uses the network.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityDocument<'a>>,
    /// How the person and the owner know each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relationship: Option<RelationshipDocument>,
    /// The invitation that is to be answered or sent.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<InvitationDocument<'a>>,
    /// The day on which the profile is judged, `YYYY-MM-DD`; today (UTC) when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = "^(19|20)[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-9]))$", example = "2026-11-23")]
    pub as_of: Option<PartialDate>,
}

/// A text of at most 500 characters.
#[derive(ToSchema)]
#[schema(value_type = String, max_length = 500)]
pub(super) struct ShortText(#[expect(dead_code, reason = "only its schema is used")] String);

/// A day, a month or a year of the years 1900 to 2099.
#[derive(ToSchema)]
#[schema(value_type = String, example = "2019-03", pattern = "^(19|20)[0-9]{2}(-((0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?|(0[469]|11)(-(0[1-9]|[12][0-9]|30))?|02(-(0[1-9]|1[0-9]|2[0-9]))?))?$")]
pub(super) struct DateText(#[expect(dead_code, reason = "only its schema is used")] String);

/// A place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LocationDocument<'a> {
    /// The place as text.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ShortText>)]
    pub text: Option<Text<'a>>,
    /// ISO 3166-1 alpha-2 code of the country.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 2)]
    pub country: Option<Text<'a>>,
}

/// A position held; it is current until `ended_on`.
///
/// Its time is unknown before `started_on` and, unless it is the only one, without any date.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PositionDocument<'a> {
    /// The title.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ShortText>)]
    pub title: Option<Text<'a>>,
    /// The employer.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ShortText>)]
    pub company: Option<Text<'a>>,
    /// The employer's industry.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ShortText>)]
    pub industry: Option<Text<'a>>,
    /// Where it is or was.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ShortText>)]
    pub location: Option<Text<'a>>,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DateText>)]
    pub started_on: Option<PartialDate>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DateText>)]
    pub ended_on: Option<PartialDate>,
    /// What it is or was about.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 20000)]
    pub description: Option<Text<'a>>,
}

/// A school or degree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EducationDocument<'a> {
    /// The school.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ShortText>)]
    pub school: Option<Text<'a>>,
    /// The degree.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ShortText>)]
    pub degree: Option<Text<'a>>,
    /// The field of study.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ShortText>)]
    pub field: Option<Text<'a>>,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DateText>)]
    pub started_on: Option<PartialDate>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DateText>)]
    pub ended_on: Option<PartialDate>,
}

/// Use of the network.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityDocument<'a> {
    /// Connections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 4294967295_u64)]
    pub connections: Option<u32>,
    /// Followers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 4294967295_u64)]
    pub followers: Option<u32>,
    /// Posts of the last ninety days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 4294967295_u64)]
    pub posts_last_90_days: Option<u32>,
    /// Comments of the last ninety days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 4294967295_u64)]
    pub comments_last_90_days: Option<u32>,
    /// When the person was last seen to do something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DateText>)]
    pub last_active_on: Option<PartialDate>,
    /// The texts of recent posts, each of at most 20,000 characters.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<LongText>>, max_items = 200)]
    pub recent_posts: Option<Vec<Text<'a>>>,
}

/// A text of at most 20,000 characters.
#[derive(ToSchema)]
#[schema(value_type = String, max_length = 20000)]
pub(super) struct LongText(#[expect(dead_code, reason = "only its schema is used")] String);

/// How the person and the owner know each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RelationshipDocument {
    /// The kind of relationship.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RelationshipKind>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DateText>)]
    pub since: Option<PartialDate>,
    /// Contacts that both have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 4294967295_u64)]
    pub mutual_connections: Option<u32>,
}

/// An invitation to connect.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationDocument<'a> {
    /// Who sent it to whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<InvitationDirection>,
    /// The note that came with it; one that the owner sent says nothing about the person, and is not read.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 20000)]
    pub note: Option<Text<'a>>,
    /// When it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DateText>)]
    pub sent_on: Option<PartialDate>,
}

pub(super) static FORM: LazyLock<Form> = LazyLock::new(Form::of::<ProfileDocument<'_>>);

/// Reads a profile from JSON in one typed pass; only when that fails a second one collects all complaints.
///
/// ```
/// let profile = entregent::profile::parse(br#"{"headline": "Treasurer"}"#).unwrap();
/// assert_eq!(profile.texts().len(), 1);
/// ```
///
/// # Errors
/// [`Refusal::Syntax`] when it is not JSON, [`Refusal::Invalid`] when it is no profile.
pub fn parse(bytes: &[u8]) -> Result<Profile<'_>, Refusal> {
    let document: ProfileDocument<'_> = wire::read(bytes, &FORM)?;
    Profile::from_document(document).map_err(|unfit| unfit.into_refusal(|| wire::complaints(bytes, &FORM)))
}

/// Why a well-formed document is no profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// A text or a list is longer than its bound.
    Bound,
    /// `as_of` is not known to the day.
    AsOf,
    /// No text says anything.
    Silent,
}

impl Unfit {
    /// Says what is wrong; the complaints of the schema name the bound that was passed.
    pub(super) fn into_refusal(self, complaints: impl FnOnce() -> Vec<Complaint>) -> Refusal {
        Refusal::Invalid(match self {
            Self::Silent => vec![Complaint::new("", "says nothing: at least one text is needed, such as `headline`")],
            Self::Bound | Self::AsOf => match complaints() {
                none if none.is_empty() => vec![Complaint::new("", "exceeds a bound")],
                some => some,
            },
        })
    }
}

/// Checks a text against its bound in code points.
pub(super) fn fits(text: &str, longest: usize) -> Result<(), Unfit> {
    if text.len() <= longest || text.chars().count() <= longest { Ok(()) } else { Err(Unfit::Bound) }
}

/// The names of all members of a profile document.
#[rustfmt::skip]
pub(super) const MEMBERS: [&str; 14] = [
    "id", "headline", "about", "location", "industry", "positions", "education", "skills", "languages", "certifications",
    "activity", "relationship", "invitation", "as_of",
];

/// The most items that each list may hold, by its JSON Pointer.
pub(super) const LISTS: [(&str, usize); 6] = [
    ("/positions", 100),
    ("/education", 50),
    ("/skills", 500),
    ("/languages", 100),
    ("/certifications", 200),
    ("/activity/recent_posts", 200),
];

const _: () = assert!(SHORT == 500 && HEADLINE == 1_000 && LONG == 20_000, "the schemas above repeat these bounds");

#[cfg(test)]
mod tests {
    use super::*;

    fn check(document: &str, expected: &[(&str, &str)]) {
        let complaints = match parse(document.as_bytes()) {
            Ok(_) => Vec::new(),
            Err(Refusal::Invalid(complaints)) => complaints,
            Err(Refusal::Syntax { line, column, .. }) => vec![Complaint::new(format!("{line}:{column}"), "syntax")],
        };
        let found: Vec<_> = complaints.iter().map(|found| (found.pointer.as_str(), found.reason.as_str())).collect();
        assert_eq!(found, expected, "{document}");
    }

    #[test]
    fn all_members_are_listed() {
        let schema = wire::json_schema::<ProfileDocument<'_>>();
        let mut listed = MEMBERS.to_vec();
        listed.sort_unstable();
        let members: Vec<_> = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
        assert_eq!(members, listed);
    }

    #[test]
    fn a_headline_alone_is_a_profile() {
        check(r#"{"headline": "x"}"#, &[]);
        check(r#"{"headline": "x", "as_of": "2026-02-28", "positions": [], "skills": null}"#, &[]);
    }

    #[test]
    fn a_whole_number_may_be_written_with_a_point() {
        let of = |number: &str| format!(r#"{{"headline": "x", "activity": {{"connections": {number}}}}}"#);
        check(&of("2.0"), &[]);
        check(&of("4294967295"), &[]);
        check(&of("2.5"), &[("/activity/connections", "is not of type integer")]);
        check(&of("-1"), &[("/activity/connections", "is less than 0")]);
    }

    #[test]
    fn a_profile_must_say_something() {
        let says_nothing = [("", "says nothing: at least one text is needed, such as `headline`")];
        check("{}", &says_nothing);
        check(r#"{"headline": "  ", "skills": []}"#, &says_nothing);
    }

    #[test]
    fn all_complaints_come_at_once_and_quote_nothing() {
        check(
            r#"{"headline": 5, "secret": 1, "positions": [{"title": "x", "started_on": "May"}], "relationship": {"kind": "foe"}}"#,
            &[
                ("", "has an unknown field"),
                ("/headline", "is not of type string"),
                ("/positions/0/started_on", "is not a date of the required form"),
                (
                    "/relationship/kind",
                    r#"is none of ["friend","family","colleague","former_colleague","client","supplier","acquaintance","none"]"#,
                ),
            ],
        );
    }

    #[test]
    fn an_array_is_no_object() {
        check(r#"["x"]"#, &[("", "is not of type object")]);
        check(r#"{"headline": "x", "positions": [["CFO"]]}"#, &[("/positions/0", "is not of type object")]);
    }

    #[test]
    fn a_key_given_twice_is_refused() {
        let twice = "has a key that occurs twice";
        check(r#"{"headline": "x", "headline": "y"}"#, &[("", twice)]);
        check(r#"{"headline": "x", "positions": [{}, {"title": "x", "title": "x"}]}"#, &[("/positions/1", twice)]);
        check(r#"{"headline": "x", "location": {"text": "x", "country": null, "text": "x"}}"#, &[("/location", twice)]);
    }

    #[test]
    fn texts_and_lists_are_bounded_in_code_points() {
        let of = |count: usize| format!(r#"{{"headline": "{}"}}"#, "é".repeat(count));
        check(&of(1_000), &[]);
        check(&of(1_001), &[("/headline", "is longer than 1000 characters")]);
        let skills = vec!["x"; 501];
        let document = serde_json::json!({ "skills": skills }).to_string();
        check(&document, &[("/skills", "holds more than 500 items")]);
    }

    #[test]
    fn an_unknown_key_is_not_repeated_wherever_it_stands() {
        let unknown = "has an unknown field";
        check(r#"{"headline": "x", "positions": [{"Jean Dupont": 1}], "positions": []}"#, &[("/positions/0", unknown)]);
        check(r#"{"headline": "x", "location": {"Jean": 1}, "location": {}}"#, &[("/location", unknown)]);
        check(r#"{"headline": "x", "location": {"Jean": 1}}"#, &[("/location", unknown)]);
    }

    #[test]
    fn a_field_that_is_nearly_spelt_so_is_named() {
        check(
            r#"{"headlin": "x", "skils": [], "Jean": 1, "positions": [{"tilte": "x", "compani": "x", "company": "x"}],
                "location": {"texte": "x"}}"#,
            &[
                ("", "has 3 unknown fields; did you mean `headline`, `skills`?"),
                ("/location", "has an unknown field; did you mean `text`?"),
                ("/positions/0", "has 2 unknown fields; did you mean `title`?"),
            ],
        );
    }

    #[test]
    fn broken_json_is_placed_by_line_and_column() {
        check("{\n  \"headline\": }", &[("2:15", "syntax")]);
    }

    #[test]
    fn json_that_breaks_behind_a_fault_of_form_is_broken_json() {
        check(r#"{"Jean Dupont": 1, "headline": "#, &[("1:31", "syntax")]);
        check(r#"{"headline": "x", "Jean Dupont": 1} trailing"#, &[("1:37", "syntax")]);
        check(r#"{"headline": 5, "positions": [{"Jean": 1}"#, &[("1:41", "syntax")]);
    }
}
