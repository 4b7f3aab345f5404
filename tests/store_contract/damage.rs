//! Damage is named, never read as data, and leaves the directory as it was found.
//!
//! sled's threads serve a whole process, and some die over a damaged file: each damaged store is opened by a process of
//! its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use entregent::store::sled::{OpenFailure, SledStore};
use entregent::store::{Record, Store as _, StoreFailure};
use tempfile::TempDir;

use crate::directory::{check_filled, filled, names};
use crate::shelf::{body, open, put};

const DIRECTORY: &str = "STORE_CONTRACT_DIRECTORY";

/// Runs one of the tests below, which open a store, in a process of its own, and gives the outcome that it prints.
fn outcome_elsewhere(test: &str, directory: &Path) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("damage::{test}"), "--nocapture"])
        .env(DIRECTORY, directory)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.lines().find_map(|line| line.split_once("outcome: ")).unwrap_or_else(|| panic!("{printed}")).1.to_owned()
}

#[test]
fn this_process_opens_the_directory_it_was_given() {
    let Some(directory) = std::env::var_os(DIRECTORY) else { return };
    match SledStore::open(Path::new(&directory)) {
        Ok(store) => {
            let listed = store.list("", None, 1000).unwrap();
            let is_sound = listed.len() == 40
                && listed
                    .iter()
                    .zip(10..)
                    .all(|((key, record), seed)| *key == format!("k/{seed}") && is_sound(record, seed));
            println!("outcome: {}", if is_sound { "sound" } else { "wrong data" });
        }
        Err(OpenFailure::Damaged { cause, .. }) => println!("outcome: damaged: {cause}"),
        Err(failure) => println!("outcome: {failure}"),
    }
    // Whatever hangs here must not hang the one that asked.
    std::process::exit(0);
}

#[test]
fn this_process_damages_the_store_that_it_has_open() {
    let Some(directory) = std::env::var_os(DIRECTORY) else { return };
    let store = SledStore::open(Path::new(&directory)).unwrap();
    let mut log = fs::read(Path::new(&directory).join("db")).unwrap();
    log.iter_mut().skip(1000).step_by(2000).for_each(|byte| *byte ^= 1);
    fs::write(Path::new(&directory).join("db"), log).unwrap();
    let mut damaged = 0;
    for seed in 10..50 {
        match store.read(&format!("k/{seed}")) {
            Ok(record) => assert!(record.is_some_and(|record| is_sound(&record, seed)), "wrong data"),
            Err(StoreFailure::Damaged { key }) => damaged += usize::from(key == format!("k/{seed}")),
            Err(failure) => panic!("{failure}"),
        }
    }
    let listed = store.list("k/", None, 1000);
    let is_named = matches!(&listed, Err(StoreFailure::Damaged { key }) if key.starts_with("k/"));
    println!(
        "outcome: {}, listing {}",
        if damaged > 20 { "named" } else { "unseen" },
        if is_named { "too" } else { "not" }
    );
    std::process::exit(0);
}

fn is_sound(record: &Record, seed: usize) -> bool {
    record.version == 2 && record.body == body(400 * seed, seed as u64)
}

/// A store of forty records, each written twice, that was opened in between.
fn forty_records() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let group = || (10..50).map(|seed| put(&format!("k/{seed}"), body(400 * seed, seed as u64))).collect();
    open(directory.path()).commit(group()).unwrap();
    open(directory.path()).commit(group()).unwrap();
    directory
}

/// Everything in a directory, but the lock.
fn contents(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = names(directory, "").into_iter().filter(|name| name != "lock" && name != "blobs");
    names.map(|name| (name.clone(), fs::read(directory.join(name)).unwrap())).collect()
}

/// A directory with this content.
fn directory_of(contents: &BTreeMap<String, Vec<u8>>) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, content) in contents {
        fs::write(directory.path().join(name), content).unwrap();
    }
    directory
}

/// Damages a store, and tells what came of opening it; a store that is called damaged must not have been touched.
fn outcome_of(contents_before: &BTreeMap<String, Vec<u8>>) -> String {
    let directory = directory_of(contents_before);
    let outcome = outcome_elsewhere("this_process_opens_the_directory_it_was_given", directory.path());
    if outcome != "sound" {
        assert!(contents(directory.path()) == *contents_before, "touched: {outcome}");
    }
    outcome
}

#[test]
fn a_flipped_bit_is_named_or_does_not_matter() {
    let sound = contents(forty_records().path());
    let mut damaged = 0;
    // Places all over the log, and the last one that sled wrote.
    let log = &sound["db"];
    let last = log.iter().rposition(|byte| *byte != 0).unwrap();
    for place in (0..16).map(|part| last * part / 16 + 100).chain([last]) {
        let mut flipped = sound.clone();
        flipped.get_mut("db").unwrap()[place] ^= 1 << (place % 8);
        let outcome = outcome_of(&flipped);
        assert!(outcome == "sound" || outcome.starts_with("damaged: "), "byte {place}: {outcome}");
        damaged += usize::from(outcome != "sound");
    }
    assert!(damaged > 0);
}

#[test]
fn damage_done_while_the_store_is_open_is_named_with_the_key() {
    let directory = forty_records();
    let outcome = outcome_elsewhere("this_process_damages_the_store_that_it_has_open", directory.path());
    assert_eq!(outcome, "named, listing too");
}

#[test]
fn a_log_that_lost_its_end_is_damaged() {
    let sound = contents(forty_records().path());
    assert_eq!(outcome_of(&sound), "sound");
    let mut cut = sound.clone();
    let log = cut.get_mut("db").unwrap();
    let last = log.iter().rposition(|byte| *byte != 0).unwrap();
    log.truncate(last - 10_000);
    assert_eq!(outcome_of(&cut), "damaged: 1 of 2 acknowledged groups of writes are gone");
    cut.remove("db");
    cut.retain(|name, _| !name.starts_with("snap."));
    assert_eq!(outcome_of(&cut), "damaged: 2 of 2 acknowledged groups of writes are gone");
}

#[test]
fn a_damaged_number_of_acknowledged_groups_is_damage_and_its_absence_is_not() {
    let mut contents = contents(forty_records().path());
    contents.get_mut("acknowledged").unwrap()[20] ^= 1;
    assert_eq!(outcome_of(&contents), "damaged: the file `acknowledged` is damaged");
    contents.remove("acknowledged");
    assert_eq!(outcome_of(&contents), "sound");
}

#[test]
fn a_snapshot_that_cannot_be_used_is_put_aside() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    let snapshot = names(directory.path(), "snap.").remove(0);
    let torn = fs::read(directory.path().join(&snapshot)).unwrap();
    let torn = &torn[..torn.len() / 2];
    fs::write(directory.path().join(&snapshot), torn).unwrap();
    check_filled(directory.path());
    assert_eq!(fs::read(directory.path().join(format!("set-aside.{snapshot}"))).unwrap(), torn);
}
