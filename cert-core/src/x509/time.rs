use crate::asn1::{Element, tag};
use crate::values::Time;

/// The time in a certificate or revocation list (RFC 5280, 4.1.2.5), also without seconds or with
/// an offset, as old issuers wrote it. What is no time is kept as text.
pub(crate) fn x509_time(element: &Element<'_>) -> Time {
    let text = String::from_utf8_lossy(element.content);
    let iso = iso(element.tag, &text);
    Time::from(iso.unwrap_or_else(|| text.into_owned()))
}

fn iso(tag: u8, text: &str) -> Option<String> {
    let (century, text) = match tag {
        tag::UTC_TIME => (century(text)?, text),
        tag::GENERALIZED_TIME => text.split_at_checked(2)?,
        _ => return None,
    };
    let zone = text.find(['Z', '+', '-']).filter(|_| text.is_ascii())?;
    let (digits, zone) = text.split_at(zone);
    let (digits, fraction) = match digits.find('.') {
        // A dot with nothing after it says nothing.
        Some(dot) if dot + 1 == digits.len() => (&digits[..dot], ""),
        Some(dot) => digits.split_at(dot),
        None => (digits, ""),
    };
    let field = |from: usize| digits.get(from..from + 2);
    let seconds = match digits.len() {
        10 => "00",
        12 => field(10)?,
        _ => return None,
    };
    let (year, month, day) = (field(0)?, field(2)?, field(4)?);
    let (hour, minute) = (field(6)?, field(8)?);
    let parts = [
        century, year, "-", month, "-", day, "T", hour, ":", minute, ":", seconds, fraction, zone,
    ];
    Some(parts.concat())
}

/// Two-digit years are those from 1950 to 2049.
fn century(text: &str) -> Option<&'static str> {
    match text.as_bytes().first()? {
        b'0'..=b'4' => Some("20"),
        b'5'..=b'9' => Some("19"),
        _ => None,
    }
}
