use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cert_core::{Patch, Secret};
use contract::{Exchange, Fields, Suite};
use sectigo_scm::persons::{
    InvitationV1, KeyImport, NewPerson, PersonFilter, PersonUpdate, PersonValidationType,
};
use sectigo_scm::{Client, EndpointAccountId, EndpointId, OrganizationId, PersonId, ProfileId};

use serde_json::json;

use crate::client_answered;
use crate::shared::custom_fields;

/// An address that nobody has is an error, and says so.
#[tokio::test]
async fn an_unknown_address_is_not_found() {
    let refusal = json!({ "code": -105, "description": "Person not found." });
    let (client, _server) = client_answered(400, refusal).await;
    let found = client.persons().find_by_email("nobody@example.com").await;
    assert!(found.expect_err("a refusal").is_not_found());
}

/// Nobody creates a person twice because the answer does not tell the number.
#[tokio::test]
async fn a_person_without_a_number_was_made_all_the_same() {
    let (client, _server) = client_answered(201, json!(null)).await;
    let standard = PersonValidationType::Standard;
    let person = NewPerson::new(9001, "ada@example.com", "Ada", "Example", standard);
    let error = client.persons().create(&person).await.expect_err("no id");
    assert!(error.may_have_run(), "{error}");
    assert!(error.to_string().contains("it was made"), "{error}");
}

/// `null` clears a last name, a blank is none.
#[tokio::test]
async fn a_blank_name_is_refused_and_null_is_sent() {
    let (scm, server) = client_answered(200, json!(null)).await;
    let blank = PersonUpdate::new().last_name(" ");
    let error = scm.persons().update(1, &blank).await.expect_err("a blank");
    assert!(
        error.to_string().contains("`last_name` is blank"),
        "{error}"
    );
    let standard = PersonValidationType::Standard;
    let person = NewPerson::new(1, "ada@example.com", "\t", "Example", standard);
    let error = scm.persons().create(&person).await.expect_err("a blank");
    assert!(
        error.to_string().contains("`first_name` is blank"),
        "{error}"
    );
    assert_eq!(
        server.received_requests().await.map(|all| all.len()),
        Some(0)
    );

    let cleared = PersonUpdate::new().last_name(Patch::Clear);
    scm.persons().update(1, &cleared).await.expect("an update");
    let sent = server.received_requests().await.expect("recorded requests");
    assert_eq!(sent[0].body, br#"{"lastName":null}"#);
}

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 6] = [
    "person_list [].id",
    "person_find_by_email personId",
    "person_get id",
    "person_import_key_v1 id",
    "person_list_invitation_endpoints [].id",
    "person_list_invitation_endpoint_accounts [].id",
];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    let suite = managing(reading(suite));
    let suite = inviting(importing(suite));
    former(suite).mandatory(MANDATORY)
}

fn person(exchange: &Exchange) -> PersonId {
    exchange.path("id")
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .pages("person_list", |scm: &Client, x| {
            let query = x.query();
            let pages = scm
                .persons()
                .list(&filter(&query))
                .resume(query.opt("position").unwrap_or(0));
            match query.opt("size") {
                Some(size) => pages.page_size(size),
                None => pages.vendor_page_size(),
            }
        })
        .case("person_find_by_email", |scm: &Client, x| {
            scm.persons().find_by_email(&x.path::<String>("email"))
        })
        .case("person_get", |scm: &Client, x| scm.persons().get(person(x)))
}

fn managing(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("person_create", |scm: &Client, x| {
            scm.persons().create(&new_person(&x.body()))
        })
        .case("person_update", |scm: &Client, x| {
            scm.persons().update(person(x), &update(&x.body()))
        })
        .case("person_delete_v2", |scm: &Client, x| {
            scm.persons().delete(person(x))
        })
}

fn importing(suite: Suite<Client>) -> Suite<Client> {
    suite.case("person_import_key_v2", |scm: &Client, x| {
        scm.persons()
            .import_key(x.path::<PersonId>("personId"), &import(&x.body()))
    })
}

fn inviting(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("person_send_invitation_v2", |scm: &Client, x| {
            scm.persons()
                .send_invitation(person(x), x.body().need::<EndpointAccountId>("accountId"))
        })
        .case("person_list_invitation_endpoints", |scm: &Client, x| {
            scm.persons().list_invitation_endpoints(person(x))
        })
        .case(
            "person_list_invitation_endpoint_accounts",
            |scm: &Client, x| {
                scm.persons()
                    .list_invitation_accounts(person(x), x.path::<EndpointId>("endpointId"))
            },
        )
}

#[expect(
    deprecated,
    reason = "what the vendor still serves is held to its samples too"
)]
fn former(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("person_delete_v1", |scm: &Client, x| {
            scm.persons().delete_v1(person(x))
        })
        .case("person_import_key_v1", |scm: &Client, x| {
            scm.persons()
                .import_key_v1(x.path::<PersonId>("personId"), &import(&x.body()))
        })
        .case("person_send_invitation_v1", |scm: &Client, x| {
            let body = x.body();
            let invitation = body
                .fill(InvitationV1::new())
                .set::<ProfileId>("profileId", InvitationV1::profile)
                .set::<u32>("term", InvitationV1::term)
                .set::<String>("keyType", InvitationV1::key_type)
                .done();
            scm.persons().send_invitation_v1(person(x), &invitation)
        })
}

fn filter(query: &Fields<'_>) -> PersonFilter {
    query
        .fill(PersonFilter::new())
        .set::<String>("name", PersonFilter::name)
        .set::<OrganizationId>("organizationId", PersonFilter::organization)
        .set::<String>("email", PersonFilter::email)
        .set::<String>("commonName", PersonFilter::common_name)
        .set::<String>("phone", PersonFilter::phone)
        .set::<String>("secondaryEmail", PersonFilter::secondary_email)
        .done()
}

fn new_person(body: &Fields<'_>) -> NewPerson {
    let organization: OrganizationId = body.need("organizationId");
    let (first, last): (String, String) = (body.need("firstName"), body.need("lastName"));
    let validation: PersonValidationType = body.need("validationType");
    let email: String = body.need("email");
    body.fill(NewPerson::new(organization, email, first, last, validation))
        .set::<String>("middleName", NewPerson::middle_name)
        .set::<String>("phone", NewPerson::phone)
        .set::<String>("commonName", NewPerson::common_name)
        .set::<Vec<String>>("secondaryEmails", NewPerson::secondary_emails)
        .set::<String>("eppn", NewPerson::edu_person_principal_name)
        .set::<String>("upn", NewPerson::user_principal_name)
        .done()
}

fn update(body: &Fields<'_>) -> PersonUpdate {
    let patch = |name| Some(body.patch::<String>(name));
    body.fill(PersonUpdate::new())
        .add(patch("firstName"), PersonUpdate::first_name)
        .set::<String>("middleName", PersonUpdate::middle_name)
        .add(patch("lastName"), PersonUpdate::last_name)
        .add(patch("email"), PersonUpdate::email)
        .set::<PersonValidationType>("validationType", PersonUpdate::validation_type)
        .set::<OrganizationId>("organizationId", PersonUpdate::organization)
        .set::<String>("phone", PersonUpdate::phone)
        .add(patch("commonName"), PersonUpdate::common_name)
        .set::<Vec<String>>("secondaryEmails", PersonUpdate::secondary_emails)
        .set::<String>("eppn", PersonUpdate::edu_person_principal_name)
        .add(patch("upn"), PersonUpdate::user_principal_name)
        .done()
}

fn import(body: &Fields<'_>) -> KeyImport {
    let file = STANDARD.decode(body.need::<String>("p12"));
    body.fill(KeyImport::new(file.expect("base64")))
        .set::<Secret>("password", KeyImport::pass_phrase)
        .add(custom_fields(body), KeyImport::custom_fields)
        .done()
}
