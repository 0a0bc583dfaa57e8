//! What domains publish: told by whoever tests, because there is no DNS here.

use std::collections::HashMap;

use http::{Method, StatusCode};

use crate::{
    frame::{Object, Reply, Request},
    sectigo_scm::{SectigoScm, problem::Problem},
};

pub(in crate::sectigo_scm) const PATH: &str = "/emulator/dns";
const TYPES: [&str; 4] = ["CNAME", "TXT", "HTTP", "HTTPS"];

/// Values by type and name: records, and files by their addresses.
#[derive(Debug, Default)]
pub(super) struct Published {
    values: HashMap<(String, String), Vec<String>>,
}

impl Published {
    pub(super) fn add(&mut self, kind: &str, name: &str, value: &str) {
        let values = self.values.entry(key(kind, name)).or_default();
        values.push(value.to_owned());
    }

    fn remove(&mut self, kind: &str, name: &str, value: Option<&str>) {
        if let Some(values) = self.values.get_mut(&key(kind, name)) {
            values.retain(|known| value.is_some_and(|value| known != value));
        }
    }

    pub(super) fn has_alias(&self, name: &str, target: &str) -> bool {
        let wanted = host(target);
        self.of("CNAME", name).any(|value| host(value) == wanted)
    }

    pub(super) fn has_text(&self, name: &str, text: &str) -> bool {
        self.of("TXT", name).any(|value| value == text)
    }

    /// Whether a file begins with these lines.
    pub(super) fn has_file(&self, scheme: &str, url: &str, lines: [&str; 2]) -> bool {
        let begins = |content: &str| {
            let mut content = content.lines().map(str::trim);
            lines.iter().all(|line| content.next() == Some(line))
        };
        self.of(scheme, url).any(begins)
    }

    fn of(&self, kind: &str, name: &str) -> impl Iterator<Item = &str> {
        let values = self.values.get(&key(kind, name));
        values.into_iter().flatten().map(String::as_str)
    }
}

impl SectigoScm {
    /// Publishes a record of a domain (`CNAME`, `TXT`), or a file at an address (`HTTP`, `HTTPS`).
    pub fn publish(&mut self, kind: &str, name: &str, value: &str) {
        self.domains.published.add(kind, name, value);
    }

    /// `POST` publishes, `DELETE` takes back: one value, or all that a name has of a type.
    pub(in crate::sectigo_scm) fn answer_dns(&mut self, request: &Request) -> Reply {
        let answered = match request.method {
            Method::POST => self.published(request, true),
            Method::DELETE => self.published(request, false),
            _ => return Reply::empty(StatusCode::METHOD_NOT_ALLOWED),
        };
        answered.map_or_else(Reply::from, |()| Reply::empty(StatusCode::NO_CONTENT))
    }

    fn published(&mut self, request: &Request, add: bool) -> Result<(), Problem> {
        let mut body = Object::parse(&request.body)?;
        let name = body.required_text("name", 1..)?;
        let kind = body.choice("type", &TYPES)?;
        let kind = kind.ok_or_else(|| Problem::missing("type"))?;
        let value = body.text("value", ..)?;
        body.finish()?;
        match (add, value) {
            (true, Some(value)) => self.publish(&kind, &name, &value),
            (true, None) => return Err(Problem::missing("value")),
            (false, value) => self
                .domains
                .published
                .remove(&kind, &name, value.as_deref()),
        }
        Ok(())
    }
}

fn key(kind: &str, name: &str) -> (String, String) {
    let name = match kind {
        "CNAME" | "TXT" => host(name),
        _ => name.to_owned(),
    };
    (kind.to_owned(), name)
}

/// A host name as it compares: without the dot at its end, and in one case.
fn host(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_lowercase()
}
