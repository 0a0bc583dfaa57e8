use serde_json::{Map, Value, json};

use crate::document::{Body, Document, Operation, Parameter, plain};
use crate::exchange::{Class, Exchange, Part, Request};
use crate::schema::{Synthesis, example, look_through, rounds};

/// Exchanges that together use every documented parameter, field and listed value.
///
/// The samples show few of them. Each round takes the next listed value of every enumeration;
/// each of the operation's variants gets rounds of its own.
pub(crate) fn exchanges(document: &Document, operation: &Operation) -> Vec<Exchange> {
    let mut made = Vec::new();
    for variant in variants(operation) {
        for round in 0..needed_rounds(document, operation) {
            let name = format!("made-up {} {}", variant_name(variant), round + 1);
            let made_up = Ingredients::new(document, operation, variant, round);
            made.extend(made_up.map(|ingredients| ingredients.exchange(name.trim())));
        }
    }
    made
}

/// The operation's variants that lack something, or the one that lacks nothing.
pub(crate) fn variants(operation: &Operation) -> Vec<&Value> {
    let narrows =
        |variant: &&Value| variant.get("request-lacks").is_some() || variant.get("when").is_some();
    let narrowing: Vec<_> = operation.variants.iter().filter(narrows).collect();
    match narrowing.is_empty() {
        true => vec![&Value::Null],
        false => narrowing,
    }
}

/// The name of a variant, for messages.
pub(crate) fn variant_name(variant: &Value) -> &str {
    variant["name"].as_str().unwrap_or("all")
}

/// What a request is made of, before it is written.
#[derive(Debug, Clone)]
pub(crate) struct Ingredients<'d> {
    document: &'d Document,
    operation: &'d Operation,
    model: Exchange,
    parts: Vec<Part>,
    round: usize,
    /// The members of `path` and `query`, and the `body` if there is one; the parts of a form
    /// are the members of its body.
    pub(crate) values: Value,
}

impl<'d> Ingredients<'d> {
    /// All that a variant takes; `None` where no sample shows what headers go with it.
    pub(crate) fn new(
        document: &'d Document,
        operation: &'d Operation,
        variant: &Value,
        round: usize,
    ) -> Option<Self> {
        let model = model(document, operation, variant)?;
        let mut synthesis = Synthesis::new(document, round);
        let mut values = Map::new();
        for place in ["path", "query"] {
            let made = operation
                .parameters_in(place)
                .map(|p| (p.name.clone(), synthesis.instance(&p.schema)));
            values.insert(place.to_owned(), Value::Object(made.collect()));
        }
        let mut parts = Vec::new();
        if let Some(body) = &operation.request {
            if body.is_multipart() {
                parts = documented_parts(document, &body.schema, &model);
            }
            let mut value = body_value(body, &parts, &mut synthesis);
            narrow(&mut value, variant, round);
            values.insert("body".to_owned(), value);
        } else if let Some(query) = values.get_mut("query") {
            narrow(query, variant, round);
        }
        Some(Self {
            document,
            operation,
            model,
            parts,
            round,
            values: Value::Object(values),
        })
    }

    /// The schema of the values.
    pub(crate) fn schema(&self) -> Value {
        let mut places = Map::new();
        for place in ["path", "query"] {
            places.insert(place.to_owned(), parameters_schema(self.operation, place));
        }
        if let Some(body) = &self.operation.request {
            places.insert("body".to_owned(), body.schema.clone());
        }
        json!({ "type": "object", "properties": places })
    }

    /// The exchange that sends them, answered as documented.
    pub(crate) fn exchange(&self, name: &str) -> Exchange {
        let answer = answer(self.document, self.operation, &self.model, self.round);
        let request = self.request();
        Exchange::synthetic(self.document, self.operation, name, request, &answer)
    }

    fn request(&self) -> Request {
        let mut request = Request {
            path: self.path(),
            query: self.query(),
            headers: self.headers(),
            body: None,
            parts: Vec::new(),
        };
        match (&self.operation.request, self.values.get("body")) {
            (Some(body), Some(value)) if body.is_multipart() => request.parts = self.form(value),
            (_, value) => request.body = value.cloned(),
        }
        request
    }

    fn path(&self) -> String {
        if let (true, Some(sample)) = (self.operation.is_external(), &self.model.request) {
            return sample.path.clone();
        }
        let arguments = self.values["path"].as_object().into_iter().flatten();
        arguments.fold(self.operation.path.clone(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), &plain(value))
        })
    }

    fn query(&self) -> Vec<(String, String)> {
        if let (true, Some(sample)) = (self.operation.is_external(), &self.model.request) {
            return sample.query.clone();
        }
        let mut query = self.operation.fixed_query.clone();
        for parameter in self.operation.parameters_in("query") {
            let value = self.values["query"].get(&parameter.name);
            query.extend(
                value
                    .into_iter()
                    .flat_map(|value| query_pairs(parameter, value)),
            );
        }
        query
    }

    fn headers(&self) -> Vec<(String, String)> {
        let documented = self.model.request.as_ref();
        let mut headers = documented.map_or(Vec::new(), |request| request.headers.clone());
        if let Some(body) = &self.operation.request {
            set_content_type(&mut headers, &body.media_type);
        }
        headers
    }

    fn form(&self, contents: &Value) -> Vec<Part> {
        let with_content = |part: &Part| {
            let content = contents.get(&part.name)?;
            Some(Part {
                content: plain(content).into_bytes(),
                ..part.clone()
            })
        };
        self.parts.iter().filter_map(with_content).collect()
    }
}

/// The sample whose credentials and headers the made-up ones take over.
fn model(document: &Document, operation: &Operation, variant: &Value) -> Option<Exchange> {
    let whole = |operation: &Operation| {
        let samples = operation.exchanges.iter();
        let mut whole = samples.filter(|x| x.class == Class::Whole && x.status < 400);
        // A file is not made up, and each variant may have its own.
        let is_own =
            |x: &&Exchange| !operation.answers_json() && tells(variant, x.request.as_ref());
        let of_variant = whole.clone().find(is_own);
        of_variant.or_else(|| whole.next()).cloned()
    };
    let external = |x: &&Exchange| x.class == Class::External;
    if let Some(sample) = operation.exchanges.iter().find(external) {
        return Some(sample.clone());
    }
    whole(operation).or_else(|| {
        let all = document.operations();
        let same_area = all.iter().filter(|other| other.area == operation.area);
        let mut exchange = same_area.chain(&all).find_map(whole)?;
        exchange.headers.clear();
        exchange.status = operation.status;
        Some(exchange)
    })
}

fn needed_rounds(document: &Document, operation: &Operation) -> usize {
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| &parameter.schema);
    let body = operation.request.as_ref().map(|body| &body.schema);
    let needed = parameters
        .chain(body)
        .map(|schema| rounds(document, schema));
    needed.fold(1, usize::max)
}

fn parameters_schema(operation: &Operation, place: &str) -> Value {
    let named = |p: &Parameter| (p.name.clone(), p.schema.clone());
    let schemas: Map<_, _> = operation.parameters_in(place).map(named).collect();
    let required = operation
        .parameters_in(place)
        .filter(|parameter| parameter.required || place == "path");
    let required: Vec<_> = required.map(|parameter| parameter.name.clone()).collect();
    json!({ "type": "object", "properties": schemas, "required": required })
}

fn body_value(body: &Body, parts: &[Part], synthesis: &mut Synthesis<'_>) -> Value {
    let content = |part: &Part| {
        let text = String::from_utf8_lossy(&part.content).into_owned();
        (part.name.clone(), Value::String(text))
    };
    match (body.is_multipart(), body.is_json()) {
        (true, _) => Value::Object(parts.iter().map(content).collect()),
        (_, true) => synthesis.instance(&body.schema),
        _ => json!("text"),
    }
}

fn set_content_type(headers: &mut Vec<(String, String)>, media_type: &str) {
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    headers.push(("Content-Type".to_owned(), media_type.to_owned()));
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
fn documented_parts(document: &Document, schema: &Value, model: &Exchange) -> Vec<Part> {
    let schema = look_through(document, schema);
    let documented = &schema["properties"];
    let request = model.request.as_ref();
    let mut parts = request.map_or(Vec::new(), |request| request.parts.clone());
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

/// Whether a request is of a variant, by what tells it apart.
pub(crate) fn tells(variant: &Value, request: Option<&Request>) -> bool {
    let body = request.and_then(|request| request.body.as_ref());
    let mut told = variant["when"].as_object().into_iter().flatten();
    told.all(|(name, value)| body.and_then(|body| body.get(name)) == Some(value))
}

/// Takes out what a variant lacks, and sets what tells it apart; of the values that it lists the
/// next one.
fn narrow(instance: &mut Value, variant: &Value, round: usize) {
    let listed = variant["request-values"].as_object().into_iter().flatten();
    for (name, values) in listed {
        let values = values.as_array().map_or(&[][..], Vec::as_slice);
        if let (Some(member), false) = (instance.get_mut(name), values.is_empty()) {
            *member = values[round % values.len()].clone();
        }
    }
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
        set_content_type(&mut answer.headers, &body.media_type);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a request without a body, variants tell the query apart.
    #[test]
    fn a_variant_narrows_the_query_where_there_is_no_body() {
        let harness = include_str!("../tests/harness/openapi.json");
        let mut harness: Value = serde_json::from_str(harness).expect("JSON");
        let red = json!({ "name": "red", "when": { "color": "red" }, "request-lacks": ["size"] });
        harness["paths"]["/things"]["get"]["x-variants"] = json!([red]);
        let document = Document::new(harness);
        let mut operations = document.operations().into_iter();
        let list = operations.find(|operation| operation.id == "thing_list");
        let made = exchanges(&document, &list.expect("an operation"));
        assert!(!made.is_empty());
        for exchange in made {
            let query = exchange.request.expect("a request").query;
            assert!(query.contains(&("color".to_owned(), "red".to_owned())));
            assert!(query.iter().all(|(name, _)| name != "size"));
        }
    }
}
