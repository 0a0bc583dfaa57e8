use jsonschema::Validator;
use serde_json::{Value, json};

use crate::document::{Document, Operation};
use crate::exchange::Exchange;
use crate::inputs::Inputs;

/// Every way in which a documented sample breaks the schemas beside it, with its place.
#[must_use]
pub fn sample_errors(document: &Document) -> Vec<String> {
    let operations = document.operations();
    let found = operations
        .iter()
        .flat_map(|operation| operation_errors(document, operation));
    found.collect()
}

/// The same for one area, and every member of a sample that is not documented.
pub(crate) fn area_sample_errors(document: &Document, area: &str) -> Vec<String> {
    let operations = document.operations();
    let own = operations.iter().filter(|operation| operation.area == area);
    own.flat_map(|operation| operation_errors(document, operation))
        .collect()
}

fn operation_errors(document: &Document, operation: &Operation) -> Vec<String> {
    let schema = |body: &crate::document::Body| body.is_json().then(|| body.schema.clone());
    let request = operation.request.as_ref().and_then(schema);
    let answer = operation.answer.as_ref().and_then(schema);
    let mut found = Vec::new();
    for exchange in &operation.exchanges {
        let place = format!("{} ({})", operation.id, exchange.name);
        let mut check = |part: &str, schema: Option<&Value>, value: Option<&Value>| {
            let (Some(schema), Some(value)) = (schema, value) else {
                return;
            };
            let errors = errors(document, schema, value);
            found.extend(
                errors
                    .iter()
                    .map(|error| format!("{place} {part}: {error}")),
            );
        };
        let sent = exchange.request.as_ref();
        check(
            "request",
            request.as_ref(),
            sent.and_then(|sent| sent.body.as_ref()),
        );
        if sent.is_some() {
            let inputs = Inputs::new(document, operation, sent);
            for place in ["path", "query"] {
                let (schema, value) = inputs.typed(place);
                check(place, Some(schema), Some(value));
            }
        }
        check("answer", answer.as_ref(), success(exchange));
    }
    found
}

/// The body of an answer that tells of success.
fn success(exchange: &Exchange) -> Option<&Value> {
    exchange.body.as_ref().filter(|_| exchange.status < 400)
}

fn errors(document: &Document, schema: &Value, value: &Value) -> Vec<String> {
    let told = |error: &dyn std::fmt::Display| vec![format!("the schema is none: {error}")];
    match validator(document, schema) {
        Err(error) => told(&error),
        Ok(validator) => validator
            .iter_errors(value)
            .map(|error| format!("{error}, at `{}`", error.instance_path()))
            .collect(),
    }
}

fn validator(
    document: &Document,
    schema: &Value,
) -> Result<Validator, jsonschema::ValidationError<'static>> {
    let mut schema = document.standalone(schema);
    schema["paths"] = json!(document.root()["paths"]);
    jsonschema::validator_for(&schema)
}
