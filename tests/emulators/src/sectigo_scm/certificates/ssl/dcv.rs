use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use md5::Md5;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Ssl, SslCertificate};
use crate::{
    frame::{Call, Invalid, Object, Query, Reply, x509},
    sectigo_scm::{
        SectigoScm, contact::is_email, dates::DateFormat, no_parameters, ok, problem::Problem,
    },
};

const MODES: [&str; 5] = ["CNAME", "EMAIL", "HTTP", "HTTPS", "TXT"];

/// How control over the domains is shown, and when that was last looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Dcv {
    mode: Option<String>,
    email: Option<String>,
    checked: Option<Timestamp>,
}

impl Dcv {
    /// Reads `dcvMode` and `dcvEmail`; the address is required with mode EMAIL.
    pub(super) fn read(body: &mut Object) -> Result<Self, Invalid> {
        let mode = body.choice("dcvMode", &MODES)?;
        let email = body.text("dcvEmail", ..)?;
        if mode.as_deref() == Some("EMAIL") && email.is_none() {
            return Err(Invalid::missing("dcvEmail"));
        }
        if email.as_deref().is_some_and(|email| !is_email(email)) {
            return Err(Invalid::value("dcvEmail", "is no e-mail address"));
        }
        let checked = None;
        Ok(Self {
            mode,
            email,
            checked,
        })
    }
}

pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::DCV_LOG)?;
    query.finish()?;
    let id = scm.record::<Ssl>(call)?.id;
    scm.materialize_request::<Ssl>(id)?;
    let certificate = scm.certificates.ssl.get(id)?;
    let domains = || {
        certificate
            .names
            .iter()
            .filter(|name| name.parse::<std::net::IpAddr>().is_err())
    };
    let log: Value = domains()
        .map(|domain| entry(certificate, domain, dates))
        .collect();
    let instructions: Value = domains()
        .map(|domain| instruction(certificate, domain))
        .collect();
    Ok(ok(&json!({
        "dcvLog": {"error": {"code": 0, "description": null}, "log": log},
        "instructions": instructions,
    })))
}

/// Only starts the check; what came of it stands in the log.
pub(super) fn recheck(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let now = scm.now();
    scm.record::<Ssl>(call)?.own.dcv.checked = Some(now);
    Ok(Reply::empty(StatusCode::ACCEPTED))
}

fn entry(certificate: &SslCertificate, domain: &str, dates: DateFormat) -> Value {
    let checked = certificate.own.dcv.checked.unwrap_or(certificate.requested);
    let method = match mode(certificate) {
        "CNAME" => "CNAME_CSR_HASH",
        "HTTP" => "HTTP_CSR_HASH",
        "HTTPS" => "HTTPS_CSR_HASH",
        other => other,
    };
    let mut entry = json!({
        "domainName": domain,
        "dcvStatus": "Awaiting Validation",
        "dcvMethod": method,
        "lastCheck": dates.write(checked),
        "nextCheck": dates.write(checked + SignedDuration::from_hours(1)),
        "dcvEmailRefNumber": 1,
    });
    if let Some(issued) = certificate.issued {
        entry["dcvStatus"] = "Validated".into();
        entry["dcvDate"] = dates.write(issued).into();
    }
    entry
}

fn instruction(certificate: &SslCertificate, domain: &str) -> Value {
    let request = certificate
        .request
        .as_ref()
        .map(|request| request.der.as_slice());
    let md5 = x509::hex(&Md5::digest(request.unwrap_or_default()), "");
    let sha256 = x509::hex(&Sha256::digest(request.unwrap_or_default()), "");
    let mut instruction = json!({"domainName": domain, "dcvMode": mode(certificate)});
    match mode(certificate) {
        "EMAIL" => instruction["dcvEmail"] = json!(certificate.own.dcv.email),
        scheme @ ("HTTP" | "HTTPS") => {
            let scheme = scheme.to_ascii_lowercase();
            let path = format!(".well-known/pki-validation/{md5}.txt");
            instruction["url"] = format!("{scheme}://{domain}/{path}").into();
            instruction["file"] = format!("{sha256}\nsectigo.com").into();
        }
        "TXT" => {
            instruction["host"] = format!("_pki-validation.{domain}.").into();
            instruction["point"] = sha256.into();
        }
        _ => {
            let (first, second) = sha256.split_at(32);
            instruction["host"] = format!("_{md5}.{domain}.").into();
            instruction["point"] = format!("{first}.{second}.sectigo.com.").into();
        }
    }
    instruction
}

fn mode(certificate: &SslCertificate) -> &str {
    certificate.own.dcv.mode.as_deref().unwrap_or("CNAME")
}
