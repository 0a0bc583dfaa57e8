use serde_json::{Value, json};

use super::{Smime, SmimeCertificate, state};
use crate::{
    frame::Query,
    sectigo_scm::{
        SectigoScm,
        certificates::{
            record::HeldKey,
            search::{Filter, Listed},
        },
        dates::DateFormat,
        problem::Problem,
    },
};

const STATES: [&str; 9] = [
    "blank",
    "created",
    "requested",
    "issued",
    "downloaded",
    "expired",
    "revoked",
    "rejected",
    "pre_revoked",
];

impl Listed for Smime {
    fn filter(query: &mut Query, filter: &mut Filter<Self>) -> Result<(), Problem> {
        filter.keys(query)?;
        let vault = query.choice("keyVault", &["true", "false"])?;
        filter.equals(vault.map(|asked| asked == "true"), |it, _| {
            !matches!(it.private_key, HeldKey::None)
        });
        filter.equals(query.integer("personId", 1..)?, |it, _| it.own.person);
        let email = query.text("email")?;
        filter.equals(email.map(|asked| asked.to_lowercase()), |it, _| {
            it.own.email.to_lowercase()
        });
        filter.equals(query.choice("state", &STATES)?, |it, seen| {
            state(it.status_at(seen.now)).to_owned()
        });
        filter.equals(query.integer("certTypeId", 1..)?, |it, _| {
            it.profile.unwrap_or_default()
        });
        filter.equals(query.text("backendCertId")?, |it, _| it.backend_id());
        filter.contains(query.text("extendedKeyUsage")?, |_, _| {
            vec![
                "Secure Email".to_owned(),
                "TLS Web Client Authentication".to_owned(),
            ]
        });
        Ok(())
    }

    fn entry(scm: &SectigoScm, record: &SmimeCertificate, dates: DateFormat) -> Value {
        let certificate = match record.certificate {
            Some(_) => scm.certificate_details(record),
            None => json!({"subject": format!("CN={}", record.common_name)}),
        };
        let mut entry = json!({
            "id": record.id,
            "state": state(record.status_at(scm.now())),
            "certificateDetails": certificate,
            "orderNumber": record.order_number(),
            "backendCertId": record.backend_id(),
            "comments": record.comments,
        });
        if let Some(serial) = record.serial_text() {
            entry["serialNumber"] = serial.into();
            entry["expires"] = dates.write(record.expires).into();
        }
        entry
    }
}
