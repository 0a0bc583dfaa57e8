//! Inputs that certificates of every kind take.

use std::collections::BTreeMap;
use std::fmt::Debug;

use cert_core::{RevocationReason, SerialNumber, Time};
use contract::{Exchange, Fields};
use sectigo_scm::{CertificateUpdate, CustomField, LocationDetails, ManualRevocation, Revocation};
use serde::de::DeserializeOwned;

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
    let revocation = Revocation::new(body.need::<String>("reason"));
    body.fill(revocation)
        .set::<RevocationReason>("reasonCode", Revocation::code)
        .done()
}

pub(crate) fn manual_revocation<Id>(body: &Fields<'_>) -> ManualRevocation<Id>
where
    Id: DeserializeOwned + Debug,
{
    let revocation = match body.opt::<Id>("certId") {
        Some(id) => ManualRevocation::by_id(id),
        None => {
            let serial: SerialNumber = body.need("serialNumber");
            ManualRevocation::by_serial(serial, body.need::<String>("issuer"))
        }
    };
    body.fill(revocation)
        .set::<Time>("revokeDate", ManualRevocation::date)
        .set::<RevocationReason>("reasonCode", ManualRevocation::code)
        .done()
}
