//! BlackBerry UEM, the part of its REST interface that is about certificates.
//!
//! Paths begin with the tenant. Signing in exchanges a password for the text that goes into
//! `Authorization`; a wrong password answers 400. Reads ask for the vendor's media types. What
//! cannot be done with a certificate or a bundle answers 405 with `Allow`, which `OPTIONS` tells
//! beforehand. Deleting what devices have, and renewing, is accepted first and done a minute
//! later. Links name the server as it sees itself: `https://server01:18084`.
//!
//! # The made-up estate
//!
//! Of every five users the first has a bundle of two certificates in a Dynamics app, the second
//! one certificate on a device, the third an uploaded one that is nowhere yet, the fourth one of an
//! external PKI with which nothing can be done, and the fifth has none.
//!
//! # What is ours, because the vendor does not document it
//!
//! A refusal's `subStatusCode` repeats the status. The list of a user's embedded certificates is
//! an object with the list `embeddedCertificates`. Uploaded certificates cannot be renewed.

mod estate;
mod pki;
mod problem;
mod sign_in;
mod users;

use http::{Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use rcgen::KeyPair;

use self::{estate::Estate, problem::Problem};
use crate::frame::{self, Call, Password, Query, Reply, Request, Vendor, World, dispatch, routes};

/// A running emulator of BlackBerry UEM.
pub type Emulator = frame::Emulator<BbUem>;

/// How the emulator of BlackBerry UEM is to run.
pub type Builder = frame::Builder<BbUem>;

type Route = frame::Route<BbUem, Problem>;

/// The state of the emulated BlackBerry UEM.
pub struct BbUem {
    options: Options,
    world: World,
    started: Timestamp,
    estate: Estate,
    key: Option<KeyPair>,
    generation: u64,
}

/// Settings; changed by the setters of [`Builder`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    certificates: usize,
    tenant: String,
    user: String,
    password: Password,
    bearer: Option<Password>,
}

impl Builder {
    /// How many made-up certificates there are at the start; 40 without this call.
    pub fn certificates(mut self, count: usize) -> Self {
        self.options.certificates = count;
        self
    }

    /// Who signs in, instead of `admin` with `secret` for the tenant `SRP00000`.
    pub fn credentials(
        mut self,
        tenant: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        self.options.tenant = tenant.into();
        self.options.user = user.into();
        self.options.password = Password::from(password);
        self
    }

    /// Takes this OAuth token besides.
    pub fn bearer(mut self, token: impl Into<String>) -> Self {
        self.options.bearer = Some(Password::from(token));
        self
    }
}

impl BbUem {
    /// Lets every sign-in value made so far end.
    pub fn end_sign_ins(&mut self) {
        self.generation += 1;
    }

    fn now(&self) -> Timestamp {
        self.world.clock.now()
    }

    /// When work that is accepted now will be done.
    fn later(&self) -> Timestamp {
        self.now() + SignedDuration::from_mins(1)
    }
}

impl Vendor for BbUem {
    const NAME: &'static str = "bb-uem";

    type Options = Options;

    type Problem = Problem;

    const AREAS: &[&[Route]] = &[ROUTES];

    fn new(options: Options, world: World) -> Self {
        let now = world.clock.now();
        Self {
            estate: Estate::made_up(options.certificates, now),
            options,
            world,
            started: now,
            key: None,
            generation: 1,
        }
    }

    fn answer(&mut self, request: &Request) -> Reply {
        let head = request.method == Method::HEAD;
        let read = head.then(|| Request {
            method: Method::GET,
            ..request.clone()
        });
        self.estate.settle(self.now());
        dispatch(self, read.as_ref().unwrap_or(request))
    }

    fn admit(&mut self, call: &Call<'_>) -> Result<(), Problem> {
        if call.argument("tenantGuid") != self.options.tenant {
            return Err(Problem::not_found("Tenant"));
        }
        match OPEN.contains(&call.operation) {
            true => Ok(()),
            false => sign_in::admit(self, call.request),
        }
    }

    fn no_such_method(_: &str) -> Problem {
        Problem::wrong_method("No such method on this path.")
    }

    fn no_such_path() -> Problem {
        Problem::not_found("Path")
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        vec![
            ("tenant", self.options.tenant.clone()),
            ("user", self.options.user.clone()),
            ("password", self.options.password.expose().to_owned()),
        ]
    }
}

frame::debug_options!(BbUem);

impl Default for Options {
    fn default() -> Self {
        Self {
            certificates: 40,
            tenant: "SRP00000".to_owned(),
            user: "admin".to_owned(),
            password: "secret".into(),
            bearer: None,
        }
    }
}

/// The operations that nobody has to sign in for.
const OPEN: [&str; 2] = ["create_authorization", "util_ping"];

const EMBEDDED: &str = "/{tenantGuid}/api/v1/embeddedCertificates/{embeddedCertificateGuid}";
const ENROLLMENTS: &str =
    "/{tenantGuid}/api/v1/embeddedCertificates/{embeddedCertificateGuid}/certificateEnrollments";
const BUNDLE: &str = "/{tenantGuid}/api/v1/pki/bundles/{certificateBundleGuid}";
const CERTIFICATE: &str = "/{tenantGuid}/api/v1/pki/certificates/{certificateGuid}";
const USER_CERTIFICATES: &str = "/{tenantGuid}/api/v1/users/{userGuid}/embeddedCertificates";

const ROUTES: &[Route] = routes! {
    get("get_embedded_certificate", EMBEDDED, pki::embedded);
    get("list_certificate_enrollments", ENROLLMENTS, pki::enrollments);
    delete("delete_certificate_bundle", BUNDLE, pki::bundle);
    get("get_certificate_bundle", BUNDLE, pki::bundle);
    options("options_certificate_bundle", BUNDLE, pki::bundle);
    patch("renew_certificate_bundle", BUNDLE, pki::bundle);
    delete("delete_certificate", CERTIFICATE, pki::certificate);
    get("get_certificate", CERTIFICATE, pki::certificate);
    options("options_certificate", CERTIFICATE, pki::certificate);
    patch("renew_certificate", CERTIFICATE, pki::certificate);
    post("create_authorization", "/{tenantGuid}/api/v1/util/authorization", sign_in::authorize);
    get("util_ping", "/{tenantGuid}/api/v1/util/ping", sign_in::ping);
    get("search_users", "/{tenantGuid}/api/v1/users", users::search);
    get("list_user_embedded_certificates", USER_CERTIFICATES, pki::of_user);
};

/// A call that takes neither parameters nor content.
fn no_content(call: &Call<'_>) -> Result<(), Problem> {
    Query::parse(call.request.query.as_deref())?.finish()?;
    match call.request.body.is_empty() {
        true => Ok(()),
        false => Err(Problem::bad("This call takes no content.")),
    }
}

/// A read that has to say what it wants; `*/*` is good for anything.
fn accept(call: &Call<'_>, offered: &[&str]) -> Result<(), Problem> {
    let wanted = call.request.header("accept").unwrap_or_default();
    let mut wanted = wanted
        .split(',')
        .map(|one| one.split(';').next().unwrap_or(one).trim());
    let fits = |one: &str| {
        matches!(one, "*/*" | "application/*")
            || offered
                .iter()
                .any(|offered| offered.eq_ignore_ascii_case(one))
    };
    match wanted.any(fits) {
        true => Ok(()),
        false => {
            let message = format!("Accept has to name {}", offered.join(" or "));
            Err(Problem::new(
                StatusCode::NOT_ACCEPTABLE,
                "NOT_ACCEPTABLE",
                message,
            ))
        }
    }
}
