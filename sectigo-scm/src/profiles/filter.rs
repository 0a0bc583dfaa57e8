use cert_core::open_enum;

use crate::{Condition, Order};

open_enum! {
    /// Field of a profile that a list can be filtered by.
    pub enum ProfileField {
        /// Name of the profile.
        Name = "name",
        /// Organizations that the profile is open to.
        DelegationMode = "delegationMode",
        /// Kind of certificate.
        CertType = "certType",
        /// Number of an organization that may enrol under the profile.
        Organization = "orgId",
    }
}

open_enum! {
    /// Field of a profile that a list can be sorted by.
    pub enum ProfileSortField {
        /// Name of the profile.
        Name = "name",
        /// Number of the profile.
        Id = "id",
    }
}

cert_core::request! {
    /// Filter and order of the profiles to list; without anything set, all that the administrator
    /// may see.
    ///
    /// ```
    /// use sectigo_scm::profiles::{ProfileField, ProfileFilter, ProfileSortField};
    /// use sectigo_scm::{CertType, Condition, Order};
    ///
    /// let filter = ProfileFilter::new()
    ///     .conditions([Condition::equals(ProfileField::CertType, CertType::Device)])
    ///     .orders([Order::descending(ProfileSortField::Name)]);
    /// ```
    pub struct ProfileFilter() {
        /// Conditions, all of which have to hold.
        #[wire("filter")]
        conditions: Vec<Condition<ProfileField>>,
        /// Orders, the most important first.
        #[wire("sort")]
        orders: Vec<Order<ProfileSortField>>,
    }
}
