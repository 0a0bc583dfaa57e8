//! Nodes of servers, as they are listed and told.

use cert_core::client::Row;
use cert_core::open_enum;

use crate::{ServerNodeId, SslId};

open_enum! {
    /// Protocol that a node speaks.
    pub enum NodeProtocol {
        /// HTTP.
        Http = "HTTP",
        /// HTTP over TLS.
        Https = "HTTPS",
        /// Not found out.
        NotKnown = "UNKNOWN",
    }
}

cert_core::request! {
    /// Filter of nodes to list; empty, all of the server.
    ///
    /// ```
    /// use sectigo_scm::agents::{NodeFilter, NodeProtocol};
    ///
    /// let unprotected = NodeFilter::new().protocol(NodeProtocol::Http).port(80);
    /// ```
    pub struct NodeFilter() {
        /// Short name of the node, or part of it.
        alias: String,
        /// Full name of the node, or part of it.
        name: String,
        /// Protocol that the node speaks.
        protocol: NodeProtocol,
        /// IP address of the node.
        address: String,
        /// Port of the node.
        #[range(..)]
        port: i32,
        /// SSL certificate on the node.
        #[wire("sslId")]
        ssl: SslId,
    }
}

cert_core::response! {
    /// A row of the list of nodes; [`get`](super::ServerNodes::get) tells the rest.
    pub struct ServerNodeSummary {
        /// Number of the node.
        pub id: ServerNodeId,
        /// Name of the node; in the example, the one that details call `alias`.
        pub name: Option<String>,
    }
}

impl Row for ServerNodeSummary {
    type Id = ServerNodeId;

    fn id(&self) -> &ServerNodeId {
        &self.id
    }
}

cert_core::response! {
    /// A node of a server: a place where it listens, with the certificate that is there.
    pub struct ServerNode {
        /// Number of the node.
        pub id: ServerNodeId,
        /// Short name of the node.
        pub alias: Option<String>,
        /// Full name of the node.
        pub name: Option<String>,
        /// Protocol that the node speaks.
        pub protocol: Option<NodeProtocol>,
        /// IP address of the node.
        pub address: Option<String>,
        /// Port of the node.
        pub port: Option<i32>,
        /// Error of the agent's last command.
        pub error_message: Option<String>,
        /// SSL certificate on the node.
        #[wire("sslId")]
        pub ssl: Option<SslId>,
    }
}
