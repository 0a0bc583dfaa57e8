//! The descriptions themselves: whole, in one style, and counted where READMEs count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use contract::{Bundle, Document, Tree, packages, sample_errors};
use serde_json::Value;

fn workspace(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Operations by area.
fn counts(package: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for operation in Document::of(package).operations() {
        *counts.entry(operation.area).or_default() += 1;
    }
    counts
}

/// The cells of the table's row that begins with `first`.
fn row(text: &str, first: &str) -> Vec<String> {
    let cells = |line: &str| -> Vec<String> {
        let inner = line.trim().trim_matches('|');
        inner
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    };
    let mut rows = text.lines().filter(|line| line.starts_with('|')).map(cells);
    rows.find(|cells| {
        cells[0].trim_matches('`') == first || cells[0].contains(&format!("[`{first}`]"))
    })
    .unwrap_or_else(|| panic!("no row of a table begins with {first}"))
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    if let Some(reference) = value["$ref"].as_str() {
        found.insert(reference.to_owned());
    }
    let members = value
        .as_object()
        .into_iter()
        .flat_map(|members| members.values());
    let entries = value.as_array().into_iter().flatten();
    members
        .chain(entries)
        .for_each(|inner| references(inner, found));
}

fn components(document: &Value) -> BTreeSet<String> {
    let kinds = document["components"].as_object().into_iter().flatten();
    let named = kinds.filter(|(kind, _)| *kind != "securitySchemes");
    named
        .flat_map(|(kind, names)| {
            let names = names.as_object().into_iter().flatten();
            names.map(move |(name, _)| format!("#/components/{kind}/{name}"))
        })
        .collect()
}

#[test]
fn every_vendor_is_described() {
    let described = packages();
    assert_eq!(
        described,
        [
            "bb-uem",
            "fortiauth",
            "ivanti-mdm",
            "sectigo-scm",
            "twon-device"
        ]
    );
}

#[test]
fn every_reference_leads_somewhere_and_every_component_is_used() {
    for package in packages() {
        let document = Document::of(&package);
        let mut referred = BTreeSet::new();
        references(document.root(), &mut referred);
        for reference in &referred {
            let target = document.root().pointer(&reference[1..]);
            assert!(target.is_some(), "{package}: {reference} leads nowhere");
        }
        for component in components(document.root()) {
            assert!(
                referred.contains(&component),
                "{package}: {component} is used nowhere"
            );
        }
    }
}

/// What one area alone refers to stands in that area's file.
#[test]
fn what_is_shared_is_used_by_several_areas() {
    for package in packages() {
        let bundle = Bundle::of(&package).expect("the files");
        let files: Vec<_> = bundle
            .files()
            .map(|(name, tree)| (name, tree.to_value()))
            .collect();
        let (_, shared) = files
            .iter()
            .find(|(name, _)| *name == "shared")
            .expect("shared.json");
        for component in components(shared) {
            let users = files.iter().filter(|(_, file)| {
                let mut referred = BTreeSet::new();
                references(file, &mut referred);
                referred.contains(&component)
            });
            let users: Vec<_> = users.map(|(name, _)| *name).collect();
            let is_answer = component.contains("/responses/");
            let alone = users.len() == 1 && users != ["shared"] && !is_answer;
            assert!(!alone, "{package}: {component} belongs to {users:?}");
        }
    }
}

#[test]
fn every_operation_has_its_own_id() {
    for package in packages() {
        let mut seen = BTreeSet::new();
        for operation in Document::of(&package).operations() {
            assert!(
                seen.insert(operation.id.clone()),
                "{package}: {} twice",
                operation.id
            );
        }
    }
}

#[test]
fn every_sample_fits_its_schema() {
    for package in packages() {
        let errors = sample_errors(&Document::of(&package));
        assert!(errors.is_empty(), "{package}:\n{}", errors.join("\n"));
    }
}

#[test]
fn every_file_is_printed_in_one_style() {
    for package in packages() {
        for (name, tree) in Bundle::of(&package).expect("the files").files() {
            let file = format!("{package}/openapi/{name}.json");
            let same = workspace(&file) == format!("{tree}\n");
            assert!(
                same,
                "{file} is not as `Tree` prints it; `bundle` shows the style"
            );
        }
    }
}

#[test]
fn a_bundle_is_the_document_that_the_tests_read() {
    for package in packages() {
        let bundle = Bundle::of(&package).and_then(|bundle| bundle.document());
        let printed = bundle.expect("a document").to_string();
        let again = Tree::parse(&printed).expect("JSON").to_value();
        assert_eq!(&again, Document::of(&package).root());
        assert_eq!(again["openapi"], "3.1.0");
    }
}

#[test]
fn the_front_page_counts_the_operations() {
    let page = workspace("README.md");
    for package in packages() {
        let count = counts(&package).values().sum::<usize>();
        let cells = row(&page, &package);
        let told = cells.last().expect("a cell");
        let right = [format!("({count})"), format!("({count} operations)")];
        assert!(
            right.iter().any(|count| told.ends_with(count)),
            "{package}: {count}, not {told}"
        );
    }
}

#[test]
fn the_page_of_sectigo_counts_each_area() {
    let page = workspace("sectigo-scm/README.md");
    for (area, count) in counts("sectigo-scm") {
        assert_eq!(row(&page, &area).last(), Some(&count.to_string()), "{area}");
    }
}
