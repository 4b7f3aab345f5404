//! Compiling a rule set is bounded in work, whatever its author writes, and the bound is one of counts, not of time.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use entregent::ruleset::{self, Compiled, Diagnostic};
use serde_json::{Value, json};

fn compile(vocabularies: Value, contexts: Value) -> Compiled {
    ruleset::compile(&ruleset::parse(&document(vocabularies, contexts)).unwrap())
}

fn document(vocabularies: Value, contexts: Value) -> Vec<u8> {
    let signals = json!({"s": {"points": 50, "when": {"fact": "about.present", "op": "exists"}}});
    let document = json!({
        "format": 1, "title": "t", "vocabularies": vocabularies, "contexts": contexts,
        "categories": {"c": {"kind": "trait", "label": {"fr": "c", "en": "c"}, "threshold": 50, "signals": signals}},
        "policy": [{"id": "x", "when": "otherwise", "outcome": "ask"}],
    });
    document.to_string().into_bytes()
}

fn only(compiled: Compiled) -> Diagnostic {
    assert!(compiled.rule_set.is_none());
    assert_eq!(compiled.diagnostics.len(), 1, "{:?}", compiled.diagnostics);
    compiled.diagnostics.into_iter().next().unwrap()
}

/// A phrase, and for each of its words one phrase for each feminine or plural form, which alone that phrase accepts
/// there: every sequence of forms leaves another set of phrases open.
///
/// With ten words, 3.7 kB, this took 100 seconds and 5 GB before there was a bound; each further word five times as much.
fn entangled(words: u8) -> Vec<String> {
    let stem = |word: u8| format!("{}x", char::from(b'a' + word));
    let base: Vec<_> = (0..words).map(|word| stem(word) + "ateur").collect();
    let mut phrases = vec![base.join(" ")];
    for word in 0..words {
        for ending in ["ateurs", "atrices", "ateuses", "ateures"] {
            let mut other = base.clone();
            other[usize::from(word)] = stem(word) + ending;
            phrases.push(other.join(" "));
        }
    }
    phrases
}

#[test]
fn terms_that_share_forms_in_too_many_ways_are_refused_by_name() {
    let found = only(compile(json!({"v": {"terms": entangled(16)}}), json!({})));
    assert_eq!(found.code, "limit");
    assert!(found.pointer.starts_with("/vocabularies/v/terms/"), "{found:?}");
    assert!(found.message.contains("1000000"), "{found:?}");
    assert_eq!(found, only(compile(json!({"v": {"terms": entangled(16)}}), json!({}))));
}

#[test]
fn without_their_forms_the_same_terms_are_harmless() {
    let compiled = compile(json!({"v": {"terms": entangled(16), "inflect": []}}), json!({}));
    assert_eq!(compiled.diagnostics, []);
    assert!(compiled.rule_set.is_some());
}

#[test]
fn triggers_are_bounded_as_terms_are() {
    let found = only(compile(json!({}), json!({"former": {"precedes": entangled(16), "reach": 3}})));
    assert_eq!((found.code, found.pointer.as_str()), ("limit", "/contexts"));
}

#[test]
fn as_many_terms_as_a_rule_set_may_have_are_within_the_bounds() {
    let lists: Vec<Vec<_>> =
        (0..2).map(|n| (0..10_000).map(|term| format!("directeur numéro {n}{term}")).collect()).collect();
    let compiled = compile(json!({"v": {"terms": lists[0]}, "w": {"terms": lists[1]}}), json!({}));
    assert_eq!(compiled.diagnostics, []);
    assert!(compiled.rule_set.is_some());
}

#[test]
fn forms_are_counted_over_all_terms() {
    let words = "acteur facteur lecteur recteur secteur tuteur vecteur";
    let terms: Vec<_> = (0..9_000).map(|term| format!("{words} {term}")).collect();
    let found = only(compile(json!({"v": {"terms": terms}}), json!({})));
    assert_eq!(found.code, "limit");
    assert!(found.pointer.starts_with("/vocabularies/v/terms/"), "{found:?}");
    assert!(found.message.contains("500000"), "{found:?}");
}

#[test]
fn a_comma_is_a_stop_and_no_trigger() {
    let compiled = compile(json!({}), json!({"topic": {"precedes": ["about"], "reach": 3, "stops": [",", "but"]}}));
    assert_eq!(compiled.diagnostics, []);
    let found = only(compile(json!({}), json!({"topic": {"precedes": ["about", ","], "reach": 3}})));
    assert_eq!((found.code, found.pointer.as_str()), ("empty-term", "/contexts/topic/precedes/1"));
    let found = only(compile(json!({}), json!({"topic": {"reach": 3, "beside": {"follows": [","]}}})));
    assert_eq!((found.code, found.pointer.as_str()), ("empty-term", "/contexts/topic/beside/follows/0"));
}

#[test]
fn each_list_of_triggers_is_bounded() {
    let triggers = |most: usize| (0..most).map(|n| format!("x{n}")).collect::<Vec<_>>();
    for list in ["precedes", "follows"] {
        let topic = |most| json!({"topic": {"reach": 3, "beside": {list: triggers(most)}}});
        assert_eq!(compile(json!({}), topic(1_000)).diagnostics, []);
        let beyond = document(json!({}), topic(1_001));
        assert!(ruleset::parse(&beyond).is_err());
        let found = only(ruleset::compile(&ruleset::parse_unbounded(&beyond).unwrap()));
        assert_eq!((found.code, found.pointer), ("limit", format!("/contexts/topic/beside/{list}")));
    }
}

#[test]
fn findings_beyond_a_thousand_are_only_announced() {
    let compiled = compile(json!({"v": {"terms": vec![""; 5_000]}}), json!({}));
    assert!(compiled.rule_set.is_none());
    assert_eq!(compiled.diagnostics.len(), 1_001);
    assert_eq!(compiled.diagnostics[0].code, "empty-term");
    assert_eq!(compiled.diagnostics[1_000].code, "limit");
}

#[test]
fn a_rule_set_with_too_many_parts_is_read_no_further() {
    let label = json!({"fr": "c", "en": "c"});
    let category = json!({"kind": "interest", "label": label, "threshold": 50, "signals": {}});
    let categories: serde_json::Map<_, _> = (0..6_000).map(|n| (format!("c{n}"), category.clone())).collect();
    let names: Vec<_> = (0..60_000).map(|n| format!("x{n}")).collect();
    let policy = json!([{"id": "a", "when": {"category": names}, "outcome": "ask"}]);
    let document = json!({"format": 1, "title": "t", "categories": categories, "policy": policy});
    let found = only(ruleset::compile(&ruleset::parse(document.to_string().as_bytes()).unwrap()));
    assert_eq!((found.code, found.pointer.as_str()), ("limit", "/categories"));
}

#[test]
fn the_same_words_may_be_terms_of_32_vocabularies_and_no_more() {
    let sharing = |count: usize| {
        let vocabulary = |number| (format!("v-{number:02}"), json!({"terms": ["sap"], "inflect": []}));
        compile((0..count).map(vocabulary).collect::<serde_json::Map<_, _>>().into(), json!({}))
    };
    assert!(sharing(32).rule_set.is_some());
    let found = only(sharing(33));
    assert_eq!((found.code, found.pointer.as_str()), ("limit", "/vocabularies/v-32/terms/0"));
}

#[test]
fn conditions_name_100_000_vocabularies_in_all_and_no_more() {
    let naming = |lists: usize| {
        let names: Vec<_> = (0..100).map(|n| format!("v{n}")).collect();
        let mut vocabularies: serde_json::Map<_, _> =
            names.iter().map(|name| (name.clone(), json!({"terms": [name], "inflect": []}))).collect();
        vocabularies.insert("all".to_owned(), json!({"union": names}));
        let mentions = |_| json!({"mentions": {"of": ["all"], "in": ["headline"]}});
        let signal = |n| (format!("s{n}"), json!({"points": 1, "when": mentions(n)}));
        let signals: serde_json::Map<_, _> = (0..lists.min(1_000)).map(signal).collect();
        let label = json!({"fr": "c", "en": "c"});
        let more: Vec<_> = (1_000..lists).map(mentions).chain([json!({"ambiguous": true})]).collect();
        let document = json!({
            "format": 1, "title": "t", "vocabularies": vocabularies,
            "categories": {"c": {"kind": "trait", "label": label, "threshold": 50, "signals": signals}},
            "policy": [
                {"id": "x", "when": {"any": more}, "outcome": "ask"},
                {"id": "y", "when": "otherwise", "outcome": "ask"},
            ],
        });
        ruleset::compile(&ruleset::parse(document.to_string().as_bytes()).unwrap())
    };
    assert_eq!(naming(1_000).diagnostics, []);
    let found = only(naming(1_002));
    assert_eq!((found.code, found.pointer.as_str()), ("limit", "/policy/0/when/any/0/mentions/of"));
}
