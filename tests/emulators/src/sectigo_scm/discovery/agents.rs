//! Who scans, and for which accounts: made up, and all that discovery knows of either.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::ranges::Network;
use crate::sectigo_scm::problem::Problem;

/// An agent that scans networks.
#[derive(Debug)]
pub(super) struct NetworkAgent {
    name: &'static str,
    pub(super) scans_public: bool,
    private: &'static [Network],
}

/// An agent that scans Active Directories, under a name and an id.
const DIRECTORY_AGENT: [&str; 2] = ["Directory", "78244d05-fffa-41b0-a0f4-a04850b38bd2"];
const AZURE_ACCOUNT: i64 = 207;

static NETWORK_AGENTS: [NetworkAgent; 2] = [
    NetworkAgent {
        name: "Cloud",
        scans_public: true,
        private: &[],
    },
    NetworkAgent {
        name: "Office",
        scans_public: false,
        private: &[
            Network::new(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
            Network::new(IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
            Network::new(IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
        ],
    },
];

impl NetworkAgent {
    pub(super) fn scans_private(&self, network: &Network) -> bool {
        self.private.iter().any(|known| known.contains(network))
    }
}

/// The agents that may do a scan: the one that is named, or any.
pub(super) fn network_agents(name: Option<&str>) -> Result<Vec<&'static NetworkAgent>, Problem> {
    let agents = NETWORK_AGENTS.iter();
    let agents: Vec<_> = agents
        .filter(|agent| name.is_none_or(|name| agent.name == name))
        .collect();
    match agents.is_empty() {
        true => Err(Problem::invalid_value("agent")),
        false => Ok(agents),
    }
}

pub(super) fn check_directory_agent(name: Option<&str>) -> Result<(), Problem> {
    match name.is_none_or(|name| DIRECTORY_AGENT.contains(&name)) {
        true => Ok(()),
        false => Err(Problem::invalid_value("agent")),
    }
}

pub(super) fn check_azure_account(id: i64) -> Result<(), Problem> {
    match id == AZURE_ACCOUNT {
        true => Ok(()),
        false => Err(Problem::invalid_value("azureAccountId")),
    }
}
