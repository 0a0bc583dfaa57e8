use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    CONNECTED, Listing, NEW, STATUSES,
    installation::{Installation, Keys},
    truth,
};
use crate::{
    frame::{Call, Object, Query, Reply, routes},
    sectigo_scm::{
        self, Route, SectigoScm, dates::DateFormat, filter::Filter, no_parameters, ok,
        organizations::ORGANIZATIONS, problem::Problem,
    },
};

/// An agent that connects Active Directories.
#[derive(Clone, Debug)]
pub(super) struct MsAgent {
    pub(super) id: i64,
    pub(super) name: String,
    comments: String,
    active: bool,
    status: &'static str,
    /// None until it connects for the first time.
    installation: Option<Installation>,
    keys: Keys,
    domains: String,
    /// Whether the domains are those that it does not work for.
    excluding: bool,
    organization: Option<i64>,
}

const PATH: &str = "/api/agent/v1/ms";
const ONE: &str = "/api/agent/v1/ms/{id}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("agent_list_ms_agents", PATH, list);
    get("agent_get_ms_agent", ONE, get);
    post("agent_create_ms_agent", "/api/agent/v1/ms/", create);
    put("agent_update_ms_agent", ONE, update);
    delete("agent_delete_ms_agent", ONE, delete);
};

/// The agents at the start: one at work, and one that was never installed.
pub(super) fn made_up(now: Timestamp) -> [MsAgent; 2] {
    [
        MsAgent {
            status: CONNECTED,
            installation: Some(Installation {
                version: "3.11",
                os: "WINDOWS",
                ip: "198.51.100.30",
                last_activity: now,
            }),
            domains: "lab.example.com, test.example.com".to_owned(),
            excluding: true,
            organization: Some(ORGANIZATIONS[0].0),
            ..MsAgent::new(8301, "Directory".to_owned())
        },
        MsAgent::new(8302, "New directory".to_owned()),
    ]
}

impl MsAgent {
    /// An agent that never connected.
    fn new(id: i64, name: String) -> Self {
        Self {
            id,
            name,
            comments: String::new(),
            active: true,
            status: NEW,
            installation: None,
            keys: Keys::made_up(id),
            domains: String::new(),
            excluding: false,
            organization: None,
        }
    }

    pub(super) fn forget(&mut self, organizations: &[i64]) {
        self.organization = self.organization.filter(|id| !organizations.contains(id));
    }

    fn version(&self) -> Option<&'static str> {
        self.installation.as_ref().map(|it| it.version)
    }

    fn summary(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "active": self.active,
            "version": self.version(),
            "status": self.status,
        })
    }

    /// The token is told even after the first connection, as in the vendor's sample.
    fn json(&self, dates: DateFormat, token: String) -> Value {
        let mut body = self.summary();
        body["comments"] = self.comments.as_str().into();
        body["installationToken"] = token.into();
        body["secretKey"] = self.keys.secret.as_str().into();
        body["autoUpdate"] = true.into();
        body["caProxyEnabled"] = false.into();
        body["adDomainsList"] = self.domains.as_str().into();
        body["adDomainsListRestricted"] = self.excluding.into();
        body["defaultEnrollmentOrgId"] = self.organization.into();
        if let Some(installation) = &self.installation {
            body["localIp"] = installation.ip.into();
            body["lastActivity"] = dates.write(installation.last_activity).into();
        }
        body
    }

    /// Changes what is sent.
    fn change(&mut self, body: &mut Object) -> Result<(), Problem> {
        let texts = [
            ("comments", 256, &mut self.comments),
            ("adDomainsList", 1024, &mut self.domains),
        ];
        for (name, most, known) in texts {
            if let Some(text) = body.text(name, ..=most)? {
                *known = text;
            }
        }
        self.active = body.optional("active")?.unwrap_or(self.active);
        let excluding = body.optional("adDomainsListRestricted")?;
        self.excluding = excluding.unwrap_or(self.excluding);
        let organization = body.integer("defaultEnrollmentOrgId", 1..)?;
        self.organization = organization.or(self.organization);
        Ok(())
    }
}

impl SectigoScm {
    /// The MS agent that a path names.
    fn ms_agent(&self, call: &Call<'_>) -> Result<&MsAgent, Problem> {
        let agent = self.agents.ms.get(sectigo_scm::id(call, "id")?);
        agent.ok_or_else(|| Problem::not_found(-1, "MS agent not found."))
    }

    /// Keeps an agent as it was sent, unless its organization is not there.
    fn keep_ms_agent(&mut self, agent: MsAgent) -> Result<(), Problem> {
        if let Some(organization) = agent.organization {
            self.organizations.get(organization)?;
        }
        self.agents.ms.insert(agent.id, agent);
        Ok(())
    }
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let listing = Listing::pages(&mut query)?;
    let mut filter = Filter::<MsAgent>::default();
    filter.contains(query.text("name")?, |it, ()| vec![it.name.clone()]);
    filter.contains(query.text("version")?, |it, ()| {
        it.version().map(str::to_owned).into_iter().collect()
    });
    filter.equals(truth(&mut query, "active")?, |it, ()| it.active);
    let status = query.choice("status", &STATUSES)?;
    filter.equals(status, |it, ()| it.status.to_owned());
    DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let now = scm.now();
    Ok(listing.answer(&mut scm.agents.ms, now, &filter, MsAgent::summary))
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let agent = scm.ms_agent(call)?;
    let token = scm.installation_token(&agent.keys);
    Ok(ok(&agent.json(dates, token)))
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let name = body.required_text("name", 1..=128)?;
    check_written(&name)?;
    let id = scm.agents.ms.next_id();
    let mut agent = MsAgent::new(id, name);
    agent.change(&mut body)?;
    body.finish()?;
    let told = scm.installation(&agent.keys);
    scm.keep_ms_agent(agent)?;
    Ok(scm.created_with(&format!("{PATH}/{id}"), &told))
}

fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut agent = scm.ms_agent(call)?.clone();
    let mut body = sectigo_scm::body(call)?;
    if let Some(name) = body.text("name", 1..=128)? {
        check_written(&name)?;
        agent.name = name;
    }
    agent.change(&mut body)?;
    body.finish()?;
    scm.keep_ms_agent(agent)?;
    Ok(Reply::empty(StatusCode::OK))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.ms_agent(call)?.id;
    scm.agents.ms.remove(id);
    Ok(Reply::empty(StatusCode::OK))
}

fn check_written(name: &str) -> Result<(), Problem> {
    match name.trim().is_empty() {
        true => Err(Problem::invalid_value("name")),
        false => Ok(()),
    }
}
