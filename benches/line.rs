//! What the stages of the line cost on a profile of 3 KB, and how that grows with the rule set.
//!
//! Times say little on a shared machine. The ratios that follow them are taken from alternating runs in one process:
//! the whole line against the typed parse of the same bytes, and 5,000 phrases against 600.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench stops where its premise fails, and prints")]

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use divan::Bencher;
use divan::counter::BytesCount;
use entregent::profile::{self, ProfileDocument};
use entregent::reading;
use entregent::ruleset::{self, CompiledRuleSet, RuleSetDocument};
use entregent::scoring::{self, Inquiry, Revision};
use entregent::text;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

/// An invented person, in French and English as many profiles are.
const PROFILE: &str = include_str!("profile.json");
const TODAY: Date = date(2026, 11, 23);

static BUILTIN: LazyLock<CompiledRuleSet> = LazyLock::new(|| compile(&ruleset::builtin_document()));

fn main() {
    divan::main();
    let parse = || drop(black_box(serde_json::from_str::<ProfileDocument<'_>>(black_box(PROFILE)).unwrap()));
    let (few, many) = (compile(&invented(600, 60)), compile(&invented(5_000, 300)));
    println!("whole line / typed parse, default rule set   {:.2}", ratio(|| whole_line(&BUILTIN), parse));
    println!("whole line / typed parse, 600 phrases        {:.2}", ratio(|| whole_line(&few), parse));
    println!(
        "whole line / typed parse, 5,000 phrases      {:.2}   (target: at most 5)",
        ratio(|| whole_line(&many), parse)
    );
    println!(
        "whole line, 5,000 phrases / 600 phrases      {:.2}   (target: at most 1.3)",
        ratio(|| whole_line(&many), || whole_line(&few))
    );
}

/// Folding and cutting into words alone.
#[divan::bench]
fn fold(bencher: Bencher<'_, '_>) {
    let profile = profile::parse(PROFILE.as_bytes()).unwrap();
    let texts: Vec<&str> = profile.texts().iter().map(|text| &*text.text).collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for text in &texts {
            text::tokenize(black_box(text), |word, token| {
                black_box((word, token));
            });
        }
    });
}

/// The typed parse that everything is measured against.
#[divan::bench]
fn typed_parse(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_str(PROFILE))
        .bench_local(|| serde_json::from_str::<ProfileDocument<'_>>(black_box(PROFILE)).unwrap());
}

/// Folding, terms, compositions and contexts under the default rule set.
#[divan::bench]
fn reading(bencher: Bencher<'_, '_>) {
    let profile = profile::parse(PROFILE.as_bytes()).unwrap();
    bencher.counter(BytesCount::of_str(PROFILE)).bench_local(|| reading::read(&BUILTIN, black_box(&profile), TODAY));
}

/// From bytes to bytes under the default rule set.
#[divan::bench]
fn default_rule_set(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::of_str(PROFILE)).bench_local(|| whole_line(&BUILTIN));
}

/// From bytes to bytes under an invented rule set.
#[divan::bench(args = [(600, 60), (5_000, 300)])]
fn invented_rule_set(bencher: Bencher<'_, '_>, (phrases, signals): (usize, usize)) {
    let rules = compile(&invented(phrases, signals));
    bencher.counter(BytesCount::of_str(PROFILE)).bench_local(|| whole_line(&rules));
}

/// From the document to a rule set that scores: the default one, and an invented one.
#[divan::bench(args = [0, 5_000])]
fn compile_rule_set(bencher: Bencher<'_, '_>, phrases: usize) {
    let document = if phrases == 0 { ruleset::builtin_document() } else { invented(phrases, 300) };
    bencher.bench_local(|| compile(black_box(&document)));
}

fn whole_line(rules: &CompiledRuleSet) {
    let profile = profile::parse(black_box(PROFILE.as_bytes())).unwrap();
    let revision = Revision { name: "bench", revision: 1 };
    let answer = scoring::judge(rules, revision, &profile, &Inquiry::on(TODAY));
    black_box(answer.to_json());
}

fn compile(document: &RuleSetDocument) -> CompiledRuleSet {
    ruleset::compile(document).rule_set.unwrap()
}

/// A rule set of so many phrases and signals. Thirty words of the profile are terms whatever the size, so that the answers
/// are alike; a tenth of the others begin with a word of the profile, and the rest are words that it does not have.
fn invented(phrases: usize, signals: usize) -> RuleSetDocument {
    let words: Vec<&str> = PROFILE.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3).collect();
    let word = |n: usize| words.get(n % words.len()).copied().unwrap_or_default();
    let term = |n: usize| match n {
        0..30 => word(n).to_owned(),
        _ if n.is_multiple_of(10) => format!("{} {}", word(n / 10), made_up(n)),
        _ => format!("{} {}", made_up(n), made_up(n / 7)),
    };
    let name = |signal: usize| format!("v-{signal}");
    let vocabularies: serde_json::Map<String, Value> = (0..signals)
        .map(|signal| {
            let terms: Vec<String> = (signal..phrases).step_by(signals).map(term).collect();
            (name(signal), json!({"terms": terms, "inflect": []}))
        })
        .collect();
    let categories: serde_json::Map<String, Value> = (0..4)
        .map(|category| {
            let signals: serde_json::Map<String, Value> = (category..signals)
                .step_by(4)
                .map(|signal| {
                    let when = json!({"mentions": {"of": [name(signal)], "in": ["headline", "about", "position.title",
                        "position.description", "skills"], "context": "any"}});
                    let label = format!("signal {signal}");
                    (format!("s-{signal}"), json!({"label": {"fr": label, "en": label}, "points": 5, "when": when}))
                })
                .collect();
            let label = format!("category {category}");
            let body = json!({"kind": "interest", "label": {"fr": label, "en": label}, "threshold": 50,
                "signals": signals});
            (format!("c-{category}"), body)
        })
        .collect();
    serde_json::from_value(json!({"format": 1, "title": "invented", "vocabularies": vocabularies,
        "categories": categories, "policy": [{"id": "else", "label": {"fr": "sinon", "en": "else"},
        "when": "otherwise", "outcome": "review"}]}))
    .unwrap()
}

/// A word that no profile has, a different one for each number.
fn made_up(mut n: usize) -> String {
    let mut word = String::from("zu");
    loop {
        word.push(['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n'].get(n % 8).copied().unwrap_or('b'));
        word.push(['a', 'e', 'i', 'o'].get(n / 8 % 4).copied().unwrap_or('a'));
        n /= 32;
        if n == 0 {
            return word;
        }
    }
}

/// The median of the ratios of alternating runs.
fn ratio(subject: impl Fn(), measure: impl Fn()) -> f64 {
    let mut ratios: Vec<f64> =
        (0..101).map(|_| timed(&subject).as_secs_f64() / timed(&measure).as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap()
}

fn timed(work: impl Fn()) -> Duration {
    let start = Instant::now();
    for _ in 0..50 {
        work();
    }
    start.elapsed()
}
