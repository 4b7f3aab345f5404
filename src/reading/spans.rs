//! Finds terms and triggers: one pass over all words of a profile, the most specific term wins.

use std::cmp::Reverse;

use super::MentionedTerm;
use crate::profile::{Field, Profile};
use crate::ruleset::{CompiledRuleSet, EndingTerm, TermId, TriggerRole, VocabularyId};
use crate::text::segment::Gap;
use crate::text::{EndingId, KnownWord, Token, Tokenizer};

/// What stands at a place among the words of a profile, before its context is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Index of the first word.
    pub(super) first: u32,
    /// Index of the last word.
    pub(super) last: u32,
    pub(super) width: Width,
    pub(super) said: Said,
}

/// What tells the more specific of two spans that overlap: never the letters of the source, which the feminine, an
/// inclusive ending or an accent apart would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Width {
    /// The words that a pair spans; terms, which pairs do not compete with, are told by their letters alone.
    pub(super) words: u32,
    /// The letters of the longest term as the rule set writes it, or of both terms of a pair.
    pub(super) letters: u32,
}

/// What a span says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// The terms that end there.
    Terms(EndingId),
    /// One of the pairs that a head and a domain make.
    Pair { vocabulary: VocabularyId, head: (VocabularyId, TermId), with: (VocabularyId, TermId) },
}

impl Span {
    /// Its first and its last word.
    pub(super) fn place(&self) -> (u32, u32) {
        (self.first, self.last)
    }

    /// What ends there; nothing for a pair.
    pub(super) fn ending(&self) -> EndingId {
        match self.said {
            Said::Terms(ending) => ending,
            Said::Pair { .. } => 0,
        }
    }

    /// The terms, none for a pair.
    pub(super) fn terms<'r>(&self, rules: &'r CompiledRuleSet) -> &'r [EndingTerm] {
        rules.endings().terms(self.ending())
    }

    /// The vocabulary of a pair.
    pub(super) fn vocabulary_of_pair(&self) -> Option<VocabularyId> {
        match self.said {
            Said::Pair { vocabulary, .. } => Some(vocabulary),
            Said::Terms(_) => None,
        }
    }

    /// Whether mentions of what it says are asked for in a field.
    pub(super) fn is_asked(&self, field: Field, rules: &CompiledRuleSet) -> bool {
        let asked = match self.said {
            Said::Terms(ending) => rules.endings().get(ending).asked,
            Said::Pair { vocabulary, .. } => rules.reads().fields_of(vocabulary),
        };
        asked.has(field)
    }

    /// What it mentions, each with its vocabulary.
    pub(super) fn mentioned(&self, rules: &CompiledRuleSet) -> impl Iterator<Item = (VocabularyId, MentionedTerm)> {
        let pair = match self.said {
            Said::Pair { vocabulary, head, with } => Some((vocabulary, MentionedTerm::Pair { head, with })),
            Said::Terms(_) => None,
        };
        let terms = self.terms(rules).iter().map(|term| (term.id.0, MentionedTerm::Term(term.id.1)));
        terms.chain(pair)
    }
}

/// A word of a profile.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadWord<'r> {
    pub(super) known: &'r KnownWord,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) gap: Gap,
    /// The index of its text.
    pub(super) text: u32,
    /// Its segment, counted through all texts.
    pub(super) segment: u32,
}

/// A trigger of a context.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trigger {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) rule: u32,
    pub(super) role: TriggerRole,
    /// The segment it stands in.
    pub(super) segment: u32,
}

/// Folds and looks up every word of every text, once.
pub(super) fn words<'r>(rules: &'r CompiledRuleSet, profile: &Profile<'_>) -> Vec<ReadWord<'r>> {
    let trie = rules.trie();
    let bytes: usize = profile.texts().iter().map(|text| text.text.len()).sum();
    let mut words = Vec::with_capacity(bytes / 5 + 8);
    let mut segment = 0;
    let mut tokenizer = Tokenizer::default();
    let is_read = |field: Field| rules.reads().looks_in(field) && profile.speaks_in(field);
    for (text, entry) in profile.texts().iter().enumerate().filter(|(_, entry)| is_read(entry.field)) {
        tokenizer.tokenize(&entry.text, |word, token| {
            let Token { start, end, mut gap } = token;
            if gap.ends_segment() {
                segment += 1;
            }
            // In a title a term spans the full stop in "Compta. Fournisseurs"; contexts do not, for it may be "Ex-dev. CTO".
            let is_abbreviated = || words.last().is_some_and(|before: &ReadWord<'_>| rules.is_short(before.known.id));
            if gap == Gap::FullStop && entry.field.is_title() && is_abbreviated() {
                gap = Gap::Soft;
            }
            words.push(ReadWord { known: trie.word(word), start, end, gap, text: text as u32, segment });
        });
    }
    words
}

/// The most places of terms that are looked at in one profile, one of several terms as often; what stands behind them is
/// not read. Real profiles have some hundreds.
const MOST_SPANS: usize = 20_000;

/// Finds the terms that stand in the words, the hidden ones left out, and all triggers; adds the terms, hidden or not, to
/// all that was found, when that is kept.
pub(super) fn spans(
    rules: &CompiledRuleSet,
    words: &[ReadWord<'_>],
    found: Option<&mut Vec<Span>>,
) -> (Vec<Span>, Vec<Trigger>) {
    let (trie, endings) = (rules.trie(), rules.endings());
    let mut spans = Vec::with_capacity((words.len() / 3).min(MOST_SPANS));
    let mut triggers = Vec::with_capacity((words.len() / 4).min(MOST_SPANS));
    let mut terms = 0;
    for (first, word) in (0..).zip(words) {
        if terms >= MOST_SPANS {
            break;
        }
        if word.known.id == 0 {
            continue;
        }
        let mut progress = word.known.begun();
        let mut last = first;
        loop {
            let ending = progress.ending();
            if ending != 0 {
                let letters = endings.get(ending).letters;
                // No term is without letters.
                if letters > 0 {
                    terms += endings.terms(ending).len();
                    spans.push(Span { first, last, width: Width { words: 0, letters }, said: Said::Terms(ending) });
                }
                let triggered = endings.triggers(ending).iter();
                triggers.extend(triggered.map(|&(rule, role)| Trigger {
                    first,
                    last,
                    rule,
                    role,
                    segment: word.segment,
                }));
            }
            let goes_on = |next: &&ReadWord<'_>| (next.gap == Gap::Soft) & progress.may_go_on(next.known.id);
            let Some(next) = words.get(last as usize + 1).filter(goes_on) else { break };
            let Some(further) = trie.next(&progress, next.known.id) else { break };
            progress = further;
            last += 1;
        }
    }
    if let Some(found) = found {
        found.extend_from_slice(&spans);
    }
    most_specific(&mut spans);
    (spans, triggers)
}

/// Keeps, of spans that overlap, the widest, then the leftmost, and whatever has the same place.
///
/// Spans come and go in the order of their places, then of what they say.
pub(super) fn most_specific(spans: &mut Vec<Span>) {
    // Those that are kept move to the front.
    let mut kept = 0;
    let mut from = 0;
    while let Some(first) = spans.get(from) {
        // Spans that do not touch one another do not compete.
        let (mut widest, mut reach, mut to) = (first, first.last, from + 1);
        while let Some(rival) = spans.get(to).filter(|rival| rival.first <= reach) {
            reach = reach.max(rival.last);
            if rival.width > widest.width {
                widest = rival;
            }
            to += 1;
        }
        let whole = (first.first, reach);
        // Nearly always one spans all others.
        if widest.place() == whole {
            for at in from..to {
                if spans.get(at).is_some_and(|rival| rival.place() == whole) {
                    spans.swap(kept, at);
                    kept += 1;
                }
            }
        } else {
            for winner in winners(spans.get(from..to).unwrap_or_default(), whole) {
                if let Some(slot) = spans.get_mut(kept) {
                    *slot = winner;
                    kept += 1;
                }
            }
        }
        from = to;
    }
    spans.truncate(kept);
}

/// The spans that win over all others; the words of all are within `whole`.
fn winners(rivals: &[Span], (start, reach): (u32, u32)) -> Vec<Span> {
    let mut winners = rivals.to_vec();
    winners.sort_by_key(|span| (Reverse(span.width), span.first));
    let mut taken = vec![None; (reach + 1 - start) as usize];
    winners.retain(|rival| {
        let words = (rival.first - start) as usize..=(rival.last - start) as usize;
        let words = taken.get_mut(words).unwrap_or_default();
        // What is kept here has the same place or another; looking at each word costs no more than a term is long.
        let wins = words.iter().all(|taken| taken.is_none_or(|place| place == rival.place()));
        if wins {
            words.fill(Some(rival.place()));
        }
        wins
    });
    winners.sort_by_key(|span| (span.place(), span.said));
    winners
}
