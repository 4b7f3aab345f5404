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
    /// Words that widen the scope of a title.
    pub scope: Vec<VocabularyId>,
    /// Words by which people say that they learnt their trade by themselves.
    pub self_taught: Vec<VocabularyId>,
    /// What the network itself writes into an invitation.
    pub defaults: Vec<VocabularyId>,
    /// Phrases of notes that fit anybody.
    pub stock: Vec<VocabularyId>,
    /// Words that notes and profiles share by chance; their vocabularies stand in no automaton.
    pub common: Vec<VocabularyId>,
}

/// A trade that a career can be in.
#[derive(Clone, Debug)]
pub struct Discipline {
    /// Its roles.
    pub roles: Vec<VocabularyId>,
    /// The studies that lead to it.
    pub studies: Vec<VocabularyId>,
}
