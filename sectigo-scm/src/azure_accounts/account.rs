//! Azure accounts, as they are created, changed, listed and told.

use cert_core::client::Row;
use cert_core::{Secret, open_enum};

use crate::{AzureAccountId, DelegationMode, OrganizationDelegation, OrganizationId};

open_enum! {
    /// Cloud of Azure that an account is in.
    pub enum AzureEnvironment {
        /// The public cloud.
        Azure = "AZURE",
        /// The cloud for authorities of the United States.
        UsGovernment = "AZURE_US_GOVERNMENT",
        /// The cloud in Germany.
        Germany = "AZURE_GERMANY",
        /// The cloud in China.
        China = "AZURE_CHINA",
    }
}

cert_core::request! {
    /// Azure account to be created.
    ///
    /// ```
    /// use sectigo_scm::azure_accounts::{AzureEnvironment, NewAzureAccount};
    /// use sectigo_scm::cert_core::Secret;
    ///
    /// let account = NewAzureAccount::new(
    ///     "vaults",
    ///     "6f0c2d3e-58a1-4b56-9f6c-0f6f3b3f7a11",
    ///     "0f8fad5b-d9cb-469f-a165-70867728950e",
    ///     AzureEnvironment::Azure,
    ///     Secret::from("the client secret"),
    /// );
    /// ```
    pub struct NewAzureAccount(
        /// Name of the account.
        #[length(1..=128)]
        name: String,
        /// Identifier of the application (client) at Azure, a UUID.
        #[length(1..=36)]
        #[wire("applicationId")]
        application: String,
        /// Identifier of the directory (tenant) at Azure, a UUID.
        #[length(1..=36)]
        #[wire("directoryId")]
        directory: String,
        /// Cloud that the account is in.
        environment: AzureEnvironment,
        /// Client secret of the application.
        #[secret(1..=40)]
        application_secret: Secret,
    ) {}
}

cert_core::request! {
    /// Changes of an Azure account. What is not set is not sent; the vendor does not say, yet its
    /// tables suggest, that it is kept.
    ///
    /// ```
    /// use sectigo_scm::azure_accounts::AzureAccountUpdate;
    /// use sectigo_scm::cert_core::Secret;
    ///
    /// let update = AzureAccountUpdate::new().application_secret(Secret::from("the new secret"));
    /// ```
    pub struct AzureAccountUpdate() {
        /// Name of the account.
        #[length(..=128)]
        name: String,
        /// Identifier of the application (client) at Azure, a UUID.
        #[length(..=36)]
        #[wire("applicationId")]
        application: String,
        /// Identifier of the directory (tenant) at Azure, a UUID.
        #[length(..=36)]
        #[wire("directoryId")]
        directory: String,
        /// Cloud that the account is in.
        environment: AzureEnvironment,
        /// Client secret of the application.
        #[secret(1..=40)]
        application_secret: Secret,
    }
}

cert_core::response! {
    /// A row of the list of Azure accounts; [`get`](super::AzureAccounts::get) tells the rest.
    pub struct AzureAccountSummary {
        /// Number of the account.
        pub id: AzureAccountId,
        /// Name of the account.
        pub name: Option<String>,
        /// Identifier of the application (client) at Azure.
        #[wire("applicationId")]
        pub application: Option<String>,
        /// Identifier of the directory (tenant) at Azure.
        #[wire("directoryId")]
        pub directory: Option<String>,
        /// Whether every organization can use the account.
        pub delegation_mode: Option<DelegationMode>,
    }
}

impl Row for AzureAccountSummary {
    type Id = AzureAccountId;

    fn id(&self) -> &AzureAccountId {
        &self.id
    }
}

cert_core::response! {
    /// An Azure account. The vendor does not repeat its number.
    pub struct AzureAccount {
        /// Name of the account.
        pub name: Option<String>,
        /// Identifier of the application (client) at Azure.
        #[wire("applicationId")]
        pub application: Option<String>,
        /// Identifier of the directory (tenant) at Azure.
        #[wire("directoryId")]
        pub directory: Option<String>,
        /// Cloud that the account is in.
        pub environment: Option<AzureEnvironment>,
        /// Whether every organization can use the account;
        /// [`delegation`](AzureAccount::delegation) tells which can, if not.
        pub delegation_mode: Option<DelegationMode>,
        /// Organizations that the account is delegated to; without meaning for an account that
        /// every organization can use.
        #[wire("orgDelegations")]
        pub organizations: Vec<OrganizationId>,
    }
}

impl AzureAccount {
    /// Delegation of the account. `None` where the vendor left out the mode, or told an unknown
    /// one.
    #[must_use]
    pub fn delegation(&self) -> Option<OrganizationDelegation> {
        match self.delegation_mode.as_ref()? {
            DelegationMode::GlobalForCustomer => Some(OrganizationDelegation::GlobalForCustomer),
            DelegationMode::Customized => Some(OrganizationDelegation::Customized(
                self.organizations.clone(),
            )),
            DelegationMode::Unknown(_) => None,
        }
    }
}

cert_core::response! {
    /// Organizations that an account is delegated to.
    pub struct AzureDelegatedOrganizations {
        /// Organizations that the account is delegated to.
        #[wire("orgDelegations")]
        pub organizations: Vec<OrganizationId>,
    }
}

cert_core::response! {
    /// One check of an account's configuration.
    pub struct AzureAccountCheck {
        /// Name of what is checked, such as `Azure Key Vault`.
        #[wire("checkName")]
        pub name: Option<String>,
        /// Outcome in the vendor's words, such as `success`.
        pub message: Option<String>,
    }
}
