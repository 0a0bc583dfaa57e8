//! Which certificates the users of a BlackBerry UEM tenant have, and when they end:
//! `cargo run -p examples --example bb_uem_user_certificates`.

use std::error::Error;
use std::io::{Write, stdout};

use bb_uem::{Client, Credentials, NotAllowed, UserSearch};
use cert_core::Certificate;
use cert_emulators::bb_uem::Emulator;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;

    let credentials = Credentials::password("SRP00000", "admin", "secret");
    let uem = Client::new(emulator.base_url(), credentials)?;
    let search = UserSearch::new()
        .query("username=user-000*")
        .sort_by("username");
    let mut users = uem.users().search(&search);
    let mut out = stdout().lock();
    while let Some(user) = users.next().await {
        let list = uem.users().embedded_certificates(&user?.guid).await?;
        for embedded in list.embedded_certificates {
            let id = embedded.certificate().ok_or("no link")?;
            match uem.certificates().download(&id).await {
                Ok(file) => {
                    let certificate = Certificate::from_der(&file.bytes)?;
                    let name = embedded.name.as_deref().unwrap_or("?");
                    writeln!(out, "{} {name}", certificate.not_after())?;
                }
                Err(error) if NotAllowed::of(&error).is_some() => writeln!(out, "{error}")?,
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(())
}
