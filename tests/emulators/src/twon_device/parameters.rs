use bytes::Bytes;
use http::{Method, header::CONTENT_TYPE};

use super::problem::Problem;
use crate::frame::{Query, Request, multipart};

/// The parameters of a request, wherever they came in. What is taken out is known; the rest is not.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    given: Vec<(String, Bytes)>,
}

impl Parameters {
    /// Reads query and body; a later one of the same name takes the place of an earlier one.
    pub(super) fn read(request: &Request) -> Result<Self, Problem> {
        let mut parameters = Self::default();
        parameters.add_pairs(request.query.as_deref())?;
        let takes_body = request.method == Method::POST || request.method == Method::PUT;
        match request.media_type().as_deref() {
            None if request.headers.contains_key(CONTENT_TYPE) => {
                return Err(Problem::UNSUPPORTED_TYPE);
            }
            None if request.body.is_empty() => {}
            Some("multipart/form-data") if takes_body => {
                for part in multipart::parse(request)? {
                    parameters.add(part.name, part.content);
                }
            }
            Some("application/x-www-form-urlencoded") if takes_body => {
                let text = String::from_utf8_lossy(&request.body);
                parameters.add_pairs(Some(&text))?;
            }
            _ => return Err(Problem::UNSUPPORTED_TYPE),
        }
        Ok(parameters)
    }

    /// Takes a text out.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let Some(content) = self.take(name) else {
            return Ok(None);
        };
        match String::from_utf8(content.to_vec()) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(Problem::invalid(name, "the parameter is not UTF-8")),
        }
    }

    /// Takes a file out that has to be there.
    pub(super) fn file(&mut self, name: &str) -> Result<Bytes, Problem> {
        match self.take(name) {
            Some(content) if content.len() > LARGEST_FILE => Err(Problem::too_large(name)),
            Some(content) if !content.is_empty() => Ok(content),
            _ => Err(Problem::missing(name)),
        }
    }

    /// Refuses what nobody took.
    pub(super) fn finish(self) -> Result<(), Problem> {
        match self.given.first() {
            Some((name, _)) => Err(Problem::invalid(name, "unknown parameter")),
            None => Ok(()),
        }
    }

    fn add_pairs(&mut self, text: Option<&str>) -> Result<(), Problem> {
        for (name, value) in Query::parse(text)?.pairs() {
            if name.starts_with("blob-") {
                return Err(Problem::invalid(&name, "only multipart forms carry it"));
            }
            self.add(name, value.into());
        }
        Ok(())
    }

    fn add(&mut self, name: String, content: Bytes) {
        self.given.retain(|(known, _)| *known != name);
        self.given.push((name, content));
    }

    fn take(&mut self, name: &str) -> Option<Bytes> {
        let index = self.given.iter().position(|(known, _)| known == name)?;
        Some(self.given.remove(index).1)
    }
}

const LARGEST_FILE: usize = 64 << 10;
