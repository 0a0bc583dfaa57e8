use contract::{Fields, Suite};
use sectigo_scm::organizations::{
    AdminRole, KeyRecovery, NewDepartment, NewOrganization, OrganizationUpdate, ReportType, Webhook,
};
use sectigo_scm::{Client, OrganizationId};

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 9] = [
    "organization_list [].id",
    "organization_list [].departments[].id",
    "organization_list_by_role [].id",
    "organization_list_by_certificate_type [].id",
    "organization_list_by_certificate_type [].departments[].id",
    "organization_get id",
    "organization_get departments[].id",
    "organization_update id",
    "organization_update departments[].id",
];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    managing(reading(suite)).mandatory(MANDATORY)
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("organization_list", |scm: &Client, _| {
            scm.organizations().list()
        })
        .case("organization_list_by_role", |scm: &Client, x| {
            scm.organizations()
                .list_by_role(x.path::<AdminRole>("role"))
        })
        .case(
            "organization_list_by_certificate_type",
            |scm: &Client, x| {
                scm.organizations()
                    .list_by_certificate_type(x.path::<ReportType>("type"))
            },
        )
        .case("organization_get", |scm: &Client, x| {
            scm.organizations().get(x.path::<OrganizationId>("id"))
        })
}

fn managing(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("organization_create", |scm: &Client, x| {
            let body = x.body();
            match body.opt::<String>("parentOrgName") {
                Some(parent) => scm
                    .organizations()
                    .create_department(&department(&body, parent)),
                None => scm.organizations().create(&organization(&body)),
            }
        })
        .case("organization_update", |scm: &Client, x| {
            scm.organizations()
                .update(x.path::<OrganizationId>("id"), &update(&x.body()))
        })
        .case("organization_delete", |scm: &Client, x| {
            scm.organizations().delete(x.path::<OrganizationId>("id"))
        })
}

fn recovery(body: &Fields<'_>) -> KeyRecovery {
    let read = |recovery: Fields<'_>| {
        recovery
            .fill(KeyRecovery::new())
            .set::<bool>(
                "allowKeyRecoveryByMasterAdmins",
                KeyRecovery::by_master_admins,
            )
            .set::<bool>(
                "allowKeyRecoveryByOrgAdmins",
                KeyRecovery::by_organization_admins,
            )
            .set::<bool>(
                "allowKeyRecoveryByDepartmentAdmins",
                KeyRecovery::by_department_admins,
            )
            .done()
    };
    body.object("clientCertificate", read)
        .expect("who may recover keys")
}

fn organization(body: &Fields<'_>) -> NewOrganization {
    let (name, address1): (String, String) = (body.need("name"), body.need("address1"));
    let country: String = body.need("country");
    let webhook = |name| body.opt::<String>(name).map(Webhook::from);
    body.fill(NewOrganization::new(
        name,
        address1,
        country,
        recovery(body),
    ))
    .set::<String>("alternativeName", NewOrganization::secondary_name)
    .set::<String>(
        "schacHomeOrganization",
        NewOrganization::schac_home_organization,
    )
    .set::<String>("alias", NewOrganization::alias)
    .set::<String>("contactEmails", NewOrganization::contact_emails)
    .add(webhook("contactWebhook"), NewOrganization::contact_webhook)
    .add(webhook("contactSlack"), NewOrganization::contact_slack)
    .add(webhook("contactTeams"), NewOrganization::contact_teams)
    .set::<String>("address2", NewOrganization::address2)
    .set::<String>("address3", NewOrganization::address3)
    .set::<String>("city", NewOrganization::city)
    .set::<String>("stateProvince", NewOrganization::state_or_province)
    .set::<String>("postalCode", NewOrganization::postal_code)
    .set::<bool>("sslCertsApiEnabled", NewOrganization::ssl_api_enabled)
    .set::<bool>("clientCertsApiEnabled", NewOrganization::smime_api_enabled)
    .done()
}

fn department(body: &Fields<'_>, parent: String) -> NewDepartment {
    let (name, address1): (String, String) = (body.need("name"), body.need("address1"));
    let country: String = body.need("country");
    body.fill(NewDepartment::new(
        parent,
        name,
        address1,
        country,
        recovery(body),
    ))
    .set::<String>("address2", NewDepartment::address2)
    .set::<String>("address3", NewDepartment::address3)
    .set::<String>("city", NewDepartment::city)
    .set::<String>("stateProvince", NewDepartment::state_or_province)
    .set::<String>("postalCode", NewDepartment::postal_code)
    .set::<bool>("sslCertsApiEnabled", NewDepartment::ssl_api_enabled)
    .set::<bool>("clientCertsApiEnabled", NewDepartment::smime_api_enabled)
    .done()
}

fn update(body: &Fields<'_>) -> OrganizationUpdate {
    let webhook = |name| body.opt::<String>(name).map(Webhook::from);
    body.fill(OrganizationUpdate::new())
        .set::<String>("name", OrganizationUpdate::name)
        .set::<String>("alternativeName", OrganizationUpdate::secondary_name)
        .set::<String>(
            "schacHomeOrganization",
            OrganizationUpdate::schac_home_organization,
        )
        .set::<String>("alias", OrganizationUpdate::alias)
        .set::<String>("contactEmails", OrganizationUpdate::contact_emails)
        .add(
            webhook("contactWebhook"),
            OrganizationUpdate::contact_webhook,
        )
        .add(webhook("contactSlack"), OrganizationUpdate::contact_slack)
        .add(webhook("contactTeams"), OrganizationUpdate::contact_teams)
        .set::<String>("address1", OrganizationUpdate::address1)
        .set::<String>("address2", OrganizationUpdate::address2)
        .set::<String>("address3", OrganizationUpdate::address3)
        .set::<String>("city", OrganizationUpdate::city)
        .set::<String>("stateProvince", OrganizationUpdate::state_or_province)
        .set::<String>("postalCode", OrganizationUpdate::postal_code)
        .set::<String>("country", OrganizationUpdate::country)
        .set::<bool>("sslCertsApiEnabled", OrganizationUpdate::ssl_api_enabled)
        .set::<bool>(
            "clientCertsApiEnabled",
            OrganizationUpdate::smime_api_enabled,
        )
        .done()
}
