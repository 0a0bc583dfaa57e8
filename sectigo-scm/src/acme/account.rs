//! Accounts of public CAs, as they are created, listed and told.

use cert_core::Secret;
use cert_core::client::Row;

use super::{
    AcmeDomain, BindingError, CertValidationType, ExternalAccountBinding, OrganizationScope,
};
use crate::{AcmeAccountId, BackendCertId, OrganizationId};

cert_core::request! {
    /// Filter of accounts to list; empty, all that the administrator may see.
    pub struct AcmeAccountFilter() {
        /// Organization or department of the account.
        #[wire("organizationId")]
        organization: OrganizationScope,
        /// Name of the account.
        name: String,
        /// Name of the ACME server.
        #[wire("acmeServer")]
        server: String,
        /// Proof that the CA asks for.
        #[wire("certValidationType")]
        validation_type: CertValidationType,
    }
}

cert_core::request! {
    /// Account of a public CA to be created.
    ///
    /// The vendor's tables ask for the organization alone; an account without a name or a server
    /// is none.
    ///
    /// ```
    /// use sectigo_scm::acme::NewAcmeAccount;
    ///
    /// let account = NewAcmeAccount::new(9001, "web servers", "OV ACME Server");
    /// ```
    pub struct NewAcmeAccount(
        /// Organization or department of the account.
        #[wire("organizationId")]
        organization: OrganizationId,
        /// Name of the account.
        name: String,
        /// Name of the ACME server.
        #[wire("acmeServer")]
        server: String,
    ) {}
}

cert_core::request! {
    /// Another name for an account.
    pub(super) struct Renaming(
        name: String,
    ) {}
}

cert_core::response! {
    /// An account of a public CA.
    pub struct AcmeAccount {
        /// Number of the account.
        pub id: AcmeAccountId,
        /// Name of the account.
        pub name: Option<String>,
        /// Key identifier of the external account binding.
        #[wire("macId")]
        pub key_id: Option<Secret>,
        /// Key of the external account binding.
        pub mac_key: Option<Secret>,
        /// Identifier of the account at the CA. A secret as well: samples have the key identifier
        /// here.
        #[wire("accountId")]
        pub ca_account: Option<Secret>,
        /// Name of the ACME server; [`AcmeServer`](super::AcmeServer) tells its address.
        #[wire("acmeServer")]
        pub server: Option<String>,
        /// Organization or department of the account.
        #[wire("organizationId")]
        pub organization: Option<OrganizationId>,
        /// Proof that the CA asks for.
        #[wire("certValidationType")]
        pub validation_type: Option<CertValidationType>,
        /// Anchor certificate of an OV account, tracking identifier of an EV account.
        #[wire("validationId" | "ovAnchorID" | "ovOrderNumber")]
        pub anchor: Option<BackendCertId>,
        /// Domains of the account, with their names alone. `None` unless a deprecated call told
        /// the account: [`list_domains`](super::AcmeAccounts::list_domains) tells more.
        pub domains: Option<Vec<AcmeDomain>>,
    }
}

impl AcmeAccount {
    /// Settings with which an ACME client registers under this account at the directory of its
    /// server ([`AcmeServer::url`](super::AcmeServer::url)).
    ///
    /// # Errors
    ///
    /// Where the vendor told no key identifier or no key, and for an address that is no URL.
    pub fn external_account_binding(
        &self,
        directory_url: &str,
    ) -> Result<ExternalAccountBinding, BindingError> {
        ExternalAccountBinding::of(directory_url, self.key_id.as_ref(), self.mac_key.as_ref())
    }
}

impl Row for AcmeAccount {
    type Id = AcmeAccountId;

    fn id(&self) -> &AcmeAccountId {
        &self.id
    }
}
