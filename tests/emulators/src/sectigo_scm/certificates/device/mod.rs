mod details;
mod enroll;
mod list;
mod renew;
mod subject;

use rcgen::{DnType, ExtendedKeyUsagePurpose};
use serde_json::{Value, json};

use self::subject::SubjectField;
use super::{
    collect, decide, import,
    kind::{self, Kind},
    locations,
    record::Record,
    records::Records,
    revoke, search,
};
use crate::{
    frame::routes,
    sectigo_scm::{
        Route, SectigoScm,
        customer::{self, Customer},
        problem::Problem,
    },
};

/// What only device certificates have.
#[derive(Clone, Debug, Default)]
pub(super) struct Device {
    subject: Vec<SubjectField>,
}

pub(super) type DeviceCertificate = Record<Device>;

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("device_list_profiles", "/api/device/v1/types", kind::list_profiles::<Device>);
    get("device_list_custom_fields", "/api/device/v1/customFields", kind::list_custom_fields::<Device>);
    get("device_list_locations", "/api/device/v1/{certId}/location", locations::list::<Device>);
    post("device_create_location", "/api/device/v1/{certId}/location", locations::create::<Device>);
    get("device_get_location", LOCATION, locations::get::<Device>);
    put("device_update_location", LOCATION, locations::update::<Device>);
    delete("device_delete_location", LOCATION, locations::delete::<Device>);
    get("device_list", "/api/device/v1", search::list::<Device>);
    head("device_count", "/api/device/v1", search::count::<Device>);
    get("device_get", "/api/device/v1/{deviceCertId}", details::get);
    post("device_enroll", "/api/device/v1/enroll", enroll::enroll);
    get("device_collect", "/api/device/v1/collect/{deviceCertId}", collect::by_query::<Device>);
    get("device_collect", "/api/device/v1/collect/{deviceCertId}/{format}",
        collect::by_path::<Device>);
    put("device_update", "/api/device/v1/{deviceCertId}", details::update);
    post("device_approve", "/api/device/v1/approve/{deviceCertId}", decide::approve::<Device>);
    post("device_decline", "/api/device/v1/decline/{deviceCertId}", decide::decline::<Device>);
    post("device_revoke", "/api/device/v1/revoke/order/{deviceCertId}", revoke::by_id::<Device>);
    post("device_revoke_by_serial", "/api/device/v1/revoke/serial/{serialNumber}",
        revoke::by_serial::<Device>);
    post("device_revoke_manual", "/api/device/v1/revoke/manual", revoke::manual::<Device>);
    post("device_renew", "/api/device/v1/renew/order/{deviceCertId}", renew::by_id);
    post("device_renew_by_serial", "/api/device/v1/renew/serial/{serialNumber}", renew::by_serial);
    post("device_replace", "/api/device/v1/replace/order/{deviceCertId}", renew::replace);
    delete("device_delete", "/api/device/v1/{deviceCertId}", kind::delete::<Device>);
    post("device_import", "/api/device/v1/import", import::import::<Device>);
};

const LOCATION: &str = "/api/device/v1/{certId}/location/{locationId}";

impl Kind for Device {
    const NAME: &'static str = "Device";
    const PATH: &'static str = "/api/device/v1";
    const FIRST_BACKEND_ID: i64 = 8_000_000;
    const MIGRATES_TO_ITS_ID: bool = true;
    const EXTENDED_KEY_USAGES: &'static [ExtendedKeyUsagePurpose] =
        &[ExtendedKeyUsagePurpose::ClientAuth];
    const FIELDS: &'static str = "device";
    const IMPORTED_FIELDS: &'static [&'static str] = &["owner", "comments"];

    fn records(scm: &SectigoScm) -> &Records<Self> {
        &scm.certificates.device
    }

    fn records_mut(scm: &mut SectigoScm) -> &mut Records<Self> {
        &mut scm.certificates.device
    }

    fn profiles(customer: &Customer) -> &[customer::Profile] {
        &customer.device_profiles
    }

    fn unknown(id: i64) -> Problem {
        Problem::not_found(-166, format!("No device certificate {id}."))
    }

    fn unknown_profile(_: i64) -> Problem {
        Problem::bad(-5109, "Device Certificate Profile not found.")
    }

    fn profile_json(profile: &customer::Profile) -> Value {
        let mut body = profile.json();
        body["term"] = profile.terms[0].into();
        body["ku"] = json!(["Digital Signature", "Key Encipherment"]);
        body["eku"] = json!(["1.3.6.1.5.5.7.3.2"]);
        body
    }

    fn subject(record: &DeviceCertificate, organization: &str) -> Vec<(DnType, String)> {
        subject::complete(&record.own.subject, organization)
    }
}

/// For tests: the state between two requests.
impl SectigoScm {
    /// The ids of all device certificates, lowest first.
    pub fn device_ids(&self) -> Vec<i64> {
        self.certificates.device.ids().to_vec()
    }

    /// A device certificate's status in the vendor's words, as of now; `None` for an unknown id.
    pub fn device_status(&self, id: i64) -> Option<&'static str> {
        self.status_text::<Device>(id)
    }

    /// Approves a request as another administrator would; false when it waits for no approval.
    pub fn approve_device(&mut self, id: i64) -> bool {
        self.approve_as_colleague::<Device>(id)
    }

    /// Issues an approved request; false when the authority has no such order.
    pub fn issue_device(&mut self, id: i64) -> bool {
        self.issue_as_authority::<Device>(id)
    }

    /// An issued certificate, DER; `None` for an unknown id or before its issue.
    pub fn device_certificate(&mut self, id: i64) -> Option<Vec<u8>> {
        self.issued_der::<Device>(id)
    }
}
