//! A union stands for its members, wherever vocabularies are named.

use super::*;

/// The vocabularies `v`, `w` and `z`, the composition `p` of the first two, and these unions, in a rule set with this
/// condition.
fn with_unions(unions: &Value, signal: &Value) -> Value {
    let mut document = rule_set(signal, &json!({"ambiguous": true}));
    document["vocabularies"]["z"] = json!({"terms": ["z"]});
    document["vocabularies"]["p"] = json!({"compose": {"head": "v", "with": "w", "within": 3}});
    for (name, members) in unions.as_object().unwrap() {
        document["vocabularies"][name] = json!({"union": members});
    }
    document
}

/// The numbers of the vocabularies of [`with_unions`].
const P: u32 = 0;
const V: u32 = 1;
const W: u32 = 2;
const Z: u32 = 3;

fn mentions_of(of: Value) -> Value {
    json!({"mentions": {"of": of, "in": ["headline"]}})
}

/// Fails unless just these findings are given, as code and pointer, and the rule set cannot be used.
fn refused(document: &Value, expected: &[(&str, &str)]) {
    let compiled = compiled(document);
    let found: Vec<_> = compiled.diagnostics.iter().map(|found| (found.code, found.pointer.as_str())).collect();
    assert_eq!(found, expected, "{document}");
    assert!(compiled.rule_set.is_none(), "{document}");
}

fn condition(rules: &CompiledRuleSet) -> &Condition {
    &rules.rules().categories[0].signals[0].when
}

#[test]
fn mentions_of_a_union_are_those_of_its_members() {
    let check_of = |of: Value, expected: &[u32], warnings: &[(&str, &str)]| {
        let document =
            with_unions(&json!({"b": ["w", "p", "v"], "u": ["z", "b", "a"], "a": ["w", "z"]}), &mentions_of(of));
        check(&document, warnings);
        let rules = compiled(&document).rule_set.unwrap();
        let Condition::Mentions(read) = condition(&rules) else { panic!("it has mentions") };
        assert_eq!((read.of.as_slice(), read.among.iter().count()), (expected, expected.len()));
    };
    // The third member of `u` brings nothing that is new.
    let told = ("duplicate-vocabulary", "/vocabularies/u/union/2");
    let again = |place: &'static str| ("duplicate-vocabulary", place);
    check_of(json!(["b"]), &[W, P, V], &[told]);
    check_of(json!(["u"]), &[Z, W, P, V], &[told]);
    check_of(json!(["v", "a", "b"]), &[V, W, Z, P], &[told]);
    check_of(json!(["b", "v"]), &[W, P, V], &[told, again("/categories/c/signals/s/when/mentions/of/1")]);
    check_of(json!(["u", "b"]), &[Z, W, P, V], &[told, again("/categories/c/signals/s/when/mentions/of/1")]);
}

#[test]
fn facts_and_moves_go_by_the_members_of_a_union() {
    let read = |of: Value, roles: Value| {
        let asked = json!({"fact": "career.years", "of": of, "op": "exists"});
        let mut document = with_unions(&json!({"u": ["z", "a"], "a": ["p", "v"]}), &asked);
        document["facts"] = json!({"disciplines": {"it": {"roles": roles}}});
        document["policy"][0]["when"] = json!({"moved": {"from": of, "to": ["w"]}});
        let rules = compiled(&document).rule_set.unwrap();
        let asked = rules.reads().facts.first().unwrap();
        let Condition::Moved { from, .. } = &rules.rules().policy[0].when else { panic!("it has a move") };
        (asked.name.to_string(), asked.of.clone(), from.of.clone(), rules.rules().facts.disciplines[0].roles.clone())
    };
    assert_eq!(read(json!(["u", "p"]), json!(["u"])), read(json!(["z", "p", "v"]), json!(["z", "p", "v"])));
    let expected = ("career.years[p,v,z]".to_owned(), vec![P, V, Z], vec![P, V, Z], vec![Z, P, V]);
    assert_eq!(read(json!(["u"]), json!(["u"])), expected);
    let of_discipline = ("career.years[it,w]".to_owned(), vec![P, V, W, Z], vec![P, V, W, Z], vec![Z, P, V]);
    assert_eq!(read(json!(["it", "w"]), json!(["u"])), of_discipline);
}

#[test]
fn each_list_of_facts_takes_the_members_of_a_union() {
    let words = |name: &str| {
        let names = if name.is_empty() { json!(["w", "v"]) } else { json!([name]) };
        let mut document = with_unions(&json!({"u": ["w", "v"]}), &mentions());
        document["facts"] = json!({
            "levels": {"individual": names, "manager": ["z"], "executive": names},
            "disciplines": {"it": {"roles": names, "studies": names}},
            "technical": names, "specialised": names, "self_taught": names, "breaks": names,
            "invitation": {"defaults": names, "stock": names},
        });
        check(&document, &[]);
        format!("{:?}", compiled(&document).rule_set.unwrap().rules().facts)
    };
    assert_eq!(words("u"), words(""));
}

#[test]
fn the_members_of_a_union_widen_a_title_equally_far() {
    let mut document = with_unions(&json!({"u": ["w", "v"]}), &mentions());
    document["facts"] = json!({"scope": ["z", "u"]});
    assert_eq!(compiled(&document).rule_set.unwrap().rules().facts.scope, [(Z, 1), (W, 2), (V, 2)]);
}

#[test]
fn unions_that_lead_back_to_themselves_are_told_where_they_do() {
    let document = with_unions(&json!({"a": ["v", "b"], "b": ["c", "w"], "c": ["a", "z"]}), &mentions_of(json!(["a"])));
    refused(&document, &[("union-cycle", "/vocabularies/c/union/0")]);
    let document = with_unions(&json!({"a": ["a"]}), &mentions_of(json!(["a"])));
    refused(&document, &[("union-cycle", "/vocabularies/a/union/0")]);
}

#[test]
fn each_union_is_read_once_however_many_name_it() {
    // Read anew for each of its names, the last one would be read 2^200 times.
    let name = |level: usize, side: usize| format!("u{level:03}-{side}");
    let below =
        |level: usize| if level == 0 { json!(["v", "w"]) } else { json!([name(level - 1, 0), name(level - 1, 1)]) };
    let unions: serde_json::Map<_, _> =
        (0..200).flat_map(|level| [0, 1].map(|side| (name(level, side), below(level)))).collect();
    let rules = compiled(&with_unions(&unions.into(), &mentions_of(json!([name(199, 0)])))).rule_set.unwrap();
    let Condition::Mentions(read) = condition(&rules) else { panic!("it has mentions") };
    assert_eq!(read.of, [V, W]);
}

#[test]
fn a_union_names_vocabularies_of_the_rule_set_and_no_common_words() {
    let unions = json!({"u": ["v", "typo", "z"], "none": [], "more": ["w", "u", "none"]});
    let mut document = with_unions(&unions, &mentions_of(json!(["more"])));
    document["facts"] = json!({"invitation": {"common": ["z", "more"]}});
    let expected = [
        ("unknown-vocabulary", "/vocabularies/u/union/1"),
        ("common-words", "/vocabularies/u/union/2"),
        ("empty", "/vocabularies/none/union"),
        ("nested-composition", "/facts/invitation/common/1"),
        ("common-words", &format!("{SIGNAL}/mentions/of/0")),
    ];
    refused(&document, &expected);
}

#[test]
fn a_union_is_nothing_else_and_no_part_of_a_composition() {
    let mut document = with_unions(&json!({"u": ["v"], "both": ["v"], "with-forms": ["w"]}), &mentions());
    document["vocabularies"]["both"]["terms"] = json!(["x"]);
    document["vocabularies"]["neither"] = json!({});
    document["vocabularies"]["with-forms"]["inflect"] = json!(["fr"]);
    document["vocabularies"]["p"]["compose"] = json!({"head": "u", "with": "u", "within": 3, "not_after": "u"});
    let expected = [
        ("shape", "/vocabularies/both"),
        ("shape", "/vocabularies/neither"),
        ("nested-composition", "/vocabularies/p/compose/head"),
        ("nested-composition", "/vocabularies/p/compose/with"),
        ("nested-composition", "/vocabularies/p/compose/not_after"),
        ("shape", "/vocabularies/with-forms"),
    ];
    refused(&document, &expected);
}
