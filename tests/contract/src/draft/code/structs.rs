use std::fmt::Write;

use super::model::{Enumeration, Field, IdType, Model, Object};
use super::rust::{Imports, Rust, doc};
use crate::draft::names::camel;
use crate::schema::kind;

/// The file of what is sent.
pub(crate) fn requests(model: &Model, path_of: &dyn Fn(&str) -> Option<String>) -> String {
    let mut imports = Imports::default();
    for field in model.requests.iter().flat_map(|object| &object.fields) {
        field.rust.import(&mut imports);
        if field.empties {
            imports.add("cert_core::Patch");
        }
    }
    let mut page = file("What is sent.", &imports.lines(path_of));
    for object in &model.requests {
        page.push_str(&request(object));
    }
    page
}

/// The file of what is answered, with the enumerations of both.
pub(crate) fn answers(model: &Model, path_of: &dyn Fn(&str) -> Option<String>) -> String {
    let mut imports = Imports::default();
    for object in &model.answers {
        object
            .fields
            .iter()
            .for_each(|field| field.rust.import(&mut imports));
        if object.row.is_some() {
            imports.add("cert_core::client::Row");
        }
    }
    if !model.enumerations.is_empty() {
        imports.add("cert_core::open_enum");
    }
    let mut page = file("What is answered.", &imports.lines(path_of));
    for enumeration in &model.enumerations {
        page.push_str(&open_enum(enumeration));
    }
    for object in &model.answers {
        page.push_str(&answer(object));
    }
    page
}

/// The file of the ids that the area adds.
pub(crate) fn ids(model: &Model) -> String {
    let mut imports = Imports::default();
    for id in &model.ids {
        imports.add(if id.is_text {
            "cert_core::text_id"
        } else {
            "cert_core::id"
        });
    }
    let mut page = file("What names things.", &imports.lines(|_| None));
    for id in &model.ids {
        page.push_str(&id_type(id));
    }
    page
}

fn file(title: &str, imports: &str) -> String {
    let gap = if imports.is_empty() { "" } else { "\n" };
    format!("//! {title}\n{gap}{imports}")
}

fn id_type(id: &IdType) -> String {
    let (name, of) = (&id.name, id.name.trim_end_matches("Id"));
    let (of, declares) = (
        crate::draft::names::joined(of, " "),
        if id.is_text { "text_id" } else { "id" },
    );
    let what = if id.is_text { "Name" } else { "Number" };
    format!("\n{declares}! {{\n    /// {what} of the {of}.\n    pub struct {name};\n}}\n")
}

fn open_enum(enumeration: &Enumeration) -> String {
    let mut page = format!("\nopen_enum! {{\n{}", doc(&enumeration.doc, 4));
    let _ = writeln!(page, "    pub enum {} {{", enumeration.name);
    for (name, text) in &enumeration.variants {
        let spelled = crate::draft::names::sentence(name);
        let _ = writeln!(page, "{}        {name} = {text:?},", doc(&spelled, 8));
    }
    page + "    }\n}\n"
}

fn answer(object: &Object) -> String {
    let mut page = format!("\ncert_core::response! {{\n{}", doc(&object.doc, 4));
    let _ = writeln!(page, "    pub struct {} {{", object.name);
    for field in &object.fields {
        page.push_str(&doc(&field.doc, 8));
        page.push_str(&wire(field, 8));
        let _ = writeln!(page, "        pub {}: {},", field.name, answered(field));
    }
    page.push_str("    }\n}\n");
    let own = |field: &&Field| Some(&field.name) == object.row.as_ref();
    if let Some(id) = object.fields.iter().find(own) {
        page.push_str(&row(&object.name, id));
    }
    page
}

fn row(name: &str, id: &Field) -> String {
    let (field, id) = (&id.name, id.rust.written());
    format!(
        "\nimpl Row for {name} {{\n    type Id = {id};\n\n    \
         fn id(&self) -> &{id} {{\n        &self.{field}\n    }}\n}}\n"
    )
}

/// The type of an answer's field: everything may be missing, but what a list is told apart by.
fn answered(field: &Field) -> String {
    let written = field.rust.written();
    match &field.rust {
        Rust::List(_) | Rust::Map(_) => written,
        _ if field.required => written,
        _ => format!("Option<{written}>"),
    }
}

fn request(object: &Object) -> String {
    let mut page = format!("\ncert_core::request! {{\n{}", doc(&object.doc, 4));
    let _ = write!(page, "    pub struct {}(", object.name);
    let required: Vec<_> = object
        .fields
        .iter()
        .filter(|field| field.required)
        .collect();
    if !required.is_empty() {
        page.push('\n');
        required
            .iter()
            .for_each(|field| page.push_str(&part(field)));
        page.push_str("    ");
    }
    page.push_str(") {");
    let optional: Vec<_> = object
        .fields
        .iter()
        .filter(|field| !field.required)
        .collect();
    if !optional.is_empty() {
        page.push('\n');
        optional
            .iter()
            .for_each(|field| page.push_str(&part(field)));
        page.push_str("    ");
    }
    page + "}\n}\n"
}

fn part(field: &Field) -> String {
    let mut page = doc(&field.doc, 8);
    let written = match field.empties {
        true => format!("Patch<{}>", field.rust.written()),
        false => field.rust.written(),
    };
    if let Some(limit) = limit(field).filter(|_| !field.empties) {
        let _ = writeln!(page, "        #[{limit}]");
    }
    page.push_str(&wire(field, 8));
    let _ = writeln!(page, "        {}: {written},", field.name);
    page
}

/// The limit of a part, as `request!` has it.
fn limit(field: &Field) -> Option<String> {
    let limits = |least: &str, most: &str| {
        let [least, most] = [least, most].map(|name| field.schema[name].as_i64());
        range(least.filter(|least| *least != 0 || most.is_none()), most)
    };
    match (&field.rust, kind(&field.schema)) {
        (Rust::Secret, _) => Some(format!("secret({})", limits("minLength", "maxLength"))),
        (Rust::List(_), _) => some_limit("count", &limits("minItems", "maxItems")),
        (Rust::Id(_), "integer") => some_limit("id", &limits("minimum", "maximum")),
        (Rust::Whole(_), _) => Some(format!("range({})", limits("minimum", "maximum"))),
        (Rust::Text | Rust::Id(_) | Rust::Serial | Rust::Csr | Rust::Certificate, "string") => {
            some_limit("length", &limits("minLength", "maxLength"))
        }
        _ => None,
    }
}

fn some_limit(name: &str, range: &str) -> Option<String> {
    (range != "..").then(|| format!("{name}({range})"))
}

fn range(least: Option<i64>, most: Option<i64>) -> String {
    let least = least.map_or(String::new(), grouped);
    match most {
        Some(most) => format!("{least}..={}", grouped(most)),
        None => format!("{least}.."),
    }
}

/// A number with its thousands parted.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 3 {
            text.push('_');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

fn wire(field: &Field, indent: usize) -> String {
    let margin = " ".repeat(indent);
    match camel(&field.name) == field.wire {
        true => String::new(),
        false => format!("{margin}#[wire({:?})]\n", field.wire),
    }
}
