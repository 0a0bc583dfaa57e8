//! An administrator for one job: who renews SSL certificates over the API, with a password of its
//! own, and may do nothing else to them.
//! `cargo run -p examples --example sectigo_administrator`.

use std::error::Error;
use std::io::{Write, stdout};

use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::administrators::{
    AdminPrivilege, AdminRole, NewApiAdmin, PasswordRule, RoleAssignment,
};
use sectigo_scm::cert_core::{RevocationReason, Secret};
use sectigo_scm::ssl::{SslFilter, SslRenewal, SslRevocation, SslStatus};
use sectigo_scm::{AdminId, Client, Credentials, ErrorCode, SslId};

const ORGANIZATION: i64 = 9001;
const LOGIN: &str = "renewer";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;
    let master = client(&emulator, "admin", "secret")?;

    let password = Secret::new("Correct-h0rse-battery");
    let id = create_renewer(&master, &password).await?;
    let renewer = client(&emulator, LOGIN, &password)?;

    let certificate = an_issued_one(&renewer).await?;
    let renewal = renewer.ssl().renew(certificate, &SslRenewal::new()).await?;
    writeln!(stdout(), "{LOGIN} renews {certificate}: {}", renewal.id)?;
    assert_ne!(renewal.id, certificate);
    refused(&renewer, certificate).await?;

    let details = master.administrators().get(id).await?;
    assert_eq!(details.privileges, [AdminPrivilege::RenewSsl]);
    let requester = master.ssl().get(renewal.id).await?.requester;
    assert_eq!(requester.as_deref(), Some(LOGIN));
    Ok(())
}

fn client(
    emulator: &Emulator,
    login: &str,
    password: impl Into<Secret>,
) -> Result<Client, sectigo_scm::Error> {
    let credentials = Credentials::password(login, password, "cst1");
    Client::new(emulator.base_url(), credentials)
}

/// Creates the administrator, after a first password that the policy refuses.
async fn create_renewer(master: &Client, password: &Secret) -> Result<AdminId, Box<dyn Error>> {
    let admins = master.administrators();
    let refused = admins.create_api(&renewer("battery")).await;
    let error = refused.err().ok_or("a weak password was taken")?;
    let rules = PasswordRule::broken_by(&error);
    for rule in &rules {
        writeln!(stdout(), "password refused: {rule:?}")?;
    }
    assert!(rules.contains(&PasswordRule::Length { at_least: 8 }));

    let id = admins.create_api(&renewer(password)).await?;
    writeln!(
        stdout(),
        "administrator {id} is {LOGIN}, and renews SSL certificates"
    )?;
    Ok(id)
}

fn renewer(password: impl Into<Secret>) -> NewApiAdmin {
    let role = RoleAssignment::new(AdminRole::OrganizationSsl).organization(ORGANIZATION);
    NewApiAdmin::new(LOGIN, password, "Rene", "Wer", "pki@example.com", [role])
        .privileges([AdminPrivilege::RenewSsl])
}

async fn an_issued_one(scm: &Client) -> Result<SslId, Box<dyn Error>> {
    let issued = SslFilter::new()
        .status(SslStatus::Issued)
        .organization(ORGANIZATION);
    let mut certificates = scm.ssl().list(&issued);
    let first = certificates.next().await.ok_or("nothing is issued")??;
    Ok(first.id)
}

/// The same administrator is refused to revoke what it may renew.
async fn refused(renewer: &Client, certificate: SslId) -> Result<(), Box<dyn Error>> {
    let revocation = SslRevocation::new("superseded").code(RevocationReason::Superseded);
    let revoked = renewer.ssl().revoke(certificate, &revocation).await;
    let error = revoked.err().ok_or("it was revoked")?;
    writeln!(stdout(), "{LOGIN} revokes {certificate}: {error}")?;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::UNKNOWN_USER));
    Ok(())
}
