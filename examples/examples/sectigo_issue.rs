//! The life of an SSL certificate over TLS: key and request, enrolment, waiting, a PKCS#12 file,
//! renewal, revocation; signed in by password, then by client certificate.
//! `cargo run -p examples --example sectigo_issue`.

use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use cert_core::client::{Identity, Tls};
use cert_core::{Certificate, CertificateSigningRequest, Curve, KeyKind, Pkcs12, PrivateKey};
use cert_emulators::{ClientCertificates, sectigo_scm::Emulator};
use sectigo_scm::ssl::{SslEnrollment, SslRenewal, SslRevocation};
use sectigo_scm::{Backoff, Client, Credentials, Look};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder()
        .client_certificates(ClientCertificates::Optional)
        .start()
        .await?;
    let tls = || Certificate::from_pem(&emulator.ca_pem()).map(|root| Tls::new().root(root));

    let password = Credentials::password("admin", "secret", "cst1");
    let scm = Client::builder(emulator.base_url(), password)
        .tls(tls()?)
        .build()?;
    live(&scm, "password.example.com").await?;

    let shown = emulator.client_identity("admin")?;
    let identity = Identity::from_pem(&shown.certificates_pem, shown.private_key_pem.as_str())?;
    let certificate = Credentials::certificate("admin", "cst1", identity);
    let scm = Client::builder(emulator.base_url(), certificate)
        .tls(tls()?)
        .build()?;
    live(&scm, "certificate.example.com").await
}

async fn live(scm: &Client, name: &str) -> Result<(), Box<dyn Error>> {
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256))?;
    let request = CertificateSigningRequest::builder()
        .subject(format!("CN={name}").as_str())
        .dns(name)
        .sign(&key)?;
    let order = SslEnrollment::new(9001, 5101, &request).term(365);
    let order = scm.ssl().enroll(&order).await?;

    let often = Backoff::new(Duration::from_millis(50), Duration::from_secs(1));
    let mut wait = scm.ssl().wait_for_issuance(order.id).backoff(often);
    let chain = loop {
        match wait.look().await? {
            Look::Issued(chain) => break chain,
            Look::NotYet(progress) => writeln!(stdout(), "  not yet: {:?}", progress.status)?,
        }
    };

    let file = std::env::temp_dir().join(format!("{name}.p12"));
    let p12 = Pkcs12::builder().key(&key, &chain).build("correct horse")?;
    p12.write_file(&file)?;
    let read = format!(
        "openssl pkcs12 -in {} -passin 'pass:correct horse'",
        file.display()
    );
    writeln!(stdout(), "{}: {read} -nodes", chain.leaf().subject())?;

    let renewed = scm.ssl().renew(order.id, &SslRenewal::new()).await?;
    let renewal = scm
        .ssl()
        .wait_for_issuance(renewed.id)
        .backoff(often)
        .await?;
    writeln!(stdout(), "renewed until {}", renewal.leaf().not_after())?;
    scm.ssl()
        .revoke(order.id, &SslRevocation::new("renewed"))
        .await?;
    Ok(())
}
