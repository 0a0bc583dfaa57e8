use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::components::{Components, same_values};
use super::limits::{broken, hint, limits};
use super::names::{pascal, sentence, singular};
use super::nodes::{Node, entries, members};
use super::source::{Required, Row};
use super::types::{Type, is_secret, type_of};
use crate::tree::Tree;

/// Which way a body goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Request,
    Answer,
}

/// Writes the schemas of an area.
#[derive(Debug)]
pub(crate) struct Schemas {
    pub(crate) components: Components,
    /// Values by the name of their enumeration.
    pub(crate) values: BTreeMap<String, Vec<Tree>>,
    /// What the names of types begin with.
    pub(crate) prefix: String,
}

impl Schemas {
    /// The schema of a body, called after the first of `names` that is free.
    pub(crate) fn body(
        &mut self,
        node: &Node,
        samples: &[&Tree],
        side: Side,
        names: &[String],
    ) -> Tree {
        self.core(node, samples, side, names).into()
    }

    /// The schema of a parameter.
    pub(crate) fn parameter(&mut self, row: &Row) -> Tree {
        let node = Node {
            row: Some(row.clone()),
            ..Node::default()
        };
        let mut schema = self.core(&node, &[], Side::Request, &[]);
        schema.extend(limits(row, false));
        schema.into()
    }

    /// A schema without words about it.
    fn core(
        &mut self,
        node: &Node,
        samples: &[&Tree],
        side: Side,
        names: &[String],
    ) -> IndexMap<String, Tree> {
        match type_of(node, samples) {
            Type::Map => self.map(node, samples),
            Type::Object => self.object(node, samples, side, names),
            Type::List => self.list(node, samples, side, names),
            Type::Plain(schema) => match self.enumeration(node.row.as_ref()) {
                Some(reference) => refer(&reference),
                None => schema,
            },
        }
    }

    /// An object whose keys are data; where they are listed, by an enumeration.
    fn map(&mut self, node: &Node, samples: &[&Tree]) -> IndexMap<String, Tree> {
        let mut schema = map(node, samples);
        let keys = self.enumeration(node.row.as_ref());
        let keys = keys.map(|reference| ("propertyNames".to_owned(), refer(&reference).into()));
        schema.extend(keys);
        schema
    }

    fn object(
        &mut self,
        node: &Node,
        samples: &[&Tree],
        side: Side,
        names: &[String],
    ) -> IndexMap<String, Tree> {
        let mut properties = IndexMap::new();
        let mut required = Vec::new();
        for (name, member) in &node.members {
            let inner = self.names_below(names, name, side);
            let values = members(samples, name);
            let property = self.property(name, member, &values, side, &inner);
            properties.insert(name.clone(), property);
            let required_here = |row: &Row| row.is_required_in(node.row.as_ref());
            if side == Side::Request && member.row.as_ref().is_some_and(required_here) {
                required.push(Tree::from(name.as_str()));
            }
        }
        let name = names.first().map_or("thing", String::as_str);
        let schema = Tree::object([
            ("description", Some(sentence(name).into())),
            ("type", Some("object".into())),
            ("required", (!required.is_empty()).then(|| required.into())),
            ("properties", Some(properties.into())),
            (
                "additionalProperties",
                (side == Side::Request).then(|| false.into()),
            ),
        ]);
        refer(&self.components.schema(names, schema))
    }

    fn list(
        &mut self,
        node: &Node,
        samples: &[&Tree],
        side: Side,
        names: &[String],
    ) -> IndexMap<String, Tree> {
        let row = node.row.as_ref();
        let values = entries(samples);
        let items = match &node.items {
            Some(items) => self.core(items, &values, side, names),
            None => self.plain_items(row, &values),
        };
        let items = self
            .enumeration(row)
            .map_or(items, |reference| refer(&reference));
        object([("type", "array".into()), ("items", items.into())])
    }

    fn plain_items(&mut self, row: Option<&Row>, samples: &[&Tree]) -> IndexMap<String, Tree> {
        let named = row.and_then(|row| row.items.as_deref().or_else(|| row.hinted("items")));
        let item = row.map(|row| row.of_kind(named.unwrap_or("unknown")));
        let node = Node {
            row: item,
            ..Node::default()
        };
        match type_of(&node, samples) {
            Type::Plain(schema) => schema,
            Type::Map | Type::Object | Type::List => object([("type", "object".into())]),
        }
    }

    fn property(
        &mut self,
        name: &str,
        node: &Node,
        samples: &[&Tree],
        side: Side,
        names: &[String],
    ) -> Tree {
        let mut core = self.core(node, samples, side, names);
        let constraints = node.row.as_ref().map(|row| &row.constraints);
        let nullable = samples.iter().any(|sample| sample.is_null())
            || node.row.as_ref().is_some_and(|row| row.nullable)
            || constraints.is_some_and(|c| c.null_or_not_blank || c.null_or_not_empty);
        if nullable {
            core = with_null(core);
        }
        let mut property: IndexMap<String, Tree> = object([("description", sentence(name).into())]);
        property.append(&mut core);
        if let Some(row) = &node.row {
            property.append(&mut facts(row, samples, side, &property.clone()));
        }
        if is_secret(name) && property.get("type").and_then(Tree::as_str) == Some("string") {
            property.insert("x-secret".to_owned(), true.into());
        }
        property.into()
    }

    /// The reference to the enumeration of a row, where its values are known.
    fn enumeration(&mut self, row: Option<&Row>) -> Option<String> {
        let row = row?;
        let named = row.enumeration.as_deref()?;
        let own = pascal(named.trim_start_matches("openapi_"));
        let values = self.listed(row, named, &own)?;
        let kind = match values.iter().all(|value| value.as_str().is_some()) {
            true => "string",
            false => "integer",
        };
        let open = Tree::object([("type", Some(kind.into()))]);
        let listed = Tree::object([
            ("type", Some(kind.into())),
            ("enum", Some(values.clone().into())),
        ]);
        let deprecated = &row.deprecated_values;
        let schema = Tree::object([
            ("description", Some(sentence(&own).into())),
            ("anyOf", Some(vec![listed, open].into())),
            (
                "x-deprecated-values",
                (!deprecated.is_empty()).then(|| deprecated.clone().into()),
            ),
            (
                "x-source",
                named.starts_with("openapi_").then(|| "openapi".into()),
            ),
        ]);
        let names = [own.clone(), format!("{}{own}", self.prefix)];
        Some(self.components.enumeration(&names, &values, schema))
    }

    /// The values of an enumeration: the row's, another row's, a hint's, or another file's.
    fn listed(&self, row: &Row, named: &str, own: &str) -> Option<Vec<Tree>> {
        let hinted = || {
            let listed = row.hint.get("enum").or_else(|| row.hint.get("item_enum"));
            let named_by_hint = named.starts_with("openapi_");
            listed
                .filter(|_| named_by_hint)
                .map(|values| values.entries().to_vec())
        };
        let known = self.values.get(named);
        let same = |values: &&Vec<Tree>| {
            row.values
                .as_ref()
                .is_none_or(|own| same_values(own, values))
        };
        let values = known.filter(same).or(row.values.as_ref()).cloned();
        let values = values.or_else(hinted);
        values.or_else(|| self.components.values_of(own))
    }

    fn names_below(&self, names: &[String], member: &str, side: Side) -> Vec<String> {
        let own = pascal(&singular(member));
        let holder = names.last().map_or("", String::as_str);
        let holder = holder.trim_end_matches("Request");
        let ending = match side {
            Side::Request => "Request",
            Side::Answer => "",
        };
        let names = [
            format!("{}{own}", self.prefix),
            format!("{}{own}{ending}", self.prefix),
            format!("{holder}{own}{ending}"),
        ];
        names.to_vec()
    }
}

pub(crate) fn object<const N: usize>(members: [(&str, Tree); N]) -> IndexMap<String, Tree> {
    let members = members.into_iter();
    members
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn refer(reference: &str) -> IndexMap<String, Tree> {
    object([("$ref", reference.into())])
}

/// An object whose keys are data.
fn map(node: &Node, samples: &[&Tree]) -> IndexMap<String, Tree> {
    let values = samples.iter().filter_map(|sample| sample.members());
    let values: Vec<&Tree> = values.flat_map(IndexMap::values).collect();
    let row = node.row.as_ref().map(|row| row.of_kind("unknown"));
    let of_lists = values.iter().any(|value| matches!(value, Tree::List(_)));
    let values = if of_lists { entries(&values) } else { values };
    let inner = Node {
        row,
        ..Node::default()
    };
    let inner = match type_of(&inner, &values) {
        Type::Plain(schema) if !schema.is_empty() => Tree::from(schema),
        Type::Plain(_) => super::types::bare("string"),
        Type::Map | Type::Object | Type::List => true.into(),
    };
    let inner = match of_lists {
        true => object([("type", "array".into()), ("items", inner)]).into(),
        false => inner,
    };
    object([("type", "object".into()), ("additionalProperties", inner)])
}

/// The same schema, which also takes null.
fn with_null(mut schema: IndexMap<String, Tree>) -> IndexMap<String, Tree> {
    let null = || Tree::from("null");
    if let Some(reference) = schema.shift_remove("$ref") {
        let choices = vec![
            Tree::object([("$ref", Some(reference))]),
            Tree::object([("type", Some(null()))]),
        ];
        return object([("anyOf", choices.into())]);
    }
    if let Some(kind) = schema.get_mut("type") {
        let mut kinds = match kind.entries() {
            [] => vec![kind.clone()],
            kinds => kinds.to_vec(),
        };
        kinds.push(null());
        *kind = kinds.into();
    }
    schema
}

/// Everything that a row tells about a field besides its type.
fn facts(
    row: &Row,
    samples: &[&Tree],
    side: Side,
    core: &IndexMap<String, Tree>,
) -> IndexMap<String, Tree> {
    let is_list = core
        .get("type")
        .is_some_and(|kind| kind.to_string().contains("array"));
    let mut facts = limits(row, is_list);
    let broken = broken(&mut facts, samples);
    let mut put = |name: &str, value: Option<Tree>| {
        if let Some(value) = value {
            facts.insert(name.to_owned(), value);
        }
    };
    let text = |text: &Option<String>| text.as_deref().map(Tree::from);
    put("deprecated", row.deprecated.then(|| true.into()));
    put("x-use-instead", text(&row.use_instead));
    put("x-note", note(row).map(Tree::from));
    put("examples", fitting_sample(row, samples));
    put(
        "x-optional",
        optional(row, samples, side).then(|| true.into()),
    );
    put("x-required-if", required_if(row).map(Tree::from));
    put(
        "x-required-source",
        row.is_required()
            .then(|| text(&row.required_source))
            .flatten(),
    );
    put("x-format", text(&row.format));
    put("x-format-in-sample", text(&row.format_in_example));
    put("x-hint", hint(row, core, is_list));
    put("x-source", source(row));
    let doubts: Vec<_> = doubt(row, core).into_iter().chain(broken).collect();
    put(
        "x-doubt",
        (!doubts.is_empty()).then(|| doubts.join(" ").into()),
    );
    facts
}

/// Where a name was found that the reference does not print.
pub(crate) fn source(row: &Row) -> Option<Tree> {
    let printed = ["reference", "doc25.5"].contains(&row.source.as_str());
    (!printed).then(|| row.source.as_str().into())
}

/// A sample that fits a pattern, for where made-up texts would not.
fn fitting_sample(row: &Row, samples: &[&Tree]) -> Option<Tree> {
    let pattern = limits(row, false).get("pattern")?.to_value();
    let schema = serde_json::json!({ "type": "string", "pattern": pattern, "minLength": 1 });
    let fits = |sample: &&&Tree| jsonschema::is_valid(&schema, &sample.to_value());
    let fitting = samples.iter().find(fits)?;
    Some(vec![(*fitting).clone()].into())
}

/// Said to be optional: in a request outright, in an answer though every sample has it.
fn optional(row: &Row, samples: &[&Tree], side: Side) -> bool {
    match side {
        Side::Request => row.required == Some(Required::Always(false)) || row.constraints.optional,
        Side::Answer => {
            let seen = row.in_example != Some(false) && !samples.is_empty();
            row.optional == Some(true) && seen && !samples.iter().any(|sample| sample.is_null())
        }
    }
}

fn required_if(row: &Row) -> Option<String> {
    if let Some(condition) = &row.condition {
        let openings = [
            "Required in case of ",
            "Must be present if ",
            "Required for ",
            "Required if ",
        ];
        let opened = openings
            .iter()
            .find_map(|opening| condition.strip_prefix(opening));
        return Some(opened.unwrap_or(condition).to_owned());
    }
    match &row.required {
        Some(Required::Sometimes(how)) => Some(how.clone()),
        Some(Required::Always(true)) if !row.variants.is_empty() && !row.path.contains('.') => {
            Some(format!("variant `{}`", row.variants.join("`, `")))
        }
        _ => None,
    }
}

fn note(row: &Row) -> Option<String> {
    let constraints = &row.constraints;
    let form = match constraints.format.as_deref() {
        None | Some("email") => None,
        Some("email-list-csv") => Some("e-mail addresses, separated by commas".to_owned()),
        Some(form) => Some(form.to_owned()),
    };
    let past = constraints.past.then(|| "in the past".to_owned());
    let varies = row.values_vary_by_variant;
    let varies = varies.then(|| "the values vary by variant".to_owned());
    let notes = [constraints.note.clone(), form, past, varies];
    let notes: Vec<_> = notes.into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}

pub(crate) fn doubt(row: &Row, core: &IndexMap<String, Tree>) -> Option<String> {
    let mut doubts = Vec::new();
    let by = row.type_source.as_deref().unwrap_or("another source");
    doubts.extend(row.type_printed.as_ref().map(|printed| {
        format!("The reference prints the type {printed}; this one is from: {by}.")
    }));
    doubts.extend(
        row.why
            .as_ref()
            .map(|why| format!("Named so because: {why}.")),
    );
    let seen: Vec<_> = row
        .values_seen_outside_list
        .iter()
        .map(Tree::to_string)
        .collect();
    if !seen.is_empty() {
        doubts.push(format!("Samples also have {}.", seen.join(", ")));
    }
    if row.unseen && row.required == Some(Required::Always(true)) {
        doubts.push("Said to be required, and samples lack it.".to_owned());
    }
    if row.constraints.pattern_lost {
        doubts.push("A pattern is documented, and lost.".to_owned());
    }
    if core.get("type").is_none() && core.get("$ref").is_none() && core.get("anyOf").is_none() {
        doubts.push("No source tells its type; samples have null alone.".to_owned());
    }
    (!doubts.is_empty()).then(|| doubts.join(" "))
}
