use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::bundle::Bundle;
use crate::tree::Tree;

/// A schema of so many members is told by them alone; smaller ones may be alike by chance.
const TELLING: usize = 4;

/// Named schemas and parameters: those of other files, and those that an area adds.
#[derive(Debug, Default)]
pub(crate) struct Components {
    /// By kind and name, with the file that has it.
    existing: BTreeMap<(String, String), (String, Tree)>,
    schemas: IndexMap<String, Tree>,
    parameters: IndexMap<String, Tree>,
    /// What a person has to see to.
    pub(crate) notes: Vec<String>,
}

impl Components {
    /// The components of all files but `area`'s own.
    pub(crate) fn beside(area: &str, bundle: &Bundle) -> Self {
        let mut components = Self::default();
        for (file, tree) in bundle.files().filter(|(file, _)| *file != area) {
            for (kind, named) in tree
                .get("components")
                .and_then(Tree::members)
                .into_iter()
                .flatten()
            {
                for (name, schema) in named.members().into_iter().flatten() {
                    let entry = (file.to_owned(), schema.clone());
                    components
                        .existing
                        .insert((kind.clone(), name.clone()), entry);
                }
            }
        }
        components
    }

    /// The reference to an object's schema, which is called after the first of `names` that is
    /// free, unless one that looks the same is there.
    pub(crate) fn schema(&mut self, names: &[String], schema: Tree) -> String {
        let shape = shape(&schema);
        let made = self
            .schemas
            .iter()
            .find(|(_, known)| self::shape(known) == shape);
        if let Some((name, _)) = made {
            return reference("schemas", name);
        }
        if let Some(name) = self.alike("schemas", &shape, &schema) {
            return reference("schemas", &name);
        }
        let name = self.free_name(names);
        self.schemas.insert(name.clone(), schema);
        reference("schemas", &name)
    }

    /// The reference to an enumeration of these values.
    pub(crate) fn enumeration(
        &mut self,
        names: &[String],
        values: &[Tree],
        schema: Tree,
    ) -> String {
        let same = |known: &&Tree| same_values(listed(known), values);
        let made = self
            .schemas
            .iter()
            .find(|(_, known)| same(known))
            .map(|(name, _)| name.clone());
        let existing = self
            .existing
            .iter()
            .find(|((kind, _), (_, known))| kind == "schemas" && same(&known));
        let existing = existing.map(|((_, name), (file, _))| (name.clone(), file.clone()));
        let name = match (made, existing) {
            (Some(name), _) => name,
            (None, Some((name, file))) => self.taken_from(name, &file),
            (None, None) => {
                let name = self.free_name(names);
                self.schemas.insert(name.clone(), schema);
                name
            }
        };
        reference("schemas", &name)
    }

    /// The listed values of an enumeration that is there already.
    pub(crate) fn values_of(&self, name: &str) -> Option<Vec<Tree>> {
        let existing = self.existing.get(&("schemas".to_owned(), name.to_owned()));
        let schema = self
            .schemas
            .get(name)
            .or(existing.map(|(_, schema)| schema))?;
        let values = listed(schema);
        (!values.is_empty()).then(|| values.to_vec())
    }

    /// The reference to a parameter that other files have.
    pub(crate) fn shared_parameter(&self, parameter: &Tree) -> Option<String> {
        let facts = facts(parameter);
        let same = self.existing.iter().find(|((kind, _), (file, known))| {
            kind == "parameters" && file == "shared" && self::facts(known) == facts
        });
        same.map(|((_, name), _)| reference("parameters", name))
    }

    pub(crate) fn parameter(&mut self, name: &str, parameter: Tree) -> String {
        self.parameters.insert(name.to_owned(), parameter);
        reference("parameters", name)
    }

    /// What the area adds.
    pub(crate) fn into_tree(self) -> Tree {
        let mut schemas = self.schemas;
        schemas.sort_unstable_keys();
        let kinds = [("parameters", self.parameters), ("schemas", schemas)];
        let kinds = kinds.into_iter().filter(|(_, named)| !named.is_empty());
        Tree::Object(
            kinds
                .map(|(kind, named)| (kind.to_owned(), Tree::Object(named)))
                .collect(),
        )
    }

    fn alike(&mut self, kind: &str, shape: &Tree, schema: &Tree) -> Option<String> {
        let telling = schema
            .get("properties")
            .and_then(Tree::members)
            .map_or(0, IndexMap::len)
            >= TELLING;
        let found = self.existing.iter().find(|((known, _), (file, existing))| {
            known == kind && (telling || file == "shared") && self::shape(existing) == *shape
        });
        let (name, file) = found.map(|((_, name), (file, _))| (name.clone(), file.clone()))?;
        Some(self.taken_from(name, &file))
    }

    fn taken_from(&mut self, name: String, file: &str) -> String {
        if file != "shared" {
            let note = format!("`{name}` of {file}.json is used here too: move it to shared.json");
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        name
    }

    fn free_name(&self, names: &[String]) -> String {
        let taken = |name: &str| {
            self.schemas.contains_key(name)
                || self
                    .existing
                    .contains_key(&("schemas".to_owned(), name.to_owned()))
        };
        let numbered = (2..).map(|number| format!("{}{number}", names[names.len() - 1]));
        let mut candidates = names.iter().cloned().chain(numbered);
        candidates
            .find(|name| !taken(name))
            .expect("numbers do not end")
    }
}

fn reference(kind: &str, name: &str) -> String {
    format!("#/components/{kind}/{name}")
}

/// A schema without what is said about it in words, and without hints.
fn shape(schema: &Tree) -> Tree {
    match schema {
        Tree::Object(members) => {
            let facts = members.iter().filter(|(name, _)| is_fact(name));
            let kept = facts.map(|(name, value)| match name.as_str() {
                "properties" => (name.clone(), shape_members(value)),
                _ => (name.clone(), shape(value)),
            });
            Tree::Object(kept.collect())
        }
        Tree::List(entries) => Tree::List(entries.iter().map(shape).collect()),
        Tree::Plain(_) => schema.clone(),
    }
}

fn shape_members(properties: &Tree) -> Tree {
    let members = properties.members().into_iter().flatten();
    Tree::Object(
        members
            .map(|(name, schema)| (name.clone(), shape(schema)))
            .collect(),
    )
}

fn is_fact(name: &str) -> bool {
    name != "description" && !name.starts_with("x-")
}

fn facts(parameter: &Tree) -> [Option<Tree>; 5] {
    let fact = |name| parameter.get(name).map(shape);
    let schema = fact("schema").map(|schema| match schema {
        Tree::Object(mut members) => {
            members.shift_remove("default");
            Tree::Object(members)
        }
        other => other,
    });
    [
        fact("name"),
        fact("in"),
        fact("required"),
        fact("explode"),
        schema,
    ]
}

/// The listed values of an open enumeration.
fn listed(schema: &Tree) -> &[Tree] {
    let alternatives = schema.get("anyOf").map_or(&[][..], Tree::entries);
    alternatives
        .iter()
        .find_map(|choice| choice.get("enum"))
        .map_or(&[], Tree::entries)
}

/// Whether two lists hold the same values, in any order.
pub(crate) fn same_values(left: &[Tree], right: &[Tree]) -> bool {
    !left.is_empty() && left.len() == right.len() && left.iter().all(|value| right.contains(value))
}
