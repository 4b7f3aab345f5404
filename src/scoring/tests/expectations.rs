//! What a rule set's own test says when something else comes out.

use super::*;

/// The failures of a test of somebody who reaches the trait `reads`.
fn failures(expect: &Value) -> Vec<String> {
    let mut document = document(&json!({}), &json!([]));
    let when = json!({"fact": "headline.present", "op": "eq", "value": true});
    document["categories"]["reads"] = json!({"kind": "trait", "label": {"fr": "l", "en": "l"}, "threshold": 1,
                                             "signals": {"comes": {"points": 5, "when": when}}});
    document["categories"]["writes"] = json!({"kind": "trait", "label": {"fr": "l", "en": "l"}, "threshold": 9,
                                              "signals": {"posts": {"points": 5, "when": when}}});
    document["tests"] = json!([{"name": "n", "profile": {"headline": "x"}, "expect": expect}]);
    let document = ruleset::parse(document.to_string().as_bytes()).unwrap();
    let rules = ruleset::compile(&document).rule_set.unwrap();
    run_tests(&document, &rules, date(2026, 11, 23)).remove(0).failures
}

#[test]
fn the_traits_that_are_expected_are_all_that_are_reached() {
    let told = |failures: Vec<String>| failures.concat();
    assert_eq!(told(failures(&json!({"traits": ["reads"]}))), "");
    assert_eq!(told(failures(&json!({}))), "");
    assert_eq!(told(failures(&json!({"traits": []}))), r#"the traits are {"reads"}, expected []"#);
    let both = failures(&json!({"traits": ["reads", "writes"]}));
    assert_eq!(told(both), r#"the traits are {"reads"}, expected ["reads", "writes"]"#);
}
