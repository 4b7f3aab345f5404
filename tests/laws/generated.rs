//! JSON documents along a JSON Schema, with faults strewn in or without, and texts in which rules find something.

use entregent::profile::ProfileDocument;
use entregent::wire::json_schema;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// What texts are made of: terms of the default rule set and of [`crate::rules`], triggers, separators, oddities.
const PIECES: [&str; 44] = [
    "Trésorière",
    "trésorier",
    "CFO",
    "𝗗𝗔𝗙",
    "C.F.O.",
    "comptable",
    "Contrôleur·euse de gestion",
    "SAP",
    "Sage",
    "DCG",
    "software engineer",
    "développeur·se",
    "directeur/trice",
    "responsable",
    "de la trésorerie",
    "informatique",
    "sales",
    "manager",
    "commercial",
    "journaliste",
    "retraitée",
    "fractional",
    "ex-",
    "ancien ",
    "former ",
    "J’aide les ",
    "I help ",
    "je suis ",
    "futur ",
    "pas ",
    "car ",
    " ",
    " ",
    " ",
    " | ",
    "\n",
    ", ",
    ". ",
    " – ",
    "e\u{301}",
    "\u{200d}",
    "🚀",
    "ﬁnance",
    "\u{a0}",
];

/// A text, blank now and then.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let piece = (select(&PIECES[..]), select(vec![" ", " ", ""])).prop_map(|(piece, space)| piece.to_owned() + space);
    let pieces = prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat());
    prop_oneof![8 => pieces, 1 => "\\PC{0,12}"]
}

/// Values of any type, for places where they do not belong.
fn junk() -> impl Strategy<Value = Value> {
    let some = [
        json!(null),
        json!(true),
        json!(7),
        json!(2.5),
        json!("x"),
        json!([]),
        json!({}),
        json!(["x"]),
        json!({"x": 1}),
    ];
    select(some.to_vec())
}

/// How often a place holds something that does not belong there: one in so many, or never.
pub(crate) type Faults = Option<u32>;

/// Documents along a schema, each optional field there or not.
pub(crate) fn along(schema: &Value, faults: Faults) -> BoxedStrategy<Value> {
    Schema { definitions: &schema["$defs"], faults }.values(schema)
}

/// Profile documents.
pub(crate) fn profiles(faults: Faults) -> BoxedStrategy<Value> {
    along(&json_schema::<ProfileDocument<'_>>(), faults)
}

struct Schema<'s> {
    definitions: &'s Value,
    faults: Faults,
}

impl Schema<'_> {
    /// Values of the schema, and now and then something else.
    fn place(&self, schema: &Value) -> BoxedStrategy<Value> {
        match self.faults {
            Some(one_in) => prop_oneof![one_in => self.values(schema), 1 => junk()].boxed(),
            None => self.values(schema),
        }
    }

    fn values(&self, schema: &Value) -> BoxedStrategy<Value> {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.values(&self.definitions[reference.rsplit('/').next().unwrap()]);
        }
        if let Some(forms) = schema["oneOf"].as_array() {
            return proptest::strategy::Union::new(forms.iter().map(|form| self.values(form))).boxed();
        }
        if let Some(words) = schema["enum"].as_array() {
            return select(words.clone()).boxed();
        }
        match &schema["type"] {
            Value::Array(types) => {
                let of_type = |kind: &Value| {
                    let mut one = schema.clone();
                    one["type"] = kind.clone();
                    self.values(&one)
                };
                proptest::strategy::Union::new(types.iter().map(of_type)).boxed()
            }
            Value::String(kind) => self.of_type(kind, schema),
            other => panic!("the generator does not know the type {other}"),
        }
    }

    fn of_type(&self, kind: &str, schema: &Value) -> BoxedStrategy<Value> {
        match kind {
            "object" => self.objects(schema),
            "array" => prop::collection::vec(self.place(&schema["items"]), 0..4).prop_map(Value::from).boxed(),
            "integer" => prop_oneof![(0..20_u32).prop_map(Value::from), Just(json!(2.0))].boxed(),
            "string" if schema["pattern"].is_string() => self.dates(),
            "string" if schema["maxLength"] == 2 => select(vec![json!("FR"), json!("GB")]).boxed(),
            "string" => text().prop_map(Value::from).boxed(),
            "null" => Just(Value::Null).boxed(),
            other => panic!("the generator does not know the type {other}"),
        }
    }

    fn dates(&self) -> BoxedStrategy<Value> {
        let days = ["1998-01-01", "2012-02-29", "2019-03-07", "2024-12-31", "2026-11-23"].map(Value::from).to_vec();
        match self.faults {
            Some(one_in) => {
                prop_oneof![one_in => select(days), 1 => select(vec![json!("May"), json!("2019-13")])].boxed()
            }
            None => select(days).boxed(),
        }
    }

    fn objects(&self, schema: &Value) -> BoxedStrategy<Value> {
        let fields = schema["properties"].as_object().into_iter().flatten();
        let fields: Vec<_> = fields
            .map(|(name, field)| {
                let name = name.clone();
                prop::option::weighted(0.6, self.place(field))
                    .prop_map(move |value| value.map(|value| (name.clone(), value)))
            })
            .collect();
        let object = fields.prop_map(|fields| fields.into_iter().flatten().collect::<Map<_, _>>());
        let Some(one_in) = self.faults else { return object.prop_map(Value::Object).boxed() };
        let with_unknown =
            (object, prop::bool::weighted(0.2 / f64::from(one_in))).prop_map(|(mut object, is_there)| {
                if is_there {
                    object.insert("unknown".into(), json!(1));
                }
                Value::Object(object)
            });
        with_unknown.boxed()
    }
}
