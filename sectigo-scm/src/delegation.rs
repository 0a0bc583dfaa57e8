use cert_core::{Payload, open_enum};
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::OrganizationId;

open_enum! {
    /// Reach of what is delegated.
    pub enum DelegationMode {
        /// Every organization of the customer.
        GlobalForCustomer = "GLOBAL_FOR_CUSTOMER",
        /// Some organizations.
        Customized = "CUSTOMIZED",
    }
}

/// Delegation of a certificate bucket or of an Azure account: to all organizations, or to some.
///
/// The vendor ignores a list of organizations beside `GLOBAL_FOR_CUSTOMER`; here there is none.
///
/// ```
/// use sectigo_scm::{OrganizationDelegation, OrganizationId};
///
/// let some = OrganizationDelegation::Customized(vec![OrganizationId::from(11424)]);
/// let all = OrganizationDelegation::GlobalForCustomer;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OrganizationDelegation {
    /// To every organization of the customer.
    GlobalForCustomer,
    /// To these organizations.
    Customized(Vec<OrganizationId>),
}

impl Serialize for OrganizationDelegation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (mode, organizations) = match self {
            Self::GlobalForCustomer => (DelegationMode::GlobalForCustomer, None),
            Self::Customized(organizations) => (DelegationMode::Customized, Some(organizations)),
        };
        let count = 1 + usize::from(organizations.is_some());
        let mut fields = serializer.serialize_struct("OrganizationDelegation", count)?;
        fields.serialize_field("delegationMode", &mode)?;
        if let Some(organizations) = organizations {
            fields.serialize_field("orgDelegations", organizations)?;
        }
        fields.end()
    }
}

impl Payload for OrganizationDelegation {}
