//! The code of areas beside what is drafted for them: every difference is known.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use contract::{Bundle, Code, Document, deviations, packages};

const KNOWN: &str = include_str!("deviations.txt");

fn known() -> BTreeSet<String> {
    let lines = KNOWN
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim());
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn areas() -> impl Iterator<Item = (String, String)> {
    packages().into_iter().flat_map(|package| {
        let areas = Document::of(&package).areas();
        areas.into_iter().map(move |area| (package.clone(), area))
    })
}

/// A line is `crate area side struct field what`; `#` begins a remark.
#[test]
fn the_code_differs_from_its_drafts_in_what_is_known_alone() {
    let mut found = BTreeSet::new();
    for (package, area) in areas() {
        let bundle = Bundle::of(&package).expect("the files");
        found.extend(deviations(&package, &area, &bundle).expect("a draft"));
    }
    let known = known();
    let new: Vec<_> = found.difference(&known).cloned().collect();
    assert!(new.is_empty(), "not in deviations.txt:\n{}", new.join("\n"));
    let unused: Vec<_> = known.difference(&found).cloned().collect();
    assert!(unused.is_empty(), "no longer so:\n{}", unused.join("\n"));
}

#[test]
fn every_area_is_drafted_whole() {
    for (package, area) in areas() {
        let bundle = Bundle::of(&package).expect("the files");
        let code = Code::new(&package, &area, &bundle).expect("a draft");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("code")
            .join(&package);
        code.write(&folder).expect("the files can be written");
        for (name, text) in &code.files {
            let written = fs::read_to_string(folder.join(name)).expect("the file");
            assert_eq!(&written, text);
            assert!(
                !text.contains("todo!") && !text.contains("unimplemented!"),
                "{name}"
            );
        }
        let operations = Document::of(&package).operations();
        let own = operations.iter().filter(|operation| operation.area == area);
        for operation in own {
            for name in ["operations.rs", "contract", "routes"] {
                let quoted = format!("\"{}\"", operation.id);
                let mut files = code.files.iter().filter(|(file, _)| file.contains(name));
                let held = files.any(|(_, text)| text.contains(&quoted));
                assert!(held, "{package} {area}: {} is not in {name}", operation.id);
            }
        }
    }
}

#[test]
fn an_area_that_is_not_described_is_not_drafted() {
    let bundle = Bundle::of("sectigo-scm").expect("the files");
    let error = Code::new("sectigo-scm", "gadgets", &bundle).expect_err("no such area");
    assert_eq!(error, "there is no openapi/gadgets.json");
}
