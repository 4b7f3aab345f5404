//! The words of facts: which vocabularies they are.

use super::model::VocabularyId;
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
    /// Words that widen the scope of a title, each vocabulary with its breadth: 1 for the narrowest.
    pub scope: Vec<(VocabularyId, u8)>,
    /// Words by which people say that they learnt their trade by themselves.
    pub self_taught: Vec<VocabularyId>,
    /// Titles of times without work.
    pub breaks: Vec<VocabularyId>,
    /// Words that the name of a company is written with or without; their vocabularies stand in no automaton.
    pub company_forms: Vec<VocabularyId>,
    /// What the network itself writes into an invitation.
    pub defaults: Vec<VocabularyId>,
    /// Phrases of notes that fit anybody.
    pub stock: Vec<VocabularyId>,
    /// Words that notes and profiles share by chance; their vocabularies stand in no automaton.
    pub common: Vec<VocabularyId>,
}

impl FactWords {
    /// Whether the words of a vocabulary are compared one by one, and mention nothing.
    pub(super) fn are_loose(&self, vocabulary: VocabularyId) -> bool {
        self.common.contains(&vocabulary) || self.company_forms.contains(&vocabulary)
    }
}

/// A trade that a career can be in.
#[derive(Clone, Debug)]
pub struct Discipline {
    /// Its roles.
    pub roles: Vec<VocabularyId>,
    /// The studies that lead to it.
    pub studies: Vec<VocabularyId>,
}
