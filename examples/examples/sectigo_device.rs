//! A device's certificate: request, enrolment, waiting, a PKCS#12 file, replacement, revocation.
//! `cargo run -p examples --example sectigo_device`.

use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use cert_core::{CertificateSigningRequest, Curve, KeyKind, Pkcs12, PrivateKey};
use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::device::{DeviceEnrollment, DeviceReplacement};
use sectigo_scm::{Backoff, Client, Credentials, Revocation};

fn key_and_request() -> Result<(PrivateKey, CertificateSigningRequest), cert_core::DecodeError> {
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256))?;
    let request = CertificateSigningRequest::builder()
        .subject("CN=printer-0001")
        .sign(&key)?;
    Ok((key, request))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;
    let credentials = Credentials::password("admin", "secret", "cst1");
    let scm = Client::new(emulator.base_url(), credentials)?;

    let (key, request) = key_and_request()?;
    let id = scm
        .device_certificates()
        .enroll(&DeviceEnrollment::new(9001, 5301, &request))
        .await?
        .id;
    let devices = scm.device_certificates();
    devices.approve(id, "known printer").await?;
    let often = Backoff::new(Duration::from_millis(50), Duration::from_secs(1));
    let chain = devices.wait_for_issuance(id).backoff(often).await?;
    let p12 = Pkcs12::builder().key(&key, &chain).build("correct horse")?;
    let file = std::env::temp_dir().join("printer-0001.p12");
    p12.write_file(&file)?;
    writeln!(
        stdout(),
        "{} is in {}",
        chain.leaf().subject(),
        file.display()
    )?;

    let (_key, request) = key_and_request()?;
    scm.device_certificates()
        .replace(id, &DeviceReplacement::new(&request, "new board", true))
        .await?;
    let chain = scm
        .device_certificates()
        .wait_for_issuance(id)
        .backoff(often)
        .await?;
    writeln!(stdout(), "replaced by {}", chain.leaf().serial())?;
    scm.device_certificates()
        .revoke(id, &Revocation::new().reason("scrapped"))
        .await?;
    Ok(())
}
