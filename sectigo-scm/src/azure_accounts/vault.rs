//! Resource groups and key vaults at Azure.

cert_core::response! {
    /// A resource group at Azure.
    pub struct AzureResourceGroup {
        /// Key of the resource group.
        pub key: Option<String>,
        /// Name of the resource group.
        pub name: Option<String>,
        /// Name of the pricing tier; blank in the example.
        #[wire("skuName")]
        pub tier: Option<String>,
        /// Identifier of the Azure subscription, a UUID.
        #[wire("subscriptionId")]
        pub subscription: Option<String>,
    }
}

cert_core::response! {
    /// A key vault at Azure.
    pub struct AzureVault {
        /// Path of the vault at Azure, such as `subscriptions/../resource-groups/../vaults/name`.
        pub key: Option<String>,
        /// Name of the vault.
        pub name: Option<String>,
        /// Name of the pricing tier, such as `PREMIUM`.
        #[wire("skuName")]
        pub tier: Option<String>,
    }
}
