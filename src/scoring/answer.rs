//! The answer as it travels.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::condition::Known;
use super::decision::Decision;
use super::scorecard::{Part, Score, Scorecard};
use super::silent::SilentSignal;
use super::summary::Teller;
use super::why::{self, Counterfactual, Search, Why};
use super::{Explain, Inquiry, Revision, SEMANTICS, question};
use crate::facts::{FactValue, Move, MoveKind, Place};
use crate::profile::import::Format;
use crate::profile::{self, Field, Owner, PartialDate, Pointer, Time};
use crate::reading::Mention;
use crate::ruleset::{AskedFact, CategoryKind, CompiledRuleSet, Context, Outcome};

/// A judged profile.
#[derive(Debug, Serialize, ToSchema)]
pub struct Answer<'a> {
    /// The caller's key of the profile.
    #[schema(required)]
    pub id: Option<&'a str>,
    /// The category with the most points among those reached, traits apart.
    #[schema(required)]
    pub category: Option<&'a str>,
    /// Whether a second category was reached within the rule set's margin.
    pub ambiguous: bool,
    /// What to do, and why.
    pub decision: DecisionAnswer<'a>,
    /// The decision in a line or two, for people, in the language that was asked for. Not given with `explain=none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "Connect: a wanted interest. Business development 65 (threshold 50): works in corporate finance (“Treasurer”)."
    )]
    pub summary: Option<String>,
    /// All categories, by points, then id.
    pub scores: Vec<ScoreAnswer<'a>>,
    /// The facts that the rules read, where they are known.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_object")]
    #[schema(value_type = BTreeMap<String, FactValue>)]
    pub facts: Vec<(&'a str, FactValue)>,
    /// How the career moved, in the order of the dates; of each kind the first, and every promotion. Not given with
    /// `explain=none`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<MoveAnswer<'a>>,
    /// Parts of the profile that were not given.
    pub missing: Vec<profile::Part>,
    /// Whether nothing that is missing, relationship and invitation included, could change the outcome, with
    /// `explain=full`. Where that cannot be told it is `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub settled: Option<bool>,
    /// What would have made another outcome, with `explain=full`: the smallest sets of signals, then the smallest change of
    /// one integer of the rule set. Signals that read the relationship are never among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 4)]
    pub counterfactuals: Option<Vec<Counterfactual<'a>>>,
    /// How far the sets of signals were searched, with `explain=full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub search: Option<Search>,
    /// The revision that judged.
    pub rule_set: RuleSetName<'a>,
    /// The owner document that was read.
    #[schema(required)]
    pub owner: Option<OwnerName<'a>>,
    /// The foreign form that the profile was read from; absent when it came as a profile document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub format: Option<Format>,
    /// Version of the way this service judges.
    pub semantics: u32,
    /// The day of judgement.
    #[schema(example = "2026-11-23")]
    pub as_of: String,
}

impl Answer<'_> {
    /// The word for the decision's outcome.
    #[must_use]
    pub fn outcome(&self) -> &'static str {
        match self.decision.outcome {
            Outcome::Connect => "connect",
            Outcome::Ask => "ask",
            Outcome::Review => "review",
            Outcome::Decline => "decline",
        }
    }
}

/// Writes facts as one object.
fn as_object<S: Serializer>(facts: &[(&str, FactValue)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(facts.iter().copied())
}

/// What to do, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionAnswer<'a> {
    /// What to do.
    pub outcome: Outcome,
    /// The rule of the policy that said so.
    pub rule: &'a str,
    /// What the rule rests on: facts; signals, the weightiest first; vocabularies that it asks for itself.
    pub reasons: Vec<&'a str>,
    /// What the rule itself read in the texts. Not given with `explain=none`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence<'a>>,
    /// The facts that the rule itself rests on. Not given with `explain=none`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactAnswer<'a>>,
    /// The parts of the profile to ask for, when the outcome is `ask`, the one first that could change most: the number of
    /// outcomes that it makes possible alone, then the points. Never the relationship nor the invitation.
    pub ask_for: Vec<profile::Part>,
    /// What to ask the person, when the outcome is `ask` and the rule has a question, in French if their profile is and
    /// otherwise in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub question: Option<String>,
}

/// A rule set's revision.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleSetName<'a> {
    /// The rule set.
    pub name: &'a str,
    /// Its revision.
    pub revision: u64,
}

/// An owner document's revision.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnerName<'a> {
    /// The owner document.
    pub id: &'a str,
    /// Its digest.
    pub digest: &'a str,
}

/// A move from one position to a later one.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoveAnswer<'a> {
    /// Its kind.
    #[serde(rename = "move")]
    pub kind: MoveKind,
    /// When the later position began, as the profile has it.
    #[schema(value_type = String, example = "2019-03")]
    pub on: PartialDate,
    /// JSON Pointer to the earlier title, in the document as submitted.
    #[schema(value_type = String, example = "/positions/1/title")]
    pub from: Pointer<'a>,
    /// JSON Pointer to the later title.
    #[schema(value_type = String, example = "/positions/0/title")]
    pub to: Pointer<'a>,
}

/// The score of a category.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreAnswer<'a> {
    /// The category.
    pub category: &'a str,
    /// What it is for.
    pub kind: CategoryKind,
    /// The points, clamped to 0…100.
    #[schema(minimum = 0, maximum = 100)]
    pub score: i32,
    /// The sum of the contributions.
    pub points: i32,
    /// The points at which it is reached.
    pub threshold: i32,
    /// Whether it is reached.
    pub reached: bool,
    /// The parts of the points; they add up. Not given with `explain=none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub contributions: Option<Vec<ContributionAnswer<'a>>>,
    /// The signals that did not fire, with `explain=full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub silent: Option<Vec<SilentSignal<'a>>>,
}

/// A part of a category's points: of a signal, or taken away by a cap.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContributionAnswer<'a> {
    /// The signal that fired.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub signal: Option<&'a str>,
    /// The group or category whose cap took points away.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cap: Option<&'a str>,
    /// The points.
    pub points: i32,
    /// What was read in the texts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence<'a>>,
    /// The facts it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactAnswer<'a>>,
}

/// A quotation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Evidence<'a> {
    /// JSON Pointer (RFC 6901) of the text in the document as submitted.
    #[schema(value_type = String, example = "/headline")]
    pub field: Pointer<'a>,
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// What stands there, to the letter.
    pub text: &'a str,
    /// The term of the vocabulary; `head + domain` for a composition.
    pub term: Cow<'a, str>,
    /// The vocabulary.
    pub vocabulary: &'a str,
    /// How it is meant.
    pub context: Context,
    /// The time it speaks of.
    pub time: Time,
}

/// A fact that a contribution rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactAnswer<'a> {
    /// The fact, with the vocabularies or disciplines that it goes by: `career.years[finance-roles]`.
    pub fact: &'a str,
    /// Its value; absent when the signal fired because it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub value: Option<FactValue>,
    /// JSON Pointers of the places it was read from, in the document as submitted; nothing stands there when the fact is
    /// that something is absent. Left out where an imported document has no such place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub read_from: Vec<&'a str>,
    /// The words that it was read from, when it is one that reads words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote<'a>>,
}

/// Words that a fact was read from.
#[derive(Debug, Serialize, ToSchema)]
pub struct Quote<'a> {
    /// Whose document it is, when it is not that of the person judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub document: Option<QuotedDocument>,
    /// JSON Pointer (RFC 6901) of the text in the document as submitted.
    #[schema(value_type = String, example = "/positions/0/title")]
    pub field: Pointer<'a>,
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// What stands there, to the letter.
    pub text: &'a str,
}

/// A document that is quoted beside that of the person judged.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuotedDocument {
    /// The owner's.
    Owner,
}

/// Writes an answer from what the evaluation found; it evaluates nothing itself.
pub(super) struct Writer<'w, 'a> {
    pub(super) rules: &'a CompiledRuleSet,
    pub(super) known: &'w Known<'w, 'a>,
    pub(super) owner: Option<&'a Owner>,
    pub(super) scorecard: &'w Scorecard<'a>,
    pub(super) as_of: Date,
}

impl<'a> Writer<'_, 'a> {
    pub(super) fn write(&self, revision: Revision<'a>, decision: Decision<'a>, inquiry: &Inquiry<'a>) -> Answer<'a> {
        let explain = inquiry.explain;
        let missing = self.missing();
        let mut scores: Vec<_> = self.scorecard.scores.iter().collect();
        scores.sort_by_key(|score| Reverse(score.points));
        let scores = scores.into_iter().map(|score| self.score(score, explain)).collect();
        let why = (explain == Explain::Full).then(|| why::explain(self.rules.rules(), self.known, self.scorecard));
        let ask_for = match decision.outcome {
            Outcome::Ask => why::ask_for(self.rules.rules(), self.known, self.scorecard, &missing),
            Outcome::Connect | Outcome::Review | Outcome::Decline => Vec::new(),
        };
        let winner = self.scorecard.category.and_then(|index| self.scorecard.scores.get(index));
        let asked = decision.question.filter(|_| decision.outcome == Outcome::Ask);
        let question = asked.and_then(|question| question::write(question, self.known.profile, &ask_for));
        let teller = || Teller { known: self.known, scorecard: self.scorecard, tongue: inquiry.language };
        let summary = (explain != Explain::None).then(|| teller().tell(&decision, &ask_for));
        Answer {
            id: self.known.profile.id(),
            category: winner.map(|score| score.category.id.as_str()),
            ambiguous: self.scorecard.rival.is_some(),
            decision: DecisionAnswer {
                outcome: decision.outcome,
                rule: decision.rule,
                reasons: decision.reasons,
                evidence: if explain == Explain::None { Vec::new() } else { self.quotations(&decision.mentions) },
                facts: decision.facts.iter().filter(|_| explain != Explain::None).map(|fact| self.fact(fact)).collect(),
                ask_for,
                question,
            },
            summary,
            scores,
            facts: if explain == Explain::None { Vec::new() } else { self.facts() },
            moves: if explain == Explain::None { Vec::new() } else { self.moves() },
            missing,
            settled: why.as_ref().map(|why| why.settled),
            search: why.as_ref().map(Why::search),
            counterfactuals: why.map(|why| why.write(self.rules)),
            rule_set: RuleSetName { name: revision.name, revision: revision.revision },
            owner: self.owner.map(|owner| OwnerName { id: &owner.id, digest: &owner.digest }),
            format: self.known.profile.format(),
            semantics: SEMANTICS,
            as_of: self.as_of.to_string(),
        }
    }

    fn score(&self, score: &Score<'a>, explain: Explain) -> ScoreAnswer<'a> {
        let contributions = || self.scorecard.parts(score).iter().map(|part| self.contribution(part)).collect();
        let silent = || score.silent.iter().map(|silent| self.silent(silent)).collect();
        ScoreAnswer {
            category: &score.category.id,
            kind: score.category.kind,
            score: score.clamped(),
            points: score.points,
            threshold: score.category.threshold,
            reached: score.reached(),
            contributions: (explain != Explain::None).then(contributions),
            silent: (explain == Explain::Full).then(silent),
        }
    }

    fn contribution(&self, part: &Part<'a>) -> ContributionAnswer<'a> {
        match part {
            Part::Cap { of, points } => ContributionAnswer {
                signal: None,
                cap: Some(of),
                points: *points,
                evidence: Vec::new(),
                facts: Vec::new(),
            },
            Part::Signal { signal, points, grounds } => ContributionAnswer {
                signal: Some(&signal.id),
                cap: None,
                points: *points,
                evidence: self.quotations(self.scorecard.grounds.mentions(grounds)),
                facts: self.scorecard.grounds.facts(grounds).iter().map(|fact| self.fact(fact)).collect(),
            },
        }
    }

    pub(super) fn quotations(&self, mentions: &[u32]) -> Vec<Evidence<'a>> {
        let mut quotations = Vec::with_capacity(mentions.len());
        let quote = |&index: &u32| self.evidence(self.known.mentions.get(index as usize)?);
        quotations.extend(mentions.iter().filter_map(quote));
        quotations
    }

    fn evidence(&self, mention: &Mention) -> Option<Evidence<'a>> {
        let Quote { field, start, end, text, .. } = self.quote(&Place::of(mention))?;
        Some(Evidence {
            field,
            start,
            end,
            text,
            term: mention.term_text(self.rules),
            vocabulary: self.rules.vocabulary_name(mention.vocabulary),
            context: mention.context,
            time: mention.time,
        })
    }

    fn quote(&self, place: &Place) -> Option<Quote<'a>> {
        let profile = if place.owner { &self.owner?.profile } else { self.known.profile };
        let text = profile.texts().get(place.text as usize)?;
        let Range { start, end } = text.code_points(place.start..place.end)?;
        let piece = profile.origins().and_then(|origins| origins.piece(&text.pointer().to_string(), start));
        let (field, before, from) = match piece {
            Some(piece) => (Pointer::Submitted(&piece.pointer), piece.start, piece.from),
            None => (text.pointer(), 0, 0),
        };
        Some(Quote {
            document: place.owner.then_some(QuotedDocument::Owner),
            field,
            start: start - before + from,
            end: end - before + from,
            text: text.text.get(place.start as usize..place.end as usize)?,
        })
    }

    pub(super) fn fact(&self, fact: &'a AskedFact) -> FactAnswer<'a> {
        let row = fact.fact.row();
        let places = row.parts.iter().zip(row.pointers);
        // What is read at several places is read where there is something.
        let known = |part: &profile::Part| row.parts.len() == 1 || self.known.profile.knows(*part);
        let pointers = places.filter(|(part, _)| known(part)).map(|(_, &pointer)| pointer);
        let read_from = match self.known.profile.origins() {
            None => pointers.collect(),
            Some(origins) => {
                let pieces = pointers.flat_map(|pointer| origins.pieces(pointer));
                pieces.map(|piece| piece.pointer.as_str()).collect()
            }
        };
        let quotes = self.known.facts.grounds(fact).iter().filter_map(|place| self.quote(place)).collect();
        FactAnswer { fact: &fact.name, value: self.known.facts.value(fact), read_from, quotes }
    }

    /// The facts that any rule reads, where they are known, in the order of their names.
    fn facts(&self) -> Vec<(&'a str, FactValue)> {
        let asked = &self.rules.reads().facts;
        let known = |fact: &'a AskedFact| Some((fact.name.as_ref(), self.known.facts.value(fact)?));
        let mut facts = Vec::with_capacity(asked.len());
        facts.extend(asked.iter().filter_map(known));
        facts
    }

    fn moves(&self) -> Vec<MoveAnswer<'a>> {
        let title = |item: usize| {
            let pointer = Pointer::Field(Field::PositionTitle, item);
            let origins = self.known.profile.origins();
            let piece = origins.and_then(|origins| origins.piece(&pointer.to_string(), 0));
            piece.map_or(pointer, |piece| Pointer::Submitted(&piece.pointer))
        };
        let told = |&Move { kind, on, from, to }: &Move| MoveAnswer { kind, on, from: title(from), to: title(to) };
        self.known.facts.moves().iter().map(told).collect()
    }

    /// The parts that any rule reads and the profile does not have.
    fn missing(&self) -> Vec<profile::Part> {
        let parts: &BTreeSet<profile::Part> = &self.rules.reads().parts;
        parts.iter().copied().filter(|&part| !self.known.profile.knows(part)).collect()
    }
}
