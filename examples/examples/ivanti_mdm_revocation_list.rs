//! Looks a serial number up in the tenant's revocation list:
//! `cargo run -p examples --example ivanti_mdm_revocation_list`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_emulators::ivanti_mdm::Emulator;
use ivanti_mdm::cert_core::SerialNumber;
use ivanti_mdm::{Client, Credentials};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;

    let credentials = Credentials::basic("admin@example.com", "secret");
    let mdm = Client::new(emulator.base_url(), credentials)?;
    let list = mdm
        .certificate_authorities()
        .revocation_list("42591")
        .await?;
    let mut out = stdout().lock();
    writeln!(out, "{} of {}", list.issuer(), list.this_update())?;
    for serial in ["10:01", "10:03"].map(SerialNumber::from) {
        match list.find(&serial) {
            Some(entry) => writeln!(out, "{serial} revoked on {}", entry.revocation_date())?,
            None => writeln!(out, "{serial} not revoked")?,
        }
    }
    Ok(())
}
