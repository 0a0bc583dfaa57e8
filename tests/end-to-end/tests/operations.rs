//! Every operation of a client is emulated under its name, method and path, and no other is.

use cert_core::client::Op;
use cert_emulators::frame::Vendor;
use cert_emulators::{
    bb_uem::BbUem, fortiauth::FortiAuth, ivanti_mdm::IvantiMdm, sectigo_scm::SectigoScm,
    twon_device::TwonDevice,
};

/// Names that client and emulator do not have in common yet. An entry that is not needed any more
/// fails: take it out.
#[derive(Default)]
struct Awaited {
    /// Emulated, and still to come in the client.
    of_the_client: &'static [&'static str],
    /// In the client, and still to come in the emulator.
    of_the_emulator: &'static [&'static str],
}

const SECTIGO: Awaited = Awaited {
    of_the_client: &[
        "code_signing_import",
        "code_signing_revoke_manual",
        "organization_list",
        "organization_list_by_role",
        "organization_list_by_certificate_type",
        "organization_get",
        "organization_create",
        "organization_update",
        "organization_delete",
        "person_list",
        "person_find_by_email",
        "person_get",
        "person_create",
        "person_update",
        "person_delete_v2",
        "person_delete_v1",
        "person_import_key_v2",
        "person_import_key_v1",
        "person_send_invitation_v2",
        "person_send_invitation_v1",
        "person_list_invitation_endpoints",
        "person_list_invitation_endpoint_accounts",
        "org_validation_list",
        "org_validation_get",
        "org_validation_submit",
        "org_validation_resubmit",
        "org_validation_change_validator",
        "org_validation_reset",
        "org_validation_sync",
        "org_validation_create_assignment",
        "org_validation_change_assignment",
        "domain_list",
        "domain_count",
        "domain_get",
        "domain_create",
        "domain_set_ct_monitoring",
        "domain_delete",
        "domain_activate",
        "domain_suspend",
        "domain_delegate",
        "domain_delegate_many",
        "domain_remove_delegation",
        "domain_approve_delegation",
        "domain_reject_delegation",
        "dcv_list",
        "dcv_get_status_v2",
        "dcv_get_status_v1",
        "dcv_sync",
        "dcv_clear",
        "dcv_delete",
        "dcv_start_http",
        "dcv_start_https",
        "dcv_submit_http",
        "dcv_submit_https",
        "dcv_start_cname",
        "dcv_submit_cname",
        "dcv_submit_txt",
        "dcv_start_email",
        "dcv_submit_email",
        "dcv_submit_bulk_email",
    ],
    of_the_emulator: &["cscert_import", "cscert_revoke_manual"],
};

/// An emulator may know further methods and paths of an operation.
fn compare<V: Vendor>(operations: &[&Op], awaited: &Awaited) {
    let emulated = V::operations();
    let is_emulated = |name: &str| emulated.iter().any(|known| known.name == name);
    let is_called = |name: &str| operations.iter().any(|op| op.name() == name);
    for name in awaited.of_the_client {
        assert!(
            is_emulated(name) && !is_called(name),
            "{name} is not awaited any more"
        );
    }
    for name in awaited.of_the_emulator {
        assert!(
            is_called(name) && !is_emulated(name),
            "{name} is not awaited any more"
        );
    }
    let to_be_emulated = operations
        .iter()
        .filter(|op| !awaited.of_the_emulator.contains(&op.name()));
    for op in to_be_emulated {
        let same = emulated.iter().any(|known| {
            (known.name, &known.method, known.template) == (op.name(), op.method(), op.path())
        });
        assert!(same, "{} is not emulated", op.name());
    }
    for known in &emulated {
        let name = known.name;
        let known = is_called(name) || awaited.of_the_client.contains(&name);
        assert!(known, "{name} is emulated alone");
    }
}

#[test]
fn of_sectigo() {
    compare::<SectigoScm>(&sectigo_scm::OPERATIONS.concat(), &SECTIGO);
}

#[test]
fn of_ivanti() {
    compare::<IvantiMdm>(ivanti_mdm::OPERATIONS, &Awaited::default());
}

#[test]
fn of_blackberry() {
    compare::<BbUem>(bb_uem::OPERATIONS, &Awaited::default());
}

#[test]
fn of_fortinet() {
    compare::<FortiAuth>(fortiauth::OPERATIONS, &Awaited::default());
}

#[test]
fn of_2n() {
    compare::<TwonDevice>(twon_device::OPERATIONS, &Awaited::default());
}
