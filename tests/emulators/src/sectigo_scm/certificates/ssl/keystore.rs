use http::{Method, StatusCode, header::CONTENT_DISPOSITION};
use pkcs8::{PrivateKeyInfoRef, der::Decode, pkcs5::pbes2::Parameters};
use serde_json::json;

use super::Ssl;
use crate::{
    frame::{Call, Query, Reply, Request, jks, pkcs12::Encryption, x509},
    sectigo_scm::{
        self, SectigoScm,
        certificates::{material::not_available, record::Status},
        no_parameters, ok,
        problem::Problem,
    },
};

const FORMATS: [&str; 5] = ["key", "p12", "p12aes", "jks", "pem"];
const PATH: &str = "/download";
const ITERATIONS: u32 = 2_048;

/// A key store that waits behind a link, as the private key agent keeps it.
#[derive(Debug)]
pub(in crate::sectigo_scm::certificates) struct Link {
    format: String,
    file_name: String,
    content: Vec<u8>,
}

/// Makes a key store and answers the link to it, on the key agent's host.
pub(super) fn create_link(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let format = call.argument("formatType");
    if !FORMATS.contains(&format) {
        return Err(Problem::bad(-1450, unsupported(format)));
    }
    let mut body = sectigo_scm::body(call)?;
    let pass_phrase = body.text("passphrase", ..=32)?;
    body.finish()?;
    let now = scm.now();
    let certificate = scm.record::<Ssl>(call)?;
    certificate.refuse_unless(now, &[Status::Issued, Status::Expired])?;
    let id = certificate.id;
    let link = scm.key_store(id, format, pass_phrase.as_deref())?;
    let token: String = (0..25)
        .map(|_| fastrand::alphanumeric().to_ascii_uppercase())
        .collect();
    scm.certificates.links.insert(token.clone(), link);
    let url = format!(
        "{}{PATH}?token={token}&keyformat={format}",
        scm.world.other_url
    );
    Ok(ok(&json!({"link": url})))
}

impl SectigoScm {
    /// What the key agent answers under a link: it knows no administrators, only tokens.
    pub(in crate::sectigo_scm) fn download(&self, request: &Request) -> Option<Reply> {
        if request.path != PATH || request.method != Method::GET {
            return None;
        }
        let Some(link) = self.asked(request) else {
            return Some(Reply::empty(StatusCode::NOT_FOUND));
        };
        let reply = Reply::bytes(
            StatusCode::OK,
            "application/octet-stream",
            link.content.clone(),
        );
        let disposition = format!("attachment; filename=\"{}\"", link.file_name);
        Some(reply.header(CONTENT_DISPOSITION, disposition))
    }

    fn asked(&self, request: &Request) -> Option<&Link> {
        let mut query = Query::parse(request.query.as_deref()).ok()?;
        let token = query.text("token").ok()??;
        let format = query.text("keyformat").ok()??;
        self.certificates
            .links
            .get(&token)
            .filter(|link| link.format == format)
    }

    fn key_store(
        &mut self,
        id: i64,
        format: &str,
        pass_phrase: Option<&str>,
    ) -> Result<Link, Problem> {
        let stored = self.key_with_chain::<Ssl>(id)?;
        let (name, key) = (&stored.friendly_name, &stored.private_key);
        let chain: Vec<_> = stored.chain.iter().map(Vec::as_slice).collect();
        let content = match format {
            "key" => x509::to_pem("PRIVATE KEY", key).into_bytes(),
            "jks" => {
                let created = self.now().as_millisecond();
                jks::write(name, key, &chain, require(pass_phrase)?, created)
            }
            "pem" => encrypted_pem(key, &chain, require(pass_phrase)?)?,
            other => {
                let aes = other == "p12aes";
                let how = if aes {
                    Encryption::Aes256
                } else {
                    Encryption::TripleDes
                };
                let written = stored.write(require(pass_phrase)?, how);
                written.map_err(|_| not_available())?
            }
        };
        let extension = if format == "p12aes" { "p12" } else { format };
        let file_name = format!("{}.{extension}", name.replace(['*', '.'], "_"));
        let format = format.to_owned();
        Ok(Link {
            format,
            file_name,
            content,
        })
    }
}

fn encrypted_pem(key: &[u8], chain: &[&[u8]], pass_phrase: &str) -> Result<Vec<u8>, Problem> {
    let salt: [u8; 16] = std::array::from_fn(|_| fastrand::u8(..));
    let vector: [u8; 16] = std::array::from_fn(|_| fastrand::u8(..));
    let unavailable = |_| not_available();
    let parameters = Parameters::generate_pbkdf2_sha256_aes256cbc(ITERATIONS, &salt, vector);
    let parameters = parameters.map_err(|_| not_available())?;
    let key = PrivateKeyInfoRef::from_der(key).map_err(unavailable)?;
    let encrypted = key
        .encrypt_with_params(parameters, pass_phrase)
        .map_err(|_| not_available())?;
    let label = "ENCRYPTED PRIVATE KEY";
    let mut pem: String = chain
        .iter()
        .map(|der| x509::to_pem("CERTIFICATE", der))
        .collect();
    pem.push_str(&x509::to_pem(label, encrypted.as_bytes()));
    Ok(pem.into_bytes())
}

fn require(pass_phrase: Option<&str>) -> Result<&str, Problem> {
    pass_phrase
        .filter(|text| !text.is_empty())
        .ok_or_else(|| Problem::missing("passphrase"))
}

fn unsupported(format: &str) -> String {
    format!("Unsupported certificate format specified: {format}")
}
