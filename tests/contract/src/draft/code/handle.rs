use std::fmt::Write;

use super::model::{Argument, Method, Model, Reply};
use super::rust::{Imports, Rust, doc};
use crate::draft::names::{joined, pascal, snake};

/// The operations of the area.
pub(crate) fn operations(model: &Model) -> String {
    let mut page = "//! The operations of this area, in the order of the vendor's reference.\n\n\
                    cert_core::operations! {\n"
        .to_owned();
    for method in &model.methods {
        page.push_str(&operation(method));
    }
    page + "}\n"
}

fn operation(method: &Method) -> String {
    let (name, http, sign_in) = (constant(&method.name), &method.http, method.sign_in);
    let call = format!("{http}({:?}, {:?}){sign_in};\n", method.op, method.path);
    let line = format!("    {name} = {call}");
    match line.len() <= 101 {
        true => line,
        false => format!("    {name} =\n        {call}"),
    }
}

/// The area's module: its accessor, its handle, and a method for each operation.
pub(crate) fn handle(model: &Model, path_of: &dyn Fn(&str) -> Option<String>) -> String {
    let mut imports = Imports::default();
    imports.add("crate::Client");
    imports.add("cert_core::client::Call");
    imports.add("cert_core::client::Op");
    let methods: String = model
        .methods
        .iter()
        .map(|method| self::method(method, &mut imports))
        .collect();
    let (accessor, handle) = (&model.accessor, pascal(&model.accessor));
    let what = joined(&model.accessor, " ");
    let mut page = format!("//! {}.\n\n", capital(&what));
    for module in modules(model) {
        let _ = writeln!(page, "mod {module};");
    }
    page.push('\n');
    page.push_str(&imports.lines(path_of));
    page.push('\n');
    page.push_str(&exports(model));
    page.push_str(&accessor_and_handle(accessor, &handle, &what));
    let _ = write!(
        page,
        "\nimpl<'c> {handle}<'c> {{\n{methods}\
         fn call<R>(self, op: &'static Op) -> Call<'c, R> {{\nself.client.call(op)\n}}\n}}\n"
    );
    page
}

/// How a client gets at the area; `rustfmt` indents it.
fn accessor_and_handle(accessor: &str, handle: &str, what: &str) -> String {
    format!(
        "
impl Client {{
/// The {what} of an account.
#[must_use]
pub fn {accessor}(&self) -> {handle}<'_> {{
{handle} {{ client: self }}
}}
}}

/// The {what} of an account. Made by [`Client::{accessor}`].
#[derive(Debug, Clone, Copy)]
pub struct {handle}<'c> {{
client: &'c Client,
}}
"
    )
}

/// The emulator's rows; each handler is for its author to write.
pub(crate) fn routes(model: &Model) -> String {
    let mut page = "routes! {\n".to_owned();
    for method in &model.methods {
        let (http, op, path) = (&method.http, &method.op, &method.path);
        let _ = writeln!(page, "    {http}({op:?}, {path:?}, {});", method.name);
    }
    page + "};\n"
}

fn modules(model: &Model) -> Vec<&'static str> {
    let requests = (!model.requests.is_empty()).then_some("requests");
    let ids = (!model.ids.is_empty()).then_some("ids");
    let answers = has_answers(model).then_some("answers");
    answers
        .into_iter()
        .chain(ids)
        .chain(["operations"])
        .chain(requests)
        .collect()
}

fn has_answers(model: &Model) -> bool {
    !model.answers.is_empty() || !model.enumerations.is_empty()
}

fn exports(model: &Model) -> String {
    let listed = |module: &str, mut names: Vec<&str>| {
        names.sort_unstable();
        let line = format!("pub use self::{module}::{{{}}};\n", names.join(", "));
        if names.is_empty() {
            String::new()
        } else {
            line
        }
    };
    let answers = model.answers.iter().map(|object| object.name.as_str());
    let enumerations = model.enumerations.iter().map(|known| known.name.as_str());
    let requests = model.requests.iter().map(|object| object.name.as_str());
    [
        listed("answers", answers.chain(enumerations).collect()),
        listed("ids", model.ids.iter().map(|id| id.name.as_str()).collect()),
        "use self::operations as ops;\npub use self::operations::OPERATIONS;\n".to_owned(),
        listed("requests", requests.collect()),
    ]
    .concat()
}

fn method(method: &Method, imports: &mut Imports) -> String {
    let mut page = String::new();
    for part in method.doc.lines().filter(|part| !part.is_empty()) {
        if !page.is_empty() {
            page.push_str("    ///\n");
        }
        page.push_str(&doc(part, 4));
    }
    let arguments: Vec<String> = method
        .arguments
        .iter()
        .map(|argument| self::argument(argument, imports))
        .collect();
    let arguments: String = arguments
        .iter()
        .map(|argument| format!(", {argument}"))
        .collect();
    let (name, op) = (&method.name, constant(&method.name));
    let chain: String = method
        .arguments
        .iter()
        .map(|argument| sent(argument, imports))
        .collect();
    let fixed = method.fixed_query.iter();
    let fixed: String = fixed
        .map(|(name, value)| format!(".query(&[({name:?}, {value:?})])"))
        .collect();
    let (returned, body) = match &method.reply {
        Reply::Pages(row) => pages(row, &op, method, imports),
        reply => {
            let returned = format!("Call<'c, {}>", self::reply(reply, imports));
            (returned, format!("self.call(&ops::{op}){fixed}{chain}"))
        }
    };
    let _ = write!(
        page,
        "#[inline]\npub fn {name}(self{arguments}) -> {returned} {{\n{body}\n}}\n\n"
    );
    page
}

/// A list is asked for window by window.
fn pages(row: &Rust, op: &str, method: &Method, imports: &mut Imports) -> (String, String) {
    for path in [
        "cert_core::client::Pages",
        "crate::paging::List",
        "crate::paging::PAGE_SIZE",
        "crate::paging::PageQuery",
    ] {
        imports.add(path);
    }
    row.import(imports);
    let mut before = String::new();
    let mut chain = String::new();
    for argument in &method.arguments {
        match argument {
            Argument::Query(_) => {
                before.push_str("let filter = filter.clone();\n        ");
                chain.push_str(".query(&filter)");
            }
            Argument::Path {
                name,
                rust: Rust::Id(_),
                ..
            } => {
                let _ = write!(before, "let {name} = {name}.into();\n        ");
                let _ = write!(chain, ".path(&{name})");
            }
            Argument::Path { name, .. } => {
                let _ = write!(before, "let {name} = {name}.to_string();\n        ");
                let _ = write!(chain, ".path(&{name})");
            }
            Argument::Body(_) | Argument::Entries(_) | Argument::Part(_) => {}
        }
    }
    let body = format!(
        "{before}Pages::new(PAGE_SIZE, move |window| {{\n            \
         self.call(&ops::{op}){chain}.query(&PageQuery::from(window))\n        }})"
    );
    (format!("Pages<'c, List<{}>>", row.written()), body)
}

fn argument(argument: &Argument, imports: &mut Imports) -> String {
    match argument {
        Argument::Path { name, rust, .. } => {
            rust.import(imports);
            let written = rust.written();
            match rust {
                Rust::Id(_) => format!("{name}: impl Into<{written}>"),
                Rust::Text => format!("{name}: &str"),
                small if small.is_small() => format!("{name}: {written}"),
                _ => format!("{name}: &{written}"),
            }
        }
        Argument::Query(name) => {
            imports.named(name);
            format!("filter: &{name}")
        }
        Argument::Body(name) => {
            imports.named(name);
            format!("request: &{name}")
        }
        Argument::Entries(inner) => {
            inner.import(imports);
            format!("entries: &[{}]", inner.written())
        }
        Argument::Part(name) => {
            imports.add("cert_core::bytes::Bytes");
            format!("{}: impl Into<Bytes>", snake(name))
        }
    }
}

fn sent(argument: &Argument, imports: &mut Imports) -> String {
    match argument {
        Argument::Path {
            name,
            rust: Rust::Id(_),
            ..
        } => format!(".path({name}.into())"),
        Argument::Path { name, .. } => format!(".path({name})"),
        Argument::Query(_) => ".query(filter)".to_owned(),
        Argument::Body(_) => ".json(request)".to_owned(),
        Argument::Entries(_) => ".json(entries)".to_owned(),
        Argument::Part(name) => {
            imports.add("cert_core::client::Multipart");
            let part = snake(name);
            format!(
                ".multipart(Multipart::new().file({name:?}, {name:?}, {:?}, {part}))",
                "application/octet-stream"
            )
        }
    }
}

fn reply(reply: &Reply, imports: &mut Imports) -> String {
    let mut with = |name: &str, rust: &Rust| {
        imports.add(&format!("cert_core::client::{name}"));
        rust.import(imports);
        format!("{name}<{}>", rust.written())
    };
    match reply {
        Reply::Json(rust) => with("Json", rust),
        Reply::Created(rust) => with("Created", rust),
        Reply::Pages(rust) => with("Pages", rust),
        Reply::Total => {
            imports.add("crate::paging::Total");
            "Total".to_owned()
        }
        Reply::File => {
            imports.add("cert_core::client::Blob");
            "Blob".to_owned()
        }
        Reply::Empty => {
            imports.add("cert_core::client::Empty");
            "Empty".to_owned()
        }
    }
}

fn constant(name: &str) -> String {
    name.to_uppercase()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
