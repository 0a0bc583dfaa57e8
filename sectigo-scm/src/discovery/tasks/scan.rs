//! The scans of each kind of task.

use super::ScanRange;
use crate::AzureAccountId;

cert_core::request! {
    /// Scan of a network, public or private.
    ///
    /// ```
    /// use std::net::Ipv4Addr;
    /// use sectigo_scm::discovery::{NetworkScan, ScanRange};
    ///
    /// let network = ScanRange::network(Ipv4Addr::new(198, 51, 100, 0), 24).ports(443);
    /// let scan = NetworkScan::new("Cloud", [network, ScanRange::host("www.example.com")]);
    /// ```
    pub struct NetworkScan(
        /// Name of the agent that scans. An answer names that of the vendor `Cloud`, which scans
        /// public networks.
        #[length(1..)]
        agent: String,
        /// Addresses and ports to scan.
        #[count(1..)]
        ranges: Vec<ScanRange>,
    ) {}
}

cert_core::request! {
    /// Scan of a network as version 2 takes it, where nothing is required.
    pub struct NetworkScanV2() {
        /// Name of the agent that scans.
        agent: String,
        /// Addresses and ports to scan.
        ranges: Vec<ScanRange>,
    }
}

cert_core::request! {
    /// Scan of an Active Directory.
    ///
    /// ```
    /// use sectigo_scm::discovery::ActiveDirectoryScan;
    ///
    /// let scan = ActiveDirectoryScan::new("head-office", 5).domains("corp.example.com");
    /// ```
    pub struct ActiveDirectoryScan(
        /// Name or identifier of the Microsoft agent that scans.
        #[length(1..)]
        agent: String,
        /// Depth of the tree to which the scan goes.
        #[range(..=99)]
        depth: u32,
    ) {
        /// Domains to scan.
        #[length(..=255)]
        #[wire("domainDefinition")]
        domains: String,
    }
}

cert_core::request! {
    /// Scan of an Active Directory as version 2 takes it, where an agent is not required.
    pub struct ActiveDirectoryScanV2(
        /// Depth of the tree to which the scan goes.
        #[range(..=99)]
        depth: u32,
    ) {
        /// Name or identifier of the Microsoft agent that scans.
        agent: String,
        /// Domains to scan.
        #[wire("domainDefinition")]
        domains: String,
    }
}

cert_core::request! {
    /// Scan of a key vault in Azure.
    ///
    /// ```
    /// use sectigo_scm::discovery::AzureScan;
    ///
    /// let scan = AzureScan::new(207, "shops", "shop-certificates");
    /// ```
    pub struct AzureScan(
        /// Azure account that the vault belongs to.
        #[id(1..)]
        #[wire("azureAccountId")]
        account: AzureAccountId,
        /// Name of the Azure resource group.
        #[length(1..)]
        resource_group: String,
        /// Name of the key vault.
        #[length(1..)]
        key_vault: String,
    ) {}
}

cert_core::request! {
    /// Changes of the scan of a key vault in Azure.
    ///
    /// Whether the group and the vault stay as they are where they are left out is not said.
    ///
    /// ```
    /// use sectigo_scm::discovery::AzureScanUpdate;
    ///
    /// let scan = AzureScanUpdate::new(207).resource_group("shops").key_vault("new-vault");
    /// ```
    pub struct AzureScanUpdate(
        /// Azure account that the vault belongs to.
        #[wire("azureAccountId")]
        account: AzureAccountId,
    ) {
        /// Name of the Azure resource group.
        resource_group: String,
        /// Name of the key vault.
        key_vault: String,
    }
}
