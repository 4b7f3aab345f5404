//! Where the texts and lists of an imported profile stand in the document as submitted.

use std::collections::HashMap;
use std::ops::Range;

/// A stretch of an imported text that was a text of the foreign document, or part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The first code point of the stretch.
    pub start: usize,
    /// The code point of the foreign text, as it was read, that the stretch begins with.
    pub from: usize,
    /// JSON Pointer into the foreign document.
    pub pointer: String,
}

/// A stretch of what was read of a foreign text, to the letter or, as of an entity of HTML, as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The code points that were read.
    pub read: Range<usize>,
    /// The code points that they were read from.
    pub written: Range<usize>,
}

/// Where imported texts come from.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// The pieces of every imported text or list, by the pointer that the text has in the profile document.
    pieces: HashMap<String, Vec<Piece>>,
    /// Of foreign texts that were not read to the letter, by their pointers: the stretches of each reading, the first of
    /// what was submitted, each further one of what the last one gave.
    readings: HashMap<String, Vec<Vec<Stretch>>>,
}

impl Origins {
    /// Notes that the text at `pointer` holds `piece`; pieces come in order.
    pub fn note(&mut self, pointer: String, piece: Piece) {
        self.pieces.entry(pointer).or_default().push(piece);
    }

    /// Notes how the foreign text at `pointer` was read, reading by reading; none when it was read to the letter.
    ///
    /// The stretches of a reading are all that it read, in order.
    pub fn note_readings(&mut self, pointer: &str, readings: Vec<Vec<Stretch>>) {
        if !readings.is_empty() {
            self.readings.insert(pointer.to_owned(), readings);
        }
    }

    /// The pieces of the text at `pointer`; none when no text was imported there.
    #[must_use]
    pub fn pieces(&self, pointer: &str) -> &[Piece] {
        self.pieces.get(pointer).map_or(&[], Vec::as_slice)
    }

    /// Finds the piece that holds the code point `at` of the text at `pointer`.
    #[must_use]
    pub fn piece(&self, pointer: &str, at: usize) -> Option<&Piece> {
        let pieces = self.pieces(pointer);
        let after = pieces.partition_point(|piece| piece.start <= at);
        pieces.get(after.checked_sub(1)?)
    }
    /// Where code points of the text at `pointer` were submitted: the JSON Pointer into the foreign document, and the code
    /// points there.
    #[must_use]
    pub fn submitted(&self, pointer: &str, quoted: Range<usize>) -> Option<(&str, Range<usize>)> {
        let piece = self.piece(pointer, quoted.start)?;
        let of_piece = |at: usize| at - piece.start + piece.from;
        let read = of_piece(quoted.start)..of_piece(quoted.end);
        let readings = self.readings.get(&piece.pointer).map_or(&[] as &[_], Vec::as_slice);
        Some((&piece.pointer, readings.iter().rev().fold(read, |read, stretches| written(stretches, read))))
    }
}

/// The code points that others were read from.
fn written(stretches: &[Stretch], read: Range<usize>) -> Range<usize> {
    let holding = |at: usize| stretches.get(stretches.partition_point(|it| it.read.start <= at).checked_sub(1)?);
    let start = |it: &Stretch| it.written.start + (read.start - it.read.start);
    let end = |it: &Stretch| match read.end == it.read.end {
        true => it.written.end,
        false => it.written.start + (read.end - it.read.start),
    };
    holding(read.start).map_or(read.start, start)..holding(read.end.saturating_sub(1)).map_or(read.end, end)
}
