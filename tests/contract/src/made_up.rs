use serde_json::{Value, json};

use crate::document::{Document, Operation, Parameter, plain};
use crate::exchange::{Class, Exchange, Part, Request};
use crate::schema::{Synthesis, example, look_through, rounds};

/// Exchanges that together use every documented parameter, field and listed value.
///
/// The samples show few of them. Each round takes the next listed value of every enumeration;
/// each of the operation's variants gets rounds of its own.
pub(crate) fn exchanges(document: &Document, operation: &Operation) -> Vec<Exchange> {
    let Some(model) = model(document, operation) else {
        return Vec::new();
    };
    let schemas = operation
        .parameters
        .iter()
        .map(|parameter| &parameter.schema);
    let body = operation.request.as_ref().map(|body| &body.schema);
    let needed = schemas
        .chain(body)
        .map(|schema| rounds(document, schema))
        .fold(1, usize::max);
    let mut variants: Vec<_> = operation.variants.iter().filter(|v| narrows(v)).collect();
    if variants.is_empty() {
        variants.push(&Value::Null);
    }
    let mut made = Vec::new();
    for variant in variants {
        for round in 0..needed {
            let name = format!(
                "made-up {} {}",
                variant["name"].as_str().unwrap_or("all"),
                round + 1
            );
            let request = request(document, operation, variant, round, &model);
            let answer = answer(document, operation, &model, round);
            made.push(Exchange::synthetic(
                document,
                operation,
                name.trim(),
                request,
                &answer,
            ));
        }
    }
    made
}

/// The sample whose credentials and headers the made-up ones take over.
fn model(document: &Document, operation: &Operation) -> Option<Exchange> {
    let whole = |operation: &Operation| {
        operation
            .exchanges
            .iter()
            .find(|x| x.class == Class::Whole && x.status < 400)
            .cloned()
    };
    whole(operation).or_else(|| {
        let all = document.operations();
        let same_area = all.iter().filter(|other| other.area == operation.area);
        let mut exchange = same_area.chain(&all).find_map(whole)?;
        exchange.headers.clear();
        exchange.status = operation.status;
        Some(exchange)
    })
}

fn narrows(variant: &Value) -> bool {
    variant.get("request-lacks").is_some() || variant.get("when").is_some()
}

fn request(
    document: &Document,
    operation: &Operation,
    variant: &Value,
    round: usize,
    model: &Exchange,
) -> Request {
    let mut synthesis = Synthesis::new(document, round);
    let mut path = operation.path.clone();
    for parameter in operation.parameters_in("path") {
        let text = plain(&synthesis.instance(&parameter.schema));
        path = path.replace(&format!("{{{}}}", parameter.name), &text);
    }
    let mut query = operation.fixed_query.clone();
    for parameter in operation.parameters_in("query") {
        let value = synthesis.instance(&parameter.schema);
        query.extend(query_pairs(parameter, &value));
    }
    let documented = model.request.as_ref();
    let mut request = Request {
        path,
        query,
        headers: documented
            .map(|request| request.headers.clone())
            .unwrap_or_default(),
        body: None,
        parts: Vec::new(),
    };
    if let Some(body) = &operation.request {
        if body.is_multipart() {
            request.parts = parts(document, &body.schema, model);
        } else if body.is_json() {
            let mut instance = synthesis.instance(&body.schema);
            narrow(&mut instance, variant);
            request.body = Some(instance);
        } else {
            request.body = Some(json!("text"));
        }
        request
            .headers
            .retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        request
            .headers
            .push(("Content-Type".to_owned(), body.media_type.clone()));
    }
    request
}

fn query_pairs(parameter: &Parameter, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Array(items) if parameter.explode => items
            .iter()
            .map(|item| (parameter.name.clone(), plain(item)))
            .collect(),
        Value::Array(items) => {
            let joined = items.iter().map(plain).collect::<Vec<_>>().join(",");
            vec![(parameter.name.clone(), joined)]
        }
        value => vec![(parameter.name.clone(), plain(value))],
    }
}

/// The parts that are documented; those of the sample first, as they stand there.
fn parts(document: &Document, schema: &Value, model: &Exchange) -> Vec<Part> {
    let schema = look_through(document, schema);
    let documented = &schema["properties"];
    let mut parts = model
        .request
        .as_ref()
        .map(|request| request.parts.clone())
        .unwrap_or_default();
    parts.retain(|part| documented.get(&part.name).is_some());
    for (name, property) in documented.as_object().into_iter().flatten() {
        if parts.iter().all(|part| part.name != *name) {
            let content = example(property).unwrap_or_else(|| format!("content of {name}"));
            parts.push(Part {
                name: name.clone(),
                file_name: None,
                media_type: None,
                content: content.into_bytes(),
            });
        }
    }
    parts
}

/// Takes out what a variant lacks, and sets what tells it apart.
fn narrow(instance: &mut Value, variant: &Value) {
    for path in variant["request-lacks"].as_array().into_iter().flatten() {
        remove(instance, path.as_str().unwrap_or_default());
    }
    for (name, value) in variant["when"].as_object().into_iter().flatten() {
        if let Some(member) = instance.pointer_mut(&format!("/{}", name.replace('.', "/"))) {
            *member = value.clone();
        }
    }
}

/// Removes what a dotted path such as `entries[].name` leads to.
fn remove(value: &mut Value, path: &str) {
    if let Some(rest) = path.strip_prefix("[]") {
        let rest = rest.trim_start_matches('.');
        for item in value.as_array_mut().into_iter().flatten() {
            remove(item, rest);
        }
        return;
    }
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (name, rest) = (&path[..end], path[end..].trim_start_matches('.'));
    if rest.is_empty() {
        if let Some(members) = value.as_object_mut() {
            members.remove(name);
        }
    } else if let Some(nested) = value.get_mut(name) {
        remove(nested, rest);
    }
}

fn answer(document: &Document, operation: &Operation, model: &Exchange, round: usize) -> Exchange {
    let mut answer = model.clone();
    if let Some(body) = operation.answer.as_ref().filter(|body| body.is_json()) {
        answer.body = Some(Synthesis::new(document, round).instance(&body.schema));
        answer
            .headers
            .retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        answer
            .headers
            .push(("Content-Type".to_owned(), body.media_type.clone()));
    }
    answer
}
