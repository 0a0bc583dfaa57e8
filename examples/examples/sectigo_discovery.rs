//! Servers found by a scan of their ports, and given to an organization by a rule.
//! `cargo run -p examples --example sectigo_discovery`.

use std::error::Error;
use std::io::{Write, stdout};
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use cert_emulators::sectigo_scm::Emulator;
use rcgen::{CertificateParams, DnType, KeyPair};
use sectigo_scm::discovery::{
    AssignmentRuleSettings, FilterType, FoundCertificateDetails, MatchType, NetworkScan, NewBucket,
    RuleFilter, ScanRange, ScanResult, Schedule, TaskSettings, TaskStatus,
};
use sectigo_scm::ssl::{RequestedVia, SslFilter};
use sectigo_scm::{Backoff, BucketId, Client, Credentials};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

const ORGANIZATION: i64 = 9001;
const WEB: &str = "web.fabrikam.example";
const MAIL: &str = "mail.fabrikam.example";
const STRANGER: &str = "www.contoso.example";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let ports = [
        serve(WEB).await?,
        serve(MAIL).await?,
        serve(STRANGER).await?,
    ];
    let emulator = Emulator::builder().certificates(0).start().await?;
    let credentials = Credentials::password("admin", "secret", "cst1");
    let scm = Client::new(emulator.base_url(), credentials)?;

    let bucket = bucket_with_rule(&scm).await?;
    writeln!(stdout(), "bucket {bucket} gives ours to {ORGANIZATION}")?;

    let range = ScanRange::ip(Ipv4Addr::LOCALHOST).ports(ports);
    let scan = NetworkScan::new("Office", [range]);
    let task = TaskSettings::new("servers here", bucket.clone(), Schedule::manual(), scan);
    let tasks = scm.discovery().network_tasks();
    let id = tasks.create(&task).await?;
    let often = Backoff::new(Duration::from_millis(20), Duration::from_secs(1));
    let done = tasks.scan(id).backoff(often).await?;
    let state = tasks.get(id).await?.status;
    assert_eq!(state, Some(TaskStatus::Successful));
    writeln!(stdout(), "task {id} scanned ports {ports:?} in {}", done.id)?;

    let found = tasks.operations(id).results(done.id).collect().await?;
    let seen: Vec<_> = found.iter().map(described).collect();
    for (line, (host, port)) in seen.iter().zip([WEB, MAIL, STRANGER].iter().zip(ports)) {
        writeln!(stdout(), "found {line}")?;
        assert!(
            line.starts_with(&format!("{host} on port {port}")),
            "{line}"
        );
    }
    assert_eq!(seen.len(), ports.len());

    let ours = discovered(&scm).await?;
    assert_eq!(ours, [WEB, MAIL]);
    writeln!(stdout(), "assigned to {ORGANIZATION}: {}", ours.join(", "))?;

    let held = scm.discovery().buckets().certificates(bucket);
    let held = held.collect().await?;
    assert_eq!(held.len(), 3);
    writeln!(stdout(), "the bucket holds {} certificates", held.len())?;
    Ok(())
}

/// A bucket with a rule for what is ours and not expired.
async fn bucket_with_rule(scm: &Client) -> Result<BucketId, Box<dyn Error>> {
    let ours = RuleFilter::new(
        FilterType::SubjectAlternativeName,
        MatchType::EndsWith,
        ".fabrikam.example",
    );
    let filters = [ours, RuleFilter::unexpired()];
    let rule = AssignmentRuleSettings::new("ours", ORGANIZATION, filters);
    let rule = scm.discovery().assignment_rules().create(&rule).await?;
    let bucket = NewBucket::new("servers").rules([rule]);
    let created = scm.discovery().buckets().create(&bucket).await?;
    created.id.ok_or_else(|| "the bucket is not told".into())
}

fn described(result: &ScanResult) -> String {
    let certificate = result.certificate.as_ref();
    let details = certificate.and_then(|it| it.details.as_ref());
    let host = details.and_then(common_name).unwrap_or("a stranger");
    let location = result.location.as_ref();
    let port = location.and_then(|it| it.details.as_ref()?.port);
    let port = port.map_or_else(|| "?".to_owned(), |port| port.to_string());
    let owner = certificate.and_then(|it| it.metadata.as_ref()?.managed_id.as_deref());
    format!(
        "{host} on port {port}, managed as {}",
        owner.unwrap_or("nothing")
    )
}

fn common_name(details: &FoundCertificateDetails) -> Option<&str> {
    details.common_name.as_deref()
}

/// The names of what discovery gave to the organization.
async fn discovered(scm: &Client) -> Result<Vec<String>, Box<dyn Error>> {
    let filter = SslFilter::new()
        .organization(ORGANIZATION)
        .requested_via(RequestedVia::Discovery);
    let listed = scm.ssl().list(&filter).collect().await?;
    let names = listed.into_iter().filter_map(|it| it.common_name);
    Ok(names.collect())
}

/// A server with a certificate of its own for this host, and its port.
async fn serve(host: &str) -> Result<u16, Box<dyn Error>> {
    let key = KeyPair::generate()?;
    let mut certificate = CertificateParams::new([host.to_owned()])?;
    certificate
        .distinguished_name
        .push(DnType::CommonName, host);
    let certificate = certificate.self_signed(&key)?.der().clone();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)?;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Whoever only knocks is nobody's error.
            let _ = acceptor.accept(stream).await;
        }
    });
    Ok(port)
}
