use std::fmt;

use bytes::Bytes;

use super::Body;

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
}

impl Multipart {
    /// An empty form with a boundary of 128 random bits.
    #[must_use]
    pub fn new() -> Self {
        let boundary = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        Self {
            boundary,
            segments: Vec::new(),
        }
    }

    /// Adds a plain field.
    #[must_use]
    pub fn text(self, name: &str, value: impl Into<String>) -> Self {
        let head = format!("form-data; name=\"{}\"", quoted(name));
        self.part(&head, None, Bytes::from(value.into()))
    }

    /// Adds a file with its name and media type.
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

    fn part(mut self, head: &str, media_type: Option<&str>, content: Bytes) -> Self {
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
