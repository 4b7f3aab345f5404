//! Random groups, reads and restarts against a plain map.

use std::collections::BTreeMap;

use entregent::store::{Change, ERASABLE, Expected, Write};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::shelf::{Shelf, at, body, is_conflict, write};

type Model = BTreeMap<String, (u64, Vec<u8>)>;

#[derive(Clone, Debug)]
enum Step {
    Commit(Vec<Write>),
    List { prefix: String, after: Option<String>, most: usize },
    Reopen,
}

fn key() -> impl Strategy<Value = String> {
    // Few keys, so that they meet; some are prefixes of others, and the erasable ones stand between the others.
    "[ah](/[ah]){0,2}|erasable/[ah]"
}

fn change() -> impl Strategy<Value = Change> {
    let length = prop_oneof![4 => 0..50_usize, 2 => 4000..4200_usize, 1 => 0..60_000_usize];
    prop_oneof![
        4 => (length, 0..1000_u64).prop_map(|(length, seed)| Change::Put(body(length, seed))),
        2 => Just(Change::Remove),
        1 => Just(Change::Keep),
    ]
}

fn expected() -> impl Strategy<Value = Expected> {
    prop_oneof![
        6 => Just(Expected::Anything),
        1 => Just(Expected::Absent),
        2 => (1..4_u64).prop_map(Expected::Version),
    ]
}

fn group() -> impl Strategy<Value = Vec<Write>> {
    vec((key(), expected(), change()), 0..4).prop_map(|writes| {
        let distinct: BTreeMap<_, _> =
            writes.into_iter().map(|(key, expected, change)| (key, (expected, change))).collect();
        let group = distinct.into_iter().map(|(key, (expected, change))| write(&key, expected, change));
        let (erasable, others): (Vec<_>, Vec<_>) = group.partition(|write| write.key.starts_with(ERASABLE));
        // An erasable record is alone in its group.
        if erasable.is_empty() { others } else { erasable.into_iter().take(1).collect() }
    })
}

fn step() -> impl Strategy<Value = Step> {
    let list = ("(|a|h|a/|a/h|c|e|erasable/|erasable/a|f)", proptest::option::of(key()), 0..5_usize);
    prop_oneof![
        12 => group().prop_map(Step::Commit),
        4 => list.prop_map(|(prefix, after, most)| Step::List { prefix, after, most }),
        1 => Just(Step::Reopen),
    ]
}

/// Applies a group, and tells whether its expectations held.
fn apply(model: &mut Model, group: Vec<Write>) -> bool {
    let version = |model: &Model, key: &str| model.get(key).map(|(version, _)| *version);
    if !group.iter().all(|write| write.expected.holds(version(model, &write.key))) {
        return false;
    }
    for write in group {
        match write.change {
            Change::Put(body) => {
                let version = version(model, &write.key).unwrap_or(0) + 1;
                model.insert(write.key, (version, body));
            }
            Change::Remove => {
                model.remove(&write.key);
            }
            Change::Keep => {}
        }
    }
    true
}

fn listed(model: &Model, prefix: &str, after: Option<&str>, most: usize) -> Vec<(String, u64, Vec<u8>)> {
    let wanted = |key: &str| key.starts_with(prefix) && after.is_none_or(|after| key > after);
    let records = model.iter().filter(|(key, _)| wanted(key)).take(most);
    records.map(|(key, (version, body))| (key.clone(), *version, body.clone())).collect()
}

fn check(mut shelf: Shelf, steps: Vec<Step>) {
    let mut model = Model::new();
    for step in steps {
        match step {
            Step::Commit(group) => {
                let held = apply(&mut model, group.clone());
                let result = shelf.store().commit(group);
                assert_eq!((result.is_ok(), is_conflict(&result)), (held, !held));
            }
            Step::List { prefix, after, most } => {
                let found = shelf.store().list(&prefix, after.as_deref(), most).unwrap();
                let found: Vec<_> = found.into_iter().map(|(key, record)| (key, record.version, record.body)).collect();
                assert!(found == listed(&model, &prefix, after.as_deref(), most), "listing {prefix} after {after:?}");
            }
            Step::Reopen => shelf.reopen(),
        }
    }
    shelf.reopen();
    for (key, record) in &model {
        assert!(at(shelf.store(), key).as_ref() == Some(record), "under {key}");
    }
    assert_eq!(shelf.store().list("", None, 1000).unwrap().len(), model.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_store_in_memory_is_a_map(steps in vec(step(), 1..60)) {
        check(Shelf::memory(), steps);
    }

    #[test]
    fn the_store_in_a_directory_is_a_map_that_lasts(steps in vec(step(), 1..60)) {
        check(Shelf::sled(), steps);
    }
}
