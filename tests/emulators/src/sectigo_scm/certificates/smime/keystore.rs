use http::{StatusCode, header::CONTENT_DISPOSITION};

use super::Smime;
use crate::{
    frame::{Call, Reply, pkcs12::Encryption},
    sectigo_scm::{
        self, SectigoScm,
        certificates::{material::not_available, record::Status},
        no_parameters,
        problem::Problem,
    },
};

const ENCRYPTIONS: [&str; 2] = ["AES256-SHA256", "TripleDES-SHA1"];

/// Certificate, chain and key from the key vault, as PKCS#12.
pub(super) fn download(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let encryption = body.choice("encryptionType", &ENCRYPTIONS)?;
    let pass_phrase = body.required_text("passphrase", 1..)?;
    body.finish()?;
    let now = scm.now();
    let record = scm.record::<Smime>(call)?;
    record.refuse_unless(now, &[Status::Issued, Status::Expired])?;
    let id = record.id;
    let how = match encryption.as_deref() {
        Some("TripleDES-SHA1") => Encryption::TripleDes,
        _ => Encryption::Aes256,
    };
    let file = scm.key_with_chain::<Smime>(id)?.write(&pass_phrase, how);
    let file = file.map_err(|_| not_available())?;
    let reply = Reply::bytes(StatusCode::OK, "application/octet-stream", file);
    Ok(reply.header(
        CONTENT_DISPOSITION,
        "attachment; filename=\"key_vault.p12\"",
    ))
}
