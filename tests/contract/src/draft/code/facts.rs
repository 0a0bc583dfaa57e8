//! What a description says, as Rust has it.

use serde_json::Value;

use super::model::Field;
use super::rust::Rust;
use crate::document::Operation;
use crate::draft::names::{pascal, snake};
use crate::tree::Tree;

/// Schemas that have a type of another name.
const TYPES: [(&str, &str); 2] = [
    ("CertificateProfile", "Profile"),
    ("DcvOrderMethod", "DcvMethod"),
];

/// The modifier of an operation that takes other credentials than the others.
pub(super) fn sign_in(operation: &Operation) -> &'static str {
    match &operation.security {
        Value::Array(none) if none.is_empty() => ".unsigned()",
        Value::Array(ways) if ways.iter().all(|way| way.get("email").is_some()) => ".developer()",
        _ => "",
    }
}

/// The name of the component that a schema is, or is besides null.
pub(super) fn component(schema: &Value) -> Option<String> {
    let own = schema["$ref"].as_str();
    let mut choices = schema["anyOf"].as_array().into_iter().flatten();
    let reference = own.or_else(|| choices.find_map(|choice| choice["$ref"].as_str()));
    Some(reference?.rsplit('/').next()?.to_owned())
}

pub(super) fn type_name(component: &str) -> String {
    let other = TYPES.iter().find(|(known, _)| *known == component);
    other.map_or(component, |(_, name)| name).to_owned()
}

pub(super) fn is_required(holder: &Value, member: &str, schema: &Value) -> bool {
    let mut required = holder["required"].as_array().into_iter().flatten();
    required.any(|name| name == member) || schema.get("x-required-by").is_some()
}

pub(super) fn is_limited(schema: &Value) -> bool {
    let limits = [
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "minItems",
        "maxItems",
    ];
    limits.iter().any(|limit| schema.get(limit).is_some())
}

/// Whether null is documented for a member.
pub(super) fn is_nullable(schema: &Value) -> bool {
    let kinds = schema["type"].as_array().into_iter().flatten();
    let choices = schema["anyOf"].as_array().into_iter().flatten();
    kinds.clone().any(|kind| kind == "null")
        || choices.clone().any(|choice| choice["type"] == "null")
}

pub(super) fn is_version(part: &str) -> bool {
    let digits = part.strip_prefix('v');
    digits.is_some_and(|digits| digits.chars().all(|digit| digit.is_ascii_digit()))
}

/// A number: one that cannot be negative where it counts or measures.
pub(super) fn whole(name: &str, schema: &Value) -> Rust {
    let counts = ["term", "days", "size", "count"]
        .iter()
        .any(|word| name.to_lowercase().ends_with(word));
    let least = schema["minimum"]
        .as_i64()
        .or(schema["x-hint"]["minimum"].as_i64());
    match counts && least.is_none_or(|least| least >= 0) {
        true => Rust::Whole("u32"),
        false => Rust::Whole("i64"),
    }
}

pub(super) fn field(wire: &str, rust: Rust, schema: &Value, required: bool) -> Field {
    let description = schema["description"].as_str().unwrap_or_default();
    let deprecated = match (
        schema["deprecated"] == true,
        schema["x-use-instead"].as_str(),
    ) {
        (true, Some(other)) => format!(" Deprecated by the vendor for `{}`.", snake(other)),
        (true, None) => " Deprecated by the vendor.".to_owned(),
        (false, _) => String::new(),
    };
    Field {
        name: field_name(wire, &rust),
        wire: wire.to_owned(),
        doc: format!("{description}{deprecated}"),
        rust,
        required,
        empties: false,
        schema: schema.clone(),
    }
}

/// What names another thing is called after it; words of Rust are not.
pub(super) fn field_name(wire: &str, rust: &Rust) -> String {
    let name = snake(wire);
    match (name.as_str(), rust) {
        (_, Rust::Id(id)) if id == "OrganizationId" => "organization".to_owned(),
        (_, Rust::Id(id)) if id == "ProfileId" => "profile".to_owned(),
        _ => spoken(&name),
    }
}

/// A name that is no word of Rust's.
pub(super) fn spoken(name: &str) -> String {
    let words = [
        ("type", "kind"),
        ("ref", "reference"),
        ("use", "usage"),
        ("match", "matching"),
        ("self", "own"),
    ];
    let word = words.iter().find(|(known, _)| *known == name);
    word.map_or(name, |(_, other)| other).to_owned()
}

/// Fields whose names differ from each other.
pub(super) fn unambiguous(fields: Vec<Field>) -> Vec<Field> {
    let mut named: Vec<Field> = Vec::new();
    for mut field in fields {
        if named.iter().any(|other| other.name == field.name) {
            field.name = snake(&field.wire);
        }
        while named.iter().any(|other| other.name == field.name) {
            field.name.push_str("_too");
        }
        named.push(field);
    }
    named
}

pub(super) fn variants(values: &[Value]) -> Vec<(String, String)> {
    let mut variants: Vec<(String, String)> = Vec::new();
    for value in values.iter().filter_map(Value::as_str) {
        let name = match pascal(value) {
            name if name == "Unknown" => "UnknownValue".to_owned(),
            name if name.starts_with(|first: char| first.is_alphabetic()) => name,
            name => format!("Value{name}"),
        };
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut free = std::iter::once(name.clone()).chain(numbered);
        let name = free.find(|name| !variants.iter().any(|(known, _)| known == name));
        variants.extend(name.map(|name| (name, value.to_owned())));
    }
    variants
}

/// The ids of all operations, as the document has them.
pub(super) fn ids_in_order(tree: &Tree) -> Vec<String> {
    let items = tree
        .get("paths")
        .and_then(Tree::members)
        .into_iter()
        .flatten();
    let entries = items.filter_map(|(_, item)| item.members()).flatten();
    let mut ids = Vec::new();
    for (_, entry) in entries {
        let siblings = entry.get("x-ops").map_or(&[][..], Tree::entries);
        for operation in std::iter::once(entry).chain(siblings) {
            ids.extend(
                operation
                    .get("operationId")
                    .and_then(Tree::as_str)
                    .map(str::to_owned),
            );
        }
    }
    ids
}
