//! Connectors that publish records at DNS providers.

use serde_json::{Value, json};

use super::{
    Route, SectigoScm,
    dates::DateFormat,
    no_parameters, ok,
    organizations::ORGANIZATIONS,
    paging::{self, Page},
    problem::Problem,
};
use crate::frame::{Call, Query, Reply, routes};

/// A connector, which nothing can change.
#[derive(Debug)]
struct Connector {
    id: &'static str,
    name: &'static str,
    status: &'static str,
    /// The one organization that may use it; everybody where it is `None`.
    organization: Option<i64>,
    providers: &'static [&'static str],
}

pub(super) const ROUTES: &[Route] = routes! {
    get("connector_list_dns", "/api/connector/v1/dns", list);
    get("connector_get_dns", "/api/connector/v1/dns/{id}", get);
    get("connector_list_dns_providers", "/api/connector/v1/dns/{id}/provider", providers);
};

const CONNECTORS: [Connector; 3] = [
    Connector {
        id: "2bf2517526b9445aaf558fcf5a368588",
        name: "Emulated connector",
        status: "CONNECTED",
        organization: None,
        providers: &["cloudflare", "ovh"],
    },
    Connector {
        id: "27b53c63824d41218882e891b4121af2",
        name: "Emulated connector of Example Research",
        status: "CONNECTED",
        organization: Some(ORGANIZATIONS[1].0),
        providers: &["cloudflare"],
    },
    Connector {
        id: "0b50707f6dd84252b67675580f1c2a1d",
        name: "Emulated connector that is switched off",
        status: "NOT_CONNECTED",
        organization: None,
        providers: &[],
    },
];
const STATUSES: [&str; 3] = ["NOT_AVAILABLE", "NOT_CONNECTED", "CONNECTED"];

/// Refuses what no connector that is connected can publish.
pub(super) fn check_provider(connector: &str, provider: &str) -> Result<(), Problem> {
    let mut connected = CONNECTORS.iter().filter(|it| it.status == "CONNECTED");
    let found = connected.find(|it| it.id == connector);
    let found = found.ok_or_else(|| Problem::invalid_value("dnsAgentUUID"))?;
    match found.providers.contains(&provider) {
        true => Ok(()),
        false => Err(Problem::invalid_value("dnsProviderName")),
    }
}

impl Connector {
    fn is_open_to(&self, organizations: &[i64]) -> bool {
        let mut delegated = self.organization.iter();
        self.organization.is_none() || delegated.any(|id| organizations.contains(id))
    }

    fn summary(&self) -> Value {
        let mode = match self.organization {
            Some(_) => "CUSTOMIZED",
            None => "GLOBAL_FOR_CUSTOMER",
        };
        json!({
            "id": self.id,
            "name": self.name,
            "comments": "Made-up connector",
            "version": "1.0",
            "revision": "aabbccee",
            "hostname": "connector.example.com",
            "os": "Linux",
            "status": self.status,
            "delegationMode": mode,
        })
    }
}

fn list(_: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let page = Page::take(&mut query)?;
    let name = query.text("name")?.unwrap_or_default().to_lowercase();
    let status = query.choice("status", &STATUSES)?;
    let organizations = query.text("orgIds")?.map(|ids| numbers(&ids));
    let organizations = organizations.transpose()?;
    DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    let fits = |it: &&Connector| {
        it.name.to_lowercase().contains(&name)
            && status.as_ref().is_none_or(|status| it.status == status)
            && organizations.as_ref().is_none_or(|ids| it.is_open_to(ids))
    };
    let found: Vec<_> = CONNECTORS.iter().filter(fits).collect();
    let entries = page.of(&found).iter().map(|it| it.summary());
    Ok(paging::page(entries.collect(), found.len()))
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let connector = named(call)?;
    let organization = |id: i64| {
        let name = scm.organizations.get(id).ok()?.name();
        Some(json!({"id": id, "name": name}))
    };
    let organizations = connector.organization.into_iter();
    let mut body = connector.summary();
    body["delegatedOrganizations"] = organizations.filter_map(organization).collect();
    Ok(ok(&body))
}

fn providers(_: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let providers = named(call)?.providers;
    let entries = providers.iter().map(|name| Value::from(*name));
    Ok(paging::page(entries.collect(), providers.len()))
}

fn named(call: &Call<'_>) -> Result<&'static Connector, Problem> {
    let mut all = CONNECTORS.iter();
    let found = all.find(|it| it.id == call.argument("id"));
    found.ok_or_else(|| Problem::not_found(-1, "Connector not found."))
}

/// Numbers with commas between them.
fn numbers(text: &str) -> Result<Vec<i64>, Problem> {
    let numbers = text.split(',').map(|number| number.trim().parse());
    let numbers = numbers.collect::<Result<Vec<_>, _>>();
    numbers.map_err(|_| Problem::invalid_value("orgIds"))
}
