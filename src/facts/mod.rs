//! What is derived from a profile: typed values, or unknown.

mod career;
mod network;
mod invitation;

use std::cell::OnceCell;

use jiff::civil::Date;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::fact_catalog::Fact;
use crate::profile::{Field, Owner, Profile, Time};
use crate::reading::Mention;
use crate::ruleset::{AskedFact, CompiledRuleSet};
use career::Career;
pub use career::{Move, MoveKind, Passage};
use invitation::Note;

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

/// A place that a fact was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whether it is in the owner's profile, not in the one that is judged.
    pub owner: bool,
    /// The index of the text in [`Profile::texts`].
    pub text: u32,
    /// The first byte in the text.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Place {
    /// The place of a mention in the profile that is judged.
    #[must_use]
    pub fn of(mention: &Mention) -> Self {
        let &Mention { text, start, end, .. } = mention;
        Self { owner: false, text, start, end }
    }
}

/// A value, and the words that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// The value.
    pub value: FactValue,
    /// The places of these words; none for a value that is read from no words.
    pub grounds: Vec<Place>,
}

impl From<FactValue> for Derived {
    fn from(value: FactValue) -> Self {
        Self { value, grounds: Vec::new() }
    }
}

/// The days within which somebody is said to have been there lately.
const A_MONTH: u32 = 31;

/// The facts of a profile that some rule reads, each derived once.
pub struct Facts<'m, 'a> {
    /// By their slots.
    derived: Vec<Option<Derived>>,
    /// What the moves are told by, when they are asked for.
    derivation: Derivation<'m, 'a>,
}

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

impl<'m, 'a> Facts<'m, 'a> {
    /// Derives the facts that the rules read.
    ///
    /// ```
    /// use entregent::{fact_catalog::Fact, facts::{FactValue, Facts, Sources}, profile, ruleset};
    /// let rules = ruleset::compile(&ruleset::builtin_document()).rule_set.unwrap();
    /// let profile = profile::parse(br#"{"headline": "CFO", "about": "Numbers."}"#).unwrap();
    /// let as_of = jiff::civil::date(2026, 11, 23);
    /// let facts = Facts::derive(&rules, &Sources { profile: &profile, mentions: &[], owner: None, as_of });
    /// assert_eq!(facts.value(&Fact::AboutPresent.into()), Some(FactValue::Boolean(true)));
    /// assert_eq!(facts.value(&Fact::PositionsTitledCount.into()), None);
    /// ```
    #[must_use]
    pub fn derive(rules: &'m CompiledRuleSet, sources: &Sources<'m, 'a>) -> Self {
        let derivation = Derivation { rules, sources: *sources, career: OnceCell::new(), note: OnceCell::new() };
        let mut derived = Vec::new();
        derived.resize_with(rules.reads().slots, || None);
        for asked in &rules.reads().facts {
            if let Some(slot) = derived.get_mut(asked.slot) {
                *slot = derivation.derive(asked);
            }
        }
        Self { derived, derivation }
    }

    /// The value of a fact; `None` when it is unknown, or was not wanted.
    #[must_use]
    pub fn value(&self, asked: &AskedFact) -> Option<FactValue> {
        self.derived(asked).map(|derived| derived.value)
    }

    /// The day of judgement.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.derivation.sources.as_of
    }

    /// Whether there is a person for whom it is judged, of whom something is known.
    #[must_use]
    pub fn have_owner(&self) -> bool {
        self.derivation.sources.owner.is_some()
    }

    /// The words that a fact was read from.
    #[must_use]
    pub fn grounds(&self, asked: &AskedFact) -> &[Place] {
        self.derived(asked).map_or(&[], |derived| &derived.grounds)
    }

    /// Tells how the career moved, in the order of the dates.
    #[must_use]
    pub fn moves(&self) -> Vec<Move> {
        let words = &self.derivation.rules.rules().facts;
        let tells_moves = !words.levels.is_empty() || !words.disciplines.is_empty();
        if tells_moves { self.derivation.career().moves() } else { Vec::new() }
    }

    fn derived(&self, asked: &AskedFact) -> Option<&Derived> {
        self.derived.get(asked.slot)?.as_ref()
    }
}

/// What facts are derived from, with what several of them share: read when the first of them asks for it.
struct Derivation<'m, 'a> {
    rules: &'m CompiledRuleSet,
    sources: Sources<'m, 'a>,
    career: OnceCell<Career<'m, 'a>>,
    note: OnceCell<Option<Note<'m, 'a>>>,
}

impl<'m, 'a> Derivation<'m, 'a> {
    fn career(&self) -> &Career<'m, 'a> {
        self.career.get_or_init(|| Career::read(self.rules, &self.sources))
    }

    fn note(&self) -> Option<&Note<'m, 'a>> {
        self.note.get_or_init(|| Note::read(self.rules, &self.sources)).as_ref()
    }

    fn derive(&self, asked: &AskedFact) -> Option<Derived> {
        let count = |count: Option<usize>| count.map(|count| FactValue::Integer(count as u64));
        let number = |number: Option<u32>| number.map(|number| FactValue::Integer(number.into()));
        let Sources { profile, as_of, .. } = self.sources;
        let among = (!asked.of.is_empty()).then_some(&asked.among);
        let counts = profile.counts();
        let activity = profile.activity();
        let relationship = profile.relationship();
        let value = match asked.fact {
            Fact::HeadlinePresent => Some(FactValue::Boolean(profile.present().has(Field::Headline))),
            Fact::AboutPresent => Some(FactValue::Boolean(profile.present().has(Field::About))),
            Fact::CareerYears => return self.career().years(among),
            Fact::CareerCurrentTenure => self.career().current_tenure().map(FactValue::Number),
            Fact::CareerMeanTenure => self.career().mean_tenure().map(FactValue::Number),
            Fact::CareerCompanies => self.career().named_companies().map(FactValue::Integer),
            Fact::CareerLevel => return self.career().level(among),
            Fact::CareerSelfTaught => return self.career().self_taught(),
            Fact::CareerToManagement => return self.career().moved(MoveKind::ToManagement),
            Fact::CareerSpecialised => return self.career().moved(MoveKind::Specialised),
            Fact::CareerCrossedDisciplines => return self.career().moved(MoveKind::CrossedDisciplines),
            Fact::CareerChangedTrade => return self.career().moved(MoveKind::ChangedTrade),
            Fact::CareerPromoted => return self.career().moved(MoveKind::Promoted),
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
                let last = activity?.last_active_on?;
                let fewest = last.latest().min(as_of).until(as_of).ok()?.get_days().unsigned_abs();
                // A year alone that may have ended just now may have been long ago as well.
                let is_year = last.earliest().month() != last.latest().month();
                if is_year && fewest <= A_MONTH { None } else { Some(FactValue::Integer(fewest.into())) }
            }
            Fact::HashtagsPerPost => return network::hashtags_per_post(&self.sources),
            Fact::PostsWithLinks => return network::posts_with_links(&self.sources),
            Fact::Hashtags => return network::hashtags(&self.sources),
            Fact::RelationshipKind => Some(FactValue::Keyword(relationship?.kind?.word())),
            Fact::RelationshipYears => {
                Some(FactValue::Number(career::years::between(relationship?.since?.latest(), as_of)))
            }
            Fact::MutualConnections => number(relationship?.mutual_connections),
            Fact::InvitationDirection => Some(FactValue::Keyword(profile.invitation()?.direction?.word())),
            Fact::InvitationNotePresent => Some(self.note()?.is_present()),
            Fact::InvitationPersonalisation => return self.note()?.personalisation(),
            Fact::InvitationTemplateMarks => return Some(self.note()?.template_marks()),
            Fact::InvitationWords => Some(self.note()?.words()),
        };
        value.map(Derived::from)
    }
}
