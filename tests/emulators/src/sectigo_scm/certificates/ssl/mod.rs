mod acme;
mod dcv;
mod details;
mod enroll;
mod import_zip;
mod keystore;
mod list;
mod renew;
mod update;

use rcgen::ExtendedKeyUsagePurpose;

pub(in crate::sectigo_scm) use self::acme::AcmeOrder;
use self::dcv::Dcv;
pub(super) use self::keystore::Link;
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
        customer::{self, Customer, Validation},
        problem::Problem,
    },
};

/// What only SSL certificates have.
#[derive(Debug, Default)]
pub(super) struct Ssl {
    renew_id: String,
    external_requester: Option<String>,
    pub(super) auto_renew: Option<i64>,
    suspend_notifications: bool,
    dcv: Dcv,
}

pub(super) type SslCertificate = Record<Ssl>;

impl Ssl {
    pub(super) fn new(random: &mut fastrand::Rng) -> Self {
        Self {
            renew_id: enroll::renew_id(random),
            ..Self::default()
        }
    }

    pub(super) fn external_requester(&self) -> Option<&String> {
        self.external_requester.as_ref()
    }
}

impl Kind for Ssl {
    const NAME: &'static str = "SSL";
    const PATH: &'static str = "/api/ssl/v1";
    const FIRST_BACKEND_ID: i64 = 7_000_000;
    const EXTENDED_KEY_USAGES: &'static [ExtendedKeyUsagePurpose] = &[
        ExtendedKeyUsagePurpose::ServerAuth,
        ExtendedKeyUsagePurpose::ClientAuth,
    ];
    const REVOKED_FOR_A_REASON: bool = true;
    const FIELDS: &'static str = "ssl";
    const IMPORTED_FIELDS: &'static [&'static str] = &["owner", "externalRequester", "comments"];

    fn records(scm: &SectigoScm) -> &Records<Self> {
        &scm.certificates.ssl
    }

    fn records_mut(scm: &mut SectigoScm) -> &mut Records<Self> {
        &mut scm.certificates.ssl
    }

    fn profiles(customer: &Customer) -> &[customer::Profile] {
        &customer.ssl_profiles
    }

    fn unknown(id: i64) -> Problem {
        Problem::not_found(-124, format!("Wrong SSL certificate id {id}."))
    }

    fn set_external_requester(&mut self, addresses: Option<String>) {
        self.external_requester = addresses;
    }

    /// For an extended validation profile somebody other than the requester has to approve.
    fn check_approver(
        certificate: &SslCertificate,
        profile: &customer::Profile,
        caller: i64,
    ) -> Result<(), Problem> {
        let extended = profile.validation == Some(Validation::Extended);
        if extended && certificate.requester_id == Some(caller) {
            return Err(Problem::bad(
                -1140,
                "Since you are a requester of this certificate you can't approve it. For EV \
                 certificates the requester and the approver must not be the same person.",
            ));
        }
        Ok(())
    }
}

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("ssl_list_profiles", "/api/ssl/v1/types", kind::list_profiles::<Ssl>);
    get("ssl_list_custom_fields", "/api/ssl/v1/customFields", kind::list_custom_fields::<Ssl>);
    get("ssl_list_locations", "/api/ssl/v1/{sslId}/location", locations::list::<Ssl>);
    post("ssl_create_location", "/api/ssl/v1/{sslId}/location", locations::create::<Ssl>);
    get("ssl_get_location", "/api/ssl/v1/{sslId}/location/{locationId}", locations::get::<Ssl>);
    put("ssl_update_location", "/api/ssl/v1/{sslId}/location/{locationId}",
        locations::update::<Ssl>);
    delete("ssl_delete_location", LOCATION, locations::delete::<Ssl>);
    get("ssl_list", "/api/ssl/v1", search::list::<Ssl>);
    head("ssl_count", "/api/ssl/v1", search::count::<Ssl>);
    get("ssl_get", "/api/ssl/v1/{sslId}", details::get);
    get("ssl_get_dcv", "/api/ssl/v1/{sslId}/dcv", dcv::get);
    post("ssl_recheck_dcv", "/api/ssl/v1/{sslId}/dcv/recheck", dcv::recheck);
    post("ssl_enroll", "/api/ssl/v1/enroll", enroll::enroll);
    post("ssl_enroll_keygen", "/api/ssl/v1/enroll-keygen", enroll::enroll_keygen);
    get("ssl_collect", "/api/ssl/v1/collect/{sslId}", collect::by_query::<Ssl>);
    get("ssl_collect", "/api/ssl/v1/collect/{sslId}/{format}", collect::by_path::<Ssl>);
    post("ssl_create_keystore_link", KEYSTORE, keystore::create_link);
    post("ssl_approve", "/api/ssl/v1/approve/{sslId}", decide::approve::<Ssl>);
    post("ssl_decline", "/api/ssl/v1/decline/{sslId}", decide::decline::<Ssl>);
    put("ssl_update", "/api/ssl/v1", update::update);
    post("ssl_revoke", "/api/ssl/v1/revoke/{sslId}", revoke::by_id::<Ssl>);
    post("ssl_revoke_by_serial", REVOKE_SERIAL, revoke::by_serial::<Ssl>);
    post("ssl_revoke_manual", "/api/ssl/v1/revoke/manual", revoke::manual::<Ssl>);
    post("ssl_renew_by_renew_id", "/api/ssl/v1/renew/{renewId}", renew::by_renew_id);
    post("ssl_renew", "/api/ssl/v1/renewById/{sslId}", renew::by_id);
    post("ssl_mark_renewed", "/api/ssl/v1/renew/manual/{sslId}", renew::mark);
    post("ssl_replace", "/api/ssl/v1/replace/{sslId}", renew::replace);
    delete("ssl_delete", "/api/ssl/v1/{sslId}", kind::delete::<Ssl>);
    post("ssl_import", "/api/ssl/v1/import", import_zip::import);
    post("ssl_import_extended", "/api/ssl/v2/import", import::import::<Ssl>);
};

const LOCATION: &str = "/api/ssl/v1/{sslId}/location/{locationId}";
const KEYSTORE: &str = "/api/ssl/v1/keystore/{sslId}/{formatType}";
const REVOKE_SERIAL: &str = "/api/ssl/v1/revoke/serial/{serialNumber}";

/// For tests: the state between two requests.
impl SectigoScm {
    /// The ids of all SSL certificates, lowest first.
    pub fn ssl_ids(&self) -> Vec<i64> {
        self.certificates.ssl.ids().to_vec()
    }

    /// A certificate's status in the vendor's words, as of now; `None` for an unknown id.
    pub fn ssl_status(&self, id: i64) -> Option<&'static str> {
        self.status_text::<Ssl>(id)
    }

    /// Approves a request as another administrator would; false when it waits for no approval.
    pub fn approve_ssl(&mut self, id: i64) -> bool {
        self.approve_as_colleague::<Ssl>(id)
    }

    /// Issues an approved request; false when the authority has no such order.
    pub fn issue_ssl(&mut self, id: i64) -> bool {
        self.issue_as_authority::<Ssl>(id)
    }

    /// An issued certificate, DER; `None` for an unknown id or before its issue.
    pub fn ssl_certificate(&mut self, id: i64) -> Option<Vec<u8>> {
        self.issued_der::<Ssl>(id)
    }
}
