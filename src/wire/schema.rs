//! JSON Schema 2020-12 documents from the types that travel.

use serde_json::{Map, Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Writes the schema of `T` as a document of its own, for editors and validators.
///
/// ```
/// let schema = entregent::wire::json_schema::<entregent::profile::ProfileDocument>();
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// ```
#[must_use]
pub fn json_schema<T: ToSchema>() -> Value {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    T::schemas(&mut parts);
    let definitions: Map<_, _> = parts.into_iter().map(|(name, part)| (name, json!(part))).collect();
    let mut schema = json!(<T as PartialSchema>::schema());
    if let Some(object) = schema.as_object_mut() {
        object.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
        object.insert("title".into(), T::name().into());
        object.insert("$defs".into(), definitions.into());
    }
    point_to_definitions(&mut schema);
    schema
}

fn point_to_definitions(value: &mut Value) {
    match value {
        Value::Object(object) => object.values_mut().for_each(point_to_definitions),
        Value::Array(items) => items.iter_mut().for_each(point_to_definitions),
        Value::String(text) => {
            if let Some(name) = text.strip_prefix("#/components/schemas/") {
                *text = format!("#/$defs/{name}");
            }
        }
        _ => {}
    }
}
