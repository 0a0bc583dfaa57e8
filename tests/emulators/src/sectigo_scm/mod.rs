//! Sectigo Certificate Manager, REST interface of about version 25.11: certificates (`ssl`,
//! `smime`, `device`, `code_signing`, `brand-indicator`), code signing on demand (`csod`),
//! organizations (`organization`, `person`, `org-validation`), domains (`domain`, `dcv`),
//! administrators (`admin`, `admin-template`), what is set up for everybody (`customField`,
//! `profile`, `notification`), endpoints (`endpoint`), agents with their servers (`agent`), Azure
//! accounts (`azure`), DNS connectors (`connector`), authorities (`ca-backend`), ACME accounts
//! (`acme`) with the ACME server behind them, discovery and reports (`report`).
//!
//! # The emulated customer
//!
//! | | |
//! |---|---|
//! | organizations | 9001 Example Corp, 9002 Example Research |
//! | profiles | 5101 OV (365, 90 or 30 days; RSA from 2048, P-256, P-384), 5102 EV (365 days; RSA; organization 9001 only), 5103 single use (30 days; RSA 2048, P-256; cannot be renewed), 5104 DV (as 5101) |
//! | client certificate profiles | 5201 (365, 730 or 30 days; RSA from 2048, P-256, P-384), 5202 single use (30 days; RSA 2048, P-256; cannot be renewed) |
//! | device profiles | 5301 (365, 180 or 30 days; RSA from 2048, P-256, P-384), 5302 single use (30 days; RSA 2048, P-256; organization 9002 only; cannot be renewed) |
//! | brand indicator profile | 5501 (365 days; any key) |
//! | custom fields | `Cost center`, not mandatory, once for each kind of certificate ([`Builder::custom_field`] adds more) |
//! | domains | 3001 `example.com`, 3002 `example.net`, 3003 `example.org`: delegated to both organizations, validated for 398 days |
//! | persons | from 40501, one for each made-up client certificate: `user-0001@example.com` and so on |
//! | validations of organizations | 1001 and 1002: OV SSL of 9001 and 9002, validated |
//! | ACME servers | `Emulated DV ACME server`, which issues by profile 5104, and likewise `OV` by 5101 and `EV` by 5102; `Emulated universal ACME server`, for universal accounts and by the profile that they name |
//! | developer | `developer@example.com` with `secret`, for code signing on demand ([`Builder::developer`] adds more) |
//! | administrators | 10001, who signs in, and 10002 `approver`, who approves what others leave lying; both masters |
//! | identity providers | 361 `Emulated IdP` |
//! | authorities | 7001, the vendor's own (`SASP`), and 7002, another one (`DIGI_CERT`), which validate organizations; 7003 (`PRIVATE_CA`) and 7004 (`MS_CA`) |
//! | DNS connectors | `2bf2517526b9445aaf558fcf5a368588` (`cloudflare`, `ovh`), `27b53c63824d41218882e891b4121af2` of 9002 (`cloudflare`), `0b50707f6dd84252b67675580f1c2a1d`, which is not connected |
//! | endpoints | from 5601, one of each type: 5601 for client, 5602 for SSL, 5603 for device and 5604 for code signing certificates are web forms; every organization may use them |
//! | accounts of endpoints | from 171, of 9001, with every profile of their type: 171 to 174 at the web forms; persons of 9001 can be invited to 171 |
//! | code signing profile | 5401, for accounts alone |
//! | agents | `Cloud`, which is the vendor's and scans public ranges alone; every network agent that is connected and active scans the private ones 10.0.0.0/8, 127.0.0.0/8 and `::1`, every MS agent Active Directories |
//! | network agents | 8001 `Office` of 9001, connected, with the servers 8101 `shop` (Tomcat), 8102 `www` (Apache) and 8103 `mail` (IIS), two nodes each from 8201; 8002 `Laboratory` of 9002, out of reach; 8003 `New site` of 9001, which never connected |
//! | MS agents | 8301 `Directory`, connected, and 8302 `New directory`, which never connected |
//! | Azure accounts | 207, for everybody, and 208, of 9002; each reaches the resource groups `emulated-production`, with two key vaults, and `emulated-research`, without one |
//!
//! # The life of a certificate
//!
//! An enrolment is `Requested`, then `Applied` when somebody approved it, then `Issued`. Without a
//! call to approve it, the other administrator does so after three looks at it, and the authority
//! needs one look more: a look is a request for its details or to collect it. Both can be set to
//! happen at once, after some time, or only by hand ([`Builder::approval`],
//! [`Builder::issuance`]). Nobody has to approve client certificates: those are `requested`, then
//! `issued`; one that is enrolled without a signing request gets its key from the key vault.
//!
//! A replaced SSL certificate keeps its id, and is served until the new one is issued. With
//! [`Builder::unattended`] time alone takes the steps that nobody looks at.
//!
//! # Domains, and what they publish
//!
//! An SSL certificate is ordered for names whose domain is on file, active, delegated to the
//! organization and validated; otherwise the order is refused (-107 while it is not validated,
//! unless [`Builder::pre_validation`] lets it pass). There is no DNS here: what a domain publishes
//! is told to the emulator, with [`SectigoScm::publish`] or by a call that is ours and needs no
//! credentials:
//!
//! ```text
//! POST /emulator/dns
//! {"name": "_685bb4.example.com.", "type": "CNAME", "value": "3dae.sectigo.com."}
//!
//! POST /emulator/dns
//! {"name": "http://example.com/.well-known/...", "type": "HTTP", "value": "one\ntwo"}
//!
//! DELETE /emulator/dns
//! {"name": "_685bb4.example.com.", "type": "CNAME"}
//! ```
//!
//! Types are `CNAME`, `TXT`, `HTTP` and `HTTPS`; both calls answer 204. Each look at a validation
//! (its status, the list, the domain, an order) has the authority look, too. Somebody follows the
//! link in an e-mail after two looks ([`Builder::validation`]). After 30 days without the proof an
//! order is `REJECTED`.
//!
//! # Brand indicators
//!
//! The certificate is for the domain that is the common name of the signing request or, without
//! one, the domain of prior use; without both the request lacks a signing request. A request is
//! `Requested`, `Applied` once it is approved, and `Issued` once control over the domain is shown
//! and the authority is through. The authority looks at what is published an hour after its last
//! look, and before the next request where a recheck was asked for; with `EMAIL` somebody follows
//! the link after as many looks as at a domain ([`Builder::validation`]). A request that is
//! changed loses its validation and waits for approval anew. Logo and chain are served below
//! `/bimi/` where the CA is to host them. Certificates are for BIMI by their extended key usage,
//! and lack the logotype.
//!
//! # Code signing on demand
//!
//! A request is `INIT` until it is submitted, `CREATED` until an administrator decides,
//! `IN_PROGRESS` while it is signed ([`Builder::issuance`]), then `SIGNED`; `EXPIRED` when nobody
//! submitted it, or decided on it, for 30 days. The agent that takes and gives out files is the
//! same server under another host name. Hashes (`HASH_SUM`) are really signed: what comes back is
//! the signature after PKCS#1 v1.5 by the key of [`SectigoScm::signing_certificate`]. MD5 and
//! SHA-1 are not signed any more: such requests end `FAILED`. **Files of every other type come back
//! as they were sent, without a signature.**
//!
//! # Administrators
//!
//! An administrator who is created signs in as its kind does: `STANDARD` and `API` by login and
//! password, or below `/private` by the client certificate whose serial number they have, `IDP`
//! and `SAS` not at all; a suspended or deleted one does not either. The one from the start signs
//! in by a certificate whose common name is the login.
//!
//! Of the privileges those of SSL, client, device and code signing certificates rule: whoever is
//! no master administrator needs a role for the kind and the privilege by its name to enrol,
//! renew, replace, revoke, approve or decline, change, delete and import; what a renewal of a
//! client certificate needs is `clientCertRequest`. Otherwise the call is refused with 401 and
//! code -16. The rest is open: other privileges are kept and told, and allow or forbid nothing;
//! nobody's lists are narrowed to their organizations; reading, collecting and downloading keys
//! need no privilege.
//!
//! [`SectigoScm::sign_in_by_idp`] has somebody sign in to the web interface, which makes an
//! administrator from the first template whose rules hold.
//!
//! # The ACME server
//!
//! Each server has a directory (RFC 8555), which needs no credentials: `/acme/v2/DV`, `OV` and
//! `EV`, as the list of servers says, and `/acme/v2/universal`. Whoever registers there
//! has to be bound to an account by its `macId` and `macKey` (Base64 for URLs, HS256) and is a
//! client of it from then on. A client orders for names at or below the account's domains, as long
//! as control over those counts; one of a universal account for all that its organization may
//! order for. Authorizations are valid from the beginning. What is finalized is an SSL certificate
//! of the account's organization, `Applied` and then `Issued` as [`Builder::issuance`] says, with
//! a look at the order counting as one; its term is 90 days where the profile has that.
//!
//! Requests are signed by `ES256`, `ES384`, `EdDSA` or `RS256`. Nonces are good once, for an hour.
//! Contacts are `mailto:` addresses. Accounts can be found by their key, changed, deactivated and
//! given another key; certificates are revoked by their key, by the client that ordered them, or
//! by one that may order for the same names.
//!
//! Not there: challenges to be met (each authorization shows one that is met), authorizations
//! ahead of orders (`newAuthz`), identifiers that are no host names, a validity of the client's
//! choice, alternative chains, renewal information (RFC 9773), profiles, and rate limits other than
//! [`Fault`](crate::Fault)s. Plain HTTP is answered where the emulator is started without TLS.
//!
//! # Scans
//!
//! A network task really scans, beside the requests: it shakes hands over TLS with every loopback
//! address and port of its ranges (the agent is `Office`), takes note of the certificate that is
//! presented, and sends nothing. **Every other address is called unreachable without any
//! connection being tried**, and no name is looked up; `localhost` is 127.0.0.1. A scan of which a
//! part is unreachable is completed in part, one of which all is fails, and the operation's `error`
//! names the ranges. Scans of Active Directories and of key vaults find certificates that are made
//! up: `dc1` of each domain, `files` below it from depth 1 on, and `web` of the vault. Azure
//! accounts and agents have no other use here.
//!
//! A scan ends after two looks at its task, at the operations or at results, once it is through
//! ([`Builder::scanning`], [`SectigoScm::finish_scans`]), and expires after a day. Then the rules
//! of the bucket give what nobody has to organizations, where it is listed as found by
//! `DISCOVERY`. Nothing starts by its schedule.
//!
//! # What is ours, because the vendor does not document it
//!
//! An unknown id in a path answers 404; every other refusal 400. An unknown query parameter is an
//! invalid field (-1601), an unknown field of a body a body that cannot be parsed (-1002). Without
//! `size` a list has 200 entries. `pemia` holds the leaf and its issuer, the other formats with a
//! chain hold the root too. A device certificate that is replaced keeps its id; the previous one
//! goes on under an id of its own. Custom fields are null in details where they have no value. An
//! organization with certificates or persons, with a domain's last delegation, or which a rule gives
//! certificates to, cannot be deleted (-1021); a person goes and leaves the certificates. An
//! address that another person has is an invalid field. A request that is
//! rejected takes its domain along when nothing else was delegated. Control over a domain counts
//! for what lies below it. Pages of brand indicators are counted from 0, conditions compare by
//! `=`, `>` and `<`. Lists and counts of requests to sign files have what was submitted. A hash is
//! its bytes or hexadecimal digits, and of the algorithm that the request asks for; only
//! Authenticode takes several. A link that is wrong, or of a request that was submitted, answers
//! 403.
//!
//! A password has 8 to 32 characters with a digit and a capital, holds for 90 days and signs in
//! afterwards, too. A role stands once among an administrator's roles (-223), and only an update
//! is refused for the last one who has it (-219). A login that another administrator has, an
//! unknown identity provider, an impossible change of kind, an unlinked administrator that is to
//! be unlinked and a requester who is not there are invalid fields; privileges and roles that
//! belong to a template are refused with -234 and -253, one's own deletion with -3. All rules of
//! a template have to hold; without `relatedAdminsAction` its administrators are unlinked.
//!
//! Endpoints and accounts are listed newest first, as in the vendor's samples. Endpoints other than
//! web forms can be read alone: everything else is refused with -3, their configuration and
//! delegation included. No two endpoints of a type have the same extension of their address. An
//! account belongs to an organization that may use the endpoint, or to a department of one; it goes
//! with the endpoint or the organization. Of an account for code signing `accountAuthMethod` is
//! required, and only `NONE` is accepted; client certificates need no `autoApprove` for
//! `SECTIGOGEN`. What belongs to another `accountAuthMethod` than the account's is ignored. Updates
//! change what is sent, and an empty text is taken away. Persons are invited to accounts of their
//! organization.
//!
//! DNS connectors do not change; one that is not connected, or a provider that it does not know, is
//! an invalid field of a validation.
//!
//! Agents, servers and nodes are listed newest first, as servers and nodes are in the vendor's
//! samples. An agent never connects by itself: one that is created is `NOT_AVAILABLE` for good,
//! and a server that is added stays `INIT`, without nodes. Departments are left out unless
//! `includeDepOfOrg` is true. Every vendor's server takes every connection type. A path, another
//! folder for certificates and a way to sign in are refused where the vendor's table does not have
//! them, and each way to sign in needs both of its fields; the vendor's own sample has a user and
//! a password for a local server, so these are taken there. An update of an agent changes what is
//! sent, one of a server replaces all of it. MS agents tell their token for good. Agents go with
//! their organization.
//!
//! Azure takes every application and every secret but `expired`, with which each check tells an
//! error, and resource groups and vaults are refused (-1). An account that is created is delegated
//! to nobody; `CUSTOMIZED` needs the list of organizations, which may be empty.
//!
//! Custom fields are for one kind of certificate; a name that is created differs from all others,
//! while those of the start stand there under the same name for each kind. A customer has at most
//! 100 (-131). Without a state a field is `ACTIVE`, and only then do enrolments have it and need
//! it; without an input it is one line of text. The flag of the older version, and of the lists
//! beside certificates, is whether `REST_API` demands the field; set, it demands it everywhere. A
//! value that is no day or none of the options is an invalid field (-1601); an update keeps what
//! it does not name. A field that is renamed keeps its values, one that is deleted takes them
//! along. Pages of profiles are counted from 0; of the operators `>` and `<` are for names
//! alone, and `=` compares whole texts. The administrator may use the types of notification that
//! the vendor's sample lists: others are unauthorized (-3), unknown ones -9. Organizations go with
//! `SELECTED`, where one is needed, and are taken beside `ANYDEPT`. A notification without them is
//! about any organization, and an update without `active` switches it on. Nothing is sent.
//!
//! ACME: name and server are required of an account; a wildcard in front of an account's domain
//! makes no difference; a domain keeps its `stickyUntil` of 398 days after it was added. The
//! pattern for domain names matches anywhere, whatever the case. Days ahead count whole days from
//! today on, negative ones those before today. The keys of universal accounts are shown like those
//! of public ones, though the vendor's samples have them empty. An account goes with its clients,
//! and its certificates stay; deactivating a client twice is no mistake. An account for an
//! organization that the profile is not open to is refused as an enrolment is (-39). An
//! organization with ACME accounts cannot be deleted (-1021).
//!
//! Reports are computed from what there is, and streamed: each row is what its thing is when the
//! row is sent. Without `certificateDateAttribute` or `certificateStatus` limits apply to the date
//! of the request; version 2 takes `REQUESTED`, `ISSUED`, `REVOKED`, `EXPIRED` and `DOWNLOADED`
//! besides `ENROLLED`. `BEFORE` goes by `to` or else `from`, `AFTER` by `from` or else `to`. Nobody
//! downloads here, so no certificate has that date. A pattern matches anywhere, `*` anything.
//! The activity log is read off the certificates' dates. Reports of brand indicator certificates,
//! notifications and deeds of a key agent have no rows. Any `output_type` is taken.
//!
//! Of discovery: a scan may have 65,536 private and 4,096 public pairs of address and port, and one
//! range 1,048,576; a range without ports means 443. Tasks, rules and buckets that do not exist,
//! a bucket that a task uses, a secret that is reset while authentication is off, and stopping what
//! does not run are refused with -1. A rule without filters is the one that "cannot be empty"
//! (-5002). All filters of a rule have to fit, texts in the case they have; a pattern may fit
//! anywhere. The first rule that fits counts; what an organization has already stays there, unless
//! it is assigned by hand. Versions 2 and 3 count months and days from 0. A bucket without
//! delegations is there for everybody; what an update leaves out stays. Certificates go by their
//! SHA-1 in lower case, and stay in their bucket when they are assigned.

mod acme;
mod administration;
mod administrators;
mod agents;
mod azure_accounts;
mod brand_indicators;
mod ca_backends;
mod certificates;
mod contact;
mod customer;
mod dates;
mod discovery;
mod dns_connectors;
mod domains;
mod endpoints;
mod filter;
mod options;
mod organizations;
mod paging;
mod problem;
mod progress;
mod reports;

use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

use self::{
    acme::Acme,
    administration::Notifications,
    administrators::Administrators,
    agents::Agents,
    azure_accounts::AzureAccounts,
    brand_indicators::BrandIndicators,
    certificates::Certificates,
    customer::Customer,
    discovery::Discovery,
    domains::Domains,
    endpoints::Endpoints,
    organizations::{Organizations, organization::Organization},
    problem::Problem,
};
pub use self::{certificates::collect::PendingAnswer, options::Options, progress::Progress};
use crate::frame::{self, Call, Query, Reply, Request, Vendor, World, dispatch};

/// A running emulator of Sectigo Certificate Manager.
pub type Emulator = frame::Emulator<SectigoScm>;

/// How the emulator of Sectigo Certificate Manager is to run.
pub type Builder = frame::Builder<SectigoScm>;

type Route = frame::Route<SectigoScm, Problem>;

/// The state of the emulated Sectigo Certificate Manager.
pub struct SectigoScm {
    options: Options,
    world: World,
    customer: Customer,
    administrators: Administrators,
    organizations: Organizations,
    domains: Domains,
    endpoints: Endpoints,
    notifications: Notifications,
    certificates: Certificates,
    acme: Acme,
    agents: Agents,
    azure_accounts: AzureAccounts,
    brand_indicators: BrandIndicators,
    /// When the made-up things were made.
    started: Timestamp,
    discovery: Discovery,
}

impl SectigoScm {
    fn now(&self) -> Timestamp {
        self.world.clock.now()
    }

    /// The path, once the caller is a developer.
    fn admit_developer<'r>(&self, request: &'r Request) -> Result<&'r str, Problem> {
        let header = |name| request.header(name);
        let known = self.options.developers.iter().any(|(email, password)| {
            header("email") == Some(email.as_str()) && header("password") == Some(password.expose())
        });
        match known && header("customerUri") == Some(self.options.customer_uri.as_str()) {
            true => Ok(&request.path),
            false => Err(Problem::unknown_user()),
        }
    }

    /// The name of an organization or department, unless it is gone.
    fn organization_name(&self, id: i64) -> Option<String> {
        let found = self.organizations.get(id).ok()?;
        Some(found.name().to_owned())
    }

    /// The names of an organization and, if it is one of its departments, of that.
    fn organization_and_department(&self, id: Option<i64>) -> [String; 2] {
        let own = id.and_then(|id| self.organizations.get(id).ok());
        let parent = own.and_then(|own| self.organizations.get(own.parent?).ok());
        let name =
            |one: Option<&Organization>| one.map_or(String::new(), |one| one.name().to_owned());
        match parent {
            Some(_) => [name(parent), name(own)],
            None => [name(own), String::new()],
        }
    }
}

impl Vendor for SectigoScm {
    const NAME: &'static str = "sectigo-scm";

    type Options = Options;

    type Problem = Problem;

    const AREAS: &[&[Route]] = &[
        certificates::ssl::ROUTES,
        certificates::smime::ROUTES,
        certificates::device::ROUTES,
        certificates::code_signing::ROUTES,
        certificates::code_signing_requests::ROUTES,
        brand_indicators::ROUTES,
        organizations::organization::ROUTES,
        organizations::person::ROUTES,
        organizations::org_validation::ROUTES,
        domains::domain::ROUTES,
        domains::dcv::ROUTES,
        administrators::manage::ROUTES,
        administrators::template::ROUTES,
        endpoints::endpoint::ROUTES,
        agents::network_agent::ROUTES,
        agents::server::ROUTES,
        agents::ms_agent::ROUTES,
        azure_accounts::account::ROUTES,
        dns_connectors::ROUTES,
        ca_backends::ROUTES,
        administration::custom_field::ROUTES,
        administration::profile::ROUTES,
        administration::notification::ROUTES,
        acme::account::ROUTES,
        reports::ROUTES,
        discovery::TASK_ROUTES,
        discovery::operation::ROUTES,
        discovery::rule::ROUTES,
        discovery::bucket::ROUTES,
    ];

    fn new(options: Options, world: World) -> Self {
        let customer = Customer::new(&options.custom_fields);
        let now = world.clock.now();
        let administrators = Administrators::made_up(&options, now);
        let certificates = Certificates::made_up(&options, &customer, now);
        Self {
            endpoints: Endpoints::made_up(&customer),
            options,
            world,
            customer,
            administrators,
            organizations: Organizations::made_up(certificates.persons(), now),
            domains: Domains::made_up(now),
            notifications: Notifications::after(administration::notification::BEFORE_FIRST),
            certificates,
            acme: Acme::new(),
            agents: Agents::made_up(now),
            azure_accounts: AzureAccounts::made_up(),
            brand_indicators: BrandIndicators::new(),
            discovery: Discovery::new(),
            started: now,
        }
    }

    fn answer(&mut self, request: &Request) -> Reply {
        self.settle_scans();
        if request.path == domains::DNS {
            return self.answer_dns(request);
        }
        if request.path.starts_with(acme::protocol::PREFIX) {
            return self.answer_acme(request);
        }
        let unsigned = self.download(request).or_else(|| self.hosted(request));
        if let Some(reply) = unsigned.or_else(|| self.answer_agent(request)) {
            return reply;
        }
        if !is_of_developers(&request.path) && self.signed_in(request).is_none() {
            self.note_failed_sign_in(request);
        }
        dispatch(self, request)
    }

    /// The path without the prefix that selects signing in by certificate, once the caller is who
    /// the headers say.
    fn path<'r>(&self, request: &'r Request) -> Result<&'r str, Problem> {
        if is_of_developers(&request.path) {
            return self.admit_developer(request);
        }
        let path = request.path.strip_prefix("/private");
        match self.signed_in(request) {
            Some(_) => Ok(path.unwrap_or(&request.path)),
            None => Err(Problem::unknown_user()),
        }
    }

    fn admit(&mut self, call: &Call<'_>) -> Result<(), Problem> {
        match is_of_developers(&call.request.path) {
            true => Ok(()),
            false => self.admit_caller(call.request, call.operation),
        }
    }

    fn no_such_method(_: &str) -> Problem {
        let why = "No such method on this path";
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, -1, why)
    }

    fn no_such_path() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, -1, "No such path")
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        vec![
            ("login", self.options.login.clone()),
            ("password", self.options.password.expose().to_owned()),
            ("customerUri", self.options.customer_uri.clone()),
        ]
    }
}

/// Whether a call is one of developers.
fn is_of_developers(path: &str) -> bool {
    let rest = path.strip_prefix(certificates::code_signing_requests::OF_DEVELOPERS);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

frame::debug_options!(SectigoScm);

/// An answer with a body, in the vendor's spelling of the media type.
fn ok(body: &Value) -> Reply {
    Reply::json(StatusCode::OK, body).content_type("application/json;charset=UTF-8")
}

impl SectigoScm {
    /// The answer to a creation: where the new thing is, and nothing else.
    fn created(&self, path: &str) -> Reply {
        let url = format!("{}{path}", self.world.base_url);
        Reply::empty(StatusCode::CREATED).location(&url)
    }

    /// The same with a body: what is told once.
    fn created_with(&self, path: &str, body: &Value) -> Reply {
        let url = format!("{}{path}", self.world.base_url);
        Reply::json(StatusCode::CREATED, body)
            .content_type("application/json;charset=UTF-8")
            .location(&url)
    }
}

/// The query of a call without parameters of its own: any call takes `dateFormat`.
fn no_parameters(call: &Call<'_>) -> Result<(), Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    dates::DateFormat::take(&mut query, dates::DateFormat::DETAILS)?;
    Ok(query.finish()?)
}

/// The body of a call that takes one JSON object.
fn body(call: &Call<'_>) -> Result<frame::Object, Problem> {
    require_json(call)?;
    Ok(frame::Object::parse(&call.request.body)?)
}

fn require_json(call: &Call<'_>) -> Result<(), Problem> {
    if call.request.media_type().as_deref() == Some("application/json") {
        return Ok(());
    }
    let why = "Content-Type has to be application/json";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, -1, why))
}

/// A numeric argument of the path, from 1.
fn id(call: &Call<'_>, name: &str) -> Result<i64, Problem> {
    let number = call
        .argument(name)
        .parse()
        .ok()
        .filter(|number| *number >= 1);
    number.ok_or_else(|| Problem::invalid_value(name))
}
