use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::validation_details::details;
use crate::{
    frame::{Call, Object, Query, Reply, routes},
    sectigo_scm::{
        self, Route, SectigoScm, ca_backends, dates::DateFormat, no_parameters, ok,
        problem::Problem, progress::Waiting,
    },
};

/// How an authority has validated an organization, at one level.
#[derive(Clone, Debug)]
pub(super) struct Validation {
    pub(super) id: i64,
    pub(super) organization: i64,
    level: String,
    alternative: bool,
    backend: i64,
    submitted: Timestamp,
    /// Until the authority is through with it.
    waiting: Option<Waiting>,
    expires: Timestamp,
    validator: Option<i64>,
    settings: Map<String, Value>,
    details: Option<Value>,
}

const ALL: &str = "/api/organization/v2/{orgId}/validations";
const ONE: &str = "/api/organization/v2/{orgId}/validations/{validationId}";
const SUBMIT: &str = "/api/organization/v2/{orgId}/validations/submit";
const AGAIN: &str = "/api/organization/v2/{orgId}/validations/{validationId}/revalidate";
const VALIDATOR: &str = "/api/organization/v2/{orgId}/validations/{validationId}/validator";
const SYNC: &str = "/api/organization/v2/{orgId}/validations/{validationId}/sync";
const ASSIGN: &str = "/api/organization/v2/{orgId}/validations/assignment";
const ASSIGNED: &str = "/api/organization/v2/{orgId}/validations/assignment/{validationId}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("org_validation_list", ALL, list);
    get("org_validation_get", ONE, get);
    post("org_validation_submit", SUBMIT, submit);
    put("org_validation_resubmit", AGAIN, resubmit);
    put("org_validation_change_validator", VALIDATOR, change_validator);
    delete("org_validation_reset", ONE, reset);
    post("org_validation_sync", SYNC, sync);
    post("org_validation_create_assignment", ASSIGN, assign);
    put("org_validation_change_assignment", ASSIGNED, change_assignment);
};

const LEVELS: [&str; 3] = ["OV_SSL", "OV_SMIME", "EV_SSL"];
const VALID: SignedDuration = SignedDuration::from_hours(24 * 365);

impl Validation {
    fn new(id: i64, organization: i64, level: String, backend: i64, now: Timestamp) -> Self {
        Self {
            id,
            organization,
            level,
            alternative: false,
            backend,
            submitted: now,
            waiting: None,
            expires: now + VALID,
            validator: None,
            settings: Map::new(),
            details: None,
        }
    }

    /// The validation that an organization begins with.
    pub(super) fn made_up(id: i64, organization: i64, name: &str, now: Timestamp) -> Self {
        let level = LEVELS[0].to_owned();
        let mut validation = Self::new(id, organization, level, ca_backends::OWN.id, now);
        let general = json!({"legalName": name, "assumedName": null, "country": "XX"});
        validation.details = Some(json!({"generalDetails": general}));
        validation.track();
        validation
    }

    /// Hands it to the vendor's authority.
    fn submit(&mut self, now: Timestamp) {
        self.submitted = now;
        self.waiting = Some(Waiting::since(now));
        self.track();
    }

    fn track(&mut self) {
        let number = fastrand::u32(100_000_000..).to_string();
        self.settings
            .insert("TRACKING_ID".to_owned(), number.into());
    }

    fn status(&self, now: Timestamp) -> &'static str {
        match self.waiting {
            Some(_) => "PENDING",
            None if self.expires < now => "EXPIRED",
            None => "VALIDATED",
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let key = |it: &Self| (it.organization, it.alternative, it.backend);
        key(self) == key(other) && self.level == other.level
    }

    /// What the list says of it.
    fn json(&self, dates: DateFormat, now: Timestamp) -> Value {
        let backend = match self.backend == ca_backends::OWN.id {
            true => ca_backends::OWN,
            false => ca_backends::OTHER,
        };
        let mut body = json!({
            "id": self.id,
            "validationLevel": self.level,
            "status": self.status(now),
            "submitted": dates.write(self.submitted),
            "alternative": self.alternative,
            "backendId": self.backend,
            "backendType": backend.kind,
        });
        if self.waiting.is_none() {
            body["expires"] = dates.write(self.expires).into();
        }
        body
    }
}

impl SectigoScm {
    /// The id of the validation that a path names, after a look at it.
    fn validation_id(&mut self, call: &Call<'_>) -> Result<i64, Problem> {
        let organization = self.organization_id(call, "orgId")?;
        let id = sectigo_scm::id(call, "validationId")?;
        self.move_on(id);
        let now = self.now();
        let found = self.organizations.validations.get_mut(id);
        let found = found.filter(|found| found.organization == organization);
        let unknown = || Problem::not_found(-1, format!("Validation {id} not found."));
        if let Some(waiting) = &mut found.ok_or_else(unknown)?.waiting {
            waiting.look(now);
        }
        Ok(id)
    }

    /// Ends a validation that the authority is through with by now.
    fn move_on(&mut self, id: i64) {
        let (by, alone, now) = (self.options.validation, self.options.unattended, self.now());
        let Some(validation) = self.organizations.validations.get_mut(id) else {
            return;
        };
        let waiting = validation.waiting.as_ref();
        let end = waiting.and_then(|waiting| waiting.end(by, alone));
        if let Some(at) = end.filter(|at| *at <= now) {
            validation.expires = at + VALID;
            validation.waiting = None;
        }
    }

    fn validation(&self, id: i64) -> Result<&Validation, Problem> {
        let found = self.organizations.validations.get(id);
        found.ok_or_else(|| Problem::not_found(-1, "Validation not found."))
    }

    fn validation_mut(&mut self, id: i64) -> Result<&mut Validation, Problem> {
        let found = self.organizations.validations.get_mut(id);
        found.ok_or_else(|| Problem::not_found(-1, "Validation not found."))
    }

    fn validation_json(&self, id: i64, dates: DateFormat) -> Result<Value, Problem> {
        let validation = self.validation(id)?;
        let mut body = validation.json(dates, self.now());
        body["settings"] = json!(validation.settings);
        if let Some(details) = &validation.details {
            body["organizationDetails"] = details.clone();
        }
        let validator = validation.validator;
        let validator = validator.and_then(|id| self.administrators.get(id));
        if let Some(validator) = validator {
            body["validator"] = json!({"id": validator.id, "name": validator.name()});
        }
        Ok(body)
    }

    /// Files a validation; one of the same kind has to be overwritten on purpose.
    fn file(&mut self, new: Validation, overwrite: bool) -> Result<Reply, Problem> {
        let validations = &mut self.organizations.validations;
        let known = validations.values().find(|known| known.is_same(&new));
        let known = known.map(|known| known.id);
        if known.is_some() && !overwrite {
            let name = self.organizations.get(new.organization)?.name();
            let why = format!("This operation cannot be performed for Organization '{name}'.");
            return Err(Problem::bad(-1021, why));
        }
        if let Some(known) = known {
            validations.remove(known);
        }
        let (id, organization) = (new.id, new.organization);
        validations.insert(id, new);
        let path = format!("/api/organization/v2/{organization}/validations/{id}");
        Ok(self.created(&path))
    }
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let dates = dates(call)?;
    let organization = scm.organization_id(call, "orgId")?;
    let now = scm.now();
    let all = scm.organizations.validations.values();
    let own = all.filter(|validation| validation.organization == organization);
    let own: Vec<_> = own.map(|validation| validation.id).collect();
    own.iter().for_each(|id| scm.move_on(*id));
    let entry = |id| Ok(scm.validation(id)?.json(dates, now));
    let entries: Result<Value, Problem> = own.into_iter().map(entry).collect();
    Ok(ok(&entries?))
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let dates = dates(call)?;
    let id = scm.validation_id(call)?;
    Ok(ok(&scm.validation_json(id, dates)?))
}

/// The same, after the authority was asked how far it is.
fn sync(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    get(scm, call)
}

fn dates(call: &Call<'_>) -> Result<DateFormat, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    Ok(dates)
}

/// Has the vendor's authority validate an organization.
fn submit(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let organization = scm.organization_id(call, "orgId")?;
    let mut body = sectigo_scm::body(call)?;
    let level = level(&mut body)?;
    let backend: i64 = body.required("backendId")?;
    let alternative = body.optional("alternative")?.unwrap_or(false);
    let overwrite = body.optional("overwriteIfExists")?.unwrap_or(false);
    let details = details(body.required("organizationDetails")?, &level, scm.now())?;
    body.finish()?;
    if backend != ca_backends::OWN.id {
        return Err(Problem::invalid_value("backendId"));
    }
    let (id, now) = (scm.organizations.validations.next_id(), scm.now());
    let mut validation = Validation::new(id, organization, level, backend, now);
    validation.alternative = alternative;
    validation.details = Some(details);
    validation.submit(now);
    scm.file(validation, overwrite)
}

/// Begins again, with the details on file unless there are others.
fn resubmit(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let dates = dates(call)?;
    let id = scm.validation_id(call)?;
    let mut body = sectigo_scm::body(call)?;
    let sent: Option<Object> = body.optional("organizationDetails")?;
    body.finish()?;
    let (level, now) = (scm.validation(id)?.level.clone(), scm.now());
    let sent = sent.map(|sent| details(sent, &level, now)).transpose()?;
    let validation = scm.validation_mut(id)?;
    if validation.backend != ca_backends::OWN.id {
        return Err(Problem::invalid_value("validationId"));
    }
    if sent.is_some() {
        validation.details = sent;
    }
    validation.submit(now);
    Ok(ok(&scm.validation_json(id, dates)?))
}

fn change_validator(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.validation_id(call)?;
    let mut body = sectigo_scm::body(call)?;
    let administrator: i64 = body.required("adminId")?;
    body.finish()?;
    if scm.administrators.present(administrator).is_none() {
        return Err(Problem::invalid_value("adminId"));
    }
    scm.validation_mut(id)?.validator = Some(administrator);
    Ok(Reply::empty(StatusCode::ACCEPTED))
}

/// Resets a validation, and with that removes it.
fn reset(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.validation_id(call)?;
    scm.organizations.validations.remove(id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Notes under which name another authority knows an organization.
fn assign(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let organization = scm.organization_id(call, "orgId")?;
    let mut body = sectigo_scm::body(call)?;
    let level = level(&mut body)?;
    let backend: Option<i64> = body.optional("caBackendId")?;
    let alternative = body.optional("alternative")?.unwrap_or(false);
    let overwrite = body.optional("overwriteIfExists")?.unwrap_or(false);
    let settings = external(&mut body)?;
    body.finish()?;
    let backend = backend.filter(|backend| *backend == ca_backends::OTHER.id);
    let backend = backend.ok_or_else(|| Problem::invalid_value("caBackendId"))?;
    let (id, now) = (scm.organizations.validations.next_id(), scm.now());
    let mut validation = Validation::new(id, organization, level, backend, now);
    validation.alternative = alternative;
    validation.settings = settings;
    scm.file(validation, overwrite)
}

fn change_assignment(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.validation_id(call)?;
    let mut body = sectigo_scm::body(call)?;
    let settings = external(&mut body)?;
    body.finish()?;
    let validation = scm.validation_mut(id)?;
    if validation.backend != ca_backends::OTHER.id {
        return Err(Problem::invalid_value("validationId"));
    }
    validation.settings.extend(settings);
    Ok(Reply::empty(StatusCode::ACCEPTED))
}

fn level(body: &mut Object) -> Result<String, Problem> {
    let level = body.choice("validationLevel", &LEVELS)?;
    level.ok_or_else(|| Problem::missing("validationLevel"))
}

fn external(body: &mut Object) -> Result<Map<String, Value>, Problem> {
    let mut settings = Map::new();
    for (sent, kept) in [
        ("externalOrgId", "EXTERNAL_ORG_ID"),
        ("externalOrgName", "EXTERNAL_ORG_NAME"),
    ] {
        let text = body.text(sent, ..)?;
        settings.extend(text.map(|text| (kept.to_owned(), text.into())));
    }
    Ok(settings)
}
