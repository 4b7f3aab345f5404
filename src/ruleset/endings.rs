//! What stands at a place of a text where phrases end, made ready for reading: nothing is looked for twice there.

use super::compile::{Composition, Phrase, TriggerRole};
use super::model::{TermId, VocabularyId};
use super::reads::Reads;
use crate::profile::FieldSet;
use crate::text::{EndingId, Lists, PhraseId};

/// A term that ends at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndingTerm {
    /// Its vocabulary, and the term.
    pub id: (VocabularyId, TermId),
    /// Its letters as the rule set writes it, folded, and one for each word.
    pub letters: u32,
}

/// What all phrases that end at a place say together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ending {
    /// The letters of the longest term; 0 when there is none.
    pub letters: u32,
    /// The most words from a head among the terms to a domain; 0 when none of them is a head.
    pub reach: u32,
    /// Whether one of the terms is a domain.
    pub is_domain: bool,
    /// The fields in which mentions of one of the vocabularies are asked for.
    pub asked: FieldSet,
}

/// All endings of an automaton, by number; number 0 is that of nothing.
#[derive(Debug, Default)]
pub struct Endings {
    endings: Vec<Ending>,
    terms: Lists<EndingTerm>,
    triggers: Lists<(u32, TriggerRole)>,
}

impl Endings {
    /// Takes the phrases that end together, what each phrase stands for, and by vocabulary what it is the head of.
    pub(super) fn new(
        ending: &Lists<PhraseId>,
        meanings: &[Phrase],
        compositions: &[Vec<Composition>],
        reads: &Reads,
    ) -> Self {
        let reach = |all: &Vec<Composition>| all.iter().map(|it| it.within).max().unwrap_or(0);
        let reaches: Vec<_> = compositions.iter().map(reach).collect();
        let mut domains = vec![false; compositions.len()];
        for composition in compositions.iter().flatten() {
            if let Some(is_domain) = domains.get_mut(composition.with as usize) {
                *is_domain = true;
            }
        }
        let mut all = Self::default();
        let (mut terms, mut triggers) = (Vec::new(), Vec::new());
        for phrases in ending.iter() {
            let mut ending = Ending::default();
            for phrase in phrases.iter().filter_map(|&phrase| meanings.get(phrase as usize)) {
                match *phrase {
                    Phrase::Term { vocabulary, term, letters } => {
                        let index = vocabulary as usize;
                        ending.letters = ending.letters.max(letters);
                        ending.reach = ending.reach.max(reaches.get(index).copied().unwrap_or(0));
                        ending.is_domain |= domains.get(index) == Some(&true);
                        ending.asked = ending.asked.with(reads.fields_of(vocabulary));
                        terms.push(EndingTerm { id: (vocabulary, term), letters });
                    }
                    Phrase::Trigger { rule, role } => triggers.push((rule, role)),
                }
            }
            terms.dedup_by_key(|term| term.id.0);
            all.endings.push(ending);
            all.terms.push(terms.drain(..));
            all.triggers.push(triggers.drain(..));
        }
        all.endings.shrink_to_fit();
        all.terms.shrink_to_fit();
        all.triggers.shrink_to_fit();
        all
    }

    /// What they say together.
    #[inline]
    #[must_use]
    pub fn get(&self, ending: EndingId) -> Ending {
        self.endings.get(ending as usize).copied().unwrap_or_default()
    }

    /// The terms, in the order of their vocabularies. Of each vocabulary the first: a term and its glued spelling, or two
    /// terms that share a form, are one mention.
    #[inline]
    #[must_use]
    pub fn terms(&self, ending: EndingId) -> &[EndingTerm] {
        self.terms.get(ending)
    }

    /// The triggers, each with the index of its rule in [`RuleSet::contexts`](super::RuleSet::contexts).
    #[inline]
    #[must_use]
    pub fn triggers(&self, ending: EndingId) -> &[(u32, TriggerRole)] {
        self.triggers.get(ending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_vocabulary_the_first_term_is_kept_and_of_letters_the_most() {
        let term = |vocabulary, term| Phrase::Term { vocabulary, term, letters: 10 * vocabulary + term };
        let trigger = Phrase::Trigger { rule: 0, role: TriggerRole::Stops };
        let meanings = [term(0, 3), term(0, 5), term(2, 1), term(4, 0), term(4, 7), trigger];
        let mut ending = Lists::default();
        ending.push([]);
        ending.push(0..6);
        let composition = |within, with| Composition { vocabulary: 9, with, within, dashed: false, not_after: None };
        let compositions = [vec![composition(2, 1), composition(3, 2)], vec![composition(7, 0)], vec![]];
        let endings = Endings::new(&ending, &meanings, &compositions, &Reads::default());
        let terms: Vec<_> = endings.terms(1).iter().map(|term| (term.id, term.letters)).collect();
        assert_eq!(terms, [((0, 3), 3), ((2, 1), 21), ((4, 0), 40)]);
        assert_eq!(endings.triggers(1), [(0, TriggerRole::Stops)]);
        assert_eq!(endings.get(1), Ending { letters: 47, reach: 3, is_domain: true, asked: FieldSet::NONE });
        assert_eq!((endings.get(0), endings.terms(0), endings.triggers(0)), (Ending::default(), &[][..], &[][..]));
    }
}
