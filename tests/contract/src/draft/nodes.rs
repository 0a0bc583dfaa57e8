use indexmap::IndexMap;

use super::source::Row;
use crate::tree::Tree;

/// A field with what is below it, made of a table's rows.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// Its row; a holder may have none.
    pub(crate) row: Option<Row>,
    pub(crate) members: IndexMap<String, Node>,
    pub(crate) items: Option<Box<Node>>,
}

impl Node {
    /// The body that a table describes.
    pub(crate) fn of(rows: &[Row]) -> Self {
        let mut root = Self::default();
        for row in rows {
            let is_list = row.kind == "array" && row.path.ends_with("[]");
            let path = row.path.as_str();
            let path = path.strip_suffix("[]").filter(|_| is_list).unwrap_or(path);
            root.reach(path).row = Some(row.clone());
        }
        root
    }

    fn reach(&mut self, path: &str) -> &mut Self {
        steps(path).into_iter().fold(self, |node, step| match step {
            Step::Item => node.items.get_or_insert_default(),
            Step::Member(name) => node.members.entry(name).or_default(),
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.row.is_none() && self.members.is_empty() && self.items.is_none()
    }

    /// Whether it is a list, as a whole body.
    pub(crate) fn is_list(&self) -> bool {
        self.items.is_some() || self.row.as_ref().is_some_and(|row| row.kind == "array")
    }
}

enum Step {
    Member(String),
    Item,
}

/// The way to a field: `a.b[].c`.
fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let name = part.trim_end_matches("[]");
        if !name.is_empty() {
            steps.push(Step::Member(name.to_owned()));
        }
        let lists = (part.len() - name.len()) / 2;
        steps.extend((0..lists).map(|_| Step::Item));
    }
    steps
}

/// The values of a member in samples of its holder.
pub(crate) fn members<'t>(samples: &[&'t Tree], name: &str) -> Vec<&'t Tree> {
    samples
        .iter()
        .filter_map(|sample| sample.get(name))
        .collect()
}

/// The entries of samples that are lists.
pub(crate) fn entries<'t>(samples: &[&'t Tree]) -> Vec<&'t Tree> {
    samples.iter().flat_map(|sample| sample.entries()).collect()
}
