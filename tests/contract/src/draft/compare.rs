use std::collections::BTreeMap;

use serde_json::Value;

use super::counts::walk;
use super::{Draft, Order};
use crate::bundle::Bundle;
use crate::document::{Document, Operation};
use crate::schema::{kind, listed_values, look_through};

/// Facts about a field that a program depends on.
const FACTS: [&str; 8] = [
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "deprecated",
];

/// What a newer list says otherwise than the description that is there: a line each, beginning
/// with `+`, `-` or `~`.
///
/// # Errors
///
/// What the list says that cannot be drafted.
pub fn changes(order: &Order, bundle: &Bundle) -> Result<Vec<String>, Vec<String>> {
    let whole = bundle.document().map_err(|error| vec![error])?;
    let old = Document::new(whole.to_value());
    let draft = Draft::new(order, bundle)?;
    let whole = bundle
        .with(&draft.area, draft.file)
        .document()
        .map_err(|error| vec![error])?;
    let new = Document::new(whole.to_value());
    let [before, after] = [&old, &new].map(|document| facts(document, &draft.area));
    Ok(differences(&before, &after))
}

fn differences(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let mut lines = Vec::new();
    for (place, fact) in before {
        match after.get(place) {
            None => lines.push(format!("- {place} {fact}")),
            Some(new) if new != fact => lines.push(format!("~ {place} {fact} -> {new}")),
            Some(_) => {}
        }
    }
    let new = after
        .iter()
        .filter(|(place, _)| !before.contains_key(*place));
    lines.extend(new.map(|(place, fact)| format!("+ {place} {fact}")));
    lines
}

/// Every fact of an area's operations, by its place.
fn facts(document: &Document, area: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let operations = document.operations();
    for operation in operations.iter().filter(|operation| operation.area == area) {
        operation_facts(document, operation, &mut found);
    }
    found
}

fn operation_facts(
    document: &Document,
    operation: &Operation,
    found: &mut BTreeMap<String, String>,
) {
    let id = &operation.id;
    let line = format!(
        "{} {} {}",
        operation.method, operation.path, operation.status
    );
    found.insert(id.clone(), line);
    for parameter in &operation.parameters {
        let place = format!("{id} {}.{}", parameter.place, parameter.name);
        let required = if parameter.required { " required" } else { "" };
        let schema = look_through(document, &parameter.schema);
        found.insert(place, described(document, &schema) + required);
    }
    let bodies = [
        ("request", &operation.request),
        ("answer", &operation.answer),
    ];
    for (side, body) in bodies {
        let Some(body) = body else { continue };
        walk(document, &body.schema, "", &mut |path, schema| {
            found.insert(format!("{id} {side} {path}"), described(document, schema));
            for required in schema["required"].as_array().into_iter().flatten() {
                let name = required.as_str().unwrap_or_default();
                found.insert(
                    format!("{id} {side} {path}.{name} is"),
                    "required".to_owned(),
                );
            }
        });
        let root = look_through(document, &body.schema);
        for required in root["required"].as_array().into_iter().flatten() {
            let name = required.as_str().unwrap_or_default();
            found.insert(format!("{id} {side} {name} is"), "required".to_owned());
        }
    }
    for exchange in &operation.exchanges {
        let place = format!("{id} exchange {}", exchange.name);
        found.insert(place, exchange.status.to_string());
    }
}

/// A field's type, values and limits, on one line.
fn described(document: &Document, schema: &Value) -> String {
    let mut text = kind(schema).to_owned();
    let items = look_through(document, &schema["items"]);
    if let Some(values) = listed_values(schema).or_else(|| listed_values(&items)) {
        let mut values: Vec<_> = values.iter().map(Value::to_string).collect();
        values.sort_unstable();
        text = format!("one of {}", values.join(" "));
    }
    for fact in FACTS.iter().filter(|fact| schema.get(**fact).is_some()) {
        text.push_str(&format!(" {fact} {}", schema[*fact]));
    }
    text.trim().to_owned()
}
