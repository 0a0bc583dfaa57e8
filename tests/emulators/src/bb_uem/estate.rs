use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rcgen::{DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, PublicKeyData};

use super::problem::Problem;
use crate::frame::{Authority, IssueError, Profile};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Users and certificates.
#[derive(Debug, Default)]
pub(super) struct Estate {
    pub(super) users: Vec<User>,
    pub(super) certificates: Vec<Certificate>,
    made: u64,
    /// When the next deletion or renewal that was accepted takes place.
    due: Option<Timestamp>,
}

#[derive(Debug)]
pub(super) struct User {
    pub(super) guid: String,
    pub(super) username: String,
    pub(super) admin: bool,
}

/// A certificate of a user: the embedded certificate and the public key certificate in one, under
/// one guid, as in the vendor's samples.
#[derive(Clone, Debug)]
pub(super) struct Certificate {
    pub(super) guid: String,
    pub(super) user: String,
    pub(super) profile: String,
    pub(super) bundle: Option<String>,
    pub(super) origin: Origin,
    /// What it is called: an uploaded file, or a policy.
    pub(super) label: String,
    pub(super) created: Timestamp,
    pub(super) not_before: Timestamp,
    pub(super) not_after: Timestamp,
    pub(super) common_name: String,
    pub(super) serial: Vec<u8>,
    pub(super) place: Option<Place>,
    /// The certificate, DER; made when it is first asked for.
    pub(super) der: Option<Vec<u8>>,
    /// When an accepted deletion takes place.
    pub(super) ends: Option<Timestamp>,
    /// When an accepted renewal takes place.
    pub(super) renews: Option<Timestamp>,
}

/// Where a certificate came from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Origin {
    /// A file that was uploaded.
    Uploaded,
    /// A connector to a CA.
    Connector,
    /// A connector before 12.12, to an external PKI: nothing can be done with it.
    External,
}

/// Where a certificate was sent.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) device: String,
    /// The app and how far it has come, for Dynamics certificates.
    pub(super) application: Option<(String, &'static str)>,
}

impl Estate {
    /// A made-up estate with so many certificates, the same in every run but for dates and keys.
    pub(super) fn made_up(count: usize, now: Timestamp) -> Self {
        let mut estate = Self::default();
        let mut random = fastrand::Rng::with_seed(0xbb);
        while estate.certificates.len() < count {
            let index = estate.users.len();
            let user = estate.guid(1);
            let number = index + 1;
            let username = format!("user-{number:04}");
            estate.users.push(User {
                guid: user.clone(),
                username,
                admin: index == 0,
            });
            let bundle = (index % 5 == 0).then(|| estate.guid(2));
            let wanted = [2, 1, 1, 1, 0][index % 5].min(count - estate.certificates.len());
            for _ in 0..wanted {
                let left = match index % 7 {
                    3 => -random.i32(2..100),
                    5 => random.i32(1..30),
                    _ => random.i32(31..700),
                };
                let mut certificate = estate.certificate(number, &user, now, left);
                certificate.bundle.clone_from(&bundle);
                estate.send(index, &mut certificate);
                estate.certificates.push(certificate);
            }
        }
        estate
    }

    fn certificate(&mut self, number: usize, user: &str, now: Timestamp, left: i32) -> Certificate {
        let guid = self.guid(3);
        let second = Timestamp::from_second(now.as_second()).unwrap_or(now);
        let not_after = second + DAY * left;
        let not_before = not_after - DAY * 730;
        Certificate {
            user: user.to_owned(),
            profile: self.guid(4),
            bundle: None,
            origin: Origin::Connector,
            label: "ExamplePolicy".to_owned(),
            created: not_before,
            not_before,
            not_after,
            common_name: format!("user-{number:04}"),
            serial: self.serial(),
            place: None,
            der: None,
            ends: None,
            renews: None,
            guid,
        }
    }

    /// Decides where it came from and where it is, by the user's number.
    fn send(&mut self, index: usize, certificate: &mut Certificate) {
        let (device, application) = (self.guid(5), self.guid(6));
        match index % 5 {
            0 => {
                let application = Some((application, "VERIFIED"));
                certificate.place = Some(Place {
                    device,
                    application,
                });
            }
            1 => {
                certificate.place = Some(Place {
                    device,
                    application: None,
                });
            }
            2 => {
                certificate.origin = Origin::Uploaded;
                certificate.label = "Key_Pair".to_owned();
            }
            _ => {
                certificate.origin = Origin::External;
                certificate.place = Some(Place {
                    device,
                    application: None,
                });
            }
        }
    }

    /// Accepts a deletion.
    pub(super) fn end(&mut self, position: usize, at: Timestamp) {
        self.certificates[position].ends = Some(at);
        self.await_next();
    }

    /// Accepts a renewal.
    pub(super) fn renew(&mut self, position: usize, at: Timestamp) {
        self.certificates[position].renews = Some(at);
        self.await_next();
    }

    fn await_next(&mut self) {
        let accepted = |one: &Certificate| one.ends.into_iter().chain(one.renews);
        self.due = self.certificates.iter().flat_map(accepted).min();
    }

    /// Does what has come due: deletions, and renewals, which add a certificate.
    pub(super) fn settle(&mut self, now: Timestamp) {
        if self.due.is_some_and(|at| at <= now) {
            self.carry_out(now);
            self.await_next();
        }
    }

    fn carry_out(&mut self, now: Timestamp) {
        let due = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        self.certificates
            .retain(|certificate| !due(certificate.ends));
        let mut renewed = Vec::new();
        for certificate in &mut self.certificates {
            if due(certificate.renews) {
                let at = certificate.renews.take().unwrap_or(now);
                renewed.push((certificate.clone(), at));
            }
        }
        let mut bundles = BTreeMap::new();
        for (old, at) in renewed {
            let bundle = old.bundle.clone().map(|bundle| {
                let successor = bundles.entry(bundle).or_insert_with(|| self.guid(2));
                successor.clone()
            });
            let successor = self.successor(old, bundle, at);
            self.certificates.push(successor);
        }
    }

    fn successor(
        &mut self,
        old: Certificate,
        bundle: Option<String>,
        at: Timestamp,
    ) -> Certificate {
        let not_before = Timestamp::from_second(at.as_second()).unwrap_or(at);
        Certificate {
            guid: self.guid(3),
            serial: self.serial(),
            bundle,
            created: not_before,
            not_before,
            not_after: not_before + DAY * 730,
            der: None,
            ..old
        }
    }

    pub(super) fn position(&self, guid: &str) -> Option<usize> {
        self.certificates
            .iter()
            .position(|certificate| certificate.guid == guid)
    }

    /// The places of a bundle's certificates; empty when there is no such bundle.
    pub(super) fn members(&self, bundle: &str) -> Vec<usize> {
        let all = self.certificates.iter().enumerate();
        let members = all.filter(|(_, one)| one.bundle.as_deref() == Some(bundle));
        members.map(|(position, _)| position).collect()
    }

    /// A guid that nobody takes for a real one; `kind` tells them apart for people.
    fn guid(&mut self, kind: u8) -> String {
        self.made += 1;
        format!("{kind:08x}-0000-4000-8000-{:012x}", self.made)
    }

    fn serial(&mut self) -> Vec<u8> {
        self.made += 1;
        let mut serial = vec![0x4b];
        serial.extend(self.made.to_be_bytes());
        serial
    }
}

impl Certificate {
    /// The methods that can be used on it now.
    pub(super) fn allowed(&self) -> Vec<&'static str> {
        let mut methods = Vec::new();
        if self.origin != Origin::External {
            methods.extend(["GET", "HEAD"]);
            if self.bundle.is_none() {
                methods.push("DELETE");
            }
            if self.bundle.is_none() && self.origin == Origin::Connector {
                methods.push("PATCH");
            }
        }
        methods.push("OPTIONS");
        methods
    }

    /// The name of its file, after the vendor's three rules.
    pub(super) fn file_name(&self) -> String {
        let Self {
            label,
            common_name,
            guid,
            ..
        } = self;
        match (self.origin, &self.bundle) {
            (Origin::Uploaded, Some(_)) => format!("{label}-{guid}.cer"),
            (Origin::Uploaded, None) => format!("{label}.cer"),
            _ => format!("{label}-{common_name}-{guid}.cer"),
        }
    }

    /// Its name as an embedded certificate.
    pub(super) fn name(&self) -> String {
        let Self {
            label,
            common_name,
            guid,
            ..
        } = self;
        match self.origin {
            Origin::Uploaded => format!("{label}.pfx"),
            _ => format!("{label}-{common_name}-{guid}"),
        }
    }

    /// Its DER form, made when it is first asked for.
    pub(super) fn content(
        &mut self,
        authority: &Authority,
        key: &mut Option<KeyPair>,
    ) -> Result<Vec<u8>, Problem> {
        if self.der.is_none() {
            let key = match key {
                Some(key) => key,
                None => key.insert(KeyPair::generate().map_err(IssueError::from)?),
            };
            let profile = Profile {
                subject: vec![(DnType::CommonName, self.common_name.clone())],
                names: vec![format!("{}@example.com", self.common_name)],
                serial: self.serial.clone(),
                not_before: self.not_before,
                not_after: self.not_after,
                key_usages: vec![KeyUsagePurpose::DigitalSignature],
                extended_key_usages: vec![ExtendedKeyUsagePurpose::ClientAuth],
            };
            self.der = Some(authority.issue(&key.subject_public_key_info(), &profile)?);
        }
        Ok(self.der.clone().unwrap_or_default())
    }
}
