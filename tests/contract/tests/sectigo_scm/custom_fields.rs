use contract::{Fields, Suite};
use sectigo_scm::custom_fields::{
    CustomFieldUpdate, CustomFieldUpdateV1, NewCustomField, NewCustomFieldV1,
};
use sectigo_scm::{
    AccessMethod, CertType, Client, CustomFieldId, CustomFieldInput, CustomFieldState, InputType,
};

/// Answers without these are refused: nothing could be done with them.
const MANDATORY: [&str; 16] = [
    "custom_field_list_v2 [].id",
    "custom_field_list_v2 [].name",
    "custom_field_list_v1 [].id",
    "custom_field_list_v1 [].name",
    "custom_field_list_by_cert_type_v2 [].id",
    "custom_field_list_by_cert_type_v2 [].name",
    "custom_field_list_by_cert_type_v1 [].id",
    "custom_field_list_by_cert_type_v1 [].name",
    "custom_field_get id",
    "custom_field_get name",
    "custom_field_create_v1 id",
    "custom_field_create_v1 name",
    "custom_field_update_v2 id",
    "custom_field_update_v2 name",
    "custom_field_update_v1 id",
    "custom_field_update_v1 name",
];

pub(crate) fn cases(suite: Suite<Client>) -> Suite<Client> {
    older(managing(reading(suite))).mandatory(MANDATORY)
}

fn reading(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("custom_field_list_v2", |scm: &Client, _| {
            scm.custom_fields().list()
        })
        .case("custom_field_list_by_cert_type_v2", |scm: &Client, x| {
            let kind: CertType = x.query().need("certType");
            scm.custom_fields().list_of(kind)
        })
        .case("custom_field_get", |scm: &Client, x| {
            scm.custom_fields().get(x.path::<CustomFieldId>("id"))
        })
}

fn managing(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("custom_field_create_v2", |scm: &Client, x| {
            scm.custom_fields().create(&creation(&x.body()))
        })
        .case("custom_field_update_v2", |scm: &Client, x| {
            let body = x.body();
            let id: CustomFieldId = body.need("id");
            scm.custom_fields().update(id, &update(&body))
        })
        .case("custom_field_delete_v2", |scm: &Client, x| {
            scm.custom_fields().delete(x.path::<CustomFieldId>("id"))
        })
}

#[expect(deprecated, reason = "a deprecated operation keeps the contract too")]
fn older(suite: Suite<Client>) -> Suite<Client> {
    suite
        .case("custom_field_list_v1", |scm: &Client, _| {
            scm.custom_fields().list_v1()
        })
        .case("custom_field_list_by_cert_type_v1", |scm: &Client, x| {
            let kind: CertType = x.path("idOrCertType");
            scm.custom_fields().list_of_v1(kind)
        })
        .case("custom_field_create_v1", |scm: &Client, x| {
            scm.custom_fields().create_v1(&creation_v1(&x.body()))
        })
        .case("custom_field_update_v1", |scm: &Client, x| {
            let body = x.body();
            let id: CustomFieldId = body.need("id");
            scm.custom_fields().update_v1(id, &update_v1(&body))
        })
        .case("custom_field_delete_v1", |scm: &Client, x| {
            let id: CustomFieldId = x.path("idOrCertType");
            scm.custom_fields().delete_v1(id)
        })
}

fn creation(body: &Fields<'_>) -> NewCustomField {
    let (name, kind): (String, CertType) = (body.need("name"), body.need("certType"));
    body.fill(NewCustomField::new(name, kind))
        .set::<Vec<AccessMethod>>("mandatories", NewCustomField::mandatory_for)
        .set::<CustomFieldState>("state", NewCustomField::state)
        .add(
            body.object("input", |part| input(&part)),
            NewCustomField::input,
        )
        .done()
}

fn creation_v1(body: &Fields<'_>) -> NewCustomFieldV1 {
    let (name, kind): (String, CertType) = (body.need("name"), body.need("certType"));
    body.fill(NewCustomFieldV1::new(name, kind))
        .set::<bool>("mandatory", NewCustomFieldV1::mandatory)
        .set::<CustomFieldState>("state", NewCustomFieldV1::state)
        .done()
}

fn update(body: &Fields<'_>) -> CustomFieldUpdate {
    body.fill(CustomFieldUpdate::new(body.need::<String>("name")))
        .set::<Vec<AccessMethod>>("mandatories", CustomFieldUpdate::mandatory_for)
        .set::<CertType>("certType", CustomFieldUpdate::cert_type)
        .set::<CustomFieldState>("state", CustomFieldUpdate::state)
        .add(
            body.object("input", |part| input(&part)),
            CustomFieldUpdate::input,
        )
        .done()
}

fn update_v1(body: &Fields<'_>) -> CustomFieldUpdateV1 {
    body.fill(CustomFieldUpdateV1::new(body.need::<String>("name")))
        .set::<bool>("mandatory", CustomFieldUpdateV1::mandatory)
        .set::<CertType>("certType", CustomFieldUpdateV1::cert_type)
        .set::<CustomFieldState>("state", CustomFieldUpdateV1::state)
        .done()
}

fn input(part: &Fields<'_>) -> CustomFieldInput {
    let options = part.opt::<Vec<String>>("options");
    match (part.need::<InputType>("type"), options) {
        (InputType::Option, options) => CustomFieldInput::options(options.unwrap_or_default()),
        (input_type, None) => CustomFieldInput::from(input_type),
        (input_type, Some(_)) => panic!("{input_type} has no options"),
    }
}
