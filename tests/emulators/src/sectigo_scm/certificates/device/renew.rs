use http::StatusCode;

use super::{Device, DeviceCertificate};
use crate::{
    frame::{Call, Reply},
    sectigo_scm::{
        self, SectigoScm,
        certificates::{
            csr::signing_request,
            kind::Kind,
            record::Status,
            revoke::{REPLACED, no_such_certificate},
        },
        no_parameters, ok,
        problem::Problem,
    },
};

/// Requests a new certificate with parameters and signing request of an old one.
pub(super) fn by_id(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.record::<Device>(call)?.id;
    scm.renew_device(id)
}

pub(super) fn by_serial(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let found = scm
        .certificates
        .device
        .by_serial(call.argument("serialNumber"));
    let id = found.ok_or_else(no_such_certificate)?.id;
    scm.settle::<Device>(id)?;
    scm.renew_device(id)
}

/// Has a certificate issued again under its old id, for another key. The previous one goes on
/// under an id of its own, revoked if that is asked for.
pub(super) fn replace(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let csr = body.required_text("csr", 1..=32_767)?;
    body.required_text("reason", 1..=512)?;
    let revoke: bool = body.required("revoke")?;
    body.finish()?;
    let request = signing_request(&csr)?;
    let now = scm.now();
    let id = scm.record::<Device>(call)?.id;
    let old = scm.certificates.device.get(id)?;
    old.refuse_unless(now, &[Status::Issued])?;
    old.refuse_unmanaged("replace")?;
    Device::profile(&scm.customer, old.profile)?.check_key(&request.public_key.kind)?;
    if old.key_of_request() == Some(&request.public_key) {
        return Err(Problem::bad(-138, "Invalid CSR."));
    }
    scm.keep_previous(id, revoke)?;
    let record = scm.certificates.device.get_mut(id)?;
    record.take_key(request);
    record.replaced = Some(now);
    record.apply(now);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

impl SectigoScm {
    fn renew_device(&mut self, id: i64) -> Result<Reply, Problem> {
        let mut new: DeviceCertificate = self.renewal(id, None)?;
        new.own = self.certificates.device.get(id)?.own.clone();
        Ok(ok(&self.submitted(new)?))
    }

    fn keep_previous(&mut self, id: i64, revoke: bool) -> Result<(), Problem> {
        self.materialize_request::<Device>(id)?;
        let now = self.now();
        let mut previous = self.new_record::<Device>();
        let record = self.certificates.device.get_mut(id)?;
        previous.take_certificate(record);
        previous.own = record.own.clone();
        previous.replaced = Some(now);
        if revoke {
            previous.revoke(now, REPLACED);
        }
        self.certificates.device.insert(previous);
        Ok(())
    }
}
