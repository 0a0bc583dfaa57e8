//! Puts a certificate with its key into a 2N device, and takes it out again:
//! `cargo run -p examples --example twon_device_upload`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_emulators::twon_device::Emulator;
use twon_device::{Client, Credentials, ErrorCode, UserCertificateUpload};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;
    // Stands for two files from your authority, PEM or DER.
    let identity = emulator.client_identity("door.example.com")?;

    let device = Client::new(emulator.base_url(), Credentials::digest("admin", "secret"))?;
    let certificates = device.user_certificates();
    // Signing in first saves sending the upload twice.
    certificates.list().await?;
    let upload = UserCertificateUpload::new(identity.certificates_pem, identity.private_key_pem);
    let stored = certificates.upload(&upload.id("@door")).await?;
    let mut out = stdout().lock();
    writeln!(out, "stored {}", stored.fingerprint)?;

    certificates.delete("@door").await?;
    let factory = certificates.get("#factory").await?;
    match certificates.delete(&factory).await {
        Err(error) if ErrorCode::of(&error) == Some(ErrorCode::REFUSED) => {
            writeln!(out, "{error}")?;
        }
        outcome => outcome?,
    }
    Ok(())
}
