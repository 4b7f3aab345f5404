//! Conditions in Kleene's three-valued logic: what is not known is neither true nor false.

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
    /// Tells what a condition comes to; without a standing, those over scores are unknown.
    pub(super) fn truth(&self, condition: &Condition, standing: Option<Standing<'_>>) -> Truth {
        match condition {
            Condition::Mentions(wanted) => self.mentioned(wanted),
            Condition::Fact { fact, test } => self.fact(fact, test),
            Condition::Moved { from, to } => self.moved(from, to).0,
            Condition::Score { category, test } => {
                let score = standing.and_then(|standing| standing.scores.get(*category).copied());
                score.map_or(Truth::Unknown, |score| compare(Some(&Operand::Number(score.into())), test))
            }
            Condition::Category(categories) => {
                let winner = standing.and_then(|standing| standing.category);
                winner.is_some_and(|winner| categories.contains(&winner)).into()
            }
            Condition::Ambiguous(wanted) => {
                let rival = standing.and_then(|standing| standing.rival);
                (rival.is_some() == *wanted).into()
            }
            Condition::Always => Truth::True,
            Condition::Not(inner) => self.truth(inner, standing).negated(),
            Condition::All(parts) => self.settle(parts, Truth::False, Truth::min, standing),
            Condition::Any(parts) => self.settle(parts, Truth::True, Truth::max, standing),
        }
    }

    /// Joins the truths of several parts, until one settles it.
    fn settle(
        &self,
        parts: &[Condition],
        settling: Truth,
        join: fn(Truth, Truth) -> Truth,
        standing: Option<Standing<'_>>,
    ) -> Truth {
        let mut whole = settling.negated();
        for part in parts {
            whole = join(whole, self.truth(part, standing));
            if whole == settling {
                break;
            }
        }
        whole
    }

    /// Finds what the truth of a condition rests on.
    pub(super) fn read<'r>(&self, condition: &'r Condition, standing: Option<Standing<'_>>) -> Finding<'r> {
        let truth = self.truth(condition, standing);
        let mut finding = Finding::of(truth, condition);
        match condition {
            Condition::Mentions(wanted) if truth == Truth::True => finding.mentions = self.hits(wanted),
            Condition::Fact { fact, .. } if truth != Truth::Unknown => finding.facts.push(fact),
            Condition::Moved { from, to } => finding.mentions = self.moved(from, to).1,
            Condition::Score { category, .. } if truth == Truth::True => finding.categories.push(*category),
            Condition::Category(_) if truth == Truth::True => {
                finding.categories.extend(standing.and_then(|standing| standing.category));
            }
            Condition::Ambiguous(true) if truth == Truth::True => {
                finding.categories.extend(standing.and_then(|standing| standing.category));
                finding.categories.extend(standing.and_then(|standing| standing.rival));
            }
            Condition::Not(inner) => {
                let inner = self.read(inner, standing);
                finding = Finding { truth, failed: finding.failed, ..inner };
            }
            // It rests on all parts that came to the same, in whatever order they stand.
            Condition::All(parts) | Condition::Any(parts) => {
                let settling = parts.iter().filter(|part| self.truth(part, standing) == truth);
                let findings = settling.map(|part| self.read(part, standing));
                let whole = findings.reduce(|mut whole, finding| {
                    whole.absorb(finding);
                    whole
                });
                finding = whole.unwrap_or(finding);
            }
            _ => {}
        }
        finding
    }

    /// One hit suffices for true; without enough, an absent field or an unknown time leaves it unknown.
    fn mentioned(&self, wanted: &Mentions) -> Truth {
        let (hits, perhaps) = self.count(wanted);
        if hits >= wanted.at_least {
            Truth::True
        } else if hits + perhaps >= wanted.at_least || !self.profile.present().has_all(wanted.fields) {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// How many mentions are wanted, and of how many more the time alone is not known.
    pub(super) fn count(&self, wanted: &Mentions) -> (usize, usize) {
        // So it is for most conditions.
        if !self.by_vocabulary.mentioned.meets(&wanted.among) {
            return (0, 0);
        }
        self.admitted(wanted).fold((0, 0), |(hits, perhaps), (_, is_hit)| match is_hit {
            Truth::True => (hits + 1, perhaps),
            Truth::Unknown => (hits, perhaps + 1),
            Truth::False => (hits, perhaps),
        })
    }

    /// The mentions that are wanted, in order.
    pub(super) fn hits(&self, wanted: &Mentions) -> Vec<u32> {
        let hits = self.admitted(wanted).filter(|&(_, is_hit)| is_hit == Truth::True);
        let mut hits: Vec<u32> = hits.map(|(index, _)| index).collect();
        hits.sort_unstable();
        hits
    }

    /// The mentions that are wanted but for their time, and whether that is the wanted one too.
    fn admitted(&self, wanted: &Mentions) -> impl Iterator<Item = (u32, Truth)> {
        let admitted = self.in_place(wanted).filter(|(_, mention)| wanted.admits(mention.field, mention.context));
        admitted.map(|(index, mention)| match (wanted.past, mention.time) {
            (None, _) | (Some(true), Time::Past) | (Some(false), Time::Current) => (index, Truth::True),
            (Some(_), Time::Unknown) => (index, Truth::Unknown),
            (Some(_), _) => (index, Truth::False),
        })
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
