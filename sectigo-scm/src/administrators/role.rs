use cert_core::Violation;

use crate::{AdminRole, OrganizationId};

cert_core::request! {
    /// Role of an administrator together with the organization or department that it is for.
    ///
    /// ```
    /// use sectigo_scm::administrators::{AdminRole, RoleAssignment};
    ///
    /// let master = RoleAssignment::master();
    /// let ssl = RoleAssignment::new(AdminRole::OrganizationSsl).organization(9001);
    /// ```
    pub struct RoleAssignment(
        /// Role.
        role: AdminRole,
    ) {
        /// Organization or department that the role is for; needed by each role but that of a
        /// master administrator, which has none.
        #[wire("orgId")]
        organization: OrganizationId,
    } check Self::check_organization
}

impl RoleAssignment {
    /// The role of a master administrator, who may do everything.
    pub fn master() -> Self {
        Self::new(AdminRole::Master)
    }

    /// Refuses what the vendor does with code -221.
    fn check_organization(&self) -> Result<(), Violation> {
        let needed = level(&self.role).is_some_and(|level| level != Level::Master);
        match needed && self.organization.is_none() {
            true => Err(Violation::new(format!(
                "is missing: the role {} needs an organization or department",
                self.role
            ))
            .within("organization")),
            false => Ok(()),
        }
    }
}

cert_core::response! {
    /// Role of an administrator together with the organization or department that it is for.
    pub struct AssignedRole {
        /// Role.
        pub role: Option<AdminRole>,
        /// Organization or department that the role is for; a master administrator has none.
        #[wire("orgId")]
        pub organization: Option<OrganizationId>,
    }
}

/// What a role reaches over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Master,
    Organization,
    Department,
}

/// The level of a role, as far as it is known.
fn level(role: &AdminRole) -> Option<Level> {
    match role.as_str() {
        "MRAO" => Some(Level::Master),
        name if name.starts_with("RAO_") => Some(Level::Organization),
        name if name.starts_with("DRAO_") => Some(Level::Department),
        _ => None,
    }
}

/// Refuses roles of several levels, as the vendor does with code -222.
pub(crate) fn one_level(roles: &[RoleAssignment]) -> Result<(), Violation> {
    let mut levels = roles.iter().filter_map(|assigned| level(&assigned.role));
    let first = levels.next();
    match levels.all(|level| Some(level) == first) {
        true => Ok(()),
        false => Err(Violation::new(
            "has roles of several levels: it must have those of a master administrator, of \
             organizations or of departments alone",
        )),
    }
}

#[cfg(test)]
mod tests {
    use cert_core::Payload as _;

    use super::*;

    #[test]
    fn a_role_needs_its_organization_and_a_master_has_none() {
        assert_eq!(RoleAssignment::master().check(), Ok(()));
        let role = RoleAssignment::new(AdminRole::DepartmentSsl);
        let wrong = role.check().expect_err("a role without a department");
        assert_eq!(
            wrong.to_string(),
            "`organization` is missing: the role DRAO_SSL needs an organization or department"
        );
        assert_eq!(role.organization(9001).check(), Ok(()));
        let newer = RoleAssignment::new("QRAO_SSL");
        assert_eq!(newer.check(), Ok(()));
    }

    #[test]
    fn roles_are_of_one_level() {
        let of = |role: AdminRole| RoleAssignment::new(role).organization(9001);
        let ssl = of(AdminRole::OrganizationSsl);
        let smime = of(AdminRole::OrganizationSmime);
        let department = of(AdminRole::DepartmentSsl);
        assert_eq!(one_level(&[]), Ok(()));
        assert_eq!(one_level(&[ssl.clone(), smime]), Ok(()));
        assert!(one_level(&[ssl.clone(), department]).is_err());
        assert!(one_level(&[RoleAssignment::master(), ssl]).is_err());
    }
}
