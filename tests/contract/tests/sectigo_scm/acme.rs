use cert_core::client::{PageReply, Pages};
use contract::{Fields, Suite};
use sectigo_scm::acme::{
    AcmeAccountFilter, AcmeClientFilter, AcmeClientStatus, AcmeDomainFilter, AcmeServerFilter,
    CertValidationType, NewAcmeAccount, NewUniversalAcmeAccount, OrganizationScope, RefusedDomains,
    UniversalAcmeAccountFilter, UniversalAcmeClientFilter,
};
use sectigo_scm::{
    AcmeAccountId, AcmeCaId, AcmeClientId, Client, OrganizationId, UniversalAcmeAccountId,
};
use serde_json::json;

use crate::client_answered;

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 8] = [
    "acme_list_accounts_v2 [].id",
    "acme_list_accounts_v1 [].id",
    "acme_get_account_v2 id",
    "acme_get_account_v1 id",
    "acme_list_universal_account_clients [].accountId",
    "acme_list_account_clients [].accountId",
    "acme_list_universal_accounts [].id",
    "acme_get_universal_account id",
];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    let suite = accounts(servers(suite));
    let suite = accounts_v1(suite);
    let suite = domains_v1(domains(suite));
    let suite = universal(clients(suite));
    suite.mandatory(MANDATORY)
}

fn servers(suite: Suite<Client>) -> Suite<Client> {
    suite.pages("acme_list_servers", |scm: &Client, x| {
        let query = x.query();
        let filter = query
            .fill(AcmeServerFilter::new())
            .set::<String>("name", AcmeServerFilter::name)
            .set::<String>("url", AcmeServerFilter::url)
            .set::<CertValidationType>("certValidationType", AcmeServerFilter::validation_type)
            .set::<AcmeCaId>("caId", AcmeServerFilter::ca)
            .done();
        page(scm.acme_servers().list(&filter), &query)
    })
}

fn accounts(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("acme_list_accounts_v2", |scm: &Client, x| {
            let query = x.query();
            page(scm.acme_accounts().list(&account_filter(&query)), &query)
        })
        .case("acme_get_account_v2", |scm: &Client, x| {
            scm.acme_accounts().get(x.path::<AcmeAccountId>("id"))
        })
        .case("acme_create_account_v2", |scm: &Client, x| {
            scm.acme_accounts().create(&account(&x.body()))
        })
        .case("acme_update_account_v2", |scm: &Client, x| {
            let name: String = x.body().need("name");
            scm.acme_accounts()
                .rename(x.path::<AcmeAccountId>("id"), &name)
        })
        .case("acme_delete_account_v2", |scm: &Client, x| {
            scm.acme_accounts().delete(x.path::<AcmeAccountId>("id"))
        })
}

#[expect(deprecated, reason = "a deprecated operation keeps the contract too")]
fn accounts_v1(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("acme_list_accounts_v1", |scm: &Client, x| {
            let query = x.query();
            page(scm.acme_accounts().list_v1(&account_filter(&query)), &query)
        })
        .case("acme_get_account_v1", |scm: &Client, x| {
            scm.acme_accounts().get_v1(x.path::<AcmeAccountId>("id"))
        })
        .case("acme_create_account_v1", |scm: &Client, x| {
            scm.acme_accounts().create_v1(&account(&x.body()))
        })
        .case("acme_update_account_v1", |scm: &Client, x| {
            let name: String = x.body().need("name");
            scm.acme_accounts()
                .rename_v1(x.path::<AcmeAccountId>("id"), &name)
        })
        .case("acme_delete_account_v1", |scm: &Client, x| {
            scm.acme_accounts().delete_v1(x.path::<AcmeAccountId>("id"))
        })
}

fn domains(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("acme_list_account_domains", |scm: &Client, x| {
            let query = x.query();
            let filter = query
                .fill(AcmeDomainFilter::new())
                .set::<String>("name", AcmeDomainFilter::name)
                .set::<i32>(
                    "expiresWithinNextDays",
                    AcmeDomainFilter::expires_within_days,
                )
                .set::<i32>(
                    "stickyExpiresWithinNextDays",
                    AcmeDomainFilter::sticky_expires_within_days,
                )
                .done();
            let id: AcmeAccountId = x.path("id");
            page(scm.acme_accounts().list_domains(id, &filter), &query)
        })
        .case("acme_add_account_domains_v2", |scm: &Client, x| {
            scm.acme_accounts()
                .add_domains(x.path::<AcmeAccountId>("id"), names(&x.body()))
        })
        .case("acme_remove_account_domains_v2", |scm: &Client, x| {
            scm.acme_accounts()
                .remove_domains(x.path::<AcmeAccountId>("id"), names(&x.body()))
        })
}

#[expect(deprecated, reason = "a deprecated operation keeps the contract too")]
fn domains_v1(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("acme_add_account_domains_v1", |scm: &Client, x| {
            scm.acme_accounts()
                .add_domains_v1(x.path::<AcmeAccountId>("id"), names(&x.body()))
        })
        .case("acme_remove_account_domains_v1", |scm: &Client, x| {
            scm.acme_accounts()
                .remove_domains_v1(x.path::<AcmeAccountId>("id"), names(&x.body()))
        })
}

fn clients(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("acme_list_account_clients", |scm: &Client, x| {
            let query = x.query();
            let filter = query
                .fill(AcmeClientFilter::new())
                .set::<String>("userAgent", AcmeClientFilter::user_agent)
                .set::<String>("ipAddress", AcmeClientFilter::ip_address)
                .set::<Vec<AcmeClientStatus>>("status", AcmeClientFilter::statuses)
                .set::<i32>(
                    "lastActivityWithinPrevDays",
                    AcmeClientFilter::active_within_days,
                )
                .set::<String>("contacts", AcmeClientFilter::contacts)
                .done();
            let id: AcmeAccountId = x.path("id");
            page(scm.acme_accounts().list_clients(id, &filter), &query)
        })
        .case("acme_deactivate_account_client", |scm: &Client, x| {
            scm.acme_accounts().deactivate_client(
                x.path::<AcmeAccountId>("id"),
                x.path::<AcmeClientId>("clientId"),
            )
        })
}

fn universal(suite: Suite<Client>) -> Suite<Client> {
    let suite = universal_clients(suite);
    suite
        .pages("acme_list_universal_accounts", |scm: &Client, x| {
            let query = x.query();
            let organization: Option<String> = query.opt("organizationId");
            let filter = query
                .fill(UniversalAcmeAccountFilter::new())
                .add(
                    organization.as_deref().map(number),
                    UniversalAcmeAccountFilter::organization,
                )
                .set::<String>("name", UniversalAcmeAccountFilter::name)
                .set::<String>("acmeServer", UniversalAcmeAccountFilter::server)
                .done();
            page(scm.universal_acme_accounts().list(&filter), &query)
        })
        .case("acme_get_universal_account", |scm: &Client, x| {
            scm.universal_acme_accounts()
                .get(x.path::<UniversalAcmeAccountId>("id"))
        })
        .case("acme_create_universal_account", |scm: &Client, x| {
            let body = x.body();
            let organization: OrganizationId = body.need("organizationId");
            let [name, server, profile] =
                ["name", "acmeServer", "profileName"].map(|part| body.need::<String>(part));
            let account = NewUniversalAcmeAccount::new(organization, name, server, profile);
            scm.universal_acme_accounts().create(&account)
        })
        .case("acme_update_universal_account", |scm: &Client, x| {
            let name: String = x.body().need("name");
            scm.universal_acme_accounts()
                .rename(x.path::<UniversalAcmeAccountId>("id"), &name)
        })
        .case("acme_delete_universal_account", |scm: &Client, x| {
            scm.universal_acme_accounts()
                .delete(x.path::<UniversalAcmeAccountId>("id"))
        })
}

fn universal_clients(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("acme_list_universal_account_clients", |scm: &Client, x| {
            let query = x.query();
            let filter = query
                .fill(UniversalAcmeClientFilter::new())
                .set::<String>("userAgent", UniversalAcmeClientFilter::user_agent)
                .set::<String>("ipAddress", UniversalAcmeClientFilter::ip_address)
                .set::<Vec<AcmeClientStatus>>("status", UniversalAcmeClientFilter::statuses)
                .set::<i32>(
                    "lastActivityWithinPrevDays",
                    UniversalAcmeClientFilter::active_within_days,
                )
                .done();
            let id: UniversalAcmeAccountId = x.path("id");
            page(
                scm.universal_acme_accounts().list_clients(id, &filter),
                &query,
            )
        })
        .case(
            "acme_deactivate_universal_account_client",
            |scm: &Client, x| {
                scm.universal_acme_accounts().deactivate_client(
                    x.path::<UniversalAcmeAccountId>("id"),
                    x.path::<AcmeClientId>("clientId"),
                )
            },
        )
}

/// The page that the exchange asks for.
fn page<'c, L: PageReply>(pages: Pages<'c, L>, query: &Fields<'_>) -> Pages<'c, L> {
    let pages = pages.resume(query.opt("position").unwrap_or(0));
    match query.opt("size") {
        Some(size) => pages.page_size(size),
        None => pages.vendor_page_size(),
    }
}

fn account_filter(query: &Fields<'_>) -> AcmeAccountFilter {
    let organization: Option<String> = query.opt("organizationId");
    query
        .fill(AcmeAccountFilter::new())
        .add(
            organization.as_deref().map(scope),
            AcmeAccountFilter::organization,
        )
        .set::<String>("name", AcmeAccountFilter::name)
        .set::<String>("acmeServer", AcmeAccountFilter::server)
        .set::<CertValidationType>("certValidationType", AcmeAccountFilter::validation_type)
        .done()
}

fn scope(text: &str) -> OrganizationScope {
    match text.strip_suffix(",-2") {
        Some(organization) => OrganizationScope::new(number(organization)).without_departments(),
        None => OrganizationScope::new(number(text)),
    }
}

fn number(text: &str) -> OrganizationId {
    text.parse().expect("a number")
}

fn account(body: &Fields<'_>) -> NewAcmeAccount {
    NewAcmeAccount::new(
        body.need::<OrganizationId>("organizationId"),
        body.need::<String>("name"),
        body.need::<String>("acmeServer"),
    )
}

fn names(body: &Fields<'_>) -> Vec<String> {
    let names = body.list("domains", |domain| domain.need("name"));
    names.expect("domains")
}

const NAMES: [&str; 3] = ["a.example", "b.example", "c.example"];

fn names_of(result: Result<(), RefusedDomains>) -> Vec<String> {
    let refused = result.expect_err("a refusal");
    refused.names().to_vec()
}

/// Whatever the vendor writes for nothing is full success, and one name is a failure.
#[tokio::test]
async fn a_partial_refusal_is_an_error_of_its_own() {
    for nothing in [
        json!({}),
        json!({"notAddedDomains": []}),
        json!({"notAddedDomains": null}),
    ] {
        let (scm, _server) = client_answered(200, nothing).await;
        let added = scm.acme_accounts().add_domains(436, NAMES).await;
        assert_eq!(added.expect("an answer"), Ok(()));
    }
    let some = json!({"notAddedDomains": ["b.example"]});
    let (scm, _server) = client_answered(200, some).await;
    let added = scm.acme_accounts().add_domains(436, NAMES).await;
    assert_eq!(names_of(added.expect("an answer")), ["b.example"]);
    let some = json!({"notRemovedDomains": ["a.example", "c.example"]});
    let (scm, _server) = client_answered(200, some).await;
    let removed = scm.acme_accounts().remove_domains(436, NAMES).await;
    assert_eq!(
        names_of(removed.expect("an answer")),
        ["a.example", "c.example"]
    );
}

#[tokio::test]
async fn a_blank_name_is_refused_before_anything_is_sent() {
    let (scm, server) = client_answered(200, json!({})).await;
    let added = scm.acme_accounts().add_domains(436, ["a.example", " "]);
    let told = added.await.expect_err("a blank name").to_string();
    assert!(told.contains("`domains[1].name` is blank"), "{told}");
    for (name, server) in [(" ", "a server"), ("a name", " ")] {
        let account = NewUniversalAcmeAccount::new(1, name, server, "a profile");
        let created = scm.universal_acme_accounts().create(&account).await;
        let told = created.expect_err("a blank name").to_string();
        assert!(told.contains("is blank"), "{told}");
    }
    let sent = server.received_requests().await.expect("recorded requests");
    assert!(sent.is_empty());
}

#[tokio::test]
async fn an_account_without_a_key_has_nothing_for_clients() {
    let account = json!({"id": 332, "accountId": "249e5c5c", "macId": "", "macKey": ""});
    let (scm, _server) = client_answered(200, account).await;
    let account = scm
        .universal_acme_accounts()
        .get(332)
        .await
        .expect("an account");
    assert_eq!((&account.key_id, &account.mac_key), (&None, &None));
    let binding = account.external_account_binding("https://acme.example/directory");
    assert!(binding.expect_err("no key").to_string().contains("macId"));
}
