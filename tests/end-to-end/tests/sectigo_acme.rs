//! Sectigo's ACME accounts, their domains and clients against the emulator.

use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::acme::{
    AcmeAccountFilter, AcmeClientFilter, AcmeDomain, AcmeDomainFilter, AcmeServer,
    AcmeServerFilter, CertValidationType, NewAcmeAccount, NewUniversalAcmeAccount,
    OrganizationScope, UniversalAcmeAccountFilter, UniversalAcmeClientFilter,
};
use sectigo_scm::{AcmeAccountId, Client, Credentials};

const ORGANIZATION: i64 = 9001;
const NAMES: [&str; 2] = ["shop.example.com", "www.example.com"];
/// Nobody has proven control of it.
const UNPROVEN: &str = "fabrikam.example";

async fn started() -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).devices(0);
    let emulator = builder.start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

async fn server(scm: &Client, validated: CertValidationType) -> AcmeServer {
    let filter = AcmeServerFilter::new().validation_type(validated);
    let found = scm.acme_servers().list(&filter).next().await;
    found.expect("one of each kind").expect("a list")
}

async fn created(scm: &Client, name: &str) -> AcmeAccountId {
    let server = server(scm, CertValidationType::Organization).await;
    let account = NewAcmeAccount::new(ORGANIZATION, name, server.name.expect("a name"));
    let created = scm.acme_accounts().create(&account).await;
    created.expect("a number")
}

/// An account with the two names.
async fn with_domains(scm: &Client) -> AcmeAccountId {
    let id = created(scm, "web servers").await;
    let added = scm.acme_accounts().add_domains(id, NAMES).await;
    added.expect("an answer").expect("all of them");
    id
}

fn names(domains: Vec<AcmeDomain>) -> Vec<String> {
    let named = domains.into_iter().map(|domain| domain.name);
    let mut names: Vec<_> = named.map(|name| name.expect("a name")).collect();
    names.sort_unstable();
    names
}

async fn domains(scm: &Client, id: AcmeAccountId, filter: &AcmeDomainFilter) -> Vec<String> {
    let listed = scm.acme_accounts().list_domains(id, filter).collect().await;
    names(listed.expect("a list"))
}

#[tokio::test]
async fn every_server_is_listed_once_without_a_total() {
    let (_emulator, scm) = started().await;
    let whole = scm.acme_servers().list(&AcmeServerFilter::new());
    let whole = whole.collect().await.expect("a list");
    let one_by_one = scm.acme_servers().list(&AcmeServerFilter::new());
    let one_by_one = one_by_one.page_size(1).collect().await.expect("a list");
    assert_eq!(one_by_one, whole);
    for kind in ["OV", "EV"].map(CertValidationType::from) {
        let server = server(&scm, kind.clone()).await;
        assert_eq!(server.validation_type, Some(kind));
        let named = AcmeServerFilter::new().name(server.name.as_deref().expect("a name"));
        let found = scm.acme_servers().list(&named).collect().await;
        assert_eq!(found.expect("a list"), [server]);
    }
}

#[tokio::test]
async fn an_account_lives() {
    let (_emulator, scm) = started().await;
    let accounts = scm.acme_accounts();
    let server = server(&scm, CertValidationType::Extended).await;
    let name = server.name.as_deref().expect("a name");
    let new = NewAcmeAccount::new(ORGANIZATION, "web servers", name);
    let id = accounts.create(&new).await.expect("a number");

    let account = accounts.get(id).await.expect("details");
    assert_eq!(account.name.as_deref(), Some("web servers"));
    assert_eq!(account.server, server.name);
    assert_eq!(account.organization, Some(ORGANIZATION.into()));
    assert_eq!(account.validation_type, Some(CertValidationType::Extended));
    assert_eq!(account.domains, None);

    accounts.rename(id, "shops").await.expect("renamed");
    let named = AcmeAccountFilter::new().name("shops").server(name);
    let listed = accounts.list(&named).collect().await.expect("a list");
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].id, &listed[0].mac_key), (id, &account.mac_key));

    accounts.delete(id).await.expect("deleted");
    accounts.get(id).await.expect_err("gone");
    let listed = accounts.list(&named).collect().await.expect("a list");
    assert_eq!(listed, []);
}

#[tokio::test]
async fn the_key_of_an_account_is_for_whoever_asks() {
    let (_emulator, scm) = started().await;
    let id = created(&scm, "web servers").await;
    let account = scm.acme_accounts().get(id).await.expect("details");
    let server = server(&scm, CertValidationType::Organization).await;
    let directory = server.url.expect("an address");
    let binding = account.external_account_binding(&directory);
    let binding = binding.expect("a key");
    assert_eq!(binding.directory_url(), directory);
    let command = binding.certbot();
    for secret in [binding.key_id(), binding.mac_key()] {
        let secret = secret.expose();
        assert!(command.expose().contains(secret));
        for shown in [
            format!("{account:?}"),
            format!("{binding:?}{command}{command:?}"),
        ] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[tokio::test]
async fn accounts_are_listed_page_by_page() {
    let (_emulator, scm) = started().await;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(created(&scm, &format!("account {number}")).await);
    }
    let own = OrganizationScope::new(ORGANIZATION).without_departments();
    for organization in [OrganizationScope::new(ORGANIZATION), own] {
        let filter = AcmeAccountFilter::new().organization(organization);
        let listed = scm.acme_accounts().list(&filter).page_size(2).collect();
        let listed = listed.await.expect("a list");
        let listed: Vec<_> = listed.iter().map(|account| account.id).collect();
        assert!(ids.iter().all(|id| listed.contains(id)), "{listed:?}");
    }
}

#[tokio::test]
async fn domains_are_added_and_removed_as_far_as_they_can_be() {
    let (_emulator, scm) = started().await;
    let id = with_domains(&scm).await;
    let all = AcmeDomainFilter::new();
    assert_eq!(domains(&scm, id, &all).await, NAMES);
    let matching = AcmeDomainFilter::new().name(r"www\..*");
    assert_eq!(domains(&scm, id, &matching).await, [NAMES[1]]);

    let accounts = scm.acme_accounts();
    let added = accounts
        .add_domains(id, ["mail.example.com", UNPROVEN])
        .await;
    let refused = added.expect("an answer").expect_err("one is not proven");
    assert_eq!(refused.names(), [UNPROVEN]);
    let gone = [NAMES[1], UNPROVEN, "mail.example.com"];
    let removed = accounts.remove_domains(id, gone).await;
    let refused = removed.expect("an answer").expect_err("one was not there");
    assert_eq!(refused.names(), [UNPROVEN]);
    assert_eq!(domains(&scm, id, &all).await, [NAMES[0]]);
    let removed = accounts.remove_domains(id, [NAMES[0]]).await;
    removed.expect("an answer").expect("removed");
    assert_eq!(domains(&scm, id, &all).await, [""; 0]);
}

#[tokio::test]
async fn domains_are_found_by_the_days_until_they_end() {
    let (_emulator, scm) = started().await;
    let id = with_domains(&scm).await;
    for (days, count) in [(-30, 0), (0, 0), (30, 0), (400, 2)] {
        let valid = AcmeDomainFilter::new().expires_within_days(days);
        assert_eq!(domains(&scm, id, &valid).await.len(), count, "{days}");
        let sticky = AcmeDomainFilter::new().sticky_expires_within_days(days);
        assert_eq!(domains(&scm, id, &sticky).await.len(), count, "{days}");
    }
}

#[tokio::test]
async fn an_account_without_clients_has_none_to_deactivate() {
    let (_emulator, scm) = started().await;
    let id = created(&scm, "web servers").await;
    let accounts = scm.acme_accounts();
    let filter = AcmeClientFilter::new().active_within_days(1);
    let clients = accounts.list_clients(id, &filter).collect().await;
    assert_eq!(clients.expect("a list"), []);
    let nobody = "af4f3cd5-81a2-45ed-9afd-a62621b9c960";
    let deactivated = accounts.deactivate_client(id, nobody).await;
    deactivated.expect_err("an unknown client");
}

#[tokio::test]
#[expect(deprecated, reason = "what the vendor has replaced works too")]
async fn the_first_version_does_the_same_to_the_same_accounts() {
    let (_emulator, scm) = started().await;
    let accounts = scm.acme_accounts();
    let id = with_domains(&scm).await;
    let account = accounts.get_v1(id).await.expect("details");
    assert_eq!(names(account.domains.expect("the domains")), NAMES);

    accounts.rename_v1(id, "shops").await.expect("renamed");
    let removed = accounts.remove_domains_v1(id, [NAMES[0]]).await;
    removed.expect("an answer").expect("removed");
    let added = accounts.add_domains_v1(id, [NAMES[0]]).await;
    added.expect("an answer").expect("added");
    let named = AcmeAccountFilter::new().name("shops");
    let listed = accounts.list_v1(&named).collect().await.expect("a list");
    assert_eq!(listed[0].id, id);
    assert_eq!(listed[0].domains.as_ref().map(Vec::len), Some(2));
    accounts.delete_v1(id).await.expect("deleted");
    accounts.get(id).await.expect_err("gone");

    let server = server(&scm, CertValidationType::Extended).await;
    let new = NewAcmeAccount::new(ORGANIZATION, "old", server.name.expect("a name"));
    let id = accounts.create_v1(&new).await.expect("a number");
    let account = accounts.get(id).await.expect("details");
    assert_eq!(account.name.as_deref(), Some("old"));
}

#[tokio::test]
async fn a_universal_account_lives() {
    let (_emulator, scm) = started().await;
    let accounts = scm.universal_acme_accounts();
    let profiles = scm.ssl().list_profiles().await.expect("profiles");
    let profile = profiles[0].name.clone().expect("a name");
    let server = "Emulated universal ACME server";
    let new = NewUniversalAcmeAccount::new(ORGANIZATION, "intranet", server, &profile);
    let id = accounts.create(&new).await.expect("a number");

    let account = accounts.get(id).await.expect("details");
    assert_eq!(account.server.as_deref(), Some(server));
    assert_eq!(account.profile, Some(profile));
    accounts.rename(id, "plant").await.expect("renamed");
    let named = UniversalAcmeAccountFilter::new()
        .name("plant")
        .organization(ORGANIZATION);
    let listed = accounts.list(&named).collect().await.expect("a list");
    assert_eq!((listed.len(), listed[0].id), (1, id));

    let clients = accounts.list_clients(id, &UniversalAcmeClientFilter::new());
    assert_eq!(clients.collect().await.expect("a list"), []);
    let deactivated = accounts.deactivate_client(id, "FmcZgzSqt6TpAtQFAAAAAA==");
    deactivated.await.expect_err("an unknown client");
    accounts.delete(id).await.expect("deleted");
    accounts.get(id).await.expect_err("gone");
}
