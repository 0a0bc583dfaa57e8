//! Sectigo's administrators and their templates against their emulator.

use cert_core::{Certificate, RevocationReason, SerialNumber};
use cert_emulators::ClientCertificates;
use cert_emulators::sectigo_scm::{Builder, Emulator};
use end_to_end::key_and_request;
use sectigo_scm::administrator_templates::{
    AdminTemplateFilter, AdminTemplateUpdate, MappingRule, NewAdminTemplate, RelatedAdmins,
};
use sectigo_scm::administrators::{
    AdminDetails, AdminFilter, AdminPrivilege, AdminRole, AdminStatus, AdminType, ApiAdminUpdate,
    IdpAdminUpdate, NewApiAdmin, NewIdpAdmin, NewSasAdmin, NewStandardAdmin, PasswordRule,
    PasswordStatus, RoleAssignment, SasAdminUpdate, StandardAdminUpdate,
};
use sectigo_scm::ssl::{SslEnrollment, SslRevocation};
use sectigo_scm::{AdminId, Client, Credentials, ErrorCode, Identity, IdpMatchType, Tls};

const PASSWORD: &str = "Correct-h0rse";
const PROVIDER: i64 = 361;

async fn started() -> (Emulator, Client) {
    let emulator = empty().start().await.expect("the emulator starts");
    let master = signed_in(&emulator, "admin", "secret");
    (emulator, master)
}

fn empty() -> Builder {
    Emulator::builder().certificates(0).persons(0).devices(0)
}

fn signed_in(emulator: &Emulator, login: &str, password: &str) -> Client {
    let credentials = Credentials::password(login, password, "cst1");
    Client::new(emulator.base_url(), credentials).expect("a client for loopback")
}

fn ssl_role() -> RoleAssignment {
    RoleAssignment::new(AdminRole::OrganizationSsl).organization(9001)
}

fn api_admin(login: &str) -> NewApiAdmin {
    let email = format!("{login}@example.com");
    NewApiAdmin::new(login, PASSWORD, "Ada", "Example", email, [ssl_role()])
}

fn code<T>(result: Result<T, sectigo_scm::Error>) -> Option<ErrorCode> {
    ErrorCode::of(&result.err().expect("a refusal"))
}

#[tokio::test]
async fn an_administrator_lives() {
    let (emulator, master) = started().await;
    let admins = master.administrators();
    let details = AdminDetails::new()
        .phone("+1 (555) 0100")
        .city("Springfield");
    let new = api_admin("renewer")
        .details(details)
        .privileges([AdminPrivilege::RenewSsl]);
    let id = admins.create_api(&new).await.expect("an administrator");
    let told = admins.get(id).await.expect("the administrator");
    assert_eq!(told.kind, Some(AdminType::Api));
    assert_eq!(told.first_name.as_deref(), Some("Ada"));
    assert_eq!(told.phone.as_deref(), Some("+1 (555) 0100"));
    assert_eq!(told.city.as_deref(), Some("Springfield"));
    assert_eq!(told.privileges, [AdminPrivilege::RenewSsl]);
    assert_eq!(told.roles[0].role, Some(AdminRole::OrganizationSsl));
    assert_eq!(told.created_by, Some(AdminId::from(10_001)));
    assert_eq!(told.password_status, Some(PasswordStatus::Alive));

    let update = ApiAdminUpdate::new().status(AdminStatus::Suspended);
    admins.update_api(id, &update).await.expect("changed");
    let changed = admins.get(id).await.expect("the administrator");
    assert_eq!(changed.status, Some(AdminStatus::Suspended));
    assert_eq!(changed.former_status, Some(AdminStatus::Active));
    assert_eq!(
        (changed.privileges, changed.city),
        (told.privileges, told.city)
    );
    let renewer = signed_in(&emulator, "renewer", PASSWORD);
    let refused = renewer.administrators().password_state().await;
    assert_eq!(code(refused), Some(ErrorCode::UNKNOWN_USER));

    admins.delete(id).await.expect("deleted");
    assert!(admins.get(id).await.expect("still told").deleted.is_some());
    let refused = admins.update_api(id, &update).await;
    assert_eq!(code(refused), Some(ErrorCode::ADMIN_DELETED));
    let listed = admins.list(&AdminFilter::new()).collect().await;
    assert!(listed.expect("a list").iter().all(|listed| listed.id != id));
}

#[tokio::test]
async fn each_kind_is_created_and_becomes_another() {
    let (_emulator, master) = started().await;
    let admins = master.administrators();
    let standard =
        NewStandardAdmin::new("ada", PASSWORD, "Ada", "X", "a@example.com", [ssl_role()])
            .identity_provider(PROVIDER)
            .edu_person_principal_name("ada@idp.example");
    let standard = admins.create_standard(&standard).await.expect("standard");
    let idp = NewIdpAdmin::new("b@example.com", [ssl_role()]);
    let idp = admins.create_idp(&idp).await.expect("by identity provider");
    let sas = NewSasAdmin::new("c@example.com", [ssl_role()]);
    let sas = admins
        .create_sas(&sas)
        .await
        .expect("by authentication service");

    assert_eq!(kind(&master, standard).await, AdminType::Standard);
    assert_eq!(kind(&master, idp).await, AdminType::Idp);
    assert_eq!(kind(&master, sas).await, AdminType::Sas);
    let update = IdpAdminUpdate::new();
    admins.update_idp(standard, &update).await.expect("IDP");
    let update = SasAdminUpdate::new();
    admins.update_sas(idp, &update).await.expect("SAS");
    let bare = StandardAdminUpdate::new();
    let refused = admins.update_standard(sas, &bare).await;
    assert_eq!(code(refused), Some(ErrorCode::MISSING));
    let update = bare.login("cleo").password(PASSWORD);
    admins
        .update_standard(sas, &update)
        .await
        .expect("standard");
    assert_eq!(kind(&master, standard).await, AdminType::Idp);
    assert_eq!(kind(&master, idp).await, AdminType::Sas);
    assert_eq!(kind(&master, sas).await, AdminType::Standard);
}

async fn kind(master: &Client, id: AdminId) -> AdminType {
    let told = master.administrators().get(id).await;
    told.expect("the administrator").kind.expect("a kind")
}

/// What an administrator is for works, and nothing else; the client goes on after a refusal.
#[tokio::test]
async fn the_least_privilege_is_enough_for_its_job_alone() {
    let (emulator, master) = started().await;
    let new = api_admin("orderer").privileges([AdminPrivilege::RequestSsl]);
    let id = master.administrators().create_api(&new).await;
    let id = id.expect("an administrator");
    let orderer = signed_in(&emulator, "orderer", PASSWORD);
    let (_key, request) = key_and_request("www.example.com").expect("a request");
    let order = SslEnrollment::new(9001, 5101, &request).term(365);
    let ordered = orderer.ssl().enroll(&order).await.expect("accepted").id;

    let revocation = SslRevocation::new("gone").code(RevocationReason::Superseded);
    let revoked = orderer.ssl().revoke(ordered, &revocation).await;
    let error = revoked.expect_err("no privilege");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::UNKNOWN_USER));
    let approved = orderer.ssl().approve(ordered, "mine").await;
    assert_eq!(code(approved), Some(ErrorCode::UNKNOWN_USER));
    orderer.ssl().get(ordered).await.expect("still signed in");

    master
        .ssl()
        .approve(ordered, "fine")
        .await
        .expect("approved");
    let heir = master.administrators().create_api(&api_admin("heir")).await;
    let heir = heir.expect("an administrator");
    let deleted = master
        .administrators()
        .delete_replacing_requester(id, heir)
        .await;
    deleted.expect("deleted");
    let details = master.ssl().get(ordered).await.expect("the certificate");
    assert_eq!(details.requester.as_deref(), Some("heir"));
}

#[tokio::test]
async fn a_password_is_changed_by_its_owner() {
    let (emulator, master) = started().await;
    let created = master.administrators().create_api(&api_admin("ada")).await;
    created.expect("an administrator");
    let ada = signed_in(&emulator, "ada", PASSWORD);
    let state = ada
        .administrators()
        .password_state()
        .await
        .expect("a state");
    assert_eq!(state.status, Some(PasswordStatus::Alive));
    assert!(state.expires.is_some());

    let weak = ada.administrators().change_password("kurz").await;
    let error = weak.expect_err("a weak password");
    let rules = PasswordRule::broken_by(&error);
    assert_eq!(rules.len(), 3, "{rules:?}");
    assert_eq!(rules[2], PasswordRule::Length { at_least: 8 });
    for (password, expected) in [
        (PASSWORD, ErrorCode::SAME_PASSWORD),
        ("Passw0rd-of-ada", ErrorCode::PASSWORD_CONTAINS_LOGIN),
        (&"Passw0rd".repeat(5), ErrorCode::PASSWORD_LENGTH),
    ] {
        let refused = ada.administrators().change_password(password).await;
        assert_eq!(code(refused), Some(expected));
    }
    let changed = ada.administrators().change_password("An0ther-horse").await;
    changed.expect("changed");
    let old = ada.administrators().password_state().await;
    assert_eq!(code(old), Some(ErrorCode::UNKNOWN_USER));
    let ada = signed_in(&emulator, "ada", "An0ther-horse");
    ada.administrators()
        .password_state()
        .await
        .expect("a state");
}

#[tokio::test]
async fn a_new_password_stays_out_of_errors() {
    let (_emulator, master) = started().await;
    let secret = "tr0ub4dor-and-more";
    let error = master.administrators().change_password(secret).await;
    let error = error.expect_err("no capital");
    assert!(!format!("{error} {error:?}").contains(secret));
    assert!(!format!("{:?}", api_admin("ada")).contains(PASSWORD));
}

#[tokio::test]
async fn a_created_administrator_signs_in_by_certificate() {
    let emulator = empty().client_certificates(ClientCertificates::Optional);
    let emulator = emulator.start().await.expect("the emulator starts");
    let root = Certificate::from_pem(&emulator.ca_pem()).expect("the emulator's CA");
    let tls = || Tls::new().root(root.clone()).own_roots_only();
    let made = emulator.client_identity("machine").expect("issued");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let master = Client::builder(emulator.base_url(), credentials).tls(tls());
    let master = master.build().expect("a client");
    let serial = SerialNumber::from_bytes(&made.serial);
    let new = api_admin("machine").certificate_serial_number(serial.clone());
    let id = master
        .administrators()
        .create_api(&new)
        .await
        .expect("created");

    let identity = Identity::from_pem(&made.certificates_pem, made.private_key_pem.as_str());
    let identity = identity.expect("a certificate with its key");
    let credentials = Credentials::certificate("machine", "cst1", identity);
    let machine = Client::builder(emulator.base_url(), credentials).tls(tls());
    let machine = machine.build().expect("a client");
    let told = machine.administrators().get(id).await.expect("signed in");
    assert_eq!(told.certificate_serial_number, Some(serial));
}

#[tokio::test]
async fn what_can_be_given_is_told() {
    let (_emulator, master) = started().await;
    let admins = master.administrators();
    let roles = admins.list_roles(None).await.expect("roles");
    assert!(roles.iter().all(AdminRole::is_known) && roles.contains(&AdminRole::Master));
    assert_eq!(admins.list_roles(true).await.expect("roles"), roles);
    let given = admins.list_privileges([AdminRole::OrganizationSsl]).await;
    let given = given.expect("privileges");
    let renewal = Some(AdminPrivilege::RenewSsl);
    assert!(given.iter().any(|given| given.privilege == renewal));
    let providers = admins.list_identity_providers().await.expect("a list");
    assert_eq!(providers[0].id, PROVIDER.into());
}

fn template() -> NewAdminTemplate {
    let mail = MappingRule::new("mail", ["@example.com".to_owned()]);
    let rules = [
        MappingRule::groups(["PKI"]),
        mail.match_type(IdpMatchType::Contains),
    ];
    NewAdminTemplate::new("Operators", [ssl_role()], rules)
        .privileges([AdminPrivilege::RenewSsl])
        .identity_provider(PROVIDER)
}

fn sign_in_by_idp(emulator: &Emulator, person: &str) -> Option<i64> {
    let attributes: [(&str, &[&str]); 2] = [("groups", &["Sales", "PKI"]), ("mail", &[person])];
    let mut state = emulator.state();
    state.sign_in_by_idp(PROVIDER, person, &attributes)
}

#[tokio::test]
async fn a_template_makes_administrators() {
    let (emulator, master) = started().await;
    let templates = master.administrator_templates();
    let id = templates.create(&template()).await.expect("a template");
    let told = templates.get(id).await.expect("the template");
    assert_eq!(told.rules[0].attribute.as_deref(), Some("groups"));
    assert_eq!(told.rules[1].match_type, Some(IdpMatchType::Contains));
    let filter = AdminTemplateFilter::new().name("oper").organization(9001);
    let listed = templates.list(&filter).collect().await.expect("a list");
    assert_eq!((listed.len(), listed[0].id), (1, id));

    assert_eq!(sign_in_by_idp(&emulator, "ada@example.net"), None);
    let ada = sign_in_by_idp(&emulator, "ada@example.com").expect("a match");
    let admins = master.administrators();
    let made = admins
        .list(&AdminFilter::new().template(id))
        .collect()
        .await;
    assert_eq!(made.expect("a list")[0].id, ada.into());
    let update = AdminTemplateUpdate::new().privileges([AdminPrivilege::RevokeSsl]);
    templates.update(id, &update).await.expect("changed");
    let told = admins.get(ada).await.expect("the administrator");
    assert_eq!(told.privileges, [AdminPrivilege::RevokeSsl]);

    let update = IdpAdminUpdate::new().privileges([AdminPrivilege::RenewSsl]);
    let refused = admins.update_idp(ada, &update).await;
    assert_eq!(code(refused), Some(ErrorCode::MAY_NOT_CHANGE_PRIVILEGES));
    admins.unlink(ada).await.expect("unlinked");
    admins.update_idp(ada, &update).await.expect("changed");
}

#[tokio::test]
async fn a_template_goes_with_or_without_its_administrators() {
    let (emulator, master) = started().await;
    let heir = master.administrators().create_api(&api_admin("heir")).await;
    let heir = heir.expect("an administrator");
    for (admins, stays) in [
        (RelatedAdmins::Unlink, true),
        (RelatedAdmins::Delete, false),
        (RelatedAdmins::DeleteReplacingRequester(heir), false),
    ] {
        let templates = master.administrator_templates();
        let id = templates.create(&template()).await.expect("a template");
        let person = format!("{id}@example.com");
        let made = sign_in_by_idp(&emulator, &person).expect("a match");
        templates.delete(id, admins).await.expect("deleted");
        let left = master.administrators().get(made).await.expect("told");
        assert_eq!(
            (left.deleted.is_none(), left.template.is_none()),
            (stays, stays)
        );
    }
}
