//! Whole answers to generated profiles.

use std::sync::LazyLock;

use entregent::profile::Owner;
use entregent::profile::import::{self, Format};
use entregent::ruleset::{self, CompiledRuleSet, Tongue};
use entregent::scoring::{Explain, Inquiry, RuleSetName, judge};
use entregent::wire::Refusal;
use serde_json::Value;

/// The default rule set.
pub(crate) static BUILTIN: LazyLock<CompiledRuleSet> =
    LazyLock::new(|| ruleset::compile(&ruleset::builtin_document()).rule_set.unwrap());

/// The answer to a document, on a fixed day.
pub(crate) fn answer(
    rules: &CompiledRuleSet,
    format: Format,
    document: &Value,
    explain: Explain,
) -> Result<Value, Refusal> {
    answer_for(None, rules, format, document, explain)
}

/// As [`answer`], for somebody.
pub(crate) fn answer_for(
    owner: Option<&Owner>,
    rules: &CompiledRuleSet,
    format: Format,
    document: &Value,
    explain: Explain,
) -> Result<Value, Refusal> {
    let bytes = document.to_string();
    let profile = import::read(format, bytes.as_bytes())?;
    let name = RuleSetName { name: "default", revision: 1 };
    let inquiry = Inquiry { explain, owner, ..Inquiry::on(jiff::civil::date(2026, 11, 23)) };
    let answer = judge(rules, name, &profile, &inquiry);
    Ok(serde_json::to_value(answer).unwrap())
}

/// The summary of the answer to a profile document, in a language.
pub(crate) fn summary(rules: &CompiledRuleSet, profile: &Value, language: Tongue) -> String {
    let bytes = profile.to_string();
    let profile = import::read(Format::Profile, bytes.as_bytes()).unwrap();
    let name = RuleSetName { name: "default", revision: 1 };
    let inquiry = Inquiry { language, ..Inquiry::on(jiff::civil::date(2026, 11, 23)) };
    judge(rules, name, &profile, &inquiry).summary.unwrap()
}

/// The items of a list, or of nothing.
pub(crate) fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// All contributions of an answer.
pub(crate) fn contributions(answer: &Value) -> impl Iterator<Item = &Value> {
    items(&answer["scores"]).flat_map(|score| items(&score["contributions"]))
}
