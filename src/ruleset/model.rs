//! A rule set whose names are resolved and whose values are in bounds.

use std::borrow::Cow;

use super::fact_words::FactWords;
use super::{CategoryKind, Context, Label, Operator, Outcome};
use crate::fact_catalog::Fact;
use crate::profile::{FieldSet, PartSet, Time};
use crate::text::{LexemeId, WordingId};

/// Number of a vocabulary, in the order of their names; a union has none.
pub type VocabularyId = u32;
/// Number of a term, in the order of its vocabulary.
pub type TermId = u32;
/// Number of a category, in the order of their ids.
pub type CategoryId = usize;

/// The most words of a phrase.
pub const MOST_WORDS: usize = 16;
/// The farthest that a context reaches, in words.
pub const MOST_REACH: u32 = 20;

/// A valid rule set.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of the document of the same names")]
pub struct RuleSet {
    pub margin: i32,
    pub vocabularies: Vec<Vocabulary>,
    pub abbreviations: Vec<Abbreviation>,
    pub contexts: Vec<ContextRule>,
    pub facts: FactWords,
    pub categories: Vec<Category>,
    pub policy: Vec<PolicyRule>,
}

/// A vocabulary.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Its name.
    pub name: String,
    /// Where its mentions come from.
    pub source: Source,
}

/// Where the mentions of a vocabulary come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// From terms.
    Terms(Vec<Term>),
    /// From two other vocabularies.
    Composition {
        /// The vocabulary of heads.
        head: VocabularyId,
        /// The vocabulary of domains.
        with: VocabularyId,
        /// The most words from one to the other.
        within: u32,
        /// Whether it binds over a spaced dash, and nothing else.
        dashed: bool,
        /// The vocabulary behind whose terms none is bound.
        not_after: Option<VocabularyId>,
    },
}

/// A term, as it is written and as it can stand in a text.
#[derive(Clone, Debug)]
pub struct Term {
    /// The term as the rule set has it.
    pub text: String,
    /// Its words, by their number in the lexicon that it was read with.
    pub words: WordingId,
}

/// A short form of a word, both by their numbers in the lexicon that they were read with.
#[derive(Clone, Copy, Debug)]
pub struct Abbreviation {
    /// The short form.
    pub short: LexemeId,
    /// The word.
    pub word: LexemeId,
}

/// Triggers of a context that reach equally far, each as its words, by their number in the lexicon that it was read with. Those
/// that speak of their neighbour alone are a rule of their own.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of the document of the same names")]
pub struct ContextRule {
    pub context: Context,
    pub precedes: Vec<WordingId>,
    pub follows: Vec<WordingId>,
    pub stops: Vec<WordingId>,
    /// Whether a comma ends the reach; the document says so with `","` among the stops.
    pub stops_at_comma: bool,
    /// Whether its triggers speak of their neighbour alone.
    pub is_beside: bool,
    pub reach: u32,
}

/// A category.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of the document of the same names")]
pub struct Category {
    pub id: String,
    pub kind: CategoryKind,
    pub label: Label,
    pub threshold: i32,
    pub cap: Option<i32>,
    pub groups: Vec<Group>,
    pub signals: Vec<Signal>,
}

/// A group of signals.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of the document of the same names")]
pub struct Group {
    pub id: String,
    pub cap: i32,
}

/// A signal.
#[derive(Clone, Debug)]
pub struct Signal {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub label: Label,
    /// What it is worth.
    pub worth: Worth,
    /// The index of its group in the category.
    pub group: Option<usize>,
    /// When it fires.
    pub when: Condition,
    /// The parts of a profile that this hangs on.
    pub reads: PartSet,
    /// Its number among all signals, in the order of the categories and then of their signals.
    pub number: u32,
}

/// What a signal is worth when it fires.
#[derive(Clone, Copy, Debug)]
pub enum Worth {
    /// Always the same.
    Fixed(i32),
    /// So much for each distinct term, up to a bound.
    Each {
        /// Points for one term.
        points: i32,
        /// The bound.
        most: i32,
    },
}

/// A condition over mentions, facts and, in a policy, scores.
#[derive(Clone, Debug)]
pub enum Condition {
    /// Terms stand in the profile.
    Mentions(Mentions),
    /// A fact compares so.
    Fact {
        /// The fact.
        fact: AskedFact,
        /// How it compares.
        test: Comparison,
    },
    /// Words stand in the title of a position, and others in that of a later one.
    Moved {
        /// The words of the earlier one.
        from: Mentions,
        /// The words of the later one.
        to: Mentions,
    },
    /// The score of a category compares so.
    Score {
        /// The category.
        category: CategoryId,
        /// How it compares.
        test: Comparison,
    },
    /// The winning category is one of these.
    Category(Vec<CategoryId>),
    /// Whether a second category is near.
    Ambiguous(bool),
    /// All hold.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// Always.
    Always,
}

impl Condition {
    /// Tells whether it cannot hold without a mention that some condition in it looks for.
    #[must_use]
    pub fn needs_mention(&self) -> bool {
        match self {
            Self::Mentions(_) | Self::Moved { .. } => true,
            Self::All(parts) => parts.iter().any(Self::needs_mention),
            Self::Any(parts) => parts.iter().all(Self::needs_mention),
            Self::Not(_) | Self::Fact { .. } => false,
            Self::Score { .. } | Self::Category(_) | Self::Ambiguous(_) | Self::Always => false,
        }
    }

    /// The parts of a profile that it hangs on, but for the scores.
    #[must_use]
    pub fn reads(&self) -> PartSet {
        let of = |mentions: &Mentions| mentions.sought.fields.iter().map(|field| field.entry().part).collect();
        match self {
            Self::Mentions(mentions) => of(mentions),
            Self::Moved { from, to } => of(from).with(of(to)),
            Self::Fact { fact, .. } => fact.fact.row().parts.iter().copied().collect(),
            Self::All(parts) | Self::Any(parts) => parts.iter().fold(PartSet::NONE, |all, it| all.with(it.reads())),
            Self::Not(inner) => inner.reads(),
            Self::Score { .. } | Self::Category(_) | Self::Ambiguous(_) | Self::Always => PartSet::NONE,
        }
    }
}

/// A fact as a rule asks for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AskedFact {
    /// The fact.
    pub fact: Fact,
    /// The vocabularies by whose roles it goes, in their order; none when it goes by none.
    pub of: Vec<VocabularyId>,
    /// The same vocabularies, to be asked for one.
    pub among: VocabularySet,
    /// What answers call it: `career.years`, `career.years[finance-roles]`.
    pub name: Cow<'static, str>,
    /// Where its value stands among those of a profile: that of the fact, or a later one of its own.
    pub slot: usize,
}

impl From<Fact> for AskedFact {
    fn from(fact: Fact) -> Self {
        Self {
            fact,
            of: Vec::new(),
            among: VocabularySet::default(),
            name: fact.row().name.into(),
            slot: fact as usize,
        }
    }
}

/// Terms that stand in a profile.
#[derive(Clone, Debug)]
pub struct Mentions {
    /// The number of this condition among all over mentions.
    pub number: u32,
    /// The vocabularies, in the order in which they are written.
    pub of: Vec<VocabularyId>,
    /// What the condition names: these vocabularies, or unions and disciplines of them.
    pub named: Vec<String>,
    /// The same vocabularies, to be asked for one.
    pub among: VocabularySet,
    /// Which of their mentions.
    pub sought: Sought,
    /// How many there must be.
    pub at_least: u32,
}

/// Which mentions of its vocabularies a condition looks for.
#[derive(Clone, Copy, Debug)]
pub struct Sought {
    /// The fields.
    pub fields: FieldSet,
    /// The time, current or past; `None` for any.
    pub time: Option<Time>,
    /// The context, `None` for any.
    pub context: Option<Context>,
}

/// The most vocabularies of a rule set.
pub(super) const MOST_VOCABULARIES: usize = 500;

const SET_WORDS: usize = MOST_VOCABULARIES.div_ceil(64);

/// A set of vocabularies, one bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct VocabularySet([u64; SET_WORDS]);

impl VocabularySet {
    /// Takes a vocabulary in.
    #[inline]
    pub fn insert(&mut self, vocabulary: VocabularyId) {
        if let Some(word) = self.0.get_mut(vocabulary as usize / 64) {
            *word |= 1 << (vocabulary % 64);
        }
    }

    /// Tells whether a vocabulary is in the set.
    #[inline]
    #[must_use]
    pub fn has(&self, vocabulary: VocabularyId) -> bool {
        self.0.get(vocabulary as usize / 64).is_some_and(|word| word >> (vocabulary % 64) & 1 != 0)
    }

    /// Tells whether a vocabulary is in both sets.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(one, other)| one & other != 0)
    }

    /// The vocabularies of the set, in the order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = VocabularyId> {
        (0..MOST_VOCABULARIES as VocabularyId).filter(|&vocabulary| self.has(vocabulary))
    }
}

impl FromIterator<VocabularyId> for VocabularySet {
    fn from_iter<I: IntoIterator<Item = VocabularyId>>(vocabularies: I) -> Self {
        let mut set = Self::default();
        vocabularies.into_iter().for_each(|vocabulary| set.insert(vocabulary));
        set
    }
}

/// A comparison with one value or, for [`Operator::In`], with several.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The operator.
    pub op: Operator,
    /// The values.
    pub with: Vec<Operand>,
}

impl Operator {
    /// Tells how a known value compares with one or, for [`Self::In`], with several.
    #[must_use]
    pub fn holds(self, value: &Operand, with: &[Operand]) -> bool {
        let first = with.first();
        let ordered = |holds: fn(&f64, &f64) -> bool| match (value, first) {
            (Operand::Number(value), Some(Operand::Number(with))) => holds(value, with),
            _ => false,
        };
        match self {
            Self::Eq => first == Some(value),
            Self::Ne => first != Some(value),
            Self::In => with.contains(value),
            Self::Lt => ordered(f64::lt),
            Self::Lte => ordered(f64::le),
            Self::Gt => ordered(f64::gt),
            Self::Gte => ordered(f64::ge),
            Self::Exists => first == Some(&Operand::Boolean(true)),
        }
    }
}

/// A value that facts are compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A word of the fact's list.
    Keyword(&'static str),
}

/// A rule of the policy.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of the document of the same names")]
pub struct PolicyRule {
    pub id: String,
    pub label: Label,
    pub when: Condition,
    /// The parts of a profile that this hangs on, but for the scores.
    pub reads: PartSet,
    pub outcome: Outcome,
    pub question: Option<Label>,
}
