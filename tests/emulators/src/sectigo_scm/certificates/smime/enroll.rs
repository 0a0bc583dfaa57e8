use std::sync::Arc;

use rcgen::{CertificateParams, DnType, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use serde_json::{Value, json};

use super::{Smime, SmimeCertificate};
use crate::{
    frame::{
        Call, Invalid, IssueError, Object, Reply,
        x509::{self, SigningRequest},
    },
    sectigo_scm::{
        self, SectigoScm,
        certificates::{
            csr::{is_email, signing_request},
            kind::Order,
            record::HeldKey,
        },
        customer::custom_fields,
        no_parameters, ok,
        problem::Problem,
    },
};

/// Requests a certificate for a person; without a signing request the key is made here, and stays
/// in the key vault.
pub(super) fn enroll(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let csr = body.text("csr", 1..=32_767)?;
    let person = Person::read(&mut body)?;
    let order = Order {
        organization: body.required_integer("orgId", 1..)?,
        profile: body.integer("certType", 1..)?,
        term: body.integer("term", 1..)?,
        comments: body.text("comments", ..=1024)?.unwrap_or_default(),
        custom_fields: custom_fields(&mut body)?.unwrap_or_default(),
    };
    body.finish()?;
    let (request, key) = match csr {
        Some(csr) => (signing_request(&csr)?, HeldKey::None),
        None => key_in_vault(&person.common_name)?,
    };
    let mut record = scm.ordered::<Smime>(order, &request)?;
    record.own = Smime {
        person: scm.person(&person.email),
        email: person.email.clone(),
    };
    record.common_name = person.common_name;
    record.names = vec![person.email];
    record.names.extend(person.secondary_emails);
    record.private_key = key;
    record.take_key(request);
    Ok(ok(&scm.apply_smime(record)))
}

impl SectigoScm {
    /// Hands a request to the authority, and answers what it will be known by.
    pub(super) fn apply_smime(&mut self, mut record: SmimeCertificate) -> Value {
        record.apply(self.now());
        let answer = json!({
            "id": record.id,
            "orderNumber": record.order_number(),
            "backendCertId": record.backend_id(),
        });
        self.submit(record);
        answer
    }
}

/// Whom a certificate is for.
#[derive(Debug)]
struct Person {
    email: String,
    secondary_emails: Vec<String>,
    common_name: String,
}

impl Person {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        let email = body.required_text("email", 1..=128)?;
        let secondary_emails: Vec<String> = body.optional("secondaryEmails")?.unwrap_or_default();
        let phone = body.text("phone", ..=32)?.unwrap_or_default();
        body.text("eppn", ..=128)?;
        body.text("upn", ..=256)?;
        let full_name = full_name(body)?;
        let common_name = body.text("commonName", ..=64)?;
        if !is_email(&email) {
            return Err(Invalid::value("email", "is no e-mail address").into());
        }
        if !secondary_emails.iter().all(|email| is_email(email)) {
            return Err(Problem::invalid_value("secondaryEmails"));
        }
        if !phone
            .chars()
            .all(|c| c.is_ascii_digit() || "#|()-+ x".contains(c))
        {
            return Err(Problem::invalid_value("phone"));
        }
        Ok(Self {
            email,
            secondary_emails,
            common_name: common_name
                .filter(|name| !name.is_empty())
                .unwrap_or(full_name),
        })
    }
}

/// First, middle and last name with blanks between them, 1 to 64 characters in all.
fn full_name(body: &mut Object) -> Result<String, Problem> {
    let first = body.required_text("firstName", 1..)?;
    let middle = body.text("middleName", ..)?.unwrap_or_default();
    let last = body.required_text("lastName", 1..)?;
    let parts = [first, middle, last]
        .into_iter()
        .filter(|part| !part.is_empty());
    let name = parts.collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        1..=64 => Ok(name),
        _ => Err(Problem::invalid_value("firstName")),
    }
}

fn key_in_vault(common_name: &str) -> Result<(SigningRequest, HeldKey), Problem> {
    let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048);
    let key = key.map_err(IssueError::from)?;
    let mut parameters = CertificateParams::default();
    parameters
        .distinguished_name
        .push(DnType::CommonName, common_name);
    let request = parameters
        .serialize_request(&key)
        .map_err(IssueError::from)?;
    let request = signing_request(&x509::to_pem("CERTIFICATE REQUEST", request.der()))?;
    Ok((request, HeldKey::Own(Arc::new(key))))
}
