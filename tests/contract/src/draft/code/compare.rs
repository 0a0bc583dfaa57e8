use std::cmp::Reverse;
use std::fs;
use std::path::Path;

use super::Code;
use super::macros::{Declaration, Declared, DeclaredField};
use crate::bundle::{Bundle, workspace};

/// In what the code of an area differs from what is drafted for it, a line each.
///
/// Drafted structs are compared with those of the crate that share most of their fields.
///
/// # Errors
///
/// When the area cannot be drafted.
pub fn deviations(package: &str, area: &str, bundle: &Bundle) -> Result<Vec<String>, String> {
    let code = Code::new(package, area, bundle)?;
    let (mut drafted, mut polished) = (Declared::default(), Declared::default());
    code.files.iter().for_each(|(_, text)| drafted.read(text));
    let others = bundle
        .files()
        .map(|(name, _)| name)
        .filter(|name| *name != area);
    let others: Vec<&str> = others.collect();
    read_folder(
        &workspace().join(package).join("src"),
        &others,
        &mut polished,
    );
    polished.flatten();
    let mut found = operations(&drafted, &polished);
    for (side, drafted, polished) in [
        ("request", &drafted.requests, &polished.requests),
        ("answer", &drafted.answers, &polished.answers),
    ] {
        found.extend(
            drafted
                .iter()
                .flat_map(|object| compare(side, object, polished)),
        );
    }
    Ok(found
        .iter()
        .map(|line| format!("{package} {area} {line}"))
        .collect())
}

/// Reads all sources below a folder, but not those of other areas.
fn read_folder(folder: &Path, others: &[&str], declared: &mut Declared) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if others.contains(&name.as_ref()) {
            continue;
        }
        if path.is_dir() {
            read_folder(&path, others, declared);
        } else if let Ok(text) = fs::read_to_string(&path) {
            declared.read(&text);
        }
    }
}

fn operations(drafted: &Declared, polished: &Declared) -> Vec<String> {
    let differing = drafted
        .operations
        .iter()
        .filter(|own| !polished.operations.contains(own));
    differing
        .map(|[id, _, _]| format!("{id} operation"))
        .collect()
}

fn compare(side: &str, drafted: &Declaration, polished: &[Declaration]) -> Vec<String> {
    let name = &drafted.name;
    let shared = |other: &&Declaration| shared_fields(drafted, other);
    let likeness = |other: &&Declaration| {
        let (shared, size) = (shared(other), other.fields.len());
        let fields = drafted.fields.iter();
        let differing = fields
            .map(|field| differences(field, other).len())
            .sum::<usize>();
        (
            shared,
            Reverse(size),
            Reverse(differing),
            other.name == *name,
        )
    };
    let alike = polished.iter().max_by_key(likeness);
    let Some(alike) = alike.filter(|other| shared(other) * 2 > drafted.fields.len()) else {
        return vec![format!("{side} {name} counterpart")];
    };
    let fields = drafted.fields.iter();
    let differing = fields.flat_map(|field| differences(field, alike));
    let mut lines: Vec<String> = differing
        .map(|line| format!("{side} {name} {line}"))
        .collect();
    let added = alike
        .fields
        .iter()
        .filter(|field| !drafted.fields.iter().any(|own| same(own, field)));
    lines.extend(added.map(|field| format!("{side} {name} {} added", field.wires[0])));
    lines
}

fn shared_fields(drafted: &Declaration, other: &Declaration) -> usize {
    let there = |field: &&DeclaredField| other.fields.iter().any(|known| same(field, known));
    drafted.fields.iter().filter(there).count()
}

fn same(one: &DeclaredField, other: &DeclaredField) -> bool {
    one.wires.iter().any(|wire| other.wires.contains(wire))
}

fn differences(drafted: &DeclaredField, polished: &Declaration) -> Vec<String> {
    let wire = &drafted.wires[0];
    let Some(field) = polished.fields.iter().find(|field| same(drafted, field)) else {
        return vec![format!("{wire} missing")];
    };
    let required = (drafted.required != field.required).then(|| format!("{wire} required"));
    let limit = (drafted.limit != field.limit).then(|| format!("{wire} limit"));
    required.into_iter().chain(limit).collect()
}
