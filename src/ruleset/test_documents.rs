//! The tests that a rule set brings along: whether their profiles can be read, and whether what they expect can come out.

use std::collections::BTreeSet;

use super::diagnostic::Diagnostics;
use super::{CategoryKind, ExpectDocument, RuleSetDocument};
use crate::wire::Refusal;

/// Collects what is wrong with the tests of a document.
pub(super) fn check(document: &RuleSetDocument, found: &mut Diagnostics) {
    let categories = document.categories.values();
    let signals: BTreeSet<&String> = categories.flat_map(|category| category.signals.keys()).collect();
    let rules: BTreeSet<&String> = document.policy.iter().map(|rule| &rule.id).collect();
    let mut names = BTreeSet::new();
    for (index, test) in document.tests.iter().enumerate() {
        let pointer = format!("/tests/{index}");
        if !names.insert(&test.name) {
            found.warning("duplicate-test", format!("{pointer}/name"), "is the name of an earlier test");
        }
        let expected = format!("{pointer}/expect");
        if test.expect == ExpectDocument::default() {
            found.warning("empty", &expected, "expects nothing, so the test never fails");
        }
        for (list, names) in [("fires", &test.expect.fires), ("silent", &test.expect.silent)] {
            for (place, _) in names.iter().enumerate().filter(|(_, name)| !signals.contains(name)) {
                let pointer = format!("{expected}/{list}/{place}");
                found.warning("unknown-signal", pointer, "names no signal of this rule set");
            }
        }
        if test.expect.rule.as_ref().is_some_and(|rule| !rules.contains(rule)) {
            found.warning("unknown-rule", format!("{expected}/rule"), "names no policy rule of this rule set");
        }
        let kind = |name: &String| document.categories.get(name).map(|category| category.kind);
        match test.expect.category.iter().flatten().next().map(kind) {
            Some(None) => {
                let message = "names no category of this rule set";
                found.warning("unknown-category", format!("{expected}/category"), message);
            }
            Some(Some(CategoryKind::Trait)) => {
                found.warning("trait", format!("{expected}/category"), "a trait never wins");
            }
            _ => {}
        }
        for (place, name) in test.expect.traits.iter().flatten().enumerate() {
            if kind(name) != Some(CategoryKind::Trait) {
                let pointer = format!("{expected}/traits/{place}");
                found.warning("unknown-trait", pointer, "names no trait of this rule set");
            }
        }
        let bytes = test.profile.to_string();
        let Err(Refusal::Invalid(complaints)) = crate::profile::parse(bytes.as_bytes()) else { continue };
        for complaint in complaints {
            found.error("test-profile", format!("{pointer}/profile{}", complaint.pointer), complaint.reason);
        }
    }
}
