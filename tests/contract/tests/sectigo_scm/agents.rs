use cert_core::Secret;
use cert_core::client::{PageReply, Pages};
use contract::{Fields, Suite};
use sectigo_scm::agents::{
    AdDomains, MsAgentFilter, MsAgentUpdate, NetworkAgentFilter, NetworkAgentUpdate, NewMsAgent,
    NewNetworkAgent, NodeFilter, NodeProtocol, ServerConnectionType, ServerFilter, ServerSettings,
    ServerSignIn, ServerState, ServerVendor,
};
use sectigo_scm::{
    AgentServerId, Client, ConnectionStatus, ErrorKind, MsAgentId, NetworkAgentId, OrganizationId,
    ServerNodeId, SslId,
};
use serde_json::json;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::client_answered;

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 8] = [
    "agent_list_network_agents [].id",
    "agent_get_network_agent id",
    "agent_list_servers [].id",
    "agent_get_server id",
    "agent_list_server_nodes [].id",
    "agent_get_server_node id",
    "agent_list_ms_agents [].id",
    "agent_get_ms_agent id",
];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    let suite = nodes(servers(network_agents(suite)));
    ms_agents(suite).mandatory(MANDATORY)
}

fn network_agents(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("agent_list_network_agents", |scm: &Client, x| {
            let query = x.query();
            let pages = scm.network_agents().list(&network_agent_filter(&query));
            page(pages, &query)
        })
        .case("agent_count_network_agents", |scm: &Client, x| {
            let filter = network_agent_filter(&x.query());
            scm.network_agents().count(&filter)
        })
        .case("agent_get_network_agent", |scm: &Client, x| {
            scm.network_agents().get(x.path::<NetworkAgentId>("id"))
        })
        .case("agent_create_network_agent", |scm: &Client, x| {
            let body = x.body();
            let agent = NewNetworkAgent::new(
                body.need::<String>("name"),
                body.need::<OrganizationId>("orgId"),
                body.need::<bool>("active"),
            );
            let agent = body
                .fill(agent)
                .set::<String>("comments", NewNetworkAgent::comments)
                .done();
            scm.network_agents().create(&agent)
        })
        .case("agent_update_network_agent", |scm: &Client, x| {
            let update = x
                .body()
                .fill(NetworkAgentUpdate::new())
                .set::<String>("name", NetworkAgentUpdate::name)
                .set::<String>("comments", NetworkAgentUpdate::comments)
                .set::<bool>("active", NetworkAgentUpdate::active)
                .set::<Secret>("secretKey", NetworkAgentUpdate::secret_key)
                .set::<Secret>("keystorePwd", NetworkAgentUpdate::keystore_password)
                .done();
            scm.network_agents()
                .update(x.path::<NetworkAgentId>("id"), &update)
        })
        .case("agent_delete_network_agent", |scm: &Client, x| {
            scm.network_agents().delete(x.path::<NetworkAgentId>("id"))
        })
}

fn servers(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("agent_list_servers", |scm: &Client, x| {
            let query = x.query();
            let servers = scm
                .network_agents()
                .servers(x.path::<NetworkAgentId>("agentId"));
            page(servers.list(&server_filter(&query)), &query)
        })
        .case("agent_count_servers", |scm: &Client, x| {
            scm.network_agents()
                .servers(x.path::<NetworkAgentId>("agentId"))
                .count(&server_filter(&x.query()))
        })
        .case("agent_get_server", |scm: &Client, x| {
            scm.network_agents()
                .servers(x.path::<NetworkAgentId>("agentId"))
                .get(x.path::<AgentServerId>("id"))
        })
        .case("agent_create_server", |scm: &Client, x| {
            scm.network_agents()
                .servers(x.path::<NetworkAgentId>("agentId"))
                .create(&server(&x.body()))
        })
        .case("agent_update_server", |scm: &Client, x| {
            scm.network_agents()
                .servers(x.path::<NetworkAgentId>("agentId"))
                .update(x.path::<AgentServerId>("id"), &server(&x.body()))
        })
        .case("agent_delete_server", |scm: &Client, x| {
            scm.network_agents()
                .servers(x.path::<NetworkAgentId>("agentId"))
                .delete(x.path::<AgentServerId>("id"))
        })
}

fn nodes(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("agent_list_server_nodes", |scm: &Client, x| {
            let query = x.query();
            let nodes = scm
                .network_agents()
                .servers(x.path::<NetworkAgentId>("agentId"))
                .nodes(x.path::<AgentServerId>("serverId"));
            page(nodes.list(&node_filter(&query)), &query)
        })
        .case("agent_count_server_nodes", |scm: &Client, x| {
            scm.network_agents()
                .servers(x.path::<NetworkAgentId>("agentId"))
                .nodes(x.path::<AgentServerId>("serverId"))
                .count(&node_filter(&x.query()))
        })
        .case("agent_get_server_node", |scm: &Client, x| {
            scm.network_agents()
                .servers(x.path::<NetworkAgentId>("agentId"))
                .nodes(x.path::<AgentServerId>("serverId"))
                .get(x.path::<ServerNodeId>("id"))
        })
}

fn ms_agents(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("agent_list_ms_agents", |scm: &Client, x| {
            let query = x.query();
            let filter = query
                .fill(MsAgentFilter::new())
                .set::<String>("name", MsAgentFilter::name)
                .set::<bool>("active", MsAgentFilter::active)
                .set::<ConnectionStatus>("status", MsAgentFilter::status)
                .set::<String>("version", MsAgentFilter::version)
                .done();
            page(scm.ms_agents().list(&filter), &query)
        })
        .case("agent_get_ms_agent", |scm: &Client, x| {
            scm.ms_agents().get(x.path::<MsAgentId>("id"))
        })
        .case("agent_create_ms_agent", |scm: &Client, x| {
            let body = x.body();
            let agent = body
                .fill(NewMsAgent::new(body.need::<String>("name")))
                .set::<String>("comments", NewMsAgent::comments)
                .set::<bool>("active", NewMsAgent::active)
                .set::<OrganizationId>("defaultEnrollmentOrgId", NewMsAgent::default_organization)
                .done();
            let agent = match ad_domains(&body) {
                Some(domains) => agent.ad_domains(domains),
                None => agent,
            };
            scm.ms_agents().create(&agent)
        })
        .case("agent_update_ms_agent", |scm: &Client, x| {
            let body = x.body();
            let update = body
                .fill(MsAgentUpdate::new())
                .set::<String>("name", MsAgentUpdate::name)
                .set::<String>("comments", MsAgentUpdate::comments)
                .set::<bool>("active", MsAgentUpdate::active)
                .set::<OrganizationId>(
                    "defaultEnrollmentOrgId",
                    MsAgentUpdate::default_organization,
                )
                .done();
            let update = match ad_domains(&body) {
                Some(domains) => update.ad_domains(domains),
                None => update,
            };
            scm.ms_agents().update(x.path::<MsAgentId>("id"), &update)
        })
        .case("agent_delete_ms_agent", |scm: &Client, x| {
            scm.ms_agents().delete(x.path::<MsAgentId>("id"))
        })
}

/// The part of a list that a sample asks for.
fn page<'c, R: PageReply>(pages: Pages<'c, R>, query: &Fields<'_>) -> Pages<'c, R> {
    let pages = pages.resume(query.opt("position").unwrap_or(0));
    match query.opt("size") {
        Some(size) => pages.page_size(size),
        None => pages.vendor_page_size(),
    }
}

fn network_agent_filter(query: &Fields<'_>) -> NetworkAgentFilter {
    query
        .fill(NetworkAgentFilter::new())
        .set::<String>("name", NetworkAgentFilter::name)
        .set::<OrganizationId>("orgId", NetworkAgentFilter::organization)
        .set::<bool>("includeDepOfOrg", NetworkAgentFilter::with_departments)
        .set::<bool>("active", NetworkAgentFilter::active)
        .set::<String>("version", NetworkAgentFilter::version)
        .set::<ConnectionStatus>("status", NetworkAgentFilter::status)
        .done()
}

fn server_filter(query: &Fields<'_>) -> ServerFilter {
    query
        .fill(ServerFilter::new())
        .set::<String>("name", ServerFilter::name)
        .set::<ServerVendor>("vendor", ServerFilter::vendor)
        .set::<ServerState>("status", ServerFilter::status)
        .done()
}

fn node_filter(query: &Fields<'_>) -> NodeFilter {
    query
        .fill(NodeFilter::new())
        .set::<String>("alias", NodeFilter::alias)
        .set::<String>("name", NodeFilter::name)
        .set::<NodeProtocol>("protocol", NodeFilter::protocol)
        .set::<String>("address", NodeFilter::address)
        .set::<i32>("port", NodeFilter::port)
        .set::<SslId>("sslId", NodeFilter::ssl)
        .done()
}

fn server(body: &Fields<'_>) -> ServerSettings {
    let server = ServerSettings::new(
        body.need::<String>("name"),
        body.need::<ServerVendor>("vendor"),
    );
    let server = body
        .fill(server)
        .set::<ServerConnectionType>("connectionType", ServerSettings::connection_type)
        .set::<String>("ip", ServerSettings::host)
        .set::<i32>("port", ServerSettings::port)
        .set::<String>("path", ServerSettings::path)
        .set::<String>("altPathForCert", ServerSettings::alternative_cert_path)
        .done();
    match sign_in(body) {
        Some(way) => server.sign_in(way),
        None => server,
    }
}

fn sign_in(body: &Fields<'_>) -> Option<ServerSignIn> {
    let pair = |first, second| Some((body.opt::<String>(first)?, body.opt::<String>(second)?));
    let user = pair("username", "password");
    let key = pair("privateKeyPath", "passPhrase");
    let stored = pair("storeName", "storeCredId");
    user.map(|(name, password)| ServerSignIn::password(name, password))
        .or(key.map(|(path, phrase)| ServerSignIn::private_key(path, phrase)))
        .or(stored.map(|(store, entry)| ServerSignIn::stored(store, entry)))
}

fn ad_domains(body: &Fields<'_>) -> Option<AdDomains> {
    let list: String = body.opt("adDomainsList")?;
    let domains = list.split(", ");
    match body.need::<bool>("adDomainsListRestricted") {
        true => Some(AdDomains::all_but(domains)),
        false => Some(AdDomains::only(domains)),
    }
}

#[tokio::test]
async fn a_restricted_list_is_the_excluded_domains() {
    let agent = |is_restricted: bool| {
        json!({"id": 71, "adDomainsList": "ad\\one, ad\\two",
               "adDomainsListRestricted": is_restricted})
    };
    let told = async |body| {
        let (scm, _server) = client_answered(200, body).await;
        scm.ms_agents().get(71).await.expect("an agent")
    };
    let domains = ["ad\\one", "ad\\two"];
    let excluding = told(agent(true)).await;
    assert_eq!(excluding.ad_domains(), Some(AdDomains::all_but(domains)));
    let including = told(agent(false)).await;
    assert_eq!(including.ad_domains(), Some(AdDomains::only(domains)));
    assert_eq!(told(json!({"id": 71})).await.ad_domains(), None);
}

#[tokio::test]
async fn a_token_is_told_though_the_number_is_not() {
    let token = json!({"installationToken": "once"});
    let (scm, server) = client_answered(201, token).await;
    let agent = NewNetworkAgent::new("dmz", 9001, true);
    let created = scm.network_agents().create(&agent).await.expect("a token");
    assert_eq!(created.id, None);
    let token = created.installation_token.as_ref().map(Secret::expose);
    assert_eq!(token, Some("once"));
    assert!(!format!("{created:?}").contains("once"));
    drop(server);

    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(201))
        .mount(&server)
        .await;
    let credentials = sectigo_scm::Credentials::password("admin", "secret", "cst1");
    let scm = Client::new(server.uri(), credentials).expect("a client for loopback");
    let nothing = scm.network_agents().create(&agent).await;
    let nothing = nothing.expect_err("neither number nor token");
    assert_eq!(nothing.kind(), ErrorKind::Unexpected);
}
