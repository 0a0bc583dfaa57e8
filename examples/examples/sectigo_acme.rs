//! An ACME account with its domains, the command that registers certbot with it, and a certificate
//! that an ACME client fetches by itself: it is among the SSL certificates then.
//! `cargo run -p examples --example sectigo_acme`.

use std::error::Error;
use std::fs;
use std::io::{Write, stdout};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use cert_core::client::Tls;
use cert_core::{Certificate, CertificateChain};
use cert_emulators::sectigo_scm::Emulator;
use instant_acme::{
    Account, AccountBuilder, ExternalAccountKey, Identifier, NewAccount, NewOrder, RetryPolicy,
};
use sectigo_scm::acme::{
    AcmeClientFilter, AcmeServerFilter, CertValidationType, ExternalAccountBinding, NewAcmeAccount,
};
use sectigo_scm::ssl::{RequestedVia, SslFilter};
use sectigo_scm::{Client, Credentials};

const ORGANIZATION: i64 = 9001;
const DOMAIN: &str = "example.com";
const NAMES: [&str; 2] = ["www.example.com", "shop.example.com"];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().certificates(0).tls().start().await?;
    let root = Certificate::from_pem(&emulator.ca_pem())?;
    let credentials = Credentials::password("admin", "secret", "cst1");
    let scm = Client::builder(emulator.base_url(), credentials)
        .tls(Tls::new().root(root))
        .build()?;
    let accounts = scm.acme_accounts();

    let validated = AcmeServerFilter::new().validation_type(CertValidationType::Organization);
    let server = scm.acme_servers().list(&validated).next().await;
    let server = server.ok_or("no server validates organizations")??;
    let server_name = server.name.ok_or("no name of the server")?;
    let id = accounts
        .create(&NewAcmeAccount::new(
            ORGANIZATION,
            "web servers",
            server_name,
        ))
        .await?;
    let refused = accounts
        .add_domains(id, [DOMAIN, "fabrikam.example"])
        .await?;
    let refused = refused.expect_err("nobody has validated one of them");
    writeln!(
        stdout(),
        "account {id} has {DOMAIN}, but not {:?}",
        refused.names()
    )?;

    let account = accounts.get(id).await?;
    let binding = account.external_account_binding(&server.url.ok_or("no address")?)?;
    writeln!(stdout(), "on the web server: {}", binding.certbot())?;
    let chain = fetch(&binding, acme_client(&emulator.ca_pem())?).await?;
    let leaf = chain.leaf();
    writeln!(
        stdout(),
        "an ACME client got {} until {}",
        leaf.subject(),
        leaf.not_after()
    )?;

    let mut clients = accounts.list_clients(id, &AcmeClientFilter::new());
    let client = clients.next().await.ok_or("no client has registered")??;
    let agent = client.user_agent.ok_or("no name of the client")?;
    writeln!(stdout(), "client {} is {agent}", client.id)?;
    accounts.deactivate_client(id, client.id).await?;

    let by_acme = SslFilter::new().requested_via(RequestedVia::Acme);
    let listed = scm.ssl().list(&by_acme).collect().await?;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].serial_number.as_ref(), Some(leaf.serial()));
    writeln!(stdout(), "it is SSL certificate {}", listed[0].id)?;
    Ok(())
}

/// Registers, orders and waits, as ACME clients do. No challenge has to be met: the account's
/// domains are validated.
async fn fetch(
    binding: &ExternalAccountBinding,
    client: AccountBuilder,
) -> Result<CertificateChain, Box<dyn Error>> {
    let key = URL_SAFE_NO_PAD.decode(binding.mac_key().expose())?;
    let key = ExternalAccountKey::new(binding.key_id().expose().to_owned(), &key);
    let new = NewAccount {
        contact: &["mailto:web@example.com"],
        terms_of_service_agreed: true,
        only_return_existing: false,
    };
    let directory = binding.directory_url().to_owned();
    let (account, _) = client.create(&new, directory, Some(&key)).await?;

    let names = NAMES.map(|name| Identifier::Dns(name.to_owned()));
    let mut order = account.new_order(&NewOrder::new(&names)).await?;
    order.finalize().await?;
    let pem = order.poll_certificate(&RetryPolicy::default()).await?;
    Ok(CertificateChain::parse(pem.as_bytes())?)
}

/// A client that trusts the emulator; one of a real system needs `Account::builder()` alone.
fn acme_client(root_pem: &str) -> Result<AccountBuilder, Box<dyn Error>> {
    let name = format!("sectigo-acme-{}.pem", std::process::id());
    let file = std::env::temp_dir().join(name);
    fs::write(&file, root_pem)?;
    let client = Account::builder_with_root(&file);
    fs::remove_file(&file)?;
    Ok(client?)
}
