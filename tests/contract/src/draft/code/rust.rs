use std::collections::BTreeSet;

/// A type of the drafted code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rust {
    Text,
    /// A whole number: `i64` or `u32`.
    Whole(&'static str),
    Flag,
    /// Anything.
    Value,
    Time,
    Serial,
    Reason,
    Secret,
    Csr,
    Certificate,
    /// The name of a number or text that names something.
    Id(String),
    Enumeration(String),
    Object(String),
    List(Box<Rust>),
    Map(Box<Rust>),
}

impl Rust {
    /// The type as it is written.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Text => "String".to_owned(),
            Self::Whole(name) => (*name).to_owned(),
            Self::Flag => "bool".to_owned(),
            Self::Value => "serde_json::Value".to_owned(),
            Self::Time => "Time".to_owned(),
            Self::Serial => "SerialNumber".to_owned(),
            Self::Reason => "RevocationReason".to_owned(),
            Self::Secret => "Secret".to_owned(),
            Self::Csr => "Encoded<CertificateSigningRequest>".to_owned(),
            Self::Certificate => "Encoded<Certificate>".to_owned(),
            Self::Id(name) | Self::Enumeration(name) | Self::Object(name) => name.clone(),
            Self::List(inner) => format!("Vec<{}>", inner.written()),
            Self::Map(inner) => format!("BTreeMap<String, {}>", inner.written()),
        }
    }

    /// Names all that has to be imported for it.
    pub(crate) fn import(&self, imports: &mut Imports) {
        match self {
            Self::Time => imports.add("cert_core::Time"),
            Self::Serial => imports.add("cert_core::SerialNumber"),
            Self::Reason => imports.add("cert_core::RevocationReason"),
            Self::Secret => imports.add("cert_core::Secret"),
            Self::Csr => {
                imports.add("cert_core::CertificateSigningRequest");
                imports.add("cert_core::Encoded");
            }
            Self::Certificate => {
                imports.add("cert_core::Certificate");
                imports.add("cert_core::Encoded");
            }
            Self::Id(name) | Self::Enumeration(name) | Self::Object(name) => imports.named(name),
            Self::List(inner) => inner.import(imports),
            Self::Map(inner) => {
                imports.add("std::collections::BTreeMap");
                inner.import(imports);
            }
            Self::Text | Self::Whole(_) | Self::Flag | Self::Value => {}
        }
    }

    /// Whether there is a struct in it.
    pub(crate) fn holds_objects(&self) -> bool {
        match self {
            Self::Object(_) => true,
            Self::List(inner) | Self::Map(inner) => inner.holds_objects(),
            _ => false,
        }
    }

    /// Whether it is passed by value, and not by reference.
    pub(crate) fn is_small(&self) -> bool {
        matches!(self, Self::Whole(_) | Self::Flag)
    }
}

/// What a drafted file uses.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    paths: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Imports {
    pub(crate) fn add(&mut self, path: &str) {
        self.paths.insert(path.to_owned());
    }

    /// A type of the crate, wherever it is.
    pub(crate) fn named(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }

    /// The `use` lines; `path_of` tells where a type of the crate is.
    pub(crate) fn lines(&self, path_of: impl Fn(&str) -> Option<String>) -> String {
        let named = self.names.iter().filter_map(|name| path_of(name));
        let all: BTreeSet<String> = self.paths.iter().cloned().chain(named).collect();
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for path in &all {
            let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
            match groups.last_mut().filter(|(known, _)| known == module) {
                Some((_, names)) => names.push(name.to_owned()),
                None => groups.push((module.to_owned(), vec![name.to_owned()])),
            }
        }
        let line = |(module, names): &(String, Vec<String>)| match names.as_slice() {
            [one] => format!("use {module}::{one};\n"),
            several => format!("use {module}::{{{}}};\n", several.join(", ")),
        };
        groups.iter().map(line).collect()
    }
}

/// A documentation comment, parted into lines of 100 columns.
pub(crate) fn doc(text: &str, indent: usize) -> String {
    let width = 100 - indent - "/// ".len();
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let margin = " ".repeat(indent);
    lines
        .iter()
        .map(|line| format!("{margin}/// {line}\n"))
        .collect()
}
