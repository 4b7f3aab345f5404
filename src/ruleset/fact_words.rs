//! The words of facts: which vocabularies they are, and what each mention says to them.

use std::collections::HashMap;

use super::model::{Source, TermId, Vocabulary, VocabularyId};
use crate::fact_catalog::Level;

/// The most disciplines of a rule set, one bit each.
pub(super) const MOST_DISCIPLINES: usize = 32;

/// The vocabularies from which facts take their words.
#[derive(Clone, Debug, Default)]
pub struct FactWords {
    /// Words of responsibility, each vocabulary with its level.
    pub levels: Vec<(VocabularyId, Level)>,
    /// The trades that a career can be in, in the order of their names.
    pub disciplines: Vec<Discipline>,
    /// Roles of those who do the technical work themselves.
    pub technical: Vec<VocabularyId>,
    /// Roles that are a speciality within a discipline.
    pub specialised: Vec<VocabularyId>,
    /// Words by which people say that they learnt their trade by themselves.
    pub self_taught: Vec<VocabularyId>,
}

/// A trade that a career can be in.
#[derive(Clone, Debug)]
pub struct Discipline {
    /// Its roles.
    pub roles: Vec<VocabularyId>,
    /// The studies that lead to it.
    pub studies: Vec<VocabularyId>,
}

/// What a mention of a vocabulary says to the facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sense {
    /// The level of all its words, which comes before what its heads tell.
    level: Option<Level>,
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
}

/// What each vocabulary and each term says to the facts.
#[derive(Debug)]
pub(super) struct Senses {
    by_vocabulary: Vec<Sense>,
    /// By vocabulary and term; shorter where no later term has a level.
    levels: Vec<Vec<Option<Level>>>,
}

impl Senses {
    /// Looks the words of levels up in all terms, which must still have their forms.
    pub(super) fn new(words: &FactWords, vocabularies: &[Vocabulary]) -> Self {
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
        for &(id, level) in &words.levels {
            mark(&[id], &|sense| sense.level = sense.level.max(Some(level)));
        }
        let levels = LevelWords::new(words, vocabularies);
        let of_terms = |vocabulary: &Vocabulary| levels.of_terms(&vocabulary.source);
        Self { levels: vocabularies.iter().map(of_terms).collect(), by_vocabulary }
    }

    pub(super) fn of(&self, vocabulary: VocabularyId) -> Sense {
        self.by_vocabulary.get(vocabulary as usize).copied().unwrap_or_default()
    }

    pub(super) fn level(&self, vocabulary: VocabularyId, head: (VocabularyId, TermId)) -> Option<Level> {
        let of_term = self.levels.get(head.0 as usize).and_then(|levels| levels.get(head.1 as usize).copied());
        self.of(vocabulary).level.or(of_term.flatten())
    }
}

/// The words of all levels, by their first.
#[derive(Default)]
struct LevelWords<'v>(HashMap<&'v str, Vec<(Vec<&'v str>, Level)>>);

impl<'v> LevelWords<'v> {
    fn new(words: &FactWords, vocabularies: &'v [Vocabulary]) -> Self {
        let mut by_first: HashMap<_, Vec<_>> = HashMap::new();
        for &(id, level) in &words.levels {
            let Some(Source::Terms(terms)) = vocabularies.get(id as usize).map(|entry| &entry.source) else { continue };
            for term in terms {
                let words = written(&term.forms);
                if let Some(&first) = words.first() {
                    by_first.entry(first).or_default().push((words, level));
                }
            }
        }
        Self(by_first)
    }

    fn of_terms(&self, source: &Source) -> Vec<Option<Level>> {
        let Source::Terms(terms) = source else { return Vec::new() };
        let mut levels: Vec<_> = terms.iter().map(|term| self.within(&written(&term.forms))).collect();
        let last = levels.iter().rposition(Option::is_some);
        levels.truncate(last.map_or(0, |last| last + 1));
        levels.shrink_to_fit();
        levels
    }

    /// The level of the longest words of a level that stand in a term; of equally long ones the highest.
    fn within(&self, term: &[&str]) -> Option<Level> {
        let tails = (0..term.len()).filter_map(|from| term.get(from..));
        let begun = tails.filter_map(|tail| Some((tail, self.0.get(tail.first()?)?)));
        let found = begun.flat_map(|(tail, all)| all.iter().filter(move |(words, _)| tail.starts_with(words)));
        found.map(|(words, level)| (words.len(), *level)).max().map(|(_, level)| level)
    }
}

/// A term as it is written, folded.
fn written(forms: &[Vec<String>]) -> Vec<&str> {
    forms.iter().filter_map(|forms| forms.first()).map(String::as_str).collect()
}
