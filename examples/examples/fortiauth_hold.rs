//! Suspends a user's certificate on a FortiAuthenticator, and lets it work again:
//! `cargo run -p examples --example fortiauth_hold`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_emulators::fortiauth::Emulator;
use fortiauth::{Client, Credentials, ErrorKind, UserCertificateRevocationReason};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;

    let fac = Client::new(
        emulator.base_url(),
        Credentials::access_key("admin", "secret"),
    )?;
    let certificates = fac.user_certificates();
    certificates
        .revoke(1, UserCertificateRevocationReason::CertificateHold)
        .await?;
    let held = certificates.get(1).await?;
    let mut out = stdout().lock();
    let name = held.name.as_ref().ok_or("no name")?;
    writeln!(out, "{name} is {:?}", held.revocation_reason)?;
    certificates.unrevoke(&held).await?;

    // For any other reason it is for good.
    certificates
        .revoke(1, UserCertificateRevocationReason::KeyCompromise)
        .await?;
    let revoked = certificates.get(1).await?;
    match certificates.unrevoke(&revoked).await {
        Err(error) if error.kind() == ErrorKind::Argument => writeln!(out, "{error}")?,
        outcome => drop(outcome?),
    }
    Ok(())
}
