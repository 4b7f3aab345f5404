//! From the model to what scoring runs on: one automaton for all phrases, and indexes.

use std::collections::{HashMap, HashSet};

use super::RuleSetDocument;
use super::diagnostic::Diagnostics;
use super::endings::Endings;
use super::model::{ContextRule, RuleSet, Source, TermId, VocabularyId};
use super::reads::Reads;
use super::senses::{self, Sense, Senses, TermSense};
use super::spellings::Spellings;
use super::wordings::MOST_FORMS;
use crate::text::trie::MOST_STEPS;
use crate::text::word::LONGEST_WORD;
use crate::text::{FormsId, Lexicon, Lists, PhraseId, PhraseTrie, Seeded, Word, WordId, WordingId, tokenize};

/// The most phrases, in all vocabularies and contexts, that the same words may be: each makes a mention of its own.
const MOST_SHARED: usize = 32;

/// The most forms of the words of all phrases, those of terms in one word and short ones included: that is what the automaton
/// is built from. Without short ones, what validation lets through stays below it.
const MOST_SPELLINGS: usize = 2 * MOST_FORMS;

/// What a phrase of the automaton stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Phrase {
    /// A term of a vocabulary.
    Term {
        /// The vocabulary.
        vocabulary: VocabularyId,
        /// The term.
        term: TermId,
        /// The letters of the term as the rule set writes it, folded, and one for each word.
        letters: u32,
    },
    /// A trigger of a context.
    Trigger {
        /// The index of its rule in [`RuleSet::contexts`].
        rule: u32,
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
    pub with: VocabularyId,
    pub within: u32,
    pub dashed: bool,
    pub not_after: Option<VocabularyId>,
}

/// A rule set ready to score.
#[derive(Debug)]
pub struct CompiledRuleSet {
    rules: RuleSet,
    trie: PhraseTrie,
    endings: Endings,
    /// The compositions that a vocabulary is the head of, by vocabulary, in the order of their domains.
    compositions: Vec<Vec<Composition>>,
    senses: Senses,
    common_words: Option<HashSet<Box<[u8]>>>,
    company_forms: HashSet<Box<[u8]>>,
    /// The short forms of words, and whether they are words of any phrase themselves.
    shorts: HashMap<WordId, bool, Seeded>,
    reads: Reads,
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

    /// What the phrases say that end together.
    #[inline]
    #[must_use]
    pub fn endings(&self) -> &Endings {
        &self.endings
    }

    /// The compositions of a head and a domain.
    pub fn compositions_of(&self, head: VocabularyId, with: VocabularyId) -> impl Iterator<Item = &Composition> {
        let all = self.compositions.get(head as usize).map_or(&[] as &[_], Vec::as_slice);
        let from = all.partition_point(|composition| composition.with < with);
        all.iter().skip(from).take_while(move |composition| composition.with == with)
    }

    /// What a mention of a vocabulary says to the facts.
    #[must_use]
    pub fn sense(&self, vocabulary: VocabularyId) -> Sense {
        self.senses.of(vocabulary)
    }

    /// What the words of a term say to the facts.
    #[must_use]
    pub fn term_sense(&self, vocabulary: VocabularyId, term: TermId) -> TermSense {
        self.senses.of_term(vocabulary, term)
    }

    /// The stems of the words that notes and profiles share by chance, when the rule set names any.
    #[must_use]
    pub fn common_words(&self) -> Option<&HashSet<Box<[u8]>>> {
        self.common_words.as_ref()
    }

    /// The words that the name of a company is written with or without, folded.
    #[must_use]
    pub fn company_forms(&self) -> &HashSet<Box<[u8]>> {
        &self.company_forms
    }

    /// Whether a word is one of any phrase, and not merely short for one.
    #[must_use]
    pub fn has_word(&self, word: &Word) -> bool {
        let word = self.trie.word(word).id;
        word != 0 && self.shorts.get(&word).is_none_or(|&is_word| is_word)
    }

    /// Whether a word is a short form of another one.
    #[must_use]
    pub fn is_short(&self, word: WordId) -> bool {
        self.shorts.contains_key(&word)
    }

    /// What of a profile the rules read.
    #[must_use]
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// The name of a vocabulary.
    #[must_use]
    pub fn vocabulary_name(&self, id: VocabularyId) -> &str {
        self.rules.vocabularies.get(id as usize).map_or("", |vocabulary| &vocabulary.name)
    }

    /// A term as the rule set has it.
    #[must_use]
    pub fn term_text(&self, vocabulary: VocabularyId, term: TermId) -> &str {
        match self.rules.vocabularies.get(vocabulary as usize).map(|vocabulary| &vocabulary.source) {
            Some(Source::Terms(terms)) => terms.get(term as usize).map_or("", |term| &term.text),
            _ => "",
        }
    }

    /// The rule of a trigger.
    #[must_use]
    pub fn context(&self, rule: u32) -> Option<&ContextRule> {
        self.rules.contexts.get(rule as usize)
    }
}

/// Builds the automaton and the indexes; takes some milliseconds for thousands of terms.
///
/// `None`, with a finding, when the automaton would grow beyond its bound.
fn build(
    mut rules: RuleSet,
    mut lexicon: Lexicon,
    document: &RuleSetDocument,
    found: &mut Diagnostics,
) -> Option<CompiledRuleSet> {
    let senses = Senses::new(&rules.facts, &rules.vocabularies, &lexicon);
    let common_words = senses::common_words(&rules.facts, &rules.vocabularies, &lexicon);
    let company_forms = senses::company_forms(&rules.facts, &rules.vocabularies, &lexicon);
    let spellings = Spellings::new(&rules, &mut lexicon);
    spellings.warn(document, &rules, found);
    let (phrases, meanings) = phrases(&mut rules, &mut lexicon, &spellings);
    let forms = phrases.iter().flatten().map(|&word| lexicon.forms(word).len()).sum::<usize>();
    if forms > MOST_SPELLINGS {
        let message = format!("bring the words of all phrases to more than {MOST_SPELLINGS} forms");
        found.error("limit", "/abbreviations", message);
        return None;
    }
    let compositions = compositions(&rules);
    let pointer_of = |phrase: PhraseId| {
        meanings.get(phrase as usize).map_or_else(String::new, |&phrase| pointer_to(phrase, &rules, document))
    };
    match PhraseTrie::build(&lexicon, &phrases) {
        Ok((trie, ending)) => {
            let most_shared = ending.iter().max_by_key(|phrases| phrases.len());
            if let Some(&phrase) = most_shared.and_then(|phrases| phrases.get(MOST_SHARED)) {
                let message = format!("is, in one of its forms, what {MOST_SHARED} other phrases are");
                found.error("limit", pointer_of(phrase), message);
                return None;
            }
            let reads = Reads::of(&rules, &senses);
            let endings = Endings::new(&ending, &meanings, &compositions, &reads);
            let mut shorts = HashMap::default();
            for (short, is_word) in spellings.shorts() {
                tokenize(&String::from_utf8_lossy(short), |word, _| {
                    shorts.insert(trie.word(word).id, *is_word);
                });
            }
            Some(CompiledRuleSet {
                trie,
                endings,
                senses,
                common_words,
                company_forms,
                shorts,
                reads,
                rules,
                compositions,
            })
        }
        Err(overgrown) => {
            let pointer = pointer_of(overgrown.phrase);
            let message = format!(
                "shares forms with others in so many ways that matching would take over {MOST_STEPS} steps to prepare; \
                 shorten it, or leave out forms with `inflect`"
            );
            found.error("limit", pointer, message);
            None
        }
    }
}

/// JSON Pointer to what a phrase was read from.
fn pointer_to(phrase: Phrase, rules: &RuleSet, document: &RuleSetDocument) -> String {
    let Phrase::Term { vocabulary, term, .. } = phrase else { return "/contexts".to_owned() };
    let Some(vocabulary) = rules.vocabularies.get(vocabulary as usize) else { return "/vocabularies".to_owned() };
    let Source::Terms(terms) = &vocabulary.source else { return format!("/vocabularies/{}", vocabulary.name) };
    let written = document.vocabularies.get(&vocabulary.name).and_then(|vocabulary| vocabulary.terms.as_ref());
    let index =
        terms.get(term as usize).zip(written).and_then(|(term, all)| all.iter().position(|text| *text == term.text));
    index.map_or_else(
        || format!("/vocabularies/{}", vocabulary.name),
        |n| format!("/vocabularies/{}/terms/{n}", vocabulary.name),
    )
}

/// Lists the words of all phrases, and says what each phrase stands for.
fn phrases(rules: &mut RuleSet, lexicon: &mut Lexicon, spellings: &Spellings) -> (Lists<FormsId>, Vec<Phrase>) {
    let (mut phrases, mut meanings) = (Lists::default(), Vec::new());
    for (vocabulary, entry) in (0..).zip(&mut rules.vocabularies) {
        let Source::Terms(terms) = &mut entry.source else { continue };
        if rules.facts.are_loose(vocabulary) {
            // Nearly every word of a note would be a mention.
            *terms = Vec::new();
        }
        for (term, entry) in (0..).zip(terms) {
            let words = lexicon.wording(entry.words);
            let letters = words.iter().map(|&word| lexicon.written(word).len() as u32 + 1).sum();
            phrases.push(spellings.of(words));
            meanings.push(Phrase::Term { vocabulary, term, letters });
            if let Some(word) = joined(entry.words, lexicon) {
                phrases.push([word]);
                meanings.push(Phrase::Term { vocabulary, term, letters });
            }
        }
    }
    for (rule, context) in (0..).zip(&rules.contexts) {
        let roles = [
            (TriggerRole::Precedes, &context.precedes),
            (TriggerRole::Follows, &context.follows),
            (TriggerRole::Stops, &context.stops),
        ];
        for (role, triggers) in roles {
            for &words in triggers {
                phrases.push(lexicon.wording(words).iter().copied());
                meanings.push(Phrase::Trigger { rule, role });
            }
        }
    }
    (phrases, meanings)
}

/// A term of several words is also written without anything between them.
fn joined(words: WordingId, lexicon: &mut Lexicon) -> Option<FormsId> {
    if (2..=3).contains(&lexicon.wording(words).len()) { lexicon.join(words, LONGEST_WORD) } else { None }
}

fn compositions(rules: &RuleSet) -> Vec<Vec<Composition>> {
    let mut by_head = vec![Vec::new(); rules.vocabularies.len()];
    for (vocabulary, entry) in (0..).zip(&rules.vocabularies) {
        if let Source::Composition { head, with, within, dashed, not_after } = entry.source
            && let Some(compositions) = by_head.get_mut(head as usize)
        {
            compositions.push(Composition { vocabulary, with, within, dashed, not_after });
        }
    }
    by_head.iter_mut().for_each(|compositions| compositions.sort_by_key(|composition| composition.with));
    by_head
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
pub fn compile(document: &RuleSetDocument) -> Compiled {
    let (rules, mut found) = super::validate::validate(document);
    let rule_set = rules.and_then(|(rules, lexicon)| build(rules, lexicon, document, &mut found));
    if let Some(rule_set) = &rule_set {
        super::idle::find(document, rule_set.rules(), &mut found);
    }
    Compiled { rule_set, diagnostics: found.into_list() }
}
