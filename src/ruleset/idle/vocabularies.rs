//! Vocabularies that are empty, and those that nothing reads because their names are misspelt.
//!
//! To be read by nothing is no fault by itself: such a vocabulary hides what it mentions from the others.

use std::collections::BTreeSet;

use crate::ruleset::diagnostic::Diagnostics;
use crate::ruleset::{ConditionDocument, RuleSetDocument, WhenDocument};

/// The shortest word of a name, in letters, that is taken for a misspelt one: `en-titles` is not meant by `es-titles`.
const SHORTEST: usize = 5;

/// Finds empty vocabularies, and unread ones that are named nearly like one that is read.
///
/// Each of the unread names is compared with each that is read: some 60,000 times at most, in 64 steps.
pub(super) fn find(document: &RuleSetDocument, found: &mut Diagnostics) {
    let read = names_read(document);
    for (name, vocabulary) in document.vocabularies.iter() {
        let pointer = format!("/vocabularies/{name}");
        if vocabulary.terms.as_ref().is_some_and(Vec::is_empty) {
            found.warning("empty", format!("{pointer}/terms"), "has no terms, so nothing mentions the vocabulary");
        }
        if read.contains(name.as_str()) {
            continue;
        }
        let is_meant = |other: &&&str| is_one_slip(name, other) && document.vocabularies.contains_key(**other);
        if let Some(meant) = read.iter().find(is_meant) {
            let message = format!("is read by nothing; did you mean `{meant}`?");
            found.warning("unread-vocabulary", pointer, message);
        }
    }
}

/// All names by which something is read, those of disciplines among them.
fn names_read(document: &RuleSetDocument) -> BTreeSet<&str> {
    let mut read = BTreeSet::new();
    for vocabulary in document.vocabularies.values() {
        read.extend(vocabulary.union.iter().flatten().map(String::as_str));
        if let Some(compose) = &vocabulary.compose {
            read.extend([&compose.head, &compose.with].map(String::as_str));
            read.extend(compose.not_after.as_deref());
        }
    }
    let facts = &document.facts;
    let (levels, invitation) = (&facts.levels, &facts.invitation);
    let lists = [
        [&levels.individual, &levels.lead, &levels.manager, &levels.director, &levels.executive],
        [&facts.technical, &facts.specialised, &facts.scope, &facts.self_taught, &invitation.defaults],
    ];
    read.extend(lists.into_iter().flatten().flatten().map(String::as_str));
    let lists = [&facts.breaks, &facts.company_forms, &invitation.stock, &invitation.common];
    read.extend(lists.into_iter().flatten().map(String::as_str));
    for discipline in facts.disciplines.values() {
        read.extend(discipline.roles.iter().chain(&discipline.studies).map(String::as_str));
    }
    for signal in document.categories.values().flat_map(|category| category.signals.values()) {
        add_names_of(&signal.when, &mut read);
    }
    for rule in &document.policy {
        if let WhenDocument::Condition(condition) = &rule.when {
            add_names_of(condition, &mut read);
        }
    }
    read
}

fn add_names_of<'a>(condition: &'a ConditionDocument, read: &mut BTreeSet<&'a str>) {
    let ConditionDocument { mentions, of, moved, all, any, not, .. } = condition;
    read.extend(mentions.iter().flat_map(|mentions| &mentions.of).map(String::as_str));
    read.extend(of.iter().flatten().map(String::as_str));
    read.extend(moved.iter().flat_map(|moved| moved.from.iter().chain(&moved.to)).map(String::as_str));
    all.iter().chain(any).flatten().chain(not.as_deref()).for_each(|part| add_names_of(part, read));
}

/// Tells whether two names differ by one slip in a long word: a letter left out, added or replaced, or two neighbours
/// swapped. Digits number what is meant to be apart.
fn is_one_slip(name: &str, other: &str) -> bool {
    let (name, other) = (name.as_bytes(), other.as_bytes());
    if name.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let is_same = |(a, b): &(&u8, &u8)| a == b;
    let before = name.iter().zip(other).take_while(is_same).count();
    let shorter = name.len().min(other.len()) - before;
    let behind = name.iter().rev().zip(other.iter().rev()).take(shorter).take_while(is_same).count();
    let (Some(left), Some(right)) = (name.get(before..name.len() - behind), other.get(before..other.len() - behind))
    else {
        return false;
    };
    let is_slip = match (left, right) {
        ([a, b], [c, d]) => (a, b) == (d, c),
        _ => left.len().max(right.len()) == 1,
    };
    let is_number = left.iter().chain(right).any(u8::is_ascii_digit);
    is_slip && !is_number && letters_at(name, before).max(letters_at(other, before)) >= SHORTEST
}

/// How many letters the word has that a byte of a name belongs to.
fn letters_at(name: &[u8], at: usize) -> usize {
    let (before, behind) = name.split_at_checked(at).unwrap_or((name, &[]));
    let is_letter = |byte: &&u8| **byte != b'-';
    before.iter().rev().take_while(is_letter).count() + behind.iter().take_while(is_letter).count()
}
