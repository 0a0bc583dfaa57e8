//! An ACME client of the field at an account that the SDK made, seen from both sides.

use std::fs;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use cert_core::client::Tls;
use cert_core::{Certificate, CertificateChain};
use cert_emulators::sectigo_scm::{Emulator, Progress};
use instant_acme::{
    Account, ExternalAccountKey, Identifier, NewAccount, NewOrder, Order, RetryPolicy,
};
use sectigo_scm::acme::{
    AcmeClientFilter, AcmeClientStatus, AcmeServerFilter, CertValidationType,
    ExternalAccountBinding, NewAcmeAccount, NewUniversalAcmeAccount, UniversalAcmeClientFilter,
};
use sectigo_scm::ssl::{RequestedVia, SslFilter, SslStatus};
use sectigo_scm::{AcmeAccountId, Client, Credentials};

const ORGANIZATION: i64 = 9001;
const NAME: &str = "www.example.com";

async fn started() -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).tls();
    let emulator = builder.issuance(Progress::AtOnce).start().await;
    let emulator = emulator.expect("the emulator starts");
    let root = Certificate::from_pem(&emulator.ca_pem()).expect("a root");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::builder(emulator.base_url(), credentials);
    let client = client.tls(Tls::new().root(root)).build();
    (emulator, client.expect("a client"))
}

/// An account for `example.com`, and what a client of it is told.
async fn account(scm: &Client) -> (AcmeAccountId, ExternalAccountBinding) {
    let kind = AcmeServerFilter::new().validation_type(CertValidationType::Organization);
    let server = scm.acme_servers().list(&kind).next().await;
    let server = server.expect("one").expect("a list");
    let new = NewAcmeAccount::new(ORGANIZATION, "web", server.name.expect("a name"));
    let accounts = scm.acme_accounts();
    let id = accounts.create(&new).await.expect("a number");
    let added = accounts.add_domains(id, ["example.com"]).await;
    added.expect("an answer").expect("all of them");
    let account = accounts.get(id).await.expect("details");
    let directory = server.url.expect("an address");
    let binding = account.external_account_binding(&directory);
    (id, binding.expect("a key"))
}

async fn register(
    emulator: &Emulator,
    binding: &ExternalAccountBinding,
) -> Result<Account, instant_acme::Error> {
    let file = format!("end-to-end-acme-{}.pem", emulator.address().port());
    let file = std::env::temp_dir().join(file);
    fs::write(&file, emulator.ca_pem()).expect("a file");
    let client = Account::builder_with_root(&file).expect("a root");
    fs::remove_file(&file).expect("the file");
    let key = URL_SAFE_NO_PAD.decode(binding.mac_key().expose());
    let id = binding.key_id().expose().to_owned();
    let key = ExternalAccountKey::new(id, &key.expect("base64url"));
    let new = NewAccount {
        contact: &["mailto:web@example.com"],
        terms_of_service_agreed: true,
        only_return_existing: false,
    };
    let directory = binding.directory_url().to_owned();
    let (account, _) = client.create(&new, directory, Some(&key)).await?;
    Ok(account)
}

async fn order(account: &Account, name: &str) -> Result<Order, instant_acme::Error> {
    let names = [Identifier::Dns(name.to_owned())];
    account.new_order(&NewOrder::new(&names)).await
}

async fn fetch(account: &Account) -> CertificateChain {
    let mut order = order(account, NAME).await.expect("an order");
    order.finalize().await.expect("finalized");
    let pem = order.poll_certificate(&RetryPolicy::default()).await;
    CertificateChain::parse(pem.expect("a certificate").as_bytes()).expect("a chain")
}

#[tokio::test]
async fn what_a_client_fetched_is_among_the_certificates() {
    let (emulator, scm) = started().await;
    let (_, binding) = account(&scm).await;
    let client = register(&emulator, &binding).await.expect("registered");
    let chain = fetch(&client).await;
    let filter = SslFilter::new().requested_via(RequestedVia::Acme);
    let listed = scm.ssl().list(&filter).collect().await.expect("a list");
    assert_eq!(listed.len(), 1);
    let shown = scm.ssl().get(listed[0].id).await.expect("details");
    assert_eq!(shown.status, Some(SslStatus::Issued));
    assert_eq!(shown.requested_via, Some(RequestedVia::Acme));
    assert_eq!(shown.common_name.as_deref(), Some(NAME));
    assert_eq!(shown.serial_number.as_ref(), Some(chain.leaf().serial()));
    let collected = scm.ssl().wait_for_issuance(shown.id).await;
    let collected = collected.expect("a chain");
    assert_eq!(collected.leaf(), chain.leaf());
}

#[tokio::test]
async fn a_client_that_was_deactivated_is_not_served() {
    let (emulator, scm) = started().await;
    let accounts = scm.acme_accounts();
    let (id, binding) = account(&scm).await;
    let client = register(&emulator, &binding).await.expect("registered");
    let filter = AcmeClientFilter::new().contacts("web@example");
    let listed = accounts.list_clients(id, &filter).collect().await;
    let [known] = <[_; 1]>::try_from(listed.expect("a list")).expect("one");
    assert!(client.id().ends_with(known.id.as_str()));
    assert_eq!(known.status, Some(AcmeClientStatus::Valid));
    assert_eq!(known.contacts.as_deref(), Some("web@example.com"));
    assert_eq!(known.ip_address.as_deref(), Some("127.0.0.1"));
    assert!(known.last_activity.is_some());
    let agent = known.user_agent.expect("a name");
    assert!(agent.starts_with("instant-acme/"), "{agent}");

    order(&client, NAME).await.expect("an order");
    order(&client, "www.example.net")
        .await
        .err()
        .expect("outside");
    accounts
        .deactivate_client(id, known.id)
        .await
        .expect("done");
    order(&client, NAME).await.err().expect("closed");
    let listed = accounts.list_clients(id, &filter).collect().await;
    let status = listed.expect("a list")[0].status.clone();
    assert_eq!(status, Some(AcmeClientStatus::Deactivated));
    accounts.delete(id).await.expect("deleted");
    register(&emulator, &binding)
        .await
        .err()
        .expect("no account");
}

#[tokio::test]
async fn universal_accounts_have_clients_too() {
    let (emulator, scm) = started().await;
    let accounts = scm.universal_acme_accounts();
    let server = "Emulated universal ACME server";
    let new = NewUniversalAcmeAccount::new(ORGANIZATION, "plant", server, "Emulated OV SSL");
    let id = accounts.create(&new).await.expect("a number");
    let account = accounts.get(id).await.expect("details");
    let directory = format!("{}/acme/v2/universal", emulator.base_url());
    let binding = account.external_account_binding(&directory);
    let client = register(&emulator, &binding.expect("a key")).await;
    let client = client.expect("registered");
    fetch(&client).await;
    let filter = UniversalAcmeClientFilter::new();
    let listed = accounts.list_clients(id, &filter).collect().await;
    let [known] = <[_; 1]>::try_from(listed.expect("a list")).expect("one");
    accounts
        .deactivate_client(id, known.id)
        .await
        .expect("done");
    order(&client, NAME).await.err().expect("closed");
}
