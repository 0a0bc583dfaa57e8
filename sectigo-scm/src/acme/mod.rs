//! Accounts at which ACME clients (RFC 8555) get certificates by themselves, with their domains,
//! their clients, and the servers that they are at.
//!
//! An account's key identifier and MAC key are what an ACME client registers with, by an external
//! account binding. Nobody else may see them: they are secrets.
//!
//! ```no_run
//! use sectigo_scm::acme::{AcmeServerFilter, NewAcmeAccount};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let named = AcmeServerFilter::new().name("OV ACME Server");
//! let server = scm.acme_servers().list(&named).next().await.ok_or("no such server")??;
//!
//! let accounts = scm.acme_accounts();
//! let id = accounts.create(&NewAcmeAccount::new(9001, "web servers", "OV ACME Server")).await?;
//! accounts.add_domains(id, ["example.org", "www.example.org"]).await??;
//!
//! let account = accounts.get(id).await?;
//! let binding = account.external_account_binding(&server.url.ok_or("no address")?)?;
//! println!("to be run on the web server: {}", binding.certbot().expose());
//! # Ok(())
//! # }
//! ```

mod account;
mod account_domains;
mod accounts;
mod binding;
mod clients;
mod operations;
mod scope;
mod servers;
mod universal;
mod v1;

use cert_core::Violation;

pub use self::account::{AcmeAccount, AcmeAccountFilter, NewAcmeAccount};
pub use self::account_domains::{AcmeDomain, AcmeDomainFilter, AcmeDomainsAnswer, RefusedDomains};
pub use self::accounts::AcmeAccounts;
pub use self::binding::{BindingError, CommandLine, ExternalAccountBinding};
pub use self::clients::{
    AcmeClient, AcmeClientFilter, AcmeClientStatus, UniversalAcmeClientFilter,
};
pub use self::operations::OPERATIONS;
pub use self::scope::OrganizationScope;
pub use self::servers::{AcmeServer, AcmeServerFilter, AcmeServers, CertValidationType};
pub use self::universal::{
    NewUniversalAcmeAccount, UniversalAcmeAccount, UniversalAcmeAccountFilter,
    UniversalAcmeAccounts,
};

/// Refuses a text of blanks alone.
fn written(text: &str) -> Result<(), Violation> {
    match text.trim() {
        "" => Err(Violation::new("is blank")),
        _ => Ok(()),
    }
}
