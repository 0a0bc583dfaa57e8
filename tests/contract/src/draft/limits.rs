use indexmap::IndexMap;

use super::source::Row;
use crate::tree::Tree;

/// The largest number of 32 bits, which stands for no limit.
const BOUNDLESS: i64 = 0x7fff_ffff;

/// Hints that have a limit of their own for a counterpart.
const LIMITS: [&str; 5] = ["minLength", "maxLength", "minimum", "maximum", "pattern"];

/// The limits of a row as JSON Schema has them.
pub(crate) fn limits(row: &Row, is_list: bool) -> IndexMap<String, Tree> {
    let constraints = &row.constraints;
    let filled = constraints.not_empty
        || constraints.not_blank
        || constraints.null_or_not_blank
        || constraints.null_or_not_empty;
    // What is listed has no length of its own.
    let measured = is_list || (row.kind == "string" && row.enumeration.is_none());
    let least = constraints.size_min.max(filled.then_some(1));
    let least = least.filter(|_| measured);
    let most = constraints.size_max.or(constraints.max_length);
    let most = most.filter(|most| measured && *most < BOUNDLESS);
    let [shortest, longest] = match is_list {
        true => ["minItems", "maxItems"],
        false => ["minLength", "maxLength"],
    };
    let mut limits = IndexMap::new();
    let mut put = |name: &str, value: Option<Tree>| {
        limits.extend(value.map(|value| (name.to_owned(), value)));
    };
    put(
        "pattern",
        constraints.pattern.as_deref().map(whole).map(Tree::from),
    );
    let lent = constraints
        .pattern
        .as_ref()
        .and(constraints.pattern_source.clone());
    put("x-pattern-source", lent.map(Tree::from));
    put("default", default(row));
    put(shortest, least.filter(|least| *least > 0).map(Tree::from));
    put(longest, most.map(Tree::from));
    put("minimum", constraints.min.map(Tree::from));
    put("maximum", constraints.max.map(Tree::from));
    limits
}

/// Takes out the limits that a sample breaks, and names them.
pub(crate) fn broken(limits: &mut IndexMap<String, Tree>, samples: &[&Tree]) -> Option<String> {
    let breaks = |name: &str, limit: &Tree| {
        let schema = serde_json::json!({ name: limit.to_value() });
        let given = samples.iter().filter(|sample| !sample.is_null());
        given
            .clone()
            .any(|sample| !jsonschema::is_valid(&schema, &sample.to_value()))
    };
    let checked = limits
        .iter()
        .filter(|(name, _)| !name.starts_with("x-") && *name != "default");
    let found: Vec<_> = checked
        .filter(|(name, limit)| breaks(name, limit))
        .collect();
    let found: Vec<_> = found
        .into_iter()
        .map(|(name, limit)| (name.clone(), limit.to_string()))
        .collect();
    for (name, _) in &found {
        limits.shift_remove(name);
    }
    let told: Vec<_> = found
        .iter()
        .map(|(name, limit)| format!("`{name}` {limit}"))
        .collect();
    (!told.is_empty()).then(|| format!("A sample breaks {}.", told.join(" and ")))
}

/// A pattern that stands for the whole text.
fn whole(pattern: &str) -> String {
    match pattern.starts_with('^') && pattern.ends_with('$') {
        true => pattern.to_owned(),
        false => format!("^(?:{pattern})$"),
    }
}

/// The default in the field's own type; tables print it as text.
fn default(row: &Row) -> Option<Tree> {
    let default = row.default.clone()?;
    let text = default
        .as_str()
        .filter(|_| row.kind != "string")
        .map(Tree::parse);
    Some(text.and_then(Result::ok).unwrap_or(default))
}

/// What a hint says beyond the row.
pub(crate) fn hint(row: &Row, core: &IndexMap<String, Tree>, is_list: bool) -> Option<Tree> {
    let limits = limits(row, is_list);
    let kept = row.hint.iter().filter(|(name, value)| match name.as_str() {
        "type" => !same_type(value, row, core),
        "items" | "required" => false,
        "format" => core.get("format") != Some(*value),
        "enum" | "item_enum" => !lists(row, value),
        "minLength" if value.to_string() == "0" => false,
        name if LIMITS.contains(&name) => {
            limits.get(name).map(ToString::to_string) != Some(printed(name, value))
        }
        name => limits.get(name) != Some(*value),
    });
    let kept: IndexMap<_, _> = kept
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    (!kept.is_empty()).then(|| kept.into())
}

fn printed(name: &str, value: &Tree) -> String {
    match value.as_str() {
        Some(pattern) if name == "pattern" => Tree::from(whole(pattern)).to_string(),
        _ => value.to_string(),
    }
}

fn same_type(hinted: &Tree, row: &Row, core: &IndexMap<String, Tree>) -> bool {
    let hinted = hinted.as_str().unwrap_or_default();
    let own = core
        .get("type")
        .map(ToString::to_string)
        .unwrap_or_default();
    let named = match row.kind.as_str() {
        "number" => ["number", "integer"].contains(&hinted),
        kind => kind == hinted,
    };
    named || own.contains(hinted)
}

/// Whether the row, or what it is named after, lists the hint's values.
fn lists(row: &Row, hinted: &Tree) -> bool {
    let Some(values) = &row.values else {
        return row.enumeration.is_some();
    };
    let hinted = hinted.entries();
    values.len() == hinted.len() && values.iter().all(|value| hinted.contains(value))
}
