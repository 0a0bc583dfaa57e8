use http::StatusCode;
use serde_json::json;

use super::{SectigoScm, SslCertificate, Status, dcv::Dcv, enroll::signing_request, ok};
use crate::{
    frame::{Call, Object, Reply},
    sectigo_scm::{self, no_parameters, problem::Problem},
};

/// Requests a new certificate with the parameters of an old one; the old one stays as it is.
pub(super) fn by_id(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let csr = body.text("csr", 1..=32_767)?;
    let dcv = Dcv::read(&mut body)?;
    body.finish()?;
    let id = scm.ssl(call)?.id;
    let new = scm.renew(id, csr.as_deref(), dcv)?;
    Ok(ok(&json!({"sslId": new})))
}

/// The same by the identifier that enrolment gave out, without saying which certificate is new.
pub(super) fn by_renew_id(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let csr = body.text("csr", 1..=32_767)?;
    body.finish()?;
    let renew_id = call.argument("renewId");
    let found = scm.ssl.find(|certificate| certificate.renew_id == renew_id);
    let unknown = || Problem::bad(-123, "SSL Certificate to renew is invalid (null)");
    let id = found.ok_or_else(unknown)?.id;
    scm.settle(id)?;
    scm.renew(id, csr.as_deref(), Dcv::default())?;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Notes that a certificate has been renewed elsewhere.
pub(super) fn mark(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let successor: Option<i64> = body.optional("id")?;
    let order: Option<String> = body.optional("orderNumber")?;
    body.finish()?;
    if let Some(successor) = successor {
        scm.ssl.get(successor)?;
    }
    if let Some(order) = order {
        let found = scm
            .ssl
            .find(|known| known.order_number().to_string() == order);
        let unknown = || Problem::bad(-1104, format!("Invalid order number {order}"));
        found.ok_or_else(unknown)?;
    }
    let now = scm.now();
    scm.ssl(call)?.renewed = Some(now);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Has a certificate issued again under its old id, for another key.
pub(super) fn replace(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let wanted = Replacement::read(sectigo_scm::body(call)?)?;
    let request = signing_request(&wanted.csr)?;
    let now = scm.now();
    let id = scm.ssl(call)?.id;
    let old = scm.ssl.get(id)?;
    old.refuse_unless_issued(now, &[Status::Issued])?;
    if old.is_unmanaged() {
        return Err(Problem::bad(
            -3,
            "You are not authorized to perform replace.",
        ));
    }
    scm.customer
        .profile(old.profile)?
        .check_key(&request.public_key.kind)?;
    let certificate = scm.ssl.get_mut(id)?;
    let common_name = wanted.common_name.or_else(|| request.common_name.clone());
    let common_name = common_name.unwrap_or_else(|| certificate.common_name.clone());
    let names = wanted.names.unwrap_or_else(|| certificate.names.clone());
    certificate.set_names(common_name, names)?;
    certificate.key = request.public_key.kind.clone();
    certificate.request = Some(request);
    certificate.replaced = Some(now);
    certificate.dcv = wanted.dcv;
    certificate.private_key = super::AgentKey::None;
    certificate.apply(now);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

#[derive(Debug)]
struct Replacement {
    csr: String,
    common_name: Option<String>,
    names: Option<Vec<String>>,
    dcv: Dcv,
}

impl Replacement {
    fn read(mut body: Object) -> Result<Self, Problem> {
        let replacement = Self {
            csr: body.required_text("csr", 1..=32_767)?,
            common_name: body.text("commonName", 1..=64)?,
            names: body.optional("subjectAlternativeNames")?,
            dcv: Dcv::read(&mut body)?,
        };
        body.required_text("reason", 1..=512)?;
        body.finish()?;
        Ok(replacement)
    }
}

impl SectigoScm {
    fn renew(&mut self, id: i64, csr: Option<&str>, dcv: Dcv) -> Result<i64, Problem> {
        let now = self.now();
        let request = csr.map(signing_request).transpose()?;
        self.materialize_request(id)?;
        let old = self.ssl.get(id)?;
        old.refuse_unless_issued(now, &[Status::Issued, Status::Expired])?;
        let profile = self.customer.profile(old.profile)?;
        if !profile.renewable || old.is_unmanaged() {
            let why = "This SSL Certificate Profile doesn't allow renew";
            return Err(Problem::bad(-180, why));
        }
        let mut new = self.new_ssl();
        let request = request.or_else(|| old.request.clone());
        let request = request.ok_or_else(|| Problem::missing("csr"))?;
        profile.check_key(&request.public_key.kind)?;
        new.profile = Some(profile.id);
        new.take_request(request, Vec::new())?;
        new.set_names(old.common_name.clone(), old.names.clone())?;
        new.organization = old.organization;
        new.comments.clone_from(&old.comments);
        new.custom_fields.clone_from(&old.custom_fields);
        new.external_requester.clone_from(&old.external_requester);
        new.private_key = old.private_key.clone();
        new.dcv = dcv;
        new.set_term(old.term);
        let new_id = new.id;
        self.submit(new);
        self.ssl.get_mut(id)?.renewed = Some(now);
        Ok(new_id)
    }
}

impl SslCertificate {
    fn refuse_unless_issued(&self, now: jiff::Timestamp, fit: &[Status]) -> Result<(), Problem> {
        let status = self.status_at(now);
        match fit.contains(&status) {
            true => Ok(()),
            false => Err(Problem::bad(
                -130,
                format!("SSL state is not 'ISSUED': {}", status.text()),
            )),
        }
    }
}
