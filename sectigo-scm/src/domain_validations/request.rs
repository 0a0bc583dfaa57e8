//! Requests of the calls.

use crate::DnsConnectorId;

cert_core::request! {
    /// The domain that a call is about.
    pub(super) struct OneDomain(
        #[length(3..=255)]
        domain: String,
    ) {}
}

cert_core::request! {
    /// The domain whose CNAME record a DNS connector publishes.
    pub(super) struct ByConnector(
        #[length(3..=255)]
        domain: String,
        #[wire("dnsAgentUUID")]
        connector: DnsConnectorId,
        #[wire("dnsProviderName")]
        provider: String,
    ) {}
}

cert_core::request! {
    /// The domains whose addresses are asked for.
    pub(super) struct SeveralDomains(
        #[count(1..)]
        domains: Vec<String>,
    ) {}
}

cert_core::request! {
    /// Where the mail for a domain goes.
    pub(super) struct MailTo(
        #[length(1..=255)]
        domain: String,
        #[length(1..)]
        email: String,
    ) {}
}

cert_core::request! {
    /// Where the one mail for several domains goes.
    pub(super) struct BulkMailTo(
        #[count(1..)]
        domains: Vec<String>,
        #[length(1..)]
        email: String,
    ) {}
}
