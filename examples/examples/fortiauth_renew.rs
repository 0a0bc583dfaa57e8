//! Renews a user's certificate on a FortiAuthenticator with a new key:
//! `cargo run -p examples --example fortiauth_renew`.

use std::error::Error as StdError;
use std::io::{Write, stdout};

use cert_core::{CertificateSigningRequest, Curve, KeyKind, PrivateKey};
use cert_emulators::fortiauth::Emulator;
use fortiauth::{Client, Credentials, Error, Renewal};

#[tokio::main]
async fn main() -> Result<(), Box<dyn StdError>> {
    let emulator = Emulator::builder().start().await?;

    let credentials = Credentials::access_key("admin", "secret");
    let fac = Client::new(emulator.base_url(), credentials)?;
    let old = fac.user_certificates().get(1).await?;

    // The subject of the request has to be the one of the certificate.
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256))?;
    let request = CertificateSigningRequest::builder()
        .subject(old.subject.ok_or("the certificate has no subject")?)
        .sign(&key)?;

    let name = old.name.ok_or("the certificate has no name")?;
    let renewal = Renewal::new(name, &request, 365_u32).revoke_old(true);
    let new = fac.user_certificates().renew(&renewal).await;
    if new.as_ref().is_err_and(Error::may_have_run) {
        writeln!(stdout(), "list by subject before renewing again")?;
    }
    let new = new?;
    let until = new.certificate.decode()?.not_after().to_string();
    let name = new.name.ok_or("the new certificate has no name")?;
    writeln!(stdout(), "{name} is good until {until}")?;
    Ok(())
}
