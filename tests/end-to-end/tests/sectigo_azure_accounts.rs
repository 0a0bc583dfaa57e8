//! Sectigo's Azure accounts against their emulator.

use cert_core::Secret;
use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::azure_accounts::{AzureAccountUpdate, AzureEnvironment, NewAzureAccount};
use sectigo_scm::{
    AzureAccountId, Client, Credentials, DelegationMode, OrganizationDelegation, OrganizationId,
};

async fn started() -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).persons(0).devices(0);
    let emulator = builder.start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

#[tokio::test]
async fn an_account_lives() {
    let (_emulator, scm) = started().await;
    let accounts = scm.azure_accounts();
    let secret = Secret::from("the client secret");
    let account = NewAzureAccount::new(
        "Vaults",
        "application",
        "directory",
        AzureEnvironment::Germany,
        secret,
    );
    let id = accounts.create(&account).await.expect("an account");
    let known = accounts.get(id).await.expect("an account");
    assert_eq!(known.environment, Some(AzureEnvironment::Germany));
    assert_eq!(known.application.as_deref(), Some("application"));

    let update = AzureAccountUpdate::new().name("More vaults");
    accounts.update(id, &update).await.expect("changed");
    let all = accounts.list().page_size(2).collect().await;
    let all = all.expect("a list");
    let own = all.iter().find(|account| account.id == id);
    let own = own.expect("it is listed");
    assert_eq!(own.name.as_deref(), Some("More vaults"));
    assert_eq!(own.delegation_mode, Some(DelegationMode::Customized));
    assert_eq!(all.len(), 3);

    accounts.delete(id).await.expect("gone");
    let gone = accounts.get(id).await.expect_err("gone");
    assert_eq!(gone.status().map(|status| status.as_u16()), Some(404));
}

#[tokio::test]
async fn an_account_is_delegated_to_some_and_to_all() {
    let (_emulator, scm) = started().await;
    let accounts = scm.azure_accounts();
    let id = AzureAccountId::from(207);
    let research = vec![OrganizationId::from(9002)];
    let some = OrganizationDelegation::Customized(research.clone());
    let all = OrganizationDelegation::GlobalForCustomer;
    for (delegation, organizations) in [(some, research), (all, Vec::new())] {
        let told = accounts.delegate(id, &delegation).await.expect("delegated");
        assert_eq!(told.organizations, organizations);
        let known = accounts.get(id).await.expect("an account");
        assert_eq!(known.delegation(), Some(delegation));
    }
}

#[tokio::test]
async fn an_account_is_checked_and_reaches_its_vaults() {
    let (_emulator, scm) = started().await;
    let accounts = scm.azure_accounts();
    let id = AzureAccountId::from(208);
    let checks = accounts.check(id).await.expect("checks");
    let fine = |message: &Option<String>| message.as_deref() == Some("success");
    assert!(checks.len() == 2 && checks.iter().all(|check| fine(&check.message)));

    let mut vaults = Vec::new();
    for group in accounts.list_resource_groups(id).await.expect("groups") {
        let subscription = group.subscription.expect("a subscription");
        let name = group.name.expect("a name");
        let found = accounts.list_vaults(id, &subscription, &name).await;
        vaults.extend(found.expect("vaults"));
    }
    let names: Vec<_> = vaults.iter().filter_map(|it| it.name.as_deref()).collect();
    assert_eq!(names, ["emulated-web-kv", "emulated-mail-kv"]);

    let expired = AzureAccountUpdate::new().application_secret(Secret::from("expired"));
    accounts.update(id, &expired).await.expect("changed");
    let checks = accounts
        .check(id)
        .await
        .expect("a check that fails is none");
    assert!(checks.iter().all(|check| !fine(&check.message)));
    let refused = accounts.list_resource_groups(id).await;
    let refused = refused.expect_err("Azure lets nobody in");
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(400));
}
