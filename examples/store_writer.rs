//! Writes to a store until it is stopped, and tells afterwards what is left: the tool of `tests/torture/`.
//!
//! ```text
//! store_writer write DIRECTORY THREADS GROUPS    each thread commits so many groups; `THREAD NUMBER` is printed once
//!                                                a group is acknowledged
//! store_writer check DIRECTORY <PRINTED          opens the store, and tells what is lost of what was acknowledged
//! store_writer rate DIRECTORY THREADS SECONDS    commits records of 1 KB, and tells how many a second were durable
//! ```
//!
//! A group of a thread holds a record of 1 KB, at times one of 20 or 300 KB beside it, the number of the thread's latest
//! group, and the removal of what the thread wrote [`KEPT`] groups before. So half a group shows, and sled has something
//! to clear away. Before each [`ERASED`]th group its number is put into an erasable record.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, BufRead as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use entregent::store::sled::{OpenFailure, SledStore};
use entregent::store::{Change, ERASABLE, Expected, Store, Write};

/// How many groups of a thread leave their records behind.
const KEPT: u64 = 64;

/// Before how many groups a thread writes over its erasable record.
const ERASED: u64 = 16;

type Done<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    env_logger::Builder::new().filter_level(log::LevelFilter::Warn).init();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["write", directory, threads, groups] => write(directory, threads, groups),
        ["check", directory] => check(directory),
        ["rate", directory, threads, seconds] => rate(directory, threads, seconds),
        _ => Err("see the head of examples/store_writer.rs".into()),
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    let _ = writeln!(io::stderr(), "{error}");
    ExitCode::from(match error.downcast_ref() {
        Some(OpenFailure::InUse { .. }) => 3,
        Some(OpenFailure::Damaged { .. }) => 4,
        Some(OpenFailure::Io { .. }) | None => 1,
    })
}

fn write(directory: &str, threads: &str, groups: &str) -> Done<()> {
    let store = SledStore::open(Path::new(directory))?;
    let written = in_threads(threads.parse()?, |thread| write_groups(&store, thread, groups.parse()?));
    if written.is_err() {
        let listed = store.list("latest/", None, 100).map(|listed| listed.len());
        writeln!(io::stderr(), "reading afterwards: {listed:?}")?;
    }
    written.map(drop)
}

fn write_groups(store: &dyn Store, thread: u64, groups: u64) -> Done<()> {
    let begun = number_at(store, &latest_key(thread))?;
    for number in begun + 1..=begun + groups {
        if number.is_multiple_of(ERASED) {
            store.commit(vec![put(erasable_key(thread), number.to_string().into_bytes())])?;
        }
        store.commit(group(thread, number))?;
        writeln!(io::stdout(), "{thread} {number}")?;
    }
    Ok(())
}

fn check(directory: &str) -> Done<()> {
    let mut acknowledged = BTreeMap::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        // The last line may be torn.
        let Some((thread, number)) = line.split_once(' ') else { continue };
        let (Ok(thread), Ok(number)) = (thread.parse::<u64>(), number.parse::<u64>()) else { continue };
        acknowledged.entry(thread).and_modify(|latest| *latest = number.max(*latest)).or_insert(number);
    }
    let store = SledStore::open(Path::new(directory))?;
    let (mut lost, mut halves) = (0, 0);
    for (&thread, &number) in &acknowledged {
        let latest = number_at(&store, &latest_key(thread))?;
        lost += number.saturating_sub(latest);
        lost += (number - number % ERASED).saturating_sub(number_at(&store, &erasable_key(thread))?);
        let mut expected: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for number in latest.saturating_sub(KEPT - 1).max(1)..=latest {
            expected.extend(records(thread, number));
        }
        let found = store.list(&format!("written/{thread}/"), None, usize::MAX)?;
        let found: BTreeMap<String, Vec<u8>> = found.into_iter().map(|(key, record)| (key, record.body)).collect();
        halves += u64::from(found != expected);
    }
    let all: u64 = acknowledged.values().sum();
    writeln!(io::stdout(), "{all} acknowledged, {lost} lost, {halves} of {} threads not whole", acknowledged.len())?;
    if lost + halves == 0 { Ok(()) } else { Err("something is lost".into()) }
}

fn rate(directory: &str, threads: &str, seconds: &str) -> Done<()> {
    let store = SledStore::open(Path::new(directory))?;
    let (begun, lasts) = (Instant::now(), Duration::from_secs(seconds.parse()?));
    let counts = in_threads(threads.parse()?, |thread| {
        let mut count = 0_u64;
        while begun.elapsed() < lasts {
            let key = format!("rate/{thread}/{}", count % 1000);
            store.commit(vec![put(key, body(1024, count))])?;
            count += 1;
        }
        Ok(count)
    })?;
    let rate = counts.iter().sum::<u64>() as f64 / begun.elapsed().as_secs_f64();
    writeln!(io::stdout(), "{rate:.0} durable writes a second, {threads} at a time")?;
    Ok(())
}

/// Does the work in so many threads, and gives what each gave, or the first failure.
fn in_threads<T: Send>(threads: u64, work: impl Fn(u64) -> Done<T> + Sync) -> Done<Vec<T>> {
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..threads).map(|thread| scope.spawn(move || work(thread))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a thread panicked".into()))).collect()
    })
}

fn group(thread: u64, number: u64) -> Vec<Write> {
    let mut group: Vec<Write> = records(thread, number).into_iter().map(|(key, body)| put(key, body)).collect();
    group.push(put(latest_key(thread), number.to_string().into_bytes()));
    let old = number.checked_sub(KEPT).filter(|&old| old > 0).map(|old| records(thread, old)).unwrap_or_default();
    let removal = |(key, _)| Write { key, expected: Expected::Anything, change: Change::Remove };
    group.extend(old.into_iter().map(removal));
    group
}

/// The records that a group leaves behind.
fn records(thread: u64, number: u64) -> Vec<(String, Vec<u8>)> {
    let key = format!("written/{thread}/{number}");
    let mut records = vec![(key.clone(), body(1024, number))];
    if (number + thread).is_multiple_of(8) {
        records.push((format!("{key}.more"), body(20_000, number)));
    }
    if (number + thread).is_multiple_of(40) {
        records.push((format!("{key}.most"), body(300_000, number)));
    }
    records
}

fn put(key: String, body: Vec<u8>) -> Write {
    Write { key, expected: Expected::Anything, change: Change::Put(body) }
}

/// Where the number of a thread's latest group stands.
fn latest_key(thread: u64) -> String {
    format!("latest/{thread}")
}

/// Where a thread's erasable record stands.
fn erasable_key(thread: u64) -> String {
    format!("{ERASABLE}{thread}")
}

/// The number in a record; 0 if there is none.
fn number_at(store: &dyn Store, key: &str) -> Done<u64> {
    let record = store.read(key)?;
    record.map_or(Ok(0), |record| Ok(String::from_utf8(record.body)?.parse()?))
}

fn body(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..length).map(|_| next()).collect()
}
