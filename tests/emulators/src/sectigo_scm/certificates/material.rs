use rcgen::{DnType, KeyUsagePurpose, PublicKeyData};

use super::{
    kind::Kind,
    record::{HeldKey, Record},
};
use crate::{
    frame::{
        Authority, Profile,
        pkcs12::KeyWithChain,
        x509::{self, KeyKind, SigningRequest},
    },
    sectigo_scm::{SectigoScm, customer::Validation, problem::Problem},
};

impl SectigoScm {
    /// Signs a certificate that has been issued and that nobody has asked for before.
    pub(super) fn materialize<K: Kind>(&mut self, id: i64) -> Result<(), Problem> {
        let record = K::records(self).get(id)?;
        if record.certificate.is_some() || record.serial.is_none() {
            return Ok(());
        }
        let profile = self.leaf_profile(record)?;
        let (request, key) = (record.request.clone(), record.key.clone());
        let public_key = match request {
            Some(request) => request.public_key.der,
            None => self
                .certificates
                .keys
                .shared(&key)?
                .subject_public_key_info(),
        };
        let der = self.world.authority.issue(&public_key, &profile)?;
        let issued = x509::Certificate::parse(&der).ok_or_else(undecodable)?;
        K::records_mut(self).made_up_mut(id)?.certificate = Some(issued);
        Ok(())
    }

    /// The same, and the signing request that a made-up certificate must have had.
    pub(super) fn materialize_request<K: Kind>(&mut self, id: i64) -> Result<(), Problem> {
        self.materialize::<K>(id)?;
        let record = K::records(self).get(id)?;
        if record.request.is_some() || record.is_unmanaged() {
            return Ok(());
        }
        let profile = self.leaf_profile(record)?;
        let key = record.key.clone();
        let der = Authority::request(self.certificates.keys.shared(&key)?, &profile)?;
        let pem = x509::to_pem("CERTIFICATE REQUEST", &der);
        let request = SigningRequest::parse_unverified(&pem).map_err(|_| undecodable())?;
        K::records_mut(self).made_up_mut(id)?.request = Some(request);
        Ok(())
    }

    /// An issued certificate with the key that the vendor holds, and its chain up to the root.
    pub(super) fn key_with_chain<K: Kind>(&mut self, id: i64) -> Result<KeyWithChain, Problem> {
        self.materialize::<K>(id)?;
        let record = K::records(self).get(id)?;
        let (held, kind) = (record.private_key.clone(), record.key.clone());
        let key = match held {
            HeldKey::None => return Err(not_available()),
            HeldKey::Shared => self.certificates.keys.shared(&kind)?.serialize_der(),
            HeldKey::Own(key) => key.serialize_der(),
        };
        let record = K::records(self).get(id)?;
        let leaf = record.certificate.as_ref().ok_or_else(not_available)?;
        let authority = &self.world.authority;
        let chain = [
            leaf.der.as_slice(),
            authority.intermediate(),
            authority.root(),
        ];
        Ok(KeyWithChain::new(&record.common_name, &key, &chain))
    }

    /// Whether nobody validates who the organization is.
    fn names_domains_alone<K: Kind>(&self, record: &Record<K>) -> bool {
        let mut profiles = K::profiles(&self.customer).iter();
        let profile = profiles.find(|profile| Some(profile.id) == record.profile);
        profile.is_some_and(|profile| profile.validation == Some(Validation::Domain))
    }

    fn leaf_profile<K: Kind>(&self, record: &Record<K>) -> Result<Profile, Problem> {
        let organization = self.organizations.get(record.organization)?;
        let mut subject = Vec::new();
        if !self.names_domains_alone(record) {
            subject.push((DnType::CountryName, "XX".to_owned()));
            subject.extend(K::subject(record, organization.name()));
        }
        subject.push((DnType::CommonName, record.common_name.clone()));
        let mut key_usages = vec![KeyUsagePurpose::DigitalSignature];
        if let KeyKind::Rsa(_) = record.key {
            key_usages.push(KeyUsagePurpose::KeyEncipherment);
        }
        Ok(Profile {
            subject,
            names: record.names.clone(),
            serial: record.serial.clone().unwrap_or_default(),
            not_before: record.issued.unwrap_or(record.requested),
            not_after: record.expires,
            key_usages,
            extended_key_usages: K::EXTENDED_KEY_USAGES.to_vec(),
        })
    }
}

pub(super) fn not_available() -> Problem {
    Problem::bad(
        -169,
        "Certificate is not available, please contact administrator.",
    )
}

fn undecodable() -> Problem {
    Problem::bad(-10, "Error while decoding CSR.")
}
