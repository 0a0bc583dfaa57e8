use md5::Md5;
use serde_json::{Map, Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::{kind::Kind, record::Record};
use crate::{
    frame::{
        Call, Query,
        x509::{self, KeyKind},
    },
    sectigo_scm::{
        SectigoScm, administration::custom_field::Definition, customer::Customer,
        dates::DateFormat, problem::Problem,
    },
};

const KEY_USAGES: [&str; 2] = ["Digital Signature", "Key Encipherment"];
pub(super) const SIGNATURE_ALGORITHM: &str = "SHA256withECDSA";
pub(super) const VENDOR: &str = "Emulated CA";

/// The certificate whose details a call asks for, and how to write its dates.
pub(super) fn asked<K: Kind>(
    scm: &mut SectigoScm,
    call: &Call<'_>,
) -> Result<(i64, DateFormat), Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    Ok((scm.look_at::<K>(call)?.id, dates))
}

impl SectigoScm {
    pub(super) fn certificate_details<K: Kind>(&self, certificate: &Record<K>) -> Value {
        let Some(issued) = &certificate.certificate else {
            return json!({"issuer": self.issuer()});
        };
        let names = issued.names.iter().map(|name| match name.contains('@') {
            true => format!("rfc822Name={name}"),
            false => format!("dNSName={name}"),
        });
        json!({
            "issuer": issued.issuer,
            "subject": issued.subject,
            "subjectAltNames": names.collect::<Vec<_>>().join(", "),
            "md5Hash": x509::hex(&Md5::digest(&issued.der), ""),
            "sha1Hash": x509::hex(&Sha1::digest(&issued.der), ""),
            "sha256Hash": x509::hex(&Sha256::digest(&issued.der), ""),
        })
    }

    /// The subject of the authority that issues everything that is not imported.
    pub(in crate::sectigo_scm) fn issuer(&self) -> String {
        let issuer = x509::Certificate::parse(self.world.authority.intermediate());
        issuer.map(|issuer| issuer.subject).unwrap_or_default()
    }
}

/// All fields that certificates of the kind may have; those without a value are null.
pub(super) fn custom_fields<K: Kind>(customer: &Customer, record: &Record<K>) -> Value {
    let value = |field: &Definition| {
        let mut set = record.custom_fields.iter();
        let value = set.find(|(id, _)| *id == field.id);
        json!({"name": field.name, "value": value.map(|(_, value)| value)})
    };
    customer.custom_fields.of(K::FIELDS).map(value).collect()
}

/// What the certificate was ordered for, as its key tells.
pub(super) fn key<K: Kind>(record: &Record<K>, body: &mut Map<String, Value>) {
    present(body, "keyAlgorithm", Some(key_algorithm(&record.key)));
    present(body, "keySize", Some(key_size(&record.key)));
    present(body, "keyType", Some(key_type(&record.key)));
}

pub(super) fn csr_details(request: &x509::SigningRequest) -> Value {
    json!({
        "csr": x509::to_pem("CERTIFICATE REQUEST", &request.der).trim_end(),
        "md5Hash": x509::hex(&Md5::digest(&request.der), ""),
        "sha1Hash": x509::hex(&Sha1::digest(&request.der), ""),
        "sha256Hash": x509::hex(&Sha256::digest(&request.der), ""),
    })
}

pub(super) fn key_usages(key: &KeyKind) -> &'static [&'static str] {
    match key {
        KeyKind::Rsa(_) => &KEY_USAGES,
        _ => &KEY_USAGES[..1],
    }
}

pub(super) fn key_algorithm(key: &KeyKind) -> &str {
    match key {
        KeyKind::Rsa(_) => "RSA",
        KeyKind::Ec(_) => "EC",
        KeyKind::Ed25519 => "Ed25519",
        KeyKind::Other(oid) => oid,
    }
}

/// The size in bits; 0 where it has no meaning.
pub(super) fn key_size(key: &KeyKind) -> usize {
    match key {
        KeyKind::Rsa(bits) => *bits,
        KeyKind::Ec("P-256") => 256,
        KeyKind::Ec("P-384") => 384,
        KeyKind::Ec(_) => 521,
        KeyKind::Ed25519 => 256,
        KeyKind::Other(_) => 0,
    }
}

/// The RSA size or the name of the curve.
pub(super) fn key_parameter(key: &KeyKind) -> Option<String> {
    match key {
        KeyKind::Rsa(bits) => Some(bits.to_string()),
        KeyKind::Ec(curve) => Some((*curve).to_owned()),
        _ => None,
    }
}

fn key_type(key: &KeyKind) -> String {
    let algorithm = key_algorithm(key);
    match key_parameter(key) {
        Some(parameter) => format!("{algorithm} - {parameter}"),
        None => algorithm.to_owned(),
    }
}

/// Puts a field into an answer where it has a value, and leaves it out where it has none.
pub(super) fn present(body: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        body.insert(name.to_owned(), value.into());
    }
}
