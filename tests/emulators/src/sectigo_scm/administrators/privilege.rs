use crate::sectigo_scm::problem::Problem;

use super::role::Role;

/// A privilege that an operation needs, and of which kind of certificates the role has to be.
#[derive(Debug)]
pub(super) struct Needed {
    pub(super) role: &'static str,
    pub(super) privilege: &'static str,
    operations: &'static [&'static str],
}

const fn needs(
    role: &'static str,
    privilege: &'static str,
    operations: &'static [&'static str],
) -> Needed {
    Needed {
        role,
        privilege,
        operations,
    }
}

/// The privileges that rule here, and over what. Client certificates have none of their own for a
/// renewal, which is a request.
static RULES: [Needed; 20] = [
    needs("SSL", "sslRequest", &["ssl_enroll", "ssl_enroll_keygen"]),
    needs("SSL", "sslRenew", &["ssl_renew", "ssl_renew_by_renew_id"]),
    needs("SSL", "sslReplace", &["ssl_replace"]),
    needs(
        "SSL",
        "sslRevoke",
        &["ssl_revoke", "ssl_revoke_by_serial", "ssl_revoke_manual"],
    ),
    needs("SSL", "sslApprove", &["ssl_approve", "ssl_decline"]),
    needs(
        "SSL",
        "sslManage",
        &[
            "ssl_update",
            "ssl_delete",
            "ssl_mark_renewed",
            "ssl_recheck_dcv",
            "ssl_create_location",
            "ssl_update_location",
            "ssl_delete_location",
        ],
    ),
    needs("SSL", "sslImport", &["ssl_import", "ssl_import_extended"]),
    needs(
        "SMIME",
        "clientCertRequest",
        &[
            "smime_enroll",
            "smime_renew",
            "smime_renew_by_backend_cert_id",
            "smime_renew_by_serial",
        ],
    ),
    needs(
        "SMIME",
        "clientCertRevoke",
        &[
            "smime_revoke",
            "smime_revoke_by_backend_cert_id",
            "smime_revoke_by_email",
            "smime_revoke_by_serial",
            "smime_revoke_manual",
        ],
    ),
    needs(
        "SMIME",
        "clientCertManage",
        &[
            "smime_update",
            "smime_delete",
            "smime_create_location",
            "smime_update_location",
            "smime_delete_location",
        ],
    ),
    needs("SMIME", "clientCertImport", &["smime_import"]),
    needs("DEVICE", "deviceRequest", &["device_enroll"]),
    needs(
        "DEVICE",
        "deviceRenew",
        &["device_renew", "device_renew_by_serial"],
    ),
    needs("DEVICE", "deviceReplace", &["device_replace"]),
    needs(
        "DEVICE",
        "deviceRevoke",
        &[
            "device_revoke",
            "device_revoke_by_serial",
            "device_revoke_manual",
        ],
    ),
    needs(
        "DEVICE",
        "deviceApprove",
        &["device_approve", "device_decline"],
    ),
    needs(
        "DEVICE",
        "deviceManage",
        &[
            "device_update",
            "device_delete",
            "device_create_location",
            "device_update_location",
            "device_delete_location",
        ],
    ),
    needs("DEVICE", "deviceImport", &["device_import"]),
    needs("CS", "csRevoke", &["code_signing_revoke_manual"]),
    needs("CS", "csImport", &["code_signing_import"]),
];

/// What an operation needs, if a privilege rules over it.
pub(super) fn needed(operation: &str) -> Option<&'static Needed> {
    RULES
        .iter()
        .find(|rule| rule.operations.contains(&operation))
}

/// Which administrators a privilege is offered for: all, masters alone, or those with roles for a
/// kind of certificates; some are accepted and no longer offered.
const ALL: &str = "";
const MASTERS: &str = "MASTER";
const NOBODY: &str = "NOBODY";

/// Every privilege by name, with whom it is for and what the vendor calls it.
const PRIVILEGES: [(&str, &str, &str); 52] = [
    (
        "acceptCustomerLicenseAgreement",
        MASTERS,
        "Accept customer license agreements",
    ),
    ("addDepartments", ALL, "Add departments"),
    (
        "addOrganizationAndDepartments",
        MASTERS,
        "Add organizations & departments",
    ),
    ("allowCreate", ALL, "Add peer administrator"),
    ("allowDCV", "SSL", "Manage domain validations"),
    ("allowDelete", ALL, "Delete peer administrator"),
    ("allowEdit", ALL, "Edit peer administrator"),
    (
        "allowKeyVault",
        MASTERS,
        "Download keys from Sectigo Key Vault",
    ),
    ("allowManageDomains", ALL, "Manage domains"),
    ("allowMsAdDiscovery", MASTERS, "MS agent management"),
    ("allowSslAutoApprove", NOBODY, ""),
    ("approveDomainDelegation", ALL, "Approve domain delegation"),
    (
        "autoApproveCertificates",
        ALL,
        "Automatically approve certificate requests",
    ),
    ("brandApprove", NOBODY, "Manage Brand certificate requests"),
    ("brandManage", NOBODY, "Manage Brand certificates"),
    ("brandRequest", NOBODY, "Request Brand certificates"),
    ("brandRevoke", NOBODY, "Revoke Brand certificates"),
    ("certProfileCreate", ALL, "Add certificate profiles"),
    ("certProfileManage", ALL, "Manage certificate profiles"),
    ("certProfileView", ALL, "View certificate profiles"),
    ("clientCertImport", "SMIME", "Import client certificates"),
    ("clientCertManage", "SMIME", "Manage client certificates"),
    ("clientCertRequest", "SMIME", "Request client certificates"),
    ("clientCertRevoke", "SMIME", "Revoke client certificates"),
    ("csImport", "CS", "Import code signing certificates"),
    ("csManage", "CS", "Manage code signing certificates"),
    ("csRequest", "CS", "Request code signing certificates"),
    ("csRevoke", "CS", "Revoke code signing certificates"),
    ("customFieldCreate", ALL, "Add custom fields"),
    ("customFieldManage", ALL, "Manage custom fields"),
    ("customFieldView", ALL, "View custom fields"),
    (
        "deviceApprove",
        "DEVICE",
        "Manage device certificate requests",
    ),
    ("deviceImport", "DEVICE", "Import device certificates"),
    ("deviceManage", "DEVICE", "Manage device certificates"),
    ("deviceRenew", "DEVICE", "Renew device certificates"),
    ("deviceReplace", "DEVICE", "Replace device certificates"),
    ("deviceRequest", "DEVICE", "Request device certificates"),
    ("deviceRevoke", "DEVICE", "Revoke device certificates"),
    ("editDepartments", ALL, "Manage departments"),
    (
        "editOrganizationAndDepartment",
        MASTERS,
        "Manage organizations & departments",
    ),
    ("manageSubscriptions", ALL, "Manage subscriptions"),
    (
        "orgValidationManager",
        ALL,
        "Manage organization validations",
    ),
    ("sslApprove", "SSL", "Manage SSL certificate requests"),
    ("sslImport", "SSL", "Import SSL certificates"),
    ("sslManage", "SSL", "Manage SSL certificates"),
    ("sslRenew", "SSL", "Renew SSL certificates"),
    ("sslReplace", "SSL", "Replace SSL certificates"),
    ("sslRequest", "SSL", "Request SSL certificates"),
    ("sslRevoke", "SSL", "Revoke SSL certificates"),
    ("viewSubscriptions", ALL, "View subscriptions"),
    ("viewUsage", ALL, "View usage"),
    ("wsApiUseOnly", NOBODY, ""),
];

const DCV: &str = "allowDCV";

/// Names and descriptions of what administrators of some roles can be given.
pub(super) fn offered(roles: &[String]) -> impl Iterator<Item = (&'static str, &'static str)> {
    let offered = PRIVILEGES
        .iter()
        .filter(|(_, whom, _)| roles.iter().any(|role| is_offered(role, whom)));
    offered.map(|(name, _, label)| (*name, *label))
}

fn is_offered(role: &str, whom: &str) -> bool {
    match whom {
        ALL => true,
        NOBODY => false,
        MASTERS => role == super::role::MASTER,
        kind => super::role::is_for(role, kind),
    }
}

/// Refuses unknown privileges, and validations of domains for others than those who administer
/// SSL certificates. `also` is known besides.
pub(super) fn check(names: &[String], roles: &[Role], also: &[&str]) -> Result<(), Problem> {
    let known = |name: &String| PRIVILEGES.iter().any(|(known, ..)| known == name);
    if !names
        .iter()
        .all(|name| known(name) || also.contains(&name.as_str()))
    {
        return Err(Problem::invalid_value("privileges"));
    }
    let dcv = names.iter().any(|name| name == DCV);
    match dcv && !roles.iter().any(|role| role.is_for("SSL")) {
        true => {
            let why = "Privilege \"Allow DCV\" can't be added to non SSL admins.";
            Err(Problem::bad(-255, why))
        }
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{frame::Vendor as _, sectigo_scm::SectigoScm};

    #[test]
    fn privileges_rule_over_operations_that_there_are() {
        let emulated = SectigoScm::operations();
        for rule in &RULES {
            assert!(PRIVILEGES.iter().any(|(name, ..)| *name == rule.privilege));
            for operation in rule.operations {
                let known = emulated.iter().any(|known| known.name == *operation);
                assert!(known, "{operation}");
                let rules = RULES
                    .iter()
                    .filter(|rule| rule.operations.contains(operation));
                assert_eq!(rules.count(), 1, "{operation}");
            }
        }
    }

    #[test]
    fn whatever_changes_a_certificate_needs_a_privilege() {
        let kinds = ["ssl_", "smime_", "device_", "code_signing_"];
        let free = ["ssl_create_keystore_link", "smime_download_p12"];
        for operation in SectigoScm::operations() {
            let of_certificates = kinds.iter().any(|kind| operation.name.starts_with(kind));
            let reads = matches!(operation.method.as_str(), "GET" | "HEAD");
            let ruled = !reads && !free.contains(&operation.name);
            let expected = of_certificates && ruled;
            assert_eq!(
                needed(operation.name).is_some(),
                expected,
                "{}",
                operation.name
            );
        }
    }
}
