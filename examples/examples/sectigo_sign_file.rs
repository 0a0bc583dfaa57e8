//! A file signed on demand: its hash uploaded by a developer, approved by an administrator,
//! signed, and the signature verified. `cargo run -p examples --example sectigo_sign_file`.
#![expect(
    deprecated,
    reason = "the vendor gives code signing on demand up, and still serves it"
)]

use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use cert_core::Certificate;
use cert_core::client::{ExternalClient, Tls};
use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::code_signing_requests::{DigestAlgorithm, SigningHashes, SigningLook};
use sectigo_scm::{Backoff, Client, Credentials};

const ORGANIZATION: i64 = 9001;
const PROGRAM: &[u8] = b"a program that stays on this machine";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;
    let developer = Credentials::developer("developer@example.com", "secret", "cst1");
    let developer = Client::new(emulator.base_url(), developer)?;
    let admin = Credentials::password("admin", "secret", "cst1");
    let admin = Client::new(emulator.base_url(), admin)?;
    // The agent takes and gives out files: it is trusted apart, and sees no credentials.
    let agent = ExternalClient::with_tls(Tls::new())?.allowing_loopback();

    let hash = digest(&SHA256, PROGRAM).as_ref().to_vec();
    let hashes = SigningHashes::new(DigestAlgorithm::Sha256).hash("tool.exe", hash);
    let requests = developer.code_signing_requests();
    let created = requests.create(ORGANIZATION, "1.4.2", &hashes).await?;
    requests.upload(&agent, &created, &hashes).await?;
    requests.submit(created.id).await?;
    writeln!(stdout(), "request {} waits for approval", created.id)?;

    let often = Backoff::new(Duration::from_millis(50), Duration::from_secs(1));
    let mut wait = requests.wait_for_signatures(created.id).backoff(often);
    let SigningLook::NotYet(progress) = wait.look().await? else {
        return Err("signed before anybody approved it".into());
    };
    writeln!(stdout(), "state {:?}", progress.state)?;
    let decisions = admin.code_signing_decisions();
    decisions.approve(created.id, "release 1.4.2").await?;

    let signed = wait.await?;
    let file = signed.files.first().ok_or("no file is signed")?;
    let signature = requests.download(&agent, file).await?;
    writeln!(
        stdout(),
        "{:?} is approved by {:?} and signed: {} bytes",
        file.name,
        signed.approver,
        signature.bytes.len()
    )?;

    // The vendor hands its signing certificate out by other ways.
    let certificate = emulator.state().signing_certificate();
    let certificate = Certificate::parse(&certificate)?;
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, certificate.public_key_der());
    key.verify(PROGRAM, &signature.bytes)?;
    writeln!(stdout(), "the signature is by {}", certificate.subject())?;
    Ok(())
}
