//! Sectigo's domains and the validation of their control against the emulator.

use std::collections::BTreeMap;
use std::time::Duration;

use cert_core::client::Empty;
use cert_emulators::sectigo_scm::{Builder, Emulator};
use sectigo_scm::domain_validations::{
    DomainValidation, OrderStatus, Publication, Validation, ValidationError, ValidationFilter,
    ValidationStatus,
};
use sectigo_scm::domains::{
    Delegation, DelegationStatus, DomainCertType, DomainFilter, DomainState, NewDomain,
};
use sectigo_scm::{Backoff, Client, Credentials, DcvMethod, DomainId, ErrorCode, Op};

const ORGANIZATION: i64 = 9001;
const OTHER: i64 = 9002;
const NAME: &str = "fabrikam.example";

/// There is no DNS here: what is published is told to the emulator.
static PUBLISH: Op = Op::post("publish", "/emulator/dns").unsigned();

async fn started(adjust: impl FnOnce(Builder) -> Builder) -> (Emulator, Client) {
    let builder = Emulator::builder().certificates(0).devices(0);
    let emulator = adjust(builder).start().await.expect("the emulator starts");
    let credentials = Credentials::password("admin", "secret", "cst1");
    let client = Client::new(emulator.base_url(), credentials).expect("a client for loopback");
    (emulator, client)
}

async fn added(scm: &Client, name: &str) -> DomainId {
    let delegation = Delegation::new(ORGANIZATION, [DomainCertType::Ssl]);
    let domain = NewDomain::new(name, [delegation]);
    scm.domains().create(&domain).await.expect("a number")
}

async fn publish(scm: &Client, told: &Publication) {
    let (name, kind, value) = match told {
        Publication::Dns { name, kind, value } => (name, kind.as_str(), value),
        Publication::File { url, content, .. } if url.starts_with("https:") => {
            (url, "HTTPS", content)
        }
        Publication::File { url, content, .. } => (url, "HTTP", content),
        other => panic!("nothing to publish: {other:?}"),
    };
    let record = [("name", name.as_str()), ("type", kind), ("value", value)];
    let record = record.map(|(key, text)| (key.to_owned(), text.to_owned()));
    let call = scm.call::<Empty>(&PUBLISH).json(&BTreeMap::from(record));
    call.await.expect("published");
}

fn patience(wait: Validation<'_>) -> Validation<'_> {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(10));
    wait.backoff(Backoff::new(first, longest))
}

async fn proven(scm: &Client, name: &str, time: u64) -> Result<DomainValidation, ValidationError> {
    let wait = scm.domain_validations().wait_for_validation(name);
    patience(wait.within(Duration::from_millis(time))).await
}

/// Nothing is proven before `told` is published, and it is proven then.
async fn proves(scm: &Client, told: &Publication, method: &DcvMethod) {
    let waited = proven(scm, NAME, 50).await;
    let Err(ValidationError::TimedOut { validation, .. }) = waited else {
        panic!("{method}: proven by nothing: {waited:?}");
    };
    let pending = validation.expect("a state");
    assert_eq!(pending.order_method.as_ref(), Some(method));
    assert_eq!(pending.publication().as_ref(), Some(told), "{method}");
    publish(scm, told).await;
    let proven = proven(scm, NAME, 30_000).await.expect("a proof");
    assert_eq!(proven.status, Some(ValidationStatus::Validated));
    let found = scm.domain_validations();
    let found = found.list(&ValidationFilter::new().domain(NAME));
    let found = found.collect().await.expect("a list");
    assert_eq!(found[0].method.as_ref(), Some(method));
}

#[tokio::test]
async fn a_cname_record_proves_control() {
    let (_emulator, scm) = started(|builder| builder).await;
    added(&scm, NAME).await;
    let told = scm.domain_validations().start_cname(NAME).await;
    let submitted = scm.domain_validations().submit_cname(NAME).await;
    assert_eq!(
        submitted.expect("submitted").order_status,
        Some(OrderStatus::Submitted)
    );
    proves(&scm, &told.expect("a record"), &DcvMethod::Cname).await;
}

#[tokio::test]
async fn a_txt_record_proves_control() {
    let (_emulator, scm) = started(|builder| builder).await;
    added(&scm, NAME).await;
    let submitted = scm.domain_validations().submit_txt(NAME).await;
    let told = submitted.expect("submitted").publication();
    proves(&scm, &told.expect("a record"), &DcvMethod::Txt).await;
}

#[tokio::test]
async fn a_file_proves_control_over_either_scheme() {
    let (_emulator, scm) = started(|builder| builder).await;
    added(&scm, NAME).await;
    let validations = scm.domain_validations();
    let told = validations.start_http(NAME).await.expect("a file");
    validations.submit_http(NAME).await.expect("submitted");
    proves(&scm, &told, &DcvMethod::Http).await;

    validations.delete(NAME).await.expect("deleted");
    let told = validations.start_https(NAME).await.expect("a file");
    validations.submit_https(NAME).await.expect("submitted");
    proves(&scm, &told, &DcvMethod::Https).await;
}

#[tokio::test]
async fn one_mail_proves_control_of_several_domains() {
    let (_emulator, scm) = started(|builder| builder).await;
    let names = [NAME, "contoso.example"];
    for name in names {
        added(&scm, name).await;
    }
    let validations = scm.domain_validations();
    let alone = validations.start_email(NAME).await.expect("addresses");
    assert_eq!(alone.domains[0].domain.as_deref(), Some(NAME));
    let choice = validations.start_bulk_email(names).await;
    let choice = choice.expect("addresses");
    assert_eq!(choice.domains.len(), 2);
    let Publication::Mail { addresses } = choice.publication() else {
        panic!("a mail");
    };
    let submitted = validations.submit_bulk_email(names, &addresses[0]).await;
    submitted.expect("submitted");
    for name in names {
        proven(&scm, name, 30_000).await.expect("a proof");
    }
}

#[tokio::test]
async fn what_is_not_under_way_is_not_waited_for() {
    let (_emulator, scm) = started(|builder| builder).await;
    added(&scm, NAME).await;
    let waited = proven(&scm, NAME, 30_000).await;
    assert!(matches!(waited, Err(ValidationError::NotStarted)));

    let validations = scm.domain_validations();
    validations.start_cname(NAME).await.expect("a record");
    let waited = proven(&scm, NAME, 30_000).await;
    assert!(
        matches!(waited, Err(ValidationError::NotSubmitted)),
        "{waited:?}"
    );

    validations.submit_cname(NAME).await.expect("submitted");
    let cleared = validations.clear(NAME).await.expect("cleared");
    assert_eq!(cleared.order_status, Some(OrderStatus::NotInitiated));
    let waited = proven(&scm, NAME, 30_000).await;
    assert!(matches!(waited, Err(ValidationError::NotStarted)));

    let waited = proven(&scm, "nowhere.example", 30_000).await;
    let Err(ValidationError::Failed(error)) = waited else {
        panic!("{waited:?}");
    };
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn a_domain_lives() {
    let (_emulator, scm) = started(|builder| builder).await;
    let domains = scm.domains();
    let id = added(&scm, NAME).await;
    let twice = NewDomain::new(NAME, [Delegation::new(OTHER, [DomainCertType::Ssl])]);
    let error = domains.create(&twice).await.expect_err("there already");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::DOMAIN_EXISTS));

    domains.suspend(id).await.expect("suspended");
    let suspended = DomainFilter::new().state(DomainState::Suspended);
    let listed = domains.list(&suspended).collect().await.expect("a list");
    assert_eq!((listed.len(), listed[0].id), (1, id));
    assert_eq!(domains.count(&suspended).await.expect("a count"), 1);
    domains.activate(id).await.expect("activated");

    let delegation = Delegation::new(OTHER, [DomainCertType::Smime]);
    domains.delegate(id, &delegation).await.expect("delegated");
    let domain = domains.get(id).await.expect("details");
    assert_eq!(domain.state, Some(DomainState::Active));
    assert_eq!(domain.delegations.len(), 2);
    let removed = domains.remove_delegation(id, &delegation).await;
    removed.expect("taken back");
    let last = Delegation::new(ORGANIZATION, [DomainCertType::Ssl]);
    let error = domains.remove_delegation(id, &last).await;
    let error = error.expect_err("the last one");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::DOMAIN_NOT_DELEGATED));

    domains.delete(id).await.expect("deleted");
    let error = domains.get(id).await.expect_err("gone");
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn requested_delegations_are_decided() {
    let (_emulator, scm) = started(Builder::requested_delegations).await;
    let domains = scm.domains();
    let id = added(&scm, NAME).await;
    let waiting = DomainFilter::new().delegation(DelegationStatus::Requested);
    let found = domains.list(&waiting).collect().await.expect("a list");
    assert!(found.iter().any(|domain| domain.id == id));
    let approved = domains.approve_delegation(id, ORGANIZATION).await;
    approved.expect("approved");
    let domain = domains.get(id).await.expect("details");
    let status = domain.delegations[0].status.clone();
    assert_eq!(status, Some(DelegationStatus::Approved));
    let error = domains.reject_delegation(id, ORGANIZATION).await;
    let error = error.expect_err("decided already");
    assert_eq!(
        ErrorCode::of(&error),
        Some(ErrorCode::DELEGATION_NOT_REQUESTED)
    );
}
