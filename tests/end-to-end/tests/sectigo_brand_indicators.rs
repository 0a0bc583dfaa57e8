//! Sectigo's brand indicators against their emulator.

use std::time::Duration;

use cert_core::{Certificate, Patch, RevocationReason};
use cert_emulators::sectigo_scm::{Builder, Emulator, Progress};
use end_to_end::key_and_request;
use jiff::SignedDuration;
use sectigo_scm::brand_indicators::{
    BrandIndicatorDcvMode, BrandIndicatorEnrollment, BrandIndicatorField, BrandIndicatorFilter,
    BrandIndicatorFormat, BrandIndicatorRevocation, BrandIndicatorSortField, BrandIndicatorStatus,
    BrandIndicatorUpdate, Mark, MarkContact, MarkOwner, MarkValidation,
};
use sectigo_scm::{
    Backoff, BrandIndicatorId, Client, Condition, Credentials, DcvMethod, ErrorCode, Issuance,
    IssuanceError, Look, Order, OrganizationId,
};

const ORGANIZATION: i64 = 9001;
const PROFILE: i64 = 5501;
const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\"/>";

async fn started(adjust: impl FnOnce(Builder) -> Builder) -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).persons(0).devices(0);
    let emulator = adjust(builder).start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

fn by_hand(builder: Builder) -> Builder {
    builder
        .approval(Progress::Manual)
        .issuance(Progress::AtOnce)
}

fn validation() -> MarkValidation {
    let owner = MarkOwner::new("US").registration_agency("An agency");
    let approver = MarkContact::new("Ms", "Ada", "Example", "ada@example.com");
    let requester = MarkContact::new("Mr", "Bob", "Example", "bob@example.com").country("US");
    MarkValidation::new(owner, approver).requester(requester)
}

fn order(host: &str, mode: BrandIndicatorDcvMode) -> BrandIndicatorEnrollment {
    let (_, request) = key_and_request(host).expect("a request");
    let mark = Mark::new(SVG.to_vec()).country("US").identifier("98765");
    BrandIndicatorEnrollment::new(ORGANIZATION, PROFILE, mode, validation(), mark).csr(&request)
}

async fn enrolled(scm: &Client, host: &str) -> BrandIndicatorId {
    let order = order(host, BrandIndicatorDcvMode::Cname);
    let id = scm.brand_indicators().enroll(&order).await;
    id.expect("the number at the end of a location")
}

/// Publishes what is told, as who has the domain does, and asks for a check.
async fn prove(emulator: &Emulator, scm: &Client, id: BrandIndicatorId) {
    let told = scm
        .brand_indicators()
        .dcv_details(id)
        .await
        .expect("instructions");
    let told = told.instructions.first().expect("an instruction").clone();
    let published = match (&told.host, &told.point, &told.url, &told.file) {
        (Some(host), Some(point), ..) => ("CNAME", host, point),
        (.., Some(url), Some(file)) => ("HTTP", url, file),
        _ => panic!("nothing to publish: {told:?}"),
    };
    let (kind, name, value) = published;
    emulator.state().publish(kind, name, value);
    scm.brand_indicators()
        .recheck_dcv(id)
        .await
        .expect("a check");
}

fn patience(wait: Issuance<'_>) -> Issuance<'_> {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(10));
    let wait = wait.within(Duration::from_secs(30));
    wait.backoff(Backoff::new(first, longest))
}

#[tokio::test]
async fn a_brand_indicator_lives() {
    let (emulator, scm) = started(by_hand).await;
    let brands = scm.brand_indicators();
    let id = enrolled(&scm, "brand.example").await;
    let requested = brands.get(id).await.expect("a request");
    assert_eq!(requested.status, Some(BrandIndicatorStatus::Requested));
    assert_eq!(requested.dcv_mode, Some(DcvMethod::Cname));
    assert_eq!(requested.host_by_ca, Some(true));
    assert_eq!(requested.serial_number, None);
    let mark = requested.mark.expect("a mark");
    assert_eq!(mark.logo.expect("a logo").decode().as_deref(), Ok(SVG));
    assert_eq!(mark.identifier.as_deref(), Some("98765"));
    let validation = requested.validation.expect("details");
    let approver = validation.approver.expect("somebody");
    assert_eq!(approver.first_name.as_deref(), Some("Ada"));
    let owner = validation.organization.expect("an owner");
    assert_eq!(owner.registration_agency.as_deref(), Some("An agency"));
    let organization = requested.organization.and_then(|named| named.id);
    assert_eq!(organization, Some(OrganizationId::from(ORGANIZATION)));

    brands.approve(id, "it is ours").await.expect("approved");
    let mut wait = patience(brands.wait_for_issuance(id));
    let Ok(Look::NotYet(progress)) = wait.look().await else {
        panic!("control of the domain is not shown");
    };
    assert_eq!(progress.status.as_deref(), Some("Applied"));
    prove(&emulator, &scm, id).await;
    let chain = wait.await.expect("a certificate");
    let issued = brands.get(id).await.expect("a certificate");
    assert_eq!(issued.status, Some(BrandIndicatorStatus::Issued));
    assert_eq!(
        issued.sha256_fingerprint,
        Some(chain.leaf().sha256_fingerprint())
    );
    assert_eq!(issued.serial_number.as_ref(), Some(chain.leaf().serial()));
    assert_eq!(
        issued.subject_alternative_names.as_slice(),
        ["brand.example"]
    );
    assert!(issued.downloaded.is_some() && issued.logo_uri.is_some());

    let der = brands
        .collect(id, BrandIndicatorFormat::Der)
        .await
        .expect("a file");
    let leaf = Certificate::parse(&der.bytes).expect("a certificate");
    assert_eq!(&leaf, chain.leaf());
    assert_eq!(der.file_name.as_deref(), Some("brand.example.crt"));
    let bundle = brands.collect(id, None).await.expect("a file");
    assert!(bundle.bytes.starts_with(b"-----BEGIN PKCS7-----"));

    let superseded = RevocationReason::Superseded;
    let revocation = BrandIndicatorRevocation::new("a new logo").code(superseded);
    brands.revoke(id, &revocation).await.expect("revoked");
    let ended = patience(brands.wait_for_issuance(id)).await;
    assert!(matches!(ended, Err(IssuanceError::Revoked)), "{ended:?}");
}

#[tokio::test]
async fn a_recheck_only_starts_a_check() {
    let (emulator, scm) = started(by_hand).await;
    let brands = scm.brand_indicators();
    let id = brands
        .enroll(&order("brand.example", BrandIndicatorDcvMode::Http))
        .await;
    let id = id.expect("a number");
    let status = async || {
        let told = brands.dcv_details(id).await.expect("a log");
        let log = told.dcv_log.expect("a log").log;
        log[0].dcv_status.clone().expect("a status")
    };
    brands.recheck_dcv(id).await.expect("a check");
    assert_eq!(status().await, "Awaiting Validation");
    prove(&emulator, &scm, id).await;
    assert_eq!(status().await, "Validated");
}

#[tokio::test]
async fn a_declined_request_is_changed_and_waits_anew() {
    let (emulator, scm) = started(by_hand).await;
    let brands = scm.brand_indicators();
    let id = enrolled(&scm, "brand.example").await;
    assert!(emulator.state().decline_brand_indicator(id.value()));
    let declined = patience(brands.wait_for_issuance(id)).await;
    assert!(
        matches!(declined, Err(IssuanceError::Declined)),
        "{declined:?}"
    );

    let update = BrandIndicatorUpdate::new()
        .dcv_mode(BrandIndicatorDcvMode::Email)
        .dcv_email("admin@brand.example")
        .profile(Patch::Clear)
        .mark(Mark::new(SVG.to_vec()));
    brands.update(id, &update).await.expect("changed");
    let changed = brands.get(id).await.expect("a request");
    assert_eq!(changed.status, Some(BrandIndicatorStatus::Requested));
    assert_eq!(changed.dcv_email.as_deref(), Some("admin@brand.example"));
    let mark = changed.mark.expect("a mark");
    assert_eq!(mark.identifier, None, "a part is sent whole");

    brands.approve(id, "fine").await.expect("approved");
    let late = brands.update(id, &update).await.expect_err("it is applied");
    assert_eq!(ErrorCode::of(&late), Some(ErrorCode::from(-1113)));
    let chain = patience(brands.wait_for_issuance(id)).await;
    chain.expect("somebody follows the link in the mail");
}

#[tokio::test]
async fn lists_are_filtered_sorted_and_read_page_by_page() {
    let (emulator, scm) = started(by_hand).await;
    let mut ids = Vec::new();
    for number in 0..7 {
        ids.push(enrolled(&scm, &format!("brand-{number}.example")).await);
        emulator.clock().advance(SignedDuration::from_hours(24));
    }
    let listed = async |filter: &BrandIndicatorFilter, size: u32| {
        let pages = scm.brand_indicators().list(filter).page_size(size);
        let found = pages.collect().await.expect("a list");
        found.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let all = BrandIndicatorFilter::new();
    for size in [1, 3, 7, 200] {
        assert_eq!(listed(&all, size).await, ids, "{size} a page");
    }
    let (third, mut last) = (ids[3], ids[4..].to_vec());
    let day = scm
        .brand_indicators()
        .get(third)
        .await
        .expect("a request")
        .requested;
    let day = day.expect("a time").as_str()[..10].to_owned();
    let latest = BrandIndicatorFilter::new()
        .conditions([
            Condition::above(BrandIndicatorField::Requested, &day),
            Condition::equals(BrandIndicatorField::Organization, ORGANIZATION),
        ])
        .orders([Order::descending(BrandIndicatorSortField::Requested)]);
    last.reverse();
    last.push(third);
    assert_eq!(listed(&latest, 2).await, last);
    let mut resumed = scm.brand_indicators().list(&all).page_size(3).resume(6);
    let row = resumed.next().await.expect("an entry").expect("an entry");
    assert_eq!(row.id, ids[6]);
    let unknown = scm
        .brand_indicators()
        .get(1)
        .await
        .expect_err("nothing there");
    assert!(unknown.is_not_found(), "{unknown}");
}
