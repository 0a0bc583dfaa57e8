//! Renews a user's certificates in BlackBerry UEM, those of a bundle together:
//! `cargo run -p examples --example bb_uem_renew`.

use std::error::Error;
use std::io::{Write, stdout};

use bb_uem::{Client, Credentials, NotAllowed, UserSearch};
use cert_emulators::bb_uem::Emulator;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;

    let credentials = Credentials::password("SRP00000", "admin", "secret");
    let uem = Client::new(emulator.base_url(), credentials)?;
    let search = UserSearch::new().query("username=user-0001");
    let user = uem
        .users()
        .search(&search)
        .next()
        .await
        .ok_or("no such user")??;
    let list = uem.users().embedded_certificates(&user.guid).await?;
    let found = list.embedded_certificates.first().ok_or("no certificate")?;
    let certificate = found.certificate().ok_or("no link to the certificate")?;

    let mut out = stdout().lock();
    match uem.certificates().renew(&certificate).await {
        Ok(()) => writeln!(out, "renewal started")?,
        Err(error) if NotAllowed::of(&error).is_some() => {
            let bundle = found.bundle().ok_or("it cannot be renewed at all")?;
            if uem.bundles().allowed(&bundle).await?.can_renew() {
                uem.bundles().renew(&bundle).await?;
                writeln!(out, "renewal of the whole bundle started")?;
            }
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
