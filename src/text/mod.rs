//! Text as rules see it: folded words with their place in the source.
//!
//! One way of folding serves terms and profiles, so that what is written in a rule set and what stands in a profile
//! meet in the same form. Nothing here knows what a rule set or a profile is.

pub mod fold;
pub mod word;
pub mod segment;
mod doublet;
pub mod token;
pub mod lists;
mod stem;
pub mod inflection;
pub mod language;
pub mod lexicon;
mod misspelling;
mod subsets;
pub mod trie;

pub use inflection::Language;
pub use lexicon::{FormsId, LexemeId, Lexicon, WordingId};
pub use lists::Lists;
pub use stem::Stem;
pub use token::{Token, Tokenizer, tokenize};
pub use trie::{EndingId, KnownWord, NodeId, Overgrown, PhraseId, PhraseTrie, Progress, WordId};
pub use word::Word;

/// Hashes words and numbers fast, drawn anew for each table, so that a rule set cannot be written beforehand in which many
/// words share a place; what a profile says adds none.
pub(crate) type Seeded = foldhash::fast::RandomState;
