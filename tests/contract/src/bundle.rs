use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;

use crate::tree::Tree;

/// The file of what a vendor's areas share.
const SHARED: &str = "shared";

/// Where members of one name are brought together: the document, its sections, and their
/// entries (a path with its methods, a kind of component with its names).
const MERGED_DEPTH: usize = 3;

/// A vendor's description, as a folder of files: `shared.json`, and one for each area.
#[derive(Debug)]
pub struct Bundle {
    files: Vec<(String, Tree)>,
}

impl Bundle {
    /// Reads the folder `openapi` of a crate of this workspace.
    ///
    /// # Errors
    ///
    /// Names the file that cannot be read, or is no JSON.
    pub fn of(package: &str) -> Result<Self, String> {
        Self::read(&workspace().join(package).join("openapi"))
    }

    /// Reads a folder: `shared.json` first, the areas by name.
    ///
    /// # Errors
    ///
    /// Names the file that cannot be read, or is no JSON.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let mut paths = json_files(folder)?;
        paths.sort_by_key(|path| (stem(path) != SHARED, path.clone()));
        let files = paths.iter().map(|path| Ok((stem(path), read_tree(path)?)));
        files
            .collect::<Result<_, String>>()
            .map(|files| Self { files })
    }

    /// The same files, with another one for an area.
    #[must_use]
    pub fn with(&self, area: &str, file: Tree) -> Self {
        let others = self.files.iter().filter(|(name, _)| name != area);
        let mut files: Vec<_> = others.cloned().collect();
        files.push((area.to_owned(), file));
        Self { files }
    }

    /// The files by name, without `.json`.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Tree)> {
        self.files.iter().map(|(name, tree)| (name.as_str(), tree))
    }

    /// One document of all files.
    ///
    /// # Errors
    ///
    /// Names what two files say differently, and an operation in the file of another area.
    pub fn document(&self) -> Result<Tree, String> {
        let mut merging = Merging::default();
        let mut whole = Tree::Object(IndexMap::new());
        for (name, tree) in self.files() {
            check_tags(name, tree)?;
            merging.merge(&mut whole, tree, name, &mut Vec::new())?;
        }
        Ok(whole)
    }
}

/// The crates of this workspace that have a description, by name.
///
/// # Panics
///
/// When the workspace cannot be listed.
#[must_use]
pub fn packages() -> Vec<String> {
    let entries = fs::read_dir(workspace()).expect("the workspace can be listed");
    let folders = entries.map(|entry| entry.expect("an entry").path());
    let mut names: Vec<_> = folders
        .filter(|path| path.join("openapi/shared.json").is_file())
        .map(|path| stem(&path))
        .collect();
    names.sort_unstable();
    names
}

/// The folder of this workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Brings files together, and remembers which one said what.
#[derive(Default)]
struct Merging {
    said_by: BTreeMap<Vec<String>, String>,
}

impl Merging {
    fn merge(
        &mut self,
        into: &mut Tree,
        from: &Tree,
        file: &str,
        place: &mut Vec<String>,
    ) -> Result<(), String> {
        match (into, from) {
            (Tree::Object(into), Tree::Object(from)) if place.len() < MERGED_DEPTH => {
                self.merge_members(into, from, file, place)
            }
            (Tree::List(into), Tree::List(from)) if place.len() == 1 => {
                into.extend(from.iter().cloned());
                Ok(())
            }
            (into, from) if into == from => Ok(()),
            _ => Err(self.difference(file, place)),
        }
    }

    fn merge_members(
        &mut self,
        into: &mut IndexMap<String, Tree>,
        from: &IndexMap<String, Tree>,
        file: &str,
        place: &mut Vec<String>,
    ) -> Result<(), String> {
        for (name, value) in from {
            place.push(name.clone());
            match into.get_mut(name) {
                Some(there) => self.merge(there, value, file, place)?,
                None => self.insert(into, name, value, file, place),
            }
            place.pop();
        }
        Ok(())
    }

    fn insert(
        &mut self,
        into: &mut IndexMap<String, Tree>,
        name: &str,
        value: &Tree,
        file: &str,
        place: &[String],
    ) {
        self.said_by.insert(place.to_vec(), file.to_owned());
        into.insert(name.to_owned(), value.clone());
    }

    fn difference(&self, file: &str, place: &[String]) -> String {
        let first = (0..=place.len())
            .rev()
            .find_map(|length| self.said_by.get(&place[..length]));
        let first = first.map_or("another file", String::as_str);
        format!(
            "{file}.json: `{}` differs from what {first}.json says",
            place.join(" ")
        )
    }
}

/// An area's file has its own tag and operations alone.
fn check_tags(file: &str, tree: &Tree) -> Result<(), String> {
    if file == SHARED {
        return Ok(());
    }
    let named = |tag: &Tree| tag.get("name").and_then(Tree::as_str) == Some(file);
    if !matches!(listed(tree, "tags"), [tag] if named(tag)) {
        return Err(format!(
            "{file}.json: `tags` does not hold the one tag `{file}`"
        ));
    }
    operations(tree).try_for_each(|operation| {
        let id = operation
            .get("operationId")
            .and_then(Tree::as_str)
            .unwrap_or("?");
        match listed(operation, "tags") {
            [tag] if tag.as_str() == Some(file) => Ok(()),
            _ => Err(format!(
                "{file}.json: `{id}` does not have the one tag `{file}`"
            )),
        }
    })
}

/// Every operation of a file: those of its paths, their `x-ops`, and the external ones.
fn operations(tree: &Tree) -> impl Iterator<Item = &Tree> {
    let items = tree
        .get("paths")
        .and_then(Tree::members)
        .into_iter()
        .flatten();
    let entries = items.filter_map(|(_, item)| item.members()).flatten();
    let own = entries
        .map(|(_, entry)| entry)
        .filter(|entry| entry.get("operationId").is_some());
    let external = listed(tree, "x-external-operations");
    own.flat_map(|entry| std::iter::once(entry).chain(listed(entry, "x-ops")))
        .chain(external)
}

fn listed<'t>(tree: &'t Tree, name: &str) -> &'t [Tree] {
    tree.get(name).map_or(&[], Tree::entries)
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let told = |error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(told)?;
    let paths: Result<Vec<_>, _> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect();
    let mut paths = paths.map_err(told)?;
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    Ok(paths)
}

fn read_tree(path: &Path) -> Result<Tree, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Tree::parse(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARED: &str =
        r#"{ "info": { "title": "A shop" }, "components": { "schemas": { "Id": {} } } }"#;
    const THINGS: &str = r#"{
        "tags": [{ "name": "things" }],
        "paths": { "/a": { "get": { "operationId": "get_a", "tags": ["things"] } } }
    }"#;
    const OTHERS: &str = r#"{
        "tags": [{ "name": "others" }],
        "paths": { "/a": { "put": { "operationId": "put_a", "tags": ["others"] } } },
        "components": { "schemas": { "Id": {}, "Other": {} } }
    }"#;

    fn bundled(files: &[(&str, &str)]) -> Result<String, String> {
        let read =
            |(name, text): &(&str, &str)| ((*name).to_owned(), Tree::parse(text).expect("JSON"));
        let files = files.iter().map(read).collect();
        Bundle { files }
            .document()
            .map(|document| document.to_string())
    }

    #[test]
    fn files_are_brought_together_member_by_member() {
        let document = bundled(&[("shared", SHARED), ("things", THINGS), ("others", OTHERS)]);
        let document = document.expect("a document");
        for part in [
            r#""tags": [{ "name": "things" }, { "name": "others" }]"#,
            r#""get": { "operationId": "get_a""#,
            r#""put": { "operationId": "put_a""#,
            r#""schemas": { "Id": {}, "Other": {} }"#,
        ] {
            assert!(document.contains(part), "{part}\n{document}");
        }
    }

    #[test]
    fn what_two_files_say_differently_is_named_with_both() {
        let other = OTHERS.replace(r#""Id": {}"#, r#""Id": { "type": "integer" }"#);
        let error = bundled(&[("shared", SHARED), ("others", &other)]).expect_err("they differ");
        assert_eq!(
            error,
            "others.json: `components schemas Id` differs from what shared.json says"
        );
        let other = OTHERS.replace("put", "get");
        let error = bundled(&[("things", THINGS), ("others", &other)]).expect_err("they differ");
        assert_eq!(
            error,
            "others.json: `paths /a get` differs from what things.json says"
        );
    }

    #[test]
    fn operations_of_another_area_are_named() {
        let error = bundled(&[("things", &OTHERS.replacen("others", "things", 1))]);
        let error = error.expect_err("an operation of another area");
        assert_eq!(
            error,
            "things.json: `put_a` does not have the one tag `things`"
        );
        let error = bundled(&[("things", OTHERS)]).expect_err("another tag");
        assert_eq!(
            error,
            "things.json: `tags` does not hold the one tag `things`"
        );
        let external = r#"{
            "tags": [{ "name": "things" }],
            "x-external-operations": [{ "operationId": "away" }]
        }"#;
        let error = bundled(&[("things", external)]).expect_err("no tag");
        assert_eq!(
            error,
            "things.json: `away` does not have the one tag `things`"
        );
    }
}
