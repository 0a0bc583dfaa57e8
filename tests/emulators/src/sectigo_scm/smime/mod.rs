mod details;
mod enroll;
mod keystore;
mod list;
mod renew;
mod revoke;

use http::Method;
use rcgen::ExtendedKeyUsagePurpose;

use super::{
    Route, SectigoScm, collect,
    csr::is_email,
    customer::{self, Customer},
    import,
    kind::{self, Kind, Records},
    places,
    problem::Problem,
    record::{Record, Status},
    revoke as revocations, route, search,
};
use crate::frame::{Call, Reply, x509};

/// What only client certificates have.
#[derive(Clone, Debug, Default)]
pub(super) struct Smime {
    person: i64,
    email: String,
}

pub(super) type SmimeCertificate = Record<Smime>;

/// Persons are numbered after the first of their certificates.
const FIRST_PERSON: i64 = 40_000;

const CERTIFICATES: &str = "/api/smime/v2";
const CERTIFICATE: &str = "/api/smime/v1/{id}";
const LOCATIONS: &str = "/api/smime/v2/{certId}/location";
const LOCATION: &str = "/api/smime/v2/{certId}/location/{locationId}";

pub(super) static ROUTES: [Route; 27] = [
    route(
        "smime_list_profiles",
        Method::GET,
        "/api/smime/v1/types",
        kind::list_profiles::<Smime>,
    ),
    route(
        "smime_list_custom_fields",
        Method::GET,
        "/api/smime/v1/customFields",
        kind::list_custom_fields,
    ),
    route(
        "smime_list_locations",
        Method::GET,
        LOCATIONS,
        places::list::<Smime>,
    ),
    route(
        "smime_create_location",
        Method::POST,
        LOCATIONS,
        places::create::<Smime>,
    ),
    route(
        "smime_get_location",
        Method::GET,
        LOCATION,
        places::get::<Smime>,
    ),
    route(
        "smime_update_location",
        Method::PUT,
        LOCATION,
        places::update::<Smime>,
    ),
    route(
        "smime_delete_location",
        Method::DELETE,
        LOCATION,
        places::delete::<Smime>,
    ),
    route(
        "smime_list",
        Method::GET,
        CERTIFICATES,
        search::list::<Smime>,
    ),
    route(
        "smime_count",
        Method::HEAD,
        CERTIFICATES,
        search::count::<Smime>,
    ),
    route(
        "smime_list_by_person_id",
        Method::GET,
        "/api/smime/v2/byPersonId/{pid}",
        list::by_person,
    ),
    route(
        "smime_list_by_person_email",
        Method::GET,
        "/api/smime/v2/byPersonEmail/{email}",
        list::by_email,
    ),
    route("smime_get", Method::GET, CERTIFICATE, details::get),
    route(
        "smime_enroll",
        Method::POST,
        "/api/smime/v1/enroll",
        enroll::enroll,
    ),
    route(
        "smime_collect",
        Method::GET,
        "/api/smime/v2/collect/{certId}",
        collect::by_query::<Smime>,
    ),
    route(
        "smime_collect_by_backend_cert_id",
        Method::GET,
        "/api/smime/v2/collect/order/{backendCertId}",
        collect_by_backend_id,
    ),
    route(
        "smime_download_p12",
        Method::POST,
        "/api/smime/v1/keystore/{id}",
        keystore::download,
    ),
    route("smime_update", Method::PUT, CERTIFICATE, details::update),
    route(
        "smime_renew",
        Method::POST,
        "/api/smime/v1/renew/{certId}",
        renew::by_id,
    ),
    route(
        "smime_renew_by_backend_cert_id",
        Method::POST,
        "/api/smime/v2/renew/order/{backendCertId}",
        renew::by_backend_id,
    ),
    route(
        "smime_renew_by_serial",
        Method::POST,
        "/api/smime/v2/renew/serial/{serial}",
        renew::by_serial,
    ),
    route(
        "smime_revoke",
        Method::POST,
        "/api/smime/v1/revoke/{certId}",
        revocations::by_id::<Smime>,
    ),
    route(
        "smime_revoke_by_backend_cert_id",
        Method::POST,
        "/api/smime/v1/revoke/order/{backendCertId}",
        revoke::by_backend_id,
    ),
    route(
        "smime_revoke_by_serial",
        Method::POST,
        "/api/smime/v1/revoke/serial/{serialNumber}",
        revocations::by_serial::<Smime>,
    ),
    route(
        "smime_revoke_by_email",
        Method::POST,
        "/api/smime/v1/revoke",
        revoke::by_email,
    ),
    route(
        "smime_revoke_manual",
        Method::POST,
        "/api/smime/v1/revoke/manual",
        revocations::manual::<Smime>,
    ),
    route(
        "smime_delete",
        Method::DELETE,
        CERTIFICATE,
        kind::delete::<Smime>,
    ),
    route(
        "smime_import",
        Method::POST,
        "/api/smime/v2/import",
        import::import::<Smime>,
    ),
];

impl Kind for Smime {
    const NAME: &'static str = "Client";
    const PATH: &'static str = CERTIFICATES;
    const FIRST_ORDER: i64 = 6_000_000;
    const EXTENDED_KEY_USAGES: &'static [ExtendedKeyUsagePurpose] = &[
        ExtendedKeyUsagePurpose::EmailProtection,
        ExtendedKeyUsagePurpose::ClientAuth,
    ];
    const IMPORTED_FIELDS: &'static [&'static str] = &["comments"];

    fn records(scm: &SectigoScm) -> &Records<Self> {
        &scm.smime
    }

    fn records_mut(scm: &mut SectigoScm) -> &mut Records<Self> {
        &mut scm.smime
    }

    fn profiles(customer: &Customer) -> &[customer::Profile] {
        &customer.smime_profiles
    }

    fn unknown(id: i64) -> Problem {
        Problem::not_found(
            -1108,
            format!("No valid client certificates found for {id}."),
        )
    }

    fn unknown_profile(_: i64) -> Problem {
        Problem::bad(-172, "The Client Certificate Profile is invalid!")
    }

    fn imported(scm: &SectigoScm, certificate: &x509::Certificate) -> Result<Self, String> {
        let common_name = certificate.common_name.iter();
        let email = common_name
            .chain(&certificate.names)
            .find(|name| is_email(name));
        let email = email.ok_or_else(|| {
            format!(
                "Certificate under serial number ''{}'' cannot be managed as a certificate of \
                 ''Client cert'' type. CN must contain email.",
                x509::hex(&certificate.serial, "")
            )
        })?;
        Ok(Self {
            person: scm.person(email),
            email: email.clone(),
        })
    }
}

impl SectigoScm {
    /// The number of the person with an address; a new one becomes known by it.
    fn person(&self, email: &str) -> i64 {
        let known = self.smime.find(|record| record.own.has_email(email));
        known.map_or(FIRST_PERSON + self.smime.next_id(), |record| {
            record.own.person
        })
    }

    fn by_backend_id(&self, id: &str) -> Result<i64, Problem> {
        let found = self.smime.find(|record| record.backend_id() == id);
        let unknown = || {
            Problem::bad(
                -1108,
                format!("No valid client certificates found for {id}."),
            )
        };
        Ok(found.ok_or_else(unknown)?.id)
    }
}

impl Smime {
    /// The first certificate of a person, under this id.
    pub(super) fn of(id: i64, email: String) -> Self {
        let person = FIRST_PERSON + id;
        Self { person, email }
    }

    fn has_email(&self, email: &str) -> bool {
        self.email.eq_ignore_ascii_case(email)
    }
}

/// Nobody approves client certificates: an accepted request is the authority's at once.
fn state(status: Status) -> &'static str {
    match status {
        Status::Requested => "created",
        Status::Applied => "requested",
        Status::Issued => "issued",
        Status::Declined => "rejected",
        Status::Revoked => "revoked",
        Status::Expired => "expired",
    }
}

fn collect_by_backend_id(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let format = collect::asked(call)?;
    let id = scm.by_backend_id(call.argument("backendCertId"))?;
    collect::collect::<Smime>(scm, id, &format)
}

/// For tests: the state between two requests.
impl SectigoScm {
    /// The ids of all client certificates, lowest first.
    pub fn smime_ids(&self) -> Vec<i64> {
        self.smime.all.keys().copied().collect()
    }

    /// A client certificate's state in the vendor's words, as of now; `None` for an unknown id.
    pub fn smime_state(&self, id: i64) -> Option<&'static str> {
        let record = self.smime.all.get(&id)?;
        Some(state(record.status_at(self.now())))
    }

    /// Issues a requested certificate; false when the authority has no such order.
    pub fn issue_smime(&mut self, id: i64) -> bool {
        self.issue_as_authority::<Smime>(id)
    }

    /// An issued certificate, DER; `None` for an unknown id or before its issue.
    pub fn smime_certificate(&mut self, id: i64) -> Option<Vec<u8>> {
        self.issued_der::<Smime>(id)
    }
}
