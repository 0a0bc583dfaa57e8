//! DNS connectors, which publish the records of domain validations at DNS providers.
//!
//! ```no_run
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! use sectigo_scm::ConnectionStatus;
//! use sectigo_scm::dns_connectors::DnsConnectorFilter;
//!
//! let filter = DnsConnectorFilter::new().status(ConnectionStatus::Connected);
//! for connector in scm.dns_connectors().list(&filter).collect().await? {
//!     let providers = scm.dns_connectors().list_providers(connector.id).await?;
//!     println!("{:?}: {}", connector.name, providers.join(", "));
//! }
//! # Ok(())
//! # }
//! ```

mod connector;
mod operations;

use cert_core::client::{Call, Json, Op, Pages};

pub use self::connector::{
    DnsConnector, DnsConnectorFilter, DnsConnectorOrganization, DnsConnectorSummary,
};
use self::operations as ops;
pub use self::operations::OPERATIONS;
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{Client, DnsConnectorId};

impl Client {
    /// DNS connectors, which publish the records of domain validations at DNS providers.
    #[doc(alias = "connector")]
    #[must_use]
    pub fn dns_connectors(&self) -> DnsConnectors<'_> {
        DnsConnectors { client: self }
    }
}

/// The DNS connectors of an account. Made by [`Client::dns_connectors`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password. The vendor documents no code for unknown connectors.
#[derive(Debug, Clone, Copy)]
pub struct DnsConnectors<'c> {
    client: &'c Client,
}

impl<'c> DnsConnectors<'c> {
    /// The DNS connectors that match, in pages of at most 200.
    /// `GET /api/connector/v1/dns`.
    ///
    /// ```no_run
    /// use sectigo_scm::OrganizationId;
    /// use sectigo_scm::dns_connectors::DnsConnectorFilter;
    ///
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// let filter = DnsConnectorFilter::new().organizations([OrganizationId::from(9001)]);
    /// let mut connectors = scm.dns_connectors().list(&filter);
    /// while let Some(connector) = connectors.next().await {
    ///     println!("{:?}", connector?.hostname);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn list(self, filter: &DnsConnectorFilter) -> Pages<'c, List<DnsConnectorSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Everything about one DNS connector.
    /// `GET /api/connector/v1/dns/{id}`.
    #[inline]
    pub fn get(self, id: impl Into<DnsConnectorId>) -> Call<'c, Json<DnsConnector>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Names of the DNS providers at which a connector can publish records.
    /// `GET /api/connector/v1/dns/{id}/provider`.
    ///
    /// A domain validation that is submitted by the connector names one of them.
    ///
    /// # Errors
    ///
    /// As [`get`](DnsConnectors::get).
    #[inline]
    pub fn list_providers(self, id: impl Into<DnsConnectorId>) -> Call<'c, Json<Vec<String>>> {
        self.call(&ops::LIST_PROVIDERS).path(id.into())
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
