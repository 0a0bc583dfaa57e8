use jiff::{SignedDuration, Timestamp};
use rcgen::{DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose};
use serde_json::{Map, Value, json};

use super::{Options, certificate::DeviceCertificate, parameters::Parameters, problem::Problem};
use crate::frame::{IssueError, Profile, World};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Everything that the device keeps.
#[derive(Debug)]
pub(super) struct Stores {
    pub(super) user: Store,
    pub(super) ca: Store,
}

/// Certificates of one kind, in the order they came.
#[derive(Debug, Default)]
pub(super) struct Store {
    certificates: Vec<DeviceCertificate>,
}

impl Store {
    /// All certificates, or the one with the id or fingerprint that is asked for.
    pub(super) fn list(
        &self,
        mut parameters: Parameters,
    ) -> Result<Vec<Map<String, Value>>, Problem> {
        let id = parameters.text("id")?;
        parameters.finish()?;
        let Some(id) = id else {
            return Ok(self
                .certificates
                .iter()
                .map(DeviceCertificate::json)
                .collect());
        };
        let position = self.position("id", &id)?;
        Ok(vec![self.certificates[position].json()])
    }

    /// Stores a certificate in the place of what has the same id or is the same certificate.
    pub(super) fn put(
        &mut self,
        mut certificate: DeviceCertificate,
        mut parameters: Parameters,
    ) -> Result<Map<String, Value>, Problem> {
        certificate.id = parameters.text("id")?;
        parameters.finish()?;
        if certificate
            .id
            .as_deref()
            .is_some_and(|id| !is_user_defined(id))
        {
            return Err(Problem::invalid("id", "invalid parameter value"));
        }
        let same = |known: &DeviceCertificate| {
            known.fingerprint == certificate.fingerprint
                || (known.id.is_some() && known.id == certificate.id)
        };
        if self
            .certificates
            .iter()
            .any(|known| same(known) && known.protected)
        {
            return Err(Problem::protected());
        }
        let mut row = Map::new();
        row.insert("fingerprint".to_owned(), json!(certificate.fingerprint));
        for replaced in self.certificates.extract_if(.., |known| same(known)) {
            row.insert("replaced".to_owned(), json!(replaced.fingerprint));
        }
        self.certificates.push(certificate);
        Ok(row)
    }

    /// Deletes the certificate that `id` names or, as in the vendor's sample, `fingerprint`.
    pub(super) fn delete(&mut self, mut parameters: Parameters) -> Result<(), Problem> {
        let id = parameters.text("id")?;
        let fingerprint = parameters.text("fingerprint")?;
        parameters.finish()?;
        let position = match (id, fingerprint) {
            (Some(_), Some(_)) => {
                let why = "id and fingerprint exclude each other";
                return Err(Problem::collide("fingerprint", why));
            }
            (None, None) => return Err(Problem::missing("id")),
            (Some(id), None) => self.position("id", &id)?,
            (None, Some(fingerprint)) => self.position("fingerprint", &fingerprint)?,
        };
        if !self.certificates[position].can_go() {
            return Err(Problem::protected());
        }
        self.certificates.remove(position);
        Ok(())
    }

    fn position(&self, parameter: &str, text: &str) -> Result<usize, Problem> {
        let by_id = parameter == "id";
        let found = self.certificates.iter().position(|certificate| {
            certificate.fingerprint.eq_ignore_ascii_case(text)
                || (by_id && certificate.id.as_deref() == Some(text))
        });
        found.ok_or_else(|| Problem::invalid(parameter, "no such certificate"))
    }

    fn add(&mut self, der: &[u8], id: &str, protected: bool, system_use_only: bool) {
        let mut certificate = DeviceCertificate::parse(der).expect("a certificate of our own");
        certificate.id = Some(id.to_owned());
        certificate.protected = protected;
        certificate.system_use_only = system_use_only;
        self.certificates.push(certificate);
    }
}

impl Stores {
    /// What a device has at the start: the same in every run but for dates and keys.
    pub(super) fn made_up(options: &Options, world: &World) -> Result<Self, IssueError> {
        let now = world.clock.now();
        let issuer = Issuer {
            world,
            key: KeyPair::generate()?,
        };
        let mut user = Store::default();
        let device = options.serial_number.as_str();
        user.add(
            &issuer.issue(device, 0, now, 7_000)?,
            "#factory",
            true,
            false,
        );
        user.add(
            &issuer.issue(device, 1, now, 60)?,
            "#my2n-utility",
            false,
            true,
        );
        let mut random = fastrand::Rng::with_seed(0x2);
        for index in 0..options.certificates {
            let left = match index % 20 {
                7 => -random.i32(2..200),
                1 => random.i32(1..30),
                _ => random.i32(31..360),
            };
            let (number, serial) = (index + 1, u64::try_from(index).unwrap_or_default() + 2);
            let host = format!("door-{number:04}.example.com");
            let der = issuer.issue(&host, serial, now, left)?;
            user.add(&der, &format!("@cert-{number:04}"), false, false);
        }
        let mut ca = Store::default();
        ca.add(world.authority.root(), "#factory-ca", true, false);
        ca.add(world.authority.intermediate(), "@issuing-ca", false, false);
        Ok(Self { user, ca })
    }
}

/// Issues what a device has at the start, all for one key.
struct Issuer<'w> {
    world: &'w World,
    key: KeyPair,
}

impl Issuer<'_> {
    fn issue(
        &self,
        name: &str,
        number: u64,
        now: Timestamp,
        days_left: i32,
    ) -> Result<Vec<u8>, IssueError> {
        let not_after = now + DAY * days_left;
        let profile = Profile {
            subject: vec![
                (DnType::CountryName, "XX".to_owned()),
                (DnType::OrganizationName, "Example Corp".to_owned()),
                (DnType::CommonName, name.to_owned()),
            ],
            names: vec![name.to_owned()],
            serial: (0x2e00_0000_0000_0001 + number).to_be_bytes().to_vec(),
            not_before: not_after - DAY * 365.max(days_left + 1),
            not_after,
            key_usages: vec![KeyUsagePurpose::DigitalSignature],
            extended_key_usages: vec![ExtendedKeyUsagePurpose::ServerAuth],
        };
        let public_key = rcgen::PublicKeyData::subject_public_key_info(&self.key);
        self.world.authority.issue(&public_key, &profile)
    }
}

/// `@` and 1 to 40 letters, digits, `_` and `-`.
fn is_user_defined(id: &str) -> bool {
    let allowed = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'-');
    id.strip_prefix('@')
        .is_some_and(|name| (1..=40).contains(&name.len()) && name.bytes().all(allowed))
}
