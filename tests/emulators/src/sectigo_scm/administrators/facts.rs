//! What reports say of administrators.

use super::administrator::{Administrator, CERTIFICATE};
use crate::sectigo_scm::SectigoScm;

/// Privileges in the order of the report's columns; any of a group will do.
const PRIVILEGES: [&[&str]; 11] = [
    &["allowCreate"],
    &["allowEdit"],
    &["allowDelete"],
    &["allowDCV"],
    &["sslManage"],
    &["autoApproveCertificates"],
    &["approveDomainDelegation"],
    &["allowMsAdDiscovery"],
    &["allowKeyVault"],
    &["editOrganizationAndDepartment", "editDepartments"],
    &["sslRevoke", "clientCertRevoke", "deviceRevoke", "csRevoke"],
];

/// What a report can say of one administrator.
pub(in crate::sectigo_scm) struct AdministratorFacts {
    pub(in crate::sectigo_scm) id: i64,
    pub(in crate::sectigo_scm) name: String,
    pub(in crate::sectigo_scm) login: String,
    pub(in crate::sectigo_scm) email: String,
    /// Signing in by certificate, being active, and the privileges.
    pub(in crate::sectigo_scm) flags: Vec<bool>,
    /// Roles, each with its organization or department.
    pub(in crate::sectigo_scm) roles: Vec<(String, Option<i64>)>,
}

impl SectigoScm {
    /// The numbers of all administrators who were not deleted.
    pub(in crate::sectigo_scm) fn administrator_ids(&mut self) -> Vec<i64> {
        self.administrators.table.ids().to_vec()
    }

    pub(in crate::sectigo_scm) fn administrator_facts(
        &self,
        id: i64,
    ) -> Option<AdministratorFacts> {
        let one = self.administrators.present(id)?;
        let text = |name| one.text(name).unwrap_or_default().to_owned();
        let flags = [one.text(CERTIFICATE).is_some(), one.active].into_iter();
        let roles = one.roles.iter();
        Some(AdministratorFacts {
            id,
            name: one.name(),
            login: text("login"),
            email: text("email"),
            flags: flags
                .chain(PRIVILEGES.iter().map(|group| has_any(one, group)))
                .collect(),
            roles: roles
                .map(|role| (role.name.clone(), role.organization))
                .collect(),
        })
    }
}

/// Whether an administrator has one of the privileges, as a master has all.
fn has_any(one: &Administrator, group: &[&str]) -> bool {
    let has = |name: &&str| one.privileges.iter().any(|own| own == name);
    one.is_master() || group.iter().any(has)
}
