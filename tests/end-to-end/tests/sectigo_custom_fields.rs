//! Sectigo's custom fields against their emulator, and the enrolments that they rule over.

use cert_emulators::sectigo_scm::Emulator;
use end_to_end::key_and_request;
use sectigo_scm::custom_fields::{
    CustomFieldUpdate, CustomFieldUpdateV1, NewCustomField, NewCustomFieldV1,
};
use sectigo_scm::jiff::civil::date;
use sectigo_scm::ssl::SslEnrollment;
use sectigo_scm::{
    AccessMethod, CertType, Client, Credentials, CustomField, CustomFieldInput, CustomFieldState,
    ErrorCode, InputType,
};

async fn started() -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).persons(0).devices(0);
    let emulator = builder.start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

fn enrollment() -> SslEnrollment {
    let (_, request) = key_and_request("www.example.com").expect("a request");
    SslEnrollment::new(9001, 5101, request)
}

fn code(error: &sectigo_scm::Error) -> Option<ErrorCode> {
    ErrorCode::of(error)
}

#[tokio::test]
async fn a_field_lives() {
    let (_emulator, scm) = started().await;
    let field = NewCustomField::new("Color", CertType::Device)
        .input(CustomFieldInput::options(["red", "blue"]))
        .mandatory_for([AccessMethod::RestApi]);
    let id = scm.custom_fields().create(&field).await.expect("a field");
    let found = scm.custom_fields().get(id).await.expect("the field");
    assert_eq!(found.cert_type, Some(CertType::Device));
    assert_eq!(found.state, Some(CustomFieldState::Active));
    assert_eq!(
        found.input,
        Some(CustomFieldInput::options(["red", "blue"]))
    );
    assert!(found.is_mandatory_for(&AccessMethod::RestApi));
    assert!(!found.is_mandatory_for(&AccessMethod::WebForm));
    let devices = scm.custom_fields().list_of(CertType::Device).await;
    assert_eq!(devices.expect("fields").last(), Some(&found));
    let all = scm.custom_fields().list().await.expect("fields");
    assert_eq!(all.iter().filter(|field| field.id == id).count(), 1);

    let update = CustomFieldUpdate::new("End of project")
        .input(InputType::Date)
        .mandatory_for([])
        .state(CustomFieldState::Inactive)
        .cert_type(CertType::Smime);
    let updated = scm
        .custom_fields()
        .update(id, &update)
        .await
        .expect("the field");
    assert_eq!(
        updated,
        scm.custom_fields().get(id).await.expect("the field")
    );
    assert_eq!(updated.name, "End of project");
    assert_eq!(updated.input, Some(InputType::Date.into()));
    assert!(updated.is_disabled() && updated.mandatory_for.is_empty());

    let taken = NewCustomField::new("End of project", CertType::Ssl);
    let error = scm
        .custom_fields()
        .create(&taken)
        .await
        .expect_err("a name that is taken");
    assert_eq!(code(&error), Some(ErrorCode::CUSTOM_FIELD_NOT_UNIQUE));
    scm.custom_fields().delete(id).await.expect("it is gone");
    let error = scm.custom_fields().get(id).await.expect_err("it is gone");
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
#[expect(deprecated, reason = "a deprecated operation works too")]
async fn the_older_version_works_too() {
    let (_emulator, scm) = started().await;
    let fields = scm.custom_fields();
    let created = fields
        .create_v1(&NewCustomFieldV1::new("Team", CertType::Ssl).mandatory(true))
        .await
        .expect("a field");
    assert_eq!(created.mandatory, Some(true));
    assert!(created.mandatory_for.is_empty(), "it has one flag");
    let newer = fields.get(created.id).await.expect("the field");
    assert_eq!((newer.mandatory, newer.mandatory_for.len()), (None, 4));
    let update = CustomFieldUpdateV1::new("Team").mandatory(false);
    let updated = fields
        .update_v1(created.id, &update)
        .await
        .expect("the field");
    assert_eq!(updated.mandatory, Some(false));
    let listed = fields.list_of_v1(CertType::Ssl).await.expect("fields");
    assert_eq!(listed.last(), Some(&updated));
    assert!(fields.list_v1().await.expect("fields").contains(&updated));
    fields.delete_v1(created.id).await.expect("it is gone");
    assert!(
        fields
            .get(created.id)
            .await
            .expect_err("gone")
            .is_not_found()
    );
}

#[tokio::test]
async fn a_mandatory_field_is_demanded_from_then_on() {
    let (_emulator, scm) = started().await;
    scm.ssl().enroll(&enrollment()).await.expect("an order");
    let field = NewCustomField::new("End", CertType::Ssl)
        .input(InputType::Date)
        .mandatory_for([AccessMethod::RestApi]);
    scm.custom_fields().create(&field).await.expect("a field");
    let listed = scm.ssl().list_custom_fields().await.expect("fields");
    assert_eq!(listed[1].mandatory, Some(true));

    let error = scm
        .ssl()
        .enroll(&enrollment())
        .await
        .expect_err("without it");
    assert_eq!(code(&error), Some(ErrorCode::MISSING_CUSTOM_FIELD));
    for value in ["tomorrow", "2027-02-30"] {
        let wrong = enrollment().custom_fields([CustomField::new("End", value)]);
        let error = scm.ssl().enroll(&wrong).await.expect_err("no day");
        assert_eq!(error.code(), Some("-1601"));
    }
    let unknown = [
        CustomField::day("End", date(2027, 2, 28)),
        CustomField::new("Pet", "cat"),
    ];
    let error = scm.ssl().enroll(&enrollment().custom_fields(unknown)).await;
    let error = error.expect_err("no such field");
    assert_eq!(code(&error), Some(ErrorCode::CUSTOM_FIELD_NOT_FOUND));
    let right = enrollment().custom_fields([CustomField::day("End", date(2027, 2, 28))]);
    let order = scm.ssl().enroll(&right).await.expect("an order");
    let details = scm.ssl().get(order.id).await.expect("details");
    assert_eq!(
        details.custom_fields[1],
        CustomField::new("End", "2027-02-28")
    );
}

#[tokio::test]
async fn options_are_refused_before_anything_is_sent() {
    let (emulator, scm) = started().await;
    let none = CustomFieldInput::from(InputType::Option);
    let field = NewCustomField::new("Color", CertType::Ssl).input(none);
    let error = scm
        .custom_fields()
        .create(&field)
        .await
        .expect_err("no options");
    assert!(error.to_string().contains("`input.options`"), "{error}");
    assert!(emulator.journal().requests().is_empty());
}
