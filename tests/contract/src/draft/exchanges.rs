use indexmap::IndexMap;

use super::names::joined;
use super::source::{Answered, Asked, Example, Source};
use crate::tree::Tree;

/// The samples of an operation, as `x-exchanges` has them.
pub(crate) fn exchanges(source: &Source) -> Vec<Tree> {
    let names = exchange_names(source);
    let samples = source.examples.iter().zip(&names);
    samples
        .map(|(example, name)| exchange(source, example, name))
        .collect()
}

/// A name for each sample: that of its variant, or `sample`, numbered where it is taken.
pub(crate) fn exchange_names(source: &Source) -> Vec<String> {
    let variants = variant_names(source);
    let mut names: Vec<String> = Vec::new();
    for example in &source.examples {
        let variant = example
            .variant
            .as_ref()
            .and_then(|title| variants.get(title));
        let plain = variant.map_or("sample", String::as_str);
        let numbered = (2..).map(|number| format!("{plain}-{number}"));
        let mut free = std::iter::once(plain.to_owned()).chain(numbered);
        names.extend(free.find(|name| !names.contains(name)));
    }
    names
}

/// The names of an operation's variants by their titles: the words that tell them apart.
pub(crate) fn variant_names(source: &Source) -> IndexMap<String, String> {
    let titles = source.variants.iter().map(|variant| variant.title.as_str());
    let split: Vec<Vec<&str>> = titles
        .clone()
        .map(|title| title.split(' ').collect())
        .collect();
    let same = |at: &dyn Fn(&Vec<&str>) -> Option<String>| {
        let mut words = split.iter().map(at);
        let first = words.next().flatten();
        first.is_some() && words.all(|word| word == first)
    };
    let word = |title: &Vec<&str>, index: usize| Some((*title.get(index)?).to_lowercase());
    let last = |title: &Vec<&str>, index: usize| word(title, title.len().checked_sub(index + 1)?);
    let shortest = split.iter().map(Vec::len).min().unwrap_or(0);
    let leading = (0..shortest)
        .take_while(|index| same(&|title| word(title, *index)))
        .count();
    let trailing = (0..shortest - leading)
        .take_while(|index| same(&|title| last(title, *index)))
        .count();
    let name =
        |title: &Vec<&str>| match joined(&title[leading..title.len() - trailing].join(" "), "-") {
            name if name.is_empty() => "plain".to_owned(),
            name => name,
        };
    titles
        .map(str::to_owned)
        .zip(split.iter().map(name))
        .collect()
}

fn exchange(source: &Source, example: &Example, name: &str) -> Tree {
    let asked = example.request.as_ref();
    let class = match (source.external, asked) {
        (true, _) => "external",
        (false, Some(_)) => "whole",
        (false, None) => "response-only",
    };
    Tree::object([
        ("name", Some(name.into())),
        ("class", Some(class.into())),
        ("request", asked.map(request)),
        ("response", Some(response(&example.response))),
    ])
}

fn request(asked: &Asked) -> Tree {
    let parts: Vec<Tree> = asked.form.iter().map(|part| self::part(part)).collect();
    Tree::object([
        ("method", Some(asked.method.as_str().into())),
        ("path", asked.path.as_deref().map(Tree::from)),
        ("url", asked.url.as_deref().map(Tree::from)),
        ("query", filled(asked.query.clone())),
        ("headers", headers(&asked.headers)),
        ("body", asked.body.as_ref().map(body)),
        ("parts", filled(parts)),
    ])
}

fn response(answered: &Answered) -> Tree {
    let status = i64::from(answered.status);
    Tree::object([
        ("status", Some(status.into())),
        ("reason", answered.reason.as_deref().map(Tree::from)),
        ("headers", headers(&answered.headers)),
        ("body", answered.body.as_ref().map(body)),
    ])
}

fn body(value: &Tree) -> Tree {
    Tree::object([("value", Some(value.clone()))])
}

fn filled(entries: Vec<Tree>) -> Option<Tree> {
    (!entries.is_empty()).then(|| entries.into())
}

fn headers(headers: &IndexMap<String, Tree>) -> Option<Tree> {
    (!headers.is_empty()).then(|| headers.clone().into())
}

/// A part as `curl` writes it: `name=@file;type=media/type`, or `name=text`.
fn part(text: &str) -> Tree {
    let (name, rest) = text.split_once('=').unwrap_or((text, ""));
    let (content, media_type) = match rest.split_once(";type=") {
        Some((content, media_type)) => (content, Some(media_type)),
        None => (rest, None),
    };
    let file = content.strip_prefix('@');
    Tree::object([
        ("name", Some(name.into())),
        ("fileName", file.map(Tree::from)),
        ("contentType", media_type.map(Tree::from)),
        ("value", file.is_none().then(|| content.into())),
    ])
}
