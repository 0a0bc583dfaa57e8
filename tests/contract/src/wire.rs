use http::{HeaderMap, HeaderName, Method, header};
use jsonschema::Validator;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::document::{Document, Operation};
use crate::exchange::{Exchange, Part, Request};
use crate::multipart;

/// Headers that HTTP and its libraries add; no contract speaks of them.
const TRANSPORT_HEADERS: [HeaderName; 6] = [
    header::HOST,
    header::USER_AGENT,
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONNECTION,
];

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    /// The method.
    pub(crate) method: Method,
    /// The path, percent-encoded.
    pub(crate) path: String,
    /// Path and query, as they were sent.
    pub(crate) target: String,
    /// The query, decoded.
    pub(crate) query: Vec<(String, String)>,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl From<&wiremock::Request> for Received {
    fn from(request: &wiremock::Request) -> Self {
        Self {
            method: request.method.clone(),
            path: request.url.path().to_owned(),
            target: request.url[url::Position::BeforePath..].to_owned(),
            query: request.url.query_pairs().into_owned().collect(),
            headers: request.headers.clone(),
            body: request.body.clone(),
        }
    }
}

impl Received {
    /// What parts the sections of a form.
    pub(crate) fn boundary(&self) -> Option<String> {
        let content_type = self.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        multipart::parameter(content_type, "boundary")
    }
}

/// What an operation's requests are held to.
pub(crate) struct Contract<'s> {
    pub(crate) operation: &'s Operation,
    body: Option<Validator>,
}

impl<'s> Contract<'s> {
    /// The contract of an operation; fails where the schema of its body is none.
    pub(crate) fn new(document: &Document, operation: &'s Operation) -> Result<Self, String> {
        let json = operation.request.as_ref().filter(|body| body.is_json());
        let schema = json.map(|body| document.standalone(&body.schema));
        let validator = schema.map(|schema| jsonschema::validator_for(&schema));
        let body = validator.transpose().map_err(|error| {
            format!(
                "{}: the schema of the body is no schema: {error}",
                operation.id
            )
        })?;
        Ok(Self { operation, body })
    }

    /// Every way in which what arrived differs from what is documented.
    pub(crate) fn differences(&self, exchange: &Exchange, received: &Received) -> Vec<String> {
        let Some(documented) = &exchange.request else {
            return Vec::new();
        };
        let mut found = Vec::new();
        if received.method != self.operation.method {
            let (is, should) = (&received.method, &self.operation.method);
            found.push(format!("method {is} instead of {should}"));
        }
        if segments(&received.path) != segments(&documented.path) {
            let (is, should) = (&received.path, &documented.path);
            found.push(format!("path {is} instead of {should}"));
        }
        query(&documented.query, &received.query, &mut found);
        headers(documented, received, &mut found);
        self.body(documented, received, &mut found);
        found
    }

    fn body(&self, documented: &Request, received: &Received, found: &mut Vec<String>) {
        if !documented.parts.is_empty() {
            parts(&documented.parts, received, found);
            return;
        }
        let size = received.body.len();
        match (&documented.body, &self.body) {
            (None, _) if size == 0 => {}
            (None, _) => found.push(format!("a body of {size} bytes where none is documented")),
            (Some(wanted), Some(validator)) => self.json(wanted, received, validator, found),
            (Some(wanted), None) => {
                if wanted.as_str().map(str::as_bytes) != Some(&received.body) {
                    found.push("the body differs from the documented text".to_owned());
                }
            }
        }
    }

    fn json(
        &self,
        wanted: &Value,
        received: &Received,
        validator: &Validator,
        found: &mut Vec<String>,
    ) {
        match serde_json::from_slice::<Value>(&received.body) {
            Ok(sent) => {
                let updates = [Method::PUT, Method::PATCH].contains(&self.operation.method);
                json_differences("body", wanted, &sent, updates, found);
                let errors = validator.iter_errors(&sent);
                found.extend(errors.map(|error| format!("the body breaks its schema: {error}")));
            }
            Err(error) => found.push(format!("the body is no JSON: {error}")),
        }
    }
}

fn segments(path: &str) -> Vec<String> {
    path.split('/')
        .map(|part| percent_decode_str(part).decode_utf8_lossy().into())
        .collect()
}

/// Compares pairs: the order within one name counts, that of the names does not. A value that
/// is documented as empty may be left out.
fn query(documented: &[(String, String)], sent: &[(String, String)], found: &mut Vec<String>) {
    let values = |pairs: &[(String, String)], name: &str| -> Vec<String> {
        let named = pairs.iter().filter(|(given, _)| given == name);
        named.map(|(_, value)| value.clone()).collect()
    };
    let mut names: Vec<_> = documented
        .iter()
        .chain(sent)
        .map(|(name, _)| name)
        .collect();
    names.sort();
    names.dedup();
    for name in names {
        let (wanted, got) = (values(documented, name), values(sent, name));
        let left_out = got.is_empty() && wanted.iter().all(String::is_empty);
        if wanted != got && !left_out {
            found.push(format!("query `{name}` is {got:?} instead of {wanted:?}"));
        }
    }
}

/// Compares headers: `Content-Type` by its media type, and only where there is a body; the
/// samples also show it on requests without one, where RFC 9110 gives it no meaning.
fn headers(documented: &Request, received: &Received, found: &mut Vec<String>) {
    let sent = |name: &str| {
        received
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    for (name, wanted) in &documented.headers {
        let got = sent(name);
        let same = match name.to_ascii_lowercase().as_str() {
            "content-type" => continue,
            "accept" => got.is_some_and(|got| media_type(got) == media_type(wanted)),
            _ => got == Some(wanted),
        };
        if !same {
            found.push(format!("header `{name}` is {got:?} instead of {wanted:?}"));
        }
    }
    for name in received.headers.keys() {
        let named = |(given, _): &(String, String)| given.eq_ignore_ascii_case(name.as_str());
        let known = documented.headers.iter().any(named) || TRANSPORT_HEADERS.contains(name);
        if !known && name != header::CONTENT_TYPE {
            found.push(format!("header `{name}` is not documented"));
        }
    }
    let has_body = documented.body.is_some() || !documented.parts.is_empty();
    let wanted = documented
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let content_type = sent("content-type");
    match wanted {
        _ if !has_body => {
            found.extend(content_type.map(|got| format!("Content-Type {got:?} without a body")));
        }
        Some((_, wanted)) if content_type.map(media_type) != Some(media_type(wanted)) => {
            found.push(format!(
                "Content-Type is {content_type:?} instead of {wanted:?}"
            ));
        }
        None if content_type.is_none() => found.push("a body without Content-Type".to_owned()),
        _ => {}
    }
}

fn media_type(value: &str) -> String {
    value
        .split(';')
        .next()
        .unwrap_or(value)
        .trim()
        .to_ascii_lowercase()
}

/// Compares JSON. A documented null may be left out, except in an update, where it empties.
fn json_differences(
    place: &str,
    wanted: &Value,
    sent: &Value,
    strict: bool,
    found: &mut Vec<String>,
) {
    match (wanted, sent) {
        (Value::Object(wanted), Value::Object(sent)) => {
            for (key, value) in wanted {
                match sent.get(key) {
                    Some(got) => {
                        json_differences(&format!("{place}.{key}"), value, got, strict, found);
                    }
                    None if value.is_null() && !strict => {}
                    None => found.push(format!("{place}.{key} is not sent, documented: {value}")),
                }
            }
            for key in sent.keys().filter(|key| !wanted.contains_key(*key)) {
                found.push(format!(
                    "{place}.{key} is sent without being documented here"
                ));
            }
        }
        (Value::Array(wanted), Value::Array(sent)) if wanted.len() == sent.len() => {
            for (index, (value, got)) in wanted.iter().zip(sent).enumerate() {
                json_differences(&format!("{place}[{index}]"), value, got, strict, found);
            }
        }
        _ if wanted == sent => {}
        _ => found.push(format!("{place} is {sent} instead of {wanted}")),
    }
}

fn parts(wanted: &[Part], received: &Received, found: &mut Vec<String>) {
    let content_type = received.headers.get(header::CONTENT_TYPE);
    let content_type = content_type
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let sent = match multipart::parts(content_type, &received.body) {
        Ok(sent) => sent,
        Err(error) => return found.push(format!("the form cannot be read: {error}")),
    };
    let names = |parts: &[Part]| {
        parts
            .iter()
            .map(|part| part.name.clone())
            .collect::<Vec<_>>()
    };
    if names(wanted) != names(&sent) {
        found.push(format!(
            "parts {:?} instead of {:?}",
            names(&sent),
            names(wanted)
        ));
        return;
    }
    for (wanted, sent) in wanted.iter().zip(&sent) {
        let name = &wanted.name;
        if wanted.file_name.is_some() && wanted.file_name != sent.file_name {
            let (got, wanted) = (&sent.file_name, &wanted.file_name);
            found.push(format!(
                "part `{name}` is file {got:?} instead of {wanted:?}"
            ));
        }
        if wanted.media_type.is_some() && wanted.media_type != sent.media_type {
            let (got, wanted) = (&sent.media_type, &wanted.media_type);
            found.push(format!("part `{name}` is {got:?} instead of {wanted:?}"));
        }
        if wanted.content != sent.content {
            found.push(format!("the content of part `{name}` differs"));
        }
    }
}
