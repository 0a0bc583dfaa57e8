//! Drafting: nothing of an operation list is lost, and nothing that is kept is overwritten.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use contract::{Bundle, Document, Draft, Order, Tree, changes, sample_errors};
use serde_json::{Value, json};

const LIST: &str = include_str!("draft/list.json");
const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/draft");

fn order(list: String) -> Order {
    Order {
        list,
        area: Some("gadgets".to_owned()),
        ..Order::default()
    }
}

fn bundle() -> Bundle {
    Bundle::read(&Path::new(HERE).join("openapi")).expect("a made-up description")
}

fn list() -> Value {
    serde_json::from_str(LIST).expect("JSON")
}

fn operation<'l>(list: &'l mut Value, id: &str) -> &'l mut Value {
    let operations = list["operations"].as_array_mut().expect("a list");
    let mut named = operations
        .iter_mut()
        .filter(|operation| operation["id"] == id);
    named.next().expect("an operation of that id")
}

fn drafted() -> Draft {
    Draft::new(&order(LIST.to_owned()), &bundle()).expect("a draft")
}

fn failures_after(change: impl FnOnce(&mut Value)) -> String {
    let mut changed = list();
    change(&mut changed);
    let outcome = Draft::new(&order(changed.to_string()), &bundle());
    outcome.expect_err("it cannot be drafted").join("\n")
}

/// A folder of its own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn draft(arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_draft"));
    let common = [
        "openapi",
        "--package",
        "tests/contract/tests/draft",
        "--area",
        "gadgets",
    ];
    program
        .args(common)
        .args(arguments)
        .output()
        .expect("a program")
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    let output = git.arg("-C").arg(folder).args(arguments).output();
    assert!(output.expect("git").status.success(), "{arguments:?}");
}

#[test]
fn everything_that_goes_in_comes_out() {
    let counts = drafted().counts;
    for (what, count) in [
        ("operation", 11),
        ("exchange", 14),
        ("request field", 19),
        ("response field", 19),
        ("variant", 4),
        ("request field of a variant", 33),
        ("response field of a variant", 3),
        ("path parameter", 3),
        ("query parameter", 6),
        ("status", 10),
        ("status of an exchange", 14),
        ("listed value", 8),
    ] {
        assert_eq!(counts.of(what), (count, count), "{what}\n{counts}");
    }
    assert_eq!(counts.missing, Vec::<String>::new());
}

/// `UPDATE=1` takes over what is drafted now.
#[test]
fn a_draft_looks_like_what_is_there() {
    let file = Path::new(HERE).join("drafted.json");
    let now = format!("{}\n", drafted().file);
    if std::env::var_os("UPDATE").is_some() {
        return fs::write(file, now).expect("the file can be written");
    }
    let before = fs::read_to_string(file).expect("the draft");
    assert_eq!(now, before, "UPDATE=1 takes it over, if it is meant");
}

#[test]
fn a_draft_fits_its_description_and_its_samples_fit_it() {
    let document = bundle().with("gadgets", drafted().file).document();
    let document = Document::new(document.expect("a document").to_value());
    assert_eq!(sample_errors(&document), Vec::<String>::new());
    assert_eq!(document.operations().len(), 11);
}

#[test]
fn the_vendors_words_stay_where_they_are() {
    assert!(!drafted().file.to_string().contains("Printed words"));
}

#[test]
fn facts_that_are_not_known_are_refused() {
    let failures = failures_after(|list| {
        operation(list, "gadget_get")["response_fields"][0]["weight"] = json!(3);
    });
    assert!(failures.contains("unknown field `weight`"), "{failures}");
}

#[test]
fn what_cannot_be_placed_is_named() {
    let failures = failures_after(|list| {
        let get = operation(list, "gadget_get");
        get["response_content_type"] = Value::Null;
        get["response_body"] = json!("none");
    });
    assert!(
        failures.contains("gadget_get owner.mail: no response field"),
        "{failures}"
    );
    let failures = failures_after(|list| {
        operation(list, "gadget_list")["id"] = json!("gadget_get");
    });
    assert!(
        failures.contains("gadget_get owner.mail: no response field"),
        "{failures}"
    );
    let failures = failures_after(|list| {
        let rows = &mut operation(list, "gadget_create")["variants"][0]["request_fields"];
        rows[0]["path"] = json!("nickname");
    });
    let place = "gadget_create nickname: no request field of a variant";
    assert!(failures.contains(place), "{failures}");
}

#[test]
fn a_sample_that_breaks_its_schema_is_named() {
    let failures = failures_after(|list| {
        let example = &mut operation(list, "gadget_create")["examples"][0];
        example["request"]["body"]["color"] = json!("RED");
    });
    let place = "gadget_create (car) request: Additional properties are not allowed";
    assert!(failures.contains(place), "{failures}");
}

#[test]
fn a_newer_list_is_compared_fact_by_fact() {
    let before = bundle().with("gadgets", drafted().file);
    let same = changes(&order(LIST.to_owned()), &before).expect("a comparison");
    assert_eq!(same, Vec::<String>::new());
    let mut newer = list();
    operation(&mut newer, "gadget_count")["id"] = json!("gadget_total");
    operation(&mut newer, "gadget_list")["query_params"][0]["required"] = json!(true);
    let rows = &mut operation(&mut newer, "gadget_create")["request_fields"];
    rows[0]["constraints"]["max_length"] = json!(21);
    rows[13]["required"] = json!(true);
    operation(&mut newer, "gadget_get")["response_fields"][0]["path"] = json!("number");
    let found = changes(&order(newer.to_string()), &before).expect("a comparison");
    for line in [
        "- gadget_count GET /api/gadget/v1 200",
        "+ gadget_total GET /api/gadget/v1 200",
        "~ gadget_list query.size integer -> integer required",
        "~ gadget_create request name string minLength 1 maxLength 20 \
         -> string minLength 1 maxLength 21",
        "+ gadget_create request parts[].count is required",
        "- gadget_get answer id integer",
        "+ gadget_get answer number integer",
    ] {
        assert!(
            found.iter().any(|found| found == line),
            "{line}\n{}",
            found.join("\n")
        );
    }
}

#[test]
fn the_program_writes_where_it_is_told() {
    let folder = folder("drafts");
    let list = format!("{HERE}/list.json");
    let output = draft(&["--from", &list, "--out", folder.to_str().expect("text")]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{output:?}");
    assert!(told.contains("request field: 19 in, 19 out"), "{told}");
    let written = fs::read_to_string(folder.join("gadgets.json")).expect("the draft");
    assert_eq!(written, format!("{}\n", drafted().file));
    assert!(Tree::parse(&written).is_ok());
}

#[test]
fn the_program_overwrites_nothing_that_git_keeps() {
    let folder = folder("kept");
    let file = folder.join("gadgets.json");
    fs::write(&file, "polished").expect("a file");
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "gadgets.json"]);
    let list = format!("{HERE}/list.json");
    let arguments = ["--from", &list, "--out", folder.to_str().expect("text")];
    let output = draft(&arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && told.contains("is kept already"),
        "{output:?}"
    );
    assert_eq!(fs::read_to_string(&file).expect("the file"), "polished");
    git(&folder, &["rm", "--quiet", "--cached", "gadgets.json"]);
    assert!(draft(&arguments).status.success());
    assert_ne!(fs::read_to_string(&file).expect("the file"), "polished");
}

#[test]
fn the_program_tells_what_is_wrong_with_a_list() {
    let folder = folder("wrong");
    let list = folder.join("list.json");
    fs::write(&list, "{}").expect("a file");
    let output = draft(&["--from", list.to_str().expect("text")]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{output:?}");
    assert!(
        told.contains("no operation list: missing field `section`"),
        "{told}"
    );
}
