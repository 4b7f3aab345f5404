//! The answer, put together from what the evaluation found.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;

use super::answer::{
    Answer, ContributionAnswer, DecisionAnswer, Evidence, FactAnswer, MoveAnswer, OwnerName, Quote, QuotedDocument,
    RuleSetName, ScoreAnswer,
};
use super::condition::Known;
use super::decision::Decision;
use super::scorecard::{Contribution, Score, Scorecard};
use super::silent::HiddenPlaces;
use super::summary::Teller;
use super::why::{self, Why};
use super::{Explain, Inquiry, SEMANTICS, question};
use crate::facts::{FactValue, Move, Place};
use crate::profile::{Field, Owner, Part};
use crate::reading::Mention;
use crate::ruleset::{AskedFact, CompiledRuleSet, Outcome};

/// Writes an answer from what the evaluation found; it evaluates nothing itself.
pub(super) struct Writer<'w, 'a> {
    pub(super) rules: &'a CompiledRuleSet,
    pub(super) known: &'w Known<'w, 'a>,
    /// What the mentions hide.
    pub(super) hidden: HiddenPlaces<'w>,
    pub(super) owner: Option<&'a Owner>,
    pub(super) scorecard: &'w Scorecard<'a>,
    pub(super) as_of: Date,
}

impl<'a> Writer<'_, 'a> {
    pub(super) fn write(&self, name: RuleSetName<'a>, decision: Decision<'a>, inquiry: &Inquiry<'a>) -> Answer<'a> {
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
            rule_set: name,
            owner: self.owner.map(|owner| OwnerName { id: &owner.id, digest: &owner.digest }),
            format: self.known.profile.format(),
            semantics: SEMANTICS,
            as_of: self.as_of,
        }
    }

    fn score(&self, score: &Score<'a>, explain: Explain) -> ScoreAnswer<'a> {
        let contributions = || self.scorecard.contributions(score).iter().map(|it| self.contribution(it)).collect();
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

    fn contribution(&self, contribution: &Contribution<'a>) -> ContributionAnswer<'a> {
        match contribution {
            Contribution::Cap { of, points } => ContributionAnswer {
                signal: None,
                cap: Some(of),
                points: *points,
                evidence: Vec::new(),
                facts: Vec::new(),
            },
            Contribution::Signal { signal, points, grounds } => ContributionAnswer {
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
            term: mention.term.text(mention.vocabulary, self.rules),
            vocabulary: self.rules.vocabulary_name(mention.vocabulary),
            context: mention.context,
            time: mention.time,
        })
    }

    pub(super) fn quote(&self, place: &Place) -> Option<Quote<'a>> {
        let profile = if place.owner { &self.owner?.profile } else { self.known.profile };
        let text = profile.texts().get(place.text as usize)?;
        let (points, quoted) = text.quote(place.start..place.end)?;
        let submitted = profile.origins().and_then(|it| it.submitted(text.pointer(), points.clone()));
        let (field, Range { start, end }) = submitted.unwrap_or((text.pointer(), points));
        Some(Quote { document: place.owner.then_some(QuotedDocument::Owner), field, start, end, text: quoted })
    }

    pub(super) fn fact(&self, fact: &'a AskedFact) -> FactAnswer<'a> {
        let row = fact.fact.row();
        let places = row.parts.iter().zip(row.pointers);
        // What is read at several places is read where there is something.
        let known = |part: &Part| row.parts.len() == 1 || self.known.profile.knows(*part);
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
            let pointer = Field::PositionTitle.pointer(item);
            let origins = self.known.profile.origins();
            let piece = origins.and_then(|origins| origins.piece(pointer, 0));
            piece.map_or(pointer, |piece| &piece.pointer)
        };
        let told = |Move { kind, on, from, to }| MoveAnswer { kind, on, from: title(from), to: title(to) };
        self.known.facts.moves().into_iter().map(told).collect()
    }

    /// The parts that any rule reads and the profile does not have.
    fn missing(&self) -> Vec<Part> {
        let parts: &BTreeSet<Part> = &self.rules.reads().parts;
        parts.iter().copied().filter(|&part| !self.known.profile.knows(part)).collect()
    }
}
