use serde_json::{Value, json};

use super::{Device, DeviceCertificate};
use crate::{
    frame::Query,
    sectigo_scm::{
        SectigoScm,
        certificates::search::{Filter, Listed},
        dates::DateFormat,
        problem::Problem,
    },
};

const STATUSES: [&str; 10] = [
    "REQUESTED",
    "APPROVED",
    "DECLINED",
    "APPLIED",
    "ISSUED",
    "DOWNLOADED",
    "EXPIRED",
    "REVOKED",
    "REJECTED",
    "AWAITING_APPROVAL",
];

impl Listed for Device {
    fn filter(query: &mut Query, filter: &mut Filter<Self>) -> Result<(), Problem> {
        filter.common(query)?;
        filter.contains(query.text("email")?, |it, _| vec![it.requester.clone()]);
        let status = query.choice("status", &STATUSES)?;
        let status = status.map(|asked| match asked.as_str() {
            "AWAITING_APPROVAL" => "REQUESTED".to_owned(),
            _ => asked,
        });
        filter.equals(status, |it, seen| {
            it.status_at(seen.now).text().to_ascii_uppercase()
        });
        filter.equals(query.integer("certTypeId", 1..)?, |it, _| {
            it.profile.unwrap_or_default()
        });
        filter.equals(query.text("backendCertId")?, |it, _| it.backend_id());
        filter.contains(query.text("extendedKeyUsage")?, |_, _| {
            vec!["TLS Web Client Authentication".to_owned()]
        });
        Ok(())
    }

    fn entry(scm: &SectigoScm, record: &DeviceCertificate, _: DateFormat) -> Value {
        let certificate = match record.certificate {
            Some(_) => scm.certificate_details(record),
            None => json!({"subject": format!("CN={}", record.common_name)}),
        };
        json!({
            "id": record.id,
            "status": record.status_at(scm.now()).text().to_ascii_uppercase(),
            "backendCertId": record.backend_id(),
            "certificateDetails": certificate,
        })
    }
}
