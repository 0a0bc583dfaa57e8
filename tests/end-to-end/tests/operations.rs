//! Every operation of a client is emulated under its name, method and path, and no other is.

use cert_core::client::Op;
use cert_emulators::frame::Vendor;
use cert_emulators::{
    bb_uem::BbUem, fortiauth::FortiAuth, ivanti_mdm::IvantiMdm, sectigo_scm::SectigoScm,
    twon_device::TwonDevice,
};

/// Names that client and emulator do not have in common yet; `person_*` stands for all that begin
/// so. An entry that is not needed any more fails: take it out.
#[derive(Default)]
struct Awaited {
    /// Emulated, and still to come in the client.
    of_the_client: &'static [&'static str],
    /// In the client, and still to come in the emulator.
    of_the_emulator: &'static [&'static str],
}

const SECTIGO: Awaited = Awaited {
    of_the_client: &[
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
    of_the_emulator: &[],
};

/// Whether an entry stands for a name.
fn stands_for(entry: &str, name: &str) -> bool {
    match entry.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => entry == name,
    }
}

/// Fails where an entry stands for no name of one side, or for one of the other.
fn assert_awaited(entries: &[&str], there: &[&str], missing: &[&str]) {
    for entry in entries {
        let among = |names: &[&str]| names.iter().any(|name| stands_for(entry, name));
        let awaited = among(there) && !among(missing);
        assert!(awaited, "{entry} is not awaited any more");
    }
}

/// An emulator may know further methods and paths of an operation.
fn compare<V: Vendor>(operations: &[&Op], awaited: &Awaited) {
    let emulated = V::operations();
    let emulated_names: Vec<_> = emulated.iter().map(|known| known.name).collect();
    let called: Vec<_> = operations.iter().map(|op| op.name()).collect();
    assert_awaited(awaited.of_the_client, &emulated_names, &called);
    assert_awaited(awaited.of_the_emulator, &called, &emulated_names);
    let is_awaited =
        |entries: &[&str], name: &str| entries.iter().any(|entry| stands_for(entry, name));
    let to_be_emulated = operations
        .iter()
        .filter(|op| !is_awaited(awaited.of_the_emulator, op.name()));
    for op in to_be_emulated {
        let same = emulated.iter().any(|known| {
            (known.name, &known.method, known.template) == (op.name(), op.method(), op.path())
        });
        assert!(same, "{} is not emulated", op.name());
    }
    for name in emulated_names {
        let known = called.contains(&name) || is_awaited(awaited.of_the_client, name);
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
