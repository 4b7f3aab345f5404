//! How a mention is meant, told by the triggers around it.
//!
//! After the ConText method (Harkema et al., J. Biomed. Inform. 42:839, 2009): a trigger reaches over some words of its
//! segment until a stop; of several that reach a mention, the nearest decides.

use super::Span;
use super::mention::{ReadWord, Trigger};
use crate::profile::Field;
use crate::ruleset::{CompiledRuleSet, Context, TriggerRole};

/// The triggers of a profile.
pub(super) struct Contexts<'a> {
    rules: &'a CompiledRuleSet,
    words: &'a [ReadWord],
    triggers: Vec<Trigger>,
}

impl<'a> Contexts<'a> {
    /// Takes the triggers that count: not inside a longer mention, not inside a longer trigger.
    ///
    /// One that is itself a mention counts as both: "retired" says how a role beside it is meant, and what the person is.
    pub(super) fn new(
        rules: &'a CompiledRuleSet,
        words: &'a [ReadWord],
        mut triggers: Vec<Trigger>,
        spans: &[Span],
    ) -> Self {
        let longer =
            |a: &Trigger, b: &Trigger| a.first <= b.first && b.last <= a.last && a.last - a.first > b.last - b.first;
        let all = triggers.clone();
        triggers.retain(|trigger| {
            let inside = |span: &Span| {
                let length = trigger.last - trigger.first;
                span.first <= trigger.first && trigger.last <= span.last && span.last - span.first > length
            };
            !spans.iter().any(inside) && !all.iter().any(|other| longer(other, trigger))
        });
        Self { rules, words, triggers }
    }

    /// Tells how a mention in this field is meant.
    pub(super) fn of(&self, span: &Span, field: Field) -> Context {
        let untriggered = if field.is_title() { Context::Own } else { Context::Topic };
        let segment = self.words.get(span.first).map(|word| word.segment);
        let mut nearest: Option<(usize, Context)> = None;
        for trigger in &self.triggers {
            if self.words.get(trigger.first).map(|word| word.segment) != segment {
                continue;
            }
            let distance = match trigger.role {
                TriggerRole::Precedes if trigger.last < span.first => span.first - trigger.last,
                TriggerRole::Follows if trigger.first > span.last => trigger.first - span.last,
                _ => continue,
            };
            let Some((context, reach)) = self.rules.context(trigger.rule) else { continue };
            if distance > reach || nearest.is_some_and(|(near, _)| near <= distance) {
                continue;
            }
            if !self.stopped(trigger, span) {
                nearest = Some((distance, context));
            }
        }
        nearest.map_or(untriggered, |(_, context)| context)
    }

    /// Tells whether a stop of the trigger's context stands between it and the mention.
    fn stopped(&self, trigger: &Trigger, span: &Span) -> bool {
        self.triggers.iter().any(|stop| {
            stop.role == TriggerRole::Stops
                && stop.rule == trigger.rule
                && (trigger.last < stop.first && stop.last < span.first
                    || span.last < stop.first && stop.last < trigger.first)
        })
    }
}
