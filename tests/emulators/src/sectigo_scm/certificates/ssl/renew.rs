use http::StatusCode;
use serde_json::json;

use super::{Ssl, SslCertificate, dcv::Dcv, enroll::all_names};
use crate::{
    frame::{Call, Object, Reply},
    sectigo_scm::{
        self, SectigoScm,
        certificates::{
            csr::signing_request,
            kind::Kind,
            record::{Status, Successor},
        },
        no_parameters, ok,
        problem::Problem,
        progress::Waiting,
    },
};

/// Requests a new certificate with the parameters of an old one; the old one stays as it is.
pub(super) fn by_id(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let csr = body.text("csr", 1..=32_767)?;
    let dcv = Dcv::read(&mut body)?;
    body.finish()?;
    let id = scm.record::<Ssl>(call)?.id;
    let new = scm.renew_ssl(id, csr.as_deref(), dcv)?;
    Ok(ok(&json!({"sslId": new})))
}

/// The same by the identifier that enrolment gave out, without saying which certificate is new.
pub(super) fn by_renew_id(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let csr = body.text("csr", 1..=32_767)?;
    body.finish()?;
    let renew_id = call.argument("renewId");
    let found = scm
        .certificates
        .ssl
        .find(|certificate| certificate.own.renew_id == renew_id);
    let unknown = || Problem::bad(-123, "SSL Certificate to renew is invalid (null)");
    let id = found.ok_or_else(unknown)?.id;
    scm.settle::<Ssl>(id)?;
    scm.renew_ssl(id, csr.as_deref(), Dcv::default())?;
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
        scm.certificates.ssl.get(successor)?;
    }
    if let Some(order) = order {
        let found = scm
            .certificates
            .ssl
            .find(|known| known.order_number().to_string() == order);
        let unknown = || Problem::bad(-1104, format!("Invalid order number {order}"));
        found.ok_or_else(unknown)?;
    }
    let now = scm.now();
    scm.record::<Ssl>(call)?.renewed = Some(now);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Has a certificate issued again under its old id, for another key. Until that is done, the old
/// one is what the id stands for.
pub(super) fn replace(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let wanted = Replacement::read(sectigo_scm::body(call)?)?;
    let request = signing_request(&wanted.csr)?;
    let now = scm.now();
    let id = scm.record::<Ssl>(call)?.id;
    let old = scm.certificates.ssl.get(id)?;
    old.refuse_unless(now, &[Status::Issued])?;
    old.refuse_ordered()?;
    old.refuse_unmanaged("replace")?;
    Ssl::profile(&scm.customer, old.profile)?.check_key(&request.public_key.kind)?;
    let common_name = wanted.common_name.or_else(|| request.common_name.clone());
    let common_name = common_name.unwrap_or_else(|| old.common_name.clone());
    let names = wanted.names.unwrap_or_else(|| old.names.clone());
    let names = all_names(&common_name, names)?;
    let organization = old.organization;
    scm.check_domains(organization, &names)?;
    let certificate = scm.certificates.ssl.get_mut(id)?;
    certificate.replaced = Some(now);
    certificate.own.dcv = wanted.dcv;
    certificate.successor = Some(Successor {
        request,
        common_name,
        names,
        waiting: Waiting::since(now),
    });
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
    fn renew_ssl(&mut self, id: i64, csr: Option<&str>, dcv: Dcv) -> Result<i64, Problem> {
        let request = csr.map(signing_request).transpose()?;
        let old = self.certificates.ssl.get(id)?;
        let (organization, names) = (old.organization, old.names.clone());
        self.check_domains(organization, &names)?;
        let mut new: SslCertificate = self.renewal(id, request)?;
        new.own = Ssl::new(&mut fastrand::Rng::new());
        let old = self.certificates.ssl.get(id)?;
        new.own
            .external_requester
            .clone_from(&old.own.external_requester);
        new.own.dcv = dcv;
        let new_id = new.id;
        self.submit(new);
        Ok(new_id)
    }
}
