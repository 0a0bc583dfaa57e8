use std::fmt;

use cert_core::Payload;
use serde::{Serialize, Serializer};

use crate::OrganizationId;

/// Organization or department whose accounts are listed, with those of its departments unless
/// they are left out.
///
/// ```
/// use sectigo_scm::acme::{AcmeAccountFilter, OrganizationScope};
///
/// let all = AcmeAccountFilter::new().organization(105);
/// let own = AcmeAccountFilter::new()
///     .organization(OrganizationScope::new(105).without_departments());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrganizationScope {
    organization: OrganizationId,
    is_alone: bool,
}

impl OrganizationScope {
    /// The organization with its departments.
    #[must_use]
    pub fn new(organization: impl Into<OrganizationId>) -> Self {
        Self {
            organization: organization.into(),
            is_alone: false,
        }
    }

    /// The organization alone.
    #[must_use]
    pub fn without_departments(mut self) -> Self {
        self.is_alone = true;
        self
    }
}

impl From<i64> for OrganizationScope {
    fn from(organization: i64) -> Self {
        Self::new(organization)
    }
}

impl From<OrganizationId> for OrganizationScope {
    fn from(organization: OrganizationId) -> Self {
        Self::new(organization)
    }
}

/// As it stands in a query.
impl fmt::Display for OrganizationScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let without = if self.is_alone { ",-2" } else { "" };
        write!(f, "{}{without}", self.organization)
    }
}

impl Serialize for OrganizationScope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Payload for OrganizationScope {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn departments_are_left_out_on_demand_alone() {
        let organization = OrganizationScope::from(105);
        assert_eq!(organization.to_string(), "105");
        assert_eq!(organization.without_departments().to_string(), "105,-2");
        assert_eq!(
            OrganizationScope::from(OrganizationId::from(105)),
            organization
        );
    }
}
