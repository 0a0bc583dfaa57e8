//! The numbers and texts by which the vendor names things.

use cert_core::{id, text_id};

id! {
    /// Number of an SSL certificate, also of its request; a replacement keeps it, a renewal gets
    /// a new one.
    pub struct SslId;
}

id! {
    /// Number of a client certificate, also of its request; a renewal gets a new one.
    pub struct SmimeId;
}

id! {
    /// Number of a device certificate, also of its request; a renewal gets a new one.
    pub struct DeviceId;
}

id! {
    /// Number of a code signing certificate.
    pub struct CodeSigningId;
}

id! {
    /// Number of a request to sign files.
    pub struct SigningRequestId;
}

id! {
    /// Number of a brand indicator certificate, also of its request.
    pub struct BrandIndicatorId;
}

id! {
    /// Number of a person.
    pub struct PersonId;
}

id! {
    /// Number of an organization or department.
    pub struct OrganizationId;
}

id! {
    /// Number of a validation of an organization.
    pub struct OrganizationValidationId;
}

id! {
    /// Number of an endpoint, such as a web form where persons enrol certificates.
    pub struct EndpointId;
}

id! {
    /// Number of an account of an endpoint.
    pub struct EndpointAccountId;
}

id! {
    /// Number of a CA behind Certificate Manager.
    pub struct CaBackendId;
}

id! {
    /// Number of a domain.
    pub struct DomainId;
}

id! {
    /// Number of a certificate profile. Profile names are not unique, these numbers are.
    pub struct ProfileId;
}

id! {
    /// Number of a custom field.
    pub struct CustomFieldId;
}

id! {
    /// Number of a notification.
    pub struct NotificationId;
}

id! {
    /// Number of a place where a certificate is installed, within that certificate.
    pub struct LocationId;
}

id! {
    /// Number of an administrator.
    pub struct AdminId;
}

id! {
    /// Number of a template, which administrators are made from when they sign in by an identity
    /// provider.
    pub struct AdminTemplateId;
}

id! {
    /// Number of an identity provider of the customer.
    pub struct IdentityProviderId;
}

id! {
    /// Number of an Azure account known to Certificate Manager.
    pub struct AzureAccountId;
}

id! {
    /// Number of an ACME account of a public CA.
    pub struct AcmeAccountId;
}

id! {
    /// Number of a universal ACME account, which is one of a private CA.
    pub struct UniversalAcmeAccountId;
}

id! {
    /// Number of a CA behind an ACME server.
    pub struct AcmeCaId;
}

id! {
    /// Number of a product that an ACME server issues.
    pub struct AcmeProductId;
}

text_id! {
    /// Identifier of an ACME client that has registered with an account. The vendor calls it
    /// `accountId`: what the client has at the CA is an account too (RFC 8555 section 7.1.2).
    pub struct AcmeClientId;
}

id! {
    /// Number of a network agent.
    pub struct NetworkAgentId;
}

id! {
    /// Number of a server that a network agent installs certificates on.
    pub struct AgentServerId;
}

id! {
    /// Number of a node of such a server, which is a place where it listens.
    pub struct ServerNodeId;
}

id! {
    /// Number of an MS agent.
    pub struct MsAgentId;
}

id! {
    /// Number of a task that scans for certificates.
    pub struct ScanTaskId;
}

id! {
    /// Number of a rule that assigns certificates that were found to an organization.
    pub struct AssignmentRuleId;
}

text_id! {
    /// Key with which a certificate is renewed without further sign-in data, 20 characters.
    pub struct RenewId;
}

text_id! {
    /// Name of a certificate or order at the CA behind Certificate Manager.
    pub struct BackendCertId;
}

text_id! {
    /// Identifier of a certificate bucket, which holds certificates that were found; a UUID.
    pub struct BucketId;
}

text_id! {
    /// Identifier of one scan of a task, 32 hexadecimal digits.
    pub struct ScanOperationId;
}

text_id! {
    /// Identifier of a DNS connector, 32 hexadecimal digits.
    pub struct DnsConnectorId;
}
