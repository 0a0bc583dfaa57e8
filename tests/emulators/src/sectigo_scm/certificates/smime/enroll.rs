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
        certificates::{csr::signing_request, kind::Order, record::HeldKey},
        contact::{is_email, is_phone},
        customer::custom_fields,
        no_parameters, ok,
        organizations::person::{self, Texts},
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
    let organization = order.organization;
    let mut record = scm.ordered::<Smime>(order, &request)?;
    record.common_name = person.common_name;
    record.names = vec![person.email.clone()];
    record.own = Smime {
        person: scm.person(organization, person.texts, &person.secondary_emails),
        email: person.email,
    };
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
    texts: Texts,
}

impl Person {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        let email = body.required_text("email", 1..=128)?;
        let secondary_emails: Vec<String> = body.optional("secondaryEmails")?.unwrap_or_default();
        let mut texts = Texts::new();
        for (name, most) in [("phone", 32), ("eppn", 128), ("upn", 256)] {
            texts.extend(body.text(name, ..=most)?.map(|text| (name, text)));
        }
        let full_name = full_name(body, &mut texts)?;
        let common_name = body.text("commonName", ..=64)?;
        if !is_email(&email) {
            return Err(Invalid::value("email", "is no e-mail address").into());
        }
        if !secondary_emails.iter().all(|email| is_email(email)) {
            return Err(Problem::invalid_value("secondaryEmails"));
        }
        if texts.get("phone").is_some_and(|phone| !is_phone(phone)) {
            return Err(Problem::invalid_value("phone"));
        }
        let common_name = common_name.filter(|name| !name.is_empty());
        let common_name = common_name.unwrap_or(full_name);
        texts.insert("email", email.clone());
        texts.insert("commonName", common_name.clone());
        Ok(Self {
            email,
            secondary_emails,
            common_name,
            texts,
        })
    }
}

/// First, middle and last name with blanks between them, 1 to 64 characters in all.
fn full_name(body: &mut Object, texts: &mut Texts) -> Result<String, Problem> {
    let first = body.required_text("firstName", 1..)?;
    let middle = body.text("middleName", ..)?.unwrap_or_default();
    let last = body.required_text("lastName", 1..)?;
    texts.extend([
        ("firstName", first),
        ("middleName", middle),
        ("lastName", last),
    ]);
    let name = person::full_name(texts);
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
