use cert_core::client::{Call, Json, Op, Pages};

use super::{COUNT_ONLY, NodeFilter, ServerNode, ServerNodeSummary, operations as ops};
use crate::paging::{List, PAGE_SIZE, PageQuery, Total};
use crate::{AgentServerId, Client, NetworkAgentId, ServerNodeId};

/// The nodes of a server, which a network agent has found. Made by
/// [`AgentServers::nodes`](super::AgentServers::nodes).
#[derive(Debug, Clone, Copy)]
pub struct ServerNodes<'c> {
    client: &'c Client,
    agent: NetworkAgentId,
    server: AgentServerId,
}

impl<'c> ServerNodes<'c> {
    pub(super) fn new(client: &'c Client, agent: NetworkAgentId, server: AgentServerId) -> Self {
        Self {
            client,
            agent,
            server,
        }
    }

    /// Lists the nodes of the server that match, in pages of at most 200.
    ///
    /// `GET /api/agent/v1/network/{agentId}/server/{serverId}/node`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::agents::{NodeFilter, NodeProtocol};
    ///
    /// let servers = scm.network_agents().servers(310);
    /// let mut nodes = servers.nodes(212).list(&NodeFilter::new().protocol(NodeProtocol::Https));
    /// while let Some(node) = nodes.next().await {
    ///     println!("{:?}", node?.name);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &NodeFilter) -> Pages<'c, List<ServerNodeSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_NODES)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Number of the nodes of the server that match.
    ///
    /// `GET /api/agent/v1/network/{agentId}/server/{serverId}/node?countOnly=true`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::agents::NodeFilter;
    ///
    /// let nodes = scm.network_agents().servers(310).nodes(212);
    /// println!("{} with this certificate", nodes.count(&NodeFilter::new().ssl(1025)).await?);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Kind [`Unexpected`](crate::ErrorKind::Unexpected) where the answer has no `X-Total-Count`.
    #[inline]
    pub fn count(self, filter: &NodeFilter) -> Call<'c, Total> {
        self.call(&ops::COUNT_NODES)
            .query(&COUNT_ONLY)
            .query(filter)
    }

    /// Details of a node, with the certificate on it.
    ///
    /// `GET /api/agent/v1/network/{agentId}/server/{serverId}/node/{id}`
    #[inline]
    pub fn get(self, id: impl Into<ServerNodeId>) -> Call<'c, Json<ServerNode>> {
        self.call(&ops::GET_NODE).path(id.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op).path(self.agent).path(self.server)
    }
}
