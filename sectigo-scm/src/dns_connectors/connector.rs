use cert_core::client::Row;

use crate::comma_separated::CommaSeparated;
use crate::{ConnectionStatus, DelegationMode, DnsConnectorId, OrganizationId};

cert_core::request! {
    /// Filter of DNS connectors to list; without anything set, all that the administrator may see.
    pub struct DnsConnectorFilter() {
        /// Part of the name of the connector.
        name: String,
        /// Connection of the connector.
        status: ConnectionStatus,
        /// Organizations that may use the connector.
        #[wire("orgIds" as CommaSeparated)]
        organizations: Vec<OrganizationId>,
    }
}

cert_core::response! {
    /// A DNS connector of a list; [`get`](super::DnsConnectors::get) tells the organizations.
    pub struct DnsConnectorSummary {
        /// Identifier of the connector.
        pub id: DnsConnectorId,
        /// Name of the connector.
        pub name: Option<String>,
        /// Remarks on the connector.
        pub comments: Option<String>,
        /// Version of the connector.
        pub version: Option<String>,
        /// Revision of the connector.
        pub revision: Option<String>,
        /// Host that the connector runs on.
        pub hostname: Option<String>,
        /// Operating system of the host.
        pub os: Option<String>,
        /// Connection of the connector.
        pub status: Option<ConnectionStatus>,
        /// Whether every organization may use the connector.
        pub delegation_mode: Option<DelegationMode>,
    }
}

impl Row for DnsConnectorSummary {
    type Id = DnsConnectorId;

    fn id(&self) -> &DnsConnectorId {
        &self.id
    }
}

cert_core::response! {
    /// A DNS connector, which publishes records at DNS providers.
    pub struct DnsConnector {
        /// Identifier of the connector.
        pub id: DnsConnectorId,
        /// Name of the connector.
        pub name: Option<String>,
        /// Remarks on the connector.
        pub comments: Option<String>,
        /// Version of the connector.
        pub version: Option<String>,
        /// Revision of the connector.
        pub revision: Option<String>,
        /// Host that the connector runs on.
        pub hostname: Option<String>,
        /// Operating system of the host.
        pub os: Option<String>,
        /// Connection of the connector.
        pub status: Option<ConnectionStatus>,
        /// Whether every organization may use the connector.
        pub delegation_mode: Option<DelegationMode>,
        /// Organizations and departments that may use the connector, if not every one.
        #[wire("delegatedOrganizations")]
        pub organizations: Vec<DnsConnectorOrganization>,
    }
}

cert_core::response! {
    /// An organization or department that may use a DNS connector.
    pub struct DnsConnectorOrganization {
        /// Number of the organization or department.
        pub id: Option<OrganizationId>,
        /// Name of the organization or department.
        pub name: Option<String>,
    }
}
