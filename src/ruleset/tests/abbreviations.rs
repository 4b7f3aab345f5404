//! Short forms of words: what is told of them.

use super::*;

fn rules(abbreviations: Value) -> Value {
    patched(&json!({
        "vocabularies": {"v": {"terms": ["account manager", "Développeur"]}},
        "abbreviations": abbreviations,
    }))
}

#[test]
fn one_that_some_term_has_use_for_is_fine() {
    check(&rules(json!({"acct": ["account"], "mgr": ["MANAGERS"]})), &[]);
    check(&rules(json!({"acct.": ["account"]})), &[]);
}

#[test]
fn a_word_that_is_in_no_term_of_several_words_is_told() {
    let document = rules(json!({"dev": ["développeur"], "mgr~": ["manger", "manager"]}));
    check(&document, &[("unmet-word", "/abbreviations/dev/0"), ("unmet-word", "/abbreviations/mgr~0/0")]);
}

#[test]
fn a_short_form_is_no_word_of_a_phrase_unless_it_is_one_itself() {
    let document = patched(&json!({
        "vocabularies": {"v": {"terms": ["account manager", "mgr"]}},
        "abbreviations": {"acct": ["account"], "mgr": ["manager"]},
    }));
    let rules = compiled(&document).rule_set.unwrap();
    let mut known = Vec::new();
    crate::text::tokenize("acct account mgr managers clerk", |word, _| known.push(rules.has_word(word)));
    assert_eq!(known, [false, true, true, true, false]);
}

#[test]
fn a_short_form_that_no_term_has_use_for_is_not_taken_for_the_word_that_it_misspells() {
    let document = patched(&json!({
        "vocabularies": {"v": {"terms": ["accountant", "tax manager"]}},
        "abbreviations": {"acountant": ["clerk"]},
    }));
    let rules = compiled(&document).rule_set.unwrap();
    crate::text::tokenize("accountant", |word, _| {
        assert!(rules.has_word(word) && !rules.is_short(rules.trie().word(word).id));
    });
}

#[test]
fn short_forms_bring_no_more_work_than_a_bound() {
    let terms: Vec<String> = (0..100).map(|n| format!("{}b{n}", "a ".repeat(12))).collect();
    let shorts: serde_json::Map<_, _> = (0..1_000).map(|n| (format!("a{n}"), json!(["a"]))).collect();
    let document = patched(&json!({"vocabularies": {"v": {"terms": terms}}, "abbreviations": shorts}));
    let compiled = compiled(&document);
    let found: Vec<_> = compiled.diagnostics.iter().map(|found| (found.code, found.pointer.as_str())).collect();
    assert_eq!((found.as_slice(), compiled.rule_set.is_none()), (&[("limit", "/abbreviations")][..], true));
}

#[test]
fn short_forms_and_what_they_stand_for_are_single_words() {
    let refused = |abbreviations: Value, code: &str, pointer: &str| {
        let compiled = compiled(&rules(abbreviations));
        let found: Vec<_> = compiled.diagnostics.iter().map(|found| (found.code, found.pointer.as_str())).collect();
        assert_eq!(found, [(code, pointer)]);
        assert!(compiled.rule_set.is_none());
    };
    refused(json!({"acct": ["account manager"]}), "shape", "/abbreviations/acct/0");
    refused(json!({"a mgr": ["account manager"]}), "shape", "/abbreviations/a mgr");
    refused(json!({"-": ["account"]}), "shape", "/abbreviations/-");
    refused(json!({"acct": [""]}), "shape", "/abbreviations/acct/0");
    refused(json!({"acct": ["a".repeat(201)]}), "shape", "/abbreviations/acct/0");
    refused(json!({"acct": vec!["account"; 17]}), "limit", "/abbreviations");
    let many: serde_json::Map<_, _> = (0..1_001).map(|n| (format!("a{n}"), json!(["account"]))).collect();
    refused(Value::Object(many), "limit", "/abbreviations");
}
