//! Stretches that stand word for word in the note and in the owner's document.

use std::ops::Range;

use super::{NoteWord, Run, run};
use crate::profile::IndexedWord;

/// So many words in the same order are shared by no chance, when one of them refers to the owner by itself.
const FEWEST: usize = 5;

/// A stretch of both texts, as indexes of words.
pub(super) struct Verbatim {
    pub(super) note: Range<usize>,
    owner: Range<usize>,
}

/// The stretch around a word of the note and its like in the owner's document, each within one segment; `None` when it is
/// short.
pub(super) fn around(note: &[NoteWord], at: usize, owner: &[IndexedWord], place: usize) -> Option<Verbatim> {
    let (mine, theirs) = (note.get(at)?, owner.get(place)?);
    let (note_before, note_from) = note.split_at_checked(at)?;
    let (owner_before, owner_from) = owner.split_at_checked(place)?;
    let same = |&(word, other): &(&NoteWord, &IndexedWord)| {
        word.stem == Some(other.stem) && word.segment == mine.segment && other.segment == theirs.segment
    };
    let before = note_before.iter().rev().zip(owner_before.iter().rev()).take_while(same).count();
    let from = note_from.iter().zip(owner_from).take_while(same).count();
    (before + from >= FEWEST).then(|| Verbatim { note: at - before..at + from, owner: place - before..place + from })
}

impl Verbatim {
    /// What is quoted for it.
    pub(super) fn run(&self, note: &[NoteWord], owner: &[IndexedWord]) -> Option<Run> {
        let (mine, theirs) = (note.get(self.note.clone())?, owner.get(self.owner.clone())?);
        Some(run((mine.first()?.token, mine.last()?.token), (theirs.first()?, theirs.last()?)))
    }
}

/// Puts a stretch in the place of the runs inside it, unless one of them is as wide.
pub(super) fn insert(runs: &mut Vec<Run>, stretch: Run) {
    let start = |run: &Run| run.note.first.start;
    let holds = |one: &Run, other: &Run| start(one) <= start(other) && other.note.last.end <= one.note.last.end;
    if runs.iter().any(|run| holds(run, &stretch)) {
        return;
    }
    runs.retain(|run| !holds(&stretch, run));
    let at = runs.partition_point(|run| start(run) < start(&stretch));
    runs.insert(at, stretch);
}
