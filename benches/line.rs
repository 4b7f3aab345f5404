//! What the stages of the line cost on profiles of 3 KB, and how that grows with the rule set.
//!
//! Times say little on a shared machine. The ratios that follow them are taken from alternating passes in one process:
//! the whole line against the typed parse of the same bytes, and 5,000 phrases against 600.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench stops where its premise fails, and prints")]

mod people;

use std::hint::black_box;
use std::sync::LazyLock;

use entregent::profile::{self, Profile, ProfileDocument};
use entregent::reading;
use entregent::ruleset::{self, CompiledRuleSet, RuleSetDocument};
use entregent::scoring::{self, Answer, Explain, Inquiry, Revision, Shown};
use entregent::text;
use jiff::civil::{Date, date};
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

const TODAY: Date = date(2026, 11, 23);

static PROFILES: LazyLock<Vec<String>> = LazyLock::new(|| people::profiles(2_000));
static BUILTIN: LazyLock<CompiledRuleSet> = LazyLock::new(|| compile(&ruleset::builtin_document()));

fn main() {
    let bytes: usize = PROFILES.iter().map(String::len).sum();
    println!("{} profiles of {} bytes; one core", PROFILES.len(), bytes / PROFILES.len());
    println!("{:<36}{:>10}{:>14}{:>16}", "", "us/profile", "profiles/s", "x typed parse");
    let (few, many) = (compile(&invented(600, 60)), compile(&invented(5_000, 300)));
    let evidence = Explain::Evidence;
    report("typed parse", typed_parse);
    report("strict parse, bounds checked", |json| drop(black_box(parse(json))));
    stage("folding, cutting into words", fold);
    stage("reading, default rules", |profile| drop(black_box(reading::read(&BUILTIN, black_box(profile), TODAY))));
    stage("judging, default rules", |profile| drop(black_box(judge(&BUILTIN, black_box(profile), evidence))));
    report("line, default rules", |json| whole_line(&BUILTIN, json, evidence));
    report("line, default rules, explain=none", |json| whole_line(&BUILTIN, json, Explain::None));
    report("line, default rules, explain=full", |json| whole_line(&BUILTIN, json, Explain::Full));
    report("line, 600 phrases", |json| whole_line(&few, json, evidence));
    report("line, 5,000 phrases", |json| whole_line(&many, json, evidence));
    report_compiling("default rules", &ruleset::builtin_document());
    report_compiling("5,000 phrases", &invented(5_000, 300));
}

fn fold(profile: &Profile<'_>) {
    for text in profile.texts() {
        text::tokenize(black_box(&text.text), |word, token| {
            black_box((word, token));
        });
    }
}

fn typed_parse(json: &str) {
    drop(black_box(serde_json::from_str::<ProfileDocument<'_>>(black_box(json)).unwrap()));
}

fn parse(json: &str) -> Profile<'_> {
    profile::parse(black_box(json.as_bytes())).unwrap()
}

fn judge<'a>(rules: &'a CompiledRuleSet, profile: &'a Profile<'a>, explain: Explain) -> Answer<'a> {
    let revision = Revision { name: "bench", revision: 1 };
    scoring::judge(rules, revision, profile, &Inquiry { explain, ..Inquiry::on(TODAY) })
}

fn whole_line(rules: &CompiledRuleSet, json: &str, explain: Explain) {
    black_box(Shown::Nested(&judge(rules, &parse(json), explain)).to_json());
}

fn compile(document: &RuleSetDocument) -> CompiledRuleSet {
    ruleset::compile(document).rule_set.unwrap()
}

/// A rule set of so many phrases and signals. Thirty words of the profiles are terms whatever the size, so that the
/// answers are alike; a tenth of the others begin with a word of the profiles, and the rest are words that none has.
fn invented(phrases: usize, signals: usize) -> RuleSetDocument {
    let first = PROFILES.iter().take(20).flat_map(|json| json.split(|c: char| !c.is_alphabetic()));
    let words: Vec<&str> = first.filter(|word| word.len() > 3).collect();
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

/// How many times all profiles are gone through.
const PASSES: usize = 15;

/// Prints what work on the documents costs, and how many times the typed parse that is.
fn report(what: &str, work: impl Fn(&str)) {
    print(what, || PROFILES.iter().for_each(|json| work(json)));
}

/// Prints what work on the parsed profiles costs.
fn stage(what: &str, work: impl Fn(&Profile<'_>)) {
    let parsed: Vec<_> = PROFILES.iter().map(|json| parse(json)).collect();
    print(what, || parsed.iter().for_each(&work));
}

fn print(what: &str, pass: impl Fn()) {
    let passes: Vec<_> =
        (0..PASSES).map(|_| (seconds(&pass), seconds(|| PROFILES.iter().for_each(|json| typed_parse(json))))).collect();
    let profile = median(passes.iter().map(|(own, _)| *own)) / PROFILES.len() as f64;
    let ratio = median(passes.iter().map(|(own, parse)| own / parse));
    println!("{what:<36}{:>10.2}{:>14.0}{ratio:>16.2}", profile * 1e6, 1.0 / profile);
}

/// Prints what it takes to get from a document to a rule set that scores.
fn report_compiling(what: &str, document: &RuleSetDocument) {
    let times = (0..PASSES).map(|_| seconds(|| drop(black_box(compile(black_box(document))))));
    println!("compiling, {what:<25}{:>10.2} ms", median(times) * 1e3);
}

/// The time of this thread on the processor: what others do on the machine costs caches, but is not counted.
fn seconds(work: impl Fn()) -> f64 {
    let now = || clock_gettime(ClockId::ThreadCPUTime);
    let start = now();
    work();
    let spent = now() - start;
    spent.tv_sec as f64 + spent.tv_nsec as f64 / 1e9
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap()
}
