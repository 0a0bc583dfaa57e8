//! Hands a user a certificate with its key, and clears the key again:
//! `cargo run -p examples --example ivanti_mdm_user_certificate`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_emulators::frame::pkcs12::{Encryption, KeyWithChain};
use cert_emulators::frame::x509::from_text;
use cert_emulators::ivanti_mdm::Emulator;
use ivanti_mdm::{CertificateId, Client, Credentials, UserProvidedCertificate};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;
    // Stands for a file from your authority.
    let identity = emulator.client_identity("user-0001@example.com")?;
    let certificate = from_text(&identity.certificates_pem).ok_or("no certificate")?;
    let key = from_text(&identity.private_key_pem).ok_or("no key")?;
    let file = KeyWithChain::new("user-0001", &key, &[&certificate])
        .write("correct horse", Encryption::Aes256)?;

    let credentials = Credentials::basic("admin@example.com", "secret");
    let mdm = Client::new(emulator.base_url(), credentials)?;
    let user_provided = mdm.user_provided_certificates();
    let (account, policy) = ("user-0001@example.com", 35_037);
    let upload = UserProvidedCertificate::new(file, "correct horse", account, policy);
    user_provided.upload(&upload).await?;

    let outcome = user_provided
        .clear_keys(&[13, 99].map(CertificateId::from))
        .await?;
    let mut out = stdout().lock();
    if let Some(count) = outcome.cleared {
        writeln!(out, "keys cleared: {count}")?;
    }
    writeln!(
        out,
        "unknown, or cleared before: {:?}",
        outcome.invalid_certificates
    )?;
    Ok(())
}
