use cert_core::client::{Call, Created, Empty};
use cert_core::{Secret, SerialNumber};
use contract::{Exchange, Fields, Suite};
use sectigo_scm::administrators::{
    AdminDetails, AdminFilter, AdminPrivilege, AdminRole, AdminStatus, AdminType, ApiAdminUpdate,
    IdpAdminUpdate, NewApiAdmin, NewIdpAdmin, NewSasAdmin, NewStandardAdmin, PasswordRule,
    RoleAssignment, SasAdminUpdate, StandardAdminUpdate,
};
use sectigo_scm::{AdminId, AdminTemplateId, Client, IdentityProviderId, OrganizationId};
use serde_json::json;

use crate::client_answered;

/// The broken rules of the password policy can be told apart.
#[tokio::test]
async fn a_weak_password_is_refused_rule_by_rule() {
    let text = "Password policy violated: Password must contain 1 or more uppercase characters. \
                Password must contain 1 or more digit characters. Password must be 8 or more \
                characters in length.";
    let refusal = json!({ "code": -7306, "description": text });
    let (client, _server) = client_answered(400, refusal).await;
    let changed = client.administrators().change_password("new").await;
    let characters = |kind: &str| PasswordRule::Characters {
        at_least: 1,
        kind: kind.to_owned(),
    };
    let length = PasswordRule::Length { at_least: 8 };
    let rules = [characters("uppercase"), characters("digit"), length];
    let error = changed.expect_err("a refusal");
    assert_eq!(PasswordRule::broken_by(&error), rules);

    let refusal = json!({ "code": -220, "description": "Password can't be the same." });
    let (client, _server) = client_answered(400, refusal).await;
    let changed = client.administrators().change_password("the same").await;
    let error = changed.expect_err("a refusal");
    assert_eq!(PasswordRule::broken_by(&error), []);
}

/// What the vendor forbids is refused before anything is sent.
#[tokio::test]
async fn impossible_administrators_are_not_sent() {
    let (client, server) = client_answered(201, json!(null)).await;
    let admins = client.administrators();
    let ssl = RoleAssignment::new(AdminRole::OrganizationSsl);
    let idp = NewIdpAdmin::new("ada@example.com", [ssl.clone()]);
    let error = admins.create_idp(&idp).await.expect_err("no organization");
    assert!(
        error
            .to_string()
            .contains("`roles[0].organization` is missing"),
        "{error}"
    );

    let both = [RoleAssignment::master(), ssl.organization(9001)];
    let sas = NewSasAdmin::new("ada@example.com", both);
    let error = admins.create_sas(&sas).await.expect_err("two levels");
    assert!(
        error
            .to_string()
            .contains("`roles` has roles of several levels"),
        "{error}"
    );

    let update = StandardAdminUpdate::new().identity_provider(324);
    let error = admins
        .update_standard(1, &update)
        .await
        .expect_err("no name there");
    assert!(
        error
            .to_string()
            .contains("`edu_person_principal_name` is missing"),
        "{error}"
    );
    assert_eq!(server.received_requests().await.expect("requests").len(), 0);
}

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 3] = ["admin_list [].id", "admin_get id", "admin_list_idps [].id"];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    let suite = offering(reading(suite));
    let suite = passwords(managing(suite));
    suite.mandatory(MANDATORY)
}

fn admin(exchange: &Exchange) -> AdminId {
    exchange.path("id")
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("admin_list", |scm: &Client, x| {
            let query = x.query();
            let pages = scm
                .administrators()
                .list(&filter(&query))
                .resume(query.opt("position").unwrap_or(0));
            match query.opt("size") {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("admin_get", |scm: &Client, x| {
            scm.administrators().get(admin(x))
        })
}

fn offering(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("admin_list_roles", |scm: &Client, x| {
            let for_edit: Option<bool> = x.query().opt("isForEdit");
            scm.administrators().list_roles(for_edit)
        })
        .case("admin_list_privileges", |scm: &Client, x| {
            let roles: Vec<AdminRole> = x.query().need("role");
            scm.administrators().list_privileges(roles)
        })
        .case("admin_list_idps", |scm: &Client, _| {
            scm.administrators().list_identity_providers()
        })
}

fn managing(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("admin_create", |scm: &Client, x| create(scm, &x.body()))
        .case("admin_update", |scm: &Client, x| {
            update(scm, admin(x), &x.body())
        })
        .case("admin_unlink", |scm: &Client, x| {
            scm.administrators().unlink(admin(x))
        })
        .case("admin_delete", |scm: &Client, x| {
            let requester: AdminId = x.query().need("replacingRequesterId");
            scm.administrators()
                .delete_replacing_requester(admin(x), requester)
        })
        .case_without(
            "admin_delete",
            "query.replacingRequesterId",
            |scm: &Client, x| scm.administrators().delete(admin(x)),
        )
}

fn passwords(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("admin_get_password_state", |scm: &Client, _| {
            scm.administrators().password_state()
        })
        .case("admin_change_password", |scm: &Client, x| {
            let password: Secret = x.body().need("newPassword");
            scm.administrators().change_password(password)
        })
}

fn filter(query: &Fields<'_>) -> AdminFilter {
    query
        .fill(AdminFilter::new())
        .set::<AdminType>("type", AdminFilter::kind)
        .set::<String>("login", AdminFilter::login)
        .set::<String>("email", AdminFilter::email)
        .set::<AdminStatus>("activeState", AdminFilter::status)
        .set::<OrganizationId>("orgId", AdminFilter::organization)
        .set::<AdminTemplateId>("templateId", AdminFilter::template)
        .set::<IdentityProviderId>("identityProviderId", AdminFilter::identity_provider)
        .set::<AdminRole>("role", AdminFilter::role)
        .done()
}

/// The roles that a body gives.
pub(crate) fn roles(body: &Fields<'_>) -> Option<Vec<RoleAssignment>> {
    body.list("credentials", |entry| {
        entry
            .fill(RoleAssignment::new(entry.need::<AdminRole>("role")))
            .set::<OrganizationId>("orgId", RoleAssignment::organization)
            .done()
    })
}

/// Position, phone number and address that a body gives.
fn details(body: &Fields<'_>) -> AdminDetails {
    body.fill(AdminDetails::new())
        .set::<String>("title", AdminDetails::title)
        .set::<String>("telephone", AdminDetails::phone)
        .set::<String>("street", AdminDetails::street)
        .set::<String>("locality", AdminDetails::city)
        .set::<String>("state", AdminDetails::state_or_province)
        .set::<String>("postalCode", AdminDetails::postal_code)
        .set::<String>("country", AdminDetails::country)
        .set::<String>("relationship", AdminDetails::relationship)
        .done()
}

/// What requests for administrators of every kind have.
macro_rules! common {
    ($body:expr, $request:expr, $type:ident) => {
        $body
            .fill($request.details(details($body)))
            .set::<Vec<AdminPrivilege>>("privileges", $type::privileges)
            .set::<AdminStatus>("activeStatus", $type::status)
    };
}

/// What those have that sign in by an identity provider.
macro_rules! identity {
    ($filling:expr, $type:ident) => {
        $filling
            .set::<IdentityProviderId>("identityProviderId", $type::identity_provider)
            .set::<String>("idpPersonId", $type::edu_person_principal_name)
    };
}

/// Names that need not be given.
macro_rules! names {
    ($filling:expr, $type:ident) => {
        $filling
            .set::<String>("forename", $type::first_name)
            .set::<String>("surname", $type::last_name)
    };
}

/// What every update has besides.
macro_rules! changes {
    ($body:expr, $type:ident) => {
        names!(common!($body, $type::new(), $type), $type)
            .set::<String>("email", $type::email)
            .add(roles($body), $type::roles)
    };
}

/// What updates have of those that sign in by themselves.
macro_rules! sign_in {
    ($filling:expr, $type:ident) => {
        $filling
            .set::<String>("login", $type::login)
            .set::<Secret>("password", $type::password)
            .set::<SerialNumber>("certificateSerialNumber", $type::certificate_serial_number)
    };
}

/// A new administrator with a login.
macro_rules! with_login {
    ($body:expr, $type:ident) => {
        common!(
            $body,
            $type::new(
                $body.need::<String>("login"),
                $body.need::<Secret>("password"),
                $body.need::<String>("forename"),
                $body.need::<String>("surname"),
                $body.need::<String>("email"),
                roles($body).expect("roles"),
            ),
            $type
        )
        .set::<SerialNumber>("certificateSerialNumber", $type::certificate_serial_number)
    };
}

/// A new administrator without a login.
macro_rules! without_login {
    ($body:expr, $type:ident) => {{
        let email: String = $body.need("email");
        let request = $type::new(email, roles($body).expect("roles"));
        names!(common!($body, request, $type), $type)
    }};
}

fn create<'c>(scm: &'c Client, body: &Fields<'_>) -> Call<'c, Created<AdminId>> {
    let admins = scm.administrators();
    match body.need::<AdminType>("type") {
        AdminType::Standard => {
            let admin = identity!(with_login!(body, NewStandardAdmin), NewStandardAdmin);
            admins.create_standard(&admin.done())
        }
        AdminType::Api => admins.create_api(&with_login!(body, NewApiAdmin).done()),
        AdminType::Idp => admins.create_idp(&without_login!(body, NewIdpAdmin).done()),
        AdminType::Sas => admins.create_sas(&without_login!(body, NewSasAdmin).done()),
        other => panic!("no administrator of the kind {other} can be created"),
    }
}

fn update<'c>(scm: &'c Client, id: AdminId, body: &Fields<'_>) -> Call<'c, Empty> {
    let admins = scm.administrators();
    match body.need::<AdminType>("type") {
        AdminType::Standard => {
            let update = identity!(changes!(body, StandardAdminUpdate), StandardAdminUpdate);
            admins.update_standard(id, &sign_in!(update, StandardAdminUpdate).done())
        }
        AdminType::Api => {
            let update = sign_in!(changes!(body, ApiAdminUpdate), ApiAdminUpdate);
            admins.update_api(id, &update.done())
        }
        AdminType::Idp => {
            let update = identity!(changes!(body, IdpAdminUpdate), IdpAdminUpdate);
            admins.update_idp(id, &update.done())
        }
        AdminType::Sas => admins.update_sas(id, &changes!(body, SasAdminUpdate).done()),
        other => panic!("no administrator can become one of the kind {other}"),
    }
}
