//! The tests that a rule set brings along.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Answer, Inquiry, RuleSetName, ScoreAnswer, judge};
use crate::profile;
use crate::ruleset::{CategoryKind, CompiledRuleSet, RuleSetDocument, TestDocument};

/// How a test of a rule set ended.
#[derive(Debug)]
pub struct TestOutcome {
    /// The test.
    pub name: String,
    /// What came out otherwise than expected; empty when it passed.
    pub failures: Vec<String>,
}

/// Runs the tests of a rule set.
#[must_use]
pub fn run_tests(document: &RuleSetDocument, rules: &CompiledRuleSet, today: Date) -> Vec<TestOutcome> {
    document.tests.iter().map(|test| run(test, rules, today)).collect()
}

fn run(test: &TestDocument, rules: &CompiledRuleSet, today: Date) -> TestOutcome {
    let bytes = test.profile.to_string();
    let failures = match profile::parse(bytes.as_bytes()) {
        Err(_) => vec!["the profile is not valid".to_owned()],
        Ok(profile) => {
            let name = RuleSetName { name: "test", revision: 0 };
            failures(test, &judge(rules, name, &profile, &Inquiry::on(today)))
        }
    };
    TestOutcome { name: test.name.clone(), failures }
}

fn failures(test: &TestDocument, answer: &Answer<'_>) -> Vec<String> {
    let expect = &test.expect;
    let mut failures = Vec::new();
    if let Some(category) = expect.category.as_ref().filter(|category| category.as_deref() != answer.category) {
        let name = |category: Option<&str>| category.unwrap_or("none").to_owned();
        let got = name(answer.category);
        failures.push(format!("category is `{got}`, expected `{}`", name(category.as_deref())));
    }
    if let Some(outcome) = expect.outcome.filter(|&outcome| outcome != answer.decision.outcome) {
        failures.push(format!("outcome is `{}`, expected `{}`", answer.outcome(), outcome.word()));
    }
    if let Some(rule) = expect.rule.as_ref().filter(|rule| *rule != answer.decision.rule) {
        failures.push(format!("the deciding rule is `{}`, expected `{rule}`", answer.decision.rule));
    }
    if expect.ambiguous.is_some_and(|ambiguous| ambiguous != answer.ambiguous) {
        failures.push(format!("ambiguous is {}", answer.ambiguous));
    }
    if let Some(expected) = &expect.traits {
        let is_reached = |score: &&ScoreAnswer<'_>| score.kind == CategoryKind::Trait && score.reached;
        let reached: BTreeSet<&str> = answer.scores.iter().filter(is_reached).map(|score| score.category).collect();
        if reached != expected.iter().map(String::as_str).collect() {
            failures.push(format!("the traits are {reached:?}, expected {expected:?}"));
        }
    }
    let fired = |signal: &str| {
        let contributions = answer.scores.iter().filter_map(|score| score.contributions.as_ref()).flatten();
        contributions.filter_map(|part| part.signal).any(|id| id == signal)
    };
    failures.extend(expect.fires.iter().filter(|id| !fired(id)).map(|id| format!("`{id}` did not fire")));
    failures.extend(expect.silent.iter().filter(|id| fired(id)).map(|id| format!("`{id}` fired")));
    failures
}
