//! Network agents, as they are created, changed, listed and told.

use cert_core::{Secret, Time, open_enum};

use super::agent::plain;
use crate::{ConnectionStatus, NetworkAgentId, OrganizationId};

open_enum! {
    /// Operating system of a network agent.
    pub enum AgentOs {
        /// Windows.
        Windows = "WINDOWS",
        /// Linux.
        Linux = "LINUX",
        /// macOS.
        Mac = "MAC",
        /// Any system.
        CrossPlatform = "CROSS_PLATFORM",
        /// Linux, in a container.
        LinuxDocker = "LINUX_DOCKER",
    }
}

cert_core::request! {
    /// Filter of network agents to list; empty, all that the administrator may see.
    ///
    /// ```
    /// use sectigo_scm::ConnectionStatus;
    /// use sectigo_scm::agents::NetworkAgentFilter;
    ///
    /// let lost = NetworkAgentFilter::new()
    ///     .organization(9001)
    ///     .with_departments(true)
    ///     .status(ConnectionStatus::NotAvailable);
    /// ```
    pub struct NetworkAgentFilter() {
        /// Name of the agent, or part of it, without regard to case.
        name: String,
        /// Organization or department of the agent.
        #[wire("orgId")]
        organization: OrganizationId,
        /// Whether agents of the departments of the organization are listed too.
        #[wire("includeDepOfOrg")]
        with_departments: bool,
        /// Active agents alone, or inactive ones alone; unset, both.
        active: bool,
        /// Version of the agent, or part of it.
        version: String,
        /// State of the connection.
        status: ConnectionStatus,
    }
}

cert_core::request! {
    /// Network agent to be created.
    ///
    /// ```
    /// use sectigo_scm::agents::NewNetworkAgent;
    ///
    /// let agent = NewNetworkAgent::new("dmz", 9001, true).comments("in rack 7");
    /// ```
    pub struct NewNetworkAgent(
        /// Name of the agent, without most punctuation.
        #[length(1..=128)]
        #[valid(plain)]
        name: String,
        /// Organization or department of the agent.
        #[id(0..)]
        #[wire("orgId")]
        organization: OrganizationId,
        /// Whether the agent is active.
        active: bool,
    ) {
        /// Comments on the agent.
        #[length(..=256)]
        comments: String,
    }
}

cert_core::request! {
    /// Changes of a network agent. What is not set is not sent; the vendor does not say, yet its
    /// tables suggest, that it is kept.
    ///
    /// ```
    /// use sectigo_scm::agents::NetworkAgentUpdate;
    ///
    /// let update = NetworkAgentUpdate::new().active(false).comments("retired");
    /// ```
    pub struct NetworkAgentUpdate() {
        /// Name of the agent, without most punctuation.
        #[length(1..=128)]
        #[valid(plain)]
        name: String,
        /// Comments on the agent.
        #[length(..=256)]
        comments: String,
        /// Whether the agent is active.
        active: bool,
        /// Key with which the agent signs in.
        #[secret(10..=128)]
        secret_key: Secret,
        /// Password of the agent's key store.
        #[secret(10..=128)]
        #[wire("keystorePwd")]
        keystore_password: Secret,
    }
}

cert_core::response! {
    /// A network agent.
    pub struct NetworkAgent {
        /// Number of the agent.
        pub id: NetworkAgentId,
        /// Name of the agent.
        pub name: Option<String>,
        /// Version of the agent.
        pub version: Option<String>,
        /// Operating system that the agent runs on.
        pub os: Option<AgentOs>,
        /// Comments on the agent.
        pub comments: Option<String>,
        /// Whether the agent is active.
        pub active: Option<bool>,
        /// State of the connection.
        pub status: Option<ConnectionStatus>,
        /// IP addresses of the computer that the agent is installed on, as one text.
        #[wire("localIp")]
        pub ip_addresses: Option<String>,
        /// Time of the last activity of the agent.
        pub last_activity: Option<Time>,
        /// Organization or department of the agent.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
        /// Whether the agent updates itself.
        pub auto_update: Option<bool>,
        /// Key with which the agent signs in.
        pub secret_key: Option<Secret>,
        /// Token that the agent is installed with. `None` once it has connected.
        pub installation_token: Option<Secret>,
    }
}
