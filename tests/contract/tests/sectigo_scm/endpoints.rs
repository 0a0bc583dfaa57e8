use cert_core::client::PageReply;
use contract::{Exchange, Fields, Filling, Suite};
use sectigo_scm::endpoints::{
    AccountAuth, AccountAuthMethod, AccountUpdate, Approves, CodeSigningAccountUpdate,
    CodeSigningCsrGeneration, DeviceAccountUpdate, DeviceCsrGeneration, EndpointConfigUpdate,
    EndpointFilter, EndpointType, EndpointUpdate, Form, IdpAttribute, IdpMappingRule, LetsIn,
    NewAccount, NewCodeSigningAccount, NewDeviceAccount, NewEndpoint, NewSmimeAccount,
    NewSslAccount, SmimeAccountUpdate, SmimeCsrGeneration, SslAccountUpdate, SslCsrGeneration,
    WebFormAuthType, WebFormConfig, WebFormType,
};
use sectigo_scm::{
    Client, EndpointAccountId, EndpointId, IdpMatchType, OrganizationId, Pages, Pkcs12Encryption,
    ProfileId,
};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::client_answered;

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 3] = [
    "endpoint_list [].id",
    "endpoint_get id",
    "endpoint_list_accounts [].id",
];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    managing_accounts(managing(reading(suite))).mandatory(MANDATORY)
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("endpoint_list", |scm: &Client, x| {
            let query = x.query();
            let filter = query
                .fill(EndpointFilter::new())
                .set::<String>("name", EndpointFilter::name)
                .set::<String>("uriExtension", EndpointFilter::uri_extension)
                .set::<Vec<EndpointType>>("endpointTypes[]", EndpointFilter::kinds)
                .done();
            paged(scm.endpoints().list(&filter), &query)
        })
        .case("endpoint_get", |scm: &Client, x| {
            scm.endpoints().get(x.path::<EndpointId>("id"))
        })
        .case("endpoint_get_config", |scm: &Client, x| {
            scm.endpoints().config(x.path::<EndpointId>("id"))
        })
        .pages("endpoint_list_accounts", |scm: &Client, x| {
            let accounts = scm.endpoints().list_accounts(x.path::<EndpointId>("eeid"));
            paged(accounts, &x.query())
        })
        .case("endpoint_get_account", |scm: &Client, x| {
            let (endpoint, id) = account_of(x);
            scm.endpoints().account(endpoint, id)
        })
}

fn managing(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("endpoint_create", |scm: &Client, x| {
            scm.endpoints().create(&endpoint(&x.body()))
        })
        .case("endpoint_update", |scm: &Client, x| {
            let body = x.body();
            let update = body
                .fill(EndpointUpdate::new())
                .set::<String>("name", EndpointUpdate::name)
                .add(
                    body.object("config", |texts| config(&texts)),
                    EndpointUpdate::config,
                )
                .done();
            scm.endpoints().update(x.path::<EndpointId>("id"), &update)
        })
        .case("endpoint_update_config", |scm: &Client, x| {
            scm.endpoints()
                .update_config(x.path::<EndpointId>("id"), &config_update(&x.body()))
        })
        .case("endpoint_delete", |scm: &Client, x| {
            scm.endpoints().delete(x.path::<EndpointId>("id"))
        })
        .case("endpoint_delegate", |scm: &Client, x| {
            let organizations: Vec<OrganizationId> = x.values();
            scm.endpoints()
                .delegate(x.path::<EndpointId>("id"), &organizations)
        })
        .case("endpoint_delete_delegations", |scm: &Client, x| {
            scm.endpoints()
                .delete_delegations(x.path::<EndpointId>("id"))
        })
}

fn managing_accounts(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("endpoint_create_account", |scm: &Client, x| {
            let (endpoint, body) = (x.path::<EndpointId>("eeid"), x.body());
            let endpoints = scm.endpoints();
            match body.need::<WebFormType>("type") {
                WebFormType::Ssl => endpoints.create_account(endpoint, &ssl(&body)),
                WebFormType::Smime => endpoints.create_account(endpoint, &smime(&body)),
                WebFormType::Device => endpoints.create_account(endpoint, &device(&body)),
                _ => endpoints.create_account(endpoint, &code_signing(&body)),
            }
        })
        .case("endpoint_update_account", |scm: &Client, x| {
            let ((endpoint, id), body) = (account_of(x), x.body());
            let endpoints = scm.endpoints();
            match body.need::<WebFormType>("type") {
                WebFormType::Ssl => endpoints.update_account(endpoint, id, &ssl_update(&body)),
                WebFormType::Smime => endpoints.update_account(endpoint, id, &smime_update(&body)),
                WebFormType::Device => {
                    endpoints.update_account(endpoint, id, &device_update(&body))
                }
                _ => endpoints.update_account(endpoint, id, &code_signing_update(&body)),
            }
        })
        .case("endpoint_delete_account", |scm: &Client, x| {
            let (endpoint, id) = account_of(x);
            scm.endpoints().delete_account(endpoint, id)
        })
}

fn paged<'c, L: PageReply>(pages: Pages<'c, L>, query: &Fields<'_>) -> Pages<'c, L> {
    let pages = pages.resume(query.opt("position").unwrap_or(0));
    match query.opt("size") {
        Some(size) => pages.page_size(size),
        None => pages.vendor_page_size(),
    }
}

fn account_of(exchange: &Exchange) -> (EndpointId, EndpointAccountId) {
    (exchange.path("eeid"), exchange.path("id"))
}

fn endpoint(body: &Fields<'_>) -> NewEndpoint {
    let kind = body.need::<WebFormType>("endpointType");
    let config = body
        .object("config", |texts| config(&texts))
        .expect("texts of the form");
    let (name, extension): (String, String) = (body.need("name"), body.need("uriExtension"));
    body.fill(NewEndpoint::new(name, kind, extension, config))
        .set::<Vec<OrganizationId>>("orgDelegations", NewEndpoint::organizations)
        .done()
}

fn config(config: &Fields<'_>) -> WebFormConfig {
    config
        .fill(WebFormConfig::new())
        .set::<String>("enrollmentHelp", WebFormConfig::help)
        .set::<String>("enrollmentLinkName", WebFormConfig::link_name)
        .set::<String>("enrollmentLinkAddress", WebFormConfig::link_address)
        .set::<Vec<WebFormAuthType>>("webFormAuthTypes", WebFormConfig::auth_types)
        .done()
}

fn config_update(body: &Fields<'_>) -> EndpointConfigUpdate {
    body.fill(EndpointConfigUpdate::new())
        .set::<String>("enrollmentHelp", EndpointConfigUpdate::help)
        .set::<String>("enrollmentLinkName", EndpointConfigUpdate::link_name)
        .set::<String>("enrollmentLinkAddress", EndpointConfigUpdate::link_address)
        .set::<Vec<WebFormAuthType>>("webFormAuthTypes", EndpointConfigUpdate::auth_types)
        .set::<String>("contactName", EndpointConfigUpdate::contact_name)
        .set::<String>("contactEmail", EndpointConfigUpdate::contact_email)
        .set::<String>("contactPhone", EndpointConfigUpdate::contact_phone)
        .done()
}

fn auth(body: &Fields<'_>) -> Option<AccountAuth> {
    let auth = match body.opt::<AccountAuthMethod>("accountAuthMethod")? {
        AccountAuthMethod::AccessCode => {
            AccountAuth::access_code(body.need::<String>("accessCode"))
        }
        AccountAuthMethod::IdpAssertionsMapping => AccountAuth::idp_assertions(
            body.list("idpMappingRules", |entry| rule(&entry))
                .expect("rules"),
        ),
        _ => AccountAuth::Open,
    };
    Some(auth)
}

fn rule(rule: &Fields<'_>) -> IdpMappingRule {
    let values: Vec<String> = rule.need("values");
    let attribute = rule.need::<IdpAttribute>("key");
    IdpMappingRule::new(attribute, rule.need::<IdpMatchType>("matchType"), values)
}

fn created<F: LetsIn>(body: &Fields<'_>) -> NewAccount<F>
where
    F::CsrGeneration: DeserializeOwned + std::fmt::Debug,
{
    let name: String = body.need("name");
    let organization: OrganizationId = body.need("organizationId");
    let profiles: Vec<ProfileId> = body.need("profileIds");
    let csr = body.need("csrGenerationMethod");
    let auth = auth(body).expect("a way in");
    let account = NewAccount::<F>::new(name, organization, profiles, csr, auth);
    with_pkcs12(body.fill(account)).done()
}

fn with_pkcs12<'f, 'x, F>(
    account: Filling<'f, 'x, NewAccount<F>>,
) -> Filling<'f, 'x, NewAccount<F>> {
    account
        .set::<bool>("allowEmptyPin", NewAccount::empty_pass_phrase_allowed)
        .set::<Pkcs12Encryption>("preferredKeyProtectionAlgorithm", NewAccount::encryption)
}

fn approved<F: Approves>(body: &Fields<'_>, account: NewAccount<F>) -> NewAccount<F> {
    let filling = body.fill(account);
    filling
        .set::<bool>("autoApprove", NewAccount::auto_approve)
        .done()
}

fn ssl(body: &Fields<'_>) -> NewSslAccount {
    body.fill(approved(body, created(body)))
        .set::<bool>("allowAutoRenew", NewSslAccount::auto_renewal_allowed)
        .done()
}

fn smime(body: &Fields<'_>) -> NewSmimeAccount {
    created(body)
}

fn device(body: &Fields<'_>) -> NewDeviceAccount {
    approved(body, created(body))
}

fn code_signing(body: &Fields<'_>) -> NewCodeSigningAccount {
    let name: String = body.need("name");
    let organization: OrganizationId = body.need("organizationId");
    let profile = body.need::<Vec<ProfileId>>("profileIds").remove(0);
    let csr = body.need::<CodeSigningCsrGeneration>("csrGenerationMethod");
    let account = NewCodeSigningAccount::new(name, organization, profile, csr);
    with_pkcs12(body.fill(account)).done()
}

fn changed<F: Form>(body: &Fields<'_>) -> AccountUpdate<F>
where
    F::CsrGeneration: DeserializeOwned + std::fmt::Debug,
{
    body.fill(AccountUpdate::new())
        .set::<String>("name", AccountUpdate::name)
        .set::<F::CsrGeneration>("csrGenerationMethod", AccountUpdate::csr_generation)
        .set::<bool>("allowEmptyPin", AccountUpdate::empty_pass_phrase_allowed)
        .set::<Pkcs12Encryption>("preferredKeyProtectionAlgorithm", AccountUpdate::encryption)
        .done()
}

fn let_in<F: LetsIn>(body: &Fields<'_>, update: AccountUpdate<F>) -> AccountUpdate<F> {
    body.fill(update)
        .set::<Vec<ProfileId>>("profileIds", AccountUpdate::profiles)
        .add(auth(body), AccountUpdate::auth)
        .done()
}

fn ssl_update(body: &Fields<'_>) -> SslAccountUpdate {
    body.fill(let_in(body, changed(body)))
        .set::<bool>("autoApprove", AccountUpdate::auto_approve)
        .set::<bool>("allowAutoRenew", SslAccountUpdate::auto_renewal_allowed)
        .done()
}

fn smime_update(body: &Fields<'_>) -> SmimeAccountUpdate {
    let_in(body, changed(body))
}

fn device_update(body: &Fields<'_>) -> DeviceAccountUpdate {
    body.fill(let_in(body, changed(body)))
        .set::<bool>("autoApprove", AccountUpdate::auto_approve)
        .done()
}

fn code_signing_update(body: &Fields<'_>) -> CodeSigningAccountUpdate {
    let profiles = body.opt::<Vec<ProfileId>>("profileIds");
    let profile = profiles.map(|mut profiles| profiles.remove(0));
    body.fill(changed(body))
        .add(profile, CodeSigningAccountUpdate::profile)
        .done()
}

/// The types of the other three forms are read by the cases; no way to make keys is lost.
#[test]
fn every_form_knows_ways_that_the_vendor_lists() {
    let known = [
        SslCsrGeneration::KNOWN,
        SmimeCsrGeneration::KNOWN,
        DeviceCsrGeneration::KNOWN,
        CodeSigningCsrGeneration::KNOWN,
    ];
    assert_eq!(known.map(<[_]>::len), [3, 4, 4, 4]);
}

/// The reference has one name in answers, and another in requests.
#[tokio::test]
async fn rules_are_read_under_either_name() {
    let rule = json!({ "key": "groups", "matchType": "CONTAINS", "values": ["admin"] });
    for name in ["idMappingRules", "idpMappingRules"] {
        let (client, _server) = client_answered(200, json!({ name: [rule] })).await;
        let account = client.endpoints().account(5601, 171).await;
        let rules = account.expect("an account").idp_mapping_rules;
        assert_eq!(rules.len(), 1, "{name}");
        assert_eq!(rules[0].attribute, Some(IdpAttribute::Groups));
    }
}

/// The second way in takes the first one's code along.
#[tokio::test]
async fn an_update_has_one_way_in() {
    let (client, server) = client_answered(200, json!({})).await;
    let update = SslAccountUpdate::new()
        .auth(AccountAuth::access_code("1234"))
        .auth(AccountAuth::Open);
    let sent = client.endpoints().update_account(5602, 181, &update).await;
    sent.expect("changed");
    let requests = server.received_requests().await.expect("requests");
    let body: serde_json::Value = requests[0].body_json().expect("JSON");
    assert_eq!(
        body,
        json!({ "type": "SSL_WEB_FORM", "accountAuthMethod": "NONE" })
    );
}
