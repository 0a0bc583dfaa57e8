use std::fmt::{self, Display, Write};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The columns that a line has at most, where it can be parted.
const WIDTH: usize = 100;

/// The length from which a text gets a line of its own in a list.
const LONG: usize = 40;

/// JSON that keeps the order in which its members were written.
///
/// Its `Display` is the one way in which the documents are printed: what fits stands on one
/// line, short values of a list fill theirs, and everything else gets a line each.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Tree {
    /// An object.
    Object(IndexMap<String, Tree>),
    /// A list.
    List(Vec<Tree>),
    /// A text, a number, `true`, `false` or `null`.
    Plain(Value),
}

impl Tree {
    /// Reads JSON.
    ///
    /// # Errors
    ///
    /// Where the text is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// The same, without an order of its members.
    ///
    /// # Panics
    ///
    /// Never: every tree is JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a tree is JSON")
    }

    /// A member of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members()?.get(name)
    }

    /// The members, where it is an object.
    #[must_use]
    pub fn members(&self) -> Option<&IndexMap<String, Self>> {
        match self {
            Self::Object(members) => Some(members),
            Self::List(_) | Self::Plain(_) => None,
        }
    }

    /// The entries of a list; none where it is no list.
    #[must_use]
    pub fn entries(&self) -> &[Self] {
        match self {
            Self::List(entries) => entries,
            Self::Object(_) | Self::Plain(_) => &[],
        }
    }

    /// The text, where it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Plain(value) => value.as_str(),
            Self::Object(_) | Self::List(_) => None,
        }
    }

    /// An object of these members, in this order; members that are `None` are left out.
    pub fn object<'n>(members: impl IntoIterator<Item = (&'n str, Option<Self>)>) -> Self {
        let given = members.into_iter();
        let given = given.filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Self::Object(given.collect())
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Plain(Value::Null))
    }

    fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Object(members) => members.is_empty(),
            Self::List(entries) => entries.is_empty(),
            Self::Plain(_) => true,
        }
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Plain(text.into())
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Self::Plain(text.into())
    }
}

impl From<bool> for Tree {
    fn from(value: bool) -> Self {
        Self::Plain(value.into())
    }
}

impl From<i64> for Tree {
    fn from(number: i64) -> Self {
        Self::Plain(number.into())
    }
}

impl From<Vec<Tree>> for Tree {
    fn from(entries: Vec<Self>) -> Self {
        Self::List(entries)
    }
}

impl From<IndexMap<String, Tree>> for Tree {
    fn from(members: IndexMap<String, Self>) -> Self {
        Self::Object(members)
    }
}

impl Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut page = String::new();
        print(self, 0, 0, &mut page)?;
        f.write_str(&page)
    }
}

/// Prints a value at an indentation, where `used` columns around it are taken on its line.
fn print(tree: &Tree, indent: usize, used: usize, page: &mut String) -> fmt::Result {
    let line = line(tree);
    if tree.is_empty() || indent + used + line.chars().count() <= WIDTH {
        return page.write_str(&line);
    }
    match tree {
        Tree::Object(members) => print_members(members, indent, page),
        Tree::List(entries) if fills_lines(entries) => fill(entries, indent, page),
        Tree::List(entries) => print_entries(entries, indent, page),
        Tree::Plain(_) => page.write_str(&line),
    }
}

fn print_members(
    members: &IndexMap<String, Tree>,
    indent: usize,
    page: &mut String,
) -> fmt::Result {
    page.push('{');
    for (index, (name, value)) in members.iter().enumerate() {
        let comma = usize::from(index + 1 < members.len());
        let name = format!("{}: ", quoted(name));
        new_line(indent + 2, page);
        page.push_str(&name);
        print(value, indent + 2, name.chars().count() + comma, page)?;
        page.push_str(&",".repeat(comma));
    }
    new_line(indent, page);
    page.write_char('}')
}

fn print_entries(entries: &[Tree], indent: usize, page: &mut String) -> fmt::Result {
    page.push('[');
    for (index, entry) in entries.iter().enumerate() {
        let comma = usize::from(index + 1 < entries.len());
        new_line(indent + 2, page);
        print(entry, indent + 2, comma, page)?;
        page.push_str(&",".repeat(comma));
    }
    new_line(indent, page);
    page.write_char(']')
}

fn fills_lines(entries: &[Tree]) -> bool {
    entries
        .iter()
        .all(|entry| entry.is_plain() && line(entry).chars().count() <= LONG)
}

/// As many values a line as it takes.
fn fill(entries: &[Tree], indent: usize, page: &mut String) -> fmt::Result {
    page.push('[');
    let mut column = WIDTH;
    for (index, entry) in entries.iter().enumerate() {
        let comma = if index + 1 < entries.len() { "," } else { "" };
        let text = line(entry) + comma;
        let width = text.chars().count();
        if column + 1 + width > WIDTH {
            new_line(indent + 2, page);
            column = indent + 2 + width;
        } else {
            page.push(' ');
            column += 1 + width;
        }
        page.push_str(&text);
    }
    new_line(indent, page);
    page.write_char(']')
}

fn new_line(indent: usize, page: &mut String) {
    page.push('\n');
    page.push_str(&" ".repeat(indent));
}

/// A value on one line.
fn line(tree: &Tree) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match tree {
        Tree::Object(members) if members.is_empty() => "{}".to_owned(),
        Tree::Object(members) => {
            let member =
                |(name, value): (&String, &Tree)| format!("{}: {}", quoted(name), line(value));
            format!("{{ {} }}", joined(members.iter().map(member).collect()))
        }
        Tree::List(entries) => format!("[{}]", joined(entries.iter().map(line).collect())),
        Tree::Plain(value) => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"{
  "short": { "b": [1, 2], "a": { "c": null } },
  "empty": {},
  "none": [],
  "long": {
    "text": "a text that is longer than what is left of the line, so that it gets a line of its own"
  },
  "filled": [
    "one of many", "two of many", "three of many", "four of many", "five of many", "six of many",
    "seven of many"
  ],
  "listed": [
    "a text of more than forty columns, which gets a line",
    { "name": "an object, which gets a line of its own", "is": "on one line if it fits there" }
  ]
}"#;

    #[test]
    fn pages_are_printed_as_they_were_read() {
        assert_eq!(Tree::parse(PAGE).expect("JSON").to_string(), PAGE);
    }

    #[test]
    fn members_keep_their_order() {
        let tree = Tree::parse(r#"{"b": 1, "a": [true, "x\n"]}"#).expect("JSON");
        assert_eq!(tree.to_string(), r#"{ "b": 1, "a": [true, "x\n"] }"#);
        assert_eq!(tree.get("b"), Some(&Tree::Plain(1.into())));
        assert!(Tree::parse("{").is_err());
    }
}
