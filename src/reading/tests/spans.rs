//! Which spans win over others, against the rule in its plainest form.

use std::cmp::Reverse;

use proptest::prelude::*;

use crate::reading::composition::hide;
use crate::reading::mention::most_specific;
use crate::reading::{MentionedTerm, Span, Width};

/// A term has always the same letters; those of others may be as many.
fn span(first: u32, last: u32, vocabulary: u32, term: u32) -> Span {
    let width = Width { words: 0, letters: (3 * vocabulary + term) % 5 };
    Span { first, last, width, vocabulary, term: MentionedTerm::Term(term) }
}

fn sorted(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.place(), span.vocabulary, span.term));
    spans
}

/// Spans that lie apart, overlap and are equal, in order.
fn spans() -> impl Strategy<Value = Vec<Span>> {
    let one = (0..16_u32, 0..4_u32, 0..3_u32, 0..3_u32);
    let one = one.prop_map(|(first, more, vocabulary, term)| span(first, first + more, vocabulary, term));
    prop::collection::vec(one, 0..16).prop_map(sorted)
}

fn lie_apart(a: &Span, b: &Span) -> bool {
    a.last < b.first || b.last < a.first
}

proptest! {
    #[test]
    fn the_widest_is_kept_then_the_leftmost(spans in spans()) {
        let mut ranked = spans.clone();
        ranked.sort_by_key(|span| (Reverse(span.width), span.first));
        let mut kept: Vec<Span> = Vec::new();
        for span in ranked {
            if kept.iter().all(|other| other.place() == span.place() || lie_apart(other, &span)) {
                kept.push(span);
            }
        }
        let mut expected = sorted(kept);
        expected.dedup_by_key(|span| (span.place(), span.vocabulary));
        prop_assert_eq!(most_specific(&spans), expected);
    }

    #[test]
    fn a_pair_stands_for_all_inside_it(spans in spans(), sizes in prop::collection::vec(1..5_usize, 16)) {
        let spans = most_specific(&spans);
        let mut pairs = Vec::new();
        let mut rest = spans.as_slice();
        for size in sizes {
            let Some((inside, behind)) = rest.split_at_checked(size) else { break };
            rest = behind;
            let (first, last) = (inside[0].first, inside[size - 1].last);
            // Spans at one place are all of them inside.
            if size > 1 && behind.first().is_none_or(|next| next.first > last) {
                pairs.push(span(first, last, 7, 7));
            }
        }
        let is_inside = |span: &&Span| pairs.iter().any(|pair| pair.first <= span.first && span.last <= pair.last);
        let outside = spans.iter().filter(|span| !is_inside(span));
        let expected = sorted(outside.chain(&pairs).copied().collect());
        prop_assert_eq!(hide(spans.clone(), &pairs), expected);
    }
}
