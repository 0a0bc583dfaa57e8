use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::document::{Document, Operation, plain, text};
use crate::inputs::{Fields, Inputs};
use crate::schema::spell;

/// A documented sample, or one that the harness made up: what is sent, and what is answered.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// A name for messages, unique within its operation.
    pub name: String,
    /// How much of it is documented.
    pub class: Class,
    /// What is sent; `None` where only the answer is documented.
    pub request: Option<Request>,
    /// The status of the answer.
    pub status: u16,
    /// The headers of the answer.
    pub headers: Vec<(String, String)>,
    /// The body of the answer: JSON, or text where it is a file.
    pub body: Option<Value>,
    inputs: Inputs,
    /// The server that plays it.
    server: String,
}

/// How much of an exchange is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Request and answer: both are held to it.
    Whole,
    /// The answer alone: it must be read, and the request is another sample's.
    ResponseOnly,
    /// It takes place outside the vendor's base URL.
    External,
    /// Made up from the schemas by the harness.
    Synthetic,
}

/// What an exchange sends.
#[derive(Debug, Clone)]
pub struct Request {
    /// The path, percent-encoded as documented.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// The headers, those of authentication included.
    pub headers: Vec<(String, String)>,
    /// A JSON body, or the text of another one.
    pub body: Option<Value>,
    /// The parts of a multipart body.
    pub parts: Vec<Part>,
}

/// A part of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The name of the form's field.
    pub name: String,
    /// The name of the file, where it is one.
    pub file_name: Option<String>,
    /// Its media type, where it is documented.
    pub media_type: Option<String>,
    /// Its content; samples do not document it, so the harness makes it up.
    pub content: Vec<u8>,
}

impl Exchange {
    /// Reads an entry of `x-exchanges`.
    ///
    /// # Panics
    ///
    /// When the entry does not have the form that the document's conventions give it.
    #[must_use]
    pub fn read(document: &Document, operation: &Operation, entry: &Value) -> Self {
        let request = entry.get("request").map(Request::read);
        let request = request.map(|request| request.spelled(document, operation));
        let answer = &entry["response"];
        let status = answer["status"]
            .as_u64()
            .and_then(|status| u16::try_from(status).ok());
        let class = match entry["class"].as_str() {
            Some("whole") => Class::Whole,
            Some("response-only") => Class::ResponseOnly,
            Some("external") => Class::External,
            other => panic!(
                "{}: the class of an exchange cannot be {other:?}",
                operation.id
            ),
        };
        Self {
            name: text(entry, "name"),
            class,
            inputs: Inputs::new(document, operation, request.as_ref()),
            request,
            status: status.unwrap_or_else(|| panic!("{}: no status", operation.id)),
            headers: string_pairs(&answer["headers"]),
            body: answer["body"]
                .get("value")
                .cloned()
                .or_else(|| undocumented_file(operation)),
            server: String::new(),
        }
    }

    /// The same exchange, played by the server at `base_url`.
    pub(crate) fn played_by(&self, base_url: &str) -> Self {
        let server = base_url.to_owned();
        Self {
            server,
            ..self.clone()
        }
    }

    /// The link that an external exchange goes to, at the server that plays it.
    ///
    /// # Panics
    ///
    /// When the sample has no request.
    #[must_use]
    pub fn link(&self) -> String {
        let request = self.request.as_ref().expect("a sample with a request");
        let pairs = request
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let query = pairs.collect::<Vec<_>>().join("&");
        format!("{}{}?{query}", self.server, request.path)
    }

    /// An exchange that the harness made up.
    #[must_use]
    pub fn synthetic(
        document: &Document,
        operation: &Operation,
        name: &str,
        request: Request,
        answer: &Self,
    ) -> Self {
        Self {
            name: name.to_owned(),
            class: Class::Synthetic,
            inputs: Inputs::new(document, operation, Some(&request)),
            request: Some(request),
            ..answer.clone()
        }
    }

    /// This exchange's answer to another one's request.
    #[must_use]
    pub fn asked_as(&self, other: &Self) -> Self {
        let (request, inputs) = (other.request.clone(), other.inputs.clone());
        Self {
            request,
            inputs,
            ..self.clone()
        }
    }

    /// A path argument, decoded.
    #[must_use]
    pub fn path<V: DeserializeOwned + Debug>(&self, name: &str) -> V {
        self.inputs.place("path").need(name)
    }

    /// The query parameters.
    #[must_use]
    pub fn query(&self) -> Fields<'_> {
        self.inputs.place("query")
    }

    /// The members of the JSON body; none where there is no body.
    #[must_use]
    pub fn body(&self) -> Fields<'_> {
        self.inputs.place("body")
    }

    /// The entries of a JSON body that is a list.
    #[must_use]
    pub fn entries<T>(&self, read: impl Fn(Fields<'_>) -> T) -> Vec<T> {
        self.inputs.place("body").each(read)
    }

    /// The entries of a JSON body that is a list of texts or numbers.
    ///
    /// # Panics
    ///
    /// When the body is no such list: the case is wrong.
    #[must_use]
    pub fn values<V: DeserializeOwned + Debug>(&self) -> Vec<V> {
        let body = self
            .request
            .as_ref()
            .and_then(|request| request.body.clone());
        let read = serde_json::from_value(body.unwrap_or_default());
        read.unwrap_or_else(|error| panic!("{}: the body is no list: {error}", self.name))
    }

    /// A part of a multipart body.
    ///
    /// # Panics
    ///
    /// When the sample has no such part.
    #[must_use]
    pub fn part(&self, name: &str) -> &Part {
        self.part_if_any(name)
            .unwrap_or_else(|| panic!("{}: the sample has no part `{name}`", self.name))
    }

    /// A part that the exchange may lack.
    #[must_use]
    pub fn part_if_any(&self, name: &str) -> Option<&Part> {
        let mut parts = self.request.iter().flat_map(|request| &request.parts);
        parts.find(|part| part.name == name)
    }

    /// Whether the exchange has an input, such as `query.id` or `body.csr`.
    #[must_use]
    pub fn has(&self, input: &str) -> bool {
        let (place, name) = input.split_once('.').unwrap_or((input, ""));
        self.inputs.has(place, name) || (place == "body" && self.part_if_any(name).is_some())
    }

    /// A text in the request's body, without regard to what is documented of it.
    pub(crate) fn member(&self, name: &str) -> Option<&str> {
        self.request.as_ref()?.body.as_ref()?.get(name)?.as_str()
    }

    /// A header of the request, empty where the sample has none of that name.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let headers = self.request.iter().flat_map(|request| &request.headers);
        let mut named = headers.filter(|(given, _)| given.eq_ignore_ascii_case(name));
        named.next().map_or("", |(_, value)| value)
    }

    /// The body of the answer: a file's text as it is, anything else as JSON.
    #[must_use]
    pub fn answer_bytes(&self) -> Option<Vec<u8>> {
        let body = self.body.as_ref()?;
        Some(
            body.as_str()
                .map_or_else(|| body.to_string(), str::to_owned)
                .into_bytes(),
        )
    }

    /// What was found while a case read its inputs.
    #[must_use]
    pub fn findings(&self) -> Vec<String> {
        self.inputs.findings()
    }
}

impl Request {
    fn read(entry: &Value) -> Self {
        let (path, query) = target(entry);
        let parts = entry["parts"].as_array().into_iter().flatten();
        Self {
            path,
            query,
            headers: string_pairs(&entry["headers"]),
            body: entry["body"].get("value").cloned(),
            parts: parts.map(Part::read).collect(),
        }
    }

    /// The same request with listed values as they are listed, where a sample writes them in
    /// another case.
    fn spelled(mut self, document: &Document, operation: &Operation) -> Self {
        if let (Some(body), Some(documented)) = (&mut self.body, &operation.request) {
            spell(document, &documented.schema, body);
        }
        self
    }
}

/// Path and query: of the vendor's own address, or of a link outside it.
fn target(entry: &Value) -> (String, Vec<(String, String)>) {
    if let Ok(url) = text(entry, "url").parse::<url::Url>() {
        return (
            url.path().to_owned(),
            url.query_pairs().into_owned().collect(),
        );
    }
    let query = entry["query"].as_array().into_iter().flatten();
    let query = query.map(|pair| (plain(&pair[0]), plain(&pair[1])));
    (text(entry, "path"), query.collect())
}

impl Part {
    fn read(entry: &Value) -> Self {
        let name = text(entry, "name");
        let file_name = entry["fileName"].as_str().map(str::to_owned);
        let made_up = format!("content of {name}");
        Self {
            content: entry["value"]
                .as_str()
                .map_or(made_up, str::to_owned)
                .into_bytes(),
            media_type: entry["contentType"].as_str().map(str::to_owned),
            name,
            file_name,
        }
    }
}

fn string_pairs(value: &Value) -> Vec<(String, String)> {
    let members = value.as_object().into_iter().flatten();
    members
        .map(|(name, value)| (name.clone(), plain(value)))
        .collect()
}

/// What stands for a file where the sample shows its headers alone.
fn undocumented_file(operation: &Operation) -> Option<Value> {
    let file = operation.answer.as_ref().filter(|body| !body.is_json());
    file.map(|_| Value::from("content of the file"))
}
