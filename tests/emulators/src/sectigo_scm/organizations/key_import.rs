use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::Md5;
use rcgen::{KeyPair, PublicKeyData};
use serde_json::json;
use sha1::{Digest, Sha1};

use crate::{
    frame::{
        Call, Reply,
        pkcs12::{KeyWithChain, Pkcs12Error},
        x509,
    },
    sectigo_scm::{self, SectigoScm, customer, no_parameters, ok, problem::Problem},
};

/// A key that came with its certificate.
struct Imported {
    alias: String,
    id: i64,
    certificate: x509::Certificate,
    known: bool,
}

/// Takes a key into the vault, and tells what became of it.
pub(super) fn v2(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let imported = import(scm, call)?;
    let hash = |digest: &[u8]| x509::hex(digest, "").to_ascii_lowercase();
    let message = match imported.known {
        true => "The key is in the vault already",
        false => "Imported successfully",
    };
    let entry = json!({
        "alias": imported.alias,
        "clientCertId": imported.id,
        "md5": hash(&Md5::digest(&imported.certificate.der)),
        "sha1": hash(&Sha1::digest(&imported.certificate.der)),
        "message": message,
    });
    Ok(ok(&json!({"entries": [entry]})))
}

/// The same with the certificate's number alone for an answer.
pub(super) fn v1(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let imported = import(scm, call)?;
    Ok(ok(&json!({"id": imported.id})))
}

fn import(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Imported, Problem> {
    no_parameters(call)?;
    let person = scm.person_id(call)?;
    let mut body = sectigo_scm::body(call)?;
    let file = body.required_text("p12", 1..)?;
    let password = body.text("password", ..)?.unwrap_or_default();
    let custom_fields = customer::custom_fields(&mut body)?.unwrap_or_default();
    body.finish()?;
    scm.customer.custom_fields.check("smime", &custom_fields)?;
    let opened = open(&file, &password)?;
    let unreadable = || Problem::invalid_value("p12");
    let leaf = opened.chain.first().ok_or_else(unreadable)?;
    let certificate = x509::Certificate::parse(leaf).ok_or_else(unreadable)?;
    let key = KeyPair::try_from(opened.private_key.as_slice()).map_err(|_| unreadable())?;
    if key.subject_public_key_info() != certificate.public_key.der {
        return Err(unreadable());
    }
    let (id, known) = scm.take_key(person, &certificate, Arc::new(key), custom_fields)?;
    Ok(Imported {
        alias: opened.friendly_name,
        id,
        certificate,
        known,
    })
}

fn open(file: &str, password: &str) -> Result<KeyWithChain, Problem> {
    let file = STANDARD.decode(file);
    let file = file.map_err(|_| Problem::invalid_value("p12"))?;
    KeyWithChain::read(&file, password).map_err(|error| match error {
        Pkcs12Error::PassPhrase => Problem::invalid_value("password"),
        _ => Problem::invalid_value("p12"),
    })
}
