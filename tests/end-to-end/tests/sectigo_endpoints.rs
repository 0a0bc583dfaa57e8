//! Sectigo's endpoints and their accounts against their emulator.

use cert_core::Secret;
use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::endpoints::{
    AccountAuth, AccountAuthMethod, CodeSigningAccountUpdate, CodeSigningCsrGeneration,
    CsrGenerationMethod, DeviceAccountUpdate, DeviceCsrGeneration, EndpointConfigUpdate,
    EndpointFilter, EndpointType, EndpointUpdate, IdpAttribute, IdpMappingRule,
    NewCodeSigningAccount, NewDeviceAccount, NewEndpoint, NewSmimeAccount, NewSslAccount,
    SmimeAccountUpdate, SmimeCsrGeneration, SslAccountUpdate, SslCsrGeneration, WebFormAuthType,
    WebFormConfig, WebFormType,
};
use sectigo_scm::persons::{NewPerson, PersonValidationType};
use sectigo_scm::{
    Client, Credentials, DelegationMode, EndpointId, ErrorCode, IdpMatchType, OrganizationId,
    Pkcs12Encryption, ProfileId,
};

const CODE: &str = "correct horse battery";

async fn started() -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).persons(0).devices(0);
    let emulator = builder.start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

async fn form(scm: &Client, kind: WebFormType) -> EndpointId {
    let config = WebFormConfig::new().help("Ask the help desk.");
    let form = NewEndpoint::new("Form", kind, "form", config);
    scm.endpoints().create(&form).await.expect("a web form")
}

fn profiles(ids: &[i64]) -> Vec<ProfileId> {
    ids.iter().copied().map(ProfileId::from).collect()
}

#[tokio::test]
async fn a_web_form_lives() {
    let (emulator, scm) = started().await;
    let config = WebFormConfig::new()
        .help("Ask the help desk.")
        .link_name("More")
        .link_address("https://example.com/more")
        .auth_types([WebFormAuthType::EmailConfirmation]);
    let form = NewEndpoint::new("Servers", WebFormType::Ssl, "servers", config)
        .organizations([OrganizationId::from(9001)]);
    let endpoints = scm.endpoints();
    let id = endpoints.create(&form).await.expect("a web form");

    let known = endpoints.get(id).await.expect("a web form");
    let url = format!("{}/customer/cst1/ssl/servers", emulator.base_url());
    assert_eq!(known.url.as_deref(), Some(url.as_str()));
    assert_eq!(known.kind, Some(EndpointType::SslWebForm));
    assert_eq!(known.delegation_mode, Some(DelegationMode::Customized));
    assert_eq!(known.auth_types, [WebFormAuthType::EmailConfirmation]);
    assert_eq!(known.organizations[0].id, Some(OrganizationId::from(9001)));

    let update = EndpointUpdate::new()
        .name("Web servers")
        .config(WebFormConfig::new().auth_types([WebFormAuthType::IdentityProvider]));
    endpoints.update(id, &update).await.expect("changed");
    let update = EndpointConfigUpdate::new()
        .contact_name("Help desk")
        .contact_email("help@example.com")
        .contact_phone("+1 555 0100");
    endpoints.update_config(id, &update).await.expect("changed");
    let config = endpoints.config(id).await.expect("texts");
    assert_eq!(config.help.as_deref(), Some("Ask the help desk."));
    assert_eq!(config.link_name.as_deref(), Some("More"));
    assert_eq!(config.auth_types, [WebFormAuthType::IdentityProvider]);
    assert_eq!(config.contact_name.as_deref(), Some("Help desk"));

    endpoints.delete(id).await.expect("gone");
    let gone = endpoints.get(id).await.expect_err("gone");
    assert_eq!(gone.status().map(|status| status.as_u16()), Some(404));
}

#[tokio::test]
async fn delegations_are_added_and_taken_away_together() {
    let (_emulator, scm) = started().await;
    let (endpoints, id) = (scm.endpoints(), form(&scm, WebFormType::Ssl).await);
    let known = endpoints.get(id).await.expect("a web form");
    assert_eq!(
        known.delegation_mode,
        Some(DelegationMode::GlobalForCustomer)
    );
    for organization in [9002, 9001, 9002] {
        let organization = [OrganizationId::from(organization)];
        let delegated = endpoints.delegate(id, &organization).await;
        delegated.expect("delegated");
    }
    let known = endpoints.get(id).await.expect("a web form");
    let organizations = known.organizations.iter();
    let names: Vec<_> = organizations.filter_map(|it| it.name.as_deref()).collect();
    assert_eq!(names, ["Example Research", "Example Corp"]);
    endpoints.delete_delegations(id).await.expect("for all");
    let known = endpoints.get(id).await.expect("a web form");
    assert_eq!(
        known.delegation_mode,
        Some(DelegationMode::GlobalForCustomer)
    );
    assert_eq!(known.organizations, []);
}

#[tokio::test]
async fn endpoints_of_every_kind_are_found_and_only_forms_changed() {
    let (_emulator, scm) = started().await;
    let endpoints = scm.endpoints();
    let all = endpoints.list(&EndpointFilter::new()).page_size(5);
    let all = all.collect().await.expect("endpoints");
    let kinds: Vec<_> = all.into_iter().rev().filter_map(|it| it.kind).collect();
    assert_eq!(kinds.len(), EndpointType::KNOWN.len());
    assert!(kinds.iter().all(EndpointType::is_known), "{kinds:?}");

    let filter = EndpointFilter::new()
        .kinds([EndpointType::SmimeScep, EndpointType::SmimeEst])
        .uri_extension("emulated")
        .name("client");
    let found = endpoints.list(&filter).collect().await.expect("endpoints");
    let kinds: Vec<_> = found.iter().filter_map(|it| it.kind.clone()).collect();
    assert_eq!(kinds, [EndpointType::SmimeEst, EndpointType::SmimeScep]);
    let update = EndpointUpdate::new().name("Other");
    let refused = endpoints.update(found[0].id, &update).await;
    let refused = refused.expect_err("it is no web form");
    assert_eq!(ErrorCode::of(&refused), Some(ErrorCode::NOT_AUTHORIZED));
}

#[tokio::test]
async fn an_account_for_ssl_lives() {
    let (_emulator, scm) = started().await;
    let (endpoints, form) = (scm.endpoints(), form(&scm, WebFormType::Ssl).await);
    let values = ["admin".to_owned()];
    let rule = IdpMappingRule::new(IdpAttribute::Groups, IdpMatchType::Contains, values);
    let (csr, auth) = (
        SslCsrGeneration::SectigoGen,
        AccountAuth::idp_assertions([rule]),
    );
    let account = NewSslAccount::new("Servers", 9001, profiles(&[5103, 5101]), csr, auth)
        .auto_approve(true)
        .auto_renewal_allowed(true)
        .empty_pass_phrase_allowed(true)
        .encryption(Pkcs12Encryption::TripleDesSha1);
    let id = endpoints.create_account(form, &account).await;
    let id = id.expect("an account");

    let known = endpoints.account(form, id).await.expect("an account");
    assert_eq!(known.kind, Some(EndpointType::SslWebForm));
    assert_eq!(known.profiles, profiles(&[5103, 5101]));
    assert_eq!(known.csr_generation, Some(CsrGenerationMethod::SectigoGen));
    assert_eq!(
        known.auth_method,
        Some(AccountAuthMethod::IdpAssertionsMapping)
    );
    assert_eq!(
        known.idp_mapping_rules[0].attribute,
        Some(IdpAttribute::Groups)
    );
    assert_eq!(known.auto_approve, Some(true));
    assert_eq!(known.auto_renewal_allowed, Some(true));
    assert_eq!(known.empty_pass_phrase_allowed, Some(true));
    assert_eq!(known.encryption, Some(Pkcs12Encryption::TripleDesSha1));
    let organization = known.organization.expect("an organization");
    assert_eq!(organization.id, Some(OrganizationId::from(9001)));

    let update = SslAccountUpdate::new()
        .name("Web servers")
        .profiles(profiles(&[5102]))
        .auth(AccountAuth::access_code(CODE));
    let changed = endpoints.update_account(form, id, &update).await;
    changed.expect("changed");
    let known = endpoints.account(form, id).await.expect("an account");
    assert_eq!(known.profiles, profiles(&[5102]), "they are replaced");
    assert_eq!(known.idp_mapping_rules, [], "they went with their way in");
    let code = known.access_code.as_ref().map(Secret::expose);
    assert_eq!(code, Some(CODE));
    assert!(!format!("{known:?}").contains(CODE), "{known:?}");

    let listed = endpoints.list_accounts(form).collect().await;
    let [listed] = listed.expect("accounts").try_into().expect("one account");
    assert_eq!(listed.id, id);
    assert_eq!(listed.name.as_deref(), Some("Web servers"));
    endpoints.delete_account(form, id).await.expect("gone");
    endpoints.account(form, id).await.expect_err("gone");
    assert_eq!(
        endpoints.list_accounts(form).collect().await.expect("none"),
        []
    );
}

#[tokio::test]
async fn every_kind_of_form_has_accounts_of_its_own() {
    let (_emulator, scm) = started().await;
    let endpoints = scm.endpoints();
    let smime = form(&scm, WebFormType::Smime).await;
    let (csr, auth) = (SmimeCsrGeneration::Server, AccountAuth::Open);
    let account = NewSmimeAccount::new("Staff", 9001, profiles(&[5201]), csr, auth);
    let id = endpoints.create_account(smime, &account).await;
    let update = SmimeAccountUpdate::new().csr_generation(SmimeCsrGeneration::SectigoGen);
    let changed = endpoints
        .update_account(smime, id.expect("an account"), &update)
        .await;
    changed.expect("changed");

    let device = form(&scm, WebFormType::Device).await;
    let (csr, auth) = (
        DeviceCsrGeneration::Provided,
        AccountAuth::access_code(CODE),
    );
    let account = NewDeviceAccount::new("Phones", 9001, profiles(&[5301]), csr, auth);
    let id = endpoints
        .create_account(device, &account)
        .await
        .expect("an account");
    let update = DeviceAccountUpdate::new()
        .csr_generation(DeviceCsrGeneration::SectigoGen)
        .auto_approve(true);
    let changed = endpoints.update_account(device, id, &update).await;
    changed.expect("changed");
    let other = SmimeAccountUpdate::new().name("Other");
    let refused = endpoints.update_account(device, id, &other).await;
    let refused = refused.expect_err("the kind stays");
    assert_eq!(ErrorCode::of(&refused), Some(ErrorCode::from(-1601)));

    let signing = form(&scm, WebFormType::CodeSigning).await;
    let csr = CodeSigningCsrGeneration::Token;
    let account = NewCodeSigningAccount::new("Releases", 9001, 5401, csr);
    let id = endpoints
        .create_account(signing, &account)
        .await
        .expect("an account");
    let update = CodeSigningAccountUpdate::new()
        .profile(5401)
        .name("All releases");
    let changed = endpoints.update_account(signing, id, &update).await;
    changed.expect("changed");
    let known = endpoints.account(signing, id).await.expect("an account");
    assert_eq!(known.csr_generation, Some(CsrGenerationMethod::Token));
    assert_eq!(known.name.as_deref(), Some("All releases"));
}

/// What a form cannot have never leaves.
#[tokio::test]
async fn what_no_form_of_the_kind_has_is_not_sent() {
    let (emulator, scm) = started().await;
    let endpoints = scm.endpoints();
    emulator.journal().clear();
    let config = WebFormConfig::new().auth_types([WebFormAuthType::SecretId]);
    let form = NewEndpoint::new("Servers", WebFormType::Ssl, "servers", config);
    let refused = endpoints.create(&form).await.expect_err("not for SSL");
    assert!(
        refused.to_string().contains("secret identifiers"),
        "{refused}"
    );
    let (csr, auth) = (SslCsrGeneration::SectigoGen, AccountAuth::Open);
    let account = NewSslAccount::new("Servers", 9001, profiles(&[5101]), csr, auth);
    let refused = endpoints.create_account(5602, &account).await;
    let refused = refused.expect_err("nobody approves").to_string();
    assert!(refused.contains("`auto_approve`"), "{refused}");
    assert_eq!(emulator.journal().requests().len(), 0);
}

/// A refusal that repeats the code does not show it.
#[tokio::test]
async fn an_access_code_stays_out_of_errors() {
    let (_emulator, scm) = started().await;
    let auth = AccountAuth::access_code(CODE);
    let account = NewSslAccount::new(
        "Servers",
        7,
        profiles(&[5101]),
        SslCsrGeneration::Browser,
        auth,
    );
    assert!(!format!("{account:?}").contains(CODE));
    let refused = scm.endpoints().create_account(5602, &account).await;
    let refused = refused.expect_err("no such organization");
    let shown = format!("{refused} {refused:?}");
    assert!(!shown.contains(CODE), "{shown}");
}

/// The account of a form is what a person is invited to.
#[tokio::test]
async fn a_person_is_invited_to_a_new_account() {
    let (emulator, scm) = started().await;
    let form = form(&scm, WebFormType::Smime).await;
    let (csr, auth) = (SmimeCsrGeneration::Browser, AccountAuth::Open);
    let account = NewSmimeAccount::new("Staff", 9001, profiles(&[5202]), csr, auth);
    let account = scm.endpoints().create_account(form, &account).await;
    let account = account.expect("an account");
    let standard = PersonValidationType::Standard;
    let ada = NewPerson::new(9001, "ada@example.com", "Ada", "Example", standard);
    let ada = scm.persons().create(&ada).await.expect("a person");
    let offered = scm.persons().list_invitation_accounts(ada, form).await;
    let offered = offered.expect("accounts").remove(0);
    assert_eq!(offered.id, account);
    assert_eq!(offered.profiles, ["Emulated single use person"]);
    let sent = scm.persons().send_invitation(ada, account).await;
    sent.expect("an e-mail is on its way");
    let person = ada.to_string().parse().expect("a number");
    assert_eq!(emulator.state().invitations(person), Some(1));
}
