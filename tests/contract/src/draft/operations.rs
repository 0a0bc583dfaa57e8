use indexmap::IndexMap;

use super::exchanges::{exchange_names, exchanges, variant_names};
use super::limits::hint;
use super::names::{pascal, sentence, singular};
use super::nodes::Node;
use super::schemas::{Schemas, Side, doubt, object, source as name_source};
use super::source::{HeaderRow, Row, Source, VariantRows};
use crate::tree::Tree;

/// Where an operation stands in the document.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    pub(crate) area: &'a str,
    pub(crate) id: &'a str,
    /// JSON pointer to its entry; none where it is outside `paths`.
    pub(crate) pointer: Option<String>,
}

/// The entry of an operation.
pub(crate) fn entry(
    source: &Source,
    place: &Place<'_>,
    parameters: Vec<Tree>,
    schemas: &mut Schemas,
) -> IndexMap<String, Tree> {
    let named = Named::of(place, &schemas.prefix);
    let external = place.pointer.is_none();
    let text = |text: &str| Some(Tree::from(text));
    let members = [
        ("tags", Some(vec![place.area.into()].into())),
        ("operationId", text(place.id)),
        ("x-method", external.then(|| source.method.as_str().into())),
        ("x-path", external.then(|| source.path.as_str().into())),
        (
            "summary",
            Some((source.title.replace(" / ", " or ") + ".").into()),
        ),
        ("description", notes(source)),
        ("deprecated", source.deprecated.then(|| true.into())),
        (
            "x-use-instead",
            source.replaced_by.as_deref().map(Tree::from),
        ),
        (
            "x-vendor-title",
            Some(format!("{}: {}", source.group, source.title).into()),
        ),
        ("x-repeatability", text(repeatability(&source.method))),
        ("x-doubt", doubts(source)),
        ("x-pagination", source.pagination.clone()),
        ("x-fixed-query", fixed_query(source)),
        ("security", security(source)),
        (
            "parameters",
            (!parameters.is_empty()).then(|| parameters.into()),
        ),
        ("requestBody", request_body(source, place, &named, schemas)),
        ("responses", Some(responses(source, place, &named, schemas))),
        ("x-variants", variants(source)),
        ("x-exchanges", Some(exchanges(source).into())),
    ];
    match Tree::object(members) {
        Tree::Object(members) => members,
        Tree::List(_) | Tree::Plain(_) => IndexMap::new(),
    }
}

/// A parameter of a path or query.
pub(crate) fn parameter(row: &Row, place: &str, schemas: &mut Schemas) -> Tree {
    let schema = schemas.parameter(row);
    let core = schema.members().cloned().unwrap_or_default();
    let joined = row
        .repeat
        .as_deref()
        .is_some_and(|how| how.contains("comma"));
    let required = place == "path" || row.is_required();
    Tree::object([
        ("name", Some(row.path.as_str().into())),
        ("in", Some(place.into())),
        ("description", Some(sentence(&row.path).into())),
        ("required", required.then(|| true.into())),
        ("explode", joined.then(|| false.into())),
        ("schema", Some(schema)),
        ("deprecated", row.deprecated.then(|| true.into())),
        ("x-use-instead", row.use_instead.as_deref().map(Tree::from)),
        (
            "x-fields",
            (!row.fields.is_empty()).then(|| row.fields.clone().into()),
        ),
        (
            "x-required-source",
            row.required_source.as_deref().map(Tree::from),
        ),
        ("x-hint", hint(row, &core, core.contains_key("items"))),
        ("x-source", name_source(row)),
        ("x-doubt", doubt(row, &core).map(Tree::from)),
    ])
}

/// What the types of an operation are called after.
struct Named {
    /// `get`, `list`, `create` ...
    verb: String,
    /// The area's prefix and what the operation is about.
    subject: String,
    /// What tells it from others of this verb and subject: a version, or what it lists by.
    apart: String,
}

impl Named {
    fn of(place: &Place<'_>, prefix: &str) -> Self {
        let mut words: Vec<&str> = place.id.split('_').collect();
        let area = singular(place.area);
        let known = |word: &&str| {
            area.split('_')
                .any(|part| part.starts_with(*word) || word.starts_with(part))
        };
        let leading = words
            .iter()
            .take(words.len() - 1)
            .take_while(|word| known(word))
            .count();
        words.drain(..leading.max(1).min(words.len() - 1));
        let version = words.pop_if(|word| word.len() == 2 && word.starts_with('v'));
        let by = words
            .iter()
            .position(|word| *word == "by")
            .unwrap_or(words.len());
        let verb = words.first().copied().unwrap_or_default().to_owned();
        let nouns = words[..by]
            .iter()
            .skip(1)
            .map(|word| pascal(&singular(word)));
        Self {
            verb,
            subject: prefix.to_owned() + &nouns.collect::<String>(),
            apart: words[by..]
                .iter()
                .chain(&version)
                .map(|word| pascal(word))
                .collect(),
        }
    }

    fn with(&self, ending: &str) -> Vec<String> {
        let plain = format!("{}{ending}", self.subject);
        let told = format!("{plain}{}", self.apart);
        vec![plain, told]
    }

    fn request(&self, is_list: bool) -> Vec<String> {
        let verb = pascal(&self.verb);
        self.with(&format!(
            "{verb}{}",
            if is_list { "Entry" } else { "Request" }
        ))
    }

    fn answer(&self, is_list: bool) -> Vec<String> {
        match (self.verb.as_str(), is_list) {
            ("get", false) => self.with(""),
            ("list", true) => self.with("ListItem"),
            ("list", false) => self.with("List"),
            _ => self.with(&format!("{}Answer", pascal(&self.verb))),
        }
    }
}

fn notes(source: &Source) -> Option<Tree> {
    let capital = |note: &String| {
        let mut letters = note.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str() + "."
    };
    let notes: Vec<String> = source.notes.iter().map(capital).collect();
    (!notes.is_empty()).then(|| notes.join(" ").into())
}

fn repeatability(method: &str) -> &'static str {
    match method {
        "GET" | "HEAD" | "OPTIONS" => "safe",
        "PUT" | "DELETE" => "idempotent",
        _ => "once",
    }
}

fn doubts(source: &Source) -> Option<Tree> {
    let title = source
        .title_only
        .then(|| "The reference has its title alone.".to_owned());
    let status = source.response_status.is_none();
    let status = status.then(|| "The reference prints no status.".to_owned());
    let nameless = source.unresolved.iter().map(|row| {
        let kind = row.kind.replace('_', " ");
        format!(
            "A {kind} of `{}` is documented without its name.",
            row.parent
        )
    });
    let doubts: Vec<String> = title.into_iter().chain(status).chain(nameless).collect();
    (!doubts.is_empty()).then(|| doubts.join(" ").into())
}

fn fixed_query(source: &Source) -> Option<Tree> {
    let pairs = source.fixed_query.iter();
    let pairs = pairs.map(|(name, value)| (name.clone(), Tree::from(value.as_str())));
    (!source.fixed_query.is_empty()).then(|| Tree::Object(pairs.collect()))
}

/// What an operation asks for in place of the document's styles of sign-in.
fn security(source: &Source) -> Option<Tree> {
    let none = || Tree::List(Vec::new());
    match source
        .auth
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        [] => Some(none()),
        ["developer"] => {
            let headers = [
                ("email", none()),
                ("password", none()),
                ("customerUri", none()),
            ];
            Some(vec![object(headers).into()].into())
        }
        _ => None,
    }
}

fn request_body(
    source: &Source,
    place: &Place<'_>,
    named: &Named,
    schemas: &mut Schemas,
) -> Option<Tree> {
    let media_type = source.request_content_type.as_deref();
    let node = Node::of(&with_variant_names(source));
    if media_type.is_none() && node.is_empty() {
        return None;
    }
    let asked = source
        .examples
        .iter()
        .filter_map(|example| example.request.as_ref());
    let samples: Vec<&Tree> = asked.filter_map(|asked| asked.body.as_ref()).collect();
    let names = named.request(node.is_list());
    let schema = match source.request_parts.is_empty() {
        true => schemas.body(&node, &samples, Side::Request, &names),
        false => form(source),
    };
    let shown = |index: usize| {
        let asked = source.examples[index].request.as_ref();
        asked.is_some_and(|asked| asked.body.is_some())
    };
    let content = Tree::object([
        ("schema", Some(schema)),
        ("examples", samples_in(source, place, "request", shown)),
    ]);
    let content = object([(media_type.unwrap_or("application/json"), content)]);
    Some(object([("required", true.into()), ("content", content.into())]).into())
}

/// The rows of the request, which name variants as the draft does.
fn with_variant_names(source: &Source) -> Vec<Row> {
    let names = variant_names(source);
    let named = |row: &Row| {
        let variants = row.variants.iter();
        row.in_variants(variants.filter_map(|title| names.get(title).cloned()))
    };
    source.request_fields.iter().map(named).collect()
}

fn form(source: &Source) -> Tree {
    let mut properties = IndexMap::new();
    for part in &source.request_parts {
        let property = Tree::object([
            ("description", Some(sentence(&part.name).into())),
            ("type", Some("string".into())),
            ("contentMediaType", Some("application/octet-stream".into())),
            (
                "x-source",
                (part.source != "doc25.5").then(|| part.source.as_str().into()),
            ),
        ]);
        properties.insert(part.name.clone(), property);
    }
    let required: Vec<Tree> = properties.keys().map(|name| name.as_str().into()).collect();
    Tree::object([
        ("type", Some("object".into())),
        ("required", Some(required.into())),
        ("properties", Some(properties.into())),
    ])
}

fn responses(source: &Source, place: &Place<'_>, named: &Named, schemas: &mut Schemas) -> Tree {
    let shown = source
        .examples
        .first()
        .map(|example| example.response.status);
    let status = source.response_status.or(shown).unwrap_or(200);
    let reason = source.response_reason.as_deref();
    let headers: IndexMap<_, _> = source.response_headers.iter().map(header).collect();
    let success = Tree::object([
        ("description", Some(reason.unwrap_or("Success").into())),
        ("headers", (!headers.is_empty()).then(|| headers.into())),
        (
            "content",
            answer_content(source, status, place, named, schemas),
        ),
    ]);
    let refusal = object([("$ref", "#/components/responses/Error".into())]);
    let mut responses = IndexMap::from([(status.to_string(), success)]);
    responses.insert("default".to_owned(), refusal.into());
    responses.into()
}

fn answer_content(
    source: &Source,
    status: u16,
    place: &Place<'_>,
    named: &Named,
    schemas: &mut Schemas,
) -> Option<Tree> {
    let body = source
        .response_body
        .as_deref()
        .filter(|body| *body != "none")?;
    let media_type = source
        .response_content_type
        .as_deref()
        .unwrap_or("application/json");
    let answers = source.examples.iter().map(|example| &example.response);
    let success = answers.filter(|answer| answer.status == status);
    let samples: Vec<&Tree> = success.filter_map(|answer| answer.body.as_ref()).collect();
    let node = Node::of(&source.response_fields);
    let schema = match (body, node.is_empty()) {
        ("file" | "csv", _) => None,
        (kind, true) => Some(super::types::bare(kind)),
        _ => {
            let names = named.answer(node.is_list());
            Some(schemas.body(&node, &samples, Side::Answer, &names))
        }
    };
    let shown = |index: usize| {
        let answer = &source.examples[index].response;
        answer.status == status && answer.body.is_some()
    };
    let content = Tree::object([
        ("schema", schema),
        ("examples", samples_in(source, place, "response", shown)),
    ]);
    Some(object([(media_type, content)]).into())
}

fn header(row: &HeaderRow) -> (String, Tree) {
    let (description, kind) = match row.name.as_str() {
        "X-Total-Count" => ("How many entries match in all.".to_owned(), "integer"),
        "Location" => {
            let text = "Absolute address of what was created; its last segment is the id.";
            (text.to_owned(), "string")
        }
        name => (sentence(name), "string"),
    };
    let header = Tree::object([
        ("description", Some(description.into())),
        ("schema", Some(super::types::bare(kind))),
        (
            "x-source",
            (row.source != "doc25.5").then(|| row.source.as_str().into()),
        ),
    ]);
    (row.name.clone(), header)
}

/// References to the samples of a body, by the names of their exchanges.
fn samples_in(
    source: &Source,
    place: &Place<'_>,
    side: &str,
    shown: impl Fn(usize) -> bool,
) -> Option<Tree> {
    let pointer = place.pointer.as_ref()?;
    let names = exchange_names(source);
    let named = names.iter().enumerate().filter(|(index, _)| shown(*index));
    let examples = named.map(|(index, name)| {
        let reference = format!("#{pointer}/x-exchanges/{index}/{side}/body");
        (name.clone(), object([("$ref", reference.into())]).into())
    });
    let examples: IndexMap<String, Tree> = examples.collect();
    (!examples.is_empty()).then(|| examples.into())
}

fn variants(source: &Source) -> Option<Tree> {
    let names = variant_names(source);
    let variants = source.variants.iter().zip(names.values());
    let variants: Vec<Tree> = variants
        .map(|(rows, name)| variant(source, rows, name))
        .collect();
    (!variants.is_empty()).then(|| variants.into())
}

fn variant(source: &Source, variant: &VariantRows, name: &str) -> Tree {
    let told = variant.told_by.iter();
    let told = told.filter(|(_, value)| !matches!(value.as_str(), Some("present" | "absent")));
    let when: IndexMap<_, _> = told
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let request = variant.request_fields.as_ref();
    let request = request.map(|rows| rows.iter().map(|row| row.path.as_str()).collect());
    let answer = variant.response_fields.as_ref();
    let answer = answer.map(|paths| paths.iter().map(String::as_str).collect());
    Tree::object([
        ("name", Some(name.into())),
        ("when", (!when.is_empty()).then(|| when.into())),
        ("request-lacks", lacking(&source.request_fields, request)),
        ("response-lacks", lacking(&source.response_fields, answer)),
    ])
}

/// The rows of a table that a variant does not have.
fn lacking(table: &[Row], own: Option<Vec<&str>>) -> Option<Tree> {
    let own = own?;
    let known = own
        .iter()
        .all(|path| table.iter().any(|row| row.path == *path));
    let lacks = table.iter().filter(|row| !own.contains(&row.path.as_str()));
    let lacks: Vec<Tree> = lacks.map(|row| row.path.as_str().into()).collect();
    (known && !lacks.is_empty()).then(|| lacks.into())
}
