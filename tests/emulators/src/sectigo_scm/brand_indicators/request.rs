use http::StatusCode;

use super::{
    PROFILE,
    details::{mark, validation},
    record::{Asked, Record, Status},
};
use crate::{
    frame::{Call, Object, Reply, x509::SigningRequest},
    sectigo_scm::{
        self, SectigoScm, certificates::csr::signing_request, contact::is_email,
        domains::order::Mode, no_parameters, problem::Problem,
    },
};

const MODES: [&str; 4] = ["CNAME", "EMAIL", "HTTP", "HTTPS"];

pub(super) fn enroll(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let sent = Sent::read(&mut body)?;
    for (name, given) in [
        ("dcvMode", sent.mode.is_some()),
        ("orgId", sent.organization.is_some()),
        ("profileId", sent.profile.is_some()),
        ("validationDetails", sent.validation.is_some()),
        ("tradeMark", sent.mark.is_some()),
    ] {
        if !given {
            return Err(Problem::missing(name));
        }
    }
    body.finish()?;
    scm.check(&sent)?;
    let asked = sent.over(None)?;
    let (domain, now) = (asked.domain()?, scm.now());
    let id = scm.brand_indicators.table.next_id();
    let caller = scm.administrators.caller();
    let record = Record::new(id, domain, asked, caller, now);
    scm.brand_indicators.table.insert(id, record);
    scm.settle_brand_indicator(id)?;
    Ok(scm.created(&format!("{}/enroll/{id}", super::PATH)))
}

/// Changes the parts that are sent, and asks for approval anew.
pub(super) fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let sent = Sent::read(&mut body)?;
    body.finish()?;
    scm.check(&sent)?;
    let id = scm.brand_indicator_id(call)?;
    let now = scm.now();
    let record = scm.brand_indicators.get(id)?;
    if !matches!(record.status, Status::Requested | Status::Declined) {
        let state = record.status_at(now);
        let why = format!(
            "BrandIndicator certificate is not ready to be applied. Current certificate state is \
             {state}."
        );
        return Err(Problem::bad(-1113, why));
    }
    let asked = sent.over(Some(&record.asked))?;
    let domain = asked.domain()?;
    scm.brand_indicators
        .get_mut(id)?
        .resubmit(domain, asked, now);
    scm.settle_brand_indicator(id)?;
    Ok(Reply::empty(StatusCode::ACCEPTED))
}

/// What a body says; each part that is there is whole.
struct Sent {
    csr: Option<SigningRequest>,
    mode: Option<Mode>,
    email: Option<String>,
    organization: Option<i64>,
    profile: Option<i64>,
    host_by_ca: Option<bool>,
    validation: Option<serde_json::Map<String, serde_json::Value>>,
    mark: Option<serde_json::Map<String, serde_json::Value>>,
}

impl Sent {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        let csr: Option<String> = body.optional("csr")?;
        let mode = body.choice("dcvMode", &MODES)?;
        let email: Option<String> = body.optional("dcvEmail")?;
        if email.as_ref().is_some_and(|email| !is_email(email)) {
            return Err(Problem::invalid_value("dcvEmail"));
        }
        Ok(Self {
            csr: csr.as_deref().map(signing_request).transpose()?,
            mode: mode.as_deref().map(named),
            email,
            organization: body.integer("orgId", 1..)?,
            profile: body.integer("profileId", 1..)?,
            host_by_ca: body.optional("hostByCa")?,
            validation: body
                .optional("validationDetails")?
                .map(validation)
                .transpose()?,
            mark: body.optional("tradeMark")?.map(mark).transpose()?,
        })
    }

    /// The same in the place of what was asked for before.
    fn over(self, before: Option<&Asked>) -> Result<Asked, Problem> {
        let missing = |name| move || Problem::missing(name);
        let mode = self.mode.or(before.map(|asked| asked.mode));
        let email = self.email.or(before.and_then(|asked| asked.email.clone()));
        if mode == Some(Mode::Email) && email.is_none() {
            return Err(Problem::missing("dcvEmail"));
        }
        let organization = self.organization.or(before.map(|asked| asked.organization));
        let validation = self
            .validation
            .or_else(|| before.map(|asked| asked.validation.clone()));
        let mark = self.mark.or_else(|| before.map(|asked| asked.mark.clone()));
        let host_by_ca = self.host_by_ca.or(before.map(|asked| asked.host_by_ca));
        Ok(Asked {
            organization: organization.ok_or_else(missing("orgId"))?,
            csr: self
                .csr
                .or_else(|| before.and_then(|asked| asked.csr.clone())),
            mode: mode.ok_or_else(missing("dcvMode"))?,
            email,
            host_by_ca: host_by_ca.unwrap_or(true),
            validation: validation.ok_or_else(missing("validationDetails"))?,
            mark: mark.ok_or_else(missing("tradeMark"))?,
        })
    }
}

impl Asked {
    /// The domain that the certificate is for.
    fn domain(&self) -> Result<String, Problem> {
        let requested = self.csr.as_ref().and_then(|csr| csr.common_name.clone());
        let used = || {
            self.mark
                .get("logoPriorUseDomainName")?
                .as_str()
                .map(str::to_owned)
        };
        let domain = requested.or_else(used).filter(|name| name.contains('.'));
        domain.ok_or_else(|| Problem::missing("csr"))
    }
}

impl SectigoScm {
    fn check(&self, sent: &Sent) -> Result<(), Problem> {
        if let Some(organization) = sent.organization {
            self.organizations.get(organization)?;
        }
        match sent.profile {
            None | Some(PROFILE) => Ok(()),
            Some(_) => Err(Problem::bad(-39, "The certificate profile id is invalid!")),
        }
    }
}

fn named(mode: &str) -> Mode {
    match mode {
        "CNAME" => Mode::Cname,
        "HTTP" => Mode::Http,
        "HTTPS" => Mode::Https,
        _ => Mode::Email,
    }
}
