//! Domains, as they are added, listed and told.

use cert_core::client::Row;
use cert_core::{Time, open_enum};

use super::{CtMonitoring, CtMonitoringSettings, Delegation, DelegationDetails, DelegationStatus};
use crate::{DcvMethod, DomainId, OrganizationId};

open_enum! {
    /// Whether a domain is in use. Answers and filters spell it differently.
    pub enum DomainState {
        /// Certificates can be requested for it.
        Active = "active",
        /// No certificates can be requested for it.
        Suspended = "inactive" | "SUSPENDED",
    }
}

open_enum! {
    /// Whether control of a domain is proven.
    pub enum ValidationStatus {
        /// Not yet.
        NotValidated = "Not validated" | "NOT_VALIDATED",
        /// Control is proven.
        Validated = "Validated",
        /// Control was proven, and has to be proven again.
        Expired = "Expired",
    }
}

cert_core::request! {
    /// Filter of domains to list or count; empty, all that the administrator may see.
    pub struct DomainFilter() {
        /// Part of the name, 2 to 256 characters.
        name: String,
        /// Whether the domain is in use.
        state: DomainState,
        /// Whether a delegation of the domain is still to be approved.
        #[wire("status")]
        delegation: DelegationStatus,
        /// Organization or department that the domain is delegated to.
        #[wire("orgId")]
        organization: OrganizationId,
    }
}

cert_core::request! {
    /// Domain to be added, with its first delegations.
    ///
    /// ```
    /// use sectigo_scm::domains::{Delegation, DomainCertType, NewDomain};
    ///
    /// let delegation = Delegation::new(11556, [DomainCertType::Ssl]);
    /// let domain = NewDomain::new("example.org", [delegation]).description("the new shop");
    /// ```
    pub struct NewDomain(
        /// Domain name.
        #[length(4..=255)]
        name: String,
        /// Organizations and departments that may request certificates for it.
        #[count(1..)]
        delegations: Vec<Delegation>,
    ) {
        /// Description, for people.
        #[length(..=255)]
        description: String,
        /// Whether the domain is active at once; false adds it suspended.
        active: bool,
        /// Search of certificate transparency logs for the domain.
        #[wire("ctLogMonitoring")]
        ct_monitoring: CtMonitoringSettings,
    }
}

cert_core::response! {
    /// A row of the list of domains; [`get`](super::Domains::get) tells the rest.
    pub struct DomainSummary {
        /// Number of the domain.
        pub id: DomainId,
        /// Domain name.
        pub name: Option<String>,
    }
}

cert_core::response! {
    /// The number of domains that match.
    pub struct DomainCount {
        /// Number of domains.
        pub count: u64,
    }
}

cert_core::response! {
    /// A domain.
    pub struct Domain {
        /// Number of the domain.
        pub id: DomainId,
        /// Domain name.
        pub name: Option<String>,
        /// Whether a delegation is still to be approved.
        pub delegation_status: Option<DelegationStatus>,
        /// Whether the domain is in use.
        pub state: Option<DomainState>,
        /// Whether control of the domain is proven. This and the next three are there only where
        /// domain control validation is enabled for the customer.
        pub validation_status: Option<ValidationStatus>,
        /// Method by which control was proven last.
        pub validation_method: Option<DcvMethod>,
        /// Date on which control was proven.
        #[wire("dcvValidation")]
        pub validated: Option<Time>,
        /// Date until which the proof holds.
        #[wire("dcvExpiration")]
        pub validation_expires: Option<Time>,
        /// Delegations that the administrator may see.
        pub delegations: Vec<DelegationDetails>,
        /// Search of certificate transparency logs for the domain.
        #[wire("ctLogMonitoring")]
        pub ct_monitoring: Option<CtMonitoring>,
    }
}

impl Row for DomainSummary {
    type Id = DomainId;

    fn id(&self) -> &DomainId {
        &self.id
    }
}
