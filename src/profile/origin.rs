//! Where the texts and lists of an imported profile stand in the document as submitted.

use std::collections::HashMap;

/// A stretch of an imported text that was a text of the foreign document, or part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The first code point of the stretch.
    pub start: usize,
    /// The code point of the foreign text that the stretch begins with.
    pub from: usize,
    /// JSON Pointer into the foreign document.
    pub pointer: String,
}

/// The pieces of every imported text or list, by the pointer that the text has in the profile document.
#[derive(Clone, Debug, Default)]
pub struct Origins(HashMap<String, Vec<Piece>>);

impl Origins {
    /// Notes that the text at `pointer` holds `piece`; pieces come in order.
    pub fn note(&mut self, pointer: String, piece: Piece) {
        self.0.entry(pointer).or_default().push(piece);
    }

    /// The pieces of the text at `pointer`; none when no text was imported there.
    #[must_use]
    pub fn pieces(&self, pointer: &str) -> &[Piece] {
        self.0.get(pointer).map_or(&[], Vec::as_slice)
    }

    /// Finds the piece that holds the code point `at` of the text at `pointer`.
    #[must_use]
    pub fn piece(&self, pointer: &str, at: usize) -> Option<&Piece> {
        let pieces = self.pieces(pointer);
        let after = pieces.partition_point(|piece| piece.start <= at);
        pieces.get(after.checked_sub(1)?)
    }
}
