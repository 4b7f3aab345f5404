//! Holds what is read against the schemas that are published, at every place of both documents.
//!
//! A full document of each kind is walked along its schema. At each place where the schema has an object, a whole number
//! or a word of a list, something else is put in turn, and reading must say what the schema says. So it goes with each
//! bound of the schema: what just fits, and what just does not.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::collections::BTreeSet;

use entregent::profile::{self, ProfileDocument};
use entregent::ruleset::{self, RuleSetDocument};
use entregent::wire::{Refusal, json_schema};
use serde_json::{Value, json};

/// A kind of document: its schema, an example in which every field is set, and the function that reads it.
struct Kind {
    schema: Value,
    full: Value,
    read: fn(&[u8]) -> Result<(), Refusal>,
}

fn kinds() -> [Kind; 2] {
    [
        Kind {
            schema: json_schema::<RuleSetDocument>(),
            full: full_rule_set(),
            read: |bytes| ruleset::parse(bytes).map(|_| ()),
        },
        Kind {
            schema: json_schema::<ProfileDocument<'_>>(),
            full: full_profile(),
            read: |bytes| profile::parse(bytes).map(|_| ()),
        },
    ]
}

/// No rule set that makes sense, but one of the right form: each condition has every field.
fn full_rule_set() -> Value {
    let label = json!({"fr": "x", "en": "x"});
    let beside = json!({"precedes": ["x"], "follows": ["x"]});
    let trigger = json!({"precedes": ["x"], "follows": ["x"], "reach": 3, "stops": ["x"], "beside": beside});
    let mentions = json!({"of": ["v"], "in": ["headline"], "time": "current", "context": "any", "at_least": 2});
    let inner = json!({"mentions": mentions, "fact": "f", "of": ["v"], "moved": {"from": ["v"], "to": ["v"]}, "score": "c", "op": "gte", "value": 2, "category": ["c"], "ambiguous": true});
    let mut condition = inner.clone();
    condition["all"] = json!([inner]);
    condition["any"] = json!([inner]);
    condition["not"] = inner;
    json!({
        "format": 1, "title": "t", "description": "d", "margin": 10,
        "vocabularies": {
            "v": {"description": "d", "terms": ["x"], "inflect": ["fr", "en"]},
            "w": {"compose": {"head": "v", "with": "v", "within": 4, "dashed": true, "not_after": "v"}},
            "x": {"union": ["v"]},
        },
        "abbreviations": {"x": ["x"]},
        "contexts": {"own": trigger, "audience": trigger, "former": trigger, "aspiring": trigger, "negated": trigger, "topic": trigger},
        "facts": {
            "levels": {"individual": ["v"], "lead": ["v"], "manager": ["v"], "director": ["v"], "executive": ["v"]},
            "disciplines": {"d": {"roles": ["v"], "studies": ["v"]}},
            "technical": ["v"], "specialised": ["v"], "scope": ["v"], "self_taught": ["v"], "breaks": ["v"],
            "company_forms": ["w"],
            "invitation": {"defaults": ["v"], "stock": ["v"], "common": ["w"]},
        },
        "categories": {"c": {
            "kind": "interest", "label": label, "threshold": 50, "cap": 100, "groups": {"g": {"label": label, "cap": 20}},
            "signals": {"s": {"label": label, "points": 1, "points_each": 1, "max_points": 2, "group": "g", "when": condition}},
        }},
        "policy": [
            {"id": "a", "label": label, "when": condition, "outcome": "ask", "question": label},
            {"id": "b", "when": "otherwise", "outcome": "decline"},
        ],
        "tests": [{"name": "n", "profile": {"headline": "x"}, "expect": {
            "category": "c", "outcome": "ask", "rule": "a", "ambiguous": false, "traits": ["c"], "fires": ["s"], "silent": ["s"],
        }}],
    })
}

fn full_profile() -> Value {
    let (from, to) = ("2001", "2004-03");
    json!({
        "id": "x", "headline": "x", "about": "x", "location": {"text": "x", "country": "FR"}, "industry": "x",
        "positions": [{"title": "x", "company": "x", "industry": "x", "location": "x", "started_on": from, "ended_on": to, "description": "x"}],
        "education": [{"school": "x", "degree": "x", "field": "x", "started_on": from, "ended_on": to}],
        "skills": ["x"], "languages": ["x"], "certifications": ["x"],
        "activity": {"connections": 1, "followers": 1, "posts_last_90_days": 1, "comments_last_90_days": 1,
                     "last_active_on": to, "recent_posts": ["x"]},
        "relationship": {"kind": "friend", "since": from, "mutual_connections": 1},
        "invitation": {"direction": "received", "note": "x", "sent_on": to},
        "as_of": "2026-11-23",
    })
}

/// What the schema has at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Object,
    Whole,
    Word,
}

/// A value to put at a place, and whether it fits there.
type Trial = (String, Value, bool);

/// A walk through a document along its schema.
struct Walk<'s> {
    definitions: &'s Value,
    places: Vec<(String, Form)>,
    /// What just fits and what just does not fit the bounds of each place.
    trials: Vec<Trial>,
    /// Every field met, by the name of its definition.
    met: BTreeSet<(String, String)>,
}

impl Walk<'_> {
    fn visit(&mut self, name: &str, schema: &Value, value: &Value, at: &str) {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap();
            return self.visit(name, &self.definitions[name].clone(), value, at);
        }
        self.trials.extend(trials(schema, value).into_iter().map(|(with, fits)| (at.to_owned(), with, fits)));
        for form in ["oneOf", "anyOf"].iter().filter_map(|key| schema[*key].as_array()).flatten() {
            if self.is_of_type(form, value) {
                self.visit(name, form, value, at);
            }
        }
        match value {
            Value::Object(fields) if self.is_of_type(schema, value) && has_type(schema, "object") => {
                self.places.push((at.to_owned(), Form::Object));
                for (key, field) in fields {
                    let known = &schema["properties"][key];
                    self.met.insert((name.to_owned(), key.clone()));
                    let inner = if known.is_null() { &schema["additionalProperties"] } else { known };
                    self.visit(name, inner, field, &format!("{at}/{key}"));
                }
            }
            Value::Array(items) => {
                let inner = &schema["items"];
                items.iter().enumerate().for_each(|(n, item)| self.visit(name, inner, item, &format!("{at}/{n}")));
            }
            Value::Number(_) if has_type(schema, "integer") => self.places.push((at.to_owned(), Form::Whole)),
            Value::String(_) if schema["enum"].is_array() => self.places.push((at.to_owned(), Form::Word)),
            _ => {}
        }
    }

    fn is_of_type(&self, schema: &Value, value: &Value) -> bool {
        let schema = match schema["$ref"].as_str() {
            Some(reference) => &self.definitions[reference.rsplit('/').next().unwrap()],
            None => schema,
        };
        match value {
            Value::Object(_) => has_type(schema, "object"),
            Value::String(_) => has_type(schema, "string"),
            _ => false,
        }
    }
}

/// Values at the bounds that a schema sets to a value, and beyond them.
fn trials(schema: &Value, value: &Value) -> Vec<(Value, bool)> {
    let bound = |key: &str| schema.get(key).map(|bound| bound.as_i64().unwrap());
    let mut trials = Vec::new();
    match value {
        Value::String(_) => {
            let longest = bound("maxLength").map(|most| "é".repeat(usize::try_from(most).unwrap()));
            if let Some(text) = longest {
                trials.push((json!(text.clone() + "é"), false));
                trials.push((json!(text), schema["pattern"].is_null()));
            }
            if schema["pattern"].is_string() {
                trials.push((json!("~"), false));
            }
        }
        Value::Number(_) => {
            trials
                .extend(bound("maximum").into_iter().flat_map(|most| [(json!(most), true), (json!(most + 1), false)]));
            trials.extend(
                bound("minimum").into_iter().flat_map(|least| [(json!(least), true), (json!(least - 1), false)]),
            );
        }
        Value::Array(items) => {
            let of = |count: i64| json!(vec![items[0].clone(); usize::try_from(count).unwrap()]);
            trials.extend(bound("maxItems").into_iter().flat_map(|most| [(of(most), true), (of(most + 1), false)]));
            trials.extend(bound("minItems").into_iter().flat_map(|least| [(of(least), true), (of(least - 1), false)]));
        }
        _ => {}
    }
    trials
}

fn has_type(schema: &Value, wanted: &str) -> bool {
    schema["type"] == wanted || schema["type"].as_array().is_some_and(|types| types.contains(&wanted.into()))
}

/// A walk through all of a kind, after a check that the example leaves no field of the schema out.
fn walk(kind: &Kind) -> Walk<'_> {
    let definitions = &kind.schema["$defs"];
    let mut walk = Walk { definitions, places: Vec::new(), trials: Vec::new(), met: BTreeSet::new() };
    walk.visit("", &kind.schema, &kind.full, "");
    let definitions = kind.schema["$defs"].as_object().unwrap().iter();
    let all = definitions.map(|(name, schema)| (name.as_str(), schema)).chain([("", &kind.schema)]);
    for (name, schema) in all {
        for field in schema["properties"].as_object().into_iter().flat_map(|fields| fields.keys()) {
            let is_root = kind.schema["title"] == name;
            let met = walk.met.contains(&(name.to_owned(), field.clone()));
            assert!(met || is_root, "the example does not have `{field}` of {name}");
        }
    }
    assert!(walk.places.iter().any(|(_, form)| *form == Form::Whole));
    walk
}

fn places(kind: &Kind) -> Vec<(String, Form)> {
    walk(kind).places
}

/// Puts `with` at the place, reads, and holds the outcome against the schema's.
fn check(kind: &Kind, at: &str, with: Value, accepted: bool) {
    let mut document = kind.full.clone();
    *document.pointer_mut(at).unwrap() = with;
    assert_eq!(jsonschema::is_valid(&kind.schema, &document), accepted, "the schema at {at}: {document}");
    match (kind.read)(document.to_string().as_bytes()) {
        Ok(()) => assert!(accepted, "`{at}` is read: {document}"),
        Err(Refusal::Invalid(complaints)) => {
            assert!(!accepted, "`{at}`: {complaints:?}");
            assert!(complaints.iter().all(|complaint| complaint.pointer == at), "`{at}`: {complaints:?}");
        }
        Err(refusal) => panic!("{at}: {refusal:?}"),
    }
}

#[test]
fn the_examples_are_read() {
    for kind in kinds() {
        check(&kind, "", kind.full.clone(), true);
    }
}

#[test]
fn nowhere_is_an_array_an_object() {
    for kind in kinds() {
        for (at, _) in places(&kind).iter().filter(|(_, form)| *form == Form::Object) {
            let fields = kind.full.pointer(at).unwrap().as_object().unwrap();
            check(&kind, at, fields.values().cloned().collect(), false);
            check(&kind, at, json!([]), false);
        }
    }
}

#[test]
fn everywhere_a_whole_number_may_be_written_with_a_point_but_not_a_fraction() {
    for kind in kinds() {
        for (at, _) in places(&kind).iter().filter(|(_, form)| *form == Form::Whole) {
            let number = kind.full.pointer(at).unwrap().as_f64().unwrap();
            check(&kind, at, json!(number), true);
            check(&kind, at, json!(number + 0.5), false);
        }
    }
}

#[test]
fn every_bound_of_the_schema_holds() {
    for kind in kinds() {
        let trials = walk(&kind).trials;
        assert!(trials.iter().filter(|(_, _, fits)| !fits).count() > 20, "{}", trials.len());
        for (at, with, fits) in trials {
            check(&kind, &at, with, fits);
        }
    }
}

#[test]
fn nowhere_is_an_object_a_word() {
    for kind in kinds() {
        for (at, _) in places(&kind).iter().filter(|(_, form)| *form == Form::Word) {
            let word = kind.full.pointer(at).unwrap().as_str().unwrap();
            check(&kind, at, json!({word: null}), false);
            check(&kind, at, json!("no such word"), false);
        }
    }
}

#[test]
fn a_whole_number_written_with_a_point_is_that_number() {
    let plain = full_rule_set();
    let mut pointed = plain.clone();
    for at in ["/margin", "/vocabularies/w/compose/within", "/policy/0/when/mentions/at_least"] {
        let number = plain.pointer(at).unwrap().as_f64().unwrap();
        *pointed.pointer_mut(at).unwrap() = json!(number);
    }
    let read = |document: Value| ruleset::parse(document.to_string().as_bytes()).unwrap();
    assert_eq!(read(pointed), read(plain));
}
