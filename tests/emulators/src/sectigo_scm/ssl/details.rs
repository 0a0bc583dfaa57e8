use jiff::Timestamp;
use md5::Md5;
use serde_json::{Map, Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::{SectigoScm, SslCertificate, ok};
use crate::{
    frame::{
        Call, Query, Reply,
        x509::{self, KeyKind},
    },
    sectigo_scm::{dates::DateFormat, problem::Problem},
};

/// How one set of channels is called: by filters, and in answers.
pub(super) const CHANNELS: &[(&str, &str)] = &[
    ("WEB_FORM", "Enrollment Form"),
    ("CLIENT_ADMIN", "Client Admin"),
    ("API", "Web API"),
    ("DISCOVERY", "Discovery"),
    ("IMPORTED", "Imported"),
    ("SCEP", "SCEP"),
    ("CD_AGENT", "CD Agent"),
    ("MS_AGENT", "MS Agent"),
    ("MS_CA", "MS CA"),
    ("BULK_REQUEST", "Bulk Request"),
    ("ACME", "ACME"),
    ("EST", "EST"),
    ("REST", "REST API"),
];

pub(super) const KEY_USAGES: [&str; 2] = ["Digital Signature", "Key Encipherment"];
pub(super) const EXTENDED_KEY_USAGES: [&str; 2] = [
    "TLS Web Server Authentication",
    "TLS Web Client Authentication",
];
pub(super) const SIGNATURE_ALGORITHM: &str = "SHA256withECDSA";
pub(super) const VENDOR: &str = "Emulated CA";

pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    let id = scm.look_at_ssl(call)?.id;
    Ok(ok(&scm.details(id, dates)?))
}

impl SectigoScm {
    pub(super) fn details(&mut self, id: i64, dates: DateFormat) -> Result<Value, Problem> {
        self.materialize_request(id)?;
        let certificate = self.ssl.get(id)?;
        let mut body = identity(certificate, self.now());
        self.profile_and_people(certificate, &mut body);
        self.history(certificate, dates, &mut body);
        key(certificate, &mut body);
        settings(certificate, &mut body);
        body.insert(
            "certificateDetails".to_owned(),
            self.certificate_details(certificate),
        );
        present(
            &mut body,
            "csrDetails",
            certificate.request.as_ref().map(csr_details),
        );
        Ok(Value::Object(body))
    }

    fn profile_and_people(&self, certificate: &SslCertificate, body: &mut Map<String, Value>) {
        let profile = certificate
            .profile
            .and_then(|id| self.customer.profile(Some(id)).ok());
        if let Some(profile) = profile {
            present(body, "certType", Some(profile.json()));
            present(body, "validationType", Some(profile.validation.text()));
            present(body, "subType", Some(profile.validation.sub_type()));
        }
        let approver = certificate
            .approver
            .and_then(|id| self.customer.administrator(id));
        present(body, "owner", approver.map(|approver| approver.name));
        present(body, "ownerId", approver.map(|approver| approver.id));
        present(body, "requester", Some(certificate.requester.clone()));
        present(body, "requesterId", certificate.requester_id);
        present(
            body,
            "externalRequester",
            certificate.external_requester.clone(),
        );
    }

    fn history(
        &self,
        certificate: &SslCertificate,
        dates: DateFormat,
        body: &mut Map<String, Value>,
    ) {
        let mut date = |name, at: Option<Timestamp>| {
            present(body, name, at.map(|at| dates.write(at)));
        };
        date("requested", Some(certificate.requested));
        date("approved", certificate.approved);
        date("issued", certificate.issued);
        date("declined", certificate.declined);
        date("expires", Some(certificate.expires));
        date("replaced", certificate.replaced);
        date("revoked", certificate.revoked);
        date("renewedDate", certificate.renewed);
        present(body, "renewed", Some(certificate.renewed.is_some()));
        present(body, "reasonCode", certificate.reason_code);
    }

    fn certificate_details(&self, certificate: &SslCertificate) -> Value {
        let Some(issued) = &certificate.certificate else {
            return json!({"issuer": self.issuer()});
        };
        let names = issued.names.iter().map(|name| format!("dNSName={name}"));
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
    pub(super) fn issuer(&self) -> String {
        let issuer = x509::Certificate::parse(self.world.authority.intermediate());
        issuer.map(|issuer| issuer.subject).unwrap_or_default()
    }
}

fn identity(certificate: &SslCertificate, now: Timestamp) -> Map<String, Value> {
    let mut body = Map::new();
    present(
        &mut body,
        "commonName",
        Some(certificate.common_name.clone()),
    );
    present(&mut body, "sslId", Some(certificate.id));
    present(&mut body, "id", Some(certificate.id));
    present(&mut body, "orgId", Some(certificate.organization));
    present(&mut body, "status", Some(certificate.status_at(now).text()));
    present(&mut body, "orderNumber", Some(certificate.order_number()));
    present(&mut body, "backendCertId", Some(certificate.backend_id()));
    present(&mut body, "vendor", Some(VENDOR));
    present(&mut body, "term", Some(certificate.term));
    present(
        &mut body,
        "requestedVia",
        channel(certificate.requested_via),
    );
    present(&mut body, "comments", Some(certificate.comments.clone()));
    // Null before the issue, as the service has it.
    body.insert("serialNumber".to_owned(), json!(certificate.serial_text()));
    present(
        &mut body,
        "subjectAlternativeNames",
        Some(certificate.names.clone()),
    );
    body
}

fn key(certificate: &SslCertificate, body: &mut Map<String, Value>) {
    present(body, "keyAlgorithm", Some(key_algorithm(&certificate.key)));
    present(body, "keySize", Some(key_size(&certificate.key)));
    present(body, "keyType", Some(key_type(&certificate.key)));
    if certificate.serial.is_some() {
        present(body, "signatureAlg", Some(SIGNATURE_ALGORITHM));
        present(
            body,
            "keyUsages",
            Some(key_usages(&certificate.key).to_vec()),
        );
        present(
            body,
            "extendedKeyUsages",
            Some(EXTENDED_KEY_USAGES.to_vec()),
        );
    }
}

fn settings(certificate: &SslCertificate, body: &mut Map<String, Value>) {
    let custom_field = |(name, value): &(String, String)| json!({"name": name, "value": value});
    let custom_fields = certificate.custom_fields.iter().map(custom_field);
    present(body, "customFields", Some(custom_fields.collect::<Value>()));
    present(
        body,
        "autoInstallDetails",
        Some(json!({"state": "Not configured"})),
    );
    let auto_renew = match certificate.auto_renew {
        Some(days) => json!({"state": "Scheduled", "daysBeforeExpiration": days}),
        None => json!({"state": "Not scheduled"}),
    };
    present(body, "autoRenewDetails", Some(auto_renew));
    present(
        body,
        "suspendNotifications",
        Some(certificate.suspend_notifications),
    );
}

fn csr_details(request: &x509::SigningRequest) -> Value {
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

fn channel(filter: &str) -> Option<&'static str> {
    let found = CHANNELS.iter().find(|(name, _)| *name == filter);
    found.map(|(_, text)| *text)
}

/// Puts a field into an answer where it has a value, and leaves it out where it has none.
fn present(body: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        body.insert(name.to_owned(), value.into());
    }
}
