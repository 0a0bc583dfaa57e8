//! MS agents, as they are created, changed, listed and told.

use cert_core::{Secret, Time};

use super::AdDomains;
use super::agent::written;
use crate::{ConnectionStatus, MsAgentId, OrganizationId};

cert_core::request! {
    /// Filter of MS agents to list; empty, all that the administrator may see.
    ///
    /// ```
    /// use sectigo_scm::agents::MsAgentFilter;
    ///
    /// let old = MsAgentFilter::new().version("2.").active(true);
    /// ```
    pub struct MsAgentFilter() {
        /// Name of the agent, or part of it, without regard to case.
        name: String,
        /// Active agents alone, or inactive ones alone; unset, both.
        active: bool,
        /// State of the connection.
        status: ConnectionStatus,
        /// Version of the agent, or part of it.
        version: String,
    }
}

cert_core::request! {
    /// MS agent to be created.
    ///
    /// ```
    /// use sectigo_scm::agents::{AdDomains, NewMsAgent};
    ///
    /// let agent = NewMsAgent::new("headquarters")
    ///     .active(true)
    ///     .ad_domains(AdDomains::only(["hq.example.com"]))
    ///     .default_organization(9001);
    /// ```
    pub struct NewMsAgent(
        /// Name of the agent.
        #[length(1..=128)]
        #[valid(written)]
        name: String,
    ) {
        /// Comments on the agent.
        #[length(..=256)]
        comments: String,
        /// Whether the agent is active.
        active: bool,
        /// Active Directory domains that the agent works for.
        #[wire(flat)]
        ad_domains: AdDomains,
        /// Organization or department that enrolments go to by default.
        #[id(1..)]
        #[wire("defaultEnrollmentOrgId")]
        default_organization: OrganizationId,
    }
}

cert_core::request! {
    /// Changes of an MS agent. What is not set is not sent; the vendor does not say, yet its
    /// tables suggest, that it is kept.
    ///
    /// ```
    /// use sectigo_scm::agents::{AdDomains, MsAgentUpdate};
    ///
    /// let update = MsAgentUpdate::new().ad_domains(AdDomains::all_but(["lab.example.com"]));
    /// ```
    pub struct MsAgentUpdate() {
        /// Name of the agent.
        #[length(1..=128)]
        #[valid(written)]
        name: String,
        /// Comments on the agent.
        #[length(..=256)]
        comments: String,
        /// Whether the agent is active.
        active: bool,
        /// Active Directory domains that the agent works for.
        #[wire(flat)]
        ad_domains: AdDomains,
        /// Organization or department that enrolments go to by default.
        #[id(1..)]
        #[wire("defaultEnrollmentOrgId")]
        default_organization: OrganizationId,
    }
}

cert_core::response! {
    /// An MS agent.
    pub struct MsAgent {
        /// Number of the agent.
        pub id: MsAgentId,
        /// Name of the agent.
        pub name: Option<String>,
        /// Whether the agent is active.
        pub active: Option<bool>,
        /// Version of the agent.
        pub version: Option<String>,
        /// State of the connection.
        pub status: Option<ConnectionStatus>,
        /// Comments on the agent.
        pub comments: Option<String>,
        /// Token that the agent is installed with.
        pub installation_token: Option<Secret>,
        /// Key with which the agent signs in.
        pub secret_key: Option<Secret>,
        /// Whether the agent updates itself.
        pub auto_update: Option<bool>,
        /// IP addresses of the computer that the agent is installed on, as one text.
        #[wire("localIp")]
        pub ip_addresses: Option<String>,
        /// Time of the last activity of the agent.
        pub last_activity: Option<Time>,
        /// Whether the agent stands before a Microsoft CA.
        #[wire("caProxyEnabled")]
        pub is_ca_proxy: Option<bool>,
        /// Active Directory domains, separated by commas; [`ad_domains`](MsAgent::ad_domains) reads
        /// them.
        #[wire("adDomainsList")]
        pub ad_domain_list: Option<String>,
        /// Whether the listed domains are excluded, and all others included.
        #[wire("adDomainsListRestricted")]
        pub is_ad_domain_list_excluding: Option<bool>,
        /// Organization or department that enrolments go to by default.
        #[wire("defaultEnrollmentOrgId")]
        pub default_organization: Option<OrganizationId>,
    }
}

impl MsAgent {
    /// Active Directory domains that the agent works for. `None` where the vendor left out the list,
    /// or whether it excludes.
    #[must_use]
    pub fn ad_domains(&self) -> Option<AdDomains> {
        let is_excluding = self.is_ad_domain_list_excluding?;
        let list = self.ad_domain_list.as_deref()?;
        Some(AdDomains::listed(list, is_excluding))
    }
}
