//! The answer headers that every vendor shares.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, header};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;

use super::local_name::local_name;

/// The header's text, if it is one.
pub(crate) fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// The id under which the server logged the request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    const NAMES: [HeaderName; 4] = [
        HeaderName::from_static("x-request-id"),
        HeaderName::from_static("x-correlation-id"),
        HeaderName::from_static("request-id"),
        HeaderName::from_static("x-trace-id"),
    ];
    NAMES.iter().find_map(|name| text(headers, name))
}

/// `Retry-After` as a wait from now, from seconds or a date (RFC 9110 section 10.2.3).
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = text(headers, header::RETRY_AFTER)?;
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let wait = SystemTime::from(date(text)?).duration_since(SystemTime::now());
    Some(wait.unwrap_or(Duration::ZERO))
}

/// A date in any of the three forms of RFC 9110 section 5.6.7. The weekday says nothing new.
fn date(text: &str) -> Option<Timestamp> {
    static FIXED: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    const RFC_850: &str = "%d-%b-%y %H:%M:%S GMT";
    const ASCTIME: &str = "%b %e %H:%M:%S %Y";

    if let Ok(date) = FIXED.parse_timestamp(text) {
        return Some(date);
    }
    let (_weekday, rest) = text.split_once(' ')?;
    [RFC_850, ASCTIME]
        .into_iter()
        .find_map(|form| DateTime::strptime(form, rest.trim_start()).ok())
        .and_then(|date| date.to_zoned(TimeZone::UTC).ok())
        .map(|date| date.timestamp())
}

/// The file name of a download (RFC 6266): `filename*` before `filename`, safe as a local name.
pub(crate) fn file_name(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_DISPOSITION)?;
    let value = String::from_utf8_lossy(value.as_bytes());
    let name = extended(&value).or_else(|| parameter(&value, "filename"))?;
    local_name(&name)
}

/// `filename*` in UTF-8 or ISO 8859-1 (RFC 8187 section 3.2).
fn extended(value: &str) -> Option<String> {
    let value = parameter(value, "filename*")?;
    let (charset, rest) = value.split_once('\'')?;
    let (_language, encoded) = rest.split_once('\'')?;
    let bytes: Vec<u8> = percent_encoding::percent_decode_str(encoded).collect();
    match charset.to_ascii_lowercase().as_str() {
        "utf-8" => String::from_utf8(bytes).ok(),
        "iso-8859-1" => Some(bytes.into_iter().map(char::from).collect()),
        _ => None,
    }
}

/// The value of one parameter, which may be quoted.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (key, after) = rest.split_once('=')?;
        let (content, tail) = token_or_quoted(after.trim_start());
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(content);
        }
        rest = tail.split_once(';')?.1;
    }
}

/// The leading token or quoted string of `text`, and what follows it.
pub(crate) fn token_or_quoted(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',', ' ', '\t']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut content = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (content, &quoted[at + 1..]),
            '\\' => content.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => content.push(character),
        }
    }
    (content, "")
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn named(disposition: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static(disposition),
        );
        file_name(&headers)
    }

    #[test]
    fn file_names_of_rfc_6266() {
        assert_eq!(
            named("attachment; filename=\"test.cert\"").as_deref(),
            Some("test.cert")
        );
        assert_eq!(
            named("attachment; size=3; FileName=a.pem").as_deref(),
            Some("a.pem")
        );
        assert_eq!(
            named("attachment; filename=\"a\\\"b; c\"").as_deref(),
            Some("a_b; c")
        );
        let both = "attachment; filename=\"x\"; filename*=UTF-8''%e2%82%ac%20rates";
        assert_eq!(named(both).as_deref(), Some("€ rates"));
        assert_eq!(
            named("a; filename*=iso-8859-1'en'%A3").as_deref(),
            Some("£")
        );
    }

    #[test]
    fn file_names_lose_their_path() {
        assert_eq!(
            named("attachment; filename=\"../../etc/passwd\"").as_deref(),
            Some("passwd")
        );
        assert_eq!(
            named("attachment; filename=\"C:/x/y.cer\"").as_deref(),
            Some("y.cer")
        );
        assert_eq!(named("attachment; filename=\"..\""), None);
        assert_eq!(named("inline"), None);
    }

    #[test]
    fn a_date_has_three_forms() {
        let expected: Timestamp = "1994-11-06T08:49:37Z".parse().expect("a date");
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(date(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("17"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(17)));
        let past = HeaderValue::from_static("Wed, 21 Oct 2015 07:28:00 GMT");
        headers.insert(header::RETRY_AFTER, past);
        assert_eq!(retry_after(&headers), Some(Duration::ZERO));
        for text in [
            "soon",
            "Sun Nov 31 08:49:37 2094",
            "Sunday, 06-Foo-94 08:49:37 GMT",
            "",
        ] {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(text));
            assert_eq!(retry_after(&headers), None, "{text}");
        }
    }
}
