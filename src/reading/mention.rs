//! Finds terms and triggers: one pass over all words of a profile, the most specific term wins.

use super::{MentionedTerm, Span, Width};
use crate::profile::Profile;
use crate::ruleset::{CompiledRuleSet, Phrase, TriggerRole};
use crate::text::segment::Gap;
use crate::text::{KnownWord, Token, tokenize};

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
    for (text, entry) in profile.texts().iter().enumerate().filter(|(_, entry)| rules.reads().looks_in(entry.field)) {
        tokenize(&entry.text, |word, token| {
            if token.gap == Gap::Segment {
                segment += 1;
            }
            let Token { start, end, gap } = token;
            words.push(ReadWord { known: trie.word(word), start, end, gap, text: text as u32, segment });
        });
    }
    words
}

/// The most places of terms that are looked at in one profile; what stands behind them is not read. Real profiles have
/// some hundreds.
const MOST_SPANS: usize = 20_000;

/// Finds the terms that stand in the words, the hidden ones left out, and all triggers.
pub(super) fn spans(rules: &CompiledRuleSet, words: &[ReadWord<'_>]) -> (Vec<Span>, Vec<Trigger>) {
    let trie = rules.trie();
    let mut spans = Vec::with_capacity((words.len() / 2).min(MOST_SPANS));
    let mut triggers = Vec::with_capacity((words.len() / 4).min(MOST_SPANS));
    for (first, word) in (0..).zip(words) {
        if spans.len() >= MOST_SPANS {
            break;
        }
        let mut progress = word.known.begun();
        let mut last = first;
        loop {
            for &phrase in trie.accepted(&progress) {
                match phrase {
                    Phrase::Term { vocabulary, term, letters } => {
                        let term = MentionedTerm::Term(term);
                        let width = Width { words: 0, letters };
                        spans.push(Span { first, last, width, vocabulary, term });
                    }
                    Phrase::Trigger { rule, role } => {
                        triggers.push(Trigger { first, last, rule, role, segment: word.segment });
                    }
                }
            }
            let Some(next) = words.get(last as usize + 1).filter(|next| next.gap == Gap::Soft) else { break };
            let Some(further) = trie.next(&progress, next.known.id) else { break };
            progress = further;
            last += 1;
        }
    }
    most_specific(&mut spans);
    (spans, triggers)
}

/// Keeps, of spans that overlap, the widest, then the leftmost; equal spans are all kept.
///
/// Spans come and go in the order of their first words.
pub(super) fn most_specific(spans: &mut Vec<Span>) {
    // Those that are kept move to the front.
    let mut kept = 0;
    let mut taken: Vec<Option<(u32, u32)>> = Vec::new();
    let mut from = 0;
    while from < spans.len() {
        // Spans that do not touch one another do not compete.
        let mut to = from;
        let mut reach = 0;
        while let Some(span) = spans.get(to).filter(|span| to == from || span.first <= reach) {
            reach = reach.max(span.last);
            to += 1;
        }
        let rivals = spans.get_mut(from..to).unwrap_or_default();
        let start = rivals.first().map_or(0, |rival| rival.first);
        let before = kept;
        if rivals.iter().all(|rival| (rival.first, rival.last) == (start, reach)) {
            (from..to).for_each(|at| spans.swap(before + at - from, at));
            kept += to - from;
        } else {
            rivals.sort_by_key(|span| (std::cmp::Reverse(span.width), span.first));
            taken.clear();
            taken.resize((reach + 1 - start) as usize, None);
            for at in from..to {
                let Some(rival) = spans.get(at) else { break };
                let place = (rival.first, rival.last);
                let words = (rival.first - start) as usize..=(rival.last - start) as usize;
                let words = taken.get_mut(words).unwrap_or_default();
                // What is kept here has the same place or another; looking at each word costs no more than a term is long.
                if words.iter().all(|taken| taken.is_none_or(|taken| taken == place)) {
                    words.fill(Some(place));
                    spans.swap(kept, at);
                    kept += 1;
                }
            }
        }
        from = to;
        if let Some(several @ [_, _, ..]) = spans.get_mut(before..kept) {
            several.sort_unstable_by_key(|span| (span.first, span.last, span.vocabulary, span.term));
        }
    }
    spans.truncate(kept);
    // A term and its glued spelling, or two terms that share a form, are one mention of their vocabulary.
    spans.dedup_by_key(|span| (span.first, span.last, span.vocabulary));
}
