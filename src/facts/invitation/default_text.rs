//! Notes that are only what the network writes into an invitation by itself.

use std::ops::Range;

use crate::text::segment::Gap;
use crate::text::tokenize;

/// The most words of a clause that greets, names or takes leave: "Bonjour Madame Kerbrat".
const COURTESY: u32 = 3;

/// Tells whether a note says nothing beside the default texts that stand in it: whatever else there is, between commas
/// and full stops, is too short to be more than a greeting or a name.
///
/// `defaults` are byte ranges of the note, in order; without any, the note is the sender's own.
pub(super) fn is_all(note: &str, defaults: &[Range<u32>]) -> bool {
    if defaults.is_empty() {
        return false;
    }
    let mut longest = 0;
    let mut clause = 0;
    words_beside(note, defaults, |gap| {
        clause = if gap == Gap::Soft { clause + 1 } else { 1 };
        longest = longest.max(clause);
    });
    longest <= COURTESY
}

/// Counts the words of a note beside its default texts.
pub(super) fn count_beside(note: &str, defaults: &[Range<u32>]) -> u64 {
    let mut count = 0;
    words_beside(note, defaults, |_| count += 1);
    count
}

/// Visits the words that stand in none of the ranges, each with what parts it from the visited word before.
fn words_beside(note: &str, ranges: &[Range<u32>], mut visit: impl FnMut(Gap)) {
    let mut ranges = ranges.iter().peekable();
    let mut parted = Gap::Soft;
    tokenize(note, |_, token| {
        while ranges.next_if(|range| range.end <= token.start).is_some() {}
        if ranges.peek().is_some_and(|range| range.start <= token.start) {
            parted = Gap::Segment;
        } else {
            visit(token.gap.max(parted));
            parted = Gap::Soft;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: &str = "I'd like to add you to my network";

    fn check(note: &str, is_default: bool, words: u64) {
        let ranges: Vec<_> =
            note.match_indices(DEFAULT).map(|(at, found)| at as u32..(at + found.len()) as u32).collect();
        assert_eq!(is_all(note, &ranges), is_default, "{note}");
        assert_eq!(count_beside(note, &ranges), words, "{note}");
    }

    #[test]
    fn greetings_and_names_around_a_default_text_say_nothing() {
        check("I'd like to add you to my network", true, 0);
        check("Dear Ms Kerbrat, I'd like to add you to my network. Best regards, Jean-Yves Le", true, 8);
        check("Hello I'd like to add you to my network on LinkedIn", true, 3);
    }

    #[test]
    fn a_clause_of_ones_own_makes_it_a_note() {
        check("I'd like to add you to my network. We met in Brest.", false, 4);
    }

    #[test]
    fn a_note_without_default_text_is_the_senders_own() {
        check("Hello", false, 1);
    }
}
