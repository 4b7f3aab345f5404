//! Finds terms and triggers: one pass over all words of a profile, the most specific term wins.

use std::cmp::Reverse;

use super::{MentionedTerm, Span, Width};
use crate::profile::Profile;
use crate::ruleset::{CompiledRuleSet, Phrase, TriggerRole};
use crate::text::segment::Gap;
use crate::text::{KnownWord, Token, Tokenizer};

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
    for (text, entry) in profile.texts().iter().enumerate().filter(|(_, entry)| rules.reads().looks_in(entry.field)) {
        tokenizer.tokenize(&entry.text, |word, token| {
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
        if word.known.id == 0 {
            continue;
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
    (most_specific(&spans), triggers)
}

/// Keeps, of spans that overlap, the widest, then the leftmost; of those at one place, one for each vocabulary.
///
/// Spans come and go in the order of their places, then of vocabularies and terms.
pub(super) fn most_specific(spans: &[Span]) -> Vec<Span> {
    let mut kept = Vec::with_capacity(spans.len());
    let mut rest = spans;
    while let [first, ..] = rest {
        // Spans that do not touch one another do not compete.
        let (mut widest, mut reach, mut count) = (first, first.last, 1);
        while let Some(rival) = rest.get(count).filter(|rival| rival.first <= reach) {
            reach = reach.max(rival.last);
            if rival.width > widest.width {
                widest = rival;
            }
            count += 1;
        }
        let whole = (first.first, reach);
        let Some((rivals, later)) = rest.split_at_checked(count) else { break };
        // Nearly always one spans all others.
        if widest.place() == whole {
            rivals.iter().filter(|rival| rival.place() == whole).for_each(|rival| kept.push(*rival));
        } else {
            kept.append(&mut winners(rivals, whole));
        }
        rest = later;
    }
    // A term and its glued spelling, or two terms that share a form, are one mention of their vocabulary.
    kept.dedup_by_key(|span| (span.place(), span.vocabulary));
    kept
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
    winners.sort_by_key(|span| (span.place(), span.vocabulary, span.term));
    winners
}
