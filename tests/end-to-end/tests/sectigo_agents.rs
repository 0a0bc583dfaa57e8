//! Sectigo's agents, their servers and nodes against their emulator.

use cert_core::Secret;
use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::agents::{
    AdDomains, MsAgentFilter, MsAgentUpdate, NetworkAgentFilter, NetworkAgentUpdate, NewMsAgent,
    NewNetworkAgent, NodeFilter, NodeProtocol, ServerConnectionType, ServerFilter, ServerSettings,
    ServerSignIn, ServerState, ServerVendor,
};
use sectigo_scm::{
    AgentServerId, Client, ConnectionStatus, Credentials, ErrorCode, MsAgentId, NetworkAgentId,
    OrganizationId, SslId,
};

async fn started() -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(10).persons(0).devices(0);
    let emulator = builder.start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

#[tokio::test]
async fn a_network_agent_lives() {
    let (_emulator, scm) = started().await;
    let agents = scm.network_agents();
    let agent = NewNetworkAgent::new("Annex", 9002, true).comments("behind the yard");
    let created = agents.create(&agent).await.expect("an agent");
    let id = created.id.expect("a number");
    let token = created.installation_token.expect("a token");

    let known = agents.get(id).await.expect("an agent");
    assert_eq!(known.status, Some(ConnectionStatus::NotAvailable));
    assert_eq!(known.organization, Some(OrganizationId::from(9002)));
    assert_eq!(known.installation_token.as_ref(), Some(&token));
    assert!(known.last_activity.is_none() && known.version.is_none());
    assert!(!format!("{known:?}").contains(token.expose()));

    let update = NetworkAgentUpdate::new()
        .active(false)
        .secret_key(Secret::from("another secret"))
        .keystore_password(Secret::from("another password"));
    agents.update(id, &update).await.expect("changed");
    let known = agents.get(id).await.expect("an agent");
    let secret = known.secret_key.as_ref().map(Secret::expose);
    assert_eq!(
        (known.active, secret),
        (Some(false), Some("another secret"))
    );
    assert_eq!(known.comments.as_deref(), Some("behind the yard"));
    assert_ne!(known.installation_token, Some(token));

    agents.delete(id).await.expect("gone");
    let gone = agents.get(id).await.expect_err("gone");
    assert_eq!(gone.status().map(|status| status.as_u16()), Some(404));
}

#[tokio::test]
async fn network_agents_are_found_and_counted() {
    let (_emulator, scm) = started().await;
    let agents = scm.network_agents();
    let all = NetworkAgentFilter::new();
    for (filter, expected) in [
        (all.clone(), vec![8003, 8002, 8001]),
        (all.clone().name("OFF"), vec![8001]),
        (all.clone().active(false), vec![8002]),
        (all.clone().organization(9001).version("3"), vec![8001]),
        (
            all.clone().organization(9001).with_departments(true),
            vec![8003, 8001],
        ),
        (all.status(ConnectionStatus::NotAvailable), vec![8003]),
    ] {
        let found = agents.list(&filter).page_size(2);
        let found = found.collect().await.expect("a list");
        let ids: Vec<_> = found.iter().map(|agent| agent.id).collect();
        let expected: Vec<_> = expected.into_iter().map(NetworkAgentId::from).collect();
        assert_eq!(ids, expected, "{filter:?}");
        let count = agents.count(&filter).await.expect("a number");
        assert_eq!(usize::try_from(count), Ok(expected.len()), "{filter:?}");
    }
    let connected = agents.get(8001).await.expect("an agent");
    assert_eq!(connected.installation_token, None, "told once");
    assert!(connected.last_activity.is_some());
}

#[tokio::test]
async fn a_server_is_added_replaced_and_deleted() {
    let (_emulator, scm) = started().await;
    let servers = scm.network_agents().servers(8001);
    let sign_in = ServerSignIn::password("installer", Secret::from("Ap@rticul@r"));
    let apache = ServerSettings::apache("Annex", "/usr/sbin/apachectl")
        .connection_type(ServerConnectionType::RemoteSsh)
        .host("annex.example.com")
        .port(22)
        .sign_in(sign_in);
    let id = servers.create(&apache).await.expect("a server");
    let known = servers.get(id).await.expect("a server");
    assert_eq!(known.vendor, Some(ServerVendor::Apache2));
    assert_eq!(known.status, Some(ServerState::Init));
    assert_eq!(known.host.as_deref(), Some("annex.example.com"));
    assert_eq!(known.username.as_deref(), Some("installer"));

    let tomcat = ServerSettings::tomcat("Annex", "/opt/tomcat")
        .connection_type(ServerConnectionType::Local)
        .sign_in(ServerSignIn::stored("vault", "17"));
    servers.update(id, &tomcat).await.expect("replaced");
    let known = servers.get(id).await.expect("a server");
    assert_eq!(known.vendor, Some(ServerVendor::Tomcat));
    assert_eq!(known.path.as_deref(), Some("/opt/tomcat"));
    assert_eq!((known.host, known.username), (None, None));

    let key = ServerSignIn::private_key("/etc/ssl/private/key", Secret::from("a phrase"));
    let update = servers.update(id, &tomcat.clone().sign_in(key)).await;
    update.expect("replaced");
    let known = servers.get(id).await.expect("a server");
    assert_eq!(
        known.private_key_path.as_deref(),
        Some("/etc/ssl/private/key")
    );

    servers.delete(id).await.expect("gone");
    let gone = servers.get(id).await.expect_err("gone");
    assert_eq!(gone.status().map(|status| status.as_u16()), Some(404));
}

#[tokio::test]
async fn servers_and_their_nodes_are_found_and_counted() {
    let (_emulator, scm) = started().await;
    let servers = scm.network_agents().servers(8001);
    let waiting = ServerFilter::new().status(ServerState::RestartRequired);
    let found = servers.list(&waiting).collect().await.expect("a list");
    assert_eq!(found[0].id, AgentServerId::from(8102));
    assert_eq!(servers.count(&waiting).await.expect("a number"), 1);
    let iis = ServerFilter::new().vendor(ServerVendor::Iis).name("AIL");
    let found = servers.list(&iis).collect().await.expect("a list");
    let mail = servers.get(found[0].id).await.expect("a server");
    assert_eq!(mail.status, Some(ServerState::Inactive));
    assert!(mail.error_message.is_some());

    let nodes = servers.nodes(8102);
    let secure = NodeFilter::new().protocol(NodeProtocol::Https).port(443);
    let found = nodes.list(&secure).collect().await.expect("a list");
    let node = nodes.get(found[0].id).await.expect("a node");
    let ssl = node.ssl.expect("a certificate");
    assert!(scm.ssl().get(ssl).await.is_ok(), "{ssl} is there");
    let everywhere = NodeFilter::new().ssl(ssl);
    assert_eq!(nodes.count(&everywhere).await.expect("a number"), 1);
    let nowhere = NodeFilter::new().ssl(SslId::from(1));
    assert_eq!(nodes.count(&nowhere).await.expect("a number"), 0);
}

#[tokio::test]
async fn an_ms_agent_lives() {
    let (_emulator, scm) = started().await;
    let agents = scm.ms_agents();
    let domains = ["ad\\one", "ad\\two"];
    let agent = NewMsAgent::new("Headquarters")
        .active(true)
        .ad_domains(AdDomains::only(domains))
        .default_organization(9001);
    let created = agents.create(&agent).await.expect("an agent");
    let id = created.id.expect("a number");
    assert!(created.installation_token.is_some());
    let known = agents.get(id).await.expect("an agent");
    assert_eq!(known.ad_domains(), Some(AdDomains::only(domains)));
    assert_eq!(known.default_organization, Some(OrganizationId::from(9001)));

    let others = AdDomains::all_but(["lab.example.com"]);
    let update = MsAgentUpdate::new().ad_domains(others.clone());
    agents.update(id, &update).await.expect("changed");
    let known = agents.get(id).await.expect("an agent");
    assert_eq!(known.ad_domains(), Some(others));
    assert_eq!(known.name.as_deref(), Some("Headquarters"));

    let connected = MsAgentFilter::new().status(ConnectionStatus::Connected);
    let found = agents.list(&connected).collect().await.expect("a list");
    let ids: Vec<_> = found.iter().map(|agent| agent.id).collect();
    assert_eq!(ids, [MsAgentId::from(8301)]);
    agents.delete(id).await.expect("gone");
    let gone = agents.get(id).await.expect_err("gone");
    assert_eq!(gone.status().map(|status| status.as_u16()), Some(404));
}

#[tokio::test]
async fn an_unknown_organization_is_refused_with_its_code() {
    let (_emulator, scm) = started().await;
    let agent = NewNetworkAgent::new("Annex", 1, true);
    let refused = scm.network_agents().create(&agent).await;
    let refused = refused.expect_err("no such organization");
    assert_eq!(
        ErrorCode::of(&refused),
        Some(ErrorCode::INVALID_ORGANIZATION)
    );
    let agent = NewMsAgent::new("Annex").default_organization(1);
    let refused = scm.ms_agents().create(&agent).await;
    let refused = refused.expect_err("no such organization");
    assert_eq!(
        ErrorCode::of(&refused),
        Some(ErrorCode::INVALID_ORGANIZATION)
    );
}
