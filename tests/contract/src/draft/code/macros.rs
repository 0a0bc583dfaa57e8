//! What the declaring macros of a source say, read without a compiler.

use std::collections::BTreeMap;

use crate::draft::names::camel;

/// What a source declares.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    /// Id, method and path of each operation.
    pub(crate) operations: Vec<[String; 3]>,
    pub(crate) requests: Vec<Declaration>,
    pub(crate) answers: Vec<Declaration>,
}

/// A declared struct.
#[derive(Debug)]
pub(crate) struct Declaration {
    pub(crate) name: String,
    pub(crate) fields: Vec<DeclaredField>,
}

/// A field of a declared struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeclaredField {
    /// Its names on the wire.
    pub(crate) wires: Vec<String>,
    pub(crate) required: bool,
    /// Its limit as it is written, such as `length(1..=512)`.
    pub(crate) limit: Option<String>,
    /// Its type, where the members of that stand in its place.
    flat: Option<String>,
}

impl Declared {
    /// Adds what a source file declares.
    pub(crate) fn read(&mut self, source: &str) {
        let code = without_comments(source);
        for block in blocks(&code, "operations! {") {
            self.operations
                .extend(block.split(';').filter_map(operation));
        }
        self.requests
            .extend(blocks(&code, "request! {").filter_map(request));
        self.answers
            .extend(blocks(&code, "response! {").filter_map(answer));
    }

    /// Puts the members of flat parts in the place of the parts. Of a part that is put together
    /// by hand, none is known.
    pub(crate) fn flatten(&mut self) {
        let declared = self.requests.iter();
        let parts = declared.map(|request| (request.name.clone(), request.fields.clone()));
        let parts: Parts = parts.collect();
        for request in &mut self.requests {
            let fields = request.fields.drain(..);
            request.fields = fields.flat_map(|field| members(field, &parts)).collect();
        }
    }
}

/// The fields of requests, by name.
type Parts = BTreeMap<String, Vec<DeclaredField>>;

fn members(field: DeclaredField, parts: &Parts) -> Vec<DeclaredField> {
    let Some(part) = &field.flat else {
        return vec![field];
    };
    let members = parts.get(part).into_iter().flatten().cloned();
    let members = members.flat_map(|member| self::members(member, parts));
    members
        .map(|member| DeclaredField {
            required: member.required && field.required,
            ..member
        })
        .collect()
}

fn without_comments(source: &str) -> String {
    let lines = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The content of every use of a macro.
fn blocks<'s>(code: &'s str, opening: &'s str) -> impl Iterator<Item = &'s str> {
    let starts = code
        .match_indices(opening)
        .map(move |(at, _)| at + opening.len());
    starts.map(|start| &code[start..start + inner(&code[start..])])
}

/// The length of what stands before the bracket that closes an open one.
fn inner(code: &str) -> usize {
    let mut depth = 0_i32;
    for (at, letter) in code.char_indices() {
        depth += match letter {
            '(' | '{' | '[' => 1,
            ')' | '}' | ']' => -1,
            _ => 0,
        };
        if depth < 0 {
            return at;
        }
    }
    code.len()
}

/// `NAME = method("id", "path")`.
fn operation(statement: &str) -> Option<[String; 3]> {
    let (_, call) = statement.split_once('=')?;
    let (method, arguments) = call.split_once('(')?;
    let mut texts = arguments.split('"').skip(1).step_by(2);
    let (id, path) = (texts.next()?, texts.next()?);
    Some([id.to_owned(), method.trim().to_owned(), path.to_owned()])
}

fn request(block: &str) -> Option<Declaration> {
    let (name, rest) = named(block, '(')?;
    let required = &rest[..inner(rest)];
    let (_, rest) = rest[required.len()..].split_once('{')?;
    let optional = &rest[..inner(rest)];
    let fields = fields(required, true).chain(fields(optional, false));
    let fields = fields.collect();
    Some(Declaration { name, fields })
}

fn answer(block: &str) -> Option<Declaration> {
    let (name, rest) = named(block, '{')?;
    let fields = fields(&rest[..inner(rest)], false).collect();
    Some(Declaration { name, fields })
}

/// The name of a struct, and what follows the bracket after it.
fn named(block: &str, bracket: char) -> Option<(String, &str)> {
    let (_, rest) = block.split_once("struct ")?;
    let (head, rest) = rest.split_once(bracket)?;
    let name = head.split('<').next().unwrap_or(head);
    Some((name.trim().to_owned(), rest))
}

fn fields(section: &str, required: bool) -> impl Iterator<Item = DeclaredField> {
    let parts = apart(section).into_iter();
    parts.filter_map(move |part| field(part.trim(), required))
}

/// A list's entries: what stands between commas that no bracket holds.
fn apart(section: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_i32, 0, Vec::new());
    for (at, letter) in section.char_indices() {
        match letter {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&section[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&section[start..]);
    parts
}

fn field(part: &str, required: bool) -> Option<DeclaredField> {
    let (mut rest, mut wires, mut limit, mut is_flat) = (part, Vec::new(), None, false);
    while let Some(attribute) = rest.strip_prefix("#[") {
        let length = inner(attribute);
        let (kind, arguments) = attribute[..length].split_once('(')?;
        match kind {
            "wire" if arguments == "flat)" => is_flat = true,
            "wire" => wires = texts(arguments),
            "length" | "count" | "range" | "id" | "secret" => limit = limited(&attribute[..length]),
            _ => {}
        }
        rest = attribute[length + 1..].trim_start();
    }
    let (name, part) = rest.split_once(':')?;
    if wires.is_empty() {
        wires.push(camel(name.rsplit(' ').next()?));
    }
    Some(DeclaredField {
        wires,
        required,
        limit,
        flat: is_flat.then(|| part.trim().to_owned()),
    })
}

fn texts(arguments: &str) -> Vec<String> {
    arguments
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// A limit without what only readers need; `..` limits nothing.
fn limited(attribute: &str) -> Option<String> {
    let text: String = attribute
        .chars()
        .filter(|letter| !matches!(letter, '_' | ' '))
        .collect();
    (!text.ends_with("(..)") || text.starts_with("secret")).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
        cert_core::operations! {
            LIST = get("thing_list", "/things");
            ENROLL =
                post("thing_enroll", "/things").slow();
        }
        cert_core::request! {
            /// A thing, with (brackets.
            pub struct Thing(
                #[id(1..)]
                #[wire("orgId")]
                organization: Id,
                parts: BTreeMap<String, Vec<u32>>,
            ) {
                #[length(..=1_024)]
                #[valid(path)]
                note: String,
                #[range(..)]
                days: u32,
                #[wire(flat)]
                schedule: Schedule,
                #[wire("cert" as Base64)]
                certificate: Encoded<Certificate>,
            }
            check rules
        }
        cert_core::request! {
            pub struct Schedule(
                frequency: String,
            ) {
                #[wire(flat)]
                by_hand: Unknown,
            }
        }
        cert_core::response! {
            pub struct Row<T> {
                #[wire("id" | "thingId")]
                pub id: T,
                pub first_name: Option<String>,
            }
        }
    "#;

    #[test]
    fn declarations_are_read() {
        let mut declared = Declared::default();
        declared.read(SOURCE);
        let enroll = ["thing_enroll", "post", "/things"].map(str::to_owned);
        assert_eq!(declared.operations[1], enroll);
        declared.flatten();
        let [thing, _] = declared.requests.as_slice() else {
            panic!("two requests: {declared:?}");
        };
        let told =
            |field: &DeclaredField| (field.wires.join("|"), field.required, field.limit.clone());
        let fields: Vec<_> = thing.fields.iter().map(told).collect();
        let limit = |text: &str| Some(text.to_owned());
        assert_eq!(fields[0], ("orgId".to_owned(), true, limit("id(1..)")));
        assert_eq!(fields[1], ("parts".to_owned(), true, None));
        assert_eq!(
            fields[2],
            ("note".to_owned(), false, limit("length(..=1024)"))
        );
        assert_eq!(fields[3], ("days".to_owned(), false, None));
        assert_eq!(fields[4], ("frequency".to_owned(), false, None));
        assert_eq!(fields[5], ("cert".to_owned(), false, None));
        assert_eq!(fields.len(), 6);
        let row = &declared.answers[0];
        assert_eq!((row.name.as_str(), row.fields.len()), ("Row", 2));
        assert_eq!(row.fields[0].wires, ["id", "thingId"]);
        assert_eq!(row.fields[1].wires, ["firstName"]);
    }
}
