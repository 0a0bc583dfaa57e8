//! What is in a 2N device, and when it ends:
//! `cargo run -p examples --example twon_device_inventory`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_emulators::twon_device::Emulator;
use twon_device::{Client, Credentials};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;

    let device = Client::new(emulator.base_url(), Credentials::digest("admin", "secret"))?;
    let info = device.system().info().await?;
    let name = info.device_name.unwrap_or_default();
    let mut out = stdout().lock();
    for certificate in device.user_certificates().list().await? {
        let subject = certificate.subject.common_name.unwrap_or_default();
        let id = certificate.id.map(|id| id.to_string()).unwrap_or_default();
        let end = certificate
            .end_date
            .map(|end| end.to_string())
            .unwrap_or_default();
        let deletable = if certificate.protected == Some(true) {
            "protected"
        } else {
            ""
        };
        writeln!(out, "{name}  {id:14} {subject:24} {end} {deletable}")?;
    }
    Ok(())
}
