use http::StatusCode;
use serde_json::{Value, json};

use super::{
    Listing, check_plain,
    node::{self, Node},
};
use crate::{
    frame::{Call, Object, Query, Reply, Table, routes},
    sectigo_scm::{
        self, Route, SectigoScm, dates::DateFormat, filter::Filter, no_parameters, ok,
        problem::Problem,
    },
};

/// A server that an agent installs certificates on.
#[derive(Debug)]
pub(super) struct Server {
    id: i64,
    settings: Settings,
    status: &'static str,
    error: Option<&'static str>,
    pub(super) nodes: Table<Node>,
}

/// What an administrator says of a server.
#[derive(Debug)]
struct Settings {
    name: String,
    vendor: String,
    /// Texts that details have, in the words of the vendor.
    texts: Vec<(&'static str, String)>,
    port: Option<i64>,
}

const PATH: &str = "/api/agent/v1/network/{agentId}/server";
const ONE: &str = "/api/agent/v1/network/{agentId}/server/{id}";
const NODES: &str = "/api/agent/v1/network/{agentId}/server/{serverId}/node";
const NODE: &str = "/api/agent/v1/network/{agentId}/server/{serverId}/node/{id}";

pub(in crate::sectigo_scm) const ROUTES: &[Route] = routes! {
    get("agent_list_servers", PATH, list);
    get("agent_count_servers", PATH, list);
    get("agent_get_server", ONE, get);
    post("agent_create_server", PATH, create);
    put("agent_update_server", ONE, update);
    delete("agent_delete_server", ONE, delete);
    get("agent_list_server_nodes", NODES, node::list);
    get("agent_count_server_nodes", NODES, node::list);
    get("agent_get_server_node", NODE, node::get);
};

const APACHE: &str = "APACHE_2";
const IIS: &str = "IIS";
const TOMCAT: &str = "TOMCAT";
const VENDORS: [&str; 4] = [APACHE, IIS, TOMCAT, "F5_BIG_IP"];
const CONNECTIONS: [&str; 6] = [
    "LOCAL",
    "LOCAL_LEGACY_NATIVE_API",
    "REMOTE_REST_API",
    "REMOTE_SSH",
    "REMOTE_WIN_RM",
    "REMOTE_LEGACY_NATIVE_API",
];
const STATES: [&str; 5] = [NEW, ACTIVE, "INACTIVE", "RESTART_REQUIRED", "RESTARTING"];
const NEW: &str = "INIT";
const ACTIVE: &str = "ACTIVE";

/// The ways in which an agent signs in, each of two fields with their greatest lengths.
const SIGN_INS: [[(&str, usize); 2]; 3] = [
    [("username", 64), ("password", usize::MAX)],
    [("privateKeyPath", 128), ("passPhrase", usize::MAX)],
    [("storeName", usize::MAX), ("storeCredId", usize::MAX)],
];
/// What details tell of them.
const TOLD: [&str; 2] = ["username", "privateKeyPath"];

pub(super) const LAST_MADE_UP: i64 = 8103;

/// The servers of the agent that is at work.
pub(super) fn made_up() -> Table<Server> {
    let text = |name, text: &str| (name, text.to_owned());
    let shop = Settings {
        name: "shop".to_owned(),
        vendor: TOMCAT.to_owned(),
        texts: vec![text("connectionType", "LOCAL"), text("path", "/opt/tomcat")],
        port: Some(8443),
    };
    let web = Settings {
        name: "www".to_owned(),
        vendor: APACHE.to_owned(),
        texts: vec![
            text("connectionType", "REMOTE_SSH"),
            text("ip", "www.example.com"),
            text("path", "/usr/sbin/apachectl"),
            text("username", "installer"),
        ],
        port: Some(22),
    };
    let mail = Settings {
        name: "mail".to_owned(),
        vendor: IIS.to_owned(),
        texts: vec![
            text("connectionType", "REMOTE_WIN_RM"),
            text("ip", "mail.example.com"),
            text("username", "installer"),
        ],
        port: None,
    };
    let mut servers = Table::default();
    for (id, settings, status) in [
        (8101, shop, ACTIVE),
        (8102, web, "RESTART_REQUIRED"),
        (LAST_MADE_UP, mail, "INACTIVE"),
    ] {
        let error = (status == "INACTIVE").then_some("Emulated error: access is denied.");
        let nodes = node::made_up(id, &settings.name);
        let server = Server {
            id,
            settings,
            status,
            error,
            nodes,
        };
        servers.insert(id, server);
    }
    servers
}

impl Server {
    fn summary(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.settings.name,
            "active": self.status == ACTIVE,
        })
    }

    fn json(&self) -> Value {
        let mut body = json!({
            "id": self.id,
            "name": self.settings.name,
            "vendor": self.settings.vendor,
            "status": self.status,
        });
        for (name, text) in &self.settings.texts {
            body[*name] = text.as_str().into();
        }
        if let Some(port) = self.settings.port {
            body["port"] = port.into();
        }
        if let Some(error) = self.error {
            body["errorMessage"] = error.into();
        }
        body
    }
}

impl Settings {
    fn read(body: &mut Object) -> Result<Self, Problem> {
        let name = body.required_text("name", 1..=512)?;
        check_plain(&name)?;
        let vendor: String = body.required("vendor")?;
        if !VENDORS.contains(&vendor.as_str()) {
            return Err(Problem::invalid_value("vendor"));
        }
        let connection = body.choice("connectionType", &CONNECTIONS)?;
        let mut texts: Vec<_> = connection
            .map(|it| ("connectionType", it))
            .into_iter()
            .collect();
        for (name, most) in [("ip", 255), ("path", 512), ("altPathForCert", usize::MAX)] {
            texts.extend(body.text(name, ..=most)?.map(|text| (name, text)));
        }
        let port = body.integer("port", 0..)?;
        texts.extend(sign_in(body, &vendor)?);
        let settings = Self {
            name,
            vendor,
            texts,
            port,
        };
        settings.check()?;
        Ok(settings)
    }

    fn text(&self, name: &str) -> Option<&str> {
        let mut texts = self.texts.iter();
        let found = texts.find(|(known, _)| *known == name);
        found.map(|(_, text)| text.as_str())
    }

    /// Refuses what the vendor's servers do not have, and a remote one that cannot be reached.
    fn check(&self) -> Result<(), Problem> {
        let vendor = self.vendor.as_str();
        let parts: [(&str, &[&str]); 2] =
            [("path", &[APACHE, TOMCAT]), ("altPathForCert", &[APACHE])];
        for (name, vendors) in parts {
            if self.text(name).is_some() && !vendors.contains(&vendor) {
                return Err(Problem::invalid_value(name));
            }
        }
        let connection = self.text("connectionType").unwrap_or_default();
        let remote = connection.starts_with("REMOTE_");
        match (remote, self.text("ip"), self.port) {
            (true, None | Some(""), _) => Err(Problem::missing("ip")),
            (true, _, None) if vendor != IIS => Err(Problem::missing("port")),
            _ => Ok(()),
        }
    }
}

/// What details tell of the one way in which the agent signs in; its secrets are not needed here.
fn sign_in(body: &mut Object, vendor: &str) -> Result<Option<(&'static str, String)>, Problem> {
    let mut chosen = None;
    let mut told = None;
    for pair in SIGN_INS {
        let mut found = Vec::new();
        for (name, most) in pair {
            found.extend(body.text(name, ..=most)?.map(|text| (name, text)));
        }
        let (first, second) = (pair[0].0, pair[1].0);
        match found.as_slice() {
            [] => continue,
            [(only, _)] => {
                let missing = if *only == first { second } else { first };
                return Err(Problem::missing(missing));
            }
            _ => {}
        }
        let takes = first == "username" || [APACHE, TOMCAT].contains(&vendor);
        if chosen.replace(first).is_some() || !takes {
            return Err(Problem::invalid_value(first));
        }
        told = found.into_iter().find(|(name, _)| TOLD.contains(name));
    }
    Ok(told)
}

impl SectigoScm {
    /// The server that a path names under this argument, of the agent that it names.
    pub(super) fn server(
        &mut self,
        call: &Call<'_>,
        argument: &str,
    ) -> Result<&mut Server, Problem> {
        let id = sectigo_scm::id(call, argument)?;
        let agent = self.agent_with_servers(call)?;
        let unknown = || Problem::not_found(-1, "Server not found.");
        agent.servers.unseen_mut(id).ok_or_else(unknown)
    }
}

fn list(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    let mut query = Query::parse(call.request.query.as_deref())?;
    let listing = Listing::take(&mut query)?;
    let mut filter = Filter::<Server>::default();
    filter.contains(query.text("name")?, |it, ()| vec![it.settings.name.clone()]);
    let vendor = query.choice("vendor", &VENDORS)?;
    filter.equals(vendor, |it, ()| it.settings.vendor.clone());
    let status = query.choice("status", &STATES)?;
    filter.equals(status, |it, ()| it.status.to_owned());
    DateFormat::take(&mut query, DateFormat::INSTANT)?;
    query.finish()?;
    let now = scm.now();
    let servers = &mut scm.agent_with_servers(call)?.servers;
    Ok(listing.answer(servers, now, &filter, Server::summary))
}

fn get(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    Ok(ok(&scm.server(call, "id")?.json()))
}

fn create(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let agent = scm.agent_with_servers(call)?.id;
    let mut body = sectigo_scm::body(call)?;
    let settings = Settings::read(&mut body)?;
    body.finish()?;
    scm.agents.last_server += 1;
    let id = scm.agents.last_server;
    let server = Server {
        id,
        settings,
        status: NEW,
        error: None,
        nodes: Table::default(),
    };
    scm.agent_with_servers(call)?.servers.insert(id, server);
    Ok(scm.created(&format!("/api/agent/v1/network/{agent}/server/{id}")))
}

/// Replaces what was said of a server.
fn update(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.server(call, "id")?.id;
    let mut body = sectigo_scm::body(call)?;
    let settings = Settings::read(&mut body)?;
    body.finish()?;
    if let Some(server) = scm.agent_with_servers(call)?.servers.get_mut(id) {
        server.settings = settings;
    }
    Ok(Reply::empty(StatusCode::OK))
}

fn delete(scm: &mut SectigoScm, call: &Call<'_>) -> Result<Reply, Problem> {
    no_parameters(call)?;
    let id = scm.server(call, "id")?.id;
    scm.agent_with_servers(call)?.servers.remove(id);
    Ok(Reply::empty(StatusCode::OK))
}
