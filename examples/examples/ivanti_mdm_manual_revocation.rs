//! Which certificates somebody has to revoke by hand at their authority:
//! `cargo run -p examples --example ivanti_mdm_manual_revocation`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_emulators::ivanti_mdm::Emulator;
use ivanti_mdm::{BrokenRow, Client, Credentials};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;

    let credentials = Credentials::basic("admin@example.com", "secret");
    let mdm = Client::new(emulator.base_url(), credentials)?;
    let mut list = mdm
        .certificate_authorities()
        .to_revoke("ExternalCA1")
        .await?;
    let mut out = stdout().lock();
    while let Some(entry) = list.next().await {
        match entry {
            Ok(certificate) => {
                let subject = certificate.subject.as_deref().unwrap_or("(no subject)");
                // Hexadecimal, as authorities ask for it; a masked number as it came.
                let serial = certificate
                    .serial_number
                    .map(|serial| serial.to_hex().unwrap_or_else(|| serial.to_string()));
                let serial = serial.as_deref().unwrap_or("(no serial number)");
                writeln!(out, "{serial} {subject}")?;
            }
            Err(error) => match BrokenRow::of(&error) {
                Some(line) => writeln!(out, "{line}")?,
                None => return Err(error.into()),
            },
        }
    }

    let today = emulator.clock().today();
    let done = mdm.certificate_authorities().revoked_on(today).await?;
    writeln!(out, "revoked today: {}", done.collect().await?.len())?;
    Ok(())
}
