use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::components::Components;
use super::names::{pascal, sentence, singular};
use super::operations::{Place, entry, parameter};
use super::schemas::Schemas;
use super::source::{OperationList, Row, Source};
use crate::bundle::Bundle;
use crate::tree::Tree;

/// Writes the file of one area.
#[derive(Debug)]
pub(crate) struct Drafting<'a> {
    pub(crate) area: &'a str,
    list: &'a OperationList,
    rename: Option<(String, String)>,
    schemas: Schemas,
    /// How often a parameter is used, by its text.
    uses: BTreeMap<String, usize>,
}

impl<'a> Drafting<'a> {
    /// A draft beside the other files of a description.
    ///
    /// `values` are enumerations by name, where the list's rows leave them out; `rename` is the
    /// beginning of operation ids, and what it becomes.
    pub(crate) fn new(
        area: &'a str,
        list: &'a OperationList,
        bundle: &Bundle,
        values: &BTreeMap<String, Vec<Tree>>,
        rename: Option<(String, String)>,
    ) -> Self {
        let mut values = values.clone();
        for row in list.operations.iter().flat_map(Source::all_rows) {
            if let (Some(name), Some(listed)) = (&row.enumeration, &row.values) {
                values.entry(name.clone()).or_insert_with(|| listed.clone());
            }
        }
        let schemas = Schemas {
            components: Components::beside(area, bundle),
            values,
            prefix: pascal(&singular(area)),
        };
        Self {
            area,
            list,
            rename,
            schemas,
            uses: BTreeMap::new(),
        }
    }

    /// The id of an operation in the draft.
    pub(crate) fn id(&self, source: &Source) -> String {
        let renamed = self.rename.as_ref().and_then(|(old, new)| {
            let rest = source.id.strip_prefix(old.as_str())?;
            Some(format!("{new}{rest}"))
        });
        renamed.unwrap_or_else(|| source.id.clone())
    }

    /// The file, and what a person has to see to.
    pub(crate) fn write(mut self) -> (Tree, Vec<String>) {
        self.count_parameters();
        let mut paths: IndexMap<String, IndexMap<String, Tree>> = IndexMap::new();
        let mut external = Vec::new();
        for source in &self.list.operations {
            if source.external {
                external.push(self.external(source));
                continue;
            }
            let item = paths.entry(self.path(source)).or_default();
            self.add(source, item);
        }
        let paths: IndexMap<_, _> = paths
            .into_iter()
            .map(|(path, item)| (path, item.into()))
            .collect();
        let notes = std::mem::take(&mut self.schemas.components.notes);
        let tag = Tree::object([
            ("name", Some(self.area.into())),
            ("description", Some(sentence(&self.list.title).into())),
        ]);
        let components = self.schemas.components.into_tree();
        let file = Tree::object([
            ("tags", Some(vec![tag].into())),
            ("paths", Some(paths.into())),
            (
                "x-external-operations",
                (!external.is_empty()).then(|| external.into()),
            ),
            ("components", Some(components)),
        ]);
        (file, notes)
    }

    /// The path of an operation; one that differs from an earlier one's in the names of its
    /// parameters alone is the same.
    pub(crate) fn path(&self, source: &Source) -> String {
        let mut earlier = self.list.operations.iter().map(|other| &other.path);
        let same = earlier.find(|path| anonymous(path) == anonymous(&source.path));
        same.unwrap_or(&source.path).clone()
    }

    /// The parameters of an operation's path, as the draft calls them.
    pub(crate) fn path_rows(&self, source: &Source) -> Vec<Row> {
        let (own, drafted) = (names_in(&source.path), names_in(&self.path(source)));
        let renamed = |row: &Row| {
            let position = own.iter().position(|name| *name == row.path);
            let name = position.and_then(|position| drafted.get(position));
            row.called(name.unwrap_or(&row.path))
        };
        source.path_params.iter().map(renamed).collect()
    }

    /// Adds an operation to its path, beside others of the same method.
    fn add(&mut self, source: &Source, item: &mut IndexMap<String, Tree>) {
        let shared = self.parameters(&self.path_rows(source), "path");
        let mut own = Vec::new();
        match item.get("parameters") {
            Some(there) if there.entries() == shared => {}
            Some(_) => own = shared,
            None if shared.is_empty() => {}
            None => {
                item.insert("parameters".to_owned(), shared.into());
            }
        }
        let method = source.method.to_lowercase();
        let base = format!("/paths/{}/{method}", escaped(&self.path(source)));
        let siblings = item
            .get(&method)
            .map(|first| first.get("x-ops").map_or(0, |ops| ops.entries().len()));
        let pointer = match siblings {
            None => base,
            Some(count) => format!("{base}/x-ops/{count}"),
        };
        let own = self.entry(source, own, Some(pointer));
        match item.get_mut(&method) {
            Some(Tree::Object(first)) => {
                let siblings = first
                    .entry("x-ops".to_owned())
                    .or_insert_with(|| Vec::new().into());
                if let Tree::List(siblings) = siblings {
                    siblings.push(own.into());
                }
            }
            _ => {
                item.insert(method, own.into());
            }
        }
    }

    fn external(&mut self, source: &Source) -> Tree {
        self.entry(source, Vec::new(), None).into()
    }

    fn entry(
        &mut self,
        source: &Source,
        mut parameters: Vec<Tree>,
        pointer: Option<String>,
    ) -> IndexMap<String, Tree> {
        parameters.extend(self.parameters(&source.query_rows(), "query"));
        let id = self.id(source);
        let place = Place {
            area: self.area,
            id: &id,
            pointer,
        };
        entry(source, &place, parameters, &mut self.schemas)
    }

    /// The parameters of one place; those that are used again are components.
    fn parameters(&mut self, rows: &[Row], place: &str) -> Vec<Tree> {
        let rows = rows.iter();
        rows.map(|row| {
            let parameter = parameter(row, place, &mut self.schemas);
            if let Some(reference) = self.schemas.components.shared_parameter(&parameter) {
                return refer(&reference);
            }
            match self.uses.get(&parameter.to_string()) {
                Some(uses) if *uses > 1 => {
                    let name = self.parameter_name(&row.path, &parameter);
                    refer(&self.schemas.components.parameter(&name, parameter))
                }
                _ => parameter,
            }
        })
        .collect()
    }

    /// The name of a parameter's component: numbered where others are called so.
    fn parameter_name(&self, name: &str, parameter: &Tree) -> String {
        let text = parameter.to_string();
        let namesakes = self.uses.iter().filter(|(known, uses)| {
            **uses > 1
                && Tree::parse(known)
                    .is_ok_and(|known| known.get("name").and_then(Tree::as_str) == Some(name))
        });
        let number = namesakes.take_while(|(known, _)| **known != text).count();
        match number {
            0 => format!("{}.{name}", self.area),
            number => format!("{}.{name}.{}", self.area, number + 1),
        }
    }

    fn count_parameters(&mut self) {
        for source in &self.list.operations {
            let path = self.path_rows(source);
            let path = path.iter().map(|row| ("path", row));
            let query = source.query_rows();
            let query = query.iter().map(|row| ("query", row));
            for (place, row) in path.chain(query) {
                let text = parameter(row, place, &mut self.schemas).to_string();
                *self.uses.entry(text).or_default() += 1;
            }
        }
    }
}

/// A path without the names of its parameters.
fn anonymous(path: &str) -> String {
    names_in(path).iter().fold(path.to_owned(), |path, name| {
        path.replace(&format!("{{{name}}}"), "{}")
    })
}

/// The names of a path's parameters.
fn names_in(path: &str) -> Vec<String> {
    let opened = path.split('{').skip(1);
    opened
        .filter_map(|part| Some(part.split_once('}')?.0.to_owned()))
        .collect()
}

fn refer(reference: &str) -> Tree {
    Tree::object([("$ref", Some(reference.into()))])
}

/// A path as a part of a JSON pointer.
fn escaped(path: &str) -> String {
    path.replace('~', "~0").replace('/', "~1")
}
