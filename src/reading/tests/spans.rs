//! Which spans win over others, against the rule in its plainest form.

use std::cmp::Reverse;

use proptest::prelude::*;

use crate::reading::composition::hide;
use crate::reading::hidden::left_out;
use crate::reading::spans::{Said, Span, Width, most_specific};

/// What is said has always the same letters; other things may have as many.
fn span(first: u32, last: u32, vocabulary: u32, term: u32) -> Span {
    let width = Width { words: 0, letters: (3 * vocabulary + term) % 5 };
    Span { first, last, width, said: Said::Pair { vocabulary, head: (0, term), with: (1, 0) } }
}

fn sorted(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.place(), span.said));
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
    fn the_widest_is_kept_then_the_leftmost(mut spans in spans()) {
        let mut ranked = spans.clone();
        ranked.sort_by_key(|span| (Reverse(span.width), span.first));
        let mut kept: Vec<Span> = Vec::new();
        for span in ranked {
            if kept.iter().all(|other| other.place() == span.place() || lie_apart(other, &span)) {
                kept.push(span);
            }
        }
        most_specific(&mut spans);
        prop_assert_eq!(spans, sorted(kept));
    }

    #[test]
    fn a_pair_stands_for_all_inside_it(mut spans in spans(), sizes in prop::collection::vec(1..5_usize, 16)) {
        most_specific(&mut spans);
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
        prop_assert_eq!(hide(&spans, &pairs), expected);
    }

    #[test]
    fn what_is_left_out_lies_under_what_is_kept(mut found in spans()) {
        let one_of_each_vocabulary = |span: &mut Span| (span.place(), span.vocabulary_of_pair());
        let mut kept = found.clone();
        most_specific(&mut kept);
        kept.dedup_by_key(one_of_each_vocabulary);
        let mut all = kept.clone();
        for (span, wider) in left_out(found.clone(), &kept) {
            let over: Vec<_> = kept.iter().filter(|other| !lie_apart(other, &span)).copied().collect();
            prop_assert!(!over.is_empty());
            prop_assert_eq!(wider, over);
            all.push(span);
        }
        found.dedup_by_key(one_of_each_vocabulary);
        prop_assert_eq!(sorted(all), found);
    }
}
