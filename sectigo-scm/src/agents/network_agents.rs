use cert_core::client::{Call, Empty, Json, Op, Pages};

use super::{
    AgentCreated, AgentServers, AgentSummary, COUNT_ONLY, NetworkAgent, NetworkAgentFilter,
    NetworkAgentUpdate, NewNetworkAgent, operations as ops,
};
use crate::paging::{List, PAGE_SIZE, PageQuery, Total};
use crate::{Client, NetworkAgentId};

impl Client {
    /// Network agents, which scan networks and install certificates on servers.
    #[must_use]
    pub fn network_agents(&self) -> NetworkAgents<'_> {
        NetworkAgents { client: self }
    }
}

/// The network agents of an account, and through [`servers`](NetworkAgents::servers) the servers
/// that they install certificates on. Made by [`Client::network_agents`].
#[derive(Debug, Clone, Copy)]
pub struct NetworkAgents<'c> {
    client: &'c Client,
}

impl<'c> NetworkAgents<'c> {
    /// Lists the network agents that match, in pages of at most 200.
    ///
    /// `GET /api/agent/v1/network`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ConnectionStatus;
    /// use sectigo_scm::agents::NetworkAgentFilter;
    ///
    /// let lost = NetworkAgentFilter::new().status(ConnectionStatus::NotAvailable);
    /// let mut agents = scm.network_agents().list(&lost);
    /// while let Some(agent) = agents.next().await {
    ///     println!("{:?}", agent?.name);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(
        self,
        filter: &NetworkAgentFilter,
    ) -> Pages<'c, List<AgentSummary<NetworkAgentId>>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_NETWORK_AGENTS)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Number of the network agents that match.
    ///
    /// `GET /api/agent/v1/network?countOnly=true`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::agents::NetworkAgentFilter;
    ///
    /// let inactive = NetworkAgentFilter::new().active(false);
    /// println!("{} inactive agents", scm.network_agents().count(&inactive).await?);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Kind [`Unexpected`](crate::ErrorKind::Unexpected) where the answer has no `X-Total-Count`.
    #[inline]
    pub fn count(self, filter: &NetworkAgentFilter) -> Call<'c, Total> {
        self.call(&ops::COUNT_NETWORK_AGENTS)
            .query(&COUNT_ONLY)
            .query(filter)
    }

    /// Details of a network agent. The installation token is told for agents that never connected.
    ///
    /// `GET /api/agent/v1/network/{id}`
    #[inline]
    pub fn get(self, id: impl Into<NetworkAgentId>) -> Call<'c, Json<NetworkAgent>> {
        self.call(&ops::GET_NETWORK_AGENT).path(id.into())
    }

    /// Creates a network agent, and tells its number and the token that it is installed with.
    ///
    /// `POST /api/agent/v1/network`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::agents::NewNetworkAgent;
    ///
    /// let agent = NewNetworkAgent::new("dmz", 9001, true);
    /// let created = scm.network_agents().create(&agent).await?;
    /// let token = created.installation_token;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](NetworkAgents::list) by the name before creating it again;
    /// [`get`](NetworkAgents::get) tells the token. Kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) where the vendor tells neither number nor token.
    #[inline]
    pub fn create(self, agent: &NewNetworkAgent) -> Call<'c, AgentCreated<NetworkAgentId>> {
        self.call(&ops::CREATE_NETWORK_AGENT).json(agent)
    }

    /// Changes a network agent.
    ///
    /// `PUT /api/agent/v1/network/{id}`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::agents::NetworkAgentUpdate;
    ///
    /// let update = NetworkAgentUpdate::new().active(false);
    /// scm.network_agents().update(310, &update).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn update(
        self,
        id: impl Into<NetworkAgentId>,
        agent: &NetworkAgentUpdate,
    ) -> Call<'c, Empty> {
        self.call(&ops::UPDATE_NETWORK_AGENT)
            .path(id.into())
            .json(agent)
    }

    /// Deletes a network agent.
    ///
    /// `DELETE /api/agent/v1/network/{id}`
    #[inline]
    pub fn delete(self, id: impl Into<NetworkAgentId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE_NETWORK_AGENT).path(id.into())
    }

    /// Servers that a network agent installs certificates on.
    #[must_use]
    pub fn servers(self, agent: impl Into<NetworkAgentId>) -> AgentServers<'c> {
        AgentServers::new(self.client, agent.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
