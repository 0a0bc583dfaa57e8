use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{Device, DeviceCertificate};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        SectigoScm,
        administrators::Administrator,
        certificates::{
            annotate::change,
            description::{self, csr_details, present},
            kind::Kind,
        },
        customer::Profile,
        dates::DateFormat,
        ok,
        problem::Problem,
    },
};

pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let (id, dates) = description::asked::<Device>(scm, call)?;
    Ok(ok(&scm.device_details(id, dates)?))
}

/// Changes what is sent; answers the certificate's details.
pub(super) fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let (id, dates) = change::<Device>(scm, call)?;
    Ok(ok(&scm.device_details(id, dates)?))
}

impl SectigoScm {
    pub(super) fn device_details(&mut self, id: i64, dates: DateFormat) -> Result<Value, Problem> {
        self.materialize_request::<Device>(id)?;
        let record = self.certificates.device.get(id)?;
        let mut body = identity(record, self.now());
        let profile = record.profile.map(Some);
        let profile = profile.and_then(|id| Device::profile(&self.customer, id).ok());
        present(&mut body, "certType", profile.map(Profile::json));
        let approver = record.approver.and_then(|id| self.administrators.get(id));
        present(&mut body, "owner", approver.map(Administrator::name));
        history(record, dates, &mut body);
        description::key(record, &mut body);
        let custom_fields = description::custom_fields(&self.customer, record);
        present(&mut body, "customFields", Some(custom_fields));
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

fn identity(record: &DeviceCertificate, now: Timestamp) -> Map<String, Value> {
    let body = json!({
        "commonName": record.common_name,
        "id": record.id,
        "orgId": record.organization,
        "status": record.status_at(now).text(),
        "orderNumber": record.order_number(),
        "backendCertId": record.backend_id(),
        "term": record.term,
        "requester": record.requester,
        "comments": record.comments,
    });
    let mut body = body.as_object().cloned().unwrap_or_default();
    present(&mut body, "serialNumber", record.serial_text());
    body
}

fn history(record: &DeviceCertificate, dates: DateFormat, body: &mut Map<String, Value>) {
    present(body, "requested", Some(dates.write(record.requested)));
    let approved = record.approved.map(|at| dates.write(at));
    present(body, "approved", approved);
    present(body, "expires", Some(dates.write(record.expires)));
}
