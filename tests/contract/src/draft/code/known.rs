use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The public types of a crate outside one area that take no other types, and where they are.
#[derive(Debug, Default)]
pub(crate) struct KnownTypes {
    paths: BTreeMap<String, String>,
}

impl KnownTypes {
    /// Reads a crate's sources, those of `area` left out.
    pub(crate) fn read(package: &Path, area: &str) -> Self {
        let mut known = Self::default();
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
            _ => "crate".to_owned(),
        };
        for name in declared(text) {
            self.paths
                .entry(name.clone())
                .or_insert(format!("{module}::{name}"));
        }
    }
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
