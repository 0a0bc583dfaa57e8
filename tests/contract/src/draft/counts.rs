use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::area::Drafting;
use super::source::{OperationList, Row, Source, VariantRows};
use crate::document::{Document, Operation};
use crate::schema::{is_map, kind, listed_values, look_through};

/// What a list has, and what of it came out.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts {
    rows: Vec<(&'static str, usize, usize)>,
    /// Everything that is missing.
    pub missing: Vec<String>,
}

impl Counts {
    fn add(&mut self, what: &'static str, found: bool, name: impl FnOnce() -> String) {
        if !self.rows.iter().any(|(known, _, _)| *known == what) {
            self.rows.push((what, 0, 0));
        }
        let row = self.rows.iter_mut().find(|(known, _, _)| *known == what);
        let (_, all, done) = row.expect("it was added");
        *all += 1;
        *done += usize::from(found);
        if !found {
            self.missing.push(format!("{}: no {what}", name()));
        }
    }

    /// How many of a kind there are, and came out.
    #[must_use]
    pub fn of(&self, what: &str) -> (usize, usize) {
        let row = self.rows.iter().find(|(known, _, _)| *known == what);
        row.map_or((0, 0), |(_, all, done)| (*all, *done))
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows
            .iter()
            .try_for_each(|(what, all, done)| writeln!(f, "{what}: {all} in, {done} out"))
    }
}

/// Compares a list with the document that holds its draft.
pub(crate) fn counts(list: &OperationList, drafting: &Drafting<'_>, document: &Document) -> Counts {
    let mut counts = Counts::default();
    let drafted = document.operations();
    let own = drafted
        .iter()
        .filter(|operation| operation.area == drafting.area);
    for source in &list.operations {
        let id = drafting.id(source);
        let operation = own.clone().find(|operation| operation.id == id);
        counts.add("operation", operation.is_some(), || id.clone());
        if let Some(operation) = operation {
            let path_rows = drafting.path_rows(source);
            let counting = Counting {
                document,
                source,
                operation,
                path_rows: &path_rows,
            };
            counting.count(&mut counts);
        }
    }
    for operation in own {
        if !list
            .operations
            .iter()
            .any(|source| drafting.id(source) == operation.id)
        {
            counts.missing.push(format!("{}: in no list", operation.id));
        }
    }
    counts
}

struct Counting<'c> {
    document: &'c Document,
    source: &'c Source,
    operation: &'c Operation,
    path_rows: &'c [Row],
}

impl Counting<'_> {
    fn count(&self, counts: &mut Counts) {
        let Self {
            source, operation, ..
        } = self;
        for index in 0..source.examples.len() {
            let there = operation.exchanges.get(index);
            counts.add("exchange", there.is_some(), || {
                self.name(&index.to_string())
            });
        }
        let request = operation.request.as_ref().map(|body| &body.schema);
        let answer = operation.answer.as_ref().map(|body| &body.schema);
        self.fields("request field", &source.request_fields, request, counts);
        self.fields("response field", &source.response_fields, answer, counts);
        for variant in &source.variants {
            self.variant(variant, counts);
        }
        self.parameters("path parameter", "path", self.path_rows, counts);
        self.parameters("query parameter", "query", &source.query_params, counts);
        self.codes(counts);
    }

    fn fields(
        &self,
        what: &'static str,
        rows: &[Row],
        schema: Option<&Value>,
        counts: &mut Counts,
    ) {
        let fields = schema.map_or(BTreeSet::new(), |schema| paths(self.document, schema));
        for row in rows {
            counts.add(what, fields.contains(&row.path), || self.name(&row.path));
            let schema = schema.and_then(|schema| at(self.document, schema, &row.path));
            self.values(row, schema.as_ref(), counts);
        }
        let is_part = |field: &str| {
            let parts = &self.source.request_parts;
            what == "request field" && parts.iter().any(|part| part.name == field)
        };
        let known = |field: &&String| {
            is_part(field)
                || rows
                    .iter()
                    .any(|row| row.path == **field || holds(field, &row.path))
        };
        let strangers = fields.iter().filter(|field| !known(field));
        counts
            .missing
            .extend(strangers.map(|field| format!("{}: in no table", self.name(field))));
    }

    /// The rows of a variant are those of its operation, less what it lacks.
    fn variant(&self, variant: &VariantRows, counts: &mut Counts) {
        let names = super::exchanges::variant_names(self.source);
        let name = &names[&variant.title];
        let drafted = self
            .operation
            .variants
            .iter()
            .find(|drafted| drafted["name"] == **name);
        counts.add("variant", drafted.is_some(), || self.name(name));
        let lacks = |side: &str, path: &str| {
            let lacking = drafted.map_or(&Value::Null, |drafted| &drafted[side]);
            lacking
                .as_array()
                .is_some_and(|paths| paths.iter().any(|lacked| lacked == path))
        };
        let request = variant
            .request_fields
            .iter()
            .flatten()
            .map(|row| row.path.as_str());
        for path in request {
            let found =
                self.has(&self.source.request_fields, path) && !lacks("request-lacks", path);
            counts.add("request field of a variant", found, || self.name(path));
        }
        for path in variant.response_fields.iter().flatten() {
            let found =
                self.has(&self.source.response_fields, path) && !lacks("response-lacks", path);
            let found = found || self.is_of_a_refusal(path);
            counts.add("response field of a variant", found, || self.name(path));
        }
    }

    fn has(&self, table: &[Row], path: &str) -> bool {
        table.iter().any(|row| row.path == path)
    }

    fn is_of_a_refusal(&self, path: &str) -> bool {
        let schema = self.operation.refusal.as_ref().map(|body| &body.schema);
        schema.is_some_and(|schema| paths(self.document, schema).contains(path))
    }

    fn parameters(&self, what: &'static str, place: &str, rows: &[Row], counts: &mut Counts) {
        for row in rows {
            let mut there = self.operation.parameters_in(place);
            let parameter = there.find(|parameter| parameter.name == row.path);
            let fixed = self
                .operation
                .fixed_query
                .iter()
                .any(|(name, _)| *name == row.path);
            counts.add(what, parameter.is_some() || fixed, || self.name(&row.path));
            self.values(row, parameter.map(|parameter| &parameter.schema), counts);
        }
    }

    /// The values that a row lists.
    fn values(&self, row: &Row, schema: Option<&Value>, counts: &mut Counts) {
        let schema = schema.map(|schema| look_through(self.document, schema));
        let items = schema
            .as_ref()
            .map(|schema| look_through(self.document, &schema["items"]));
        let keys = schema
            .as_ref()
            .map(|schema| look_through(self.document, &schema["propertyNames"]));
        let places = [&schema, &items, &keys];
        let listed = places.into_iter().flatten().find_map(listed_values);
        for value in row.values.iter().flatten().map(crate::tree::Tree::to_value) {
            let found = listed.is_some_and(|listed| listed.contains(&value));
            counts.add("listed value", found, || {
                self.name(&format!("{} {value}", row.path))
            });
        }
    }

    fn codes(&self, counts: &mut Counts) {
        if let Some(status) = self.source.response_status {
            counts.add("status", self.operation.status == status, || {
                self.name(&status.to_string())
            });
        }
        for (index, example) in self.source.examples.iter().enumerate() {
            let exchange = self.operation.exchanges.get(index);
            let same = exchange.is_some_and(|exchange| exchange.status == example.response.status);
            counts.add("status of an exchange", same, || {
                self.name(&index.to_string())
            });
        }
    }

    fn name(&self, part: &str) -> String {
        format!("{} {part}", self.operation.id)
    }
}

/// Whether a field holds another.
fn holds(field: &str, path: &str) -> bool {
    let rest = path.strip_prefix(field);
    rest.is_some_and(|rest| rest.starts_with(['.', '[']) || field == "[]")
}

/// Every field of a schema, as tables name them: `a.b[].c`.
pub(crate) fn paths(document: &Document, schema: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk(document, schema, "", &mut |path, _| {
        found.insert(path.to_owned());
    });
    found
}

/// Calls `visit` with every field and its schema.
pub(crate) fn walk(
    document: &Document,
    schema: &Value,
    path: &str,
    visit: &mut dyn FnMut(&str, &Value),
) {
    let schema = look_through(document, schema);
    if !path.is_empty() {
        visit(path, &schema);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let inner = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        walk(document, property, &inner, visit);
    }
    if kind(&schema) == "array" && !is_map(&schema) {
        let items = look_through(document, &schema["items"]);
        let inner = format!("{path}[]");
        if items["properties"].is_object() || path.is_empty() || kind(&items) == "array" {
            walk(document, &items, &inner, visit);
        }
    }
}

/// The schema of a field.
fn at(document: &Document, schema: &Value, wanted: &str) -> Option<Value> {
    let mut found = None;
    walk(document, schema, "", &mut |path, schema| {
        if path == wanted {
            found = Some(schema.clone());
        }
    });
    found
}
