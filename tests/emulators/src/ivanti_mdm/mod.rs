//! Ivanti Neurons for MDM: the certificate management calls.
//!
//! JSON answers are `{errors, result}`, and `errors` decides; lists are CSV with the dates of
//! Java. Wrong credentials answer 401 without content, as gateways do.
//!
//! # The emulated tenant
//!
//! | | |
//! |---|---|
//! | external authorities | `ExternalCA1`, `ExternalCA2`, `ExternalCA3`, all under number 18000, which is `attca`; a third of their certificates was revoked by hand, one a day up to today |
//! | accounts | 10200 to 10203: `user-0001@example.com` to `user-0004@example.com` |
//! | policies | 35037 and 35497 |
//! | user-provided certificates | 1 to 12, going round the accounts, policy by policy |
//!
//! # What is ours, because the vendor does not document it
//!
//! Refusals answer 400, an unknown authority or tenant 404 without content. What is wrong with a
//! request as such is a field error `HTTP-400-3`; a PKCS#12 file that cannot be opened is
//! `KSF-101`. The JSON call is open at both addresses that the vendor prints.

mod external;
mod problem;
mod user_provided;

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    StatusCode,
    header::{CONTENT_DISPOSITION, WWW_AUTHENTICATE},
};
use jiff::{SignedDuration, civil::Date};

use self::{external::ExternalCertificate, problem::Problem, user_provided::UserProvided};
use crate::frame::{
    self, Call, Operation, Password, Query, Reply, Revoked, Vendor, World, routes, x509,
};

/// A running emulator of Ivanti Neurons for MDM.
pub type Emulator = frame::Emulator<IvantiMdm>;

/// How the emulator of Ivanti Neurons for MDM is to run.
pub type Builder = frame::Builder<IvantiMdm>;

type Route = frame::Route<IvantiMdm, Problem>;

/// The state of the emulated tenant.
pub struct IvantiMdm {
    options: Options,
    world: World,
    external: Vec<ExternalCertificate>,
    user_provided: UserProvided,
    revocation_lists: u64,
}

/// Settings; changed by the setters of [`Builder`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    user: String,
    password: Password,
    token: Option<Password>,
    tenant: String,
    certificates: usize,
    masked_serials: bool,
    zone: (String, Duration),
    pem_revocation_list: bool,
}

impl Builder {
    /// Who signs in with Basic, instead of `admin@example.com` with `secret`.
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.options.user = user.into();
        self.options.password = Password::from(password);
        self
    }

    /// The account has multi-factor sign-in: only this bearer token is taken, and no Basic.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.options.token = Some(Password::from(token));
        self
    }

    /// How many certificates of external authorities there are; 30 without this call.
    pub fn certificates(mut self, count: usize) -> Self {
        self.options.certificates = count;
        self
    }

    /// Masks the leading digits of serial numbers, as in the vendor's sample.
    pub fn masked_serials(mut self) -> Self {
        self.options.masked_serials = true;
        self
    }

    /// The zone that dates are printed in, by its letters and how far it is east of Greenwich;
    /// `UTC` without this call.
    pub fn zone(mut self, letters: impl Into<String>, ahead: Duration) -> Self {
        self.options.zone = (letters.into(), ahead);
        self
    }

    /// Hands the revocation list out as PEM; DER without this call.
    pub fn pem_revocation_list(mut self) -> Self {
        self.options.pem_revocation_list = true;
        self
    }
}

impl IvantiMdm {
    /// Notes that a certificate was revoked by hand today; whether there is one to revoke with
    /// this decimal serial number.
    pub fn revoke_by_hand(&mut self, serial: &str) -> bool {
        let today = self.world.clock.today();
        let found = self
            .external
            .iter_mut()
            .find(|known| known.serial == serial && known.revoked_on.is_none());
        found
            .map(|certificate| certificate.revoked_on = Some(today))
            .is_some()
    }

    fn expected(&self) -> (&'static str, String) {
        let Options { user, password, .. } = &self.options;
        match &self.options.token {
            Some(token) => ("bearer", token.expose().to_owned()),
            None => (
                "basic",
                STANDARD.encode(format!("{user}:{}", password.expose())),
            ),
        }
    }
}

impl Vendor for IvantiMdm {
    const NAME: &'static str = "ivanti-mdm";

    type Options = Options;

    type Problem = Problem;

    const AREAS: &[&[Route]] = &[ROUTES];

    fn new(options: Options, world: World) -> Self {
        let external = external::made_up(options.certificates, world.clock.now());
        Self {
            options,
            world,
            external,
            user_provided: UserProvided::made_up(),
            revocation_lists: 0,
        }
    }

    fn admit(&mut self, call: &Call<'_>) -> Result<(), Problem> {
        let (scheme, expected) = self.expected();
        let given = call.request.header("authorization");
        match given.and_then(|value| value.split_once(' ')) {
            Some((name, value)) if name.eq_ignore_ascii_case(scheme) && value == expected => Ok(()),
            _ => {
                let reply = Reply::empty(StatusCode::UNAUTHORIZED);
                Err(reply.header(WWW_AUTHENTICATE, "Basic realm=\"mdm\"").into())
            }
        }
    }

    fn no_such_method(_: &str) -> Problem {
        Reply::empty(StatusCode::METHOD_NOT_ALLOWED).into()
    }

    fn no_such_path() -> Problem {
        Problem::not_found()
    }

    fn operations() -> Vec<Operation> {
        let mut operations: Vec<_> = ROUTES.iter().map(Route::describe).collect();
        for operation in &mut operations {
            if operation.template == REVOCATION_LIST {
                operation.template = "/c/ca/{tenantId}/AWS%20CA.crl";
            }
        }
        operations
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        let tenant = ("tenant", self.options.tenant.clone());
        match &self.options.token {
            Some(token) => vec![("token", token.expose().to_owned()), tenant],
            None => vec![
                ("user", self.options.user.clone()),
                ("password", self.options.password.expose().to_owned()),
                tenant,
            ],
        }
    }
}

frame::debug_options!(IvantiMdm);

impl Default for Options {
    fn default() -> Self {
        Self {
            user: "admin@example.com".to_owned(),
            password: "secret".into(),
            token: None,
            tenant: "42591".to_owned(),
            certificates: 30,
            masked_serials: false,
            zone: ("UTC".to_owned(), Duration::ZERO),
            pem_revocation_list: false,
        }
    }
}

/// As it is matched: decoded.
const REVOCATION_LIST: &str = "/c/ca/{tenantId}/AWS CA.crl";

const ROUTES: &[Route] = routes! {
    get("get_ca_crl", "/c/ca/{tenantId}/AWS CA.crl", revocation_list);
    get("list_certs_requiring_manual_revocation", "/api/v1/ca/getCertStatus/{caName}", to_revoke);
    get("list_certs_manually_revoked_on_date", "/api/v1/ca/getCertStatusOnDate/", revoked_on);
    post("upload_user_provided_certificate", "/api/v1/user_provided", user_provided::upload);
    delete("clear_private_keys_by_csv", "/api/v1/user_provided/clearPrivateKey/csv",
        user_provided::clear_by_csv);
    delete("clear_private_keys_by_account_policy", "/api/v1/user_provided/clearPrivateKey",
        user_provided::clear_by_policy);
};

/// The list of the tenant's own authority, made anew with the next number, with two certificates
/// that are on it since long.
fn revocation_list(tenant: &mut IvantiMdm, call: &Call<'_>) -> Result<Reply, Problem> {
    Query::parse(call.request.query.as_deref())?.finish()?;
    if call.argument("tenantId") != tenant.options.tenant {
        return Err(Problem::not_found());
    }
    let now = tenant.world.clock.now();
    let revoked = [(0x1001_u16, 1), (0x1002, 4)].map(|(serial, reason)| Revoked {
        serial: serial.to_be_bytes().to_vec(),
        revoked_at: now - SignedDuration::from_hours(24 * 30),
        reason: Some(reason),
    });
    tenant.revocation_lists += 1;
    let number = tenant.revocation_lists;
    let der = tenant
        .world
        .authority
        .revocation_list(number, revoked, now)?;
    let content = match tenant.options.pem_revocation_list {
        true => x509::to_pem("X509 CRL", &der).into_bytes(),
        false => der,
    };
    let reply = Reply::bytes(StatusCode::OK, "application/pkix-crl", content);
    Ok(reply.header(CONTENT_DISPOSITION, "attachment; filename=\"cert.cer\""))
}

fn to_revoke(tenant: &mut IvantiMdm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    csv_asked(&mut query)?;
    query.finish()?;
    let asked = call.argument("caName");
    let all = asked == external::CONNECTOR;
    if !all && !external::AUTHORITIES.contains(&asked) {
        return Err(Problem::not_found());
    }
    let rows = tenant
        .external
        .iter()
        .filter(|row| row.revoked_on.is_none());
    let rows = rows.filter(|row| all || row.authority == asked);
    Ok(external::csv(rows, &tenant.options))
}

fn revoked_on(tenant: &mut IvantiMdm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    csv_asked(&mut query)?;
    let day = query.required("manuallyRevokeDate")?;
    query.finish()?;
    let day = day_first(&day).ok_or_else(|| Problem::invalid("manuallyRevokeDate"))?;
    let rows = tenant
        .external
        .iter()
        .filter(|row| row.revoked_on == Some(day));
    Ok(external::csv(rows, &tenant.options))
}

fn csv_asked(query: &mut Query) -> Result<(), Problem> {
    match query.required("format")?.as_str() {
        "csv" => Ok(()),
        _ => Err(Problem::invalid("format")),
    }
}

/// Exactly `dd-mm-yyyy`.
fn day_first(text: &str) -> Option<Date> {
    let day = Date::strptime("%d-%m-%Y", text).ok()?;
    (text.len() == 10).then_some(day)
}
