use serde_json::{Value, json};

use super::{Device, DeviceCertificate, subject};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        self, SectigoScm,
        certificates::{csr::signing_request, kind::Order},
        customer::custom_fields,
        no_parameters, ok,
        problem::Problem,
    },
};

pub(super) fn enroll(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let csr = body.required_text("csr", 1..=32_767)?;
    let subject = subject::read(&mut body)?;
    let order = Order {
        organization: body.required_integer("orgId", 1..)?,
        profile: Some(body.required_integer("certType", 1..)?),
        term: body.integer("term", 1..)?,
        comments: body.text("comments", ..=1024)?.unwrap_or_default(),
        custom_fields: custom_fields(&mut body)?.unwrap_or_default(),
    };
    body.finish()?;
    let request = signing_request(&csr)?;
    let mut record = scm.ordered::<Device>(order, &request)?;
    let common_name = subject::common_name(&subject).or_else(|| request.common_name.clone());
    let common_name = common_name.filter(|name| (1..=64).contains(&name.chars().count()));
    record.common_name = common_name.ok_or_else(|| Problem::bad(-138, "Invalid CSR."))?;
    record.own = Device { subject };
    record.take_key(request);
    Ok(ok(&scm.submitted(record)?))
}

impl SectigoScm {
    /// Files a request, and tells its number.
    pub(super) fn submitted(&mut self, record: DeviceCertificate) -> Result<Value, Problem> {
        let id = record.id;
        self.submit(record);
        let now = self.now();
        let record = self.certificates.device.get(id)?;
        Ok(json!({
            "deviceCertId": id,
            "status": record.status_at(now).text().to_ascii_uppercase(),
            "backendCertId": record.backend_id(),
            "orderNumber": record.order_number(),
        }))
    }
}
