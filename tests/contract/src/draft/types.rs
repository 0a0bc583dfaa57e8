use indexmap::IndexMap;

use super::nodes::Node;
use super::schemas::object;
use super::source::Row;
use crate::tree::Tree;

/// Words that make a name that of a secret.
const SECRETS: [&str; 8] = [
    "password",
    "passphrase",
    "secret",
    "secretid",
    "token",
    "mackey",
    "privatekey",
    "accesscode",
];

/// What a field is.
#[derive(Debug)]
pub(crate) enum Type {
    /// An object whose members are documented.
    Object,
    /// An object whose keys are data.
    Map,
    List,
    /// A text, a number or a flag, with its schema; an empty one where nothing tells.
    Plain(IndexMap<String, Tree>),
}

/// What a field is, by its row, what is below it, and samples.
pub(crate) fn type_of(node: &Node, samples: &[&Tree]) -> Type {
    let row = node.row.as_ref();
    let kind = row.map_or("", |row| row.kind.as_str());
    let seen = samples
        .iter()
        .find(|sample| matches!(sample, Tree::Object(_) | Tree::List(_)));
    if row.is_some_and(|row| row.map.is_some()) {
        return Type::Map;
    }
    if !node.members.is_empty() {
        return Type::Object;
    }
    match (kind, seen) {
        _ if node.items.is_some() => Type::List,
        ("array", _) | ("unknown" | "", Some(Tree::List(_))) => Type::List,
        ("object", _) | ("unknown" | "", Some(Tree::Object(_))) => Type::Map,
        _ => Type::Plain(plain(row, samples)),
    }
}

/// Whether a name is that of something that nobody else may see.
pub(crate) fn is_secret(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    let plain = plain.to_lowercase();
    SECRETS.iter().any(|secret| plain.ends_with(secret))
}

fn plain(row: Option<&Row>, samples: &[&Tree]) -> IndexMap<String, Tree> {
    let mut kinds: Vec<&str> = Vec::new();
    let whole = samples.iter().all(|sample| kind(sample) != Some("number"));
    kinds.extend(row.and_then(|row| declared(row, whole)));
    for seen in samples.iter().filter_map(|sample| kind(sample)) {
        let covered = kinds.contains(&seen) || (seen == "integer" && kinds.contains(&"number"));
        if !covered {
            kinds.push(seen);
        }
    }
    let format = row.and_then(|row| format(row, &kinds));
    let kind: Option<Tree> = match kinds.as_slice() {
        [] => None,
        [one] => Some((*one).into()),
        several => Some(
            several
                .iter()
                .map(|kind| Tree::from(*kind))
                .collect::<Vec<_>>()
                .into(),
        ),
    };
    let mut schema = IndexMap::new();
    schema.extend(kind.map(|kind| ("type".to_owned(), kind)));
    schema.extend(format.map(|format| ("format".to_owned(), format.into())));
    schema
}

/// The type that a row declares; a number is whole unless something speaks against it.
fn declared(row: &Row, whole: bool) -> Option<&'static str> {
    match row.kind.as_str() {
        "string" | "uuid" => Some("string"),
        "boolean" => Some("boolean"),
        "integer" => Some("integer"),
        "number" if whole && row.hinted("type") != Some("number") => Some("integer"),
        "number" => Some("number"),
        _ => None,
    }
}

/// The JSON type of a sample, unless it is null or holds others.
fn kind(sample: &Tree) -> Option<&'static str> {
    let Tree::Plain(value) = sample else {
        return None;
    };
    match value {
        serde_json::Value::String(_) => Some("string"),
        serde_json::Value::Bool(_) => Some("boolean"),
        serde_json::Value::Number(number) if number.is_f64() => Some("number"),
        serde_json::Value::Number(_) => Some("integer"),
        _ => None,
    }
}

fn format(row: &Row, kinds: &[&str]) -> Option<String> {
    let hinted = row
        .hinted("format")
        .filter(|format| format.starts_with("int"));
    match (row.kind.as_str(), kinds) {
        ("uuid", _) => Some("uuid".to_owned()),
        (_, ["integer"]) => hinted.map(str::to_owned),
        (_, ["string"]) if row.constraints.format.as_deref() == Some("email") => {
            Some("email".to_owned())
        }
        _ => None,
    }
}

/// An object that holds nothing but a type.
pub(crate) fn bare(kind: &str) -> Tree {
    object([("type", kind.into())]).into()
}
