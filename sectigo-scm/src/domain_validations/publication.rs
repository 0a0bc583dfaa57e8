//! Records, files and mails that prove to the CA who controls a domain.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// Proof of control of a domain, to be published: a DNS record, a file, or an answer to a mail.
///
/// ```no_run
/// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
/// use sectigo_scm::domain_validations::Publication;
///
/// match scm.domain_validations().start_http("example.com").await? {
///     Publication::File { path, content, .. } => println!("serve at {path}:\n{content}"),
///     other => println!("{other:?}"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Publication {
    /// A DNS record.
    Dns {
        /// Fully qualified name of the record, with a dot at its end.
        name: String,
        /// Type of the record.
        kind: RecordType,
        /// Value of the record: of a CNAME record a fully qualified name with a dot at its end,
        /// of a TXT record its text without quotes.
        value: String,
    },
    /// A file that a web server of the domain hands out.
    File {
        /// Address at which the CA asks for the file.
        url: String,
        /// Path of that address, from its first `/`.
        path: String,
        /// Content of the file.
        content: String,
    },
    /// A mail whose link has to be followed.
    Mail {
        /// Addresses that the mail can go to.
        addresses: Vec<String>,
    },
}

/// Type of a DNS record that proves control of a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordType {
    /// Canonical name (RFC 1035 section 3.3.1).
    Cname,
    /// Text (RFC 1035 section 3.3.14).
    Txt,
}

impl Publication {
    /// The record as a line of a zone file (RFC 1035 section 5.1); `None` where it is no record.
    #[must_use]
    pub fn zone_line(&self) -> Option<String> {
        match self {
            Self::Dns { name, kind, value } => Some(match kind {
                RecordType::Cname => format!("{name} IN CNAME {value}"),
                RecordType::Txt => format!("{name} IN TXT {}", quoted(value)),
            }),
            _ => None,
        }
    }

    pub(super) fn dns(
        kind: RecordType,
        host: Option<&String>,
        point: Option<&String>,
    ) -> Option<Self> {
        let (name, point) = (absolute(host?), point?);
        let value = match kind {
            RecordType::Cname => absolute(point),
            RecordType::Txt => point.clone(),
        };
        Some(Self::Dns { name, kind, value })
    }

    pub(super) fn file(
        url: Option<&String>,
        first_line: Option<&String>,
        second_line: Option<&String>,
    ) -> Option<Self> {
        let url = url?.clone();
        Some(Self::File {
            path: path_of(&url).to_owned(),
            url,
            content: format!("{}\n{}", first_line?, second_line?),
        })
    }

    pub(super) fn mail(address: Option<&String>) -> Option<Self> {
        let addresses = vec![address?.clone()];
        Some(Self::Mail { addresses })
    }
}

impl RecordType {
    /// Name of the type, as zone files write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cname => "CNAME",
            Self::Txt => "TXT",
        }
    }
}

impl fmt::Display for RecordType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

cert_core::response! {
    /// Answer to a start.
    struct Instruction {
        host: Option<String>,
        point: Option<String>,
        url: Option<String>,
        first_line: Option<String>,
        second_line: Option<String>,
    }
}

impl<'de> Deserialize<'de> for Publication {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let told = Instruction::deserialize(deserializer)?;
        let (host, point) = (told.host.as_ref(), told.point.as_ref());
        let (first, second) = (told.first_line.as_ref(), told.second_line.as_ref());
        Self::dns(RecordType::Cname, host, point)
            .or_else(|| Self::file(told.url.as_ref(), first, second))
            .ok_or_else(|| D::Error::missing_field("host, point` or `url, firstLine, secondLine"))
    }
}

/// The name with the dot at its end that keeps resolvers from adding a domain of theirs.
fn absolute(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

fn path_of(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    after_scheme
        .find('/')
        .map_or("/", |start| &after_scheme[start..])
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use cert_core::client::{Answer, Error};
    use http::{HeaderMap, StatusCode};

    use super::{Publication, RecordType, path_of};

    fn read(told: &'static str) -> Result<Publication, Error> {
        Answer::new(StatusCode::OK, HeaderMap::new(), told.into()).json()
    }

    #[test]
    fn names_end_in_one_dot_however_they_are_told() {
        for told in [
            r#"{"host": "_a.example.com.", "point": "b.ca."}"#,
            r#"{"host": "_a.example.com", "point": "b.ca"}"#,
        ] {
            let line = read(told).expect("a record").zone_line();
            assert_eq!(line.as_deref(), Some("_a.example.com. IN CNAME b.ca."));
        }
    }

    #[test]
    fn texts_are_told_as_they_are_and_quoted_in_zone_files() {
        let text = r#"zY "5J\<%."#.to_owned();
        let host = "_pki-validation.example.com.".to_owned();
        let record = Publication::dns(RecordType::Txt, Some(&host), Some(&text));
        let record = record.expect("a record");
        assert!(matches!(&record, Publication::Dns { value, .. } if *value == text));
        let line = r#"_pki-validation.example.com. IN TXT "zY \"5J\\<%.""#;
        assert_eq!(record.zone_line().as_deref(), Some(line));
    }

    #[test]
    fn a_file_is_told_with_its_path_and_both_lines() {
        let told = r#"{"url": "http://a.example/.well-known/pki-validation/1.txt",
            "firstLine": "c0ffee", "secondLine": "sectigo.com"}"#;
        let file = Publication::File {
            url: "http://a.example/.well-known/pki-validation/1.txt".to_owned(),
            path: "/.well-known/pki-validation/1.txt".to_owned(),
            content: "c0ffee\nsectigo.com".to_owned(),
        };
        assert_eq!(read(told).expect("a file"), file);
        assert_eq!(file.zone_line(), None);
        assert_eq!(path_of("http://a.example"), "/");
    }

    #[test]
    fn half_an_instruction_is_none() {
        for told in [
            "{}",
            r#"{"host": "a."}"#,
            r#"{"url": "http://a/", "firstLine": "b"}"#,
        ] {
            let error = read(told).expect_err("half of it is missing").to_string();
            assert!(error.contains("missing field `host"), "{error}");
        }
    }
}
