//! Reads the phrases of a document into the words of one lexicon.

use super::diagnostic::Diagnostics;
use super::model::MOST_WORDS;
use crate::text::{FormsId, Language, LexemeId, Lexicon, Tokenizer, WordingId};

const LONGEST_TERM: usize = 200;
/// Feminine and plural forms count; the default rule set has some 95,000.
pub(super) const MOST_FORMS: usize = 500_000;

/// The words of all phrases that were read.
#[derive(Default)]
pub(super) struct Wordings {
    lexicon: Lexicon,
    tokenizer: Tokenizer,
    /// The words of the phrase that is being read.
    words: Vec<FormsId>,
    /// Forms of words so far, those of a word as often as it stands in phrases.
    forms: usize,
}

impl Wordings {
    pub(super) fn into_lexicon(self) -> Lexicon {
        self.lexicon
    }

    /// Reads a phrase of a list into its words.
    pub(super) fn phrase(
        &mut self,
        list: &str,
        index: usize,
        text: &str,
        languages: &[Language],
        found: &mut Diagnostics,
    ) -> Option<WordingId> {
        if self.forms > MOST_FORMS {
            return None;
        }
        let Self { tokenizer, words, lexicon, .. } = self;
        words.clear();
        let mut too_long = text.chars().count() > LONGEST_TERM;
        if !too_long {
            tokenizer.tokenize(text, |word, _| {
                let word = word.as_bytes();
                too_long |= word.is_empty();
                words.push(lexicon.inflect(word, languages));
            });
        }
        self.forms += self.words.iter().map(|&word| self.lexicon.forms(word).len()).sum::<usize>();
        let pointer = || format!("{list}/{index}");
        if self.forms > MOST_FORMS {
            let message = format!("brings more than {MOST_FORMS} forms of words, with all that come before it");
            found.error("limit", pointer(), message);
        } else if too_long || self.words.len() > MOST_WORDS {
            let bounds =
                format!("is longer than {LONGEST_TERM} characters or {MOST_WORDS} words, or has too long a word");
            found.error("long-term", pointer(), bounds);
        } else if self.words.is_empty() {
            found.error("empty-term", pointer(), "has no letter or digit");
        } else {
            return Some(self.lexicon.put(&self.words));
        }
        None
    }

    /// Reads what has to be a single word.
    pub(super) fn single_word(&mut self, pointer: &str, text: &str, found: &mut Diagnostics) -> Option<LexemeId> {
        let Self { tokenizer, lexicon, .. } = self;
        let (mut count, mut read) = (0, None);
        if text.chars().count() <= LONGEST_TERM {
            tokenizer.tokenize(text, |word, _| {
                count += 1;
                read = Some(word.as_bytes()).filter(|word| !word.is_empty()).map(|word| lexicon.number(word));
            });
        }
        let read = read.filter(|_| count == 1);
        if read.is_none() {
            found.error("shape", pointer, "must be a single word");
        }
        read
    }
}
