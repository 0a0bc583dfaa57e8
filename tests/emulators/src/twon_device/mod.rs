//! A 2N intercom, HTTP API: certificates (sections 5.20.1 and 5.20.2) and system information.
//!
//! Every answer is JSON, refusals included: `success` tells, with status 200, or 401 where
//! credentials are missing or refused. Digest is offered first where there is a choice. System
//! information needs no credentials. Parameters come in the query or in a form; one given twice
//! counts as given last; names that begin with `blob-` travel in multipart forms alone.
//!
//! # The emulated device
//!
//! It has a factory certificate (`#factory`, protected), one for the vendor's cloud
//! (`#my2n-utility`), and certificates that users uploaded (`@cert-0001` ...); and it trusts
//! `#factory-ca`, which is protected, and `@issuing-ca`.
//!
//! # What is ours, because the vendor does not document it
//!
//! An unknown id, an unreadable file and a wrong pass phrase answer code 12 and name the parameter;
//! a certificate that stays (protected, or with an id that begins with `#`) 18; a key that is not
//! the certificate's 17; more than 64 KiB 13; an unknown parameter 12. A nonce lives for five
//! minutes, unless [`Builder::nonce_lifetime`] or [`Builder::nonce_uses`] says otherwise, and every
//! count of it counts once.

mod certificate;
mod digest;
mod parameters;
mod problem;
mod store;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::SignedDuration;
use serde_json::{Map, Value, json};

pub use self::digest::{DigestAlgorithm, Quality};
use self::{digest::Nonces, parameters::Parameters, problem::Problem, store::Stores};
use crate::frame::{self, Call, Password, Reply, Request, Vendor, World, routes};

/// A running emulator of a 2N device.
pub type Emulator = frame::Emulator<TwonDevice>;

/// How the emulator of a 2N device is to run.
pub type Builder = frame::Builder<TwonDevice>;

type Route = frame::Route<TwonDevice, Problem>;

/// The state of the emulated device.
pub struct TwonDevice {
    options: Options,
    world: World,
    nonces: Nonces,
    stores: Option<Stores>,
}

/// How callers have to sign in; in a device it is set for each service.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Authentication {
    /// Not at all.
    None,
    /// Basic.
    Basic,
    /// Digest, the factory setting.
    Digest,
    /// Digest or Basic; Digest is offered first.
    DigestOrBasic,
}

/// Settings; changed by the setters of [`Builder`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    authentication: Authentication,
    user: String,
    password: Password,
    privileged: bool,
    algorithms: Vec<DigestAlgorithm>,
    quality: Quality,
    nonce_uses: Option<usize>,
    nonce_lifetime: SignedDuration,
    certificates: usize,
    serial_number: String,
    device_name: String,
    old_firmware: bool,
}

impl Builder {
    /// How callers sign in; with Digest without this call.
    pub fn authentication(mut self, authentication: Authentication) -> Self {
        self.options.authentication = authentication;
        self
    }

    /// The device's account, instead of `admin` with `secret`.
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.options.user = user.into();
        self.options.password = Password::from(password);
        self
    }

    /// Takes the privilege System Control from the account.
    pub fn unprivileged(mut self) -> Self {
        self.options.privileged = false;
        self
    }

    /// The algorithms of Digest, in the order of their offers; MD5 without this call.
    pub fn algorithms(mut self, algorithms: impl IntoIterator<Item = DigestAlgorithm>) -> Self {
        self.options.algorithms = algorithms.into_iter().collect();
        self
    }

    /// What `qop` Digest offers; `auth` without this call.
    pub fn quality(mut self, quality: Quality) -> Self {
        self.options.quality = quality;
        self
    }

    /// After how many requests a nonce is stale, however young it is; 1 is a new nonce for each.
    /// Without this call their number does not count.
    pub fn nonce_uses(mut self, uses: usize) -> Self {
        self.options.nonce_uses = Some(uses);
        self
    }

    /// After how long a nonce is stale; after five minutes without this call.
    pub fn nonce_lifetime(mut self, lifetime: SignedDuration) -> Self {
        self.options.nonce_lifetime = lifetime;
        self
    }

    /// How many made-up certificates users have uploaded; 3 without this call.
    ///
    /// Of every twenty, one each is expired and expires within 30 days.
    pub fn certificates(mut self, count: usize) -> Self {
        self.options.certificates = count;
        self
    }

    /// Serial number and name of the device, instead of `00-0000-0001` and `Front door`.
    pub fn device(
        mut self,
        serial_number: impl Into<String>,
        device_name: impl Into<String>,
    ) -> Self {
        self.options.serial_number = serial_number.into();
        self.options.device_name = device_name.into();
        self
    }

    /// Firmware that tells less of the device, and has no build type.
    pub fn old_firmware(mut self) -> Self {
        self.options.old_firmware = true;
        self
    }
}

impl TwonDevice {
    fn sign_in(&mut self, request: &Request) -> Result<(), Problem> {
        let setting = self.options.authentication;
        let authorization = request.header("authorization");
        let (scheme, rest) = authorization
            .and_then(|value| value.split_once(' '))
            .unwrap_or_default();
        let (basic, digest) = match setting {
            Authentication::None => return self.privileged(),
            Authentication::Basic => (true, false),
            Authentication::Digest => (false, true),
            Authentication::DigestOrBasic => (true, true),
        };
        let mut stale = false;
        let admitted = match scheme.to_ascii_lowercase().as_str() {
            "basic" if basic => self.is_basic_pair(rest),
            "digest" if digest => {
                let now = self.world.clock.now();
                let outcome = self.nonces.check(&self.options, request, rest, now);
                stale = outcome == digest::Outcome::Stale;
                outcome == digest::Outcome::Admitted
            }
            "basic" | "digest" => return Err(self.challenge(Problem::OTHER_METHOD_SET, false)),
            _ => false,
        };
        match admitted {
            true => self.privileged(),
            false => Err(self.challenge(Problem::CREDENTIALS_NEEDED, stale)),
        }
    }

    fn privileged(&self) -> Result<(), Problem> {
        match self.options.privileged {
            true => Ok(()),
            false => Err(Problem::PRIVILEGE_MISSING),
        }
    }

    fn is_basic_pair(&self, pair: &str) -> bool {
        let Options { user, password, .. } = &self.options;
        pair.trim() == STANDARD.encode(format!("{user}:{}", password.expose()))
    }

    /// The refusal with what the device offers, Digest first.
    fn challenge(&mut self, problem: Problem, stale: bool) -> Problem {
        let setting = self.options.authentication;
        let mut offers = Vec::new();
        if setting != Authentication::Basic {
            let now = self.world.clock.now();
            offers = self.nonces.offers(&self.options, stale, now);
        }
        if setting != Authentication::Digest {
            offers.push(format!("Basic realm=\"{}\"", digest::REALM));
        }
        problem.offering(offers)
    }

    /// What the device keeps, made when it is first asked for.
    fn stores(&mut self) -> Result<&mut Stores, Problem> {
        if self.stores.is_none() {
            self.stores = Some(Stores::made_up(&self.options, &self.world)?);
        }
        Ok(self.stores.as_mut().expect("just made"))
    }

    fn info(&self) -> Value {
        let Options {
            serial_number,
            device_name,
            ..
        } = &self.options;
        if self.options.old_firmware {
            return json!({
                "variant": "Emulated Intercom",
                "serialNumber": serial_number,
                "hwVersion": "535v1",
                "swVersion": "2.10.0.19.2",
                "buildType": "",
                "deviceName": device_name,
            });
        }
        json!({
            "devType": "0000-0000",
            "variant": "Emulated Intercom",
            "variantId": 1,
            "customerId": 0,
            "serialNumber": serial_number,
            "macAddr": "02-00-00-00-00-01",
            "hwVersion": "570v1",
            "swVersion": "2.50.0.76.2",
            "buildType": "release",
            "firmwarePackage": "emulated",
            "deviceName": device_name,
        })
    }
}

impl Vendor for TwonDevice {
    const NAME: &'static str = "twon-device";

    type Options = Options;

    type Problem = Problem;

    const AREAS: &[&[Route]] = &[ROUTES];

    fn new(options: Options, world: World) -> Self {
        Self {
            options,
            world,
            nonces: Nonces::default(),
            stores: None,
        }
    }

    fn admit(&mut self, call: &Call<'_>) -> Result<(), Problem> {
        match call.operation {
            SYSTEM_INFO => Ok(()),
            _ => self.sign_in(call.request),
        }
    }

    fn no_such_method(_: &str) -> Problem {
        Problem::WRONG_METHOD
    }

    fn no_such_path() -> Problem {
        Problem::UNKNOWN_PATH
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        vec![
            ("user", self.options.user.clone()),
            ("password", self.options.password.expose().to_owned()),
        ]
    }
}

frame::debug_options!(TwonDevice);

impl Default for Options {
    fn default() -> Self {
        Self {
            authentication: Authentication::Digest,
            user: "admin".to_owned(),
            password: "secret".into(),
            privileged: true,
            algorithms: vec![DigestAlgorithm::Md5],
            quality: Quality::Auth,
            nonce_uses: None,
            nonce_lifetime: SignedDuration::from_mins(5),
            certificates: 3,
            serial_number: "00-0000-0001".to_owned(),
            device_name: "Front door".to_owned(),
            old_firmware: false,
        }
    }
}

const SYSTEM_INFO: &str = "get_system_info";

const ROUTES: &[Route] = routes! {
    get("get_user_certs", "/api/cert/user", list_user);
    put("put_user_cert", "/api/cert/user", upload_user);
    delete("delete_user_cert", "/api/cert/user", delete_user);
    get("get_ca_certs", "/api/cert/ca", list_ca);
    put("put_ca_cert", "/api/cert/ca", upload_ca);
    delete("delete_ca_cert", "/api/cert/ca", delete_ca);
    get(SYSTEM_INFO, "/api/system/info", system_info);
    post(SYSTEM_INFO, "/api/system/info", system_info);
};

fn list_user(device: &mut TwonDevice, call: &Call<'_>) -> Result<Reply, Problem> {
    let parameters = Parameters::read(call.request)?;
    device
        .stores()?
        .user
        .list(parameters)
        .map(|rows| certificates(&rows))
}

fn list_ca(device: &mut TwonDevice, call: &Call<'_>) -> Result<Reply, Problem> {
    let parameters = Parameters::read(call.request)?;
    device
        .stores()?
        .ca
        .list(parameters)
        .map(|rows| certificates(&rows))
}

fn upload_user(device: &mut TwonDevice, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut parameters = Parameters::read(call.request)?;
    let certificate = certificate::with_key(&mut parameters)?;
    let stored = device.stores()?.user.put(certificate, parameters)?;
    Ok(certificates(&[stored]))
}

fn upload_ca(device: &mut TwonDevice, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut parameters = Parameters::read(call.request)?;
    let certificate = certificate::of_authority(&mut parameters)?;
    let stored = device.stores()?.ca.put(certificate, parameters)?;
    Ok(certificates(&[stored]))
}

fn delete_user(device: &mut TwonDevice, call: &Call<'_>) -> Result<Reply, Problem> {
    let parameters = Parameters::read(call.request)?;
    device.stores()?.user.delete(parameters)?;
    Ok(problem::success(None))
}

fn delete_ca(device: &mut TwonDevice, call: &Call<'_>) -> Result<Reply, Problem> {
    let parameters = Parameters::read(call.request)?;
    device.stores()?.ca.delete(parameters)?;
    Ok(problem::success(None))
}

fn system_info(device: &mut TwonDevice, call: &Call<'_>) -> Result<Reply, Problem> {
    Parameters::read(call.request)?.finish()?;
    Ok(problem::success(Some(device.info())))
}

fn certificates(rows: &[Map<String, Value>]) -> Reply {
    problem::success(Some(json!({ "certificates": rows })))
}
