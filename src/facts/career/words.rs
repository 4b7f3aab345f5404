//! The words of a profile that facts about its career read, found in one pass over its mentions.

use crate::fact_catalog::Level;
use crate::facts::Sources;
use crate::profile::Field;
use crate::reading::{Mention, MentionedTerm};
use crate::ruleset::{CompiledRuleSet, Context, Sense, TermSense, VocabularyId, VocabularySet};

/// Words of titles that nearly every profile has room for.
const USUAL_ROLES: usize = 16;

/// A word that a title uses of the person.
#[derive(Clone, Copy, Debug)]
pub(super) struct Role {
    /// The index of its mention.
    pub(super) mention: u32,
    pub(super) vocabulary: VocabularyId,
    pub(super) sense: Sense,
    term: TermSense,
    /// The position, 0 for the headline.
    pub(super) item: usize,
    /// The first byte in its title.
    start: u32,
}

impl Role {
    fn new(rules: &CompiledRuleSet, mention: &Mention, index: u32, item: usize) -> Self {
        let vocabulary = mention.vocabulary;
        let sense = rules.sense(vocabulary);
        let term = match mention.term {
            MentionedTerm::Term(term) => rules.term_sense(vocabulary, term),
            MentionedTerm::Pair { head, with } => {
                let (head, with) = (rules.term_sense(head.0, head.1), rules.term_sense(with.0, with.1));
                TermSense { level: head.level, breadth: head.breadth.max(with.breadth) }
            }
        };
        let level = sense.level.or(term.level);
        Self { mention: index, vocabulary, sense, term: TermSense { level, ..term }, item, start: mention.start }
    }

    /// The level of a role; `None` for a word that is no role.
    pub(super) fn level(&self) -> Option<Level> {
        let is_role = self.sense.disciplines != 0 || self.sense.is_technical || self.sense.is_specialised;
        self.term.level.or(is_role.then_some(Level::Individual))
    }

    /// How far it widens the scope of its title.
    pub(super) fn breadth(&self) -> u8 {
        self.term.breadth
    }
}

/// What the title of a position says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Title {
    /// Whether there is one.
    pub(super) is_given: bool,
    /// The highest level that it names; `None` when it names no role, or no level has a word.
    pub(super) level: Option<Level>,
    /// The disciplines of its roles, one bit each.
    pub(super) disciplines: u32,
    /// The disciplines of its specialised roles.
    pub(super) specialised: u32,
    pub(super) is_technical: bool,
    /// How wide it says that its scope is; 0 when it says nothing of it.
    pub(super) breadth: u8,
    /// Whether it names a time without work, and nothing else.
    pub(super) is_break: bool,
}

impl Title {
    fn add(&mut self, role: &Role, knows_levels: bool) {
        self.level = self.level.max(role.level().filter(|_| knows_levels));
        self.disciplines |= role.sense.disciplines;
        if role.sense.is_specialised {
            self.specialised |= role.sense.disciplines;
        }
        self.is_technical |= role.sense.is_technical;
        self.breadth = self.breadth.max(role.breadth());
    }
}

/// What the texts of a profile say of its career.
#[derive(Debug)]
pub(super) struct Words {
    /// By position.
    pub(super) titles: Vec<Title>,
    /// What the titles of all positions say together.
    pub(super) together: Title,
    /// In the order of the texts: those of the headline first.
    roles: Vec<Role>,
    in_headline: usize,
    /// The mention by which the person says to be self-taught.
    pub(super) self_taught: Option<u32>,
    /// The mentions of studies, each with their disciplines.
    pub(super) studies: Vec<(u32, u32)>,
    knows_levels: bool,
}

impl Words {
    pub(super) fn read(rules: &CompiledRuleSet, sources: &Sources<'_, '_>) -> Self {
        let texts = sources.profile.texts();
        let positions = sources.profile.positions().map_or(0, <[_]>::len);
        let mut words = Self {
            titles: vec![Title::default(); positions],
            together: Title::default(),
            roles: Vec::with_capacity(USUAL_ROLES),
            in_headline: 0,
            self_taught: None,
            studies: Vec::new(),
            knows_levels: !rules.rules().facts.levels.is_empty(),
        };
        for text in texts.iter().filter(|text| text.field == Field::PositionTitle) {
            if let Some(title) = words.titles.get_mut(text.item) {
                title.is_given = true;
            }
        }
        for (index, mention) in (0..).zip(sources.mentions) {
            let sense = rules.sense(mention.vocabulary);
            // Schools name degrees after what they lead to: "ingénieur informatique".
            let studies = sense.studies | sense.disciplines;
            if studies != 0 && is_of_education(mention) {
                words.studies.push((index, studies));
            }
            if sense.is_self_taught && speaks_of_oneself(mention) {
                words.self_taught.get_or_insert(index);
            }
            if mention.context == Context::Own && mention.field.is_title() {
                let text = texts.get(mention.text as usize);
                let item = text.map_or(0, |text| text.item);
                if sense.is_break
                    && mention.field == Field::PositionTitle
                    && text.is_some_and(|text| is_nearly_all(mention, &text.text))
                    && let Some(title) = words.titles.get_mut(item)
                {
                    title.is_break = true;
                }
                words.add(Role::new(rules, mention, index, item), mention.field);
            }
        }
        words.together = together(&words.titles);
        words
    }

    fn add(&mut self, role: Role, field: Field) {
        if field == Field::Headline {
            self.in_headline += 1;
        } else if let Some(title) = self.titles.get_mut(role.item) {
            title.add(&role, self.knows_levels);
        }
        self.roles.push(role);
    }

    /// What the title of a position says.
    pub(super) fn title(&self, item: usize) -> Title {
        self.titles.get(item).copied().unwrap_or_default()
    }

    /// The role of the highest level that a title names, of several the first; `None` when none has one, or no level has a
    /// word.
    ///
    /// In some vocabularies that is one of their roles, or a word of a level alone: "directrice marketing et trésorière"
    /// directs nothing in finance.
    pub(super) fn highest_of<'r>(&self, title: &'r [Role], among: Option<&VocabularySet>) -> Option<&'r Role> {
        let is_asked = |role: &Role| among.is_none_or(|among| among.has(role.vocabulary));
        if !self.knows_levels || !title.iter().any(is_asked) {
            return None;
        }
        // What stands at one place is one role, whatever vocabularies have it.
        let is_level_alone = |place: &[Role]| {
            place.iter().any(|role| role.sense.level.is_some()) && place.iter().all(|role| role.sense.disciplines == 0)
        };
        let places = title.chunk_by(|a, b| a.start == b.start);
        let counting = places.filter(|place| place.iter().any(is_asked) || is_level_alone(place));
        highest(counting.flatten().filter(|role| role.level().is_some()))
    }

    /// The roles that the headline names.
    pub(super) fn of_headline(&self) -> &[Role] {
        self.roles.get(..self.in_headline).unwrap_or_default()
    }

    /// The roles that the titles of positions name, in the order of the positions.
    pub(super) fn of_positions(&self) -> &[Role] {
        self.roles.get(self.in_headline..).unwrap_or_default()
    }

    /// The roles that the title of a position names.
    pub(super) fn of(&self, item: usize) -> &[Role] {
        let roles = self.of_positions();
        let from = roles.partition_point(|role| role.item < item);
        let to = roles.partition_point(|role| role.item <= item);
        roles.get(from..to).unwrap_or_default()
    }
}

/// What titles say together; it counts as given when each of them is.
pub(super) fn together(titles: &[Title]) -> Title {
    let none = Title { is_given: true, ..Title::default() };
    titles.iter().fold(none, |all, title| Title {
        is_given: all.is_given && title.is_given,
        level: all.level.max(title.level),
        disciplines: all.disciplines | title.disciplines,
        specialised: all.specialised | title.specialised,
        is_technical: all.is_technical || title.is_technical,
        breadth: all.breadth.max(title.breadth),
        is_break: false,
    })
}

/// The first of the roles that have the highest level.
pub(super) fn highest<'r>(roles: impl Iterator<Item = &'r Role>) -> Option<&'r Role> {
    roles.reduce(|best, next| if next.level() > best.level() { next } else { best })
}

/// Whether a title says hardly more than a mention: "en congé parental" names a break, "Baker, on parental leave" a baker.
fn is_nearly_all(mention: &Mention, title: &str) -> bool {
    let before = title.get(..mention.start as usize).unwrap_or_default();
    let behind = title.get(mention.end as usize..).unwrap_or_default();
    before.chars().chain(behind.chars()).filter(|c| c.is_alphanumeric()).count() <= 2
}

/// Prose speaks of topics, as far as its words tell: who writes of being self-taught is.
fn speaks_of_oneself(mention: &Mention) -> bool {
    match mention.field {
        Field::Headline | Field::PositionTitle => mention.context == Context::Own,
        Field::About | Field::PositionDescription => matches!(mention.context, Context::Own | Context::Topic),
        _ => is_of_education(mention) && matches!(mention.context, Context::Own | Context::Topic),
    }
}

fn is_of_education(mention: &Mention) -> bool {
    matches!(mention.field, Field::EducationSchool | Field::EducationDegree | Field::EducationField)
}
