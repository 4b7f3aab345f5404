//! What the stages of the line cost on profiles of 3 KB, and how that grows with the rule set.
//!
//! Times say little on a shared machine. The ratios that follow them are taken from alternating passes in one process:
//! the whole line against the typed parse of the same bytes.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench stops where its premise fails, and prints")]

mod measure;
mod people;
mod rules;

use std::hint::black_box;
use std::sync::LazyLock;

use entregent::profile::{self, Profile, ProfileDocument};
use entregent::reading;
use entregent::ruleset::{self, CompiledRuleSet, RuleSetDocument};
use entregent::scoring::{self, Answer, Explain, Inquiry, RuleSetName, ShownAnswer};
use entregent::text;
use jiff::civil::{Date, date};

use measure::median;
use rules::invented;

const TODAY: Date = date(2026, 11, 23);

static PROFILES: LazyLock<Vec<String>> = LazyLock::new(|| people::profiles(2_000));
static BUILTIN: LazyLock<CompiledRuleSet> = LazyLock::new(|| compile(&ruleset::builtin_document()));

fn main() {
    let bytes: usize = PROFILES.iter().map(String::len).sum();
    println!("{} profiles of {} bytes; one core", PROFILES.len(), bytes / PROFILES.len());
    println!("{:<36}{:>10}{:>14}{:>16}", "", "us/profile", "profiles/s", "x typed parse");
    let evidence = Explain::Evidence;
    report("typed parse", typed_parse);
    report("strict parse, bounds checked", |json| drop(black_box(parse(json))));
    stage("folding, cutting into words", fold);
    stage("reading, default rules", |profile| {
        drop(black_box(reading::read(&BUILTIN, black_box(profile), TODAY, false)))
    });
    stage("judging, default rules", |profile| drop(black_box(judge(&BUILTIN, black_box(profile), evidence))));
    report("line, default rules", |json| whole_line(&BUILTIN, json, evidence));
    report("line, default rules, explain=none", |json| whole_line(&BUILTIN, json, Explain::None));
    report("line, default rules, explain=full", |json| whole_line(&BUILTIN, json, Explain::Full));
    for (what, phrases, signals) in [
        ("line, 100 phrases", 100, 10),
        ("line, 600 phrases", 600, 60),
        ("line, 5,000 phrases", 5_000, 300),
        ("line, 10,000 phrases", 10_000, 500),
    ] {
        let rules = compile(&document(phrases, signals));
        report(what, |json| whole_line(&rules, json, evidence));
    }
    report_compiling("default rules", &ruleset::builtin_document());
    report_compiling("5,000 phrases", &document(5_000, 300));
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
    let name = RuleSetName { name: "bench", revision: 1 };
    scoring::judge(rules, name, profile, &Inquiry { explain, ..Inquiry::on(TODAY) })
}

fn whole_line(rules: &CompiledRuleSet, json: &str, explain: Explain) {
    black_box(ShownAnswer::Nested(&judge(rules, &parse(json), explain)).to_json());
}

fn document(phrases: usize, signals: usize) -> RuleSetDocument {
    serde_json::from_value(invented(phrases, signals)).unwrap()
}

fn compile(document: &RuleSetDocument) -> CompiledRuleSet {
    ruleset::compile(document).rule_set.unwrap()
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

/// The time of this thread on the processor.
fn seconds(work: impl Fn()) -> f64 {
    let start = measure::thread_seconds();
    work();
    measure::thread_seconds() - start
}
