use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The public types of a crate outside one area that take no other types, and where they are.
#[derive(Debug, Default)]
pub(crate) struct KnownTypes {
    paths: BTreeMap<String, String>,
    /// Modules that keep their types, where rooms re-export theirs at the root.
    public: Vec<String>,
}

impl KnownTypes {
    /// Reads a crate's sources, those of `area` left out.
    pub(crate) fn read(package: &Path, area: &str) -> Self {
        let root = fs::read_to_string(package.join("src/lib.rs"));
        let mut known = Self {
            public: root.iter().flat_map(|text| public_modules(text)).collect(),
            ..Self::default()
        };
        known.folder(&package.join("src"), &mut Vec::new(), area);
        known
    }

    /// Where a type is, as `use` writes it.
    pub(crate) fn path(&self, name: &str) -> Option<&str> {
        self.paths.get(name).map(String::as_str)
    }

    fn folder(&mut self, folder: &Path, modules: &mut Vec<String>, area: &str) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if name == area {
                continue;
            }
            if path.is_dir() {
                modules.push(name);
                self.folder(&path, modules, area);
                modules.pop();
            } else if let Ok(text) = fs::read_to_string(&path) {
                self.file(&text, modules);
            }
        }
    }

    /// Rooms re-export what their areas share at the root; areas keep their own.
    fn file(&mut self, text: &str, modules: &[String]) {
        let module = match modules {
            [_, area, ..] => format!("crate::{area}"),
            [area] if self.public.contains(area) => format!("crate::{area}"),
            _ => "crate".to_owned(),
        };
        for name in declared(text) {
            self.paths
                .entry(name.clone())
                .or_insert(format!("{module}::{name}"));
        }
    }
}

fn public_modules(root: &str) -> impl Iterator<Item = String> {
    let named = |line: &str| {
        line.strip_prefix("pub mod ")?
            .strip_suffix(';')
            .map(str::to_owned)
    };
    root.lines().filter_map(named)
}

fn declared(text: &str) -> impl Iterator<Item = String> {
    let lines = text.lines().map(str::trim_start);
    lines.filter_map(|line| {
        let rest = line
            .strip_prefix("pub struct ")
            .or_else(|| line.strip_prefix("pub enum "))?;
        let end = rest.find(|letter: char| !letter.is_alphanumeric())?;
        let is_generic = rest[end..].starts_with('<') && !rest[end..].starts_with("<'");
        if is_generic {
            return None;
        }
        Some(rest[..end].to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::workspace;

    #[test]
    fn types_are_found_where_the_crate_shows_them() {
        let known = KnownTypes::read(&workspace().join("sectigo-scm"), "administrator_templates");
        for path in [
            "crate::AdminRole",
            "crate::administrators::AdminPrivilege",
            "crate::domains::DomainState",
            "crate::ssl::SslStatus",
            "crate::DcvMethod",
        ] {
            let (_, name) = path.rsplit_once("::").expect("a path");
            assert_eq!(known.path(name), Some(path));
        }
    }
}
