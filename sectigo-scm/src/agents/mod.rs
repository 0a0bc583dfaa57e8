//! Agents: programs in the customer's network that work for Certificate Manager.
//!
//! A network agent scans networks for certificates, and installs certificates on servers; each
//! server has nodes, the places where it listens. An MS agent connects an Active Directory, or
//! stands before a Microsoft CA.
//!
//! An agent is installed with a token, told when it is created and as long as it has never
//! connected. Whoever has it can connect in the agent's name: it is a secret.
//!
//! ```no_run
//! use sectigo_scm::agents::{NewNetworkAgent, ServerConnectionType, ServerSettings};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let agents = scm.network_agents();
//! let agent = agents.create(&NewNetworkAgent::new("dmz", 9001, true)).await?;
//! let token = agent.installation_token.ok_or("no token was told")?;
//! println!("install the agent with {} characters", token.expose().len());
//!
//! let id = agent.id.ok_or("the vendor did not tell the agent")?;
//! let shop = ServerSettings::tomcat("shop", "/opt/tomcat")
//!     .connection_type(ServerConnectionType::Local);
//! let server = agents.servers(id).create(&shop).await?;
//! println!("{:?}", agents.servers(id).get(server).await?.status);
//! # Ok(())
//! # }
//! ```

mod ad_domains;
mod agent;
mod ms_agent;
mod ms_agents;
mod network_agent;
mod network_agents;
mod node;
mod nodes;
mod operations;
mod server;
mod servers;
mod sign_in;

pub use self::ad_domains::AdDomains;
pub use self::agent::{AgentCreated, AgentInstallation, AgentSummary, CreatedAgent};
pub use self::ms_agent::{MsAgent, MsAgentFilter, MsAgentUpdate, NewMsAgent};
pub use self::ms_agents::MsAgents;
pub use self::network_agent::{
    AgentOs, NetworkAgent, NetworkAgentFilter, NetworkAgentUpdate, NewNetworkAgent,
};
pub use self::network_agents::NetworkAgents;
pub use self::node::{NodeFilter, NodeProtocol, ServerNode, ServerNodeSummary};
pub use self::nodes::ServerNodes;
pub use self::operations::OPERATIONS;
pub use self::server::{
    AgentServer, AgentServerSummary, ServerConnectionType, ServerFilter, ServerSettings,
    ServerState, ServerVendor,
};
pub use self::servers::AgentServers;
pub use self::sign_in::ServerSignIn;

/// What makes a count of a list: the total alone, in a header.
const COUNT_ONLY: [(&str, &str); 1] = [("countOnly", "true")];
