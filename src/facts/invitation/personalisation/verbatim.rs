//! Stretches that stand word for word in the note and in the owner's document.

use std::collections::HashSet;
use std::ops::Range;

use super::{NoteWord, Run, run};
use crate::profile::IndexedWord;

/// So many words in the same order are shared by no chance, when one of them refers to the owner by itself.
const FEWEST: usize = 5;

/// The title of an article, a talk or a book has so many words at least, and they are all that the owner has in quotation
/// marks. Fewer are a catchphrase as often, which mass mail has as well: "work life balance".
const SHORTEST_TITLE: usize = 6;

/// No title has more words.
const LONGEST_TITLE: usize = 32;

/// So many signs stand between a word and the quotation mark at most.
const FARTHEST_MARK: usize = 4;

/// A stretch of both texts, as indexes of words.
pub(super) struct Verbatim {
    pub(super) note: Range<usize>,
    owner: Range<usize>,
    /// How many different words the title has that it holds, if it holds one.
    pub(super) title: Option<usize>,
}

/// The stretch around a word of the note and its like in the owner's document, each within one segment; `None` when it is
/// short and holds no title. The place is one of the owner's text.
pub(super) fn around(
    note: &[NoteWord],
    at: usize,
    owner: &[IndexedWord],
    place: usize,
    text: &str,
) -> Option<Verbatim> {
    let (mine, theirs) = (note.get(at)?, owner.get(place)?);
    let (note_before, note_from) = note.split_at_checked(at)?;
    let (owner_before, owner_from) = owner.split_at_checked(place)?;
    let same = |&(word, other): &(&NoteWord, &IndexedWord)| {
        word.stem == Some(other.stem) && word.segment == mine.segment && other.segment == theirs.segment
    };
    let before = note_before.iter().rev().zip(owner_before.iter().rev()).take_while(same).count();
    let from = note_from.iter().zip(owner_from).take_while(same).count();
    let (mine, theirs) = (at - before..at + from, place - before..place + from);
    let title = title(owner, theirs.clone(), place, text);
    (title.is_some() || before + from >= FEWEST).then_some(Verbatim { note: mine, owner: theirs, title })
}

/// How many different words the title has that a word of the owner's document belongs to, if a stretch around it holds the
/// whole.
fn title(owner: &[IndexedWord], stretch: Range<usize>, place: usize, text: &str) -> Option<usize> {
    let opens = |at: usize| owner.get(at).is_some_and(|word| is_opened(text.get(..word.token.start as usize)));
    let closes = |at: usize| owner.get(at).is_some_and(|word| is_closed(text.get(word.token.end as usize..)));
    let first = (stretch.start..=place).rev().take(LONGEST_TITLE).find(|&at| opens(at))?;
    let last = (place..stretch.end).take(LONGEST_TITLE).find(|&at| closes(at))?;
    // What stands between two quotations is in none.
    let is_between = (first..place).any(closes);
    let words = owner.get(first..=last).filter(|words| !is_between && words.len() >= SHORTEST_TITLE)?;
    Some(words.iter().map(|word| word.stem).collect::<HashSet<_>>().len())
}

/// Whether a quotation begins behind this text. An apostrophe stands behind a letter.
fn is_opened(before: Option<&str>) -> bool {
    let before = before.unwrap_or_default().chars().rev().take(FARTHEST_MARK);
    let mut before = before.skip_while(|c| c.is_whitespace());
    match before.next() {
        Some('«' | '“' | '„' | '‹') => true,
        Some('"' | '\'' | '‘' | '’') => before.next().is_none_or(|c| !c.is_alphanumeric()),
        _ => false,
    }
}

/// Whether a quotation ends before this text, with or without the end of a sentence. A letter follows an apostrophe.
fn is_closed(behind: Option<&str>) -> bool {
    let ends_sentence = |c: &char| c.is_whitespace() || matches!(c, '.' | '!' | '?' | '…');
    let mut behind = behind.unwrap_or_default().chars().take(FARTHEST_MARK).skip_while(ends_sentence);
    match behind.next() {
        Some('»' | '”' | '“' | '›') => true,
        Some('"' | '\'' | '’') => behind.next().is_none_or(|c| !c.is_alphanumeric()),
        _ => false,
    }
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
