use rcgen::{DnType, ExtendedKeyUsagePurpose, KeyUsagePurpose, PublicKeyData};

use super::{SectigoScm, SslCertificate};
use crate::{
    frame::{
        Authority, Profile,
        x509::{self, KeyKind, SigningRequest},
    },
    sectigo_scm::problem::Problem,
};

impl SectigoScm {
    /// Signs a certificate that has been issued and that nobody has asked for before.
    pub(super) fn materialize(&mut self, id: i64) -> Result<(), Problem> {
        let certificate = self.ssl.get(id)?;
        if certificate.certificate.is_some() || certificate.serial.is_none() {
            return Ok(());
        }
        let profile = self.leaf_profile(certificate)?;
        let public_key = match &certificate.request {
            Some(request) => request.public_key.der.clone(),
            None => self
                .keys
                .shared(&certificate.key)?
                .subject_public_key_info(),
        };
        let der = self.world.authority.issue(&public_key, &profile)?;
        let issued = x509::Certificate::parse(&der).ok_or_else(undecodable)?;
        self.ssl.get_mut(id)?.certificate = Some(issued);
        Ok(())
    }

    /// The same, and the signing request that a made-up certificate must have had.
    pub(super) fn materialize_request(&mut self, id: i64) -> Result<(), Problem> {
        self.materialize(id)?;
        let certificate = self.ssl.get(id)?;
        if certificate.request.is_some() || certificate.is_unmanaged() {
            return Ok(());
        }
        let profile = self.leaf_profile(certificate)?;
        let der = Authority::request(self.keys.shared(&certificate.key)?, &profile)?;
        let pem = x509::to_pem("CERTIFICATE REQUEST", &der);
        let request = SigningRequest::parse_unverified(&pem).map_err(|_| undecodable())?;
        self.ssl.get_mut(id)?.request = Some(request);
        Ok(())
    }

    fn leaf_profile(&self, certificate: &SslCertificate) -> Result<Profile, Problem> {
        let organization = self.customer.organization(certificate.organization)?;
        let subject = vec![
            (DnType::CountryName, "XX".to_owned()),
            (DnType::OrganizationName, organization.name.to_owned()),
            (DnType::CommonName, certificate.common_name.clone()),
        ];
        let mut key_usages = vec![KeyUsagePurpose::DigitalSignature];
        if let KeyKind::Rsa(_) = certificate.key {
            key_usages.push(KeyUsagePurpose::KeyEncipherment);
        }
        Ok(Profile {
            subject,
            names: certificate.names.clone(),
            serial: certificate.serial.clone().unwrap_or_default(),
            not_before: certificate.issued.unwrap_or(certificate.requested),
            not_after: certificate.expires,
            key_usages,
            extended_key_usages: vec![
                ExtendedKeyUsagePurpose::ServerAuth,
                ExtendedKeyUsagePurpose::ClientAuth,
            ],
        })
    }
}

fn undecodable() -> Problem {
    Problem::bad(-10, "Error while decoding CSR.")
}
