use jiff::Timestamp;
use rcgen::{DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, PublicKeyData};
use serde_json::{Value, json};

use super::problem::Problem;
use crate::frame::{Authority, IssueError, Profile, x509};

/// The CA's name on the device, which stands before its distinguished name.
const CA_NAME: &str = "Local_CA";

/// A user's certificate.
#[derive(Debug)]
pub(super) struct UserCertificate {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) subject: Vec<(DnType, String)>,
    pub(super) serial: Vec<u8>,
    pub(super) not_before: Timestamp,
    pub(super) not_after: Timestamp,
    pub(super) revoked: Option<&'static str>,
    /// The certificate, DER; made when it is first asked for.
    pub(super) der: Option<Vec<u8>>,
}

impl UserCertificate {
    pub(super) fn status(&self, now: Timestamp) -> &'static str {
        match self.revoked {
            Some(_) => "Revoked",
            None if self.not_after < now => "Expired",
            None => "Active",
        }
    }

    /// The subject with slashes: `/C=XX/O=Example Corp/CN=user-0001`.
    pub(super) fn slashed_subject(&self) -> String {
        let part = |(kind, value): &(DnType, String)| format!("/{}={value}", short_name(kind));
        self.subject.iter().map(part).collect()
    }

    pub(super) fn row(&self, issuer: &str, now: Timestamp) -> Value {
        json!({
            "cert_id": self.name,
            "expiry": self.not_after.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string(),
            "id": self.id,
            "issuer": issuer,
            "revocation_reason": self.revoked,
            "serial": x509::hex(&self.serial, ""),
            "status": self.status(now),
            "subject": self.slashed_subject(),
        })
    }

    /// Issues it for a public key (DER), unless it is there already.
    pub(super) fn content(
        &mut self,
        authority: &Authority,
        key: &mut Option<KeyPair>,
    ) -> Result<&[u8], Problem> {
        if self.der.is_none() {
            let key = match key {
                Some(key) => key,
                None => key.insert(KeyPair::generate().map_err(IssueError::from)?),
            };
            self.issue(authority, &key.subject_public_key_info())?;
        }
        Ok(self.der.as_deref().unwrap_or_default())
    }

    pub(super) fn issue(&mut self, authority: &Authority, key: &[u8]) -> Result<(), Problem> {
        let profile = Profile {
            subject: self.subject.clone(),
            names: Vec::new(),
            serial: self.serial.clone(),
            not_before: self.not_before,
            not_after: self.not_after,
            key_usages: vec![KeyUsagePurpose::DigitalSignature],
            extended_key_usages: vec![ExtendedKeyUsagePurpose::ClientAuth],
        };
        self.der = Some(authority.issue(key, &profile)?);
        Ok(())
    }
}

/// The issuing CA's name on the device and its distinguished name, with the country first, commas
/// and a blank after each.
pub(super) fn issuer_name(authority: &Authority) -> String {
    let issuer = x509::Certificate::parse(authority.intermediate());
    let issuer = issuer.map(|issuer| issuer.subject).unwrap_or_default();
    let mut parts: Vec<_> = issuer.split(',').collect();
    parts.sort_by_key(|part| {
        ["C=", "O=", "CN="]
            .iter()
            .position(|key| part.starts_with(key))
    });
    format!("{CA_NAME} | {}", parts.join(", "))
}

fn short_name(kind: &DnType) -> &'static str {
    match kind {
        DnType::CountryName => "C",
        DnType::OrganizationName => "O",
        DnType::OrganizationalUnitName => "OU",
        _ => "CN",
    }
}
