//! What is found in the tests that a rule set brings along.

use super::*;

#[test]
fn a_test_that_expects_a_signal_of_no_category_is_told() {
    let mut document = rule_set(&mentions(), &json!({"ambiguous": true}));
    let expect = json!({"fires": ["s", "typo"], "silent": ["other", "s"]});
    document["tests"] = json!([{"name": "n", "profile": {"headline": "x"}, "expect": expect}]);
    check(&document, &[("unknown-signal", "/tests/0/expect/fires/1"), ("unknown-signal", "/tests/0/expect/silent/0")]);
}

#[test]
fn a_test_that_expects_a_trait_that_is_none_is_told() {
    let mut document = rule_set(&mentions(), &json!({"ambiguous": true}));
    document["tests"] = json!([{"name": "n", "profile": {"headline": "x"}, "expect": {"traits": ["c"]}}]);
    check(&document, &[("unknown-trait", "/tests/0/expect/traits/0")]);
    document["categories"]["c"]["kind"] = json!("trait");
    check(&document, &[]);
}

#[test]
fn tests_expect_what_can_come_out() {
    let tests = |name: &str, expect: Value| {
        let first = json!({"name": "first", "profile": {"headline": "x"}, "expect": {"outcome": "ask"}});
        json!({"tests": [first, {"name": name, "profile": {"headline": "x"}, "expect": expect}]})
    };
    let rule = json!({"rule": "c"});
    silent(tests("second", rule.clone()));
    told(tests("first", rule), "duplicate-test", "/tests/1/name", "is the name of an earlier test");
    let expect = "/tests/1/expect";
    told(tests("second", json!({})), "empty", expect, "expects nothing, so the test never fails");
    let message = "names no policy rule of this rule set";
    told(tests("second", json!({"rule": "typo"})), "unknown-rule", &format!("{expect}/rule"), message);
    let category = format!("{expect}/category");
    let message = "names no category of this rule set";
    told(tests("second", json!({"category": "typo"})), "unknown-category", &category, message);
    for expected in [json!({"category": null}), json!({"category": "c"}), json!({"traits": []})] {
        silent(tests("second", expected));
    }
    let mut patch = tests("second", json!({"category": "c"}));
    patch["categories"]["c"]["kind"] = json!("trait");
    told(patch, "trait", &category, "a trait never wins");
}
