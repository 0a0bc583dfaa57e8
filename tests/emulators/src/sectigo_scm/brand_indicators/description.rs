use serde_json::{Map, Value, json};

use super::{
    PROFILE, PROFILE_NAME,
    record::{Asked, Record},
};
use crate::{
    frame::{Call, Query, Reply, x509},
    sectigo_scm::{SectigoScm, dates::DateFormat, domains::order::Mode, ok, problem::Problem},
};

/// In the order of the vendor's samples.
const OWNER: [&str; 10] = [
    "businessCategory",
    "assumedName",
    "dunsNumber",
    "companyNumber",
    "joiLocality",
    "joiStateOrProvince",
    "joiCountry",
    "incorporatingAgency",
    "dateOfIncorporation",
    "telephone",
];

pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let id = scm.brand_indicator_id(call)?;
    let body = scm.brand_indicator(scm.brand_indicators.get(id)?, dates);
    scm.look_at_brand_indicator(id)?;
    Ok(ok(&body))
}

impl SectigoScm {
    /// Everything about a certificate.
    fn brand_indicator(&self, record: &Record, dates: DateFormat) -> Value {
        let mut body = self.brand_indicator_entry(record, dates);
        let asked = &record.asked;
        body["dcvMode"] = asked.mode.text().into();
        body["dcvEmail"] = match asked.mode {
            Mode::Email => json!(asked.email),
            _ => "".into(),
        };
        body["tradeMark"] = json!(asked.mark);
        body["evDetails"] = details(asked);
        body["hostByCa"] = asked.host_by_ca.into();
        let hosted = asked.host_by_ca && record.issued.is_some();
        let uri = |end| {
            let base = &self.world.base_url;
            hosted.then(|| format!("{base}{}{}.{end}", super::collect::HOSTED, record.id))
        };
        body["logoUri"] = json!(uri("svg"));
        body["certUri"] = json!(uri("pem"));
        body
    }

    /// What a list tells of it.
    pub(super) fn brand_indicator_entry(&self, record: &Record, dates: DateFormat) -> Value {
        let date = |at: Option<_>| json!(at.map(|at| dates.write(at)));
        let issued = record.issued.as_ref();
        let certificate = issued.map(|issued| &issued.certificate);
        let organization = record.asked.organization;
        let name = self
            .organizations
            .get(organization)
            .map(|one| one.name().to_owned());
        let serial = certificate.map(|certificate| x509::hex(&certificate.serial, ":"));
        json!({
            "id": record.id,
            "status": record.status_at(self.now()),
            "commonName": record.domain,
            "subjectAlternativeNames": certificate.map(|certificate| &certificate.names),
            "orderNumber": record.order,
            "issuer": certificate.map(|certificate| &certificate.issuer),
            "serialNumber": serial,
            "profile": {"id": PROFILE, "name": PROFILE_NAME},
            "verificationType": "COMMON",
            "term": record.term(),
            "requestedVia": "REST",
            "organization": {"id": organization, "name": name.ok()},
            "requester": self.named_administrator(Some(record.requester)),
            "approver": self.named_administrator(record.approver),
            "signatureAlgorithm": issued.map_or("", |_| "SHA256withECDSA"),
            "sha1Fingerprint": issued.map(|issued| &issued.sha1),
            "sha256Fingerprint": issued.map(|issued| &issued.sha256),
            "comments": "",
            "requested": date(Some(record.requested)),
            "approved": date(record.approved),
            "declined": date(record.declined),
            "expires": date(record.expires()),
            "issued": date(issued.map(|issued| issued.at)),
            "downloaded": date(record.downloaded),
            "revoked": date(record.revoked),
        })
    }

    fn named_administrator(&self, id: Option<i64>) -> Value {
        let found = id.and_then(|id| self.administrators.get(id));
        found.map_or(Value::Null, |one| json!({"id": one.id, "name": one.name()}))
    }
}

/// The organization in full, with null for what nobody said; the people as they were sent.
fn details(asked: &Asked) -> Value {
    let mut details = asked.validation.clone();
    let sent = details.remove("orgDetails").unwrap_or_default();
    let owner = OWNER.map(|name| (name.to_owned(), sent[name].clone()));
    let owner: Map<_, _> = owner.into_iter().collect();
    details.insert("orgDetails".to_owned(), owner.into());
    details.into()
}
