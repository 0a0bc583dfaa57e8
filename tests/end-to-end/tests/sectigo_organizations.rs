//! Sectigo's organizations and persons against their emulator.

use std::time::Duration;

use cert_core::{CertificateSigningRequest, KeyKind, Patch, Pkcs12, PrivateKey};
use cert_emulators::sectigo_scm::{Emulator, Progress};
use end_to_end::key_and_request;
use sectigo_scm::organization_validations::{
    GeneralDetails, OrganizationDetails, ValidationLevel, ValidationResubmission, ValidationStatus,
    ValidationSubmission,
};
use sectigo_scm::organizations::{
    AdminRole, KeyRecovery, NewDepartment, NewOrganization, OrganizationUpdate, ReportType,
};
use sectigo_scm::persons::{
    KeyImport, NewPerson, PersonFilter, PersonUpdate, PersonValidationType,
};
use sectigo_scm::smime::SmimeEnrollment;
use sectigo_scm::ssl::SslEnrollment;
use sectigo_scm::{Backoff, CaBackendId, Client, Credentials, ErrorCode, OrganizationId, PersonId};

const ADA: &str = "ada@example.com";

async fn started() -> (Emulator, Client) {
    let builder = Emulator::builder()
        .certificates(0)
        .persons(0)
        .issuance(Progress::AtOnce);
    let emulator = builder.start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

fn recovery() -> KeyRecovery {
    KeyRecovery::new()
        .by_master_admins(true)
        .by_organization_admins(false)
        .by_department_admins(false)
}

async fn organization(scm: &Client, name: &str) -> OrganizationId {
    let organization =
        NewOrganization::new(name, "1 Main Street", "US", recovery()).city("Springfield");
    let id = scm.organizations().create(&organization).await;
    id.expect("an organization")
}

async fn department(scm: &Client, parent: &str, name: &str) -> OrganizationId {
    let department = NewDepartment::new(parent, name, "2 Main Street", "US", recovery())
        .state_or_province("Illinois");
    let id = scm.organizations().create_department(&department).await;
    id.expect("a department")
}

async fn ada(scm: &Client, organization: impl Into<OrganizationId>) -> PersonId {
    let standard = PersonValidationType::Standard;
    let person = NewPerson::new(organization, ADA, "Ada", "Example", standard)
        .user_principal_name("ada@corp.example.com");
    scm.persons().create(&person).await.expect("a person")
}

#[tokio::test]
async fn an_organization_lives() {
    let (_emulator, scm) = started().await;
    let id = organization(&scm, "Acme").await;

    let update = OrganizationUpdate::new()
        .secondary_name("Acme International")
        .postal_code("62701")
        .state_or_province("Illinois");
    let changed = scm.organizations().update(id, &update).await;
    let organization = scm.organizations().get(id).await.expect("an organization");
    assert_eq!(
        changed.expect("the organization as it is then"),
        organization
    );
    assert_eq!(organization.name.as_deref(), Some("Acme"));
    assert_eq!(
        organization.secondary_name.as_deref(),
        Some("Acme International")
    );
    assert_eq!(organization.city.as_deref(), Some("Springfield"));
    assert_eq!(organization.state_or_province.as_deref(), Some("Illinois"));
    assert_eq!(organization.postal_code.as_deref(), Some("62701"));
    assert_eq!(organization.key_recovery, Some(recovery()));

    scm.organizations().delete(id).await.expect("it is gone");
    let error = scm.organizations().get(id).await.expect_err("it is gone");
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn a_department_belongs_to_its_organization() {
    let (_emulator, scm) = started().await;
    let acme = organization(&scm, "Acme").await;
    let research = department(&scm, "Acme", "Research").await;

    let all = scm.organizations().list().await.expect("organizations");
    let listed = all.iter().find(|listed| listed.id == acme).expect("listed");
    let [department] = listed.departments.as_slice() else {
        panic!("{:?}", listed.departments);
    };
    assert_eq!(department.id, research);
    assert_eq!(department.name.as_deref(), Some("Research"));
    assert_eq!(department.parent_name.as_deref(), Some("Acme"));

    let role = AdminRole::DepartmentSsl;
    let managed = scm.organizations().list_by_role(role).await;
    let managed = managed.expect("departments");
    assert!(managed.iter().any(|department| department.id == research));
    let reported = scm
        .organizations()
        .list_by_certificate_type(ReportType::Ssl)
        .await
        .expect("organizations");
    assert!(reported.iter().any(|listed| listed.id == acme));
}

/// An order needs the number of an organization, which its name leads to.
#[tokio::test]
async fn an_order_finds_its_organization_by_name() {
    let (_emulator, scm) = started().await;
    let all = scm.organizations().list().await.expect("organizations");
    let corp = all
        .iter()
        .find(|listed| listed.name.as_deref() == Some("Example Corp"))
        .expect("an organization");
    let (_key, request) = key_and_request("www.example.com").expect("a request");
    let order = SslEnrollment::new(corp.id, 5101, &request).term(365);
    scm.ssl().enroll(&order).await.expect("accepted");
}

#[tokio::test]
async fn unknown_organizations_are_not_found() {
    let (_emulator, scm) = started().await;
    let organizations = scm.organizations();
    for error in [
        organizations.get(1).await.expect_err("unknown"),
        organizations.delete(1).await.expect_err("unknown"),
        organizations
            .update(1, &OrganizationUpdate::new().name("Acme"))
            .await
            .expect_err("unknown"),
    ] {
        assert!(error.is_not_found(), "{error}");
    }
}

#[tokio::test]
async fn an_organization_with_persons_stays() {
    let (_emulator, scm) = started().await;
    let acme = organization(&scm, "Acme").await;
    let ada = ada(&scm, acme).await;
    let error = scm
        .organizations()
        .delete(acme)
        .await
        .expect_err("somebody is there");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::from(-1021)));
    scm.persons().delete(ada).await.expect("gone");
    scm.organizations().delete(acme).await.expect("gone");
}

#[tokio::test]
async fn a_person_lives() {
    let (_emulator, scm) = started().await;
    let persons = scm.persons();
    let id = ada(&scm, 9001).await;
    assert_eq!(persons.find_by_email(ADA).await.expect("found"), id);

    let update = PersonUpdate::new()
        .last_name("Lovelace")
        .phone("+1 (555) 010-0100")
        .user_principal_name("");
    persons.update(id, &update).await.expect("changed");
    let person = persons.get(id).await.expect("a person");
    assert_eq!(person.first_name.as_deref(), Some("Ada"));
    assert_eq!(person.last_name.as_deref(), Some("Lovelace"));
    assert_eq!(person.phone.as_deref(), Some("+1 (555) 010-0100"));
    assert_eq!(person.organization, Some(OrganizationId::from(9001)));
    let principal = person.user_principal_name.as_deref();
    assert!(principal.is_none_or(str::is_empty), "{principal:?}");

    let filter = PersonFilter::new().organization(9001).email(ADA);
    let listed = persons.list(&filter).collect().await.expect("persons");
    assert_eq!(listed, [person]);

    persons.delete(id).await.expect("gone");
    for error in [
        persons.get(id).await.expect_err("gone"),
        persons.find_by_email(ADA).await.expect_err("gone"),
    ] {
        assert!(error.is_not_found(), "{error}");
        assert_eq!(ErrorCode::of(&error), Some(ErrorCode::PERSON_NOT_FOUND));
    }
}

#[tokio::test]
async fn a_validation_lives() {
    let (_emulator, scm) = started().await;
    let validations = scm.organization_validations();
    let acme = organization(&scm, "Acme").await;
    assert_eq!(validations.list(acme).await.expect("none"), []);

    let backend = sectigo(&scm).await;
    let general = GeneralDetails::new("Acme Inc.", "US").city("Springfield");
    let details = OrganizationDetails::new(general);
    let submission = ValidationSubmission::new(ValidationLevel::OvSsl, backend, details);
    let id = validations.submit(acme, &submission).await.expect("taken");
    let again = validations.submit(acme, &submission).await;
    assert!(again.is_err(), "there is one already");

    let submitted = validations.get(acme, id).await.expect("a validation");
    assert_eq!(submitted.level, Some(ValidationLevel::OvSsl));
    assert_eq!(submitted.backend, Some(backend));
    let general = submitted.details.and_then(|details| details.general);
    let legal_name = general.and_then(|general| general.legal_name);
    assert_eq!(legal_name.as_deref(), Some("Acme Inc."));

    let mut synchronized = None;
    for _ in 0..10 {
        let validation = validations.sync(acme, id).await.expect("a validation");
        synchronized = validation.status;
        if synchronized == Some(ValidationStatus::Validated) {
            break;
        }
    }
    assert_eq!(synchronized, Some(ValidationStatus::Validated));
    let as_on_file = ValidationResubmission::new();
    let resubmitted = validations.resubmit(acme, id, &as_on_file).await;
    assert_eq!(resubmitted.expect("taken").id, id);

    validations.reset(acme, id).await.expect("gone");
    validations.get(acme, id).await.expect_err("gone");
    assert_eq!(validations.list(acme).await.expect("none"), []);
}

/// The backend that validated an organization before.
async fn sectigo(scm: &Client) -> CaBackendId {
    let known = scm.organization_validations().list(9001).await;
    let known = known.expect("a validation").remove(0);
    known.backend.expect("a number")
}

/// What the service makes of null is not documented; that it arrives is ours.
#[tokio::test]
async fn null_is_told_from_what_is_left_out() {
    let (emulator, scm) = started().await;
    let id = ada(&scm, 9001).await;
    let update = PersonUpdate::new()
        .first_name("Augusta")
        .common_name(Patch::Keep)
        .user_principal_name(Patch::Clear);
    scm.persons().update(id, &update).await.expect("changed");
    let sent = emulator.journal().last().expect("a request").request.body;
    assert_eq!(sent, r#"{"firstName":"Augusta","upn":null}"#);
}

#[tokio::test]
async fn a_person_is_invited() {
    let (_emulator, scm) = started().await;
    let (persons, id) = (scm.persons(), ada(&scm, 9001).await);
    let endpoints = persons.list_invitation_endpoints(id).await;
    let endpoint = endpoints.expect("web forms").remove(0).id;
    let accounts = persons.list_invitation_accounts(id, endpoint).await;
    let account = accounts.expect("accounts").remove(0);
    assert!(!account.profiles.is_empty());
    persons
        .send_invitation(id, account.id)
        .await
        .expect("an e-mail is on its way");
}

#[tokio::test]
async fn keys_go_into_the_vault() {
    let (_emulator, scm) = started().await;
    let (key, file) = key_store(&scm).await;
    let id = scm.persons().find_by_email(ADA).await.expect("found");
    let import = KeyImport::new(&file).pass_phrase("correct horse");
    let imported = scm.persons().import_key(id, &import).await;
    let [entry] = imported.expect("an answer").try_into().expect("one key");
    assert!(entry.message.is_some());
    let certificate = entry.certificate.expect("a number");
    let of_ada = scm.smime().list_by_person(id).await.expect("certificates");
    assert!(of_ada.iter().any(|listed| listed.id == certificate));

    let wrong = KeyImport::new(&file).pass_phrase("wrong horse");
    let shown = match scm.persons().import_key(id, &wrong).await {
        Ok(entries) => format!("{entries:?}"),
        Err(error) => format!("{error} {error:?}"),
    };
    assert!(!shown.contains("wrong horse"), "{shown}");
    assert!(!shown.contains(&key), "{shown}");
}

/// Ada's key with her certificate: the key as PEM, and the file.
async fn key_store(scm: &Client) -> (String, Pkcs12) {
    let key = PrivateKey::generate(&KeyKind::Rsa(2048)).expect("a key");
    let request = CertificateSigningRequest::builder()
        .email(ADA)
        .sign(&key)
        .expect("a request");
    let order = SmimeEnrollment::new(5201, ADA, "Ada", "Example")
        .organization(9001)
        .csr(&request);
    let order = scm.smime().enroll(&order).await.expect("accepted");
    let often = Backoff::new(Duration::from_millis(1), Duration::from_millis(10));
    let wait = scm.smime().wait_for_issuance(order.id.expect("a number"));
    let chain = wait.backoff(often).await.expect("issued");
    let file = Pkcs12::builder().key(&key, &chain).friendly_name("Ada");
    let file = file.build("correct horse").expect("a file");
    (key.to_pem().expose().to_owned(), file)
}
