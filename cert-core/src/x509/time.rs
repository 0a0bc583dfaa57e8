use crate::asn1::{Element, tag};
use crate::values::Time;

/// The time in a certificate or revocation list (RFC 5280, 4.1.2.5), also without seconds or with
/// an offset, as old issuers wrote it. What is no time is kept as text.
pub(crate) fn x509_time(element: &Element<'_>) -> Time {
    let text = String::from_utf8_lossy(element.content).into_owned();
    Time::from(iso(element.tag, &text).unwrap_or(text))
}

fn iso(tag: u8, text: &str) -> Option<String> {
    let text = match tag {
        tag::UTC_TIME => format!("{}{text}", century(text)?),
        tag::GENERALIZED_TIME => text.to_owned(),
        _ => return None,
    };
    let zone = text.find(['Z', '+', '-']).filter(|_| text.is_ascii())?;
    let (digits, zone) = text.split_at(zone);
    let (digits, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let field = |from: usize| digits.get(from..from + 2);
    let seconds = match digits.len() {
        12 => "00",
        14 => field(12)?,
        _ => return None,
    };
    let fraction = if fraction.is_empty() {
        String::new()
    } else {
        format!(".{fraction}")
    };
    Some(format!(
        "{}-{}-{}T{}:{}:{seconds}{fraction}{zone}",
        digits.get(..4)?,
        field(4)?,
        field(6)?,
        field(8)?,
        field(10)?,
    ))
}

/// Two-digit years are those from 1950 to 2049.
fn century(text: &str) -> Option<&'static str> {
    match text.as_bytes().first()? {
        b'0'..=b'4' => Some("20"),
        b'5'..=b'9' => Some("19"),
        _ => None,
    }
}
