use cert_core::Secret;
use contract::{Fields, Suite};
use sectigo_scm::azure_accounts::{AzureAccountUpdate, AzureEnvironment, NewAzureAccount};
use sectigo_scm::{AzureAccountId, Client, OrganizationDelegation, OrganizationId};
use serde_json::json;

use crate::client_answered;
use crate::discovery::delegation;

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    let suite = accounts(suite);
    let suite = reached(suite);
    suite.mandatory(["azure_list_accounts [].id"])
}

fn accounts(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("azure_list_accounts", |scm: &Client, x| {
            let query = x.query();
            let pages = scm.azure_accounts().list();
            let pages = pages.resume(query.opt("position").unwrap_or(0));
            match query.opt("size") {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("azure_get_account", |scm: &Client, x| {
            scm.azure_accounts()
                .get(x.path::<AzureAccountId>("accountId"))
        })
        .case("azure_create_account", |scm: &Client, x| {
            scm.azure_accounts().create(&account(&x.body()))
        })
        .case("azure_update_account", |scm: &Client, x| {
            let update = x
                .body()
                .fill(AzureAccountUpdate::new())
                .set::<String>("name", AzureAccountUpdate::name)
                .set::<String>("applicationId", AzureAccountUpdate::application)
                .set::<String>("directoryId", AzureAccountUpdate::directory)
                .set::<AzureEnvironment>("environment", AzureAccountUpdate::environment)
                .set::<Secret>("applicationSecret", AzureAccountUpdate::application_secret)
                .done();
            scm.azure_accounts()
                .update(x.path::<AzureAccountId>("accountId"), &update)
        })
        .case("azure_delegate_account", |scm: &Client, x| {
            scm.azure_accounts().delegate(
                x.path::<AzureAccountId>("accountId"),
                &delegation(&x.body()),
            )
        })
        .case("azure_delete_account", |scm: &Client, x| {
            scm.azure_accounts()
                .delete(x.path::<AzureAccountId>("accountId"))
        })
}

fn reached(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("azure_check_account", |scm: &Client, x| {
            scm.azure_accounts()
                .check(x.path::<AzureAccountId>("accountId"))
        })
        .case("azure_list_resource_groups", |scm: &Client, x| {
            scm.azure_accounts()
                .list_resource_groups(x.path::<AzureAccountId>("accountId"))
        })
        .case("azure_list_vaults", |scm: &Client, x| {
            scm.azure_accounts().list_vaults(
                x.path::<AzureAccountId>("accountId"),
                &x.path::<String>("subscriptionId"),
                &x.path::<String>("resourceGroups"),
            )
        })
}

fn account(body: &Fields<'_>) -> NewAzureAccount {
    NewAzureAccount::new(
        body.need::<String>("name"),
        body.need::<String>("applicationId"),
        body.need::<String>("directoryId"),
        body.need::<AzureEnvironment>("environment"),
        body.need::<Secret>("applicationSecret"),
    )
}

#[tokio::test]
async fn an_account_tells_its_delegation() {
    let told = async |body| {
        let (scm, _server) = client_answered(200, body).await;
        let account = scm.azure_accounts().get(42).await.expect("an account");
        account.delegation()
    };
    let some = json!({"delegationMode": "CUSTOMIZED", "orgDelegations": [100_500]});
    let organizations = vec![OrganizationId::from(100_500)];
    assert_eq!(
        told(some).await,
        Some(OrganizationDelegation::Customized(organizations))
    );
    let all = json!({"delegationMode": "GLOBAL_FOR_CUSTOMER", "orgDelegations": [100_500]});
    assert_eq!(
        told(all).await,
        Some(OrganizationDelegation::GlobalForCustomer)
    );
    let new = json!({"delegationMode": "BY_REGION", "orgDelegations": null});
    assert_eq!(told(new).await, None);
    assert_eq!(told(json!({})).await, None);
}
