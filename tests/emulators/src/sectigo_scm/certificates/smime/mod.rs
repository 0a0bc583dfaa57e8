mod backend_id;
mod details;
mod enroll;
mod keystore;
mod list;
mod person;
mod renew;

use rcgen::ExtendedKeyUsagePurpose;

use super::{
    collect, import,
    kind::{self, Kind},
    locations,
    record::{Record, Status},
    records::Records,
    revoke, search,
};
use crate::{
    frame::{routes, x509},
    sectigo_scm::{
        Route, SectigoScm,
        contact::is_email,
        customer::{self, Customer},
        organizations::person::BEFORE_FIRST,
        problem::Problem,
    },
};

/// What only client certificates have.
#[derive(Clone, Debug, Default)]
pub(super) struct Smime {
    person: i64,
    email: String,
}

pub(super) type SmimeCertificate = Record<Smime>;

const CERTIFICATES: &str = "/api/smime/v2";
const LOCATION: &str = "/api/smime/v2/{certId}/location/{locationId}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("smime_list_profiles", "/api/smime/v1/types", kind::list_profiles::<Smime>);
    get("smime_list_custom_fields", "/api/smime/v1/customFields", kind::list_custom_fields::<Smime>);
    get("smime_list_locations", "/api/smime/v2/{certId}/location", locations::list::<Smime>);
    post("smime_create_location", "/api/smime/v2/{certId}/location", locations::create::<Smime>);
    get("smime_get_location", LOCATION, locations::get::<Smime>);
    put("smime_update_location", LOCATION, locations::update::<Smime>);
    delete("smime_delete_location", LOCATION, locations::delete::<Smime>);
    get("smime_list", "/api/smime/v2", search::list::<Smime>);
    head("smime_count", "/api/smime/v2", search::count::<Smime>);
    get("smime_list_by_person_id", "/api/smime/v2/byPersonId/{pid}", person::list_by_id);
    get("smime_list_by_person_email", "/api/smime/v2/byPersonEmail/{email}", person::list_by_email);
    get("smime_get", "/api/smime/v1/{id}", details::get);
    post("smime_enroll", "/api/smime/v1/enroll", enroll::enroll);
    get("smime_collect", "/api/smime/v2/collect/{certId}", collect::by_query::<Smime>);
    get("smime_collect_by_backend_cert_id", "/api/smime/v2/collect/order/{backendCertId}",
        backend_id::collect);
    post("smime_download_p12", "/api/smime/v1/keystore/{id}", keystore::download);
    put("smime_update", "/api/smime/v1/{id}", details::update);
    post("smime_renew", "/api/smime/v1/renew/{certId}", renew::by_id);
    post("smime_renew_by_backend_cert_id", "/api/smime/v2/renew/order/{backendCertId}",
        backend_id::renew);
    post("smime_renew_by_serial", "/api/smime/v2/renew/serial/{serial}", renew::by_serial);
    post("smime_revoke", "/api/smime/v1/revoke/{certId}", revoke::by_id::<Smime>);
    post("smime_revoke_by_backend_cert_id", "/api/smime/v1/revoke/order/{backendCertId}",
        backend_id::revoke);
    post("smime_revoke_by_serial", "/api/smime/v1/revoke/serial/{serialNumber}",
        revoke::by_serial::<Smime>);
    post("smime_revoke_by_email", "/api/smime/v1/revoke", person::revoke);
    post("smime_revoke_manual", "/api/smime/v1/revoke/manual", revoke::manual::<Smime>);
    delete("smime_delete", "/api/smime/v1/{id}", kind::delete::<Smime>);
    post("smime_import", "/api/smime/v2/import", import::import::<Smime>);
};

impl Kind for Smime {
    const NAME: &'static str = "Client";
    const PATH: &'static str = CERTIFICATES;
    const FIRST_BACKEND_ID: i64 = 6_000_000;
    const EXTENDED_KEY_USAGES: &'static [ExtendedKeyUsagePurpose] = &[
        ExtendedKeyUsagePurpose::EmailProtection,
        ExtendedKeyUsagePurpose::ClientAuth,
    ];
    const FIELDS: &'static str = "smime";
    const IMPORTED_FIELDS: &'static [&'static str] = &["comments"];

    fn records(scm: &SectigoScm) -> &Records<Self> {
        &scm.certificates.smime
    }

    fn records_mut(scm: &mut SectigoScm) -> &mut Records<Self> {
        &mut scm.certificates.smime
    }

    fn profiles(customer: &Customer) -> &[customer::Profile] {
        &customer.smime_profiles
    }

    fn unknown(id: i64) -> Problem {
        Problem::not_found(-5101, format!("Certificate not found. {id}"))
    }

    fn unknown_profile(_: i64) -> Problem {
        Problem::bad(-172, "The Client Certificate Profile is invalid!")
    }

    fn imported(
        scm: &mut SectigoScm,
        certificate: &x509::Certificate,
        organization: i64,
    ) -> Result<Self, String> {
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
            person: scm.person(
                organization,
                person::named(email, certificate.common_name.as_deref()),
                &[],
            ),
            email: email.clone(),
        })
    }
}

impl Smime {
    /// The first certificate of a person, under this id.
    pub(super) fn of(id: i64, email: String) -> Self {
        let person = BEFORE_FIRST + id;
        Self { person, email }
    }

    pub(super) fn email(&self) -> &str {
        &self.email
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

/// For tests: the state between two requests.
impl SectigoScm {
    /// The ids of all client certificates, lowest first.
    pub fn smime_ids(&self) -> Vec<i64> {
        self.certificates.smime.ids().to_vec()
    }

    /// A client certificate's state in the vendor's words, as of now; `None` for an unknown id.
    pub fn smime_state(&self, id: i64) -> Option<&'static str> {
        let record = self.certificates.smime.get(id).ok()?;
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
