mod details;
mod enroll;
mod list;
mod renew;
mod subject;

use http::Method;
use rcgen::{DnType, ExtendedKeyUsagePurpose};
use serde_json::{Value, json};

use self::subject::SubjectField;
use super::{
    Route, SectigoScm, collect,
    customer::{self, Customer},
    decide, import,
    kind::{self, Kind, Records},
    places,
    problem::Problem,
    record::Record,
    revoke, route, search,
};

/// What only device certificates have.
#[derive(Clone, Debug, Default)]
pub(super) struct Device {
    subject: Vec<SubjectField>,
}

pub(super) type DeviceCertificate = Record<Device>;

pub(super) static ROUTES: [Route; 24] = [
    route(
        "device_list_profiles",
        Method::GET,
        "/api/device/v1/types",
        kind::list_profiles::<Device>,
    ),
    route(
        "device_list_custom_fields",
        Method::GET,
        "/api/device/v1/customFields",
        kind::list_custom_fields,
    ),
    route(
        "device_list_locations",
        Method::GET,
        LOCATIONS,
        places::list::<Device>,
    ),
    route(
        "device_create_location",
        Method::POST,
        LOCATIONS,
        places::create::<Device>,
    ),
    route(
        "device_get_location",
        Method::GET,
        LOCATION,
        places::get::<Device>,
    ),
    route(
        "device_update_location",
        Method::PUT,
        LOCATION,
        places::update::<Device>,
    ),
    route(
        "device_delete_location",
        Method::DELETE,
        LOCATION,
        places::delete::<Device>,
    ),
    route(
        "device_list",
        Method::GET,
        "/api/device/v1",
        search::list::<Device>,
    ),
    route(
        "device_count",
        Method::HEAD,
        "/api/device/v1",
        search::count::<Device>,
    ),
    route("device_get", Method::GET, ONE, details::get),
    route(
        "device_enroll",
        Method::POST,
        "/api/device/v1/enroll",
        enroll::enroll,
    ),
    route(
        "device_collect",
        Method::GET,
        "/api/device/v1/collect/{deviceCertId}",
        collect::by_query::<Device>,
    ),
    route(
        "device_collect",
        Method::GET,
        "/api/device/v1/collect/{deviceCertId}/{format}",
        collect::by_path::<Device>,
    ),
    route("device_update", Method::PUT, ONE, details::update),
    route(
        "device_approve",
        Method::POST,
        "/api/device/v1/approve/{deviceCertId}",
        decide::approve::<Device>,
    ),
    route(
        "device_decline",
        Method::POST,
        "/api/device/v1/decline/{deviceCertId}",
        decide::decline::<Device>,
    ),
    route(
        "device_revoke",
        Method::POST,
        "/api/device/v1/revoke/order/{deviceCertId}",
        revoke::by_id::<Device>,
    ),
    route(
        "device_revoke_by_serial",
        Method::POST,
        "/api/device/v1/revoke/serial/{serialNumber}",
        revoke::by_serial::<Device>,
    ),
    route(
        "device_revoke_manual",
        Method::POST,
        "/api/device/v1/revoke/manual",
        revoke::manual::<Device>,
    ),
    route(
        "device_renew",
        Method::POST,
        "/api/device/v1/renew/order/{deviceCertId}",
        renew::by_id,
    ),
    route(
        "device_renew_by_serial",
        Method::POST,
        "/api/device/v1/renew/serial/{serialNumber}",
        renew::by_serial,
    ),
    route(
        "device_replace",
        Method::POST,
        "/api/device/v1/replace/order/{deviceCertId}",
        renew::replace,
    ),
    route("device_delete", Method::DELETE, ONE, kind::delete::<Device>),
    route(
        "device_import",
        Method::POST,
        "/api/device/v1/import",
        import::import::<Device>,
    ),
];

const ONE: &str = "/api/device/v1/{deviceCertId}";
const LOCATIONS: &str = "/api/device/v1/{certId}/location";
const LOCATION: &str = "/api/device/v1/{certId}/location/{locationId}";

impl Kind for Device {
    const NAME: &'static str = "Device";
    const PATH: &'static str = "/api/device/v1";
    const FIRST_ORDER: i64 = 8_000_000;
    const EXTENDED_KEY_USAGES: &'static [ExtendedKeyUsagePurpose] =
        &[ExtendedKeyUsagePurpose::ClientAuth];
    const IMPORTED_FIELDS: &'static [&'static str] = &["owner", "comments"];

    fn records(scm: &SectigoScm) -> &Records<Self> {
        &scm.device
    }

    fn records_mut(scm: &mut SectigoScm) -> &mut Records<Self> {
        &mut scm.device
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
        self.device.all.keys().copied().collect()
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
