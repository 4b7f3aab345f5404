//! What conditions can come to when fields that a profile does not have are filled in.

use super::truths::Truths;
use crate::fact_catalog::Fact;
use crate::profile::{FIELDS, Field, FieldSet, Part};
use crate::ruleset::{AskedFact, Condition, Mentions, Operator};
use crate::scoring::condition::{Count, Known, Truth};

/// The fields that are filled in, each with whatever it may hold.
///
/// Only whole fields are: a list that is there is complete, with what its items say and do not say, such as the end of a
/// position. What a field would hold takes nothing away from what others say, as long as the whole profile stays within
/// the bound on places of terms.
pub(super) struct Completion<'k, 'm, 'a> {
    known: &'k Known<'m, 'a>,
    /// The part that is filled in, when it is not all of them.
    pub(super) part: Option<Part>,
    texts: FieldSet,
}

impl<'k, 'm, 'a> Completion<'k, 'm, 'a> {
    /// Fills in every field that is absent or, when a part is named, every one of it.
    pub(super) fn new(known: &'k Known<'m, 'a>, part: Option<Part>) -> Self {
        let profile = known.profile;
        let is_filled = |of: Part| match of {
            Part::Positions | Part::Education => !profile.knows(of),
            _ => true,
        };
        let admitted =
            FIELDS.iter().filter(|entry| part.is_none_or(|part| part == entry.part) && is_filled(entry.part));
        let texts = admitted.fold(FieldSet::NONE, |set, entry| set.with(entry.field.bit())).without(profile.present());
        Self { known, part, texts }
    }

    /// The parts that a condition reads of which something is filled in.
    pub(super) fn parts(&self, condition: &Condition) -> Parts {
        match condition {
            Condition::Mentions(wanted) if self.adds_to(wanted) => {
                let filled = wanted.sought.fields.both(self.texts);
                filled.iter().fold(Parts::NONE, |parts, field| parts.with(field.entry().part))
            }
            Condition::Moved { .. } if self.adds_positions() => Parts::NONE.with(Part::Positions),
            Condition::Fact { fact, .. } => self.changing(fact).fold(Parts::NONE, Parts::with),
            Condition::All(all) | Condition::Any(all) => {
                all.iter().map(|part| self.parts(part)).fold(Parts::NONE, Parts::and)
            }
            Condition::Not(inner) => self.parts(inner),
            _ => Parts::NONE,
        }
    }

    /// Tells whether there can be more mentions of these.
    fn adds_to(&self, wanted: &Mentions) -> bool {
        self.texts.both(wanted.sought.fields) != FieldSet::NONE
    }

    fn adds_positions(&self) -> bool {
        self.texts.has(Field::PositionTitle)
    }

    /// What a condition over mentions and facts can come to; its parts are taken to be independent of one another.
    pub(super) fn truths(&self, condition: &Condition) -> Truths {
        match condition {
            Condition::Mentions(wanted) if self.adds_to(wanted) => self.mentions(wanted),
            Condition::Moved { .. } if self.adds_positions() => Truths::ANY,
            Condition::Fact { fact, test } if self.changing(fact).next().is_some() => match (fact.fact, test.op) {
                (Fact::HeadlinePresent | Fact::AboutPresent, _) | (_, Operator::Exists) => Truths::of(true, true),
                _ => Truths::ANY,
            },
            Condition::All(parts) => {
                let truths = parts.iter().map(|part| self.truths(part));
                truths.fold(Truths::only(Truth::True), Truths::and)
            }
            Condition::Any(parts) => {
                let truths = parts.iter().map(|part| self.truths(part));
                truths.fold(Truths::only(Truth::False), Truths::or)
            }
            Condition::Not(inner) => self.truths(inner).negated(),
            _ => Truths::only(self.known.truth(condition, None)),
        }
    }

    /// What is mentioned stays so, and more can be; nothing is false as long as a field of it stays absent.
    fn mentions(&self, wanted: &Mentions) -> Truths {
        let Count { hits, perhaps, .. } = self.known.count(wanted);
        if hits >= wanted.at_least {
            return Truths::only(Truth::True);
        }
        let open = Truths::only(Truth::Unknown).with(Truth::True);
        let all_given = self.known.profile.present().with(self.texts).has_all(wanted.sought.fields);
        if all_given && hits + perhaps < wanted.at_least { open.with(Truth::False) } else { open }
    }

    /// The parts that are filled in because of which a fact can have another value.
    fn changing(&self, asked: &AskedFact) -> impl Iterator<Item = Part> {
        let row = asked.fact.row();
        let admitted = row.parts.iter().copied().filter(|&part| self.part.is_none_or(|filled| filled == part));
        let invitation = self.known.profile.invitation();
        admitted.filter(move |&part| match part {
            // The facts about the note hang on the note and, some, on who wrote it.
            Part::Invitation if asked.fact != Fact::InvitationDirection => {
                self.texts.has(Field::InvitationNote) || invitation.is_none_or(|known| known.direction.is_none())
            }
            // A fact that is read there alone is read from one field.
            Part::Activity | Part::Relationship | Part::Invitation => {
                row.parts.len() > 1 || self.known.facts.value(asked).is_none()
            }
            _ => !self.known.profile.knows(part),
        })
    }
}

/// A set of parts of a profile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts(u16);

impl Parts {
    pub(super) const NONE: Self = Self(0);

    fn with(self, part: Part) -> Self {
        Self(self.0 | 1 << part as u16)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Tells whether a part is in the set or, without a part, whether any is.
    pub(super) fn has(self, part: Option<Part>) -> bool {
        self.0 & part.map_or(u16::MAX, |part| 1 << part as u16) != 0
    }
}
