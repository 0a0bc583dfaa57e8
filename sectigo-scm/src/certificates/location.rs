use std::collections::BTreeMap;

use cert_core::lenient::null_as_empty;
use cert_core::open_enum;
use serde::{Deserialize, Serialize};

use crate::LocationId;

open_enum! {
    /// How Certificate Manager came to know where a certificate is.
    pub enum LocationType {
        /// An ACME client.
        Acme = "ACME",
        /// Entered by somebody.
        Custom = "CUSTOM",
        /// A port of a server that an agent installs on.
        NodePort = "NODE_PORT",
        /// Found by a network scan.
        NetworkHost = "NETWORK_HOST",
        /// Found in Active Directory.
        ActiveDirectoryEntry = "ACTIVE_DIRECTORY_ENTRY",
        /// An Azure Key Vault.
        AzureKeyVault = "AZURE_KEY_VAULT",
        /// A certificate in an Azure Key Vault.
        AzureKeyVaultCertificate = "AZURE_KEY_VAULT_CERT",
        /// A Private Key Agent.
        PrivateKeyAgent = "PK_AGENT",
        /// A network agent.
        NetworkAgent = "NETWORK_AGENT",
        /// The vendor's own key vault.
        SectigoKeyVault = "SECTIGO_KEY_VAULT",
        /// The vendor's former key archive.
        LegacyKeyArchive = "LEGACY_KEY_ARCHIVE",
        /// AWS Certificate Manager.
        AwsCertificateManager = "AWS_CM",
        /// Google Cloud Certificate Manager.
        GoogleCertificateManager = "GCP_CM",
    }
}

/// Where a certificate is installed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Location {
    /// Its number within the certificate.
    pub id: LocationId,
    /// How it became known.
    pub location_type: Option<LocationType>,
    /// Its name, often empty.
    pub name: Option<String>,
    /// What is known of it, under names of the customer's choice such as `IP` or `Server`.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub details: BTreeMap<String, String>,
}

/// What to say of a custom location.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[must_use]
pub struct LocationDetails {
    details: BTreeMap<String, String>,
}

impl LocationDetails {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says something of it, such as `Server` and `Apache`.
    pub fn detail(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.details.insert(name.into(), value.into());
        self
    }
}
