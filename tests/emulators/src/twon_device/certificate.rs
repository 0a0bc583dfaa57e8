use bytes::Bytes;
use der::{Decode, oid::ObjectIdentifier};
use pkcs8::EncryptedPrivateKeyInfoRef;
use rustls::{crypto::aws_lc_rs::sign::any_supported_type, pki_types::PrivateKeyDer};
use serde_json::{Map, Value, json};
use sha1::{Digest, Sha1};
use x509_cert::{
    certificate::{CertificateInner, Raw},
    name::Name,
};

use super::{parameters::Parameters, problem::Problem};
use crate::frame::x509;

const CERTIFICATE: &str = "blob-cert";
const PRIVATE_KEY: &str = "blob-pk";
const PASSWORD: &str = "password";

/// A certificate as the device lists it.
#[derive(Clone, Debug)]
pub(super) struct DeviceCertificate {
    pub(super) fingerprint: String,
    pub(super) id: Option<String>,
    pub(super) protected: bool,
    pub(super) system_use_only: bool,
    content: x509::Certificate,
    subject: Value,
    issuer: Value,
}

impl DeviceCertificate {
    pub(super) fn parse(der: &[u8]) -> Option<Self> {
        let raw = CertificateInner::<Raw>::from_der(der).ok()?;
        Some(Self {
            fingerprint: x509::hex(&Sha1::digest(der), "").to_ascii_lowercase(),
            id: None,
            protected: false,
            system_use_only: false,
            content: x509::Certificate::parse(der)?,
            subject: parts(raw.tbs_certificate().subject()),
            issuer: parts(raw.tbs_certificate().issuer()),
        })
    }

    /// Whether it may be deleted: what the device brought along stays, whatever `protected` says.
    pub(super) fn can_go(&self) -> bool {
        let internal = self.id.as_deref().is_some_and(|id| id.starts_with('#'));
        !self.protected && !internal
    }

    pub(super) fn json(&self) -> Map<String, Value> {
        let row = json!({
            "fingerprint": self.fingerprint,
            "subject": self.subject,
            "issuer": self.issuer,
            "startDate": self.content.not_before.to_string(),
            "endDate": self.content.not_after.to_string(),
            "protected": self.protected,
            "systemUseOnly": self.system_use_only,
        });
        let Value::Object(mut row) = row else {
            unreachable!("an object was written")
        };
        if let Some(id) = &self.id {
            row.insert("id".to_owned(), json!(id));
        }
        row
    }
}

/// Takes a certificate with its key out of an upload; the key has to be the certificate's.
pub(super) fn with_key(parameters: &mut Parameters) -> Result<DeviceCertificate, Problem> {
    let certificate = certificate(parameters)?;
    let key = der(&parameters.file(PRIVATE_KEY)?);
    let key = key.ok_or_else(|| Problem::invalid(PRIVATE_KEY, UNREADABLE_KEY))?;
    let password = parameters.text(PASSWORD)?;
    let public_key = public_key(key, password.as_deref())?;
    match public_key == certificate.content.public_key.der {
        true => Ok(certificate),
        false => Err(Problem::collide(
            PRIVATE_KEY,
            "the private key does not belong to the certificate",
        )),
    }
}

/// Takes the certificate of an authority out of an upload.
pub(super) fn of_authority(parameters: &mut Parameters) -> Result<DeviceCertificate, Problem> {
    let certificate = certificate(parameters)?;
    match certificate.content.is_ca {
        true => Ok(certificate),
        false => Err(Problem::invalid(
            CERTIFICATE,
            "not a certificate of an authority",
        )),
    }
}

const UNREADABLE_KEY: &str = "the private key cannot be read";

fn certificate(parameters: &mut Parameters) -> Result<DeviceCertificate, Problem> {
    let der = der(&parameters.file(CERTIFICATE)?);
    let certificate = der.and_then(|der| DeviceCertificate::parse(&der));
    certificate.ok_or_else(|| Problem::invalid(CERTIFICATE, "the certificate cannot be read"))
}

/// The bytes of a file that is DER or PEM.
fn der(file: &Bytes) -> Option<Vec<u8>> {
    const SEQUENCE: u8 = 0x30;
    if file.first() == Some(&SEQUENCE) {
        return Some(file.to_vec());
    }
    let text = str::from_utf8(file).ok()?;
    text.contains("-----BEGIN ")
        .then(|| x509::from_text(text))?
}

fn public_key(der: Vec<u8>, password: Option<&str>) -> Result<Vec<u8>, Problem> {
    let unreadable = || Problem::invalid(PRIVATE_KEY, UNREADABLE_KEY);
    let plain = match EncryptedPrivateKeyInfoRef::from_der(&der) {
        Ok(encrypted) => {
            let password = password.ok_or_else(|| Problem::missing(PASSWORD))?;
            let decrypted = encrypted.decrypt(password);
            let wrong = |_| Problem::invalid(PASSWORD, "the password of the private key is wrong");
            decrypted.map_err(wrong)?.as_bytes().to_vec()
        }
        Err(_) => der,
    };
    let key = PrivateKeyDer::try_from(plain).map_err(|_| unreadable())?;
    let key = any_supported_type(&key).map_err(|_| unreadable())?;
    let public_key = key.public_key().ok_or_else(unreadable)?;
    Ok(public_key.to_vec())
}

/// The attributes that a device tells; of several of one kind the last.
fn parts(name: &Name) -> Value {
    let mut parts = Map::new();
    for attribute in name.iter() {
        let known = ATTRIBUTES.iter().find(|(oid, _)| *oid == attribute.oid);
        if let (Some((_, key)), Ok(text)) = (known, str::from_utf8(attribute.value.value())) {
            parts.insert((*key).to_owned(), json!(text));
        }
    }
    Value::Object(parts)
}

const ATTRIBUTES: [(ObjectIdentifier, &str); 6] = [
    (ObjectIdentifier::new_unwrap("2.5.4.3"), "CN"),
    (ObjectIdentifier::new_unwrap("2.5.4.10"), "O"),
    (ObjectIdentifier::new_unwrap("2.5.4.11"), "OU"),
    (ObjectIdentifier::new_unwrap("2.5.4.7"), "L"),
    (ObjectIdentifier::new_unwrap("2.5.4.8"), "S"),
    (ObjectIdentifier::new_unwrap("2.5.4.6"), "C"),
];
