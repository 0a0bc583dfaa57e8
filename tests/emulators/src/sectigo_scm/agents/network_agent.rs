use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    CONNECTED, Listing, NEW, STATUSES, check_plain,
    installation::{Installation, Keys},
    server::{self, Server},
    truth,
};
use crate::{
    frame::{Call, Object, Query, Reply, Table, routes},
    sectigo_scm::{
        self, Route, SectigoScm, dates::DateFormat, filter::Filter, no_parameters, ok,
        organizations::ORGANIZATIONS, problem::Problem,
    },
};

/// An agent that scans networks and installs certificates.
#[derive(Debug)]
pub(super) struct NetworkAgent {
    pub(super) id: i64,
    pub(super) organization: i64,
    pub(super) name: String,
    comments: String,
    active: bool,
    status: &'static str,
    /// None until it connects for the first time.
    installation: Option<Installation>,
    keys: Keys,
    pub(super) servers: Table<Server>,
}

const PATH: &str = "/api/agent/v1/network";
const ONE: &str = "/api/agent/v1/network/{id}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("agent_list_network_agents", PATH, list);
    get("agent_count_network_agents", PATH, list);
    get("agent_get_network_agent", ONE, get);
    post("agent_create_network_agent", PATH, create);
    put("agent_update_network_agent", ONE, update);
    delete("agent_delete_network_agent", ONE, delete);
};

/// The agents at the start: one at work, one out of reach, one that was never installed.
pub(super) fn made_up(now: Timestamp) -> [NetworkAgent; 3] {
    let [(corporation, _), (research, _)] = ORGANIZATIONS;
    let ago = |hours| now - SignedDuration::from_hours(hours);
    [
        NetworkAgent {
            status: CONNECTED,
            installation: Some(Installation {
                version: "3.2",
                os: "LINUX",
                ip: "198.51.100.10",
                last_activity: now,
            }),
            servers: server::made_up(),
            ..NetworkAgent::new(8001, corporation, "Office".to_owned())
        },
        NetworkAgent {
            status: "NOT_CONNECTED",
            active: false,
            installation: Some(Installation {
                version: "2.9",
                os: "WINDOWS",
                ip: "198.51.100.20",
                last_activity: ago(72),
            }),
            ..NetworkAgent::new(8002, research, "Laboratory".to_owned())
        },
        NetworkAgent::new(8003, corporation, "New site".to_owned()),
    ]
}

impl NetworkAgent {
    /// An agent that never connected.
    fn new(id: i64, organization: i64, name: String) -> Self {
        Self {
            id,
            organization,
            name,
            comments: String::new(),
            active: true,
            status: NEW,
            installation: None,
            keys: Keys::made_up(id),
            servers: Table::default(),
        }
    }

    pub(super) fn is_at_work(&self) -> bool {
        self.active && self.status == CONNECTED
    }

    fn version(&self) -> Option<&'static str> {
        self.installation.as_ref().map(|it| it.version)
    }

    fn summary(&self) -> Value {
        json!({
            "id": self.id,
            "version": self.version(),
            "name": self.name,
            "active": self.active,
            "status": self.status,
        })
    }

    /// The token is told until the agent connects.
    fn json(&self, dates: DateFormat, token: String) -> Value {
        let mut body = self.summary();
        body["comments"] = self.comments.as_str().into();
        body["orgId"] = self.organization.into();
        body["autoUpdate"] = true.into();
        body["secretKey"] = self.keys.secret.as_str().into();
        match &self.installation {
            None => body["installationToken"] = token.into(),
            Some(installation) => {
                body["os"] = installation.os.into();
                body["localIp"] = installation.ip.into();
                body["lastActivity"] = dates.write(installation.last_activity).into();
            }
        }
        body
    }
}

impl SectigoScm {
    /// The agent that a path names.
    fn network_agent(&self, call: &Call<'_>) -> Result<&NetworkAgent, Problem> {
        let id = sectigo_scm::id(call, call.first_argument_name())?;
        self.agents.network.get(id).ok_or_else(unknown)
    }

    /// The same, for changes of what it has, which no list of agents shows.
    pub(super) fn agent_with_servers(
        &mut self,
        call: &Call<'_>,
    ) -> Result<&mut NetworkAgent, Problem> {
        let id = sectigo_scm::id(call, call.first_argument_name())?;
        self.agents.network.unseen_mut(id).ok_or_else(unknown)
    }
}

fn unknown() -> Problem {
    Problem::not_found(-1, "Network agent not found.")
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let listing = Listing::take(&mut query)?;
    let filter = filter(scm, &mut query)?;
    DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let now = scm.now();
    let agents = &mut scm.agents.network;
    Ok(listing.answer(agents, now, &filter, NetworkAgent::summary))
}

fn filter(scm: &SectigoScm, query: &mut Query) -> Result<Filter<NetworkAgent>, Problem> {
    let mut filter = Filter::<NetworkAgent>::default();
    filter.contains(query.text("name")?, |it, ()| vec![it.name.clone()]);
    filter.contains(query.text("version")?, |it, ()| {
        it.version().map(str::to_owned).into_iter().collect()
    });
    filter.equals(truth(query, "active")?, |it, ()| it.active);
    let status = query.choice("status", &STATUSES)?;
    filter.equals(status, |it, ()| it.status.to_owned());
    let departments = truth(query, "includeDepOfOrg")?.unwrap_or(false);
    if let Some(organization) = query.integer("orgId", 0..)? {
        let wanted = match departments {
            true => scm.organizations.with_departments(organization),
            false => vec![organization],
        };
        filter.when(move |it, ()| wanted.contains(&it.organization));
    }
    Ok(filter)
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let dates = DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let agent = scm.network_agent(call)?;
    let token = scm.installation_token(&agent.keys);
    Ok(ok(&agent.json(dates, token)))
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let mut body = sectigo_scm::body(call)?;
    let name = body.required_text("name", 1..=128)?;
    check_plain(&name)?;
    let organization = body.required_integer("orgId", 0..)?;
    let active = body.required("active")?;
    let comments = body.text("comments", ..=256)?;
    body.finish()?;
    scm.organizations.get(organization)?;
    let id = scm.agents.network.next_id();
    let agent = NetworkAgent {
        active,
        comments: comments.unwrap_or_default(),
        ..NetworkAgent::new(id, organization, name)
    };
    let told = scm.installation(&agent.keys);
    scm.agents.network.insert(id, agent);
    Ok(scm.created_with(&format!("{PATH}/{id}"), &told))
}

/// Changes what is sent.
fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.network_agent(call)?.id;
    let mut body = sectigo_scm::body(call)?;
    let changes = Changes::read(&mut body)?;
    body.finish()?;
    if let Some(agent) = scm.agents.network.get_mut(id) {
        agent.apply(changes);
    }
    Ok(Reply::empty(StatusCode::OK))
}

/// What a body says of an agent.
struct Changes {
    name: Option<String>,
    comments: Option<String>,
    active: Option<bool>,
    secret: Option<String>,
    keystore_password: Option<String>,
}

impl Changes {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        let name = body.text("name", 1..=128)?;
        name.as_deref().map_or(Ok(()), check_plain)?;
        Ok(Self {
            name,
            comments: body.text("comments", ..=256)?,
            active: body.optional("active")?,
            secret: body.text("secretKey", 10..=128)?,
            keystore_password: body.text("keystorePwd", 10..=128)?,
        })
    }
}

impl NetworkAgent {
    fn apply(&mut self, changes: Changes) {
        let texts = [
            (&mut self.name, changes.name),
            (&mut self.comments, changes.comments),
            (&mut self.keys.secret, changes.secret),
            (&mut self.keys.keystore_password, changes.keystore_password),
        ];
        for (known, sent) in texts {
            if let Some(text) = sent {
                *known = text;
            }
        }
        self.active = changes.active.unwrap_or(self.active);
    }
}

/// Deletes an agent with its servers.
fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.network_agent(call)?.id;
    scm.agents.network.remove(id);
    Ok(Reply::empty(StatusCode::OK))
}
