//! Certificates as scans describe them.

use der::{Decode, asn1::Ia5StringRef, oid::ObjectIdentifier};
use jiff::Timestamp;
use md5::Md5;
use serde_json::{Map, Value, json};
use sha1::{Digest, Sha1};
use x509_cert::{
    certificate::{CertificateInner, Raw, TbsCertificateInner},
    ext::pkix::{ExtendedKeyUsage, KeyUsage, name::DirectoryString},
    name::Name,
};

use crate::{
    frame::x509::{self, KeyKind},
    sectigo_scm::dates::DateFormat,
};

/// A certificate that was found, and what can be seen in it.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) certificate: x509::Certificate,
    pub(super) subject: Parts,
    issuer: Parts,
    pub(super) key_usages: Vec<&'static str>,
    pub(super) extended_key_usages: Vec<String>,
    signature_algorithm: String,
    is_precertificate: bool,
}

/// Attributes of a name, in its order: `CN`, `host`.
pub(super) type Parts = Vec<(String, String)>;

const PRECERTIFICATE_POISON: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.3.6.1.4.1.11129.2.4.3");

const ATTRIBUTES: [(&str, &str); 9] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.5", "SERIALNUMBER"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("1.2.840.113549.1.9.1", "E"),
];

const SIGNATURES: [(&str, &str); 9] = [
    ("1.2.840.113549.1.1.5", "SHA1withRSA"),
    ("1.2.840.113549.1.1.11", "SHA256withRSA"),
    ("1.2.840.113549.1.1.12", "SHA384withRSA"),
    ("1.2.840.113549.1.1.13", "SHA512withRSA"),
    ("1.2.840.113549.1.1.10", "RSASSA-PSS"),
    ("1.2.840.10045.4.3.2", "SHA256withECDSA"),
    ("1.2.840.10045.4.3.3", "SHA384withECDSA"),
    ("1.2.840.10045.4.3.4", "SHA512withECDSA"),
    ("1.3.101.112", "Ed25519"),
];

const PURPOSES: [(&str, &str); 6] = [
    ("1.3.6.1.5.5.7.3.1", "TLS Web Server Authentication"),
    ("1.3.6.1.5.5.7.3.2", "TLS Web Client Authentication"),
    ("1.3.6.1.5.5.7.3.3", "Code Signing"),
    ("1.3.6.1.5.5.7.3.4", "E-mail Protection"),
    ("1.3.6.1.5.5.7.3.8", "Time Stamping"),
    ("1.3.6.1.5.5.7.3.9", "OCSP Signing"),
];

type Usage = (&'static str, fn(&KeyUsage) -> bool);

const USAGES: [Usage; 7] = [
    ("Digital Signature", KeyUsage::digital_signature),
    ("Non Repudiation", KeyUsage::non_repudiation),
    ("Key Encipherment", KeyUsage::key_encipherment),
    ("Data Encipherment", KeyUsage::data_encipherment),
    ("Key Agreement", KeyUsage::key_agreement),
    ("Certificate Sign", KeyUsage::key_cert_sign),
    ("CRL Sign", KeyUsage::crl_sign),
];

impl Found {
    pub(super) fn parse(der: &[u8]) -> Option<Self> {
        let certificate = x509::Certificate::parse(der)?;
        let read = CertificateInner::<Raw>::from_der(der).ok()?;
        let content = read.tbs_certificate();
        let algorithm = content.signature().oid.to_string();
        Some(Self {
            certificate,
            subject: parts(content.subject()),
            issuer: parts(content.issuer()),
            key_usages: key_usages(content)?,
            extended_key_usages: extended_key_usages(content)?,
            signature_algorithm: named(&SIGNATURES, algorithm),
            is_precertificate: is_precertificate(content),
        })
    }

    /// What it is known by: the SHA-1 of it.
    pub(super) fn hash(&self) -> String {
        lower_hex(&Sha1::digest(&self.certificate.der))
    }

    pub(super) fn issuer_texts(&self) -> Vec<String> {
        let names = self.issuer.iter().filter(|(name, _)| name == "CN");
        let mut texts: Vec<_> = names.map(|(_, value)| value.clone()).collect();
        texts.push(self.certificate.issuer.clone());
        texts
    }

    /// The values of one attribute of the subject.
    pub(super) fn subject_values(&self, attribute: &str) -> Vec<String> {
        let parts = self.subject.iter().filter(|(name, _)| name == attribute);
        parts.map(|(_, value)| value.clone()).collect()
    }

    pub(super) fn json(&self, dates: DateFormat) -> Value {
        let it = &self.certificate;
        let written = |at: Timestamp| dates.write(at);
        json!({
            "cn": it.common_name.clone().unwrap_or_default(),
            "validFrom": written(it.not_before),
            "validTo": written(it.not_after),
            "subject": object(&self.subject),
            "issuer": object(&self.issuer),
            "san": it.names,
            "keyAlgorithm": key_algorithm(&it.public_key.kind),
            "keySize": key_size(&it.public_key.kind),
            "signatureAlgorithm": self.signature_algorithm,
            "sn": x509::hex(&it.serial, ""),
            "md5Hash": lower_hex(&Md5::digest(&it.der)),
            "sha1Hash": self.hash(),
            "ku": self.key_usages,
            "eku": self.extended_key_usages,
            "precert": self.is_precertificate,
        })
    }
}

fn lower_hex(bytes: &[u8]) -> String {
    x509::hex(bytes, "").to_lowercase()
}

/// The name of what an identifier stands for; the identifier itself where it has none here.
fn named(names: &[(&str, &str)], identifier: String) -> String {
    let known = names.iter().find(|(known, _)| *known == identifier);
    known.map_or(identifier, |(_, name)| (*name).to_owned())
}

fn parts(name: &Name) -> Parts {
    let part = |attribute: &x509_cert::attr::AttributeTypeAndValue| {
        let directory = attribute.value.decode_as::<DirectoryString>();
        let value = match directory {
            Ok(text) => text.value().into_owned(),
            // Domain components and e-mail addresses are of another type.
            Err(_) => attribute
                .value
                .decode_as::<Ia5StringRef<'_>>()
                .ok()?
                .to_string(),
        };
        Some((named(&ATTRIBUTES, attribute.oid.to_string()), value))
    };
    name.iter().filter_map(part).collect()
}

/// One text for each attribute; what stands there several times is joined.
fn object(parts: &Parts) -> Value {
    let mut object = Map::new();
    for (name, value) in parts {
        let joined = match object.get(name).and_then(Value::as_str) {
            Some(before) => format!("{before}, {value}"),
            None => value.clone(),
        };
        object.insert(name.clone(), joined.into());
    }
    object.into()
}

fn key_usages(content: &TbsCertificateInner<Raw>) -> Option<Vec<&'static str>> {
    let extension = content.get_extension::<KeyUsage>().ok()?;
    let Some((_, usage)) = extension else {
        return Some(Vec::new());
    };
    let set = USAGES.iter().filter(|(_, is_set)| is_set(&usage));
    Some(set.map(|(name, _)| *name).collect())
}

fn extended_key_usages(content: &TbsCertificateInner<Raw>) -> Option<Vec<String>> {
    let extension = content.get_extension::<ExtendedKeyUsage>().ok()?;
    let purposes = extension.map(|(_, usage)| usage.0).unwrap_or_default();
    let purposes = purposes.iter();
    Some(
        purposes
            .map(|oid| named(&PURPOSES, oid.to_string()))
            .collect(),
    )
}

fn is_precertificate(content: &TbsCertificateInner<Raw>) -> bool {
    let mut extensions = content.extensions().into_iter().flatten();
    extensions.any(|extension| extension.extn_id == PRECERTIFICATE_POISON)
}

fn key_algorithm(key: &KeyKind) -> &str {
    match key {
        KeyKind::Rsa(_) => "RSA",
        KeyKind::Ec(_) => "EC",
        KeyKind::Ed25519 => "Ed25519",
        KeyKind::Other(oid) => oid,
    }
}

fn key_size(key: &KeyKind) -> usize {
    match key {
        KeyKind::Rsa(bits) => *bits,
        KeyKind::Ec("P-256") | KeyKind::Ed25519 => 256,
        KeyKind::Ec("P-384") => 384,
        KeyKind::Ec(_) => 521,
        KeyKind::Other(_) => 0,
    }
}
