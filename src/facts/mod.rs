//! What is derived from a profile: typed values, or unknown.

mod career;

use jiff::civil::Date;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::fact_catalog::Fact;
use crate::profile::{Field, InvitationDirection, Owner, Profile, RelationshipKind, Time};
use crate::reading::Mention;
use crate::ruleset::CompiledRuleSet;

/// The value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum FactValue {
    /// A number; years are given to a tenth.
    Number(f64),
    /// A whole number.
    Integer(u64),
    /// True or false.
    Boolean(bool),
    /// A word of the fact's list.
    Keyword(&'static str),
}

impl PartialSchema for FactValue {
    /// Derived, it would be one of a number and an integer, of which a whole number is both.
    fn schema() -> RefOr<Schema> {
        let types = SchemaType::from_iter([Type::Number, Type::Boolean, Type::String]);
        ObjectBuilder::new().schema_type(types).description(Some("The value of a fact.")).into()
    }
}

impl ToSchema for FactValue {}

/// The facts of a profile that some rule reads, each derived once.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts([Option<FactValue>; Fact::COUNT]);

/// What facts are derived from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'m, 'a> {
    /// The profile.
    pub profile: &'m Profile<'a>,
    /// What its texts say.
    pub mentions: &'m [Mention],
    /// The person for whom it is judged.
    pub owner: Option<&'m Owner>,
    /// The day of judgement.
    pub as_of: Date,
}

impl Facts {
    /// Derives the facts that the rules read.
    ///
    /// ```
    /// use entregent::{fact_catalog::Fact, facts::{FactValue, Facts, Sources}, profile, ruleset};
    /// let rules = ruleset::compile(&ruleset::builtin_document()).rule_set.unwrap();
    /// let profile = profile::parse(br#"{"headline": "CFO", "about": "Numbers."}"#).unwrap();
    /// let as_of = jiff::civil::date(2026, 11, 23);
    /// let facts = Facts::derive(&rules, &Sources { profile: &profile, mentions: &[], owner: None, as_of });
    /// assert_eq!(facts.value(Fact::AboutPresent), Some(FactValue::Boolean(true)));
    /// assert_eq!(facts.value(Fact::PositionsTitledCount), None);
    /// ```
    #[must_use]
    pub fn derive(rules: &CompiledRuleSet, sources: &Sources<'_, '_>) -> Self {
        let mut values = [None; Fact::COUNT];
        for &fact in &rules.reads().facts {
            if let Some(slot) = values.get_mut(fact as usize) {
                *slot = derive(fact, sources.profile, sources.as_of);
            }
        }
        Self(values)
    }

    /// The value of a fact; `None` when it is unknown, or was not wanted.
    #[must_use]
    pub fn value(&self, fact: Fact) -> Option<FactValue> {
        self.0.get(fact as usize).copied().flatten()
    }
}

fn derive(fact: Fact, profile: &Profile<'_>, as_of: Date) -> Option<FactValue> {
    let count = |count: Option<usize>| count.map(|count| FactValue::Integer(count as u64));
    let number = |number: Option<u32>| number.map(|number| FactValue::Integer(number.into()));
    let counts = profile.counts();
    let activity = profile.activity();
    let relationship = profile.relationship();
    match fact {
        Fact::HeadlinePresent => Some(FactValue::Boolean(profile.present().has(Field::Headline))),
        Fact::AboutPresent => Some(FactValue::Boolean(profile.present().has(Field::About))),
        Fact::CareerYears => career::years(profile.positions()?, as_of).map(FactValue::Number),
        Fact::PositionsCount => count(profile.positions().map(<[_]>::len)),
        Fact::PositionsCurrentCount => {
            let current = |position: &&crate::profile::Position| position.time(as_of) == Time::Current;
            count(profile.positions().map(|positions| positions.iter().filter(current).count()))
        }
        Fact::PositionsTitledCount => {
            let titles = || profile.texts().iter().filter(|text| text.field == Field::PositionTitle).count();
            count(profile.positions().map(|_| titles()))
        }
        Fact::EducationCount => count(counts.education),
        Fact::SkillsCount => count(counts.skills),
        Fact::LanguagesCount => count(counts.languages),
        Fact::CertificationsCount => count(counts.certifications),
        Fact::Connections => number(activity?.connections),
        Fact::Followers => number(activity?.followers),
        Fact::Posts => number(activity?.posts_last_90_days),
        Fact::Comments => number(activity?.comments_last_90_days),
        Fact::DaysSinceActive => {
            let last = activity?.last_active_on?.latest().min(as_of);
            Some(FactValue::Integer(last.until(as_of).ok()?.get_days().unsigned_abs().into()))
        }
        Fact::RelationshipKind => Some(FactValue::Keyword(kind_word(relationship?.kind?))),
        Fact::RelationshipYears => Some(FactValue::Number(career::years_between(relationship?.since?.latest(), as_of))),
        Fact::MutualConnections => number(relationship?.mutual_connections),
        Fact::InvitationDirection => Some(FactValue::Keyword(match profile.invitation()?.direction? {
            InvitationDirection::Received => "received",
            InvitationDirection::Sent => "sent",
        })),
        Fact::InvitationNotePresent => Some(FactValue::Boolean(profile.invitation()?.has_note)),
    }
}

fn kind_word(kind: RelationshipKind) -> &'static str {
    match kind {
        RelationshipKind::Friend => "friend",
        RelationshipKind::Family => "family",
        RelationshipKind::Colleague => "colleague",
        RelationshipKind::FormerColleague => "former_colleague",
        RelationshipKind::Client => "client",
        RelationshipKind::Supplier => "supplier",
        RelationshipKind::Acquaintance => "acquaintance",
        RelationshipKind::None => "none",
    }
}
