//! What is found in rule sets that can be used, but perhaps not as meant.

mod abbreviations;
mod idle;
mod test_documents;
mod unions;

use serde_json::{Value, json};

use super::*;

/// A rule set with this condition in its signal `s`, and this one in its policy.
fn rule_set(signal: &Value, policy: &Value) -> Value {
    json!({
        "format": 1, "title": "t", "vocabularies": {"v": {"terms": ["x"]}, "w": {"terms": ["y"]}},
        "categories": {"c": {
            "kind": "interest", "label": {"fr": "c", "en": "c"}, "threshold": 10,
            "signals": {"s": {"points": 10, "when": signal}},
        }},
        "policy": [
            {"id": "a", "when": policy, "outcome": "ask"},
            {"id": "c", "when": {"score": "c", "op": "gte", "value": 10}, "outcome": "ask"},
            {"id": "b", "when": "otherwise", "outcome": "ask"},
        ],
    })
}

fn compiled(document: &Value) -> Compiled {
    compile(&parse(document.to_string().as_bytes()).unwrap())
}

/// Fails unless just these warnings are given, as code and pointer, and the rule set can be used.
fn check(document: &Value, expected: &[(&str, &str)]) {
    let compiled = compiled(document);
    let found: Vec<_> = compiled.diagnostics.iter().map(|found| (found.code, found.pointer.as_str())).collect();
    assert_eq!(found, expected, "{document}");
    assert!(compiled.diagnostics.iter().all(|found| found.severity == Severity::Warning), "{document}");
    assert!(compiled.rule_set.is_some(), "{document}");
}

/// A rule set that a merge patch is applied to; there is nothing to tell of it.
fn patched(patch: &Value) -> Value {
    let mut document = rule_set(&mentions(), &json!({"ambiguous": true}));
    merge(&mut document, patch);
    document
}

fn merge(into: &mut Value, patch: &Value) {
    let (Some(members), Some(changes)) = (into.as_object_mut(), patch.as_object()) else {
        *into = patch.clone();
        return;
    };
    for (name, change) in changes {
        merge(members.entry(name).or_insert(json!({})), change);
    }
}

/// Fails unless the patched rule set can be used, and just this is told of it.
fn told(patch: Value, code: &str, pointer: &str, message: &str) {
    let document = patched(&patch);
    check(&document, &[(code, pointer)]);
    assert_eq!(compiled(&document).diagnostics[0].message, message, "{patch}");
}

fn silent(patch: Value) {
    check(&patched(&patch), &[]);
}

fn mentions() -> Value {
    json!({"mentions": {"of": ["v"], "in": ["headline"]}})
}

const SIGNAL: &str = "/categories/c/signals/s/when";

#[test]
fn a_vocabulary_named_twice_counts_once() {
    let document =
        rule_set(&json!({"mentions": {"of": ["w", "v", "w"], "in": ["headline"]}}), &json!({"ambiguous": true}));
    check(&document, &[("duplicate-vocabulary", &format!("{SIGNAL}/mentions/of/2"))]);
    let rules = compiled(&document).rule_set.unwrap();
    let Condition::Mentions(read) = &rules.rules().categories[0].signals[0].when else { panic!("it has mentions") };
    assert_eq!(read.of, [1, 0]);
}

#[test]
fn a_choice_of_nothing_is_told() {
    let none = json!({"fact": "relationship.kind", "op": "in", "value": []});
    check(
        &rule_set(&none, &json!({"category": []})),
        &[("empty", &format!("{SIGNAL}/value")), ("empty", "/policy/0/when/category")],
    );
    let some = json!({"fact": "relationship.kind", "op": "in", "value": ["friend"]});
    check(&rule_set(&some, &json!({"category": ["c"]})), &[]);
}

#[test]
fn a_score_compared_with_what_no_score_can_be_is_told() {
    let check_value = |value: Value, op: &str, expected: &[(&str, &str)]| {
        let mut document = rule_set(&mentions(), &json!({"score": "c", "op": op, "value": value}));
        document["categories"]["c"]["signals"]["s"]["points"] = json!(100);
        check(&document, expected);
    };
    let told = [("range", "/policy/0/when/value")];
    check_value(json!(0), "gt", &[]);
    check_value(json!(100), "lt", &[]);
    check_value(json!(101), "gte", &told);
    check_value(json!(-1), "lte", &told);
    check_value(json!([50, 100.5]), "in", &told);
}

#[test]
fn a_value_that_nothing_is_compared_with_is_told() {
    let mut signal = mentions();
    signal["value"] = json!(3);
    check(
        &rule_set(&signal, &json!({"ambiguous": true, "value": 1})),
        &[("unused-value", &format!("{SIGNAL}/value")), ("unused-value", "/policy/0/when/value")],
    );
}

#[test]
fn of_the_traits_only_that_of_prospectors_may_weigh_on_a_decision() {
    fn scores<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("score").and_then(Value::as_str));
                members.values().for_each(|value| scores(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| scores(value, found)),
            _ => {}
        }
    }
    let document = builtin_document();
    let policy = serde_json::to_value(&document.policy).unwrap();
    let mut found = Vec::new();
    scores(&policy, &mut found);
    found.retain(|id| document.categories.get(*id).unwrap().kind == CategoryKind::Trait);
    found.dedup();
    assert_eq!(found, ["prospector"]);
}

#[test]
fn a_question_that_is_never_asked_is_told() {
    let mut document = rule_set(&mentions(), &json!({"ambiguous": true}));
    document["policy"][0]["question"] = json!({"fr": "Bonjour ?", "en": "Hello?"});
    check(&document, &[]);
    document["policy"][0]["outcome"] = json!("review");
    check(&document, &[("unused-question", "/policy/0/question")]);
}

#[test]
fn a_group_named_like_its_category_is_told() {
    let mut document = rule_set(&mentions(), &json!({"ambiguous": true}));
    document["categories"]["c"]["groups"] = json!({"c": {"cap": 20}, "d": {"cap": 20}});
    for group in ["c", "d"] {
        document["categories"]["c"]["signals"][group] = json!({"points": 1, "when": mentions(), "group": group});
    }
    check(&document, &[("same-name", "/categories/c/groups/c")]);
}

#[test]
fn the_words_of_facts_are_found_by_their_names() {
    let mut document = rule_set(&mentions(), &json!({"ambiguous": true}));
    document["facts"] = json!({
        "levels": {"lead": ["v", "typo"]}, "disciplines": {"it": {"roles": ["w"], "studies": ["other"]}, "X": {}},
        "self_taught": ["v", "v"], "technical": ["gone"],
    });
    let compiled = compiled(&document);
    let found: Vec<_> = compiled.diagnostics.iter().map(|found| (found.code, found.pointer.as_str())).collect();
    let expected = [
        ("unknown-vocabulary", "/facts/levels/lead/1"),
        ("unknown-vocabulary", "/facts/disciplines/it/studies/0"),
        ("unknown-vocabulary", "/facts/technical/0"),
        ("duplicate-vocabulary", "/facts/self_taught/1"),
        ("name", "/facts/disciplines/X"),
    ];
    assert_eq!(found, expected);
    document["facts"] = json!({"disciplines": {"v": {"roles": ["v"]}}});
    let compiled = self::compiled(&document);
    let found: Vec<_> = compiled.diagnostics.iter().map(|found| (found.code, found.pointer.as_str())).collect();
    assert_eq!(found, [("same-name", "/facts/disciplines/v")]);
}

#[test]
fn a_discipline_stands_for_the_vocabularies_of_its_roles() {
    let asked = |of: Value| json!({"fact": "career.years", "of": of, "op": "exists"});
    let mut document = rule_set(&asked(json!(["it"])), &json!({"moved": {"from": ["it", "v"], "to": ["it"]}}));
    document["facts"] = json!({"disciplines": {"it": {"roles": ["w", "v"]}}});
    let rules = compiled(&document).rule_set.unwrap();
    let asked = rules.reads().facts.first().unwrap();
    assert_eq!((asked.name.as_ref(), &asked.of), ("career.years[it]", &vec![0, 1]));
    let Condition::Moved { from, to } = &rules.rules().policy[0].when else { panic!("it has a move") };
    assert_eq!((&from.of, &to.of), (&vec![0, 1], &vec![0, 1]));
}

#[test]
fn a_fact_goes_by_vocabularies_where_it_can() {
    let asked = |fact: &str, of: Value| json!({"fact": fact, "of": of, "op": "exists"});
    check(&rule_set(&asked("career.years", json!(["w", "v"])), &asked("career.years", json!(["v", "w"]))), &[]);
    let error = |signal: Value, code: &str, pointer: &str| {
        let compiled = compiled(&rule_set(&signal, &json!({"ambiguous": true})));
        let found: Vec<_> = compiled.diagnostics.iter().map(|found| (found.code, found.pointer.as_str())).collect();
        assert_eq!(found, [(code, format!("{SIGNAL}{pointer}").as_str())], "{signal}");
    };
    error(asked("skills.count", json!(["v"])), "shape", "/of");
    error(asked("career.years", json!(["typo"])), "unknown-vocabulary", "/of/0");
    error(json!({"all": [], "of": ["v"]}), "shape", "");
}

#[test]
fn the_same_vocabularies_in_another_order_make_the_same_fact() {
    let asked = |of: Value| json!({"fact": "career.years", "of": of, "op": "exists"});
    let rules = compiled(&rule_set(&asked(json!(["w", "v"])), &asked(json!(["v", "w"])))).rule_set.unwrap();
    let names: Vec<_> = rules.reads().facts.iter().map(|asked| asked.name.as_ref()).collect();
    assert_eq!(names, ["career.years[v,w]"]);
}

#[test]
fn the_facts_that_are_read_stand_in_the_order_of_their_names() {
    let asked = |fact: &str, of: Value| json!({"fact": fact, "of": of, "op": "exists"});
    let about = json!({"fact": "about.present", "op": "exists"});
    let tenure = json!({"fact": "career.current_tenure", "op": "exists"});
    let signal = json!({"any": [asked("career.years", json!(["w"])), asked("career.years", json!(["v"])), about]});
    let rules = compiled(&rule_set(&signal, &tenure)).rule_set.unwrap();
    let names: Vec<_> = rules.reads().facts.iter().map(|asked| asked.name.as_ref()).collect();
    assert_eq!(names, ["about.present", "career.current_tenure", "career.years[v]", "career.years[w]"]);
}

#[test]
fn all_that_the_default_rules_name_has_a_name_for_people() {
    let document = builtin_document();
    let mut names: Vec<(String, Option<&Label>)> = Vec::new();
    for (id, category) in document.categories.iter() {
        names.push((id.clone(), Some(&category.label)));
        names.extend(category.groups.iter().map(|(name, group)| (format!("{id}/{name}"), group.label.as_ref())));
        names.extend(category.signals.iter().map(|(name, signal)| (format!("{id}/{name}"), signal.label.as_ref())));
    }
    names.extend(document.policy.iter().map(|rule| (rule.id.clone(), rule.label.as_ref())));
    let is_good = |text: &str| !text.trim().is_empty() && text.chars().next().is_some_and(|c| !c.is_lowercase());
    let lacks = |label: Option<&Label>| label.is_none_or(|label| !is_good(&label.fr) || !is_good(&label.en));
    let lacking: Vec<&String> = names.iter().filter(|(_, label)| lacks(*label)).map(|(id, _)| id).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}

#[test]
fn a_move_names_vocabularies_on_both_sides() {
    let moved = |from: Value, to: Value| json!({"moved": {"from": from, "to": to}});
    let known = moved(json!(["v"]), json!(["w", "v"]));
    check(&rule_set(&known, &known), &[]);
    let compiled = compiled(&rule_set(&moved(json!(["typo"]), json!(["v"])), &json!({"ambiguous": true})));
    let found: Vec<_> = compiled.diagnostics.iter().map(|found| (found.code, found.pointer.as_str())).collect();
    assert_eq!(found, [("unknown-vocabulary", format!("{SIGNAL}/moved/from/0").as_str())]);
}

#[test]
fn common_words_mention_nothing() {
    let mut document = rule_set(&mentions(), &json!({"not": mentions()}));
    document["facts"] = json!({
        "invitation": {"common": ["v", "typo", "z"], "stock": ["w", "v"]}, "company_forms": ["f"], "breaks": ["f"],
    });
    document["vocabularies"]["f"] = json!({"terms": ["Ltd"]});
    document["vocabularies"]["z"] = json!({"compose": {"head": "v", "with": "w", "within": 3}});
    let compiled = compiled(&document);
    let found: Vec<_> = compiled.diagnostics.iter().map(|found| (found.code, found.pointer.as_str())).collect();
    let expected = [
        ("common-words", "/vocabularies/z/compose/head"),
        ("unknown-vocabulary", "/facts/invitation/common/1"),
        ("nested-composition", "/facts/invitation/common/2"),
        ("common-words", "/facts/breaks/0"),
        ("common-words", "/facts/invitation/stock/1"),
        ("common-words", &format!("{SIGNAL}/mentions/of/0")),
        ("common-words", "/policy/0/when/not/mentions/of/0"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn loose_words_stand_in_no_automaton_and_common_ones_are_kept_as_stems() {
    let mut document = rule_set(&json!({"mentions": {"of": ["w"], "in": ["headline"]}}), &json!({"ambiguous": true}));
    document["vocabularies"]["v"]["terms"] = json!(["grandes équipes", "team"]);
    document["vocabularies"]["f"] = json!({"terms": ["Ltd", "et Fils"], "inflect": []});
    document["facts"] = json!({"invitation": {"common": ["v"]}, "company_forms": ["f"]});
    let rules = compiled(&document).rule_set.unwrap();
    let mut forms: Vec<&[u8]> = rules.company_forms().iter().map(|word| &**word).collect();
    forms.sort_unstable();
    assert_eq!(forms, [&b"et"[..], b"fils", b"ltd"]);
    crate::text::tokenize("ltd", |word, _| assert_eq!(rules.trie().word(word).id, 0));
    let mut stems: Vec<&[u8]> = rules.common_words().unwrap().iter().map(|stem| &**stem).collect();
    stems.sort_unstable();
    assert_eq!(stems, [&b"equip"[..], b"grand", b"team"]);
    crate::text::tokenize("team y", |word, token| assert_eq!(rules.trie().word(word).id != 0, token.start == 5));
}

#[test]
fn a_document_that_was_accepted_is_not_held_against_its_schema_again() {
    let mut document = rule_set(&mentions(), &json!({"ambiguous": true}));
    document["title"] = json!("t".repeat(201));
    let bytes = document.to_string();
    assert!(parse(bytes.as_bytes()).is_err());
    assert_eq!(parse_unbounded(bytes.as_bytes()).unwrap().title.len(), 201);
    document["titel"] = json!("t");
    assert!(parse_unbounded(document.to_string().as_bytes()).is_err());
}
