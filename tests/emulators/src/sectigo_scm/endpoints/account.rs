use base64::{Engine, engine::general_purpose::STANDARD};
use http::StatusCode;
use serde_json::{Value, json};

use super::{
    Kind,
    endpoint::Endpoint,
    settings::{Rule, Settings},
};
use crate::{
    frame::{Call, Query, Reply},
    sectigo_scm::{
        self, SectigoScm,
        dates::DateFormat,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
    },
};

/// Whose certificates are enrolled at an endpoint, and how.
#[derive(Clone, Debug)]
pub(in crate::sectigo_scm) struct Account {
    pub(in crate::sectigo_scm) id: i64,
    pub(super) endpoint: i64,
    kind: &'static Kind,
    pub(in crate::sectigo_scm) name: String,
    pub(in crate::sectigo_scm) organization: i64,
    pub(in crate::sectigo_scm) profiles: Vec<i64>,
    csr_generation: String,
    auth: Auth,
    auto_approve: bool,
    auto_renew: bool,
    empty_pin: bool,
    encryption: String,
}

/// How applicants are let in.
#[derive(Clone, Debug)]
enum Auth {
    Open,
    AccessCode(String),
    Rules(Vec<Rule>),
}

pub(super) const ACCOUNTS: &str = "/api/endpoint/v1/{eeid}/account";
pub(super) const ACCOUNT: &str = "/api/endpoint/v1/{eeid}/account/{id}";

impl Account {
    pub(super) fn made_up(
        id: i64,
        endpoint: i64,
        kind: &'static Kind,
        organization: i64,
        profiles: Vec<i64>,
    ) -> Self {
        Self {
            id,
            endpoint,
            kind,
            name: format!("Emulated {} account", kind.title),
            organization,
            profiles,
            csr_generation: "BROWSER".to_owned(),
            auth: Auth::Open,
            auto_approve: false,
            auto_renew: false,
            empty_pin: false,
            encryption: "AES256-SHA256".to_owned(),
        }
    }

    /// Changes what is set.
    fn apply(&mut self, settings: Settings) {
        if let Some(auth) = self.auth.changed(&settings) {
            self.auth = auth;
        }
        set(&mut self.name, settings.name);
        set(&mut self.profiles, settings.profiles);
        set(&mut self.csr_generation, settings.csr_generation);
        set(&mut self.auto_approve, settings.auto_approve);
        set(&mut self.auto_renew, settings.auto_renew);
        set(&mut self.empty_pin, settings.empty_pin);
        set(&mut self.encryption, settings.encryption);
    }

    /// The number and the kind, as in the vendor's samples.
    fn id_token(&self) -> String {
        let (id, kind) = (self.id, self.kind.name);
        STANDARD.encode(format!(r#"{{"id":{id},"type":"{kind}"}}"#))
    }
}

impl Auth {
    /// What a code or rules count for depends on the way in, old or new.
    fn changed(&self, settings: &Settings) -> Option<Self> {
        let auth = match settings.auth.as_deref().unwrap_or(self.name()) {
            "ACCESS_CODE" => Self::AccessCode(settings.access_code.clone()?),
            "IDP_ASSERTIONS_MAPPING" => Self::Rules(settings.rules.clone()?),
            _ => Self::Open,
        };
        Some(auth)
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Open => "NONE",
            Self::AccessCode(_) => "ACCESS_CODE",
            Self::Rules(_) => "IDP_ASSERTIONS_MAPPING",
        }
    }

    fn describe(&self, body: &mut Value) {
        body["accountAuthMethod"] = self.name().into();
        match self {
            Self::Open => {}
            Self::AccessCode(code) => body["accessCode"] = code.as_str().into(),
            Self::Rules(rules) => body["idMappingRules"] = rules.iter().map(Rule::json).collect(),
        }
    }
}

impl SectigoScm {
    /// The account that a path names, of the endpoint that it names.
    fn account(&self, call: &Call<'_>) -> Result<&Account, Problem> {
        let endpoint = self.endpoint(call, "eeid")?;
        let found = self.endpoints.accounts.get(sectigo_scm::id(call, "id")?);
        let found = found.filter(|account| account.endpoint == endpoint.id);
        found.ok_or_else(unknown)
    }

    /// The endpoint that a path names, whose accounts are to be changed.
    fn form_of_accounts(&self, call: &Call<'_>) -> Result<&Endpoint, Problem> {
        let endpoint = self.endpoint(call, "eeid")?;
        endpoint.check_is_web_form()?;
        Ok(endpoint)
    }

    /// An organization, with the department where it is one.
    fn organization_of_account(&self, id: i64) -> Result<Value, Problem> {
        let organization = self.organizations.get(id)?;
        let own = json!({"id": id, "name": organization.name()});
        let Some(parent) = organization.parent else {
            return Ok(own);
        };
        let name = self.organizations.get(parent)?.name();
        Ok(json!({"id": parent, "name": name, "department": own}))
    }

    fn account_summary(&self, account: &Account) -> Result<Value, Problem> {
        Ok(json!({
            "id": account.id,
            "name": account.name,
            "type": account.kind.name,
            "idToken": account.id_token(),
            "organization": self.organization_of_account(account.organization)?,
        }))
    }

    fn account_json(&self, account: &Account) -> Result<Value, Problem> {
        let mut body = json!({
            "name": account.name,
            "type": account.kind.name,
            "idToken": account.id_token(),
            "organization": self.organization_of_account(account.organization)?,
            "profileIds": account.profiles,
        });
        if account.kind.is_web_form {
            account.auth.describe(&mut body);
            body["csrGenerationMethod"] = account.csr_generation.as_str().into();
            body["autoApprove"] = account.auto_approve.into();
            body["allowAutoRenew"] = account.auto_renew.into();
            body["allowEmptyPin"] = account.empty_pin.into();
            body["preferredKeyProtectionAlgorithm"] = account.encryption.as_str().into();
        }
        Ok(body)
    }
}

pub(super) fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let page = Page::take(&mut query)?;
    DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    let endpoint = scm.endpoint(call, "eeid")?;
    let ids = page.newest(&endpoint.accounts).into_iter();
    let accounts = ids.filter_map(|id| scm.endpoints.accounts.get(id));
    let entries: Result<_, Problem> = accounts.map(|it| scm.account_summary(it)).collect();
    Ok(paging::page(entries?, endpoint.accounts.len()))
}

pub(super) fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&scm.account_json(scm.account(call)?)?))
}

pub(super) fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let form = scm.form_of_accounts(call)?;
    let (endpoint, kind) = (form.id, form.kind);
    let mut body = sectigo_scm::body(call)?;
    check_kind(&body.required::<String>("type")?, kind)?;
    let organization = body.required_integer("organizationId", 1..)?;
    let settings = Settings::read(&mut body)?;
    body.finish()?;
    let profiles = settings.check_complete()?;
    if !form.is_open_to(&scm.organizations.with_parent(organization)?) {
        return Err(Problem::invalid_value("organizationId"));
    }
    settings.check(kind, None)?;
    kind.check_profiles(&profiles, organization, &scm.customer)?;
    let id = scm.endpoints.accounts.next_id();
    let mut account = Account::made_up(id, endpoint, kind, organization, profiles);
    account.apply(settings);
    scm.endpoints.insert_account(account);
    Ok(scm.created(&format!("/api/endpoint/v1/{endpoint}/account/{id}")))
}

/// Changes what is sent; lists replace those that there are.
pub(super) fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    scm.form_of_accounts(call)?;
    let account = scm.account(call)?;
    let (id, organization) = (account.id, account.organization);
    let mut body = sectigo_scm::body(call)?;
    check_kind(&body.required::<String>("type")?, account.kind)?;
    let settings = Settings::read(&mut body)?;
    body.finish()?;
    settings.check(account.kind, Some(&account.csr_generation))?;
    if let Some(profiles) = &settings.profiles {
        account
            .kind
            .check_profiles(profiles, organization, &scm.customer)?;
    }
    if let Some(account) = scm.endpoints.accounts.get_mut(id) {
        account.apply(settings);
    }
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

pub(super) fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    scm.form_of_accounts(call)?;
    let id = scm.account(call)?.id;
    scm.endpoints.remove_account(id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// The kind of an account is its endpoint's, from the beginning to the end.
fn check_kind(sent: &str, kind: &Kind) -> Result<(), Problem> {
    match sent == kind.name {
        true => Ok(()),
        false => Err(Problem::invalid_value("type")),
    }
}

fn set<T>(known: &mut T, sent: Option<T>) {
    if let Some(sent) = sent {
        *known = sent;
    }
}

fn unknown() -> Problem {
    Problem::not_found(-1, "Endpoint account not found.")
}
