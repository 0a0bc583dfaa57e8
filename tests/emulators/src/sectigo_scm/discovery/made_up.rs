//! What there is in Active Directories and key vaults: made up, and the same in every scan.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rcgen::{DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, PublicKeyData};

use super::{
    sighting::{Location, Sighting},
    target::Target,
};
use crate::frame::{Authority, IssueError, Profile};

const AGE: SignedDuration = SignedDuration::from_hours(30 * 24);
const TERM: SignedDuration = SignedDuration::from_hours(365 * 24);
/// What is scanned where a task names no domain.
const DOMAIN: &str = "corp.example";

/// What stands there: made when a scan comes by for the first time.
#[derive(Debug, Default)]
pub(super) struct Estate {
    authority: Option<Authority>,
    certificates: HashMap<String, Vec<u8>>,
}

impl Estate {
    /// What a scan finds.
    pub(super) fn sightings(
        &mut self,
        target: &Target,
        now: Timestamp,
    ) -> Result<Vec<Sighting>, IssueError> {
        let mut sightings = Vec::new();
        for (host, location) in places(target) {
            sightings.push(Sighting {
                der: self.certificate(host, now)?,
                location,
                handshake: None,
            });
        }
        Ok(sightings)
    }

    fn certificate(&mut self, host: String, now: Timestamp) -> Result<Vec<u8>, IssueError> {
        if let Some(known) = self.certificates.get(&host) {
            return Ok(known.clone());
        }
        let authority = match self.authority.take() {
            Some(authority) => authority,
            None => Authority::new("Example Corp internal", now)?,
        };
        let der = issue(&authority, &host, now);
        self.authority = Some(authority);
        let der = der?;
        self.certificates.insert(host, der.clone());
        Ok(der)
    }
}

fn places(target: &Target) -> Vec<(String, Location)> {
    match target {
        Target::Network { .. } => Vec::new(),
        Target::Directory { depth, domains, .. } => directory(*depth, domains.as_deref()),
        Target::Vault {
            resource_group,
            key_vault,
            ..
        } => vec![vault(resource_group, key_vault)],
    }
}

/// A controller of each domain, and one server below it where the scan goes so deep.
fn directory(depth: i64, domains: Option<&str>) -> Vec<(String, Location)> {
    let domains = domains.filter(|domains| !domains.trim().is_empty());
    let domains = domains.unwrap_or(DOMAIN).split(',').map(str::trim);
    let hosts = domains.flat_map(|domain| {
        let below = (depth > 0).then(|| format!("files.{domain}"));
        [Some(format!("dc1.{domain}")), below].into_iter().flatten()
    });
    hosts.map(|host| (host.clone(), entry(&host))).collect()
}

fn entry(host: &str) -> Location {
    let (name, domain) = host.split_once('.').unwrap_or((host, ""));
    let components: String = domain
        .split('.')
        .map(|part| format!(",DC={part}"))
        .collect();
    Location::new(
        "ACTIVE_DIRECTORY",
        [
            ("name", name.to_owned()),
            ("dn", format!("CN={name},CN=Computers{components}")),
            ("objectType", "computer".to_owned()),
            ("hostName", host.to_owned()),
            ("template", "Machine".to_owned()),
        ],
    )
}

fn vault(resource_group: &str, key_vault: &str) -> (String, Location) {
    let id = format!("https://{key_vault}.vault.azure.net/certificates/web");
    let texts = [
        ("name", "web".to_owned()),
        ("id", id.clone()),
        ("uri", id),
        ("scope", resource_group.to_owned()),
    ];
    let host = format!("{key_vault}.cloud.example");
    (host, Location::new("AZURE_KEY_VAULT", texts))
}

fn issue(authority: &Authority, host: &str, now: Timestamp) -> Result<Vec<u8>, IssueError> {
    let mut serial = vec![0x20];
    serial.extend(fastrand::u64(..).to_be_bytes());
    let profile = Profile {
        subject: vec![
            (DnType::OrganizationName, "Example Corp".to_owned()),
            (DnType::CommonName, host.to_owned()),
        ],
        names: vec![host.to_owned()],
        serial,
        not_before: now - AGE,
        not_after: now - AGE + TERM,
        key_usages: vec![KeyUsagePurpose::DigitalSignature],
        extended_key_usages: vec![ExtendedKeyUsagePurpose::ServerAuth],
    };
    let key = KeyPair::generate()?;
    authority.issue(&key.subject_public_key_info(), &profile)
}
