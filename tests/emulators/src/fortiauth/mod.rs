//! FortiAuthenticator, REST interface v1: user certificates.
//!
//! Paths end in a slash: without it a request is redirected, which no write survives. Lists are
//! `{meta, objects}` pages of 20 rows, 1,000 at most. A wrong name or key answers 401 without
//! content; refusals are `{"error"}` with 400; an unknown number answers 404 without content.
//!
//! # What is ours, because the vendor does not document it
//!
//! An unknown query parameter answers 400, where devices ignore it without a word. The PEM list
//! has the shape of its sister, unless [`Builder::pem_list`] sets another. Certificates whose time
//! is over are `Expired`. Renewed certificates are named after the old one, with a number behind.

mod certificate;
mod change;
mod fleet;
mod list;
mod problem;

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{Method, StatusCode, header::ALLOW};
use jiff::Timestamp;
use rcgen::KeyPair;

pub use self::list::PemList;
use self::{certificate::UserCertificate, problem::Problem};
use crate::frame::{self, Call, Found, Operation, Reply, Request, Vendor, World, find};

/// A running emulator of FortiAuthenticator.
pub type Emulator = frame::Emulator<FortiAuth>;

/// How the emulator of FortiAuthenticator is to run.
pub type Builder = frame::Builder<FortiAuth>;

type Route = frame::Route<FortiAuth, Problem>;

/// The state of the emulated FortiAuthenticator.
pub struct FortiAuth {
    options: Options,
    world: World,
    certificates: Vec<UserCertificate>,
    key: Option<KeyPair>,
}

/// Settings; changed by the setters of [`Builder`].
#[derive(Clone)]
#[non_exhaustive]
pub struct Options {
    certificates: usize,
    administrator: String,
    access_key: String,
    read_only: bool,
    pem_list: PemList,
}

impl Builder {
    /// How many made-up certificates there are at the start; 40 without this call.
    ///
    /// Of every twenty, one each is expired, is revoked for good, and is on hold.
    pub fn certificates(mut self, count: usize) -> Self {
        self.options.certificates = count;
        self
    }

    /// Who signs in, instead of `admin` with the web service access key `secret`.
    pub fn credentials(
        mut self,
        administrator: impl Into<String>,
        access_key: impl Into<String>,
    ) -> Self {
        self.options.administrator = administrator.into();
        self.options.access_key = access_key.into();
        self
    }

    /// The administrator's profile lets him read only: anything else answers 403.
    pub fn read_only(mut self) -> Self {
        self.options.read_only = true;
        self
    }

    /// In which wrapping the PEM list comes; in a page without this call.
    pub fn pem_list(mut self, shape: PemList) -> Self {
        self.options.pem_list = shape;
        self
    }
}

impl FortiAuth {
    fn now(&self) -> Timestamp {
        self.world.clock.now()
    }

    fn route(&mut self, request: &Request) -> Result<Reply, Problem> {
        let open = format!("{}/", request.path);
        if !request.path.ends_with('/') && !matches!(self.find(request, &open), Found::Nothing) {
            return Ok(Reply::empty(StatusCode::MOVED_PERMANENTLY).location(&open));
        }
        match self.find(request, &request.path) {
            Found::Route(route, call) => {
                self.admit(request)?;
                (route.handler)(self, &call)
            }
            Found::OtherMethods(methods) => Err(Problem::other_method(&allowed(&methods))),
            Found::Nothing => Err(Problem::no_such_page()),
        }
    }

    fn find<'r>(&self, request: &'r Request, path: &str) -> Found<'r, Self, Problem> {
        find(&ROUTES, request, path)
    }

    fn admit(&self, request: &Request) -> Result<(), Problem> {
        let Options {
            administrator,
            access_key,
            ..
        } = &self.options;
        let expected = STANDARD.encode(format!("{administrator}:{access_key}"));
        let given = request
            .header("authorization")
            .and_then(|value| value.split_once(' '));
        match given {
            Some((scheme, pair)) if scheme.eq_ignore_ascii_case("basic") && pair == expected => {}
            _ => return Err(Problem::unauthorized()),
        }
        match self.options.read_only && request.method != Method::GET {
            true => Err(Problem::forbidden()),
            false => Ok(()),
        }
    }

    /// The place of the certificate that the path names.
    fn position(&self, call: &Call<'_>) -> Result<usize, Problem> {
        let argument = call.argument("id");
        let id: i64 = argument.parse().map_err(|_| Problem::no_number(argument))?;
        let position = self
            .certificates
            .iter()
            .position(|certificate| certificate.id == id);
        position.ok_or_else(Problem::not_found)
    }
}

impl Vendor for FortiAuth {
    const NAME: &'static str = "fortiauth";

    type Options = Options;

    fn new(options: Options, world: World) -> Self {
        let certificates = fleet::certificates(options.certificates, world.clock.now());
        Self {
            options,
            world,
            certificates,
            key: None,
        }
    }

    fn answer(&mut self, request: &Request) -> Reply {
        self.route(request).unwrap_or_else(Reply::from)
    }

    fn operations() -> Vec<Operation> {
        ROUTES
            .iter()
            .flat_map(|route| {
                let described = route.describe();
                let sibling = (route.operation == REVOKE).then(|| Operation {
                    name: "unrevoke_user_cert",
                    ..described.clone()
                });
                std::iter::once(described).chain(sibling)
            })
            .collect()
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        vec![
            ("user", self.options.administrator.clone()),
            ("password", self.options.access_key.clone()),
        ]
    }
}

impl fmt::Debug for FortiAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FortiAuth")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            certificates: 40,
            administrator: "admin".to_owned(),
            access_key: "secret".to_owned(),
            read_only: false,
            pem_list: PemList::Page,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("certificates", &self.certificates)
            .field("administrator", &self.administrator)
            .field("read_only", &self.read_only)
            .field("pem_list", &self.pem_list)
            .finish_non_exhaustive()
    }
}

/// The one route with two operations: the body tells a revocation from its opposite.
const REVOKE: &str = "revoke_user_cert";

static ROUTES: [Route; 5] = [
    route(
        "list_user_certs",
        Method::GET,
        "/api/v1/usercerts/",
        list::rows,
    ),
    route(
        "list_user_certs_pem",
        Method::GET,
        "/api/v1/usercerts/pem/",
        list::contents,
    ),
    route(
        "renew_user_cert",
        Method::POST,
        "/api/v1/usercerts/renew/",
        change::renew,
    ),
    route(
        "get_user_cert",
        Method::GET,
        "/api/v1/usercerts/{id}/",
        list::row,
    ),
    route(
        REVOKE,
        Method::PATCH,
        "/api/v1/usercerts/{id}/",
        change::status,
    ),
];

const fn route(
    operation: &'static str,
    method: Method,
    template: &'static str,
    handler: frame::Handler<FortiAuth, Problem>,
) -> Route {
    Route {
        operation,
        method,
        template,
        handler,
    }
}

fn allowed(methods: &[Method]) -> String {
    methods
        .iter()
        .map(Method::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

impl Problem {
    fn other_method(allowed: &str) -> Self {
        Self::page(StatusCode::METHOD_NOT_ALLOWED, allowed).header(ALLOW, allowed)
    }
}
