//! A person's S/MIME certificate: request, enrolment, waiting, a PKCS#12 file, renewal, and
//! revocation of all that the person has.
//! `cargo run -p examples --example sectigo_smime`.

use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use cert_core::{CertificateSigningRequest, KeyKind, Pkcs12, PrivateKey};
use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::smime::SmimeEnrollment;
use sectigo_scm::{Backoff, Client, Credentials, Revocation};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;
    let credentials = Credentials::password("admin", "secret", "cst1");
    let scm = Client::new(emulator.base_url(), credentials)?;

    let key = PrivateKey::generate(&KeyKind::Rsa(2048))?;
    let request = CertificateSigningRequest::builder()
        .email("ada@example.com")
        .sign(&key)?;
    let order = SmimeEnrollment::new(5201, "ada@example.com", "Ada", "Example")
        .organization(9001)
        .csr(&request);
    let order = scm.smime().enroll(&order).await?;
    let id = order.id.ok_or("the answer has no number")?;

    let often = Backoff::new(Duration::from_millis(50), Duration::from_secs(1));
    let chain = scm.smime().wait_for_issuance(id).backoff(often).await?;
    let file = std::env::temp_dir().join("ada.p12");
    let p12 = Pkcs12::builder().key(&key, &chain).friendly_name("Ada");
    p12.build("correct horse")?.write_file(&file)?;
    writeln!(
        stdout(),
        "{} is in {}",
        chain.leaf().subject(),
        file.display()
    )?;

    let renewed = scm
        .smime()
        .renew(id)
        .await?
        .id
        .ok_or("the answer has no number")?;
    let renewal = scm
        .smime()
        .wait_for_issuance(renewed)
        .backoff(often)
        .await?;
    writeln!(stdout(), "renewed until {}", renewal.leaf().not_after())?;

    let left = Revocation::new().reason("left the company");
    scm.smime()
        .revoke_by_email("ada@example.com", &left)
        .await?;
    Ok(())
}
