use http::StatusCode;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use super::Options;
use crate::frame::Reply;

pub(super) const AUTHORITIES: [&str; 3] = ["ExternalCA1", "ExternalCA2", "ExternalCA3"];

/// The name that the vendor's sample asks by, and is answered with the rows of all authorities.
pub(super) const CONNECTOR: &str = "attca";

const HEADER: &str = "caID,caName,certHash,mdmChannelId,notAfter,notBefore,serialNumber,storeState,\
                      subject,usageType\n";

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A certificate of an authority that the product cannot ask to revoke it.
#[derive(Clone, Debug)]
pub(super) struct ExternalCertificate {
    pub(super) authority: &'static str,
    /// Decimal.
    pub(super) serial: String,
    /// When somebody revoked it there.
    pub(super) revoked_on: Option<Date>,
    not_before: Timestamp,
    not_after: Timestamp,
    subject: String,
}

/// Certificates that are the same in every run but for dates; every third was revoked by hand.
pub(super) fn made_up(count: usize, now: Timestamp) -> Vec<ExternalCertificate> {
    let mut random = fastrand::Rng::with_seed(0x1fa);
    let today = now.to_zoned(TimeZone::UTC).date();
    let certificate = |index: usize| {
        let left = match index % 20 {
            7 => -random.i32(2..200),
            13 => random.i32(1..30),
            _ => random.i32(31..360),
        };
        let not_after = now + DAY * left;
        let days_ago = i32::try_from(index / AUTHORITIES.len()).unwrap_or(i32::MAX);
        let number = index + 1;
        ExternalCertificate {
            authority: AUTHORITIES[(index / 3) % AUTHORITIES.len()],
            serial: (u128::MAX / 2 + random.u128(..u128::MAX / 4)).to_string(),
            revoked_on: (index % 3 == 2).then(|| today.saturating_sub(DAY * days_ago)),
            not_before: not_after - DAY * 365,
            not_after,
            subject: match index % 2 {
                0 => format!("CN=device-{number:04}.example.com,OU=Devices,O=Example Corp"),
                _ => format!("CN=device-{number:04}.example.com"),
            },
        }
    };
    (0..count).map(certificate).collect()
}

/// The rows as the vendor's CSV.
pub(super) fn csv<'c>(
    rows: impl Iterator<Item = &'c ExternalCertificate>,
    options: &Options,
) -> Reply {
    let mut text = HEADER.to_owned();
    for row in rows {
        let serial = match options.masked_serials {
            true => format!("xxxx{}", &row.serial[4..]),
            false => row.serial.clone(),
        };
        let subject = match row.subject.contains(',') {
            true => format!("\"{}\"", row.subject),
            false => row.subject.clone(),
        };
        let (not_after, not_before) = (java(row.not_after, options), java(row.not_before, options));
        text.push_str(&format!(
            "18000,{},,,{not_after},{not_before},{serial},Manual_Revoke,{subject},\n",
            row.authority
        ));
    }
    Reply::bytes(StatusCode::OK, "text/csv", text)
}

/// `Date.toString()` of Java: `Tue Jun 08 14:20:15 IST 2049`.
fn java(at: Timestamp, options: &Options) -> String {
    let (letters, ahead) = &options.zone;
    let local = (at + *ahead).to_zoned(TimeZone::UTC).datetime();
    format!(
        "{} {letters} {}",
        local.strftime("%a %b %d %H:%M:%S"),
        local.year()
    )
}
