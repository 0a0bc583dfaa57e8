//! Sectigo's profiles against their emulator: what the check of an enrolment says beforehand is
//! what the vendor says.

use cert_core::{CertificateSigningRequest, Curve, KeyKind, PrivateKey};
use cert_emulators::sectigo_scm::Emulator;
use end_to_end::key_and_request;
use sectigo_scm::custom_fields::NewCustomField;
use sectigo_scm::device::DeviceEnrollment;
use sectigo_scm::profiles::{ProfileField, ProfileFilter, ProfileSortField, ProfileSummary};
use sectigo_scm::smime::SmimeEnrollment;
use sectigo_scm::ssl::{KeyAlgorithm, SslEnrollment, SslKeygenEnrollment};
use sectigo_scm::{
    AccessMethod, CertType, Client, Condition, Credentials, CustomField, CustomFieldDefinition,
    DelegationMode, EnrollmentFlaw, ErrorCode, Order, Profile, ProfileId,
};

async fn started() -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).persons(0).devices(0);
    let emulator = builder.start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

fn p384() -> CertificateSigningRequest {
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P384)).expect("a key");
    let request = CertificateSigningRequest::builder()
        .subject("CN=www.example.com")
        .sign(&key);
    request.expect("a request")
}

fn ids(profiles: &[ProfileSummary]) -> Vec<i64> {
    profiles.iter().map(|profile| profile.id.value()).collect()
}

fn missing(name: &str) -> EnrollmentFlaw {
    let name = name.to_owned();
    EnrollmentFlaw::MissingField { name }
}

/// A field that enrolments of this kind need, and all fields of the kind.
async fn demanded(scm: &Client, kind: CertType) -> Vec<CustomFieldDefinition> {
    let field = NewCustomField::new(format!("Ticket of {kind}"), kind.clone())
        .mandatory_for([AccessMethod::RestApi]);
    scm.custom_fields().create(&field).await.expect("a field");
    scm.custom_fields().list_of(kind).await.expect("fields")
}

#[tokio::test]
async fn profiles_are_found_page_by_page() {
    let (_emulator, scm) = started().await;
    let profiles = scm.profiles();
    let all = profiles
        .list(&ProfileFilter::new())
        .page_size(3)
        .collect()
        .await;
    assert_eq!(
        ids(&all.expect("profiles")),
        [5101, 5102, 5103, 5104, 5201, 5202, 5301, 5302]
    );
    let rest = profiles
        .list(&ProfileFilter::new())
        .page_size(2)
        .resume(4)
        .collect()
        .await;
    assert_eq!(ids(&rest.expect("profiles")), [5201, 5202, 5301, 5302]);
    let filter = ProfileFilter::new()
        .conditions([
            Condition::equals(ProfileField::CertType, CertType::Ssl),
            Condition::equals(ProfileField::Organization, 9002),
        ])
        .orders([Order::descending(ProfileSortField::Id)]);
    let mut pages = profiles.list(&filter);
    let first = pages.next().await.expect("a profile").expect("a page");
    assert_eq!((first.id, pages.total()), (ProfileId::from(5104), Some(3)));
    assert_eq!(
        first.delegation_mode,
        Some(DelegationMode::GlobalForCustomer)
    );
    let named = ["Emulated OV SSL", "Emulated device"]
        .map(|name| Condition::equals(ProfileField::Name, name));
    let none = profiles
        .list(&ProfileFilter::new().conditions(named))
        .collect()
        .await;
    assert!(
        none.expect("profiles").is_empty(),
        "no profile has two names"
    );
    let between = [
        Condition::above(ProfileField::Name, "Emulated device"),
        Condition::below(ProfileField::Name, "Emulated single"),
    ];
    let some = profiles
        .list(&ProfileFilter::new().conditions(between))
        .collect()
        .await;
    assert_eq!(ids(&some.expect("profiles")), [5201]);
    let wrong = Condition::equals(ProfileField::from("comment"), 1);
    let error = profiles
        .list(&ProfileFilter::new().conditions([wrong]))
        .collect()
        .await;
    assert_eq!(error.expect_err("no such field").code(), Some("-1601"));
    assert!(
        profiles
            .get(1)
            .await
            .expect_err("no such profile")
            .is_not_found()
    );
}

#[tokio::test]
async fn details_are_as_good_as_the_list_for_a_check() {
    let (_emulator, scm) = started().await;
    let details = scm.profiles().get(5101).await.expect("details");
    let listed = scm
        .ssl()
        .list_profiles()
        .await
        .expect("profiles")
        .swap_remove(0);
    let profile = Profile::from(&details);
    assert_eq!(profile.key_types, listed.key_types);
    assert_eq!(
        (details.terms(), listed.terms),
        (vec![30, 90, 365], vec![365, 90, 30])
    );
    let (_, request) = key_and_request("www.example.com").expect("a request");
    let enrollment = SslEnrollment::new(9001, 5101, request).term(90);
    assert_eq!(profile.check(&enrollment, &[]), Ok(()));
    let unfit = profile
        .check(&enrollment.term(91), &[])
        .expect_err("a term");
    let offered = vec![30, 90, 365];
    assert_eq!(unfit.flaws, [EnrollmentFlaw::Term { asked: 91, offered }]);
}

#[tokio::test]
async fn ssl_enrolments_are_checked_as_the_vendor_does() {
    let (_emulator, scm) = started().await;
    let fields = demanded(&scm, CertType::Ssl).await;
    let single_use = scm
        .ssl()
        .list_profiles()
        .await
        .expect("profiles")
        .swap_remove(2);
    let enrollment = SslEnrollment::new(9001, single_use.id, p384());
    let unfit = single_use
        .check(&enrollment.clone().term(31), &fields)
        .expect_err("three");
    let key = EnrollmentFlaw::Key {
        asked: "EC P-384".to_owned(),
        offered: vec!["EC P-256".to_owned(), "RSA 2048".to_owned()],
    };
    let term = EnrollmentFlaw::Term {
        asked: 31,
        offered: vec![30],
    };
    assert_eq!(unfit.flaws, [term, key.clone(), missing("Ticket of SSL")]);

    let ticket = [CustomField::new("Ticket of SSL", "T-1")];
    let enrollment = enrollment.custom_fields(ticket.clone());
    let unfit = single_use.check(&enrollment, &fields).expect_err("the key");
    assert_eq!(unfit.flaws, [key]);
    let error = scm.ssl().enroll(&enrollment).await.expect_err("the key");
    assert_eq!(error.code(), Some("-78"));
    let (_, request) = key_and_request("www.example.com").expect("a request");
    let enrollment = SslEnrollment::new(9001, single_use.id, request).custom_fields(ticket);
    assert_eq!(single_use.check(&enrollment, &fields), Ok(()));
    scm.ssl().enroll(&enrollment).await.expect("an order");
}

#[tokio::test]
async fn keys_that_the_vendor_makes_are_checked_too() {
    let (_emulator, scm) = started().await;
    let ev = scm
        .ssl()
        .list_profiles()
        .await
        .expect("profiles")
        .swap_remove(1);
    let enrollment = SslKeygenEnrollment::new(9001, ev.id, "www.example.com");
    let wrong = enrollment
        .clone()
        .algorithm(KeyAlgorithm::Ec)
        .key_parameter("P-256");
    let unfit = ev.check(&wrong, &[]).expect_err("no curves");
    assert!(
        unfit.to_string().contains("its key, EC P-256, is none"),
        "{unfit}"
    );
    scm.ssl()
        .enroll_keygen(&wrong)
        .await
        .expect_err("no curves");
    let right = enrollment
        .algorithm(KeyAlgorithm::Rsa)
        .key_parameter("2048");
    assert_eq!(ev.check(&right, &[]), Ok(()));
    scm.ssl().enroll_keygen(&right).await.expect("an order");
}

#[tokio::test]
async fn smime_and_device_enrolments_are_checked_as_the_vendor_does() {
    let (_emulator, scm) = started().await;
    let fields = demanded(&scm, CertType::Smime).await;
    let profile = scm
        .smime()
        .list_profiles()
        .await
        .expect("profiles")
        .swap_remove(1);
    let person =
        SmimeEnrollment::new(profile.id, "ada@example.com", "Ada", "Example").organization(9001);
    let unfit = profile.check(&person, &fields).expect_err("a field");
    assert_eq!(unfit.flaws, [missing("Ticket of SMIME")]);
    let error = scm.smime().enroll(&person).await.expect_err("a field");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::MISSING_CUSTOM_FIELD));
    let person = person.custom_fields([CustomField::new("Ticket of SMIME", "T-2")]);
    assert_eq!(profile.check(&person, &fields), Ok(()));
    let unfit = profile.check(&person.clone().csr(p384()).term(365), &fields);
    assert_eq!(unfit.expect_err("term and key").flaws.len(), 2);
    scm.smime().enroll(&person).await.expect("an order");

    let fields = demanded(&scm, CertType::Device).await;
    let profile = scm
        .device_certificates()
        .list_profiles()
        .await
        .expect("profiles");
    let profile = &profile[0];
    let device = DeviceEnrollment::new(9001, profile.id, p384()).term(30);
    let unfit = profile.check(&device, &fields).expect_err("a field");
    assert_eq!(unfit.flaws, [missing("Ticket of Device")]);
    let device = device.custom_fields([CustomField::new("Ticket of Device", "T-3")]);
    assert_eq!(profile.check(&device, &fields), Ok(()));
    scm.device_certificates()
        .enroll(&device)
        .await
        .expect("an order");
}
