mod certificate;
mod collect;
mod dcv;
mod decide;
mod details;
mod enroll;
mod import_json;
mod import_zip;
mod keystore;
mod list;
mod material;
mod places;
mod renew;
mod revoke;
mod update;

use std::collections::{BTreeMap, HashMap};

use http::{Method, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};

pub use self::collect::PendingAnswer;
use self::keystore::Link;
pub(super) use self::{
    certificate::{AgentKey, SslCertificate, Status},
    enroll::renew_id,
};
use super::{Route, SectigoScm, no_parameters, problem::Problem};
use crate::frame::{Call, Handler, Reply};

/// All SSL certificates, and what has been made for them.
#[derive(Debug, Default)]
pub(super) struct Ssl {
    certificates: BTreeMap<i64, SslCertificate>,
    links: HashMap<String, Link>,
    last_id: i64,
    last_location: i64,
}

pub(super) static ROUTES: [Route; 30] = [
    route(
        "ssl_list_profiles",
        Method::GET,
        "/api/ssl/v1/types",
        list_profiles,
    ),
    route(
        "ssl_list_custom_fields",
        Method::GET,
        "/api/ssl/v1/customFields",
        list_custom_fields,
    ),
    route(
        "ssl_list_locations",
        Method::GET,
        "/api/ssl/v1/{sslId}/location",
        places::list,
    ),
    route(
        "ssl_create_location",
        Method::POST,
        "/api/ssl/v1/{sslId}/location",
        places::create,
    ),
    route("ssl_get_location", Method::GET, LOCATION, places::get),
    route("ssl_update_location", Method::PUT, LOCATION, places::update),
    route(
        "ssl_delete_location",
        Method::DELETE,
        LOCATION,
        places::delete,
    ),
    route("ssl_list", Method::GET, "/api/ssl/v1", list::list),
    route("ssl_count", Method::HEAD, "/api/ssl/v1", list::count),
    route("ssl_get", Method::GET, "/api/ssl/v1/{sslId}", details::get),
    route(
        "ssl_get_dcv",
        Method::GET,
        "/api/ssl/v1/{sslId}/dcv",
        dcv::get,
    ),
    route(
        "ssl_recheck_dcv",
        Method::POST,
        "/api/ssl/v1/{sslId}/dcv/recheck",
        dcv::recheck,
    ),
    route(
        "ssl_enroll",
        Method::POST,
        "/api/ssl/v1/enroll",
        enroll::enroll,
    ),
    route(
        "ssl_enroll_keygen",
        Method::POST,
        "/api/ssl/v1/enroll-keygen",
        enroll::enroll_keygen,
    ),
    route(
        "ssl_collect",
        Method::GET,
        "/api/ssl/v1/collect/{sslId}",
        collect::by_query,
    ),
    route(
        "ssl_collect",
        Method::GET,
        "/api/ssl/v1/collect/{sslId}/{format}",
        collect::by_path,
    ),
    route(
        "ssl_create_keystore_link",
        Method::POST,
        KEYSTORE,
        keystore::create_link,
    ),
    route(
        "ssl_approve",
        Method::POST,
        "/api/ssl/v1/approve/{sslId}",
        decide::approve,
    ),
    route(
        "ssl_decline",
        Method::POST,
        "/api/ssl/v1/decline/{sslId}",
        decide::decline,
    ),
    route("ssl_update", Method::PUT, "/api/ssl/v1", update::update),
    route(
        "ssl_revoke",
        Method::POST,
        "/api/ssl/v1/revoke/{sslId}",
        revoke::by_id,
    ),
    route(
        "ssl_revoke_by_serial",
        Method::POST,
        REVOKE_SERIAL,
        revoke::by_serial,
    ),
    route(
        "ssl_revoke_manual",
        Method::POST,
        "/api/ssl/v1/revoke/manual",
        revoke::manual,
    ),
    route(
        "ssl_renew_by_renew_id",
        Method::POST,
        "/api/ssl/v1/renew/{renewId}",
        renew::by_renew_id,
    ),
    route(
        "ssl_renew",
        Method::POST,
        "/api/ssl/v1/renewById/{sslId}",
        renew::by_id,
    ),
    route(
        "ssl_mark_renewed",
        Method::POST,
        "/api/ssl/v1/renew/manual/{sslId}",
        renew::mark,
    ),
    route(
        "ssl_replace",
        Method::POST,
        "/api/ssl/v1/replace/{sslId}",
        renew::replace,
    ),
    route("ssl_delete", Method::DELETE, "/api/ssl/v1/{sslId}", delete),
    route(
        "ssl_import",
        Method::POST,
        "/api/ssl/v1/import",
        import_zip::import,
    ),
    route(
        "ssl_import_extended",
        Method::POST,
        "/api/ssl/v2/import",
        import_json::import,
    ),
];

const LOCATION: &str = "/api/ssl/v1/{sslId}/location/{locationId}";
const KEYSTORE: &str = "/api/ssl/v1/keystore/{sslId}/{formatType}";
const REVOKE_SERIAL: &str = "/api/ssl/v1/revoke/serial/{serialNumber}";

const fn route(
    operation: &'static str,
    method: Method,
    template: &'static str,
    handler: Handler<SectigoScm, Problem>,
) -> Route {
    Route {
        operation,
        method,
        template,
        handler,
    }
}

impl Ssl {
    /// Adds a certificate under its own id.
    pub(super) fn insert(&mut self, certificate: SslCertificate) {
        self.last_id = self.last_id.max(certificate.id);
        self.certificates.insert(certificate.id, certificate);
    }

    fn next_id(&self) -> i64 {
        self.last_id + 1
    }

    fn get(&self, id: i64) -> Result<&SslCertificate, Problem> {
        self.certificates
            .get(&id)
            .ok_or_else(|| Problem::wrong_ssl_id(id))
    }

    fn get_mut(&mut self, id: i64) -> Result<&mut SslCertificate, Problem> {
        self.certificates
            .get_mut(&id)
            .ok_or_else(|| Problem::wrong_ssl_id(id))
    }

    fn find(&self, fits: impl Fn(&SslCertificate) -> bool) -> Option<&SslCertificate> {
        self.certificates
            .values()
            .find(|certificate| fits(certificate))
    }
}

impl SectigoScm {
    /// The certificate that a call names, moved on as far as others have worked on it by now.
    fn ssl(&mut self, call: &Call<'_>) -> Result<&mut SslCertificate, Problem> {
        let id = super::id(call, "sslId")?;
        self.settle(id)?;
        self.ssl.get_mut(id)
    }

    /// The same for a call that asks how far it is, and is counted.
    fn look_at_ssl(&mut self, call: &Call<'_>) -> Result<&mut SslCertificate, Problem> {
        let certificate = self.ssl(call)?;
        certificate.waiting.look();
        Ok(certificate)
    }

    fn settle(&mut self, id: i64) -> Result<(), Problem> {
        let now = self.now();
        let (approval, issuance) = (self.options.approval, self.options.issuance);
        let certificate = self.ssl.get_mut(id)?;
        if certificate.status == Status::Requested && certificate.waiting.is_over(approval, now) {
            let colleague = self.customer.administrators.last();
            certificate.approve(colleague.map(|administrator| administrator.id), now);
        }
        if certificate.status == Status::Applied && certificate.waiting.is_over(issuance, now) {
            certificate.issue(super::fleet::serial(&mut fastrand::Rng::new()), now);
        }
        Ok(())
    }

    fn settle_all(&mut self) -> Result<(), Problem> {
        let waiting = self
            .ssl
            .certificates
            .values()
            .filter(|certificate| certificate.waits());
        let waiting: Vec<_> = waiting.map(|certificate| certificate.id).collect();
        waiting.into_iter().try_for_each(|id| self.settle(id))
    }
}

/// For tests: the state between two requests.
impl SectigoScm {
    /// The ids of all SSL certificates, lowest first.
    pub fn ssl_ids(&self) -> Vec<i64> {
        self.ssl.certificates.keys().copied().collect()
    }

    /// A certificate's status in the vendor's words, as of now; `None` for an unknown id.
    pub fn ssl_status(&self, id: i64) -> Option<&'static str> {
        let certificate = self.ssl.certificates.get(&id)?;
        Some(certificate.status_at(self.now()).text())
    }

    /// Approves a request as another administrator would; false when it waits for no approval.
    pub fn approve_ssl(&mut self, id: i64) -> bool {
        let now = self.now();
        let certificate = self.ssl.certificates.get_mut(&id);
        let certificate = certificate.filter(|known| known.status == Status::Requested);
        let approver = self
            .customer
            .administrators
            .last()
            .map(|administrator| administrator.id);
        certificate
            .map(|certificate| certificate.approve(approver, now))
            .is_some()
    }

    /// Issues an approved request; false when the authority has no such order.
    pub fn issue_ssl(&mut self, id: i64) -> bool {
        let now = self.now();
        let certificate = self.ssl.certificates.get_mut(&id);
        let certificate = certificate.filter(|known| known.status == Status::Applied);
        let serial = super::fleet::serial(&mut fastrand::Rng::new());
        certificate
            .map(|certificate| certificate.issue(serial, now))
            .is_some()
    }

    /// An issued certificate, DER; `None` for an unknown id or before its issue.
    pub fn ssl_certificate(&mut self, id: i64) -> Option<Vec<u8>> {
        self.materialize(id).ok()?;
        Some(self.ssl.get(id).ok()?.certificate.as_ref()?.der.clone())
    }
}

fn list_profiles(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = crate::frame::Query::parse(call.request.query.as_deref())?;
    let organization = query.integer("organizationId", 1..)?;
    super::dates::DateFormat::take(&mut query, super::dates::DateFormat::DETAILS)?;
    query.finish()?;
    let open = |only: Option<i64>| only.is_none() || organization.is_none() || only == organization;
    let profiles = scm
        .customer
        .profiles
        .iter()
        .filter(|profile| open(profile.organization));
    Ok(ok(&profiles.map(super::customer::Profile::json).collect()))
}

fn list_custom_fields(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let field = |field: &super::customer::CustomField| json!({"id": field.id, "name": field.name, "mandatory": field.mandatory});
    Ok(ok(&scm.customer.custom_fields.iter().map(field).collect()))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let certificate = scm.ssl(call)?;
    if !certificate.is_unmanaged() {
        return Err(Problem::bad(
            -3,
            "You are not authorized to perform delete.",
        ));
    }
    let id = certificate.id;
    scm.ssl.certificates.remove(&id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// An answer with a body, in the vendor's spelling of the media type.
fn ok(body: &Value) -> Reply {
    Reply::json(StatusCode::OK, body).content_type("application/json;charset=UTF-8")
}

fn is_expired(expires: Timestamp, now: Timestamp) -> bool {
    expires < now
}
