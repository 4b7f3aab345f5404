//! What each mention says to the facts, compiled from the words of facts.

use std::collections::{HashMap, HashSet};

use super::fact_words::FactWords;
use super::model::{Source, Term, TermId, Vocabulary, VocabularyId};
use crate::fact_catalog::Level;
use crate::profile::{Field, FieldSet};
use crate::text::{LexemeId, Lexicon, Seeded, Stem};

/// What a mention of a vocabulary says to the facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sense {
    /// The level of all its words, which comes before what its terms and heads tell.
    pub level: Option<Level>,
    /// The disciplines that it is a role of, one bit each.
    pub disciplines: u32,
    /// The disciplines that it is a study of, one bit each.
    pub studies: u32,
    /// Whether it is a technical role.
    pub is_technical: bool,
    /// Whether it is a specialised role.
    pub is_specialised: bool,
    /// Whether it says that the person is self-taught.
    pub is_self_taught: bool,
    /// Whether it is the title of a time without work.
    pub is_break: bool,
    /// Whether the network itself writes so into an invitation.
    pub is_default_text: bool,
    /// Whether a note to anybody may say so.
    pub is_stock: bool,
}

/// The fields that name studies.
const STUDIES: [Field; 3] = [Field::EducationSchool, Field::EducationDegree, Field::EducationField];

/// The fields in which people speak of themselves, titles apart.
const PROSE: [Field; 2] = [Field::About, Field::PositionDescription];

impl Sense {
    /// The fields in which facts look for it: titles, which may name a level in any word, and those of the sense itself.
    pub(super) fn fields(self) -> FieldSet {
        let mut fields = Field::Headline.bit().with(Field::PositionTitle.bit());
        let mut add = |more: &[Field]| fields = more.iter().fold(fields, |fields, field| fields.with(field.bit()));
        if self.disciplines | self.studies != 0 || self.is_self_taught {
            add(&STUDIES);
        }
        if self.is_self_taught {
            add(&PROSE);
        }
        if self.is_default_text || self.is_stock {
            add(&[Field::InvitationNote]);
        }
        fields
    }
}

/// What the words of a term say to the facts, whatever vocabulary it is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TermSense {
    /// The level that they tell.
    pub level: Option<Level>,
    /// How far they widen the scope of a title; 0 for not at all.
    pub breadth: u8,
}

/// What each vocabulary and each term says to the facts.
#[derive(Debug)]
pub(super) struct Senses {
    by_vocabulary: Vec<Sense>,
    /// By vocabulary and term; shorter where later terms say nothing.
    by_term: Vec<Vec<TermSense>>,
}

impl Senses {
    /// Looks the words of levels up in all terms.
    pub(super) fn new(words: &FactWords, vocabularies: &[Vocabulary], lexicon: &Lexicon) -> Self {
        let mut by_vocabulary = vec![Sense::default(); vocabularies.len()];
        let mut mark = |ids: &[VocabularyId], mark: &dyn Fn(&mut Sense)| {
            for &id in ids {
                if let Some(sense) = by_vocabulary.get_mut(id as usize) {
                    mark(sense);
                }
            }
        };
        for (bit, discipline) in words.disciplines.iter().enumerate() {
            mark(&discipline.roles, &|sense| sense.disciplines |= 1 << bit);
            mark(&discipline.studies, &|sense| sense.studies |= 1 << bit);
        }
        mark(&words.technical, &|sense| sense.is_technical = true);
        mark(&words.specialised, &|sense| sense.is_specialised = true);
        mark(&words.self_taught, &|sense| sense.is_self_taught = true);
        mark(&words.breaks, &|sense| sense.is_break = true);
        mark(&words.defaults, &|sense| sense.is_default_text = true);
        mark(&words.stock, &|sense| sense.is_stock = true);
        for &(id, level) in &words.levels {
            mark(&[id], &|sense| sense.level = sense.level.max(Some(level)));
        }
        let said = Said::new(words, vocabularies, lexicon);
        let of_terms = |vocabulary: &Vocabulary| said.of_terms(&vocabulary.source, lexicon);
        Self { by_term: vocabularies.iter().map(of_terms).collect(), by_vocabulary }
    }

    pub(super) fn of(&self, vocabulary: VocabularyId) -> Sense {
        self.by_vocabulary.get(vocabulary as usize).copied().unwrap_or_default()
    }

    pub(super) fn of_term(&self, vocabulary: VocabularyId, term: TermId) -> TermSense {
        let terms = self.by_term.get(vocabulary as usize);
        terms.and_then(|terms| terms.get(term as usize)).copied().unwrap_or_default()
    }
}

/// What is said by words wherever they stand in a term, by the first of them.
struct Said(HashMap<LexemeId, Vec<(Vec<LexemeId>, TermSense)>, Seeded>);

impl Said {
    fn new(words: &FactWords, vocabularies: &[Vocabulary], lexicon: &Lexicon) -> Self {
        let levels = words.levels.iter().map(|&(id, level)| (id, TermSense { level: Some(level), breadth: 0 }));
        let scopes = words.scope.iter().map(|&(id, breadth)| (id, TermSense { level: None, breadth }));
        let mut said = Self(HashMap::default());
        for (id, sense) in levels.chain(scopes) {
            let Some(Source::Terms(terms)) = vocabularies.get(id as usize).map(|entry| &entry.source) else { continue };
            for term in terms {
                let words: Vec<_> = written(term, lexicon).collect();
                if let Some(&first) = words.first() {
                    said.0.entry(first).or_default().push((words, sense));
                }
            }
        }
        said
    }

    fn of_terms(&self, source: &Source, lexicon: &Lexicon) -> Vec<TermSense> {
        let Source::Terms(terms) = source else { return Vec::new() };
        let mut words = Vec::new();
        let within = |term: &Term| {
            words.clear();
            words.extend(written(term, lexicon));
            self.within(&words)
        };
        let mut senses: Vec<_> = terms.iter().map(within).collect();
        let last = senses.iter().rposition(|sense| *sense != TermSense::default());
        senses.truncate(last.map_or(0, |last| last + 1));
        senses.shrink_to_fit();
        senses
    }

    /// The level of the longest words of a level that stand in a term, of equally long ones the highest; and how far the
    /// words of a scope widen it, of several the farthest.
    fn within(&self, term: &[LexemeId]) -> TermSense {
        let mut longest = (0, None);
        let mut breadth = 0;
        for tail in (0..term.len()).filter_map(|from| term.get(from..)) {
            let begun = tail.first().and_then(|first| self.0.get(first)).into_iter().flatten();
            for (words, sense) in begun.filter(|(words, _)| tail.starts_with(words)) {
                breadth = sense.breadth.max(breadth);
                if sense.level.is_some() {
                    longest = longest.max((words.len(), sense.level));
                }
            }
        }
        TermSense { level: longest.1, breadth }
    }
}

/// The words of a term as it is written.
fn written(term: &Term, lexicon: &Lexicon) -> impl Iterator<Item = LexemeId> {
    lexicon.wording(term.words).iter().filter_map(|&word| lexicon.forms(word).first()).copied()
}

/// The stems of all words of the vocabularies of common words; `None` without any.
pub(super) fn common_words(
    words: &FactWords,
    vocabularies: &[Vocabulary],
    lexicon: &Lexicon,
) -> Option<HashSet<Box<[u8]>>> {
    let stems = words_of(&words.common, vocabularies, lexicon).map(|word| Stem::of(word).as_bytes().into());
    (!words.common.is_empty()).then(|| stems.collect())
}

/// The words that the name of a company is written with or without.
pub(super) fn company_forms(words: &FactWords, vocabularies: &[Vocabulary], lexicon: &Lexicon) -> HashSet<Box<[u8]>> {
    words_of(&words.company_forms, vocabularies, lexicon).map(Box::from).collect()
}

/// Each word of the terms of some vocabularies, as it is written.
fn words_of<'l>(
    ids: &[VocabularyId],
    vocabularies: &'l [Vocabulary],
    lexicon: &'l Lexicon,
) -> impl Iterator<Item = &'l [u8]> {
    let sources = ids.iter().filter_map(|&id| vocabularies.get(id as usize)).map(|entry| &entry.source);
    let terms = sources.filter_map(|source| match source {
        Source::Terms(terms) => Some(terms),
        Source::Composition { .. } => None,
    });
    terms.flatten().flat_map(|term| lexicon.wording(term.words)).map(|&word| lexicon.written(word))
}
