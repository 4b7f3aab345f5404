//! What dated positions and their titles tell.

#[cfg(test)]
mod tests;
mod titles;
pub(super) mod years;

use jiff::civil::Date;

use super::{Derived, FactValue, Place, Sources};
use crate::fact_catalog::{Fact, Level};
use crate::profile::{Position, Time};
use crate::reading::Mention;
use crate::ruleset::{AskedFact, CompiledRuleSet, VocabularyId};
use titles::{Role, Titles};

/// A career, read once for all facts about it.
pub(super) struct Career<'m> {
    /// The positions, when they are known.
    positions: Option<&'m [Position]>,
    titles: Titles,
    mentions: &'m [Mention],
    as_of: Date,
}

impl<'m> Career<'m> {
    pub(super) fn read(rules: &CompiledRuleSet, sources: &Sources<'m, '_>) -> Self {
        Self {
            positions: sources.profile.positions(),
            titles: Titles::read(rules, sources),
            mentions: sources.mentions,
            as_of: sources.as_of,
        }
    }

    /// Derives a fact about the career; `None` when it is unknown, or about something else.
    pub(super) fn derive(&self, asked: &AskedFact) -> Option<Derived> {
        match asked.fact {
            Fact::CareerYears if asked.of.is_empty() => {
                years::covered(self.positions?, self.as_of).map(|years| FactValue::Number(years).into())
            }
            Fact::CareerYears => self.years_of(&asked.of),
            Fact::CareerLevel => self.level().map(|(level, role)| self.derived(level.word(), [role])),
            _ => None,
        }
    }

    /// Years in the roles of some vocabularies. Positions without a title may hide some: then none found is unknown.
    fn years_of(&self, of: &[VocabularyId]) -> Option<Derived> {
        let is_wanted = |role: &&Role| of.contains(&role.vocabulary);
        let mut held = Vec::new();
        let mut roles = Vec::new();
        let mut untitled = false;
        for (item, position) in self.positions?.iter().enumerate() {
            untitled |= !self.titles.is_given(item);
            if let Some(role) = self.titles.of(item).iter().find(is_wanted) {
                held.push(position);
                roles.push(role);
            }
        }
        if held.is_empty() && untitled {
            return None;
        }
        let years = years::covered(held, self.as_of)?;
        Some(Derived { value: FactValue::Number(years), grounds: self.places(roles) })
    }

    /// The highest level among the current positions; what these leave open, the headline tells.
    fn level(&self) -> Option<(Level, &Role)> {
        let positions = self.positions.unwrap_or_default().iter().enumerate();
        let current = positions.filter(|(_, position)| position.time(self.as_of) == Time::Current);
        let titles = current.flat_map(|(item, _)| self.titles.of(item));
        self.titles.highest(titles).or_else(|| self.titles.highest(self.titles.headline()))
    }

    fn derived<'t>(&self, word: &'static str, roles: impl IntoIterator<Item = &'t Role>) -> Derived {
        Derived { value: FactValue::Keyword(word), grounds: self.places(roles) }
    }

    fn places<'t>(&self, roles: impl IntoIterator<Item = &'t Role>) -> Vec<Place> {
        let mention = |role: &Role| self.mentions.get(role.mention as usize);
        roles.into_iter().filter_map(mention).map(Place::of).collect()
    }
}
