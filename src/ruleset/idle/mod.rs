//! What stands in a rule set and can have no effect, or not the one that it looks like.
//!
//! Nothing of it forbids a rule set: each is a warning, and is told of a document without errors alone. All of it takes
//! little more than a pass over the document: only groups are held against signals, and names against names, one by one.

mod contexts;
mod facts;
mod patterns;
mod policy;
mod scores;
mod vocabularies;

use super::RuleSetDocument;
use super::diagnostic::Diagnostics;
use super::model::{Condition, RuleSet};

/// Finds what is idle in a document, and in the rules that were read from it.
pub(super) fn find(document: &RuleSetDocument, rules: &RuleSet, found: &mut Diagnostics) {
    vocabularies::find(document, found);
    patterns::find(document, found);
    contexts::find(&document.contexts, found);
    facts::find_disciplines(document, found);
    scores::find(rules, found);
    policy::find(document, rules, found);
    let most = scores::most(rules);
    each_condition(rules, &mut |pointer, condition| match condition {
        Condition::Mentions(mentions) => contexts::find_in_mentions(pointer, mentions, &document.contexts, found),
        Condition::Fact { fact, .. } => facts::find_in_condition(pointer, fact.fact, &rules.facts, found),
        Condition::Score { category, test } => {
            let most = most.get(*category).copied().unwrap_or_default();
            scores::find_in_comparison(pointer, test, most, found);
        }
        _ => {}
    });
}

/// Visits every condition of the signals and of the policy, and all those within it, with its JSON Pointer.
fn each_condition<'r>(rules: &'r RuleSet, visit: &mut dyn FnMut(&str, &'r Condition)) {
    for category in &rules.categories {
        for signal in &category.signals {
            each_within(&format!("/categories/{}/signals/{}/when", category.id, signal.id), &signal.when, visit);
        }
    }
    for (index, rule) in rules.policy.iter().enumerate() {
        each_within(&format!("/policy/{index}/when"), &rule.when, visit);
    }
}

fn each_within<'r>(pointer: &str, condition: &'r Condition, visit: &mut dyn FnMut(&str, &'r Condition)) {
    visit(pointer, condition);
    let (word, parts) = match condition {
        Condition::All(parts) => ("all", parts),
        Condition::Any(parts) => ("any", parts),
        Condition::Not(inner) => return each_within(&format!("{pointer}/not"), inner, visit),
        _ => return,
    };
    for (index, part) in parts.iter().enumerate() {
        each_within(&format!("{pointer}/{word}/{index}"), part, visit);
    }
}
