use std::collections::BTreeSet;

use super::model::{Argument, Field, Method, Model, Object, Reply};
use super::rust::{Imports, Rust};
use crate::draft::names::snake;

/// The contract cases of the area.
pub(crate) fn cases(
    model: &Model,
    package: &str,
    path_of: &dyn Fn(&str) -> Option<String>,
) -> String {
    let writing = Writing { model };
    let mut imports = Imports::default();
    imports.add("contract::Suite");
    imports.named("Client");
    let mut cases = String::new();
    for method in &model.methods {
        cases.push_str(&writing.case(method, &mut imports));
    }
    let fills: String = writing
        .filled()
        .iter()
        .map(|object| writing.fill(object, &mut imports))
        .collect();
    let mandatory = mandatory(model);
    let named = |name: &str| {
        path_of(name).map(|path| path.replacen("crate", &package.replace('-', "_"), 1))
    };
    let listed: String = mandatory
        .iter()
        .map(|entry| format!("        {entry:?},\n"))
        .collect();
    format!(
        "{}\npub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {{\nsuite\n\
         {cases}.mandatory([\n{listed}])\n}}\n{fills}",
        imports.lines(named)
    )
}

/// The fields of answers without which they are refused.
fn mandatory(model: &Model) -> Vec<String> {
    let mut found = Vec::new();
    for method in &model.methods {
        let mut note = |path: &str| found.push(format!("{} {path}", method.op));
        match &method.reply {
            Reply::Pages(row) => needed_in(model, row, "[]", &mut note),
            Reply::Json(rust) => needed_in(model, rust, "", &mut note),
            Reply::Total | Reply::Created(_) | Reply::File | Reply::Empty => {}
        }
    }
    found
}

fn needed_in(model: &Model, rust: &Rust, path: &str, note: &mut dyn FnMut(&str)) {
    match rust {
        Rust::List(inner) => needed_in(model, inner, &format!("{path}[]"), note),
        Rust::Object(name) => {
            let object = model.answers.iter().find(|object| object.name == *name);
            for field in object.into_iter().flat_map(|object| &object.fields) {
                let dot = if path.is_empty() { "" } else { "." };
                let path = format!("{path}{dot}{}", field.wire);
                if field.required {
                    note(&path);
                }
                needed_in(model, &field.rust, &path, note);
            }
        }
        _ => {}
    }
}

struct Writing<'m> {
    model: &'m Model,
}

impl Writing<'_> {
    fn case(&self, method: &Method, imports: &mut Imports) -> String {
        let (op, name, accessor) = (&method.op, &method.name, &self.model.accessor);
        let arguments: Vec<String> = method
            .arguments
            .iter()
            .map(|argument| given(argument, imports))
            .collect();
        let exchange = if arguments.is_empty() { "_" } else { "x" };
        let call = format!("scm.{accessor}().{name}({})", arguments.join(", "));
        match &method.reply {
            Reply::Pages(_) => paged_case(op, &call),
            _ => format!(".case({op:?}, |scm: &Client, {exchange}| {{\n{call}\n}})\n"),
        }
    }

    /// The structs that are filled from exchanges: all that are sent.
    fn filled(&self) -> Vec<&Object> {
        let sent = self
            .model
            .methods
            .iter()
            .flat_map(|method| &method.arguments);
        let mut names: BTreeSet<String> = BTreeSet::new();
        for argument in sent {
            match argument {
                Argument::Query(name) | Argument::Body(name) => self.reach(name, &mut names),
                Argument::Entries(rust) => self.reach_in(rust, &mut names),
                Argument::Path { .. } | Argument::Part(_) => {}
            }
        }
        let own = self.model.requests.iter();
        own.filter(|object| names.contains(&object.name)).collect()
    }

    fn reach(&self, name: &str, names: &mut BTreeSet<String>) {
        if !names.insert(name.to_owned()) {
            return;
        }
        let own = self
            .model
            .requests
            .iter()
            .find(|object| object.name == name);
        for field in own.into_iter().flat_map(|object| &object.fields) {
            self.reach_in(&field.rust, names);
        }
    }

    fn reach_in(&self, rust: &Rust, names: &mut BTreeSet<String>) {
        match rust {
            Rust::Object(name) => self.reach(name, names),
            Rust::List(inner) | Rust::Map(inner) => self.reach_in(inner, names),
            _ => {}
        }
    }

    fn fill(&self, object: &Object, imports: &mut Imports) -> String {
        imports.named(&object.name);
        imports.add("contract::Fields");
        let name = &object.name;
        let required: Vec<_> = object
            .fields
            .iter()
            .filter(|field| field.required)
            .collect();
        let optional: Vec<_> = object
            .fields
            .iter()
            .filter(|field| !field.required)
            .collect();
        let needed: Vec<String> = required
            .iter()
            .map(|field| self.needed(field, imports))
            .collect();
        let set: String = optional
            .iter()
            .map(|field| self.set(name, field, imports))
            .collect();
        let made = format!("{name}::new({})", needed.join(", "));
        let body = match set.is_empty() {
            true => made,
            false => format!("fields.fill({made}){set}.done()"),
        };
        format!(
            "\nfn {}(fields: &Fields<'_>) -> {name} {{\n    {body}\n}}\n",
            snake(name)
        )
    }

    fn needed(&self, field: &Field, imports: &mut Imports) -> String {
        let wire = &field.wire;
        match self.nested(&field.rust) {
            Some(nested) => {
                let read = self.read(&field.rust, wire, &nested, imports);
                format!("{read}.expect(\"`{wire}`\")")
            }
            None => {
                field.rust.import(imports);
                format!("fields.need::<{}>({wire:?})", field.rust.written())
            }
        }
    }

    fn set(&self, holder: &str, field: &Field, imports: &mut Imports) -> String {
        let (wire, name) = (&field.wire, &field.name);
        if field.empties {
            field.rust.import(imports);
            let read = format!("fields.opt_patch::<{}>({wire:?})", field.rust.written());
            return format!(".add({read}, {holder}::{name})");
        }
        match self.nested(&field.rust) {
            Some(nested) => {
                let read = self.read(&field.rust, wire, &nested, imports);
                format!(".add({read}, {holder}::{name})")
            }
            None => {
                field.rust.import(imports);
                format!(
                    ".set::<{}>({wire:?}, {holder}::{name})",
                    field.rust.written()
                )
            }
        }
    }

    /// How a nested struct, or a list of them, is read.
    fn read(&self, rust: &Rust, wire: &str, nested: &str, imports: &mut Imports) -> String {
        let read = match self
            .model
            .requests
            .iter()
            .any(|object| object.name == nested)
        {
            true => format!("|nested| {}(&nested)", snake(nested)),
            false => known(nested, imports),
        };
        match rust {
            Rust::List(_) => format!("fields.list({wire:?}, {read})"),
            _ => format!("fields.object({wire:?}, {read})"),
        }
    }

    fn nested(&self, rust: &Rust) -> Option<String> {
        match rust {
            Rust::Object(name) => Some(name.clone()),
            Rust::List(inner) => match &**inner {
                Rust::Object(name) => Some(name.clone()),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A case of a list that is read page by page; `rustfmt` indents it.
fn paged_case(op: &str, call: &str) -> String {
    format!(
        ".pages({op:?}, |scm: &Client, x| {{
let query = x.query();
let pages = {call}.resume(query.opt(\"position\").unwrap_or(0));
match query.opt(\"size\") {{
Some(size) => pages.page_size(size),
None => pages.vendor_page_size(),
}}
}})
"
    )
}

/// A struct of the crate that no drafted one is: by name and value.
fn known(name: &str, imports: &mut Imports) -> String {
    imports.named(name);
    format!(
        "|nested| {name}::new(nested.need::<String>(\"name\"), nested.need::<String>(\"value\"))"
    )
}

/// What a case gives for an argument.
fn given(argument: &Argument, imports: &mut Imports) -> String {
    match argument {
        Argument::Path { wire, rust, .. } => {
            rust.import(imports);
            let read = format!("x.path::<{}>({wire:?})", rust.written());
            match rust {
                Rust::Id(_) => read,
                small if small.is_small() => read,
                _ => format!("&{read}"),
            }
        }
        Argument::Query(name) => format!("&{}(&x.query())", snake(name)),
        Argument::Body(name) => format!("&{}(&x.body())", snake(name)),
        Argument::Entries(Rust::Object(name)) => {
            format!("&x.entries(|entry| {}(&entry))", snake(name))
        }
        Argument::Entries(rust) => {
            rust.import(imports);
            format!("&x.values::<{}>()", rust.written())
        }
        Argument::Part(name) => format!("x.part({name:?}).content.clone()"),
    }
}
