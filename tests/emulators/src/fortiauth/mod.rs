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

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{Method, StatusCode};
use jiff::Timestamp;
use rcgen::KeyPair;
use serde_json::{Value, json};

pub use self::list::PemList;
use self::{certificate::UserCertificate, problem::Problem};
use crate::frame::{
    self, Call, Found, Operation, Password, Precedence, Reply, Request, Table, Vendor, World,
    dispatch, find, routes,
};

/// A running emulator of FortiAuthenticator.
pub type Emulator = frame::Emulator<FortiAuth>;

/// How the emulator of FortiAuthenticator is to run.
pub type Builder = frame::Builder<FortiAuth>;

type Route = frame::Route<FortiAuth, Problem>;

/// The state of the emulated FortiAuthenticator.
pub struct FortiAuth {
    options: Options,
    world: World,
    certificates: Table<UserCertificate>,
    key: Option<KeyPair>,
    issuer: String,
}

/// Settings; changed by the setters of [`Builder`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    certificates: usize,
    administrator: String,
    access_key: Password,
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
        self.options.access_key = Password::from(access_key);
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

    fn expected_pair(&self) -> String {
        let Options {
            administrator,
            access_key,
            ..
        } = &self.options;
        STANDARD.encode(format!("{administrator}:{}", access_key.expose()))
    }

    /// The number of the certificate that the path names.
    fn named(&self, call: &Call<'_>) -> Result<i64, Problem> {
        let argument = call.argument("id");
        let id = argument.parse().map_err(|_| Problem::no_number(argument))?;
        self.certificate(id)?;
        Ok(id)
    }

    fn certificate(&self, id: i64) -> Result<&UserCertificate, Problem> {
        self.certificates.get(id).ok_or_else(Problem::not_found)
    }

    fn row(&self, id: i64) -> Result<Value, Problem> {
        Ok(self.certificate(id)?.row(&self.issuer, self.now()))
    }

    fn certificate_mut(&mut self, id: i64) -> Result<&mut UserCertificate, Problem> {
        self.certificates.get_mut(id).ok_or_else(Problem::not_found)
    }
}

impl Vendor for FortiAuth {
    const NAME: &'static str = "fortiauth";

    type Options = Options;

    type Problem = Problem;

    const AREAS: &[&[Route]] = &[ROUTES];

    const PRECEDENCE: Precedence = Precedence::FixedPath;

    const ALLOW_SEPARATOR: &'static str = ",";

    fn new(options: Options, world: World) -> Self {
        let certificates = fleet::certificates(options.certificates, world.clock.now());
        Self {
            issuer: certificate::issuer_name(&world.authority),
            options,
            world,
            certificates,
            key: None,
        }
    }

    fn answer(&mut self, request: &Request) -> Reply {
        let open = format!("{}/", request.path);
        if request.path == TOP || open == TOP {
            return top_level(request);
        }
        if !request.path.ends_with('/') && !matches!(look_up(request, &open), Found::Nothing) {
            return Reply::empty(StatusCode::MOVED_PERMANENTLY).location(&open);
        }
        match request.method == Method::OPTIONS {
            true => options(self, request),
            false => dispatch(self, request),
        }
    }

    fn admit(&mut self, call: &Call<'_>) -> Result<(), Problem> {
        let request = call.request;
        let given = request.header("authorization");
        match given.and_then(|value| value.split_once(' ')) {
            Some((scheme, pair))
                if scheme.eq_ignore_ascii_case("basic") && pair == self.expected_pair() => {}
            _ => return Err(Problem::unauthorized()),
        }
        match self.options.read_only && request.method != Method::GET {
            true => Err(Problem::forbidden()),
            false => Ok(()),
        }
    }

    fn no_such_method(allowed: &str) -> Problem {
        Problem::page(StatusCode::METHOD_NOT_ALLOWED, allowed)
    }

    fn no_such_path() -> Problem {
        Problem::no_such_page()
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
            ("password", self.options.access_key.expose().to_owned()),
        ]
    }
}

frame::debug_options!(FortiAuth);

impl Default for Options {
    fn default() -> Self {
        Self {
            certificates: 40,
            administrator: "admin".to_owned(),
            access_key: "secret".into(),
            read_only: false,
            pem_list: PemList::Page,
        }
    }
}

/// The one route with two operations: the body tells a revocation from its opposite.
const REVOKE: &str = "revoke_user_cert";

const ROUTES: &[Route] = routes! {
    get("list_user_certs", "/api/v1/usercerts/", list::rows);
    get("list_user_certs_pem", "/api/v1/usercerts/pem/", list::contents);
    post("renew_user_cert", "/api/v1/usercerts/renew/", change::renew);
    get("get_user_cert", "/api/v1/usercerts/{id}/", list::row);
    patch(REVOKE, "/api/v1/usercerts/{id}/", change::status);
};

const TOP: &str = "/api/v1/";

fn look_up<'r>(request: &'r Request, path: &str) -> Found<'r, FortiAuth, Problem> {
    find(ROUTES, FortiAuth::PRECEDENCE, request, path)
}

/// The resources that there are, for anybody and by any method, as the framework below has it.
fn top_level(request: &Request) -> Reply {
    if !request.path.ends_with('/') {
        return Reply::empty(StatusCode::MOVED_PERMANENTLY).location(TOP);
    }
    let resource = json!({
        "list_endpoint": "/api/v1/usercerts/",
        "schema": "/api/v1/usercerts/schema/",
    });
    Reply::json(StatusCode::OK, &json!({ "usercerts": resource }))
}

/// The methods of a path, as a refusal of another one would name them, but as a success.
fn options(state: &mut FortiAuth, request: &Request) -> Reply {
    let refusal = dispatch(state, request);
    match refusal.status() {
        StatusCode::METHOD_NOT_ALLOWED => refusal.status_instead(StatusCode::OK),
        _ => refusal,
    }
}
