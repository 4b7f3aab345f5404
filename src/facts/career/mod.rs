//! What dated positions and their titles tell.

mod words;
pub(super) mod years;
mod stints;
mod passage;
mod moves;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashSet};

pub use moves::{Move, MoveKind};
pub use passage::Passage;

use self::stints::Stint;
use self::words::{Role, Words, highest};
use super::{Derived, FactValue, Place, Sources};
use crate::profile::{Field, Position, Profile, ProfileText, Time};
use crate::ruleset::{CompiledRuleSet, VocabularySet};

/// A career, read once for all facts about it.
pub(super) struct Career<'m, 'a> {
    sources: Sources<'m, 'a>,
    /// The positions, when they are known.
    positions: Option<&'m [Position]>,
    words: Words,
    company_forms: &'m HashSet<Box<[u8]>>,
    companies: OnceCell<Vec<Option<usize>>>,
    stints: OnceCell<Vec<Stint>>,
    /// Whether every school is told with a degree or a field; `None` when schools are not known.
    schools_told: Option<bool>,
    /// The disciplines of which studies are named, one bit each.
    studied: u32,
}

impl<'m, 'a> Career<'m, 'a> {
    pub(super) fn read(rules: &'m CompiledRuleSet, sources: &Sources<'m, 'a>) -> Self {
        let disciplines = (0..).zip(&rules.rules().facts.disciplines);
        let named = disciplines.filter(|(_, discipline)| !discipline.studies.is_empty());
        Self {
            sources: *sources,
            positions: sources.profile.positions(),
            words: Words::read(rules, sources),
            company_forms: rules.company_forms(),
            companies: OnceCell::new(),
            stints: OnceCell::new(),
            schools_told: schools_told(sources.profile),
            studied: named.fold(0, |bits, (bit, _): (u32, _)| bits | 1 << bit),
        }
    }

    /// The company of each position, by the first position at it.
    fn companies(&self) -> &[Option<usize>] {
        self.companies.get_or_init(|| stints::companies(self.sources.profile, self.company_forms))
    }

    fn stints(&self) -> &[Stint] {
        let positions = self.positions.unwrap_or_default().iter().enumerate();
        // Who is on leave from a company stays with it.
        let is_held = |&(item, _): &(usize, &Position)| {
            !self.is_break(item) || self.companies().get(item).copied().flatten().is_some()
        };
        self.stints.get_or_init(|| stints::stints(positions.filter(is_held), self.companies(), self.sources.as_of))
    }

    /// The positions that are no time without work, each with its index.
    fn worked<'p>(&self, positions: &'p [Position]) -> impl Iterator<Item = (usize, &'p Position)> {
        positions.iter().enumerate().filter(|&(item, _)| !self.is_break(item))
    }

    /// Whether a position is a time without work.
    fn is_break(&self, item: usize) -> bool {
        self.words.title(item).is_break
    }

    /// Years in positions, or in the roles of some vocabularies.
    pub(super) fn years(&self, among: Option<&VocabularySet>) -> Option<Derived> {
        match among {
            None => {
                let worked = self.worked(self.positions?).map(|(_, position)| position);
                Some(FactValue::Number(years::covered(worked, self.sources.as_of)?).into())
            }
            Some(among) => self.years_of(among),
        }
    }

    /// Years in the roles of some vocabularies. Positions without a title may hide some: then none found is unknown.
    fn years_of(&self, among: &VocabularySet) -> Option<Derived> {
        let positions = self.positions?;
        let mut held: Vec<&Role> = self.words.of_positions().iter().filter(|role| among.has(role.vocabulary)).collect();
        held.dedup_by_key(|role| role.item);
        if held.is_empty() && self.words.titles.iter().any(|title| !title.is_given) {
            return None;
        }
        let years = years::covered(held.iter().filter_map(|role| positions.get(role.item)), self.sources.as_of)?;
        let grounds = self.places(held.iter().map(|role| role.mention));
        Some(Derived { value: FactValue::Number(years), grounds })
    }

    /// Years since the longest of the current stints began.
    pub(super) fn current_tenure(&self) -> Option<f64> {
        let current = self.stints().iter().filter(|stint| stint.is_current);
        let first = current.map(|stint| stint.span.0).min()?;
        Some(years::between(first, self.sources.as_of))
    }

    /// Years of a stint, on average.
    pub(super) fn mean_tenure(&self) -> Option<f64> {
        let spans: Vec<_> = self.stints().iter().map(|stint| stint.span).collect();
        years::mean(&spans)
    }

    /// How many companies there are; unknown when none is named.
    pub(super) fn named_companies(&self) -> Option<u64> {
        let positions = self.positions?;
        let named: BTreeSet<_> = self.companies().iter().flatten().collect();
        (positions.is_empty() || !named.is_empty()).then_some(named.len() as u64)
    }

    /// The highest level among the current titles, or in the roles of some vocabularies that they name; what these leave
    /// open, the headline tells.
    pub(super) fn level(&self, among: Option<&VocabularySet>) -> Option<Derived> {
        let told = self.current().filter_map(|item| self.words.highest_of(self.words.of(item), among));
        let role = highest(told).or_else(|| self.words.highest_of(self.words.of_headline(), among))?;
        Some(Derived { value: FactValue::Keyword(role.level()?.word()), grounds: self.places([role.mention]) })
    }

    /// Whether the person says so, or has no degree in a discipline that they work in; unknown when schools are.
    pub(super) fn self_taught(&self) -> Option<Derived> {
        let told = |truth: bool, mentions: &[u32]| {
            let grounds = self.places(mentions.iter().copied());
            Some(Derived { value: FactValue::Boolean(truth), grounds })
        };
        if let Some(mention) = self.words.self_taught {
            return told(true, &[mention]);
        }
        // Whoever has a post in one trade and a headline of another may have learnt either.
        let roles = || self.current().flat_map(|item| self.words.of(item)).chain(self.words.of_headline());
        let working = || roles().filter(|role| role.sense.disciplines & self.studied != 0);
        let studied = |role: &&Role| {
            let is_fitting = |(_, studied): &&(u32, u32)| studied & role.sense.disciplines != 0;
            self.words.studies.iter().find(is_fitting).map(|&(study, _)| [role.mention, study])
        };
        if let Some(grounds) = working().find_map(|role| studied(&role)) {
            return told(false, &grounds);
        }
        let role = working().next()?;
        if self.schools_told? { told(true, &[role.mention]) } else { None }
    }

    /// The positions held now.
    fn current(&self) -> impl Iterator<Item = usize> {
        let worked = self.worked(self.positions.unwrap_or_default());
        worked.filter(|(_, position)| position.time(self.sources.as_of) == Time::Current).map(|(item, _)| item)
    }

    fn places(&self, mentions: impl IntoIterator<Item = u32>) -> Vec<Place> {
        let mention = |index: u32| self.sources.mentions.get(index as usize);
        mentions.into_iter().filter_map(mention).map(Place::of).collect()
    }
}

fn schools_told(profile: &Profile<'_>) -> Option<bool> {
    let is_told = |text: &&ProfileText<'_>| matches!(text.field, Field::EducationDegree | Field::EducationField);
    // The texts of a school stand side by side.
    let told = profile.texts().iter().filter(is_told).map(|text| text.item);
    let (schools, _) =
        told.fold((0, None), |(count, last), item| (count + usize::from(last != Some(item)), Some(item)));
    profile.counts().education.map(|count| schools == count)
}
