use std::collections::BTreeMap;
use std::rc::Rc;

use http::Method;
use serde_json::{Map, Value};

use crate::bundle::Bundle;
use crate::exchange::Exchange;

/// The methods a path item can hold, in the order they are read.
const METHODS: [&str; 8] = [
    "get", "head", "options", "post", "put", "patch", "delete", "trace",
];

/// A crate's description of its vendor: the truth about the wire. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Document {
    root: Rc<Value>,
}

impl Document {
    /// The description of a crate of this workspace: all files of its folder `openapi`.
    ///
    /// # Panics
    ///
    /// When the files make no document: there is nothing to test against.
    #[must_use]
    pub fn of(package: &str) -> Self {
        let document = Bundle::of(package).and_then(|bundle| bundle.document());
        let tree = document.unwrap_or_else(|error| panic!("{package}/openapi: {error}"));
        Self::new(tree.to_value())
    }

    /// A document that is already JSON.
    #[must_use]
    pub fn new(root: Value) -> Self {
        Self {
            root: Rc::new(root),
        }
    }

    /// The document as JSON.
    #[must_use]
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The codes that refusals are documented to carry.
    #[must_use]
    pub fn codes(&self) -> Vec<Value> {
        let schemas = self.root["components"]["schemas"].as_object();
        let listed = schemas
            .into_iter()
            .flatten()
            .filter_map(|(_, schema)| schema["x-codes"].as_array());
        listed
            .flatten()
            .map(|entry| entry["code"].clone())
            .collect()
    }

    /// The areas, in the order of the document's tags.
    #[must_use]
    pub fn areas(&self) -> Vec<String> {
        let tags = self.root["tags"].as_array().into_iter().flatten();
        tags.filter_map(|tag| tag["name"].as_str())
            .map(str::to_owned)
            .collect()
    }

    /// Every operation: those of `paths`, their `x-ops`, and the external ones.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in self.root["paths"].as_object().into_iter().flatten() {
            for method in METHODS {
                let Some(entry) = item.get(method) else {
                    continue;
                };
                let siblings = entry["x-ops"].as_array().into_iter().flatten();
                for entry in std::iter::once(entry).chain(siblings) {
                    operations.push(self.operation(path, method, item, entry));
                }
            }
        }
        for entry in self.root["x-external-operations"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let method = text(entry, "x-method").to_lowercase();
            let path = text(entry, "x-path");
            operations.push(self.operation(&path, &method, &Value::Null, entry));
        }
        operations
    }

    /// A schema, parameter or header with its `$ref` followed; what stands beside the reference
    /// wins over what it leads to.
    ///
    /// # Panics
    ///
    /// When a reference leads nowhere.
    #[must_use]
    pub fn resolve(&self, value: &Value) -> Value {
        let Some(reference) = value["$ref"].as_str() else {
            return value.clone();
        };
        let pointer = reference
            .strip_prefix('#')
            .expect("references stay within the document");
        let target = self.root.pointer(pointer);
        let mut resolved = self.resolve(target.unwrap_or_else(|| panic!("{reference} is missing")));
        if let (Some(resolved), Some(beside)) = (resolved.as_object_mut(), value.as_object()) {
            let own = beside.iter().filter(|(key, _)| *key != "$ref");
            resolved.extend(own.map(|(key, value)| (key.clone(), value.clone())));
        }
        resolved
    }

    /// A JSON Schema that stands alone: the given one, with the components it refers to.
    #[must_use]
    pub fn standalone(&self, schema: &Value) -> Value {
        serde_json::json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "allOf": [schema],
            "components": self.root["components"],
        })
    }

    /// The parameters of a path, and those of the operation, which take their place.
    fn parameters(&self, item: &Value, entry: &Value) -> Vec<Parameter> {
        let read = |holder: &Value| -> Vec<Parameter> {
            let listed = holder["parameters"].as_array().into_iter().flatten();
            listed.map(|p| Parameter::read(&self.resolve(p))).collect()
        };
        let (mut parameters, own) = (read(item), read(entry));
        let same = |one: &Parameter, other: &Parameter| {
            (&one.name, &one.place) == (&other.name, &other.place)
        };
        parameters.retain(|shared| !own.iter().any(|own| same(own, shared)));
        parameters.extend(own);
        parameters
    }

    fn operation(&self, path: &str, method: &str, item: &Value, entry: &Value) -> Operation {
        let parameters = self.parameters(item, entry);
        let (status, answer) = success(entry);
        let mut operation = Operation {
            id: text(entry, "operationId"),
            area: entry["tags"][0].as_str().unwrap_or_default().to_owned(),
            method: method.to_uppercase().parse().expect("an HTTP method"),
            path: path.to_owned(),
            repeatability: text(entry, "x-repeatability"),
            summary: text(entry, "summary"),
            description: text(entry, "description"),
            security: entry["security"].clone(),
            pagination: entry["x-pagination"].clone(),
            parameters,
            fixed_query: pairs(&entry["x-fixed-query"]),
            request: Body::read(&self.resolve(&entry["requestBody"])["content"]),
            status,
            answer: Body::read(&self.resolve(&answer)["content"]),
            answer_headers: pairs(&self.resolve(&answer)["headers"])
                .into_iter()
                .map(|(name, _)| name)
                .collect(),
            refusal: Body::read(&self.resolve(&entry["responses"]["default"])["content"]),
            variants: entry["x-variants"].as_array().cloned().unwrap_or_default(),
            exchanges: Vec::new(),
        };
        let samples = entry["x-exchanges"].as_array().into_iter().flatten();
        operation.exchanges = samples
            .map(|x| Exchange::read(self, &operation, x))
            .collect();
        operation
    }
}

/// One operation, as documented.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The id it shares with the crate's `Op`.
    pub id: String,
    /// The area it belongs to: the first tag.
    pub area: String,
    /// The HTTP method.
    pub method: Method,
    /// The path template.
    pub path: String,
    /// `safe`, `idempotent` or `once`.
    pub repeatability: String,
    /// What it does, in a line.
    pub summary: String,
    /// What else is known about it.
    pub description: String,
    /// Its own styles of sign-in; null where it has those of the document.
    pub security: Value,
    /// How a list is read page by page, as in `x-pagination`.
    pub pagination: Value,
    /// Path and query parameters.
    pub parameters: Vec<Parameter>,
    /// Query that is part of the call itself.
    pub fixed_query: Vec<(String, String)>,
    /// What is sent.
    pub request: Option<Body>,
    /// The status of success.
    pub status: u16,
    /// What is answered with success.
    pub answer: Option<Body>,
    /// The documented headers of success.
    pub answer_headers: Vec<String>,
    /// What is answered with a refusal.
    pub refusal: Option<Body>,
    /// Requests that take fewer fields, as in `x-variants`.
    pub variants: Vec<Value>,
    /// The documented samples.
    pub exchanges: Vec<Exchange>,
}

impl Operation {
    /// Whether a request with this method, path and query is one of this operation.
    #[must_use]
    pub fn matches(&self, method: &Method, path: &str, query: &[(String, String)]) -> bool {
        self.method == *method
            && (self.is_external() || self.path_arguments(path).is_some())
            && self.fixed_query.iter().all(|pair| query.contains(pair))
    }

    /// Whether it goes to a link that an answer told, `{link}`, outside the base URL.
    #[must_use]
    pub fn is_external(&self) -> bool {
        self.path.starts_with('{')
    }

    /// The still encoded arguments in a path, if the path fits the template.
    #[must_use]
    pub fn path_arguments(&self, path: &str) -> Option<BTreeMap<String, String>> {
        let mut arguments = BTreeMap::new();
        let (mut wanted, mut given) = (self.path.split('/'), path.split('/'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return Some(arguments),
                (Some(wanted), Some(given)) => match_segment(wanted, given, &mut arguments)?,
                _ => return None,
            }
        }
    }

    /// Whether the answer is documented as JSON.
    #[must_use]
    pub fn answers_json(&self) -> bool {
        self.answer.as_ref().is_some_and(Body::is_json)
    }

    /// The parameters in one place: `path` or `query`.
    pub fn parameters_in<'a>(&'a self, place: &'a str) -> impl Iterator<Item = &'a Parameter> {
        self.parameters
            .iter()
            .filter(move |parameter| parameter.place == place)
    }
}

/// A path or query parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// `path`, `query` or `header`.
    pub place: String,
    /// What it is, in words.
    pub description: String,
    /// Its schema.
    pub schema: Value,
    /// Whether it is always sent.
    pub required: bool,
    /// Whether a list is sent as one pair for each item, and not joined by commas.
    pub explode: bool,
}

impl Parameter {
    fn read(entry: &Value) -> Self {
        Self {
            name: text(entry, "name"),
            place: text(entry, "in"),
            description: text(entry, "description"),
            schema: entry["schema"].clone(),
            required: entry["required"].as_bool().unwrap_or(false),
            explode: entry["explode"].as_bool().unwrap_or(true),
        }
    }
}

/// A documented body.
#[derive(Debug, Clone)]
pub struct Body {
    /// The media type, without parameters.
    pub media_type: String,
    /// The schema, `null` where the body is a file.
    pub schema: Value,
}

impl Body {
    fn read(content: &Value) -> Option<Self> {
        let (media_type, entry) = content.as_object()?.iter().next()?;
        Some(Self {
            media_type: media_type.clone(),
            schema: entry["schema"].clone(),
        })
    }

    /// Whether the body is JSON.
    #[must_use]
    pub fn is_json(&self) -> bool {
        (self.media_type == "application/json" || self.media_type.ends_with("+json"))
            && !self.schema.is_null()
    }

    /// Whether the body is made of parts.
    #[must_use]
    pub fn is_multipart(&self) -> bool {
        self.media_type == "multipart/form-data"
    }
}

/// A text member, empty when it is missing.
pub(crate) fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// The members of an object as pairs of text.
pub(crate) fn pairs(value: &Value) -> Vec<(String, String)> {
    let members = value.as_object().into_iter().flat_map(Map::iter);
    members
        .map(|(name, value)| (name.clone(), plain(value)))
        .collect()
}

/// A value as a query writes it.
pub(crate) fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn success(entry: &Value) -> (u16, Value) {
    let responses = entry["responses"].as_object().into_iter().flatten();
    let numbered = responses.filter_map(|(status, body)| Some((status.parse().ok()?, body)));
    numbered
        .min_by_key(|(status, _)| *status)
        .map_or((0, Value::Null), |(s, b)| (s, b.clone()))
}

/// Matches a segment that is literal, or holds one `{name}` between literal text.
fn match_segment(
    wanted: &str,
    given: &str,
    arguments: &mut BTreeMap<String, String>,
) -> Option<()> {
    let Some((before, rest)) = wanted.split_once('{') else {
        return (wanted == given).then_some(());
    };
    let (name, after) = rest.split_once('}')?;
    let argument = given.strip_prefix(before)?.strip_suffix(after)?;
    arguments.insert(name.to_owned(), argument.to_owned());
    (!argument.is_empty()).then_some(())
}
