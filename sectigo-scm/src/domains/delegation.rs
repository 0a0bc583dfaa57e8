//! Delegations of domains to organizations and departments.

use cert_core::open_enum;

use crate::{DomainId, OrganizationId};

open_enum! {
    /// Kind of certificate that may be requested for a domain.
    pub enum DomainCertType {
        /// SSL certificates.
        Ssl = "SSL",
        /// Client certificates.
        Smime = "SMIME",
        /// Code signing certificates.
        CodeSigning = "CodeSign",
        /// Mark certificates, for brand indicators.
        BrandIndicator = "BrandIndicator",
    }
}

open_enum! {
    /// Names for which a delegation lets certificates be requested.
    pub enum RequestPrivilege {
        /// The domain itself.
        Domain = "DOMAIN",
        /// Names below the domain.
        Subdomain = "SUBDOMAIN",
        /// Wildcards of the first level, such as `*.example.com`.
        WildcardFirstLevel = "WILDCARD_1ST_LEVEL",
        /// Wildcards of the second level, such as `*.shop.example.com`.
        WildcardSecondLevel = "WILDCARD_2ND_LEVEL",
    }
}

open_enum! {
    /// Whether a delegation is approved. Answers and filters spell it differently.
    pub enum DelegationStatus {
        /// In force.
        Approved = "approved" | "ACTIVE",
        /// To be approved or rejected.
        Requested = "requested",
    }
}

cert_core::request! {
    /// Right of an organization or department to request certificates for a domain.
    ///
    /// ```
    /// use sectigo_scm::domains::{Delegation, DomainCertType, RequestPrivilege};
    ///
    /// let delegation = Delegation::new(11523, [DomainCertType::Ssl])
    ///     .privileges([RequestPrivilege::Domain, RequestPrivilege::Subdomain]);
    /// ```
    pub struct Delegation(
        /// Organization or department that gets the right.
        #[id(1..)]
        #[wire("orgId")]
        organization: OrganizationId,
        /// Kinds of certificate that may be requested.
        #[wire("certTypes")]
        cert_types: Vec<DomainCertType>,
    ) {
        /// Names for which certificates may be requested.
        #[count(1..)]
        #[wire("domainCertificateRequestPrivileges")]
        privileges: Vec<RequestPrivilege>,
    }
}

cert_core::request! {
    /// The same right for several domains.
    pub(super) struct BulkDelegation(
        #[count(1..=1000)]
        #[wire("domainIds")]
        domains: Vec<DomainId>,
        #[id(1..)]
        #[wire("orgId")]
        organization: OrganizationId,
        #[wire("certTypes")]
        cert_types: Vec<DomainCertType>,
    ) {
        /// As there.
        #[count(1..)]
        #[wire("domainCertificateRequestPrivileges")]
        privileges: Vec<RequestPrivilege>,
    }
}

impl BulkDelegation {
    pub(super) fn of(domains: &[DomainId], delegation: &Delegation) -> Self {
        let delegation = delegation.clone();
        Self {
            privileges: delegation.privileges,
            ..Self::new(domains, delegation.organization, delegation.cert_types)
        }
    }
}

cert_core::request! {
    /// The delegation that is approved or rejected.
    pub(super) struct Decision(
        #[id(1..)]
        #[wire("orgId")]
        organization: OrganizationId,
    ) {}
}

cert_core::response! {
    /// Right of an organization or department to request certificates for a domain, as it stands.
    pub struct DelegationDetails {
        /// Organization or department that has the right.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
        /// Kinds of certificate that may be requested.
        pub cert_types: Vec<DomainCertType>,
        /// Names for which certificates may be requested.
        #[wire("domainCertificateRequestPrivileges")]
        pub privileges: Vec<RequestPrivilege>,
        /// Whether the delegation is approved.
        pub status: Option<DelegationStatus>,
    }
}
