use http::StatusCode;
use serde_json::{Value, json};

use super::{
    Kind,
    account::{self, ACCOUNT, ACCOUNTS},
    config::{Changes, Config},
    kind::KINDS,
};
use crate::{
    frame::{Call, Field, Object, Query, Reply, routes},
    sectigo_scm::{
        self, Route, SectigoScm,
        dates::DateFormat,
        filter::Filter,
        no_parameters, ok,
        paging::{self, Page},
        problem::Problem,
        require_json,
    },
};

/// Where certificates are enrolled.
#[derive(Clone, Debug)]
pub(in crate::sectigo_scm) struct Endpoint {
    pub(in crate::sectigo_scm) id: i64,
    pub(in crate::sectigo_scm) name: String,
    pub(super) kind: &'static Kind,
    uri_extension: String,
    config: Config,
    /// Who may use it; everybody where it is `None`.
    delegations: Option<Vec<i64>>,
    /// The numbers of its accounts, lowest first.
    pub(super) accounts: Vec<i64>,
}

const PATH: &str = "/api/endpoint/v1";
const ONE: &str = "/api/endpoint/v1/{id}";
const CONFIG: &str = "/api/endpoint/v1/{id}/config";
const DELEGATIONS: &str = "/api/endpoint/v1/{id}/delegations";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("endpoint_list", PATH, list);
    get("endpoint_get", ONE, get);
    get("endpoint_get_config", CONFIG, get_config);
    post("endpoint_create", PATH, create);
    put("endpoint_update", ONE, update);
    put("endpoint_update_config", CONFIG, update_config);
    delete("endpoint_delete", ONE, delete);
    put("endpoint_delegate", DELEGATIONS, delegate);
    delete("endpoint_delete_delegations", DELEGATIONS, delete_delegations);
    get("endpoint_list_accounts", ACCOUNTS, account::list);
    get("endpoint_get_account", ACCOUNT, account::get);
    post("endpoint_create_account", ACCOUNTS, account::create);
    put("endpoint_update_account", ACCOUNT, account::update);
    delete("endpoint_delete_account", ACCOUNT, account::delete);
};

impl Endpoint {
    pub(super) fn made_up(id: i64, kind: &'static Kind) -> Self {
        Self {
            id,
            name: format!("Emulated {}", kind.title),
            kind,
            uri_extension: "emulated".to_owned(),
            config: Config::made_up(),
            delegations: None,
            accounts: Vec::new(),
        }
    }

    /// Whether one of these organizations may use it.
    pub(super) fn is_open_to(&self, organizations: &[i64]) -> bool {
        let delegated = |known: &Vec<i64>| organizations.iter().any(|id| known.contains(id));
        self.delegations.as_ref().is_none_or(delegated)
    }

    pub(super) fn forget(&mut self, organizations: &[i64]) {
        if let Some(delegations) = &mut self.delegations {
            delegations.retain(|id| !organizations.contains(id));
        }
    }

    fn delegate(&mut self, organizations: Vec<i64>) {
        let known = self.delegations.get_or_insert_default();
        for id in organizations {
            if !known.contains(&id) {
                known.push(id);
            }
        }
    }

    pub(super) fn check_is_web_form(&self) -> Result<(), Problem> {
        let why = format!(
            "You are not authorized to perform this on {}.",
            self.kind.name
        );
        match self.kind.is_web_form {
            true => Ok(()),
            false => Err(Problem::bad(-3, why)),
        }
    }

    fn summary(&self) -> Value {
        let mode = match self.delegations {
            Some(_) => "CUSTOMIZED",
            None => "GLOBAL_FOR_CUSTOMER",
        };
        json!({
            "id": self.id,
            "name": self.name,
            "type": self.kind.name,
            "delegationMode": mode,
        })
    }
}

impl SectigoScm {
    /// The endpoint that an argument of the path names.
    pub(super) fn endpoint(&self, call: &Call<'_>, argument: &str) -> Result<&Endpoint, Problem> {
        let id = sectigo_scm::id(call, argument)?;
        let found = self.endpoints.table.get(id);
        found.ok_or_else(|| Problem::not_found(-1, UNKNOWN))
    }

    /// The web form that a path names, to be changed; others cannot be.
    fn web_form(&mut self, call: &Call<'_>) -> Result<&mut Endpoint, Problem> {
        let endpoint = self.endpoint(call, "id")?;
        endpoint.check_is_web_form()?;
        let id = endpoint.id;
        let found = self.endpoints.table.get_mut(id);
        found.ok_or_else(|| Problem::not_found(-1, UNKNOWN))
    }

    pub(in crate::sectigo_scm) fn endpoint_url(&self, endpoint: &Endpoint) -> String {
        let (base, customer) = (&self.world.base_url, &self.options.customer_uri);
        let (place, extension) = (endpoint.kind.place, &endpoint.uri_extension);
        format!("{base}/customer/{customer}/{place}/{extension}")
    }

    fn endpoint_json(&self, endpoint: &Endpoint) -> Result<Value, Problem> {
        let delegations = endpoint.delegations.iter().flatten();
        let organization = |id: &i64| {
            let name = self.organizations.get(*id)?.name();
            Ok(json!({"id": id, "name": name}))
        };
        let organizations: Result<Value, Problem> = delegations.map(organization).collect();
        let mut body = endpoint.summary();
        body["url"] = self.endpoint_url(endpoint).into();
        body["uriExtension"] = endpoint.uri_extension.as_str().into();
        body["organizations"] = organizations?;
        if endpoint.kind.is_web_form {
            body["webFormAuthTypes"] = json!(endpoint.config.auth_types);
        }
        Ok(body)
    }

    /// Refuses an address that another endpoint has.
    fn check_extension(&self, kind: &Kind, extension: &str) -> Result<(), Problem> {
        let mut all = self.endpoints.table.values();
        match all.any(|it| it.kind.place == kind.place && it.uri_extension == extension) {
            true => Err(Problem::invalid_value("uriExtension")),
            false => Ok(()),
        }
    }

    fn check_organizations(&self, ids: &[i64], field: &str) -> Result<(), Problem> {
        let check = |id: &i64| match id {
            1.. => self.organizations.get(*id).map(|_| ()),
            _ => Err(Problem::invalid_value(field)),
        };
        ids.iter().try_for_each(check)
    }
}

pub(in crate::sectigo_scm) const UNKNOWN: &str = "Endpoint not found.";

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let asked = paging::asked(&query);
    let page = Page::take(&mut query)?;
    let filter = filter(&mut query)?;
    DateFormat::take(&mut query, DateFormat::DETAILS)?;
    query.finish()?;
    let now = scm.now();
    let table = &mut scm.endpoints.table;
    let found = match filter.is_empty() {
        true => table.ids(),
        false => table.matching(&asked, now, |it| filter.accepts(it, &()), |_| None),
    };
    let (ids, total) = (page.newest(found), found.len());
    let entries = ids.into_iter().filter_map(|id| table.get(id));
    Ok(paging::page(
        entries.map(Endpoint::summary).collect(),
        total,
    ))
}

fn filter(query: &mut Query) -> Result<Filter<Endpoint>, Problem> {
    let mut filter = Filter::<Endpoint>::default();
    filter.contains(query.text("name")?, |it, ()| vec![it.name.clone()]);
    filter.contains(query.text("uriExtension")?, |it, ()| {
        vec![it.uri_extension.clone()]
    });
    let kinds = query.all(KINDS_PARAMETER);
    let is_listed = |name: &String| KINDS.iter().any(|kind| kind.is_listed && kind.name == name);
    if !kinds.iter().all(is_listed) {
        return Err(Problem::invalid_value(KINDS_PARAMETER));
    }
    if !kinds.is_empty() {
        filter.when(move |it, ()| kinds.iter().any(|name| name == it.kind.name));
    }
    Ok(filter)
}

const KINDS_PARAMETER: &str = "endpointTypes[]";

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let endpoint = scm.endpoint(call, "id")?;
    Ok(ok(&scm.endpoint_json(endpoint)?))
}

fn get_config(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let endpoint = scm.endpoint(call, "id")?;
    Ok(ok(&endpoint.config.json(endpoint.kind)))
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let name = written(body.required_text("name", 1..=256)?, "name")?;
    let kind = Kind::of_form(&body.required::<String>("endpointType")?, "endpointType")?;
    let extension = body.required_text("uriExtension", 1..=58)?;
    let uri_extension = written(extension, "uriExtension")?;
    let changes = Changes::of_form(body.required("config")?, kind)?;
    let delegations: Option<Vec<i64>> = body.optional("orgDelegations")?;
    body.finish()?;
    if delegations.as_ref().is_some_and(Vec::is_empty) {
        return Err(Problem::invalid_value("orgDelegations"));
    }
    let delegated = delegations.as_deref().unwrap_or_default();
    scm.check_organizations(delegated, "orgDelegations")?;
    scm.check_extension(kind, &uri_extension)?;
    let mut config = Config::confirmed_by_email();
    config.apply(changes);
    let id = scm.endpoints.table.next_id();
    let endpoint = Endpoint {
        id,
        name,
        kind,
        uri_extension,
        config,
        delegations,
        accounts: Vec::new(),
    };
    scm.endpoints.table.insert(id, endpoint);
    Ok(scm.created(&format!("{PATH}/{id}")))
}

/// Changes what is sent.
fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let endpoint = scm.web_form(call)?;
    let mut body = sectigo_scm::body(call)?;
    let name = body.text("name", 1..=256)?;
    let name = name.map(|name| written(name, "name")).transpose()?;
    let config = body.optional::<Object>("config")?;
    body.finish()?;
    let changes = config.map(|config| Changes::of_form(config, endpoint.kind));
    if let Some(changes) = changes.transpose()? {
        changes.check_auth_types("config.webFormAuthTypes")?;
        endpoint.config.apply(changes);
    }
    endpoint.name = name.unwrap_or_else(|| endpoint.name.clone());
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Changes what is sent.
fn update_config(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let endpoint = scm.web_form(call)?;
    let changes = Changes::with_contact(sectigo_scm::body(call)?, endpoint.kind)?;
    changes.check_auth_types("webFormAuthTypes")?;
    endpoint.config.apply(changes);
    Ok(Reply::empty(StatusCode::OK))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.web_form(call)?.id;
    scm.endpoints.remove(id);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Adds organizations to those that may use the endpoint.
fn delegate(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    scm.web_form(call)?;
    require_json(call)?;
    let body: Value = serde_json::from_slice(&call.request.body).map_err(Problem::unreadable)?;
    let organizations = Vec::<i64>::read(body, "")?;
    scm.check_organizations(&organizations, "orgDelegations")?;
    scm.web_form(call)?.delegate(organizations);
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Lets everybody use the endpoint.
fn delete_delegations(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    scm.web_form(call)?.delegations = None;
    Ok(Reply::empty(StatusCode::NO_CONTENT))
}

/// Refuses a text of blanks alone.
fn written(text: String, field: &str) -> Result<String, Problem> {
    match text.trim() {
        "" => Err(Problem::invalid_value(field)),
        _ => Ok(text),
    }
}
