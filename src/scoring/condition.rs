//! Conditions in Kleene's three-valued logic: what is not known is neither true nor false.

use super::grounds::Grounds;
use super::scorecard::Scorecard;
use crate::facts::{FactValue, Facts};
use crate::profile::{Profile, Time};
use crate::reading::{Mention, MentionedTerm};
use crate::ruleset::{
    AskedFact, Comparison, Condition, Mentions, Operand, Operator, Reads, Signal, SignalSet, Sought, VocabularyId,
};

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
    pub(super) counts: &'m Counts,
    pub(super) facts: &'m Facts<'m, 'a>,
}

/// A term of a vocabulary, or a composition.
pub(super) type Term = (VocabularyId, MentionedTerm);

/// What mentions are found, by whom.
pub(super) struct Counts {
    /// How many each condition finds, by its number.
    counts: Vec<Count>,
    /// The signals that may fire: all others want a mention that is not there.
    awake: SignalSet,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Count {
    /// Of its vocabularies, in its fields.
    in_place: u32,
    /// The index of the first of these.
    first: u32,
    /// Just those that are wanted.
    pub(super) hits: u32,
    /// Those of which the time alone is not known.
    pub(super) perhaps: u32,
}

impl Counts {
    /// Counts for all conditions at once: a profile mentions few of the vocabularies that they ask for.
    pub(super) fn new(reads: &Reads, mentions: &[Mention]) -> Self {
        let mut counts = vec![Count::default(); reads.conditions];
        let mut awake = reads.always_awake.clone();
        for (index, mention) in (0..).zip(mentions) {
            let lookouts = reads.lookouts(mention.vocabulary).iter();
            for lookout in lookouts.filter(|lookout| lookout.sought.fields.has(mention.field)) {
                let Some(count) = counts.get_mut(lookout.condition as usize) else { continue };
                if count.in_place == 0 {
                    count.first = index;
                }
                count.in_place += 1;
                match is_hit(lookout.sought, mention) {
                    Truth::True => {
                        count.hits += 1;
                        if let Some(signal) = lookout.wakes {
                            awake.insert(signal);
                        }
                    }
                    Truth::Unknown => count.perhaps += 1,
                    Truth::False => {}
                }
            }
        }
        Self { counts, awake }
    }

    fn of(&self, wanted: &Mentions) -> Count {
        self.counts.get(wanted.number as usize).copied().unwrap_or_default()
    }
}

/// Whether a mention in a field that is looked in is wanted.
fn is_hit(sought: Sought, mention: &Mention) -> Truth {
    if sought.context.is_some_and(|context| context != mention.context) {
        return Truth::False;
    }
    match (sought.time, mention.time) {
        (None, _) => Truth::True,
        (Some(wanted), time) if wanted == time => Truth::True,
        (Some(_), Time::Unknown) => Truth::Unknown,
        (Some(_), _) => Truth::False,
    }
}

/// What a condition came to.
#[derive(Clone, Copy)]
pub(super) struct Finding<'r> {
    pub(super) truth: Truth,
    /// The condition that settled it, when it is not true: of several the first.
    pub(super) failed: Option<&'r Condition>,
}

impl<'r> Finding<'r> {
    fn of(truth: Truth, condition: &'r Condition) -> Self {
        Self { truth, failed: (truth != Truth::True).then_some(condition) }
    }
}

impl Known<'_, '_> {
    /// The signals of a category but for those that certainly stay silent, for want of a mention that they look for.
    pub(super) fn awake<'r>(&self, signals: &'r [Signal]) -> impl Iterator<Item = &'r Signal> {
        let first = signals.first().map_or(0, |signal| signal.number);
        self.counts.awake.beginning_at(first).map_while(move |number| signals.get((number - first) as usize))
    }

    /// Tells what a condition comes to; without a scorecard, those over scores are unknown.
    pub(super) fn truth(&self, condition: &Condition, scorecard: Option<&Scorecard<'_>>) -> Truth {
        self.find(condition, scorecard).truth
    }

    /// Tells what a condition comes to, and why it is not true.
    pub(super) fn find<'r>(&self, condition: &'r Condition, scorecard: Option<&Scorecard<'_>>) -> Finding<'r> {
        let truth = match condition {
            Condition::All(parts) => return self.find_all(parts, scorecard),
            Condition::Any(parts) => return self.find_any(condition, parts, scorecard),
            Condition::Not(inner) => self.truth(inner, scorecard).negated(),
            Condition::Mentions(wanted) => self.mentioned(wanted),
            Condition::Fact { fact, test } => self.fact(fact, test),
            Condition::Moved { from, to } => self.moved(from, to).0,
            Condition::Score { category, test } => {
                let score = scorecard.and_then(|scorecard| scorecard.scores.get(*category));
                score.map_or(Truth::Unknown, |score| compare(Some(&Operand::Number(score.clamped().into())), test))
            }
            Condition::Category(categories) => {
                let winner = scorecard.and_then(|scorecard| scorecard.category);
                winner.is_some_and(|winner| categories.contains(&winner)).into()
            }
            Condition::Ambiguous(wanted) => {
                let rival = scorecard.and_then(|scorecard| scorecard.rival);
                (rival.is_some() == *wanted).into()
            }
            Condition::Always => Truth::True,
        };
        Finding::of(truth, condition)
    }

    /// The first of the parts that are the least true.
    fn find_all<'r>(&self, parts: &'r [Condition], scorecard: Option<&Scorecard<'_>>) -> Finding<'r> {
        let mut whole = Finding { truth: Truth::True, failed: None };
        for part in parts {
            let finding = self.find(part, scorecard);
            if finding.truth < whole.truth {
                whole = finding;
            }
            if whole.truth == Truth::False {
                break;
            }
        }
        whole
    }

    /// The first of the parts that are the most true; of none, the whole.
    fn find_any<'r>(
        &self,
        whole: &'r Condition,
        parts: &'r [Condition],
        scorecard: Option<&Scorecard<'_>>,
    ) -> Finding<'r> {
        let mut most: Option<Finding<'r>> = None;
        for part in parts {
            let finding = self.find(part, scorecard);
            if most.is_none_or(|most| finding.truth > most.truth) {
                most = Some(finding);
            }
            if finding.truth == Truth::True {
                break;
            }
        }
        most.unwrap_or(Finding { truth: Truth::False, failed: Some(whole) })
    }

    /// Tells what a condition comes to, and adds what that rests on to the grounds: mentions that made it true or, within
    /// a negation, false; facts that made it true or false; categories that made it true. None is added twice.
    pub(super) fn read<'r>(
        &self,
        condition: &'r Condition,
        scorecard: Option<&Scorecard<'_>>,
        grounds: &mut Grounds<'r>,
    ) -> Truth {
        match condition {
            Condition::Not(inner) => return self.read(inner, scorecard, grounds).negated(),
            Condition::All(parts) => return self.read_parts(parts, Truth::True, Truth::min, scorecard, grounds),
            Condition::Any(parts) => return self.read_parts(parts, Truth::False, Truth::max, scorecard, grounds),
            _ => {}
        }
        let truth = self.truth(condition, scorecard);
        match (condition, truth) {
            (Condition::Mentions(wanted), Truth::True) => {
                grounds.mentions.extend(self.hits(wanted).map(|(index, _)| index));
            }
            (Condition::Moved { from, to }, Truth::True) => grounds.mentions.append(&mut self.moved(from, to).1),
            (Condition::Fact { fact, .. }, Truth::True | Truth::False) => grounds.facts.push(fact),
            (Condition::Score { category, .. }, Truth::True) => grounds.categories.push(*category),
            (Condition::Category(_), Truth::True) => {
                grounds.categories.extend(scorecard.and_then(|scorecard| scorecard.category));
            }
            (Condition::Ambiguous(true), Truth::True) => {
                grounds.categories.extend(scorecard.and_then(|scorecard| scorecard.category));
                grounds.categories.extend(scorecard.and_then(|scorecard| scorecard.rival));
            }
            _ => {}
        }
        truth
    }

    /// The whole rests on all parts that came to the same, in whatever order they stand.
    fn read_parts<'r>(
        &self,
        parts: &'r [Condition],
        of_none: Truth,
        join: fn(Truth, Truth) -> Truth,
        scorecard: Option<&Scorecard<'_>>,
        grounds: &mut Grounds<'r>,
    ) -> Truth {
        let start = grounds.end();
        let mut whole: Option<Truth> = None;
        for part in parts {
            let before = grounds.end();
            let truth = self.read(part, scorecard, grounds);
            let joined = whole.map_or(truth, |whole| join(whole, truth));
            if joined != truth {
                grounds.remove(before..grounds.end());
            } else if whole.is_none_or(|whole| whole == truth) {
                grounds.unite(&(start..before));
            } else {
                grounds.remove(start..before);
            }
            whole = Some(joined);
        }
        whole.unwrap_or(of_none)
    }

    /// One hit suffices for true; without enough, an absent field or an unknown time leaves it unknown.
    fn mentioned(&self, wanted: &Mentions) -> Truth {
        let Count { hits, perhaps, .. } = self.count(wanted);
        if hits >= wanted.at_least {
            Truth::True
        } else if hits + perhaps >= wanted.at_least || !self.profile.present().has_all(wanted.sought.fields) {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// How many mentions are wanted, and of how many more the time alone is not known.
    pub(super) fn count(&self, wanted: &Mentions) -> Count {
        self.counts.of(wanted)
    }

    /// The mentions that are wanted, in order, each with its index.
    pub(super) fn hits(&self, wanted: &Mentions) -> impl Iterator<Item = (u32, &Mention)> {
        let hits = self.in_place(wanted).filter(|(_, mention)| is_hit(wanted.sought, mention) == Truth::True);
        hits.take(self.count(wanted).hits as usize)
    }

    /// How many distinct terms these mentions are of; `terms` is room to sort them in.
    pub(super) fn distinct_terms(&self, mentions: &[u32], terms: &mut Vec<Term>) -> i32 {
        let term = |&index: &u32| self.mentions.get(index as usize).map(|mention| (mention.vocabulary, mention.term));
        terms.clear();
        terms.extend(mentions.iter().filter_map(term));
        terms.sort_unstable();
        terms.dedup();
        i32::try_from(terms.len()).unwrap_or(i32::MAX)
    }

    /// The mentions of the vocabularies in the fields, however they are meant and whatever time they speak of, in order.
    pub(super) fn in_place(&self, wanted: &Mentions) -> impl Iterator<Item = (u32, &Mention)> {
        let Count { in_place, first, .. } = self.count(wanted);
        let is_in_place =
            |mention: &Mention| wanted.sought.fields.has(mention.field) && wanted.among.has(mention.vocabulary);
        let all = (first..).zip(self.mentions.get(first as usize..).unwrap_or_default());
        all.filter(move |(_, mention)| is_in_place(mention)).take(in_place as usize)
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
    compare_with(value, test.op, &test.with)
}

/// How a value compares with one or, for [`Operator::In`], with several.
pub(super) fn compare_with(value: Option<&Operand>, op: Operator, with: &[Operand]) -> Truth {
    match value {
        Some(value) => op.holds(value, with).into(),
        None if op == Operator::Exists => (with.first() == Some(&Operand::Boolean(false))).into(),
        None => Truth::Unknown,
    }
}
