use serde_json::{Map, Value, json};

use super::{Smime, SmimeCertificate, state};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        SectigoScm,
        certificates::{
            annotate::change,
            description::{self, SIGNATURE_ALGORITHM, csr_details, key_usages, present},
            kind::Kind,
            record::Status,
        },
        customer::Profile,
        dates::DateFormat,
        ok,
        problem::Problem,
    },
};

const EXTENDED_KEY_USAGES: [&str; 2] = ["1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.2"];

pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let (id, dates) = description::asked::<Smime>(scm, call)?;
    Ok(ok(&scm.smime_details(id, dates)?))
}

pub(super) fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let (id, dates) = change::<Smime>(scm, call)?;
    Ok(ok(&scm.smime_details(id, dates)?))
}

impl SectigoScm {
    fn smime_details(&mut self, id: i64, dates: DateFormat) -> Result<Value, Problem> {
        self.materialize_request::<Smime>(id)?;
        let record = self.certificates.smime.get(id)?;
        let mut body = identity(record, state(record.status_at(self.now())));
        let custom_fields = description::custom_fields(&self.customer, record);
        present(&mut body, "customFields", Some(custom_fields));
        let profile = record.profile.map(Some);
        let profile = profile.and_then(|id| Smime::profile(&self.customer, id).ok());
        present(&mut body, "certType", profile.map(Profile::json));
        history(record, dates, &mut body);
        description::key(record, &mut body);
        if record.serial.is_some() {
            present(&mut body, "signatureAlg", Some(SIGNATURE_ALGORITHM));
            let usages = key_usages(&record.key).to_vec();
            present(&mut body, "keyUsages", Some(usages));
            let usages = EXTENDED_KEY_USAGES.to_vec();
            present(&mut body, "extendedKeyUsages", Some(usages));
        }
        let certificate = match record.certificate {
            Some(_) => self.certificate_details(record),
            None => json!({}),
        };
        present(&mut body, "certificateDetails", Some(certificate));
        let request = record.request.as_ref().map(csr_details);
        present(&mut body, "csrDetails", request);
        Ok(Value::Object(body))
    }
}

fn identity(record: &SmimeCertificate, state: &str) -> Map<String, Value> {
    let via = match record.requested_via {
        "IMPORTED" => "Imported",
        _ => "REST Enroll API",
    };
    let body = json!({
        "commonName": record.common_name,
        "id": record.id,
        "subType": "Private",
        "orgId": record.organization,
        "status": state,
        "backendCertId": record.backend_id(),
        "term": record.term,
        "requestedVia": via,
        "comments": record.comments,
        "subjectAlternativeNames": record.names,
        "suspendNotifications": false,
    });
    let mut body = body.as_object().cloned().unwrap_or_default();
    present(&mut body, "serialNumber", record.serial_text());
    body
}

fn history(record: &SmimeCertificate, dates: DateFormat, body: &mut Map<String, Value>) {
    present(body, "requested", Some(dates.write(record.requested)));
    present(body, "issued", record.issued.map(|at| dates.write(at)));
    let expires = (record.status != Status::Applied).then(|| dates.write(record.expires));
    present(body, "expires", expires);
    present(body, "revoked", record.revoked.map(|at| dates.write(at)));
    present(body, "reasonCode", record.reason_code);
}
