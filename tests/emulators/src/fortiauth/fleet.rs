use jiff::{SignedDuration, Timestamp};
use rcgen::DnType;

use super::certificate::UserCertificate;
use crate::frame::Table;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A fleet of made-up certificates, the same in every run but for dates and keys.
pub(super) fn certificates(count: usize, now: Timestamp) -> Table<UserCertificate> {
    let mut random = fastrand::Rng::with_seed(0xfac);
    let mut certificates = Table::default();
    for index in 0..count {
        let certificate = made_up(index, now, &mut random);
        certificates.insert(certificate.id, certificate);
    }
    certificates
}

fn made_up(index: usize, now: Timestamp, random: &mut fastrand::Rng) -> UserCertificate {
    let number = i64::try_from(index).expect("a small number") + 1;
    let name = format!("user-{number:04}");
    let left = match index % 20 {
        7 => -random.i32(2..200),
        13 => random.i32(1..30),
        _ => random.i32(31..360),
    };
    // Devices keep whole seconds.
    let second = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let not_after = second + DAY * left;
    UserCertificate {
        id: number,
        subject: subject(&name, ["Sales", "Engineering"][index % 2]),
        name,
        serial: serial(number),
        not_before: not_after - DAY * 365,
        not_after,
        revoked: match index % 20 {
            11 => Some("Key Compromise"),
            17 => Some("Certificate Hold"),
            _ => None,
        },
        der: None,
    }
}

fn subject(name: &str, unit: &str) -> Vec<(DnType, String)> {
    vec![
        (DnType::CountryName, "XX".to_owned()),
        (DnType::OrganizationName, "Example Corp".to_owned()),
        (DnType::OrganizationalUnitName, unit.to_owned()),
        (DnType::CommonName, name.to_owned()),
    ]
}

/// A serial number of its own for each number, mostly of three octets: it is written with a leading
/// zero, as in the vendor's sample.
pub(super) fn serial(id: i64) -> Vec<u8> {
    let octets = (0x01_22_a3 + id * 0x11).to_be_bytes();
    octets.into_iter().skip_while(|octet| *octet == 0).collect()
}
