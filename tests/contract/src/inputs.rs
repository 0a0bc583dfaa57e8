use std::any::type_name;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::rc::Rc;

use cert_core::Patch;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::document::{Document, Operation};
use crate::exchange::Request;
use crate::made_up::tells;
use crate::schema::{kind, listed_values, look_through};

/// The inputs of an exchange, typed by their schemas.
#[derive(Debug, Clone)]
pub(crate) struct Inputs {
    document: Document,
    operation: String,
    places: BTreeMap<&'static str, (Value, Value)>,
    /// The members of the body whose listed value is another variant's.
    strange: Vec<String>,
    findings: Rc<RefCell<Vec<String>>>,
}

impl Inputs {
    pub(crate) fn new(
        document: &Document,
        operation: &Operation,
        request: Option<&Request>,
    ) -> Self {
        let mut places = BTreeMap::new();
        if let Some(request) = request {
            places.insert("path", path_inputs(document, operation, &request.path));
            places.insert("query", query_inputs(document, operation, &request.query));
            let schema = operation.request.as_ref().map(|body| body.schema.clone());
            let value = request.body.clone().unwrap_or_else(|| json!({}));
            places.insert("body", (schema.unwrap_or_default(), value));
        }
        Self {
            document: document.clone(),
            operation: operation.id.clone(),
            places,
            strange: strange(operation, request),
            findings: Rc::default(),
        }
    }

    pub(crate) fn findings(&self) -> Vec<String> {
        self.findings.borrow().clone()
    }

    pub(crate) fn has(&self, place: &str, name: &str) -> bool {
        let members = self.places.get(place).map(|(_, members)| members);
        members.is_some_and(|members| members.get(name).is_some())
    }

    /// The schema and the value of a place.
    pub(crate) fn typed(&self, place: &'static str) -> &(Value, Value) {
        &self.places[place]
    }

    pub(crate) fn place(&self, place: &'static str) -> Fields<'_> {
        let (schema, value) = self.places.get(place).unwrap_or_else(|| {
            panic!(
                "{}: a sample without a request has no inputs",
                self.operation
            )
        });
        let schema = look_through(&self.document, schema);
        Fields {
            inputs: self,
            name: place.to_owned(),
            schema,
            value,
        }
    }
}

/// The members of a documented object, as a case reads them.
///
/// Reading an enumeration also checks that the type of the public API knows the listed value.
#[derive(Debug)]
pub struct Fields<'x> {
    inputs: &'x Inputs,
    name: String,
    schema: Value,
    value: &'x Value,
}

impl<'x> Fields<'x> {
    /// A member that every sample has.
    ///
    /// # Panics
    ///
    /// When the sample has no such member, or not of this type: the case is wrong.
    #[must_use]
    pub fn need<V: DeserializeOwned + Debug>(&self, name: &str) -> V {
        let operation = &self.inputs.operation;
        self.opt(name)
            .unwrap_or_else(|| panic!("{operation}: the sample has no `{name}` in {}", self.name))
    }

    /// A member that samples may lack or have as null.
    ///
    /// # Panics
    ///
    /// When the member is not of this type: the case is wrong.
    #[must_use]
    pub fn opt<V: DeserializeOwned + Debug>(&self, name: &str) -> Option<V> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        let read: V = serde_json::from_value(value.clone()).unwrap_or_else(|error| {
            let operation = &self.inputs.operation;
            panic!("{operation}: `{name}` is no {}: {error}", type_name::<V>())
        });
        self.check_enumeration(name, value, &read);
        Some(read)
    }

    /// A member of an update: absent, null, or a value.
    #[must_use]
    pub fn patch<V: DeserializeOwned + Debug>(&self, name: &str) -> Patch<V> {
        match self.value.get(name) {
            None => Patch::Keep,
            Some(Value::Null) => Patch::Clear,
            Some(_) => Patch::Set(self.need(name)),
        }
    }

    /// A member of an update where absence is told by the request itself: null, or a value.
    #[must_use]
    pub fn opt_patch<V: DeserializeOwned + Debug>(&self, name: &str) -> Option<Patch<V>> {
        self.value.get(name).map(|_| self.patch(name))
    }

    /// The members of a nested object, if it is there.
    pub fn object<T>(&self, name: &str, read: impl Fn(Fields<'_>) -> T) -> Option<T> {
        self.value.get(name).filter(|value| value.is_object())?;
        Some(read(self.nested(name)))
    }

    /// The entries of a nested list of objects, if it is there.
    pub fn list<T>(&self, name: &str, read: impl Fn(Fields<'_>) -> T) -> Option<Vec<T>> {
        self.value.get(name).filter(|value| value.is_array())?;
        Some(self.nested(name).each(read))
    }

    /// Sets members of the sample on a request, as far as they are there.
    pub fn fill<T>(&self, request: T) -> Filling<'_, 'x, T> {
        Filling {
            fields: self,
            request,
        }
    }

    fn nested(&self, name: &str) -> Fields<'x> {
        Fields {
            inputs: self.inputs,
            name: format!("{}.{name}", self.name),
            schema: look_through(&self.inputs.document, &self.schema["properties"][name]),
            value: &self.value[name],
        }
    }

    pub(crate) fn each<T>(&self, read: impl Fn(Fields<'_>) -> T) -> Vec<T> {
        let schema = look_through(&self.inputs.document, &self.schema["items"]);
        let entry = |value| Fields {
            inputs: self.inputs,
            name: format!("{}[]", self.name),
            schema: schema.clone(),
            value,
        };
        self.value
            .as_array()
            .into_iter()
            .flatten()
            .map(|value| read(entry(value)))
            .collect()
    }

    fn check_enumeration<V: Debug>(&self, name: &str, value: &Value, read: &V) {
        if self.name == "body" && self.inputs.strange.iter().any(|strange| strange == name) {
            return;
        }
        let schema = look_through(&self.inputs.document, &self.schema["properties"][name]);
        let Some(listed) = listed_values(&schema).filter(|listed| listed.contains(value)) else {
            return;
        };
        let place = format!("{}: {}.{name}", self.inputs.operation, self.name);
        let finding = if type_name::<V>() == type_name::<String>() && listed[0].is_string() {
            format!("{place} is an enumeration, and the public API takes text")
        } else if format!("{read:?}").contains("Unknown(") {
            format!(
                "{place}: the listed value {value} is not known to {}",
                type_name::<V>()
            )
        } else {
            return;
        };
        self.inputs.findings.borrow_mut().push(finding);
    }
}

/// A request that takes over the members of a sample.
#[derive(Debug)]
#[must_use]
pub struct Filling<'f, 'x, T> {
    fields: &'f Fields<'x>,
    request: T,
}

impl<T> Filling<'_, '_, T> {
    /// Sets a member, if the sample has it.
    pub fn set<V: DeserializeOwned + Debug>(
        mut self,
        name: &str,
        set: impl FnOnce(T, V) -> T,
    ) -> Self {
        if let Some(value) = self.fields.opt(name) {
            self.request = set(self.request, value);
        }
        self
    }

    /// Sets what the case has read by itself, if it was there.
    pub fn add<V>(mut self, value: Option<V>, set: impl FnOnce(T, V) -> T) -> Self {
        if let Some(value) = value {
            self.request = set(self.request, value);
        }
        self
    }

    /// The request.
    #[must_use]
    pub fn done(self) -> T {
        self.request
    }
}

/// The members of a request's body with a value that its variant does not list.
fn strange(operation: &Operation, request: Option<&Request>) -> Vec<String> {
    let body = request.and_then(|request| request.body.as_ref());
    let own = operation
        .variants
        .iter()
        .filter(|variant| tells(variant, request));
    let listed = own.filter_map(|variant| variant["request-values"].as_object());
    let strange = listed.flatten().filter(|(name, values)| {
        let value = body.and_then(|body| body.get(name.as_str()));
        value.is_some_and(|value| !values.as_array().is_some_and(|all| all.contains(value)))
    });
    strange.map(|(name, _)| name.clone()).collect()
}

/// The schema and value of an object that holds one member for each path argument.
fn path_inputs(document: &Document, operation: &Operation, path: &str) -> (Value, Value) {
    let arguments = operation.path_arguments(path).unwrap_or_default();
    let decoded = arguments.iter().map(|(name, encoded)| {
        (
            name.clone(),
            percent_decode_str(encoded).decode_utf8_lossy().into_owned(),
        )
    });
    typed(document, operation, "path", &decoded.collect::<Vec<_>>())
}

fn query_inputs(
    document: &Document,
    operation: &Operation,
    query: &[(String, String)],
) -> (Value, Value) {
    typed(document, operation, "query", query)
}

fn typed(
    document: &Document,
    operation: &Operation,
    place: &str,
    given: &[(String, String)],
) -> (Value, Value) {
    let (mut schemas, mut values) = (Map::new(), Map::new());
    for parameter in operation.parameters_in(place) {
        let schema = look_through(document, &parameter.schema);
        let named = given.iter().filter(|(name, _)| *name == parameter.name);
        let named = named.filter(|(_, text)| !text.is_empty() || kind(&schema) == "string");
        let texts: Vec<&str> = if parameter.explode {
            named.map(|(_, text)| text.as_str()).collect()
        } else {
            named.flat_map(|(_, text)| text.split(',')).collect()
        };
        if kind(&schema) == "array" && !texts.is_empty() {
            let items = look_through(document, &schema["items"]);
            let list = texts.iter().map(|text| typed_text(&items, text)).collect();
            values.insert(parameter.name.clone(), Value::Array(list));
        } else if let Some(text) = texts.first() {
            values.insert(parameter.name.clone(), typed_text(&schema, text));
        }
        schemas.insert(parameter.name.clone(), schema);
    }
    (json!({ "properties": schemas }), Value::Object(values))
}

/// A text as the JSON value that its schema makes it.
fn typed_text(schema: &Value, text: &str) -> Value {
    let numeric = listed_values(schema).is_some_and(|listed| listed[0].is_number());
    match kind(schema) {
        "integer" | "number" | "boolean" => serde_json::from_str(text).unwrap_or(json!(text)),
        _ if numeric => serde_json::from_str(text).unwrap_or(json!(text)),
        _ => json!(text),
    }
}
