use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{Ssl, SslCertificate};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        SectigoScm,
        administrators::Administrator,
        certificates::{
            description::{self, SIGNATURE_ALGORITHM, VENDOR, csr_details, key_usages, present},
            kind::Kind,
        },
        customer::Validation,
        dates::DateFormat,
        ok,
        problem::Problem,
    },
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

pub(super) const EXTENDED_KEY_USAGES: [&str; 2] = [
    "TLS Web Server Authentication",
    "TLS Web Client Authentication",
];

pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let (id, dates) = description::asked::<Ssl>(scm, call)?;
    Ok(ok(&scm.ssl_details(id, dates)?))
}

impl SectigoScm {
    pub(super) fn ssl_details(&mut self, id: i64, dates: DateFormat) -> Result<Value, Problem> {
        self.materialize_request::<Ssl>(id)?;
        let certificate = self.certificates.ssl.get(id)?;
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
            .and_then(|id| Ssl::profile(&self.customer, Some(id)).ok());
        if let Some(profile) = profile {
            present(body, "certType", Some(profile.json()));
            present(
                body,
                "validationType",
                profile.validation.map(Validation::text),
            );
            present(
                body,
                "subType",
                profile.validation.map(Validation::sub_type),
            );
        }
        let custom_fields = description::custom_fields(&self.customer, certificate);
        present(body, "customFields", Some(custom_fields));
        let approver = certificate
            .approver
            .and_then(|id| self.administrators.get(id));
        present(body, "owner", approver.map(Administrator::name));
        present(body, "ownerId", approver.map(|approver| approver.id));
        present(body, "requester", Some(certificate.requester.clone()));
        present(body, "requesterId", certificate.requester_id);
        present(
            body,
            "externalRequester",
            certificate.own.external_requester.clone(),
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
    description::key(certificate, body);
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
    present(
        body,
        "autoInstallDetails",
        Some(json!({"state": "Not configured"})),
    );
    let auto_renew = match certificate.own.auto_renew {
        Some(days) => json!({"state": "Scheduled", "daysBeforeExpiration": days}),
        None => json!({"state": "Not scheduled"}),
    };
    present(body, "autoRenewDetails", Some(auto_renew));
    present(
        body,
        "suspendNotifications",
        Some(certificate.own.suspend_notifications),
    );
}

fn channel(filter: &str) -> Option<&'static str> {
    let found = CHANNELS.iter().find(|(name, _)| *name == filter);
    found.map(|(_, text)| *text)
}
