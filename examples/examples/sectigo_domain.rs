//! A domain from new to validated by CNAME, and an order for it that was refused before.
//! `cargo run -p examples --example sectigo_domain`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Write, stdout};
use std::time::Duration;

use cert_core::client::Empty;
use cert_core::{CertificateSigningRequest, Curve, KeyKind, PrivateKey};
use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::domain_validations::{OrderStatus, Publication, ValidationLook, ValidationStatus};
use sectigo_scm::domains::{Delegation, DomainCertType, NewDomain, RequestPrivilege};
use sectigo_scm::ssl::SslEnrollment;
use sectigo_scm::{Backoff, Client, Credentials, DcvMethod, ErrorCode, Op};

const DOMAIN: &str = "fabrikam.example";
const ORGANIZATION: i64 = 9001;

/// There is no DNS here: what is published is told to the emulator.
static PUBLISH: Op = Op::post("publish", "/emulator/dns").unsigned();

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start().await?;
    let credentials = Credentials::password("admin", "secret", "cst1");
    let scm = Client::new(emulator.base_url(), credentials)?;
    let often = Backoff::new(Duration::from_millis(50), Duration::from_secs(1));

    let delegation = Delegation::new(ORGANIZATION, [DomainCertType::Ssl])
        .privileges([RequestPrivilege::Domain, RequestPrivilege::Subdomain]);
    let new = NewDomain::new(DOMAIN, [delegation]).active(true);
    let id = scm.domains().create(&new).await?;
    writeln!(stdout(), "{DOMAIN} is domain {id}")?;

    let order = enrollment()?;
    let refused = scm.ssl().enroll(&order).await.expect_err("not validated");
    assert_eq!(
        ErrorCode::of(&refused),
        Some(ErrorCode::DOMAIN_NOT_VALIDATED)
    );
    writeln!(stdout(), "an order is refused: {refused}")?;

    let validations = scm.domain_validations();
    let told = validations.start_cname(DOMAIN).await?;
    let line = told.zone_line().expect("a record");
    writeln!(stdout(), "to be published: {line}")?;
    let submitted = validations.submit_cname(DOMAIN).await?;
    assert_eq!(submitted.order_status, Some(OrderStatus::Submitted));

    let mut wait = validations.wait_for_validation(DOMAIN).backoff(often);
    let ValidationLook::NotYet(progress) = wait.look().await? else {
        return Err("validated before anything was published".into());
    };
    writeln!(stdout(), "not yet, look again in {:?}", progress.next_look)?;
    publish(&scm, &told).await?;
    let proven = wait.await?;
    assert_eq!(proven.status, Some(ValidationStatus::Validated));

    let domain = scm.domains().get(id).await?;
    assert_eq!(domain.validation_method, Some(DcvMethod::Cname));
    let until = domain.validation_expires.expect("an end");
    writeln!(stdout(), "{DOMAIN} is validated by CNAME until {until}")?;

    let order = scm.ssl().enroll(&order).await?;
    let chain = scm.ssl().wait_for_issuance(order.id).backoff(often).await?;
    let subject = chain.leaf().subject().to_string();
    assert!(subject.contains(DOMAIN), "{subject}");
    writeln!(stdout(), "the same order is issued: {subject}")?;
    Ok(())
}

fn enrollment() -> Result<SslEnrollment, cert_core::DecodeError> {
    let key = PrivateKey::generate(&KeyKind::Ec(Curve::P256))?;
    let request = CertificateSigningRequest::builder()
        .subject(format!("CN={DOMAIN}").as_str())
        .dns(DOMAIN)
        .sign(&key)?;
    Ok(SslEnrollment::new(ORGANIZATION, 5101, &request).term(365))
}

async fn publish(scm: &Client, told: &Publication) -> Result<(), Box<dyn Error>> {
    let Publication::Dns { name, kind, value } = told else {
        return Err(format!("no DNS record: {told:?}").into());
    };
    let record = [
        ("name", name.as_str()),
        ("type", kind.as_str()),
        ("value", value),
    ];
    let record = record.map(|(key, text)| (key.to_owned(), text.to_owned()));
    scm.call::<Empty>(&PUBLISH)
        .json(&BTreeMap::from(record))
        .await?;
    Ok(())
}
