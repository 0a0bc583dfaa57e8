//! Inputs that certificates of every kind take.

use std::collections::BTreeMap;

use cert_core::{RevocationReason, SerialNumber, Time};
use contract::{Exchange, Fields};
use sectigo_scm::{CertificateUpdate, CustomField, LocationDetails, ManualRevocation, Revocation};

pub(crate) fn location(exchange: &Exchange) -> LocationDetails {
    let details: BTreeMap<String, String> = exchange.body().need("details");
    let empty = LocationDetails::new();
    details.into_iter().fold(empty, |location, (name, value)| {
        location.detail(name, value)
    })
}

pub(crate) fn custom_fields(fields: &Fields<'_>) -> Option<Vec<CustomField>> {
    let field = |field: Fields<'_>| {
        CustomField::new(field.need::<String>("name"), field.need::<String>("value"))
    };
    fields.list("customFields", field)
}

pub(crate) fn certificate_update(body: &Fields<'_>) -> CertificateUpdate {
    body.fill(CertificateUpdate::new())
        .add(custom_fields(body), CertificateUpdate::custom_fields)
        .set::<String>("comments", CertificateUpdate::comments)
        .done()
}

pub(crate) fn revocation(body: &Fields<'_>) -> Revocation {
    body.fill(Revocation::new())
        .set::<String>("reason", Revocation::reason)
        .set::<RevocationReason>("reasonCode", Revocation::code)
        .done()
}

pub(crate) fn manual_revocation(body: &Fields<'_>) -> ManualRevocation {
    body.fill(ManualRevocation::new())
        .set::<Time>("revokeDate", ManualRevocation::date)
        .set::<RevocationReason>("reasonCode", ManualRevocation::code)
        .done()
}

/// What names a certificate that has no number in the request.
pub(crate) fn serial_and_issuer(body: &Fields<'_>) -> (SerialNumber, String) {
    (body.need("serialNumber"), body.need("issuer"))
}
