//! What the titles of a profile say, read in one pass over its mentions.

use crate::fact_catalog::Level;
use crate::facts::Sources;
use crate::profile::Field;
use crate::reading::{Mention, MentionedTerm};
use crate::ruleset::{CompiledRuleSet, Context, Sense, VocabularyId};

/// A role that a title names as the person's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Role {
    /// The index of its mention.
    pub(super) mention: u32,
    pub(super) vocabulary: VocabularyId,
    pub(super) sense: Sense,
    level: Option<Level>,
    /// The position, 0 for the headline.
    item: usize,
}

impl Role {
    /// The level of a role; `None` for a word that is no role.
    pub(super) fn level(&self) -> Option<Level> {
        let is_role = self.sense.disciplines != 0 || self.sense.is_technical || self.sense.is_specialised;
        self.level.or(is_role.then_some(Level::Individual))
    }
}

/// The roles of all titles.
#[derive(Debug)]
pub(super) struct Titles {
    headline: Vec<Role>,
    /// In the order of the positions.
    roles: Vec<Role>,
    /// By position, whether it has a title.
    given: Vec<bool>,
    knows_levels: bool,
}

impl Titles {
    pub(super) fn read(rules: &CompiledRuleSet, sources: &Sources<'_, '_>) -> Self {
        let texts = sources.profile.texts();
        let mut given = vec![false; sources.profile.positions().map_or(0, <[_]>::len)];
        for text in texts.iter().filter(|text| text.field == Field::PositionTitle) {
            if let Some(given) = given.get_mut(text.item) {
                *given = true;
            }
        }
        let (mut headline, mut roles) = (Vec::new(), Vec::new());
        for (index, mention) in (0..).zip(sources.mentions) {
            if mention.context != Context::Own || !mention.field.is_title() {
                continue;
            }
            let item = texts.get(mention.text as usize).map_or(0, |text| text.item);
            let role = Role::new(rules, mention, index, item);
            if mention.field == Field::Headline { &mut headline } else { &mut roles }.push(role);
        }
        Self { headline, roles, given, knows_levels: !rules.rules().facts.levels.is_empty() }
    }

    /// The roles that the headline names.
    pub(super) fn headline(&self) -> &[Role] {
        &self.headline
    }

    /// The roles that the title of a position names.
    pub(super) fn of(&self, item: usize) -> &[Role] {
        let from = self.roles.partition_point(|role| role.item < item);
        let to = self.roles.partition_point(|role| role.item <= item);
        self.roles.get(from..to).unwrap_or_default()
    }

    /// Whether a position has a title.
    pub(super) fn is_given(&self, item: usize) -> bool {
        self.given.get(item).is_some_and(|&given| given)
    }

    /// The highest level that some roles have; `None` when none of them has one, or no level has a word.
    pub(super) fn highest<'t>(&self, roles: impl IntoIterator<Item = &'t Role>) -> Option<(Level, &'t Role)> {
        let levels = roles.into_iter().filter_map(|role| Some((role.level()?, role)));
        // Of several the first.
        levels.filter(|_| self.knows_levels).reduce(|best, next| if next.0 > best.0 { next } else { best })
    }
}

impl Role {
    fn new(rules: &CompiledRuleSet, mention: &Mention, index: u32, item: usize) -> Self {
        let head = match mention.term {
            MentionedTerm::Term(term) => (mention.vocabulary, term),
            MentionedTerm::Pair { head, .. } => head,
        };
        let level = rules.level(mention.vocabulary, head);
        Self { mention: index, vocabulary: mention.vocabulary, sense: rules.sense(mention.vocabulary), level, item }
    }
}
