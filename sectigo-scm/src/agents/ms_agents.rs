use cert_core::client::{Call, Empty, Json, Op, Pages};

use super::{
    AgentCreated, AgentSummary, MsAgent, MsAgentFilter, MsAgentUpdate, NewMsAgent,
    operations as ops,
};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{Client, MsAgentId};

impl Client {
    /// MS agents, which connect Active Directories and Microsoft CAs.
    #[must_use]
    pub fn ms_agents(&self) -> MsAgents<'_> {
        MsAgents { client: self }
    }
}

/// The MS agents of an account. Made by [`Client::ms_agents`].
#[derive(Debug, Clone, Copy)]
pub struct MsAgents<'c> {
    client: &'c Client,
}

impl<'c> MsAgents<'c> {
    /// Lists the MS agents that match, in pages of at most 200.
    ///
    /// `GET /api/agent/v1/ms`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::ConnectionStatus;
    /// use sectigo_scm::agents::MsAgentFilter;
    ///
    /// let connected = MsAgentFilter::new().status(ConnectionStatus::Connected);
    /// let mut agents = scm.ms_agents().list(&connected);
    /// while let Some(agent) = agents.next().await {
    ///     println!("{:?}", agent?.version);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &MsAgentFilter) -> Pages<'c, List<AgentSummary<MsAgentId>>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_MS_AGENTS)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Details of an MS agent.
    ///
    /// `GET /api/agent/v1/ms/{id}`
    #[inline]
    pub fn get(self, id: impl Into<MsAgentId>) -> Call<'c, Json<MsAgent>> {
        self.call(&ops::GET_MS_AGENT).path(id.into())
    }

    /// Creates an MS agent, and tells its number and the token that it is installed with.
    ///
    /// `POST /api/agent/v1/ms/`, with a slash at the end
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::agents::{AdDomains, NewMsAgent};
    ///
    /// let agent = NewMsAgent::new("headquarters").ad_domains(AdDomains::only(["hq.example.com"]));
    /// let created = scm.ms_agents().create(&agent).await?;
    /// let token = created.installation_token;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// After a lost answer [`may_have_run`](crate::Error::may_have_run) is true: then
    /// [`list`](MsAgents::list) by the name before creating it again; [`get`](MsAgents::get) tells
    /// the token. Kind [`Unexpected`](crate::ErrorKind::Unexpected) where the vendor tells neither
    /// number nor token.
    #[inline]
    pub fn create(self, agent: &NewMsAgent) -> Call<'c, AgentCreated<MsAgentId>> {
        self.call(&ops::CREATE_MS_AGENT).json(agent)
    }

    /// Changes an MS agent.
    ///
    /// `PUT /api/agent/v1/ms/{id}`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::agents::MsAgentUpdate;
    ///
    /// scm.ms_agents().update(71, &MsAgentUpdate::new().active(false)).await?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn update(self, id: impl Into<MsAgentId>, agent: &MsAgentUpdate) -> Call<'c, Empty> {
        self.call(&ops::UPDATE_MS_AGENT).path(id.into()).json(agent)
    }

    /// Deletes an MS agent.
    ///
    /// `DELETE /api/agent/v1/ms/{id}`
    #[inline]
    pub fn delete(self, id: impl Into<MsAgentId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE_MS_AGENT).path(id.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
