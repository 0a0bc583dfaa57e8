use std::fmt;

use base64::Engine as _;
use bytes::Bytes;
use http::HeaderValue;

use super::Body;
use crate::client::Error;
use crate::values::Secret;

/// A `multipart/form-data` body after RFC 7578.
///
/// It is encoded into segments, so the content of a file is neither copied nor lost when a
/// challenged or failed upload is sent again.
///
/// ```
/// use cert_core::client::Multipart;
///
/// let form = Multipart::new()
///     .text("id", "@door")
///     .file("blob-cert", "cert.pem", "application/octet-stream", &b"..."[..]);
/// assert!(form.content_type().starts_with("multipart/form-data; boundary="));
/// ```
#[derive(Clone)]
pub struct Multipart {
    boundary: String,
    segments: Vec<Bytes>,
    secrets: Vec<Secret>,
    problem: Option<&'static str>,
}

impl Multipart {
    /// An empty form with a boundary of 128 random bits.
    #[must_use]
    pub fn new() -> Self {
        let boundary = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        Self {
            boundary,
            segments: Vec::new(),
            secrets: Vec::new(),
            problem: None,
        }
    }

    /// Adds a plain field.
    #[must_use]
    pub fn text(self, name: &str, value: impl Into<String>) -> Self {
        let head = format!("form-data; name=\"{}\"", quoted(name));
        self.part(&head, None, Bytes::from(value.into()))
    }

    /// Adds a plain field that is a secret: errors mask it.
    #[must_use]
    pub fn secret(mut self, name: &str, value: &Secret) -> Self {
        self.secrets.push(value.clone());
        self.text(name, value.expose())
    }

    /// Adds a file that is a secret, such as a private key: errors mask it, also in base64.
    #[must_use]
    pub fn secret_file(
        mut self,
        name: &str,
        file_name: &str,
        media_type: &str,
        content: impl Into<Bytes>,
    ) -> Self {
        let content = content.into();
        let base64 = base64::engine::general_purpose::STANDARD.encode(&content);
        let text = str::from_utf8(&content).ok().map(Secret::from);
        self.secrets.extend(text.into_iter().chain([base64.into()]));
        self.file(name, file_name, media_type, content)
    }

    /// Adds a file with its name and media type. A media type that no header can carry is an
    /// error of the call.
    #[must_use]
    pub fn file(
        self,
        name: &str,
        file_name: &str,
        media_type: &str,
        content: impl Into<Bytes>,
    ) -> Self {
        let head = format!(
            "form-data; name=\"{}\"; filename=\"{}\"",
            quoted(name),
            quoted(file_name)
        );
        self.part(&head, Some(media_type), content.into())
    }

    /// The value for `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    pub(crate) fn take_secrets(&mut self) -> Vec<Secret> {
        std::mem::take(&mut self.secrets)
    }

    pub(crate) fn take_problem(&mut self) -> Option<Error> {
        self.problem.take().map(Error::argument)
    }

    fn part(mut self, head: &str, media_type: Option<&str>, content: Bytes) -> Self {
        if media_type.is_some_and(|text| HeaderValue::from_str(text).is_err()) {
            self.problem = Some("the media type of a file is not a header value");
            return self;
        }
        let media_type = media_type
            .map(|t| format!("Content-Type: {t}\r\n"))
            .unwrap_or_default();
        let head = format!(
            "--{}\r\nContent-Disposition: {head}\r\n{media_type}\r\n",
            self.boundary
        );
        self.segments
            .extend([head.into(), content, Bytes::from_static(b"\r\n")]);
        self
    }
}

impl Default for Multipart {
    fn default() -> Self {
        Self::new()
    }
}

impl From<Multipart> for Body {
    fn from(mut form: Multipart) -> Self {
        form.segments
            .push(format!("--{}--\r\n", form.boundary).into());
        form.segments.into()
    }
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Multipart({} parts)", self.segments.len() / 3)
    }
}

/// A name as browsers write it between quotes (HTML, multipart form data).
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_their_header() {
        let form = Multipart::new().file("f\"\r\nX: y", "a\"b", "text/plain", "content");
        let boundary = form.boundary.clone();
        let body = Body::from(form).to_bytes();
        let expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"f%22%0D%0AX: y\"; \
             filename=\"a%22b\"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n--{boundary}--\r\n"
        );
        assert_eq!(body, expected.as_bytes());
    }
}
