//! From the document to the model: every name resolved, every bound checked, every finding collected.

use std::collections::{BTreeSet, HashMap};

use super::condition::{Conditions, Slots};
use super::diagnostic::Diagnostics;
use super::document::{CategoryDocument, Outcome, RuleSetDocument, SignalDocument, VocabularyDocument, WhenDocument};
use super::fact_words::{Discipline, FactWords, MOST_DISCIPLINES};
use super::facts_document::DisciplineDocument;
use super::model::{
    Abbreviation, Category, Condition, ContextRule, Group, MOST_REACH, MOST_VOCABULARIES, PolicyRule, RuleSet, Signal,
    Source, Term, Vocabulary, VocabularyId, Worth,
};
use super::names::Names;
use super::wordings::Wordings;
use super::{Label, test_documents};
use crate::fact_catalog::Level;
use crate::text::{Language, Lexicon, Seeded, WordingId};
use crate::wire;

/// Bounds of a rule set; all are documented in the schema or in `docs/rules.md`.
const MOST_TERMS: usize = 20_000;
const MOST_ABBREVIATIONS: usize = 1_000;
const MOST_STOOD_FOR: usize = 16;
const MOST_CATEGORIES: usize = 32;
const MOST_SIGNALS: usize = 1_000;
const MOST_GROUPS: usize = 200;
const MOST_RULES: usize = 200;
const MOST_TESTS: usize = 500;

/// How far neighbours are apart.
const BESIDE: u32 = 1;

const DEFAULT_LANGUAGES: [Language; 2] = [Language::Fr, Language::En];
/// The stop that stands for every comma, bracket and colon.
const COMMA: &str = ",";

/// Resolves a document to rules and the lexicon of their words; `None` when there is an error among the findings.
pub(super) fn validate(document: &RuleSetDocument) -> (Option<(RuleSet, Lexicon)>, Diagnostics) {
    let mut validation = Validation {
        document,
        found: Diagnostics::default(),
        names: Names::default(),
        slots: Slots::new(),
        numbers: 0,
        named: 0,
        signals: 0,
        wordings: Wordings::default(),
    };
    validation.counts();
    if validation.found.has_errors() {
        // Looking names up would take time that grows with the product of the counts.
        return (None, validation.found);
    }
    let rule_set = validation.rule_set();
    let valid = !validation.found.has_errors();
    (valid.then_some((rule_set, validation.wordings.into_lexicon())), validation.found)
}

struct Validation<'a> {
    document: &'a RuleSetDocument,
    found: Diagnostics,
    names: Names<'a>,
    /// The facts with vocabularies so far.
    slots: Slots,
    numbers: u32,
    named: usize,
    /// The signals so far.
    signals: u32,
    wordings: Wordings,
}

impl<'a> Validation<'a> {
    fn counts(&mut self) {
        let document = self.document;
        let vocabularies = &document.vocabularies;
        self.at_most("/vocabularies", vocabularies.len(), MOST_VOCABULARIES, "vocabularies");
        let terms = vocabularies.values().filter_map(|vocabulary| vocabulary.terms.as_ref()).map(Vec::len).sum();
        self.at_most("/vocabularies", terms, MOST_TERMS, "terms in all");
        let abbreviations = &document.abbreviations;
        self.at_most("/abbreviations", abbreviations.len(), MOST_ABBREVIATIONS, "abbreviations");
        let stands_for = abbreviations.values().map(Vec::len).max().unwrap_or_default();
        self.at_most("/abbreviations", stands_for, MOST_STOOD_FOR, "words that one abbreviation stands for");
        self.at_most("/facts/disciplines", document.facts.disciplines.len(), MOST_DISCIPLINES, "disciplines");
        let categories = &document.categories;
        self.at_most("/categories", categories.len(), MOST_CATEGORIES, "categories");
        let signals = categories.values().map(|category| category.signals.len()).sum();
        self.at_most("/categories", signals, MOST_SIGNALS, "signals in all");
        let groups = categories.values().map(|category| category.groups.len()).sum();
        self.at_most("/categories", groups, MOST_GROUPS, "groups in all");
        self.at_most("/policy", document.policy.len(), MOST_RULES, "rules");
        self.at_most("/tests", document.tests.len(), MOST_TESTS, "tests");
    }

    fn rule_set(&mut self) -> RuleSet {
        let document = self.document;
        if document.format != 1 {
            self.found.error("format", "/format", "must be 1");
        }
        self.in_range("/margin", document.margin, 0, 1_000);
        self.names = Names::new(document, &mut self.found);
        let vocabularies = self.vocabularies();
        let abbreviations = self.abbreviations();
        let contexts = self.contexts();
        let facts = self.facts();
        let categories = self.categories();
        let policy = self.policy();
        test_documents::check(document, &mut self.found);
        RuleSet { margin: document.margin, vocabularies, abbreviations, contexts, facts, categories, policy }
    }

    fn vocabularies(&mut self) -> Vec<Vocabulary> {
        let entries = &self.document.vocabularies;
        let read = |(name, vocabulary): (&String, &VocabularyDocument)| {
            let pointer = format!("/vocabularies/{name}");
            self.name(&pointer, name);
            Some(Vocabulary { name: name.clone(), source: self.source(&pointer, vocabulary)? })
        };
        entries.iter().filter_map(read).collect()
    }

    /// Where the mentions of a vocabulary come from; `None` for a union, which has none.
    fn source(&mut self, pointer: &str, vocabulary: &VocabularyDocument) -> Option<Source> {
        let source = match (&vocabulary.terms, &vocabulary.compose, &vocabulary.union) {
            (Some(terms), None, None) => {
                let languages = vocabulary.inflect.as_deref().unwrap_or(&DEFAULT_LANGUAGES);
                Source::Terms(self.terms(&format!("{pointer}/terms"), terms, languages))
            }
            (None, None, Some(_)) => {
                if vocabulary.inflect.is_some() {
                    self.found.error("shape", pointer, "a union has no `inflect`: its members have");
                }
                return None;
            }
            (None, Some(compose), None) => {
                if vocabulary.inflect.is_some() {
                    self.found.error("shape", pointer, "a composition has no `inflect`: its parts have");
                }
                if !(1..=12).contains(&compose.within) {
                    self.found.error("range", format!("{pointer}/compose/within"), "must be from 1 to 12");
                }
                let head = self.term_list(&format!("{pointer}/compose/head"), &compose.head);
                let with = self.term_list(&format!("{pointer}/compose/with"), &compose.with);
                let not_after = compose.not_after.as_ref();
                let not_after = not_after.map(|name| self.term_list(&format!("{pointer}/compose/not_after"), name));
                Source::Composition { head, with, within: compose.within, dashed: compose.dashed, not_after }
            }
            _ => {
                self.found.error("shape", pointer, "must have exactly one of `terms`, `compose` and `union`");
                Source::Terms(Vec::new())
            }
        };
        Some(source)
    }

    fn terms(&mut self, pointer: &str, terms: &[String], languages: &[Language]) -> Vec<Term> {
        // Each once: a document may name them as often as it likes.
        let mut distinct = Vec::new();
        for &language in languages {
            if !distinct.contains(&language) {
                distinct.push(language);
            }
        }
        let mut seen: HashMap<WordingId, usize, Seeded> = HashMap::default();
        let mut valid = Vec::with_capacity(terms.len());
        // In the order of their texts, so that what is quoted does not depend on the order in which they are written.
        let mut ordered: Vec<(usize, &String)> = terms.iter().enumerate().collect();
        ordered.sort_by_key(|&(_, text)| text);
        for (index, text) in ordered {
            let Some(words) = self.wordings.phrase(pointer, index, text, &distinct, &mut self.found) else { continue };
            if let Some(earlier) = seen.insert(words, index) {
                let message = format!("is the same term as number {earlier}");
                self.found.warning("duplicate-term", format!("{pointer}/{index}"), message);
                continue;
            }
            valid.push(Term { text: text.clone(), words });
        }
        valid
    }

    fn term_list(&mut self, pointer: &str, name: &str) -> VocabularyId {
        let id = match self.names.of(name) {
            _ if self.is_no_list(name) => {
                let message = "names a composition or a union; only lists of terms can be composed";
                self.found.error("nested-composition", pointer, message);
                None
            }
            Ok(stands_for) => stands_for.first(),
            Err((code, message)) => {
                self.found.error(code, pointer, message);
                None
            }
        };
        id.copied().unwrap_or_default()
    }

    /// Tells whether a name is that of a composition or a union.
    fn is_no_list(&self, name: &str) -> bool {
        self.document.vocabularies.get(name).is_some_and(|vocabulary| vocabulary.terms.is_none())
    }

    /// Each short form with each word that it stands for, in the order of the document.
    fn abbreviations(&mut self) -> Vec<Abbreviation> {
        let mut read = Vec::new();
        for (short, words) in self.document.abbreviations.iter() {
            let pointer = format!("/abbreviations/{}", wire::escaped(short));
            // What is wrong with a key that is refused is told once, for it may be as long as the document.
            let Some(short) = self.wordings.single_word(&pointer, short, &mut self.found) else { continue };
            for (index, word) in words.iter().enumerate() {
                let word = self.wordings.single_word(&format!("{pointer}/{index}"), word, &mut self.found);
                read.extend(word.map(|word| Abbreviation { short, word }));
            }
        }
        read
    }

    fn contexts(&mut self) -> Vec<ContextRule> {
        let mut rules = Vec::new();
        for (context, name, document) in self.document.contexts.all() {
            let Some(document) = document else { continue };
            let pointer = format!("/contexts/{name}");
            if !(1..=MOST_REACH).contains(&document.reach) {
                self.found.error("range", format!("{pointer}/reach"), format!("must be from 1 to {MOST_REACH}"));
            }
            rules.push(ContextRule {
                context,
                precedes: self.triggers(&format!("{pointer}/precedes"), &document.precedes, None),
                follows: self.triggers(&format!("{pointer}/follows"), &document.follows, None),
                stops: self.triggers(&format!("{pointer}/stops"), &document.stops, Some(COMMA)),
                stops_at_comma: document.stops.iter().any(|stop| stop == COMMA),
                is_beside: false,
                reach: document.reach,
            });
            let beside = &document.beside;
            rules.push(ContextRule {
                context,
                precedes: self.triggers(&format!("{pointer}/beside/precedes"), &beside.precedes, None),
                follows: self.triggers(&format!("{pointer}/beside/follows"), &beside.follows, None),
                stops: Vec::new(),
                stops_at_comma: true,
                is_beside: true,
                reach: BESIDE,
            });
        }
        rules
    }

    /// Reads the phrases, but for a sign that is none.
    fn triggers(&mut self, pointer: &str, phrases: &[String], sign: Option<&str>) -> Vec<WordingId> {
        self.at_most(pointer, phrases.len(), 1_000, "phrases");
        let phrases = phrases.iter().enumerate().filter(|(_, text)| Some(text.as_str()) != sign);
        let read = |(index, text): (usize, &String)| {
            self.wordings.phrase(pointer, index, text, &DEFAULT_LANGUAGES, &mut self.found)
        };
        phrases.filter_map(read).collect()
    }

    fn facts(&mut self) -> FactWords {
        let document = &self.document.facts;
        let company_forms = self.loose_words("/facts/company_forms", &document.company_forms);
        let common = self.loose_words("/facts/invitation/common", &document.invitation.common);
        let mut find =
            |pointer: &str, names: &[String]| self.names.find(&mut self.found, &format!("/facts/{pointer}"), names);
        let levels = &document.levels;
        let levels = [
            (Level::Individual, &levels.individual),
            (Level::Lead, &levels.lead),
            (Level::Manager, &levels.manager),
            (Level::Director, &levels.director),
            (Level::Executive, &levels.executive),
        ];
        let mut of_level = |(level, names): (Level, &Vec<String>)| {
            let ids = find(&format!("levels/{}", level.word()), names);
            ids.into_iter().map(move |id| (id, level))
        };
        let levels = levels.into_iter().flat_map(&mut of_level).collect();
        find("scope", &document.scope);
        let names = &self.names;
        let of_breadth =
            |(name, breadth): (&String, u8)| names.of(name).unwrap_or_default().iter().map(move |&id| (id, breadth));
        let scope = document.scope.iter().zip(1..).flat_map(of_breadth).collect();
        let discipline = |(name, discipline): (&String, &DisciplineDocument)| Discipline {
            roles: find(&format!("disciplines/{name}/roles"), &discipline.roles),
            studies: find(&format!("disciplines/{name}/studies"), &discipline.studies),
        };
        let words = FactWords {
            levels,
            disciplines: document.disciplines.iter().map(discipline).collect(),
            technical: find("technical", &document.technical),
            specialised: find("specialised", &document.specialised),
            scope,
            self_taught: find("self_taught", &document.self_taught),
            breaks: find("breaks", &document.breaks),
            company_forms,
            defaults: find("invitation/defaults", &document.invitation.defaults),
            stock: find("invitation/stock", &document.invitation.stock),
            common,
        };
        for (name, discipline) in document.disciplines.keys().zip(&words.disciplines) {
            self.names.add_discipline(name, &discipline.roles);
            let pointer = format!("/facts/disciplines/{name}");
            self.name(&pointer, name);
            if self.document.vocabularies.contains_key(name) {
                self.found.error("same-name", pointer, "is the name of a vocabulary too; `of` takes both");
            }
        }
        words
    }

    fn loose_words(&mut self, pointer: &str, names: &[String]) -> Vec<VocabularyId> {
        let loose = self.names.find_loose(&mut self.found, pointer, names);
        for (index, name) in names.iter().enumerate() {
            if self.is_no_list(name) {
                let message = "names a composition or a union; only lists of terms have words of their own";
                self.found.error("nested-composition", format!("{pointer}/{index}"), message);
            }
        }
        loose
    }

    fn categories(&mut self) -> Vec<Category> {
        let entries = &self.document.categories;
        if entries.is_empty() {
            self.found.error("empty", "/categories", "needs at least one category");
        }
        let read = |(id, category): (&String, &CategoryDocument)| self.category(id, category);
        entries.iter().map(read).collect()
    }

    fn category(&mut self, id: &str, category: &CategoryDocument) -> Category {
        let pointer = format!("/categories/{id}");
        self.name(&pointer, id);
        self.in_range(&format!("{pointer}/threshold"), category.threshold, 1, 1_000);
        self.in_range(&format!("{pointer}/cap"), category.cap.unwrap_or(1), 1, 10_000);
        let mut groups = Vec::new();
        for (name, group) in category.groups.iter() {
            let pointer = format!("{pointer}/groups/{name}");
            self.name(&pointer, name);
            self.in_range(&format!("{pointer}/cap"), group.cap, 1, 10_000);
            if name == id {
                let message = "is named like its category; in answers, a cap is told by its name alone";
                self.found.warning("same-name", &pointer, message);
            }
            groups.push(Group { id: name.clone(), cap: group.cap });
        }
        let mut signals = Vec::new();
        for (name, signal) in category.signals.iter() {
            let pointer = format!("{pointer}/signals/{name}");
            self.name(&pointer, name);
            signals.push(self.signal(&pointer, name, signal, &groups));
        }
        Category {
            id: id.to_owned(),
            kind: category.kind,
            label: category.label.clone(),
            threshold: category.threshold,
            cap: category.cap,
            groups,
            signals,
        }
    }

    fn signal(&mut self, pointer: &str, id: &str, signal: &SignalDocument, groups: &[Group]) -> Signal {
        let group = signal.group.as_ref().map(|name| groups.iter().position(|group| group.id == *name));
        if group == Some(None) {
            self.found.error("unknown-group", format!("{pointer}/group"), "names no group of this category");
        }
        let when = self.conditions(false).read(&format!("{pointer}/when"), &signal.when);
        let worth = match (signal.points, signal.points_each, signal.max_points) {
            (Some(points), None, None) => {
                self.in_range(&format!("{pointer}/points"), points, -1_000, 1_000);
                Worth::Fixed(points)
            }
            (None, Some(points), Some(most)) if points > 0 && most >= points => {
                self.in_range(&format!("{pointer}/max_points"), most, 1, 1_000);
                if !matches!(when, Condition::Mentions(_)) {
                    let message = "`points_each` counts terms, so the condition must be `mentions`";
                    self.found.error("shape", format!("{pointer}/when"), message);
                }
                Worth::Each { points, most }
            }
            _ => {
                let message = "must have either `points`, or `points_each` and a `max_points` that is no less";
                self.found.error("shape", pointer, message);
                Worth::Fixed(0)
            }
        };
        let label = Label::or_id(signal.label.as_ref(), id);
        let number = self.signals;
        self.signals += 1;
        Signal { id: id.to_owned(), label, worth, group: group.flatten(), reads: when.reads(), number, when }
    }

    fn policy(&mut self) -> Vec<PolicyRule> {
        let rules = &self.document.policy;
        let mut seen = BTreeSet::new();
        let mut policy = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            let pointer = format!("/policy/{index}");
            self.name(&format!("{pointer}/id"), &rule.id);
            if !seen.insert(&rule.id) {
                self.found.error("duplicate-rule", format!("{pointer}/id"), "is the id of an earlier rule");
            }
            let last = index + 1 == rules.len();
            let when = match &rule.when {
                WhenDocument::Otherwise(_) => Condition::Always,
                WhenDocument::Condition(condition) => self.conditions(true).read(&format!("{pointer}/when"), condition),
            };
            if matches!(when, Condition::Always) != last {
                let message = "the last rule, and only the last, must be `otherwise`";
                self.found.error("otherwise", format!("{pointer}/when"), message);
            }
            let label = Label::or_id(rule.label.as_ref(), &rule.id);
            let question = rule.question.clone();
            if question.is_some() && rule.outcome != Outcome::Ask {
                let message = "is never asked: the outcome is not `ask`";
                self.found.warning("unused-question", format!("{pointer}/question"), message);
            }
            policy.push(PolicyRule {
                id: rule.id.clone(),
                label,
                reads: when.reads(),
                when,
                outcome: rule.outcome,
                question,
            });
        }
        if rules.is_empty() {
            self.found.error("otherwise", "/policy", "needs at least the rule `otherwise`");
        }
        policy
    }

    fn conditions(&mut self, in_policy: bool) -> Conditions<'_, 'a> {
        let Self { document, names, found, slots, numbers, named, .. } = self;
        Conditions { document, names, found, slots, numbers, named, in_policy, depth: 0 }
    }

    fn name(&mut self, pointer: &str, name: &str) {
        let mut letters = name.chars();
        let good = letters.next().is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && name.len() <= 64;
        if !good {
            self.found.error("name", pointer, "is no name: names match [a-z0-9][a-z0-9-]{0,63}");
        }
    }

    fn in_range(&mut self, pointer: &str, value: i32, least: i32, most: i32) {
        if !(least..=most).contains(&value) {
            self.found.error("range", pointer, format!("must be from {least} to {most}"));
        }
    }

    fn at_most(&mut self, pointer: &str, count: usize, most: usize, what: &str) {
        if count > most {
            self.found.error("limit", pointer, format!("has more than {most} {what}"));
        }
    }
}
