//! Domains: added, listed, delegated to organizations, suspended, deleted.
//!
//! Control of a domain is proven by [`domain_validations`](crate::Client::domain_validations).
//!
//! ```no_run
//! use sectigo_scm::domains::{DomainFilter, DomainState};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
//! let suspended = DomainFilter::new().state(DomainState::Suspended);
//! let mut domains = scm.domains().list(&suspended);
//! while let Some(domain) = domains.next().await {
//!     println!("{:?}", domain?.name);
//! }
//! # Ok(())
//! # }
//! ```

mod ct_monitoring;
mod delegation;
mod domain;
mod operations;

use cert_core::client::{Call, Created, Empty, Json, Op, Pages};

pub use self::ct_monitoring::{CtMonitoring, CtMonitoringSettings};
use self::delegation::{BulkDelegation, Decision};
pub use self::delegation::{
    Delegation, DelegationDetails, DelegationStatus, DomainCertType, RequestPrivilege,
};
pub use self::domain::{
    Domain, DomainCount, DomainFilter, DomainState, DomainSummary, NewDomain, ValidationStatus,
};
use self::operations as ops;
pub use self::operations::OPERATIONS;
use crate::paging::{List, PAGE_SIZE, PageQuery, Total};
use crate::{Client, DomainId, OrganizationId};

impl Client {
    /// Domains.
    #[must_use]
    pub fn domains(&self) -> Domains<'_> {
        Domains { client: self }
    }
}

/// The domains of an account. Made by [`Client::domains`].
///
/// Every call can be refused with 401 and code -16 where the administrator lacks the permission,
/// as well as for a wrong password. An unknown domain is code -727:
/// [`is_not_found`](crate::Error::is_not_found) is true then.
#[derive(Debug, Clone, Copy)]
pub struct Domains<'c> {
    client: &'c Client,
}

impl<'c> Domains<'c> {
    /// Lists the domains that match, with their names alone, in pages of at most 200.
    ///
    /// `GET /api/domain/v1`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::domains::DomainFilter;
    /// let mut domains = scm.domains().list(&DomainFilter::new().organization(11556));
    /// while let Some(domain) = domains.next().await {
    ///     println!("{}", domain?.id);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &DomainFilter) -> Pages<'c, List<DomainSummary>> {
        let filter = filter.clone();
        Pages::new(PAGE_SIZE, move |window| {
            self.call(&ops::LIST)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    /// Counts the domains that match, by the total that a list of one entry tells.
    ///
    /// `GET /api/domain/v1`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::domains::{DomainFilter, DomainState};
    /// let suspended = DomainFilter::new().state(DomainState::Suspended);
    /// println!("{} are suspended", scm.domains().count(&suspended).await?);
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn count(self, filter: &DomainFilter) -> Call<'c, Total> {
        self.call(&ops::LIST)
            .query(&PageQuery::new().size(1).position(0))
            .query(filter)
    }

    /// Counts the domains that match, by a call of its own.
    ///
    /// `GET /api/domain/v1/count`
    #[deprecated(note = "the vendor gives it up: `count` tells the same number")]
    #[inline]
    pub fn count_v1(self, filter: &DomainFilter) -> Call<'c, Json<DomainCount>> {
        self.call(&ops::COUNT).query(filter)
    }

    /// Details of a domain: its state, its validation, its delegations.
    ///
    /// `GET /api/domain/v1/{id}`
    #[inline]
    pub fn get(self, id: impl Into<DomainId>) -> Call<'c, Json<Domain>> {
        self.call(&ops::GET).path(id.into())
    }

    /// Adds a domain with its first delegations, and tells its number.
    ///
    /// `POST /api/domain/v1`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::domains::{Delegation, DomainCertType, NewDomain};
    ///
    /// let delegation = Delegation::new(11556, [DomainCertType::Ssl]);
    /// let id = scm.domains().create(&NewDomain::new("example.org", [delegation])).await?;
    /// println!("{:?}", scm.domains().get(id).await?.validation_status);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Code -700 where the domain is there already, -732 where it is no domain name. Where the
    /// vendor does not tell the number, an error of kind
    /// [`Unexpected`](crate::ErrorKind::Unexpected) that says that the domain was created: then
    /// [`list`](Domains::list) by its name.
    #[inline]
    pub fn create(self, domain: &NewDomain) -> Call<'c, Created<DomainId>> {
        self.call(&ops::CREATE).json(domain)
    }

    /// Switches the search of certificate transparency logs for a domain on or off.
    ///
    /// `PUT /api/domain/v1/{id}/monitoring`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::domains::CtMonitoringSettings;
    ///
    /// let off = CtMonitoringSettings::new().enabled(false);
    /// scm.domains().set_ct_monitoring(2026, &off).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn set_ct_monitoring(
        self,
        id: impl Into<DomainId>,
        settings: &CtMonitoringSettings,
    ) -> Call<'c, Empty> {
        self.call(&ops::SET_CT_MONITORING)
            .path(id.into())
            .json(settings)
    }

    /// Deletes a domain.
    ///
    /// `DELETE /api/domain/v1/{id}`
    ///
    /// # Errors
    ///
    /// Code -740 where there are SSL certificates for the domain or for names below it, -738
    /// where the administrator does not manage every organization that it is delegated to.
    #[inline]
    pub fn delete(self, id: impl Into<DomainId>) -> Call<'c, Empty> {
        self.call(&ops::DELETE).path(id.into())
    }

    /// Activates a suspended domain.
    ///
    /// `PUT /api/domain/v1/{id}/activate`
    #[inline]
    pub fn activate(self, id: impl Into<DomainId>) -> Call<'c, Empty> {
        self.call(&ops::ACTIVATE).path(id.into())
    }

    /// Suspends a domain: no certificates can be requested for it until it is activated.
    ///
    /// `PUT /api/domain/v1/{id}/suspend`
    #[inline]
    pub fn suspend(self, id: impl Into<DomainId>) -> Call<'c, Empty> {
        self.call(&ops::SUSPEND).path(id.into())
    }

    /// Delegates a domain to an organization or department.
    ///
    /// `POST /api/domain/v1/{id}/delegation`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::domains::{Delegation, DomainCertType};
    ///
    /// let delegation = Delegation::new(11523, [DomainCertType::Ssl, DomainCertType::Smime]);
    /// scm.domains().delegate(2006, &delegation).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Code -711 where the organization is deleted.
    #[inline]
    pub fn delegate(self, id: impl Into<DomainId>, delegation: &Delegation) -> Call<'c, Empty> {
        self.call(&ops::DELEGATE).path(id.into()).json(delegation)
    }

    /// Delegates up to 1000 domains to one organization or department.
    ///
    /// `POST /api/domain/v1/delegation`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::DomainId;
    /// use sectigo_scm::domains::{Delegation, DomainCertType};
    ///
    /// let domains = [2008, 2009].map(DomainId::from);
    /// let delegation = Delegation::new(11530, [DomainCertType::Ssl]);
    /// scm.domains().delegate_many(&domains, &delegation).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`delegate`](Domains::delegate).
    #[inline]
    pub fn delegate_many(self, ids: &[DomainId], delegation: &Delegation) -> Call<'c, Empty> {
        self.call(&ops::DELEGATE_MANY)
            .json(&BulkDelegation::of(ids, delegation))
    }

    /// Takes a delegation of a domain back.
    ///
    /// `DELETE /api/domain/v1/{id}/delegation`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::domains::{Delegation, DomainCertType};
    ///
    /// let delegation = Delegation::new(11590, [DomainCertType::Smime]);
    /// scm.domains().remove_delegation(2034, &delegation).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Code -709 for the last delegation of the domain, -740 where there are SSL certificates
    /// that rest on it.
    #[inline]
    pub fn remove_delegation(
        self,
        id: impl Into<DomainId>,
        delegation: &Delegation,
    ) -> Call<'c, Empty> {
        self.call(&ops::REMOVE_DELEGATION)
            .path(id.into())
            .json(delegation)
    }

    /// Approves the requested delegation of a domain to an organization or department.
    ///
    /// `POST /api/domain/v1/{id}/delegation/approve`
    ///
    /// # Errors
    ///
    /// Code -705 where it is not requested, or no longer; -707 where it was deleted.
    #[inline]
    pub fn approve_delegation(
        self,
        id: impl Into<DomainId>,
        organization: impl Into<OrganizationId>,
    ) -> Call<'c, Empty> {
        self.decide(&ops::APPROVE_DELEGATION, id, organization)
    }

    /// Rejects the requested delegation of a domain to an organization or department.
    ///
    /// `POST /api/domain/v1/{id}/delegation/reject`
    ///
    /// # Errors
    ///
    /// As [`approve_delegation`](Domains::approve_delegation).
    #[inline]
    pub fn reject_delegation(
        self,
        id: impl Into<DomainId>,
        organization: impl Into<OrganizationId>,
    ) -> Call<'c, Empty> {
        self.decide(&ops::REJECT_DELEGATION, id, organization)
    }

    fn decide(
        self,
        op: &'static Op,
        id: impl Into<DomainId>,
        organization: impl Into<OrganizationId>,
    ) -> Call<'c, Empty> {
        self.call(op)
            .path(id.into())
            .json(&Decision::new(organization))
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
