//! Policy rules that never decide, categories that no rule reads, and questions that are asked with holes in them.

use std::collections::{BTreeSet, HashMap};

use super::each_within;
use crate::ruleset::diagnostic::Diagnostics;
use crate::ruleset::model::{CategoryId, Condition, RuleSet};
use crate::ruleset::{CategoryKind, Label, PARTS, RuleSetDocument};

/// Finds what is idle in the policy, and what is idle because of it.
pub(super) fn find(document: &RuleSetDocument, rules: &RuleSet, found: &mut Diagnostics) {
    find_unread(rules, found);
    find_repeated(document, found);
    for (index, rule) in rules.policy.iter().enumerate() {
        if let Some(question) = &rule.question {
            find_placeholders(&format!("/policy/{index}/question"), question, found);
        }
    }
}

fn find_unread(rules: &RuleSet, found: &mut Diagnostics) {
    let mut read: BTreeSet<CategoryId> = BTreeSet::new();
    for rule in &rules.policy {
        each_within("", &rule.when, &mut |_, condition| match condition {
            Condition::Score { category, .. } => read.extend([*category]),
            Condition::Category(categories) => read.extend(categories),
            _ => {}
        });
    }
    for (id, category) in rules.categories.iter().enumerate() {
        if category.kind != CategoryKind::Trait && !read.contains(&id) {
            let message = "is named by no rule of the policy: it never decides, although it can win over those that do";
            found.warning("unread-category", format!("/categories/{}", category.id), message);
        }
    }
}

/// Finds rules whose condition is, as it is written, that of an earlier one.
fn find_repeated(document: &RuleSetDocument, found: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for (index, rule) in document.policy.iter().enumerate() {
        let Ok(condition) = serde_json::to_string(&rule.when) else { continue };
        if let Some(&earlier) = seen.get(&condition) {
            let message = format!("is the same condition as that of `/policy/{earlier}`, so this rule never decides");
            found.warning("same-condition", format!("/policy/{index}/when"), message);
        } else {
            seen.insert(condition, index);
        }
    }
}

fn find_placeholders(pointer: &str, question: &Label, found: &mut Diagnostics) {
    for (language, text) in [("fr", &question.fr), ("en", &question.en)] {
        let filled = text.replacen(PARTS, "", 1);
        if filled.split_once('{').is_some_and(|(_, rest)| rest.contains('}')) {
            let message = format!("has a placeholder that is sent as it stands: only one `{PARTS}` is filled in");
            found.warning("placeholder", format!("{pointer}/{language}"), message);
        }
    }
}
