//! From the model to what scoring runs on: one automaton for all phrases, and indexes.

use std::collections::BTreeSet;

use super::diagnostic::Diagnostics;
use super::model::{Condition, RuleSet, Source, VocabularyId};
use super::{Context, RuleSetDocument};
use crate::fact_catalog::Fact;
use crate::profile::Part;
use crate::text::PhraseTrie;
use crate::text::trie::{MOST_STEPS, PhraseForms};

/// What a phrase of the automaton stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// A term of a vocabulary.
    Term {
        /// The vocabulary.
        vocabulary: VocabularyId,
        /// The term's index in it.
        term: usize,
    },
    /// A trigger of a context.
    Trigger {
        /// The context's index in [`RuleSet::contexts`].
        rule: usize,
        /// What the trigger does.
        role: TriggerRole,
    },
}

/// What a trigger does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerRole {
    /// It stands before what it speaks of.
    Precedes,
    /// It stands after it.
    Follows,
    /// It ends the reach.
    Stops,
}

/// A composition, resolved.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "as `Source::Composition`")]
pub struct Composition {
    pub vocabulary: VocabularyId,
    pub head: VocabularyId,
    pub with: VocabularyId,
    pub within: usize,
}

/// A rule set ready to score.
#[derive(Debug)]
pub struct CompiledRuleSet {
    rules: RuleSet,
    trie: PhraseTrie,
    phrases: Vec<Phrase>,
    compositions: Vec<Composition>,
    is_head: Vec<bool>,
    reads: Reads,
}

/// What of a profile the rules read.
#[derive(Debug, Default)]
pub struct Reads {
    /// The facts, in the order of the catalog.
    pub facts: BTreeSet<Fact>,
    /// The parts of the profile.
    pub parts: BTreeSet<Part>,
}

impl Reads {
    fn of(rules: &RuleSet) -> Self {
        let mut reads = Self::default();
        let signals = rules.categories.iter().flat_map(|category| &category.signals);
        signals.for_each(|signal| reads.condition(&signal.when));
        rules.policy.iter().for_each(|rule| reads.condition(&rule.when));
        reads
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Mentions(mentions) => self.parts.extend(mentions.fields.iter().map(|field| field.entry().part)),
            Condition::Fact { fact, .. } => {
                self.facts.insert(*fact);
                self.parts.insert(fact.row().part);
            }
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.condition(part)),
            Condition::Not(inner) => self.condition(inner),
            Condition::Score { .. } | Condition::Category(_) | Condition::Ambiguous(_) | Condition::Always => {}
        }
    }
}

impl CompiledRuleSet {
    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// The automaton of all phrases.
    #[must_use]
    pub fn trie(&self) -> &PhraseTrie {
        &self.trie
    }

    /// What a phrase of the automaton stands for.
    #[must_use]
    pub fn phrase(&self, id: u32) -> Option<Phrase> {
        self.phrases.get(id as usize).copied()
    }

    /// All compositions.
    #[must_use]
    pub fn compositions(&self) -> &[Composition] {
        &self.compositions
    }

    /// What of a profile the rules read.
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// Tells whether a vocabulary is the head of some composition.
    #[must_use]
    pub fn is_head(&self, vocabulary: VocabularyId) -> bool {
        self.is_head.get(vocabulary).copied().unwrap_or(false)
    }

    /// The name of a vocabulary.
    #[must_use]
    pub fn vocabulary_name(&self, id: VocabularyId) -> &str {
        self.rules.vocabularies.get(id).map_or("", |vocabulary| &vocabulary.name)
    }

    /// A term as the rule set has it.
    #[must_use]
    pub fn term_text(&self, vocabulary: VocabularyId, term: usize) -> &str {
        match self.rules.vocabularies.get(vocabulary).map(|vocabulary| &vocabulary.source) {
            Some(Source::Terms(terms)) => terms.get(term).map_or("", |term| &term.text),
            _ => "",
        }
    }

    /// The context of a trigger's rule and how far it reaches.
    #[must_use]
    pub fn context(&self, rule: usize) -> Option<(Context, usize)> {
        self.rules.contexts.get(rule).map(|rule| (rule.context, rule.reach))
    }
}

/// Builds the automaton and the indexes; takes some milliseconds for thousands of terms.
///
/// `None`, with a finding, when the automaton would grow beyond its bound.
fn compile(rules: RuleSet, document: &RuleSetDocument, found: &mut Diagnostics) -> Option<CompiledRuleSet> {
    let mut phrases = Vec::new();
    let mut forms: Vec<PhraseForms> = Vec::new();
    for (vocabulary, entry) in rules.vocabularies.iter().enumerate() {
        let Source::Terms(terms) = &entry.source else { continue };
        for (term, entry) in terms.iter().enumerate() {
            for written in spellings(&entry.forms) {
                forms.push(written);
                phrases.push(Phrase::Term { vocabulary, term });
            }
        }
    }
    for (rule, context) in rules.contexts.iter().enumerate() {
        let roles = [
            (TriggerRole::Precedes, &context.precedes),
            (TriggerRole::Follows, &context.follows),
            (TriggerRole::Stops, &context.stops),
        ];
        for (role, triggers) in roles {
            forms.extend(triggers.iter().cloned());
            phrases.extend(triggers.iter().map(|_| Phrase::Trigger { rule, role }));
        }
    }
    let compositions = compositions(&rules);
    let mut is_head = vec![false; rules.vocabularies.len()];
    for composition in &compositions {
        if let Some(head) = is_head.get_mut(composition.head) {
            *head = true;
        }
    }
    match PhraseTrie::build(&forms) {
        Ok(trie) => Some(CompiledRuleSet { trie, reads: Reads::of(&rules), rules, phrases, compositions, is_head }),
        Err(overgrown) => {
            let place =
                phrases.get(overgrown.phrase as usize).map_or_else(String::new, |&it| place(it, &rules, document));
            let message = format!(
                "shares forms with others in so many ways that matching would take over {MOST_STEPS} steps to prepare; \
                 shorten it, or leave out forms with `inflect`"
            );
            found.error("limit", place, message);
            None
        }
    }
}

/// JSON Pointer to what a phrase was read from.
fn place(phrase: Phrase, rules: &RuleSet, document: &RuleSetDocument) -> String {
    let Phrase::Term { vocabulary, term } = phrase else { return "/contexts".to_owned() };
    let Some(vocabulary) = rules.vocabularies.get(vocabulary) else { return "/vocabularies".to_owned() };
    let Source::Terms(terms) = &vocabulary.source else { return format!("/vocabularies/{}", vocabulary.name) };
    let written = document.vocabularies.get(&vocabulary.name).and_then(|vocabulary| vocabulary.terms.as_ref());
    let index = terms.get(term).zip(written).and_then(|(term, all)| all.iter().position(|text| *text == term.text));
    index.map_or_else(
        || format!("/vocabularies/{}", vocabulary.name),
        |n| format!("/vocabularies/{}/terms/{n}", vocabulary.name),
    )
}

/// A term of several words is also written without anything between them.
fn spellings(forms: &PhraseForms) -> Vec<PhraseForms> {
    let mut spellings = vec![forms.clone()];
    if (2..=3).contains(&forms.len())
        && let Some((last, first)) = forms.split_last()
    {
        let stem: String = first.iter().filter_map(|forms| forms.first()).map(String::as_str).collect();
        let joined: Vec<_> = last.iter().map(|form| format!("{stem}{form}")).collect();
        if joined.iter().all(|form| form.len() <= crate::text::token::LONGEST_WORD) {
            spellings.push(vec![joined]);
        }
    }
    spellings
}

fn compositions(rules: &RuleSet) -> Vec<Composition> {
    let composed = |(vocabulary, entry): (usize, &super::model::Vocabulary)| match entry.source {
        Source::Composition { head, with, within } => Some(Composition { vocabulary, head, with, within }),
        Source::Terms(_) => None,
    };
    rules.vocabularies.iter().enumerate().filter_map(composed).collect()
}

/// A rule set with what was found in it.
#[derive(Debug)]
pub struct Compiled {
    /// The rule set, unless there is an error among the findings.
    pub rule_set: Option<CompiledRuleSet>,
    /// All findings.
    pub diagnostics: Vec<super::Diagnostic>,
}

/// Validates and compiles a document.
///
/// ```
/// let compiled = entregent::ruleset::compile(&entregent::ruleset::builtin_document());
/// assert!(compiled.rule_set.is_some());
/// ```
#[must_use]
pub fn check(document: &RuleSetDocument) -> Compiled {
    let (rules, mut found) = super::validate::validate(document);
    let rule_set = rules.and_then(|rules| compile(rules, document, &mut found));
    Compiled { rule_set, diagnostics: found.into_list() }
}
