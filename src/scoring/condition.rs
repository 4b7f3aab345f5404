//! Conditions in Kleene's three-valued logic: what is not known is neither true nor false.

use std::cmp::Ordering;

use crate::facts::{FactValue, Facts};
use crate::profile::{Profile, Time};
use crate::reading::Mention;
use crate::ruleset::{AskedFact, Comparison, Condition, Mentions, Operand, Operator, VocabularyId, VocabularySet};

/// True, false or unknown; in this order, so that *and* is the least and *or* the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    False,
    Unknown,
    True,
}

impl Truth {
    pub(super) fn negated(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::True } else { Self::False }
    }
}

/// What is known of a profile when its signals are read.
pub(super) struct Known<'m, 'a> {
    pub(super) profile: &'a Profile<'a>,
    pub(super) mentions: &'m [Mention],
    pub(super) by_vocabulary: &'m ByVocabulary,
    pub(super) facts: &'m Facts,
}

/// The indexes of mentions, grouped by vocabulary, so that a condition looks only at those it asks for.
pub(super) struct ByVocabulary {
    /// The vocabularies that are mentioned at all.
    mentioned: VocabularySet,
    /// Where the group of each vocabulary ends; it begins where the one before ends.
    ends: Vec<u32>,
    indexes: Vec<u32>,
}

impl ByVocabulary {
    pub(super) fn new(mentions: &[Mention], vocabularies: usize) -> Self {
        // A counting sort: first the start of each group, which becomes its end as the group is filled.
        let mut ends = vec![0_u32; vocabularies + 1];
        for mention in mentions {
            if let Some(count) = ends.get_mut(mention.vocabulary as usize + 1) {
                *count += 1;
            }
        }
        let mut total = 0;
        for end in &mut ends {
            total += *end;
            *end = total;
        }
        let mut indexes = vec![0; mentions.len()];
        for (index, mention) in mentions.iter().enumerate() {
            let Some(end) = ends.get_mut(mention.vocabulary as usize) else { continue };
            if let Some(slot) = indexes.get_mut(*end as usize) {
                *slot = index as u32;
            }
            *end += 1;
        }
        let mentioned = mentions.iter().map(|mention| mention.vocabulary).collect();
        Self { mentioned, ends, indexes }
    }

    fn of(&self, vocabulary: VocabularyId) -> &[u32] {
        let end = |at: usize| self.ends.get(at).map_or(0, |&end| end as usize);
        let vocabulary = vocabulary as usize;
        let start = vocabulary.checked_sub(1).map_or(0, end);
        self.indexes.get(start..end(vocabulary)).unwrap_or_default()
    }
}

/// What is known besides when the policy is read.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    /// The score of each category.
    pub(super) scores: &'a [i32],
    /// The winner.
    pub(super) category: Option<usize>,
    /// The second, when it is near.
    pub(super) rival: Option<usize>,
}

/// What a condition came to, and what that rests on; no list repeats itself.
pub(super) struct Finding<'r> {
    pub(super) truth: Truth,
    /// Indexes of the mentions that made it true or, within a negation, false.
    pub(super) mentions: Vec<u32>,
    /// The facts that made it true or false.
    pub(super) facts: Vec<&'r AskedFact>,
    /// The categories that made it true.
    pub(super) categories: Vec<usize>,
    /// The condition that settled it, when it is not true: of several the first.
    pub(super) failed: Option<&'r Condition>,
}

impl<'r> Finding<'r> {
    fn of(truth: Truth, condition: &'r Condition) -> Self {
        let failed = (truth != Truth::True).then_some(condition);
        Self { truth, mentions: Vec::new(), facts: Vec::new(), categories: Vec::new(), failed }
    }

    fn absorb(&mut self, other: Self) {
        unite(&mut self.mentions, other.mentions);
        unite(&mut self.facts, other.facts);
        unite(&mut self.categories, other.categories);
    }
}

/// Most often one of the two is empty, and there is nothing to sort then.
fn unite<T: Ord>(all: &mut Vec<T>, mut more: Vec<T>) {
    if all.is_empty() {
        *all = more;
    } else if !more.is_empty() {
        all.append(&mut more);
        all.sort_unstable();
        all.dedup();
    }
}

impl Known<'_, '_> {
    /// Reads a condition; without a standing, those over scores are unknown.
    pub(super) fn read<'r>(&self, condition: &'r Condition, standing: Option<Standing<'_>>) -> Finding<'r> {
        match condition {
            Condition::Mentions(wanted) => self.mentions(wanted, condition),
            Condition::Fact { fact, test } => {
                let mut finding = Finding::of(self.fact(fact, test), condition);
                if finding.truth != Truth::Unknown {
                    finding.facts.push(fact);
                }
                finding
            }
            Condition::Moved { from, to } => {
                let (truth, mentions) = self.moved(from, to);
                Finding { mentions, ..Finding::of(truth, condition) }
            }
            Condition::Score { category, test } => {
                let score = standing.and_then(|standing| standing.scores.get(*category).copied());
                let truth = score.map_or(Truth::Unknown, |score| compare(Some(&Operand::Number(score.into())), test));
                let mut finding = Finding::of(truth, condition);
                if truth == Truth::True {
                    finding.categories.push(*category);
                }
                finding
            }
            Condition::Category(categories) => {
                let winner = standing.and_then(|standing| standing.category);
                let holds = winner.is_some_and(|winner| categories.contains(&winner));
                let mut finding = Finding::of(holds.into(), condition);
                if holds {
                    finding.categories.extend(winner);
                }
                finding
            }
            Condition::Ambiguous(wanted) => {
                let rival = standing.and_then(|standing| standing.rival);
                let mut finding = Finding::of((rival.is_some() == *wanted).into(), condition);
                if *wanted && let Some(rival) = rival {
                    finding.categories.extend(standing.and_then(|standing| standing.category));
                    finding.categories.push(rival);
                }
                finding
            }
            Condition::Always => Finding::of(Truth::True, condition),
            Condition::Not(inner) => {
                let inner = self.read(inner, standing);
                let finding = Finding::of(inner.truth.negated(), condition);
                Finding { truth: finding.truth, failed: finding.failed, ..inner }
            }
            Condition::All(parts) => self.settle(parts, Ordering::Less, Finding::of(Truth::True, condition), standing),
            Condition::Any(parts) => {
                self.settle(parts, Ordering::Greater, Finding::of(Truth::False, condition), standing)
            }
        }
    }

    /// Finds the least or the greatest of several truths, which rests on all parts that are so, in whatever order.
    fn settle<'r>(
        &self,
        parts: &'r [Condition],
        settling: Ordering,
        of_none: Finding<'r>,
        standing: Option<Standing<'_>>,
    ) -> Finding<'r> {
        let findings = parts.iter().map(|part| self.read(part, standing));
        let settled = findings.reduce(|mut whole, finding| match finding.truth.cmp(&whole.truth) {
            Ordering::Equal => {
                whole.absorb(finding);
                whole
            }
            order if order == settling => finding,
            _ => whole,
        });
        settled.unwrap_or(of_none)
    }

    /// One hit suffices for true; without enough, an absent field or an unknown time leaves it unknown.
    fn mentions<'r>(&self, wanted: &Mentions, condition: &'r Condition) -> Finding<'r> {
        let (hits, perhaps) = self.hits(wanted);
        let truth = if hits.len() >= wanted.at_least {
            Truth::True
        } else if hits.len() + perhaps >= wanted.at_least || !self.profile.present().has_all(wanted.fields) {
            Truth::Unknown
        } else {
            Truth::False
        };
        let mut finding = Finding::of(truth, condition);
        if truth == Truth::True {
            finding.mentions = hits;
        }
        finding
    }

    /// The mentions that are wanted, and the number of those of which the time alone is not known.
    pub(super) fn hits(&self, wanted: &Mentions) -> (Vec<u32>, usize) {
        let mut hits = Vec::new();
        let mut perhaps = 0;
        if !self.by_vocabulary.mentioned.meets(&wanted.among) {
            return (hits, perhaps);
        }
        for (index, mention) in self.in_place(wanted) {
            if !wanted.admits(mention.field, mention.context) {
                continue;
            }
            match (wanted.past, mention.time) {
                (None, _) | (Some(true), Time::Past) | (Some(false), Time::Current) => hits.push(index),
                (Some(_), Time::Unknown) => perhaps += 1,
                (Some(_), _) => {}
            }
        }
        hits.sort_unstable();
        (hits, perhaps)
    }

    /// How many distinct terms these mentions are of.
    pub(super) fn distinct_terms(&self, mentions: &[u32]) -> i32 {
        let term = |&index: &u32| self.mentions.get(index as usize).map(|m| (m.vocabulary, m.term));
        let mut terms: Vec<_> = mentions.iter().map(term).collect();
        terms.sort_unstable();
        terms.dedup();
        i32::try_from(terms.len()).unwrap_or(i32::MAX)
    }

    /// The mentions of the vocabularies in the fields, however they are meant and whatever time they speak of.
    pub(super) fn in_place(&self, wanted: &Mentions) -> impl Iterator<Item = (u32, &Mention)> {
        let vocabularies = self.by_vocabulary.mentioned.both(&wanted.among).iter();
        let indexes = vocabularies.flat_map(|vocabulary| self.by_vocabulary.of(vocabulary));
        let mentions = indexes.filter_map(move |&index| Some((index, self.mentions.get(index as usize)?)));
        mentions.filter(move |(_, mention)| wanted.fields.has(mention.field))
    }

    fn fact(&self, fact: &AskedFact, test: &Comparison) -> Truth {
        let value = self.facts.value(fact).map(|value| match value {
            FactValue::Number(number) => Operand::Number(number),
            FactValue::Integer(number) => Operand::Number(number as f64),
            FactValue::Boolean(truth) => Operand::Boolean(truth),
            FactValue::Keyword(word) => Operand::Keyword(word),
        });
        compare(value.as_ref(), test)
    }
}

/// How a value compares; `None` is an unknown one.
pub(super) fn compare(value: Option<&Operand>, test: &Comparison) -> Truth {
    let first = test.with.first();
    if test.op == Operator::Exists {
        return (first == Some(&Operand::Boolean(value.is_some()))).into();
    }
    let Some(value) = value else { return Truth::Unknown };
    let ordered = |holds: fn(&f64, &f64) -> bool| match (value, first) {
        (Operand::Number(value), Some(Operand::Number(with))) => holds(value, with),
        _ => false,
    };
    let holds = match test.op {
        Operator::Eq => first == Some(value),
        Operator::Ne => first != Some(value),
        Operator::In => test.with.contains(value),
        Operator::Lt => ordered(f64::lt),
        Operator::Lte => ordered(f64::le),
        Operator::Gt => ordered(f64::gt),
        Operator::Gte => ordered(f64::ge),
        Operator::Exists => false,
    };
    holds.into()
}
