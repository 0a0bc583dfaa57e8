//! ACME servers.

use cert_core::client::{Call, Op, Pages, Row};
use cert_core::open_enum;

use super::operations as ops;
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{AcmeCaId, AcmeProductId, Client};

open_enum! {
    /// Proof that a CA asks for before it issues a certificate.
    pub enum CertValidationType {
        /// Control of the domain alone.
        Domain = "DV",
        /// The organization too.
        Organization = "OV",
        /// The organization too, by the rules of extended validation.
        Extended = "EV",
    }
}

cert_core::request! {
    /// Filter of ACME servers to list; empty, all of them.
    pub struct AcmeServerFilter() {
        /// Name of the server.
        name: String,
        /// Address of the server.
        url: String,
        /// Proof that the CA asks for.
        #[wire("certValidationType")]
        validation_type: CertValidationType,
        /// CA behind the server.
        #[wire("caId")]
        ca: AcmeCaId,
    }
}

cert_core::response! {
    /// An ACME server of a public CA.
    pub struct AcmeServer {
        /// Name of the server, by which accounts name it.
        pub name: Option<String>,
        /// Address of the directory that ACME clients are configured with (RFC 8555 section
        /// 7.1.1).
        pub url: Option<String>,
        /// Proof that the CA asks for.
        #[wire("certValidationType")]
        pub validation_type: Option<CertValidationType>,
        /// CA behind the server.
        #[wire("caId")]
        pub ca: Option<AcmeCaId>,
        /// Product for certificates of one domain.
        #[wire("singleProductId")]
        pub single_domain_product: Option<AcmeProductId>,
        /// Product for certificates of several domains.
        #[wire("multiProductId")]
        pub multi_domain_product: Option<AcmeProductId>,
        /// Product for wildcard certificates.
        #[wire("wcProductId")]
        pub wildcard_product: Option<AcmeProductId>,
    }
}

/// Told apart by their names: the vendor gives them no numbers.
impl Row for AcmeServer {
    type Id = Option<String>;

    fn id(&self) -> &Option<String> {
        &self.name
    }
}

impl Client {
    /// ACME servers of public CAs.
    #[must_use]
    pub fn acme_servers(&self) -> AcmeServers<'_> {
        AcmeServers { client: self }
    }
}

/// The ACME servers of public CAs. Made by [`Client::acme_servers`].
#[derive(Debug, Clone, Copy)]
pub struct AcmeServers<'c> {
    client: &'c Client,
}

impl<'c> AcmeServers<'c> {
    /// Lists the servers that match, in pages of at most 200.
    /// `GET /api/acme/v1/server`.
    ///
    /// The vendor tells no total: the list is over when a page comes back empty.
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::acme::{AcmeServerFilter, CertValidationType};
    /// let extended = AcmeServerFilter::new().validation_type(CertValidationType::Extended);
    /// for server in scm.acme_servers().list(&extended).collect().await? {
    ///     println!("{:?} {:?}", server.name, server.url);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &AcmeServerFilter) -> Pages<'c, List<AcmeServer>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST_SERVERS)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
