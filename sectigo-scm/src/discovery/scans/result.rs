use cert_core::{Fingerprint, Time};

use crate::ScanOperationId;
use crate::discovery::{FoundCertificateDetails, Value};

cert_core::response! {
    /// A certificate that a scan found at a place.
    pub struct ScanResult {
        /// Operation that found it.
        pub operation: Option<FindingOperation>,
        /// TLS handshake in which it was found.
        #[wire("status")]
        pub handshake: Option<Handshake>,
        /// Time at which it was found first, as far as the example tells.
        pub created: Option<Time>,
        /// Certificate.
        pub certificate: Option<FoundCertificate>,
        /// Place at which it was found.
        pub location: Option<ScanLocation>,
    }
}

cert_core::response! {
    /// The operation that found a certificate.
    pub struct FindingOperation {
        /// Identifier of the operation.
        pub id: Option<ScanOperationId>,
        /// Time at which the scan began.
        pub created: Option<Time>,
    }
}

cert_core::response! {
    /// The TLS handshake in which a certificate was found.
    pub struct Handshake {
        /// Version of TLS, as a number whose meaning the vendor does not say.
        pub tls_version: Option<u32>,
        /// Cipher suite.
        pub cipher_suite: Option<String>,
        /// Time that the handshake took, in milliseconds.
        pub handshake_ms: Option<u64>,
        /// Time that the look-up of the name took, in milliseconds.
        pub name_lookup_ms: Option<u64>,
        /// Null in the example; of a type that the vendor does not say.
        pub status: Option<Value>,
        /// Null in the example; of a type that the vendor does not say.
        pub additional_emails: Option<Value>,
    }
}

cert_core::response! {
    /// A certificate that was found.
    pub struct FoundCertificate {
        /// Hash of the certificate, SHA-1 in the example.
        pub hash: Option<Fingerprint>,
        /// Facts of the certificate.
        pub details: Option<FoundCertificateDetails>,
        /// State of the certificate in Certificate Manager.
        pub metadata: Option<FoundCertificateMetadata>,
    }
}

cert_core::response! {
    /// State in Certificate Manager of a certificate that was found.
    pub struct FoundCertificateMetadata {
        /// Kind and number of the certificate where it is managed, such as `ssl:130`.
        pub managed_id: Option<String>,
        /// Whether the certificate is hidden.
        pub hidden: Option<bool>,
        /// Time at which it was found.
        #[wire("discoveryTime")]
        pub discovered: Option<Time>,
    }
}

cert_core::response! {
    /// The place at which a certificate was found.
    pub struct ScanLocation {
        /// Kind of the place, such as `NETWORK_HOST`.
        #[wire("type")]
        pub kind: Option<String>,
        /// Facts of the place.
        pub details: Option<ScanLocationDetails>,
    }
}

cert_core::response! {
    /// Facts of the place at which a certificate was found: which of them there are depends on
    /// its kind.
    ///
    /// All but the first three are null in the vendor's example, and in no table: they are kept
    /// as they come.
    pub struct ScanLocationDetails {
        /// IP address.
        pub ip: Option<String>,
        /// Port.
        pub port: Option<u32>,
        /// Address as the task names it.
        pub address: Option<String>,
        /// Name.
        pub name: Option<Value>,
        /// Distinguished name in an Active Directory.
        pub dn: Option<Value>,
        /// `userPrincipalName` in an Active Directory.
        pub upn: Option<Value>,
        /// Kind of object in an Active Directory.
        pub object_type: Option<Value>,
        /// Number of a request at a Microsoft CA.
        pub request_id: Option<Value>,
        /// Group of agents that stand in for each other.
        pub ha_group_id: Option<Value>,
        /// Certificate template of a Microsoft CA.
        pub template: Option<Value>,
        /// Date of creation.
        pub date_created: Option<Value>,
        /// Kind.
        #[wire("type")]
        pub kind: Option<Value>,
        /// E-mail address of who requested the certificate.
        pub requester_email: Option<Value>,
        /// CA behind the place.
        pub backend: Option<Value>,
        /// Host.
        pub host: Option<Value>,
        /// Name of who requested the certificate.
        pub requester_name: Option<Value>,
        /// Site of a web server.
        pub site: Option<Value>,
        /// Name of the host.
        pub host_name: Option<Value>,
        /// Identifier.
        pub id: Option<Value>,
        /// Whether the key can be exported.
        pub exportable: Option<Value>,
        /// Whether the key can be used again.
        pub reusable: Option<Value>,
        /// URI.
        pub uri: Option<Value>,
        /// Amazon resource name.
        pub arn: Option<Value>,
        /// Whether the key was exported.
        pub exported: Option<Value>,
        /// Whether the certificate is in use.
        pub in_use: Option<Value>,
        /// Users of the certificate.
        pub in_use_by: Option<Value>,
        /// Scope.
        pub scope: Option<Value>,
        /// Labels.
        pub labels: Option<Value>,
    }
}
