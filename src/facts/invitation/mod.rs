//! What the note of an invitation shows of its sender: whether they have read the owner's profile.

mod default_text;
mod template;
mod first_line;
mod weight;
mod personalisation;

use std::ops::Range;

use self::personalisation::{Personalisation, Question, Run, Stretch};
use super::{Derived, FactValue, Place, Sources};
use crate::profile::{Field, Invitation, InvitationDirection};
use crate::ruleset::{CompiledRuleSet, Sense};

/// The most runs of words that an answer quotes.
const MOST_QUOTED: usize = 20;

/// A known invitation, and its note.
pub(super) struct Note<'m, 'a> {
    rules: &'m CompiledRuleSet,
    sources: Sources<'m, 'a>,
    invitation: Invitation,
    /// The index of the note among the texts, and the note.
    text: Option<(u32, &'m str)>,
    /// The byte ranges of the network's default texts in it.
    defaults: Vec<Range<u32>>,
}

impl<'m, 'a> Note<'m, 'a> {
    /// Reads the note; `None` when it is not known whether there is one.
    pub(super) fn read(rules: &'m CompiledRuleSet, sources: &Sources<'m, 'a>) -> Option<Self> {
        let invitation = sources.profile.invitation()?;
        let is_note = |(_, text): &(u32, &crate::profile::ProfileText<'_>)| text.field == Field::InvitationNote;
        let text = (0..).zip(sources.profile.texts()).find(is_note).map(|(index, text)| (index, &*text.text));
        let text = text.filter(|_| sources.profile.speaks_in(Field::InvitationNote));
        let mut note = Self { rules, sources: *sources, invitation, text, defaults: Vec::new() };
        note.defaults = note.ranges(|sense| sense.is_default_text);
        Some(note)
    }

    /// The byte ranges of the mentions in the note whose vocabularies say so.
    fn ranges(&self, says: impl Fn(Sense) -> bool) -> Vec<Range<u32>> {
        let mentions = self.sources.mentions.iter().filter(|mention| mention.field == Field::InvitationNote);
        let meant = mentions.filter(|mention| says(self.rules.sense(mention.vocabulary)));
        meant.map(|mention| mention.start..mention.end).collect()
    }

    /// The note that the sender wrote: none when it is the network's default text, and nothing that refers to the owner.
    fn own_text(&self) -> Option<(u32, &'m str)> {
        let refers = |note| self.compare(note).is_some_and(|found| found.score > 0);
        self.text.filter(|(_, note)| !default_text::is_all(note, &self.defaults) || refers(note))
    }

    /// Whether the sender wrote a note.
    pub(super) fn is_present(&self) -> FactValue {
        FactValue::Boolean(self.own_text().is_some())
    }

    /// The words of the note, without the network's.
    pub(super) fn words(&self) -> FactValue {
        let count = self.own_text().map(|(_, note)| default_text::count_beside(note, &self.defaults));
        FactValue::Integer(count.unwrap_or(0))
    }

    /// The placeholders that a template left unfilled.
    pub(super) fn template_marks(&self) -> Derived {
        let Some((index, note)) = self.text else { return FactValue::Integer(0).into() };
        let marks = template::marks(note);
        let value = FactValue::Integer(marks.len() as u64);
        let grounds = marks.into_iter().take(MOST_QUOTED).map(|mark| place(index, mark));
        Derived { value, grounds: grounds.collect() }
    }

    /// How much of the note refers to what is specific to the owner; unknown without a note that somebody sent to them.
    pub(super) fn personalisation(&self) -> Option<Derived> {
        let (index, note) = self.own_text()?;
        let found = self.compare(note)?;
        let grounds = found.runs.iter().take(MOST_QUOTED).flat_map(|run| places(index, run));
        Some(Derived { value: FactValue::Integer(found.score), grounds: grounds.collect() })
    }

    /// What a note refers to; `None` without an owner whom it was sent to.
    fn compare(&self, note: &str) -> Option<Personalisation> {
        let owner = self.sources.owner.filter(|_| self.invitation.direction != Some(InvitationDirection::Sent))?;
        let question = Question {
            note,
            empty: &self.ranges(|sense| sense.is_default_text || sense.is_stock),
            sender: self.sources.profile,
            owner,
            as_of: self.sources.as_of,
            common: self.rules.common_words()?,
            is_of_trade: &|word| self.rules.has_word(word),
        };
        Some(personalisation::personalisation(&question))
    }
}

/// The places of a run, in the note and in the owner's document.
fn places(note: u32, run: &Run) -> [Place; 2] {
    let quoted =
        |owner, text, Stretch { first, last }: Stretch| Place { owner, text, start: first.start, end: last.end };
    [quoted(false, note, run.note), quoted(true, run.text, run.owner)]
}

fn place(text: u32, range: Range<usize>) -> Place {
    Place { owner: false, text, start: range.start as u32, end: range.end as u32 }
}
