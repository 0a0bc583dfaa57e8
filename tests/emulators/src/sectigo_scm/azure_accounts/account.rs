use http::StatusCode;
use serde_json::{Value, json};

use super::vault;
use crate::{
    frame::{Call, Object, Query, Reply, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        dates::DateFormat,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
    },
};

/// An application at Azure, with which key vaults are reached.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) id: i64,
    texts: [String; 4],
    secret: String,
    /// Every organization where it is `None`.
    organizations: Option<Vec<i64>>,
}

const PATH: &str = "/api/azure/v1/accounts";
const ONE: &str = "/api/azure/v1/accounts/{accountId}";
const DELEGATIONS: &str = "/api/azure/v1/accounts/{accountId}/delegations";
const CHECK: &str = "/api/azure/v1/accounts/{accountId}/check";
const GROUPS: &str = "/api/azure/v1/accounts/{accountId}/resource-groups";
const VAULTS: &str = "/api/azure/v1/accounts/{accountId}/subscriptions/{subscriptionId}\
                      /resource-groups/{resourceGroups}/vaults";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("azure_list_accounts", PATH, list);
    get("azure_get_account", ONE, get);
    post("azure_create_account", PATH, create);
    put("azure_update_account", ONE, update);
    put("azure_delegate_account", DELEGATIONS, delegate);
    delete("azure_delete_account", ONE, delete);
    get("azure_check_account", CHECK, check);
    get("azure_list_resource_groups", GROUPS, vault::groups);
    get("azure_list_vaults", VAULTS, vault::vaults);
};

/// Names with their greatest lengths, in the order of an account's texts.
const TEXTS: [(&str, usize); 4] = [
    ("name", 128),
    ("applicationId", 36),
    ("directoryId", 36),
    ("environment", usize::MAX),
];
const ENVIRONMENTS: [&str; 4] = [
    "AZURE",
    "AZURE_US_GOVERNMENT",
    "AZURE_GERMANY",
    "AZURE_CHINA",
];
const MODES: [&str; 2] = ["GLOBAL_FOR_CUSTOMER", "CUSTOMIZED"];

/// The secret that Azure takes no more.
const EXPIRED: &str = "expired";

impl Account {
    pub(super) fn made_up(id: i64, name: &str) -> Self {
        let application = format!("00000000-0000-4000-8000-{id:012}");
        let directory = "00000000-0000-4000-8000-000000000200".to_owned();
        Self {
            id,
            texts: [
                name.to_owned(),
                application,
                directory,
                ENVIRONMENTS[0].to_owned(),
            ],
            secret: "emulated-secret".to_owned(),
            organizations: None,
        }
    }

    pub(super) fn delegate(&mut self, organizations: Option<Vec<i64>>) {
        self.organizations = organizations;
    }

    pub(super) fn forget(&mut self, organizations: &[i64]) {
        if let Some(delegated) = &mut self.organizations {
            delegated.retain(|id| !organizations.contains(id));
        }
    }

    /// Refuses what Azure would refuse.
    pub(super) fn check(&self) -> Result<(), &'static str> {
        match self.secret == EXPIRED {
            true => Err("AADSTS7000222: The provided client secret keys are expired."),
            false => Ok(()),
        }
    }

    fn change(&mut self, body: &mut Object) -> Result<(), Problem> {
        for ((name, most), known) in TEXTS.into_iter().zip(&mut self.texts) {
            if let Some(text) = body.text(name, ..=most)? {
                *known = text;
            }
        }
        if let Some(secret) = body.text("applicationSecret", 1..=40)? {
            self.secret = secret;
        }
        match ENVIRONMENTS.contains(&self.texts[3].as_str()) {
            true => Ok(()),
            false => Err(Problem::invalid_value("environment")),
        }
    }

    fn mode(&self) -> &'static str {
        MODES[usize::from(self.organizations.is_some())]
    }

    fn delegations(&self) -> Value {
        self.organizations.clone().unwrap_or_default().into()
    }

    fn summary(&self) -> Value {
        let [name, application, directory, _] = &self.texts;
        json!({
            "name": name,
            "applicationId": application,
            "directoryId": directory,
            "id": self.id,
            "delegationMode": self.mode(),
        })
    }

    fn json(&self) -> Value {
        let [name, application, directory, environment] = &self.texts;
        json!({
            "name": name,
            "applicationId": application,
            "directoryId": directory,
            "environment": environment,
            "delegationMode": self.mode(),
            "orgDelegations": self.delegations(),
        })
    }
}

impl SectigoScm {
    /// The account that a path names.
    pub(super) fn azure_account(&self, call: &Call<'_>) -> Result<&Account, Problem> {
        let id = sectigo_scm::id(call, "accountId")?;
        let account = self.azure_accounts.table.get(id);
        account.ok_or_else(|| Problem::not_found(-1, "Azure account not found."))
    }
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let page = Page::take(&mut query)?;
    DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    let accounts = &scm.azure_accounts.table;
    let ids = page.of(accounts.ids()).iter();
    let entries = ids.filter_map(|id| accounts.get(*id));
    let entries = entries.map(Account::summary).collect();
    Ok(paging::page(entries, accounts.ids().len()))
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&scm.azure_account(call)?.json()))
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let id = scm.azure_accounts.table.next_id();
    let mut texts: [String; 4] = Default::default();
    for ((name, most), text) in TEXTS.into_iter().zip(&mut texts) {
        *text = body.required_text(name, 1..=most)?;
    }
    if !ENVIRONMENTS.contains(&texts[3].as_str()) {
        return Err(Problem::invalid_value("environment"));
    }
    let secret = body.required_text("applicationSecret", 1..=40)?;
    body.finish()?;
    let account = Account {
        id,
        texts,
        secret,
        organizations: Some(Vec::new()),
    };
    scm.azure_accounts.table.insert(id, account);
    Ok(scm.created(&format!("{PATH}/{id}")))
}

/// Changes what is sent.
fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut account = scm.azure_account(call)?.clone();
    let mut body = sectigo_scm::body(call)?;
    account.change(&mut body)?;
    body.finish()?;
    scm.azure_accounts.table.insert(account.id, account);
    Ok(Reply::empty(StatusCode::OK))
}

/// Organizations count for `CUSTOMIZED` alone.
fn delegate(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut account = scm.azure_account(call)?.clone();
    let mut body = sectigo_scm::body(call)?;
    let mode: String = body.required("delegationMode")?;
    let organizations: Option<Vec<i64>> = body.optional("orgDelegations")?;
    body.finish()?;
    let organizations = match mode.as_str() {
        "GLOBAL_FOR_CUSTOMER" => None,
        "CUSTOMIZED" => Some(organizations.ok_or_else(|| Problem::missing("orgDelegations"))?),
        _ => return Err(Problem::invalid_value("delegationMode")),
    };
    for id in organizations.iter().flatten() {
        scm.organizations.get(*id)?;
    }
    account.delegate(organizations);
    let body = json!({"orgDelegations": account.delegations()});
    scm.azure_accounts.table.insert(account.id, account);
    Ok(ok(&body))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.azure_account(call)?.id;
    scm.azure_accounts.table.remove(id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

fn check(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let message = scm.azure_account(call)?.check().err().unwrap_or("success");
    let checks = ["Intune SCEP", "Azure Key Vault"];
    let checks = checks.map(|name| json!({"checkName": name, "message": message}));
    Ok(ok(&checks.to_vec().into()))
}
