use serde_json::{Map, Value, json};

use crate::document::Document;

/// A value that no list of the contract holds.
pub(crate) const UNLISTED: &str = "UNLISTED VALUE";
/// Its counterpart where the list is of numbers.
pub(crate) const UNLISTED_NUMBER: i64 = 77_777;

/// Makes instances of schemas in which every documented property is present.
///
/// Every text and number it makes up is used once, so that none can be mistaken for another.
#[derive(Debug)]
pub(crate) struct Synthesis<'d> {
    document: &'d Document,
    /// Which listed value is taken: the first, the second, ...
    round: usize,
    next: u32,
}

impl<'d> Synthesis<'d> {
    /// Instances whose enumerations hold their listed value number `round`, over and over.
    pub(crate) fn new(document: &'d Document, round: usize) -> Self {
        Self {
            document,
            round,
            next: 0,
        }
    }

    /// Instances whose numbers begin after `next`.
    pub(crate) fn after(document: &'d Document, next: u32) -> Self {
        Self {
            next,
            ..Self::new(document, 0)
        }
    }

    /// An instance of a schema.
    pub(crate) fn instance(&mut self, schema: &Value) -> Value {
        let schema = look_through(self.document, schema);
        if let Some(listed) = listed_values(&schema) {
            return listed[self.round % listed.len()].clone();
        }
        match kind(&schema) {
            "object" => self.object(&schema),
            "array" => json!([self.instance(&schema["items"])]),
            "boolean" => Value::Bool(self.round.is_multiple_of(2)),
            "integer" | "number" => self.number(&schema),
            _ => self.text(&schema),
        }
    }

    fn object(&mut self, schema: &Value) -> Value {
        let mut members = Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            members.insert(name.clone(), self.instance(property));
        }
        if is_map(schema) {
            let number = self.number(&Value::Null);
            members.insert(
                format!("key{number}"),
                self.instance(&schema["additionalProperties"]),
            );
        }
        Value::Object(members)
    }

    fn number(&mut self, schema: &Value) -> Value {
        self.next += 1;
        let number = schema["minimum"].as_i64().unwrap_or(1000).max(1000) + i64::from(self.next);
        json!(
            schema["maximum"]
                .as_i64()
                .map_or(number, |maximum| number.min(maximum))
        )
    }

    fn text(&mut self, schema: &Value) -> Value {
        if let Some(example) = example(schema) {
            return Value::String(example);
        }
        self.next += 1;
        let number = self.next;
        let text = match schema["format"].as_str() {
            Some("email") => format!("user-{number:04}@example.com"),
            Some("uuid") => format!("00000000-0000-4000-8000-{number:012}"),
            Some("date-time") => format!("2031-01-01T00:{:02}:{:02}Z", number / 60, number % 60),
            _ => fitting(schema, [format!("text{number:04}"), format!("{number:04}")]),
        };
        Value::String(bounded(schema, &text))
    }
}

/// Writes the listed values of an instance as its schema lists them, whatever their case.
pub(crate) fn spell(document: &Document, schema: &Value, instance: &mut Value) {
    let schema = look_through(document, schema);
    match instance {
        Value::Object(members) => {
            for (name, member) in members {
                spell(document, &schema["properties"][name.as_str()], member);
            }
        }
        Value::Array(entries) => {
            let entries = entries.iter_mut();
            entries.for_each(|entry| spell(document, &schema["items"], entry));
        }
        Value::String(text) => {
            let listed = listed_values(&schema).into_iter().flatten();
            let mut texts = listed.filter_map(Value::as_str);
            if let Some(listed) = texts.find(|listed| listed.eq_ignore_ascii_case(text)) {
                *text = listed.to_owned();
            }
        }
        _ => {}
    }
}

/// A text within the lengths of its schema.
fn bounded(schema: &Value, text: &str) -> String {
    let limit = |name: &str| {
        let length = schema[name].as_u64();
        length.and_then(|length| usize::try_from(length).ok())
    };
    let missing = limit("minLength")
        .unwrap_or(0)
        .saturating_sub(text.chars().count());
    let text = "a".repeat(missing) + text;
    text.chars()
        .take(limit("maxLength").unwrap_or(usize::MAX))
        .collect()
}

/// The first text that the schema's pattern allows; the first one where it allows none.
fn fitting(schema: &Value, texts: [String; 2]) -> String {
    let pattern = json!({ "pattern": schema["pattern"].as_str().unwrap_or_default() });
    let [first, second] = texts;
    match jsonschema::is_valid(&pattern, &json!(second)) {
        true if !jsonschema::is_valid(&pattern, &json!(first)) => second,
        _ => first,
    }
}

/// A documented text for where a pattern would refuse one that is made up.
pub(crate) fn example(schema: &Value) -> Option<String> {
    schema.get("pattern")?;
    schema["examples"][0].as_str().map(str::to_owned)
}

/// A place in a synthetic instance: where it is, and what is documented for it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// JSON pointer into the instance.
    pub(crate) pointer: String,
    /// Dotted name for messages, as in `certType.terms[]`.
    pub(crate) name: String,
    /// The resolved schema.
    pub(crate) schema: Value,
    /// Whether it is a property that can be left out, and not an item of a list.
    pub(crate) removable: bool,
    /// Whether its holder names it as required.
    pub(crate) required: bool,
}

/// Every place of a synthetic instance, holders before what they hold.
pub(crate) fn places(document: &Document, schema: &Value, instance: &Value) -> Vec<Place> {
    let mut found = Vec::new();
    let root = Place {
        pointer: String::new(),
        name: String::new(),
        schema: look_through(document, schema),
        removable: false,
        required: false,
    };
    collect(document, root, instance, &mut found);
    found
}

/// How many rounds it takes until every listed value of a schema was used.
pub(crate) fn rounds(document: &Document, schema: &Value) -> usize {
    let schema = look_through(document, schema);
    let own = listed_values(&schema).map_or(1, Vec::len);
    let properties = schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(_, p)| p);
    let nested = properties
        .chain(schema.get("items"))
        .map(|nested| rounds(document, nested));
    nested.fold(own, usize::max)
}

/// The listed values of an enumeration.
pub(crate) fn listed_values(schema: &Value) -> Option<&Vec<Value>> {
    let alternatives = schema["anyOf"].as_array().into_iter().flatten();
    let mut candidates = std::iter::once(schema).chain(alternatives);
    candidates
        .find_map(|candidate| candidate["enum"].as_array())
        .filter(|list| !list.is_empty())
}

/// The type of a schema, its nullability left aside; empty where none is documented.
pub(crate) fn kind(schema: &Value) -> &str {
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds
            .iter()
            .filter_map(Value::as_str)
            .find(|kind| *kind != "null"),
        kind => kind.as_str(),
    };
    kinds.unwrap_or_default()
}

/// Whether the keys of an object are data.
pub(crate) fn is_map(schema: &Value) -> bool {
    match &schema["additionalProperties"] {
        Value::Bool(allowed) => *allowed,
        Value::Object(_) => true,
        _ => schema["x-open"].as_bool().unwrap_or(false),
    }
}

/// Follows references, also where `null` is the alternative.
pub(crate) fn look_through(document: &Document, schema: &Value) -> Value {
    let mut resolved = document.resolve(schema);
    let alternatives = resolved["anyOf"].as_array().into_iter().flatten();
    let mut references = alternatives.filter(|schema| schema.get("$ref").is_some());
    let Some(reference) = references.next().cloned() else {
        return resolved;
    };
    let inner = look_through(document, &reference);
    if let (Some(inner), Some(outer)) = (inner.as_object(), resolved.as_object_mut()) {
        outer.remove("anyOf");
        for (key, value) in inner {
            outer.entry(key).or_insert_with(|| value.clone());
        }
    }
    resolved
}

/// A different value of the same kind, of another length where it is text.
pub(crate) fn another(schema: &Value, value: &Value) -> Option<Value> {
    if let Some(listed) = listed_values(schema) {
        return listed.iter().find(|other| *other != value).cloned();
    }
    match value {
        Value::Bool(value) => Some(json!(!value)),
        Value::Number(number) => number.as_i64().map(|number| json!(number + 100_000)),
        Value::String(text) => Some(json!(format!("{text}other"))),
        _ => None,
    }
}

fn collect(document: &Document, place: Place, instance: &Value, found: &mut Vec<Place>) {
    let (schema, pointer, name) = (
        place.schema.clone(),
        place.pointer.clone(),
        place.name.clone(),
    );
    found.push(place);
    let named_required = |step: &str| {
        let required = schema["required"].as_array().into_iter().flatten();
        required.clone().any(|name| name == step)
    };
    let child = |step: &str, name: String, schema: &Value, removable| Place {
        pointer: format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1")),
        name,
        schema: look_through(document, schema),
        removable,
        required: removable && named_required(step),
    };
    match instance {
        Value::Object(members) => {
            for (key, value) in members {
                let full = if name.is_empty() {
                    key.clone()
                } else {
                    format!("{name}.{key}")
                };
                let (schema, removable) = match schema["properties"].get(key) {
                    Some(property) => (property, true),
                    None => (&schema["additionalProperties"], false),
                };
                collect(document, child(key, full, schema, removable), value, found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                let full = format!("{name}[]");
                let place = child(&index.to_string(), full, &schema["items"], false);
                collect(document, place, value, found);
            }
        }
        _ => {}
    }
}
