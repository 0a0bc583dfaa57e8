//! Who scans, and for which accounts.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::ranges::Network;
use crate::sectigo_scm::{SectigoScm, problem::Problem};

/// What an agent can reach.
#[derive(Debug)]
pub(super) struct Reach {
    pub(super) scans_public: bool,
    private: &'static [Network],
}

/// The vendor's own agent.
const CLOUD_NAME: &str = "Cloud";

pub(super) static CLOUD: Reach = Reach {
    scans_public: true,
    private: &[],
};

/// The customer's agents, which stand in its network.
pub(super) static INSIDE: Reach = Reach {
    scans_public: false,
    private: &[
        Network::new(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
        Network::new(IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
        Network::new(IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
    ],
};

impl Reach {
    pub(super) fn scans_private(&self, network: &Network) -> bool {
        self.private.iter().any(|known| known.contains(network))
    }
}

impl SectigoScm {
    /// What the agents reach that may do a scan: the one that is named, or any. Those that are not
    /// at work reach nothing.
    pub(super) fn reach(&self, agent: Option<&str>) -> Result<Vec<&'static Reach>, Problem> {
        let inside = |name| self.agents.network_at_work(name);
        match agent {
            None if inside(None) == Some(true) => Ok(vec![&CLOUD, &INSIDE]),
            None | Some(CLOUD_NAME) => Ok(vec![&CLOUD]),
            Some(name) => match inside(Some(name)) {
                Some(true) => Ok(vec![&INSIDE]),
                Some(false) => Ok(Vec::new()),
                None => Err(Problem::invalid_value("agent")),
            },
        }
    }

    /// Refuses an MS agent that there is not.
    pub(super) fn check_directory_agent(&self, agent: Option<&str>) -> Result<(), Problem> {
        match agent.is_none_or(|agent| self.agents.has_ms(agent)) {
            true => Ok(()),
            false => Err(Problem::invalid_value("agent")),
        }
    }

    /// Refuses an Azure account that there is not.
    pub(super) fn check_azure_account(&self, id: i64) -> Result<(), Problem> {
        match self.azure_accounts.has(id) {
            true => Ok(()),
            false => Err(Problem::invalid_value("azureAccountId")),
        }
    }
}
