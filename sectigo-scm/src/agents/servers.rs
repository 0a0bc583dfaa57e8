use cert_core::client::{Call, Created, Empty, Json, Op, Pages};

use super::{
    AgentServer, AgentServerSummary, COUNT_ONLY, ServerFilter, ServerNodes, ServerSettings,
    operations as ops,
};
use crate::paging::{List, PAGE_SIZE, PageQuery, Total};
use crate::{AgentServerId, Client, NetworkAgentId};

/// The servers that a network agent installs certificates on. Made by
/// [`NetworkAgents::servers`](super::NetworkAgents::servers).
#[derive(Debug, Clone, Copy)]
pub struct AgentServers<'c> {
    client: &'c Client,
    agent: NetworkAgentId,
}

impl<'c> AgentServers<'c> {
    pub(super) fn new(client: &'c Client, agent: NetworkAgentId) -> Self {
        Self { client, agent }
    }

    /// Lists the servers of the agent that match, in pages of at most 200.
    ///
    /// `GET /api/agent/v1/network/{agentId}/server`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::agents::{ServerFilter, ServerState};
    ///
    /// let waiting = ServerFilter::new().status(ServerState::RestartRequired);
    /// let mut servers = scm.network_agents().servers(310).list(&waiting);
    /// while let Some(server) = servers.next().await {
    ///     println!("to be restarted: {:?}", server?.name);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &ServerFilter) -> Pages<'c, List<AgentServerSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_SERVERS)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Number of the servers of the agent that match.
    ///
    /// `GET /api/agent/v1/network/{agentId}/server?countOnly=true`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::agents::{ServerFilter, ServerVendor};
    ///
    /// let tomcats = ServerFilter::new().vendor(ServerVendor::Tomcat);
    /// println!("{}", scm.network_agents().servers(310).count(&tomcats).await?);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Kind [`Unexpected`](crate::ErrorKind::Unexpected) where the answer has no `X-Total-Count`.
    #[inline]
    pub fn count(self, filter: &ServerFilter) -> Call<'c, Total> {
        self.call(&ops::COUNT_SERVERS)
            .query(&COUNT_ONLY)
            .query(filter)
    }

    /// Details of a server.
    ///
    /// `GET /api/agent/v1/network/{agentId}/server/{id}`
    #[inline]
    pub fn get(self, id: impl Into<AgentServerId>) -> Call<'c, Json<AgentServer>> {
        self.call(&ops::GET_SERVER).path(id.into())
    }

    /// Adds a server to the agent, and tells its number.
    ///
    /// `POST /api/agent/v1/network/{agentId}/server`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::agents::{ServerConnectionType, ServerSettings};
    ///
    /// let shop = ServerSettings::tomcat("shop", "/opt/tomcat")
    ///     .connection_type(ServerConnectionType::Local);
    /// let id = scm.network_agents().servers(310).create(&shop).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](AgentServers::list) by the name before adding it again. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where it was added and the answer does not tell
    /// its number.
    #[inline]
    pub fn create(self, server: &ServerSettings) -> Call<'c, Created<AgentServerId>> {
        self.call(&ops::CREATE_SERVER).json(server)
    }

    /// Replaces the settings of a server: name and vendor are sent each time.
    ///
    /// `PUT /api/agent/v1/network/{agentId}/server/{id}`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::agents::ServerSettings;
    ///
    /// let moved = ServerSettings::tomcat("shop", "/srv/tomcat");
    /// scm.network_agents().servers(310).update(212, &moved).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn update(self, id: impl Into<AgentServerId>, server: &ServerSettings) -> Call<'c, Empty> {
        self.call(&ops::UPDATE_SERVER).path(id.into()).json(server)
    }

    /// Deletes a server.
    ///
    /// `DELETE /api/agent/v1/network/{agentId}/server/{id}`
    #[inline]
    pub fn delete(self, id: impl Into<AgentServerId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE_SERVER).path(id.into())
    }

    /// Nodes of a server: the places where it listens.
    #[must_use]
    pub fn nodes(self, server: impl Into<AgentServerId>) -> ServerNodes<'c> {
        ServerNodes::new(self.client, self.agent, server.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op).path(self.agent)
    }
}
