//! How a mention is meant, told by the triggers around it.
//!
//! After the ConText method (Harkema et al., J. Biomed. Inform. 42:839, 2009): a trigger reaches over some words of its
//! segment until a stop; of several that reach a mention, the nearest decides.

use std::ops::Range;

use super::spans::{ReadWord, Span, Trigger};
use crate::profile::{Field, ProfileText};
use crate::ruleset::{CompiledRuleSet, Context, MOST_REACH, MOST_WORDS, TriggerRole};
use crate::text::segment::Gap;

/// No trigger begins farther from what it reaches: its own words, and its reach.
const FARTHEST: u32 = MOST_WORDS as u32 + MOST_REACH;

/// The triggers of a profile.
pub(super) struct Contexts<'a> {
    rules: &'a CompiledRuleSet,
    words: &'a [ReadWord<'a>],
    texts: &'a [ProfileText<'a>],
    /// In the order of their first words, and so of their segments.
    triggers: Vec<Trigger>,
    /// The triggers before these reach none of the mentions that are still to come.
    from: usize,
}

impl<'a> Contexts<'a> {
    /// Takes the triggers that count: not inside a longer mention, not inside a longer trigger.
    ///
    /// One that is itself a mention counts as both: "retired" says how a role beside it is meant, and what the person is.
    /// Triggers come in the order of their first words, then of their last; spans too, and they do not overlap.
    pub(super) fn new(
        rules: &'a CompiledRuleSet,
        words: &'a [ReadWord<'a>],
        texts: &'a [ProfileText<'a>],
        triggers: Vec<Trigger>,
        spans: &[Span],
    ) -> Self {
        let mut near = spans;
        let mut inside = |trigger: &Trigger| {
            while let Some((_, later)) = near.split_first().filter(|(span, _)| span.last < trigger.first) {
                near = later;
            }
            let longer = |span: &Span| span.last - span.first > trigger.last - trigger.first;
            near.first().is_some_and(|span| span.first <= trigger.first && trigger.last <= span.last && longer(span))
        };
        let is_beside = |trigger: &Trigger| rules.context(trigger.rule).is_some_and(|rule| rule.is_beside);
        let mut counting = Vec::with_capacity(triggers.len());
        // A trigger that speaks of its neighbour alone silences none of the others: it may be longer and touch nothing.
        let (mut reach_beside, mut reach) = (None, None);
        for run in triggers.chunk_by(|a, b| a.first == b.first) {
            let longest = |beside| run.iter().rfind(|trigger| is_beside(trigger) == beside).map(|trigger| trigger.last);
            let (longest_beside, longest) = (longest(true), longest(false));
            // A stop ends the reach of its own context, whatever longer trigger of another one it is part of.
            let counts = |trigger: &&Trigger| {
                let last = Some(trigger.last);
                let is_longest = match is_beside(trigger) {
                    true => last == longest_beside && last >= longest && last > reach.max(reach_beside),
                    false => last == longest && last > reach,
                };
                trigger.role == TriggerRole::Stops || is_longest
            };
            counting.extend(run.iter().filter(counts).filter(|trigger| !inside(trigger)));
            (reach_beside, reach) = (reach_beside.max(longest_beside), reach.max(longest));
        }
        Self { rules, words, texts, triggers: counting, from: 0 }
    }

    /// Tells how a mention in this field is meant; mentions are asked for in their order.
    pub(super) fn of(&mut self, span: &Span, field: Field) -> Context {
        let untriggered = if field.is_title() { Context::Own } else { Context::Topic };
        // A pair may span the dash between two segments.
        let segment = |at: u32| self.words.get(at as usize).map_or(0, |word| word.segment);
        let (begins, ends) = (segment(span.first), segment(span.last));
        let too_early = |trigger: &&Trigger| trigger.segment < begins || trigger.first + FARTHEST < span.first;
        let in_time = |trigger: &&Trigger| trigger.segment <= ends && trigger.first <= span.last + FARTHEST;
        let triggers = self.triggers.get(self.from..).unwrap_or_default();
        let early = triggers.iter().take_while(too_early).count();
        self.from += early;
        let triggers = triggers.get(early..).unwrap_or_default();
        let near = triggers.iter().take_while(in_time).count();
        let triggers = triggers.get(..near).unwrap_or_default();
        let mut nearest: Option<(u32, Context)> = None;
        for trigger in triggers {
            let between = match trigger.role {
                TriggerRole::Precedes if trigger.last < span.first => trigger.last..span.first,
                TriggerRole::Follows if trigger.first > span.last => span.last..trigger.first,
                _ => continue,
            };
            let distance = between.end - between.start;
            let Some(rule) = self.rules.context(trigger.rule) else { continue };
            if distance > rule.reach || nearest.is_some_and(|(near, _)| near <= distance) {
                continue;
            }
            let stops_at_comma = rule.stops_at_comma && !self.announces(trigger);
            // The brackets of "(future) treasurer" are no comma.
            let stops_at_comma = stops_at_comma
                && !(distance == 1 && trigger.role == TriggerRole::Precedes && self.is_in_brackets(trigger));
            let stopped = stopped(triggers, trigger, span) || stops_at_comma && self.has_comma(between);
            if !stopped {
                nearest = Some((distance, rule.context));
            }
        }
        nearest.map_or(untriggered, |(_, context)| context)
    }

    /// Tells whether a colon stands behind a trigger, as before a list: "formerly: CFO, treasurer".
    fn announces(&self, trigger: &Trigger) -> bool {
        let behind = self.words.get(trigger.last as usize + 1);
        trigger.role == TriggerRole::Precedes && behind.is_some_and(|word| word.gap == Gap::Colon)
    }

    /// Tells whether a trigger stands in brackets, alone but for a hyphen: "(ex-)CFO".
    fn is_in_brackets(&self, trigger: &Trigger) -> bool {
        let word = |at: u32| self.words.get(at as usize);
        let (Some(first), Some(last)) = (word(trigger.first), word(trigger.last)) else { return false };
        let Some(text) = self.texts.get(first.text as usize).map(|text| &*text.text) else { return false };
        let before = text.get(..first.start as usize).unwrap_or_default();
        let behind = text.get(last.end as usize..).unwrap_or_default();
        before.ends_with(['(', '[']) && behind.trim_start_matches('-').starts_with([')', ']'])
    }

    /// Tells whether a comma or the like stands between a word and a later one.
    fn has_comma(&self, Range { start, end }: Range<u32>) -> bool {
        let words = self.words.get(start as usize + 1..=end as usize).unwrap_or_default();
        words.iter().any(|word| word.gap.is_mark())
    }
}

/// Tells whether a stop of the trigger's context stands between it and the mention.
fn stopped(triggers: &[Trigger], trigger: &Trigger, span: &Span) -> bool {
    triggers.iter().any(|stop| {
        stop.role == TriggerRole::Stops
            && stop.rule == trigger.rule
            && (trigger.last < stop.first && stop.last < span.first
                || span.last < stop.first && stop.last < trigger.first)
    })
}
