//! Which certificates of a department end next on a FortiAuthenticator, and what is in the first:
//! `cargo run -p examples --example fortiauth_expiring`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_emulators::fortiauth::Emulator;
use fortiauth::{Client, Credentials, UserCertificateFilter as Filter};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;

    let credentials = Credentials::access_key("admin", "secret");
    let fac = Client::new(emulator.base_url(), credentials)?;
    let sales = Filter::new().subject_icontains("/ou=sales");
    let mut certificates = fac.user_certificates().list(&sales.order_by("expiry"));
    let mut out = stdout().lock();
    let mut first = None;
    while let Some(certificate) = certificates.next().await {
        let certificate = certificate?;
        let status = certificate.status.as_ref().ok_or("no status")?;
        let expiry = certificate.expiry.as_ref().ok_or("no expiry")?;
        let name = certificate.name.as_ref().ok_or("no name")?;
        writeln!(out, "{expiry} {status} {name}")?;
        first.get_or_insert(certificate);
    }

    let subject = first.and_then(|first| first.subject);
    let filter = Filter::new().subject_exact(subject.ok_or("no subject")?.to_string());
    for content in fac.user_certificates().list_pem(&filter).collect().await? {
        let certificate = content.certificate.decode()?;
        let name = content.name.ok_or("no name")?;
        writeln!(out, "{name}: {}", certificate.sha256_fingerprint())?;
    }
    Ok(())
}
