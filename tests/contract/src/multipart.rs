use crate::exchange::Part;

/// Reads a `multipart/form-data` body (RFC 7578).
///
/// # Errors
///
/// Says where the body breaks the format.
pub(crate) fn parts(content_type: &str, body: &[u8]) -> Result<Vec<Part>, String> {
    let boundary = parameter(content_type, "boundary").ok_or("the media type has no boundary")?;
    let delimiter = format!("\r\n--{boundary}");
    let framed = [b"\r\n", body].concat();
    let mut sections = split(&framed, delimiter.as_bytes()).into_iter();
    if sections.next().is_none_or(|preamble| !preamble.is_empty()) {
        return Err("the body does not begin with its boundary".into());
    }
    let mut parts = Vec::new();
    for section in sections {
        if section.starts_with(b"--") {
            return Ok(parts);
        }
        parts.push(part(section)?);
    }
    Err("the body does not end with its boundary and two hyphens".into())
}

fn part(section: &[u8]) -> Result<Part, String> {
    let section = section
        .strip_prefix(b"\r\n")
        .ok_or("a boundary is not followed by a new line")?;
    let end = find(section, b"\r\n\r\n").ok_or("a part has no end of its headers")?;
    let headers = str::from_utf8(&section[..end]).map_err(|_| "a part's headers are not UTF-8")?;
    let header = |name: &str| {
        let mut lines = headers
            .split("\r\n")
            .filter_map(|line| line.split_once(':'));
        lines
            .find(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    };
    let disposition = header("content-disposition").ok_or("a part has no Content-Disposition")?;
    Ok(Part {
        name: parameter(disposition, "name").ok_or("a part has no name")?,
        file_name: parameter(disposition, "filename"),
        media_type: header("content-type").map(str::to_owned),
        content: section[end + 4..].to_vec(),
    })
}

/// A parameter of a header value, its quotes taken off.
pub(crate) fn parameter(header: &str, name: &str) -> Option<String> {
    let mut given = header
        .split(';')
        .skip(1)
        .filter_map(|pair| pair.split_once('='));
    let (_, value) = given.find(|(given, _)| given.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim().trim_matches('"').to_owned())
}

fn split<'b>(bytes: &'b [u8], delimiter: &[u8]) -> Vec<&'b [u8]> {
    let (mut sections, mut rest) = (Vec::new(), bytes);
    while let Some(at) = find(rest, delimiter) {
        sections.push(&rest[..at]);
        rest = &rest[at + delimiter.len()..];
    }
    sections.push(rest);
    sections
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=xyz";

    #[test]
    fn parts_are_read_with_their_names_and_content() {
        let body =
            b"--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n\
                     Content-Type: application/zip\r\n\r\nPK\r\n--x\r\n--xyz\r\n\
                     Content-Disposition: form-data; name=\"note\"\r\n\r\n\r\n--xyz--\r\n";
        let parts = parts(TYPE, body).expect("a form");
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].file_name.as_deref(), Some("a.zip"));
        assert_eq!(parts[0].media_type.as_deref(), Some("application/zip"));
        assert_eq!(parts[0].content, b"PK\r\n--x");
        assert_eq!(
            (parts[1].name.as_str(), parts[1].content.as_slice()),
            ("note", &b""[..])
        );
    }

    #[test]
    fn broken_forms_are_refused() {
        let whole = "--xyz\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nx\r\n--xyz--\r\n";
        assert!(parts(TYPE, whole.as_bytes()).is_ok());
        assert!(parts("multipart/form-data", whole.as_bytes()).is_err());
        assert!(parts(TYPE, whole.trim_end_matches("--\r\n").as_bytes()).is_err());
        assert!(parts(TYPE, whole.replace("; name=\"f\"", "").as_bytes()).is_err());
        assert!(parts(TYPE, whole.replace("\r\n\r\n", "\r\n").as_bytes()).is_err());
        assert!(parts(TYPE, format!("x{whole}").as_bytes()).is_err());
    }
}
