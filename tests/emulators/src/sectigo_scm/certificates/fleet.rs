use jiff::{SignedDuration, Timestamp};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, RsaKeySize};

use super::{
    device::{Device, DeviceCertificate},
    kind::Kind,
    record::{HeldKey, Record, Status},
    records::Records,
    smime::{Smime, SmimeCertificate},
    ssl::{Ssl, SslCertificate},
};
use crate::{
    frame::{IssueError, x509::KeyKind},
    sectigo_scm::{
        customer::{Customer, Profile},
        organizations::ORGANIZATIONS,
    },
};

const FIRST_ID: i64 = 2001;
const FIRST_PERSONAL: i64 = 501;
const FIRST_DEVICE: i64 = 301;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The two keys that all made-up certificates share, made when the first of them is needed.
#[derive(Debug, Default)]
pub(super) struct Keys {
    rsa: Option<KeyPair>,
    ec: Option<KeyPair>,
}

impl Keys {
    /// The shared key of this kind: RSA of 2048 bits, or P-256 for anything else.
    pub(super) fn shared(&mut self, kind: &KeyKind) -> Result<&KeyPair, IssueError> {
        let (slot, make): (_, fn() -> Result<KeyPair, rcgen::Error>) = match kind {
            KeyKind::Rsa(_) => (&mut self.rsa, || {
                KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)
            }),
            _ => (&mut self.ec, || {
                KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)
            }),
        };
        if slot.is_none() {
            *slot = Some(make()?);
        }
        Ok(slot.as_ref().expect("just made"))
    }
}

/// A fleet of made-up SSL certificates, the same in every run but for dates and keys.
pub(super) fn ssl(count: usize, customer: &Customer, now: Timestamp) -> Records<Ssl> {
    fleet(FIRST_ID, count, 0x5ec7, |index, id, random| {
        made_up(index, id, customer, now, random)
    })
}

/// A fleet of made-up client certificates, one a person, likewise.
pub(super) fn persons(count: usize, customer: &Customer, now: Timestamp) -> Records<Smime> {
    fleet(FIRST_PERSONAL, count, 0x9e25, |index, id, random| {
        made_up_person(index, id, customer, now, random)
    })
}

/// A fleet of made-up device certificates, likewise.
pub(super) fn devices(count: usize, customer: &Customer, now: Timestamp) -> Records<Device> {
    fleet(FIRST_DEVICE, count, 0xde71, |index, id, random| {
        made_up_device(index, id, customer, now, random)
    })
}

fn fleet<K: Kind>(
    first: i64,
    count: usize,
    seed: u64,
    make: impl Fn(usize, i64, &mut fastrand::Rng) -> Record<K>,
) -> Records<K> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut records = Records::default();
    for (index, id) in (first..).take(count).enumerate() {
        records.insert(make(index, id, &mut random));
    }
    records
}

fn made_up(
    index: usize,
    id: i64,
    customer: &Customer,
    now: Timestamp,
    random: &mut fastrand::Rng,
) -> SslCertificate {
    let host = format!("host-{:04}.example.com", index + 1);
    let profile = &customer.ssl_profiles[usize::from(index % 10 == 4)];
    let organization = match profile.organization {
        Some(only) => only,
        None => ORGANIZATIONS[index % ORGANIZATIONS.len()].0,
    };
    let term = profile.terms[0];
    // The age in days decides the rest: the term minus the age is what is left.
    let age = match index % 20 {
        3 => random.i64(0..5),
        7 => term + random.i64(2..200),
        13 => term - random.i64(1..=30),
        _ => random.i64(5..term - 31),
    };
    let requested = now - days(age) - SignedDuration::from_hours(1);
    let mut certificate = SslCertificate::requested(id, requested);
    certificate.common_name.clone_from(&host);
    certificate.names = match index % 3 {
        0 => vec![host.clone(), format!("www.{host}")],
        _ => vec![host],
    };
    certificate.organization = organization;
    certificate.profile = Some(profile.id);
    certificate.term = term;
    certificate.expires = requested + days(term);
    certificate.requester = format!("user-{:04}@example.com", index % 97 + 1);
    certificate.requested_via = ["WEB_FORM", "REST", "ACME", "CLIENT_ADMIN"][index % 4];
    certificate.comments = "made up".to_owned();
    certificate.key = match profile.curves.is_empty() || index.is_multiple_of(2) {
        true => KeyKind::Rsa(2048),
        false => KeyKind::Ec("P-256"),
    };
    certificate.own = Ssl::new(random);
    if index % 10 == 9 {
        certificate.private_key = HeldKey::Shared;
    }
    let serial = serial(random);
    match index % 20 {
        3 => {}
        17 => certificate.discover(serial),
        11 => {
            certificate.issue(serial, requested);
            certificate.revoke(now - days(random.i64(0..age.max(1))), random.i64(3..=5));
        }
        19 if index % 100 == 19 => certificate.decline(requested),
        _ => certificate.issue(serial, requested),
    }
    if certificate.status == Status::Issued && index % 25 == 5 {
        certificate.own.auto_renew = Some(30);
    }
    certificate
}

fn made_up_person(
    index: usize,
    id: i64,
    customer: &Customer,
    now: Timestamp,
    random: &mut fastrand::Rng,
) -> SmimeCertificate {
    let profile = &customer.smime_profiles[0];
    let mut record: SmimeCertificate = ordered(index, id, profile, now, random);
    let email = format!("user-{:04}@example.com", index + 1);
    record.common_name = format!("Person {:04}", index + 1);
    record.names = vec![email.clone()];
    record.own = Smime::of(id, email);
    if index % 5 == 4 {
        record.private_key = HeldKey::Shared;
    }
    let (serial, requested) = (serial(random), record.requested);
    match index % 10 {
        3 => record.apply(requested),
        7 => {
            record.issue(serial, requested);
            record.revoke(now, random.i64(3..=5));
        }
        9 => record.discover(serial),
        _ => record.issue(serial, requested),
    }
    record
}

fn made_up_device(
    index: usize,
    id: i64,
    customer: &Customer,
    now: Timestamp,
    random: &mut fastrand::Rng,
) -> DeviceCertificate {
    let profile = &customer.device_profiles[0];
    let mut record: DeviceCertificate = ordered(index, id, profile, now, random);
    record.common_name = format!("device-{:04}.example.com", index + 1);
    let (serial, requested) = (serial(random), record.requested);
    match index % 10 {
        3 => {}
        6 => record.decline(requested),
        7 => {
            record.issue(serial, requested);
            record.revoke(now, random.i64(3..=5));
        }
        9 => record.discover(serial),
        _ => record.issue(serial, requested),
    }
    record
}

/// A request that somebody made so long ago that its certificate is still valid.
fn ordered<K: Kind>(
    index: usize,
    id: i64,
    profile: &Profile,
    now: Timestamp,
    random: &mut fastrand::Rng,
) -> Record<K> {
    let requested = now - days(random.i64(1..profile.terms[0] - 31));
    let mut record = Record::requested(id, requested);
    record.organization = ORGANIZATIONS[index % ORGANIZATIONS.len()].0;
    record.profile = Some(profile.id);
    record.set_term(profile.terms[0]);
    record.requester = format!("user-{:04}@example.com", index % 97 + 1);
    record.comments = "made up".to_owned();
    record.key = KeyKind::Ec("P-256");
    record
}

/// A serial number of 16 octets that is positive without a leading zero octet.
pub(super) fn serial(random: &mut fastrand::Rng) -> Vec<u8> {
    let mut serial = random.u128(..).to_be_bytes();
    serial[0] = serial[0] & 0x7f | 0x10;
    serial.to_vec()
}

fn days(count: i64) -> SignedDuration {
    DAY * i32::try_from(count).expect("a number of days")
}
