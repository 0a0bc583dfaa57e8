//! Every operation of a client is emulated under its name, method and path, and no other is.

use cert_core::client::Op;
use cert_emulators::frame::Vendor;
use cert_emulators::{
    bb_uem::BbUem, fortiauth::FortiAuth, ivanti_mdm::IvantiMdm, sectigo_scm::SectigoScm,
    twon_device::TwonDevice,
};

/// An emulator may know further methods and paths of an operation.
fn compare<V: Vendor>(operations: &[&Op]) {
    let emulated = V::operations();
    for op in operations {
        let same = emulated.iter().any(|known| {
            (known.name, &known.method, known.template) == (op.name(), op.method(), op.path())
        });
        assert!(same, "{} is not emulated", op.name());
    }
    for known in emulated {
        let called = operations.iter().any(|op| op.name() == known.name);
        assert!(called, "{} is emulated alone", known.name);
    }
}

#[test]
fn of_sectigo() {
    compare::<SectigoScm>(&sectigo_scm::OPERATIONS.concat());
}

#[test]
fn of_ivanti() {
    compare::<IvantiMdm>(ivanti_mdm::OPERATIONS);
}

#[test]
fn of_blackberry() {
    compare::<BbUem>(bb_uem::OPERATIONS);
}

#[test]
fn of_fortinet() {
    compare::<FortiAuth>(fortiauth::OPERATIONS);
}

#[test]
fn of_2n() {
    compare::<TwonDevice>(twon_device::OPERATIONS);
}
