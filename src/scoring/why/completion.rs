//! What conditions can come to when fields that a profile does not have are filled in.

use super::ballot::Told;
use super::truths::Truths;
use crate::fact_catalog::Fact;
use crate::profile::{FIELDS, Field, FieldSet, Part, PartSet};
use crate::ruleset::{AskedFact, Condition, Mentions, Operator};
use crate::scoring::condition::{Count, Known, Truth};

/// The fields that are filled in, each with whatever it may hold.
///
/// Only whole fields are: a list that is there is complete, with what its items say and do not say, such as the end of a
/// position. What a field would hold takes nothing away from what others say, as long as the whole profile stays within
/// the bound on places of terms, but for one: that the owner sent the invitation takes away what its note says.
pub(super) struct Completion<'k, 'm, 'a> {
    known: &'k Known<'m, 'a>,
    /// The part that is filled in, when it is not all of them.
    part: Option<Part>,
    texts: FieldSet,
    /// The parts of which something may be filled in.
    open: PartSet,
}

impl Told for Completion<'_, '_, '_> {
    fn truths(&self, condition: &Condition) -> Truths {
        match condition {
            Condition::Mentions(wanted) => {
                let truths = if self.adds_to(wanted) { self.mentions(wanted) } else { self.known.truths(condition) };
                let is_lost = truths.may_hold() && self.may_silence(wanted);
                if is_lost { Truths::ANY } else { truths }
            }
            Condition::Moved { .. } if self.adds_positions() => Truths::ANY,
            Condition::Fact { fact, test } if self.changing(fact).next().is_some() => match (fact.fact, test.op) {
                (Fact::HeadlinePresent | Fact::AboutPresent, _) | (_, Operator::Exists) => Truths::of(true, true),
                _ => Truths::ANY,
            },
            _ => self.known.truths(condition),
        }
    }
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
        let texts = admitted.filter(|entry| profile.speaks_in(entry.field));
        let texts = texts.fold(FieldSet::NONE, |set, entry| set.with(entry.field.bit())).without(profile.present());
        // These have members of which some are given and some are not.
        let in_pieces = [Part::Activity, Part::Relationship, Part::Invitation];
        let open = texts.iter().map(|field| field.entry().part).chain(in_pieces).collect();
        Self { known, part, texts, open }
    }

    /// The parts that a condition reads of which something is filled in; it is known to read none but those.
    pub(super) fn parts(&self, condition: &Condition, reads: PartSet) -> PartSet {
        if reads.meets(self.open) { self.filled(condition) } else { PartSet::NONE }
    }

    fn filled(&self, condition: &Condition) -> PartSet {
        match condition {
            Condition::Mentions(wanted) if self.may_silence(wanted) || self.adds_to(wanted) => {
                let filled = wanted.sought.fields.both(self.texts);
                let silenced = self.may_silence(wanted).then_some(Part::Invitation);
                filled.iter().map(|field| field.entry().part).chain(silenced).collect()
            }
            Condition::Moved { .. } if self.adds_positions() => Part::Positions.bit(),
            Condition::Fact { fact, .. } => self.changing(fact).collect(),
            Condition::All(all) | Condition::Any(all) => {
                all.iter().map(|part| self.filled(part)).fold(PartSet::NONE, PartSet::with)
            }
            Condition::Not(inner) => self.filled(inner),
            _ => PartSet::NONE,
        }
    }

    /// Tells whether these may be mentioned in a note that, once its direction is told, says nothing about the person.
    pub(super) fn may_silence(&self, wanted: &Mentions) -> bool {
        let profile = self.known.profile;
        let note = Field::InvitationNote;
        wanted.sought.fields.has(note)
            && profile.present().has(note)
            && self.part.is_none_or(|part| part == Part::Invitation)
            && profile.invitation().is_some_and(|known| known.direction.is_none())
    }

    /// Tells whether there can be more mentions of these.
    fn adds_to(&self, wanted: &Mentions) -> bool {
        self.texts.both(wanted.sought.fields) != FieldSet::NONE
    }

    fn adds_positions(&self) -> bool {
        self.texts.has(Field::PositionTitle)
    }

    /// Whether it fills in something of these parts.
    pub(super) fn fills(&self, parts: PartSet) -> bool {
        self.part.map_or(parts != PartSet::NONE, |part| parts.has(part))
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
        // Without an owner no note refers to them, whatever it says; nor does their own.
        let is_tellable = asked.fact != Fact::InvitationPersonalisation
            || self.known.facts.have_owner() && self.known.profile.speaks_in(Field::InvitationNote);
        let parts = if is_tellable { row.parts } else { &[] };
        let admitted = parts.iter().copied().filter(|&part| self.part.is_none_or(|filled| filled == part));
        let invitation = self.known.profile.invitation();
        admitted.filter(move |&part| match part {
            // The facts about the note hang on the note and, some, on who wrote it.
            Part::Invitation if asked.fact != Fact::InvitationDirection => {
                self.texts.has(Field::InvitationNote) || invitation.is_none_or(|known| known.direction.is_none())
            }
            // The date is given, if it leaves the days open.
            Part::Activity if asked.fact == Fact::DaysSinceActive => {
                self.known.profile.activity().is_none_or(|known| known.last_active_on.is_none())
            }
            // A fact that is read there alone is read from one field.
            Part::Activity | Part::Relationship | Part::Invitation => {
                row.parts.len() > 1 || self.known.facts.value(asked).is_none()
            }
            _ => !self.known.profile.knows(part),
        })
    }
}
