//! How long a person stayed with each company.

use std::collections::HashSet;
use std::ops::Range;

use jiff::civil::Date;

use super::years::span;
use crate::profile::{Field, Position, Profile, Time};
use crate::text::{Tokenizer, Word};

/// Bytes that the names of a profile's companies nearly always fit into.
const USUAL_BYTES: usize = 256;

/// Positions at one company with no day between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stint {
    /// The first day, and the day after the last that counts.
    pub(super) span: (Date, Date),
    /// The indexes of its positions, in the order of their first days.
    pub(super) items: Vec<usize>,
    /// Whether one of them is held now.
    pub(super) is_current: bool,
}

/// The company of each position, by the first position at a company of this name; `None` where none is named.
///
/// Words that a name is written with or without, such as "Ltd", tell no company apart, nor does an `&`; a name of nothing
/// else is compared whole.
pub(super) fn companies(profile: &Profile<'_>, forms: &HashSet<Box<[u8]>>) -> Vec<Option<usize>> {
    let mut companies = vec![None; profile.positions().map_or(0, <[_]>::len)];
    let mut folded = Vec::with_capacity(USUAL_BYTES);
    let mut tokenizer = Tokenizer::default();
    let mut named: Vec<(usize, Range<usize>)> = Vec::with_capacity(companies.len());
    for text in profile.texts().iter().filter(|text| text.field == Field::PositionCompany) {
        let start = folded.len();
        let mut name = |is_left_out: &dyn Fn(&Word) -> bool| {
            tokenizer.tokenize(&text.text, |word, _| {
                if !is_left_out(word) {
                    folded.extend_from_slice(word.as_bytes());
                    folded.push(b' ');
                }
            });
            start..folded.len()
        };
        let apart = name(&|word| word.as_bytes() == b"&" || forms.contains(word.as_bytes()));
        let name = if apart.is_empty() { name(&|_| false) } else { apart };
        if name.is_empty() {
            continue;
        }
        let same = |(_, other): &&(usize, Range<usize>)| folded.get(other.clone()) == folded.get(name.clone());
        let company = named.iter().find(same).map_or(text.item, |(first, _)| *first);
        named.push((company, name));
        if let Some(slot) = companies.get_mut(text.item) {
            *slot = Some(company);
        }
    }
    companies
}

/// The stints of a career. A position without a company is a stint of its own; one without a start, or that lasted no
/// day and is not held on `as_of`, is in none.
pub(super) fn stints<'p>(
    positions: impl Iterator<Item = (usize, &'p Position)>,
    companies: &[Option<usize>],
    as_of: Date,
) -> Vec<Stint> {
    let stint = |(item, position): (usize, &Position)| {
        let is_current = position.time(as_of) == Time::Current;
        // One that begins today is held, for no day yet.
        let span = span(position, as_of).filter(|(first, end)| first < end || is_current)?;
        let company = companies.get(item).copied().flatten();
        let alone = if company.is_some() { 0 } else { item };
        let stint = Stint { span, items: vec![item], is_current };
        Some(((company, alone), stint))
    };
    let mut stints: Vec<_> = positions.filter_map(stint).collect();
    stints.sort_by_key(|(place, stint)| (*place, stint.span));
    stints.dedup_by(|(place, later), (earlier_place, earlier)| {
        let touches = place == earlier_place && later.span.0 <= earlier.span.1;
        if touches {
            earlier.span.1 = earlier.span.1.max(later.span.1);
            earlier.items.append(&mut later.items);
            earlier.is_current |= later.is_current;
        }
        touches
    });
    stints.into_iter().map(|(_, stint)| stint).collect()
}
