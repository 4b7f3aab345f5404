//! Small rule sets of any shape, valid by construction.

use entregent::fact_catalog::{FactKind, facts, fields};
use entregent::ruleset::{self, CompiledRuleSet, Severity};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

const TERMS: [&str; 16] = [
    "trésorier",
    "CFO",
    "DAF",
    "comptable",
    "contrôleur de gestion",
    "SAP",
    "Sage",
    "software",
    "engineer",
    "informatique",
    "responsable",
    "trésorerie",
    "sales manager",
    "manager",
    "commercial",
    "trésorière",
];
const TRIGGERS: [&str; 8] = ["ex", "ancien", "former", "j'aide les", "i help", "je suis", "futur", "pas"];

/// The lists of terms of every generated rule set, and the composition of the first two.
const LISTS: [&str; 3] = ["v0", "v1", "v2"];

/// Rule sets of two categories that may win, `a` and `b`, and one that may not.
pub(crate) fn rule_sets() -> impl Strategy<Value = Value> {
    let wins = || category(vec!["interest", "deterrent"]);
    let categories = (wins(), wins(), category(vec!["trait"]));
    (vocabularies(), contexts(), categories, 0..30_i32, condition()).prop_map(
        |(vocabularies, contexts, (first, second, third), margin, when)| {
            json!({
                "format": 1, "title": "t", "margin": margin, "vocabularies": vocabularies, "contexts": contexts,
                "facts": {
                    "levels": {"lead": ["v2"], "manager": ["v0"]},
                    "disciplines": {"d": {"roles": ["composed"], "studies": ["v1"]}, "e": {"roles": ["v0", "v2"]}},
                    "technical": ["v1"], "specialised": ["composed"], "scope": ["v1"], "self_taught": ["v2"], "breaks": ["v2"],
                },
                "categories": {"a": first, "b": second, "c": third},
                "policy": [
                    {"id": "first", "when": when, "outcome": "ask"},
                    {"id": "won", "when": {"category": ["a", "b"]}, "outcome": "connect"},
                    {"id": "rest", "when": "otherwise", "outcome": "review"},
                ],
            })
        },
    )
}

/// Rule sets as [`rule_sets`] gives them, with any policy, and with categories that are reached more often.
pub(crate) fn judging() -> impl Strategy<Value = Value> {
    let outcome = || select(vec!["connect", "ask", "review", "decline"]);
    let rules = prop::collection::vec((verdict(), outcome()), 1..5);
    let often = || (1..12_i32, 0..30_i32, 1..40_i32);
    (rule_sets(), rules, outcome(), often(), often()).prop_map(|(mut document, rules, last, first, second)| {
        for (category, (points, more, threshold)) in [("a", first), ("b", second)] {
            let of = LISTS.into_iter().chain(["composed"]).collect::<Vec<_>>();
            let fields = ["headline", "about", "skills", "position.title"];
            document["categories"][category]["threshold"] = threshold.into();
            document["categories"][category]["signals"]["often"] = json!({
                "points_each": points, "max_points": points + more,
                "when": {"mentions": {"of": of, "in": fields, "context": "any"}}});
        }
        let rules = rules.into_iter().chain([(json!("otherwise"), last)]).enumerate();
        let rule = |(n, (when, outcome))| json!({"id": format!("r{n}"), "when": when, "outcome": outcome});
        document["policy"] = rules.map(rule).collect();
        document
    })
}

/// Conditions that rules of a policy may have.
fn verdict() -> impl Strategy<Value = Value> {
    let operator = select(vec!["eq", "ne", "lt", "lte", "gt", "gte"]);
    let score = (select(vec!["a", "b", "c"]), operator, 0..101_i32)
        .prop_map(|(category, op, value)| json!({"score": category, "op": op, "value": value}));
    let category = subsequence(vec!["a", "b"], 1..3).prop_map(|of| json!({"category": of}));
    let ambiguous = any::<bool>().prop_map(|wanted| json!({"ambiguous": wanted}));
    let leaf = prop_oneof![4 => score, 4 => category, 4 => ambiguous, 2 => mentions(), 2 => fact(), 1 => moved()];
    combined(leaf.boxed(), 2, 6)
}

/// Conditions of these, and of these alone, to a depth and in a number.
fn combined(leaf: BoxedStrategy<Value>, depth: u32, leaves: u32) -> impl Strategy<Value = Value> {
    leaf.prop_recursive(depth, leaves, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| json!({"all": parts})),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| json!({"any": parts})),
            inner.prop_map(|inner| json!({"not": inner})),
        ]
    })
}

/// Compiles a rule set that must have no error.
pub(crate) fn compile(document: &Value) -> CompiledRuleSet {
    compile_text(&document.to_string())
}

/// As [`compile`], from text.
pub(crate) fn compile_text(text: &str) -> CompiledRuleSet {
    let compiled = ruleset::compile(&ruleset::parse(text.as_bytes()).unwrap());
    let errors: Vec<_> = compiled.diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}\n{text}");
    compiled.rule_set.unwrap()
}

fn vocabularies() -> impl Strategy<Value = Value> {
    let list = || {
        let inflect = select(vec![json!([]), json!(["fr"]), json!(["fr", "en"])]);
        (subsequence(&TERMS[..], 1..8), inflect)
            .prop_map(|(terms, inflect)| json!({"terms": terms, "inflect": inflect}))
    };
    (list(), list(), list(), 1..6_u32).prop_map(|(first, second, third, within)| {
        let composed =
            json!({"compose": {"head": "v0", "with": "v1", "within": within, "dashed": true, "not_after": "v2"}});
        json!({"v0": first, "v1": second, "v2": third, "composed": composed})
    })
}

fn contexts() -> impl Strategy<Value = Value> {
    let context = || {
        (subsequence(&TRIGGERS[..], 0..4), subsequence(&TRIGGERS[..], 0..2), 1..6_u32)
            .prop_map(|(precedes, follows, reach)| json!({"precedes": precedes, "follows": follows, "reach": reach, "stops": ["car"]}))
    };
    let named = ["own", "audience", "former", "negated"].map(|name| {
        prop::option::of(context()).prop_map(move |context| context.map(|context| (name.to_owned(), context)))
    });
    named.to_vec().prop_map(|contexts| Value::Object(contexts.into_iter().flatten().collect::<Map<_, _>>()))
}

fn category(kinds: Vec<&'static str>) -> impl Strategy<Value = Value> {
    let cap = prop::option::of(20..90_i32);
    let signals = prop::collection::vec(signal(), 1..6);
    (select(kinds), 10..80_i32, cap, 5..40_i32, signals).prop_map(|(kind, threshold, cap, group, signals)| {
        let signals: Map<_, _> = signals.into_iter().enumerate().map(|(n, signal)| (format!("s{n}"), signal)).collect();
        let mut category = json!({
            "kind": kind, "label": {"fr": "c", "en": "c"}, "threshold": threshold, "groups": {"g": {"cap": group}},
            "signals": signals,
        });
        if let Some(cap) = cap {
            category["cap"] = cap.into();
        }
        category
    })
}

fn signal() -> impl Strategy<Value = Value> {
    let fixed = (-60..90_i32, condition()).prop_map(|(points, when)| json!({"points": points, "when": when}));
    let each = (1..20_i32, 0..40_i32, mentions())
        .prop_map(|(points, more, when)| json!({"points_each": points, "max_points": points + more, "when": when}));
    (prop_oneof![3 => fixed, 1 => each], any::<bool>(), any::<bool>()).prop_map(|(mut signal, is_grouped, is_named)| {
        if is_grouped {
            signal["group"] = "g".into();
        }
        if is_named {
            signal["label"] = json!({"fr": "À un métier, du savoir", "en": "R&D of a kind"});
        }
        signal
    })
}

/// Conditions that signals may have.
pub(crate) fn condition() -> impl Strategy<Value = Value> {
    combined(prop_oneof![4 => mentions(), 2 => fact(), 1 => moved()].boxed(), 3, 12)
}

fn mentions() -> impl Strategy<Value = Value> {
    let names: Vec<&str> = fields().iter().map(|row| row.name).collect();
    let vocabularies: Vec<&str> = LISTS.into_iter().chain(["composed"]).collect();
    let time = select(vec!["any", "current", "past"]);
    let context = select(vec!["any", "own", "own", "audience", "former", "negated", "topic"]);
    (subsequence(vocabularies, 1..4), subsequence(names, 1..5), time, context, 1..3_u32).prop_map(
        |(of, fields, time, context, least)| {
            json!({"mentions": {"of": of, "in": fields, "time": time, "context": context, "at_least": least}})
        },
    )
}

fn moved() -> impl Strategy<Value = Value> {
    let vocabularies = || subsequence(vec!["v0", "v1", "v2", "d"], 1..3);
    (vocabularies(), vocabularies()).prop_map(|(from, to)| json!({"moved": {"from": from, "to": to}}))
}

fn fact() -> impl Strategy<Value = Value> {
    select(facts().iter().collect::<Vec<_>>()).prop_flat_map(|row| {
        let exists = any::<bool>().prop_map(|value| ("exists", json!(value)));
        let (operators, values) = match row.kind {
            FactKind::Boolean => (vec!["eq", "ne"], vec![json!(true), json!(false)]),
            FactKind::Keyword => (vec!["eq", "ne"], row.values.iter().map(|word| json!(word)).collect()),
            FactKind::Number | FactKind::Integer => {
                (vec!["eq", "ne", "lt", "lte", "gt", "gte"], vec![json!(0), json!(1), json!(2.0), json!(7.5)])
            }
        };
        let compared = (select(operators), select(values));
        let of = if row.of { 0..3_usize } else { 0..1 };
        (prop_oneof![1 => exists, 4 => compared], of).prop_map(move |((op, value), of)| {
            let mut fact = json!({"fact": row.name, "op": op, "value": value});
            if of > 0 {
                fact["of"] = json!(["v0", "d", "v1"][..of]);
            }
            fact
        })
    })
}
