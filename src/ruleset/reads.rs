//! What of a profile the rules read.

use std::collections::BTreeSet;

use super::model::{AskedFact, Condition, Mentions, RuleSet, Sought, VocabularyId};
use super::senses::Senses;
use super::signal_set::SignalSet;
use crate::profile::{Field, FieldSet, Part};

/// What of a profile the rules read.
#[derive(Debug, Default)]
pub struct Reads {
    /// The facts, each once, in the order of their names.
    pub facts: Vec<AskedFact>,
    /// How many slots the facts take, those between them that nothing asks for included.
    pub slots: usize,
    /// The parts of the profile.
    pub parts: BTreeSet<Part>,
    /// The fields in which mentions are asked for, by vocabulary.
    fields: Vec<FieldSet>,
    /// The fields in which mentions of any vocabulary are asked for.
    any_field: FieldSet,
    /// The conditions that look for mentions, by vocabulary.
    lookouts: Vec<Vec<Lookout>>,
    /// How many conditions look for mentions: their numbers are less.
    pub conditions: usize,
    /// The signals that can fire without any mention; the others sleep until one wakes them.
    pub always_awake: SignalSet,
}

/// A condition that looks for mentions of a vocabulary.
#[derive(Clone, Copy, Debug)]
pub struct Lookout {
    /// The number of the condition.
    pub condition: u32,
    /// The number of the signal that cannot fire unless this condition, or another that names it, finds a mention.
    pub wakes: Option<u32>,
    /// Which mentions it looks for.
    pub sought: Sought,
}

impl Reads {
    pub(super) fn of(rules: &RuleSet, senses: &Senses) -> Self {
        let fields = (0..).zip(&rules.vocabularies).map(|(vocabulary, _)| senses.of(vocabulary).fields());
        let lookouts = vec![Vec::new(); rules.vocabularies.len()];
        let mut reads = Self { fields: fields.collect(), lookouts, ..Self::default() };
        let signals = || rules.categories.iter().flat_map(|category| &category.signals);
        reads.always_awake = SignalSet::with_room_for(signals().count());
        for signal in signals() {
            let wakes = signal.when.needs_mention().then_some(signal.number);
            if wakes.is_none() {
                reads.always_awake.insert(signal.number);
            }
            reads.condition(&signal.when, wakes);
        }
        rules.policy.iter().for_each(|rule| reads.condition(&rule.when, None));
        reads.facts.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        reads.facts.dedup();
        reads.slots = reads.facts.iter().map(|asked| asked.slot + 1).max().unwrap_or(0);
        reads.any_field = reads.fields.iter().copied().fold(FieldSet::NONE, FieldSet::with);
        reads
    }

    /// The fields in which mentions of a vocabulary are asked for; those in others change nothing.
    #[must_use]
    pub fn fields_of(&self, vocabulary: VocabularyId) -> FieldSet {
        self.fields.get(vocabulary as usize).copied().unwrap_or_default()
    }

    /// Tells whether mentions of any vocabulary are asked for in a field.
    #[must_use]
    pub fn looks_in(&self, field: Field) -> bool {
        self.any_field.has(field)
    }

    /// The conditions that look for mentions of a vocabulary.
    #[inline]
    #[must_use]
    pub fn lookouts(&self, vocabulary: VocabularyId) -> &[Lookout] {
        self.lookouts.get(vocabulary as usize).map_or(&[], Vec::as_slice)
    }

    fn mentions(&mut self, mentions: &Mentions, wakes: Option<u32>) {
        let sought = mentions.sought;
        self.conditions = self.conditions.max(mentions.number as usize + 1);
        self.parts.extend(sought.fields.iter().map(|field| field.entry().part));
        for vocabulary in mentions.of.iter().map(|&vocabulary| vocabulary as usize) {
            if let Some(fields) = self.fields.get_mut(vocabulary) {
                *fields = fields.with(sought.fields);
            }
            if let Some(lookouts) = self.lookouts.get_mut(vocabulary) {
                lookouts.push(Lookout { condition: mentions.number, wakes, sought });
            }
        }
    }

    /// Takes in a condition; a mention that it finds wakes this signal.
    fn condition(&mut self, condition: &Condition, wakes: Option<u32>) {
        match condition {
            Condition::Mentions(mentions) => self.mentions(mentions, wakes),
            Condition::Moved { from, to } => {
                self.mentions(from, wakes);
                self.mentions(to, wakes);
            }
            Condition::Fact { fact, .. } => {
                self.facts.push(fact.clone());
                self.parts.extend(fact.fact.row().parts);
            }
            Condition::All(parts) => {
                // One part that needs a mention suffices: without it, the others change nothing.
                let needy = parts.iter().position(Condition::needs_mention);
                for (index, part) in parts.iter().enumerate() {
                    self.condition(part, wakes.filter(|_| Some(index) == needy));
                }
            }
            Condition::Any(parts) => parts.iter().for_each(|part| self.condition(part, wakes)),
            Condition::Not(inner) => self.condition(inner, None),
            Condition::Score { .. } | Condition::Category(_) | Condition::Ambiguous(_) | Condition::Always => {}
        }
    }
}
