//! Sweeps over the vendors' lists, and calls at the pace of a limit.

use std::time::Duration;

use bb_uem::UserSearch;
use cert_emulators::Fault;
use cert_emulators::{
    bb_uem as uem_emulator, fortiauth as fac_emulator, sectigo_scm as scm_emulator,
};
use fortiauth::UserCertificateFilter;
use http::StatusCode;
use sectigo_scm::ssl::{SslCertificate, SslFilter};
use sectigo_scm::{Backoff, Client, Credentials, Pace, Retry, Sweep, SweepError};

async fn sectigo(count: usize) -> scm_emulator::Emulator {
    let builder = scm_emulator::Emulator::builder().certificates(count);
    builder.start().await.expect("the emulator starts")
}

fn scm(emulator: &scm_emulator::Emulator, pace: &Pace) -> Client {
    let often = Backoff::new(Duration::from_millis(5), Duration::from_millis(20));
    let credentials = Credentials::password("admin", "secret", "cst1");
    let builder = Client::builder(emulator.base_url(), credentials);
    let builder = builder.retry(Retry::attempts(3).backoff(often));
    builder.pace(pace.clone()).build().expect("a client")
}

async fn all<'s, T: 's>(sweep: &mut Sweep<'s, T>) -> Vec<T> {
    let mut entries = Vec::new();
    while let Some(entry) = sweep.next().await {
        entries.push(entry.expect("an entry"));
    }
    assert!(sweep.end().expect("over").is_whole());
    entries
}

#[tokio::test]
async fn sectigos_certificates_are_swept_as_they_are_listed() {
    let emulator = sectigo(1_001).await;
    let scm = scm(&emulator, &Pace::new());
    let listed = scm.ssl().list(&SslFilter::new()).collect().await;
    let listed: Vec<_> = listed
        .expect("the list")
        .into_iter()
        .map(|ssl| ssl.id)
        .collect();
    let list = scm.ssl().list(&SslFilter::new()).page_size(50);
    let swept = all(&mut list.windows(8)).await;
    assert_eq!(
        swept.into_iter().map(|ssl| ssl.id).collect::<Vec<_>>(),
        listed
    );
}

#[tokio::test]
async fn details_of_two_clients_survive_refusals_by_a_limit() {
    let emulator = sectigo(100).await;
    let refusal = Fault::status(StatusCode::TOO_MANY_REQUESTS);
    emulator
        .faults()
        .add(refusal.path("/api/ssl/v1/").after(30).times(40));
    let pace = Pace::new();
    let clients = [scm(&emulator, &pace), scm(&emulator, &pace)];
    let [one, other] = &clients;
    let (one, other) = tokio::join!(details(one), details(other));
    assert_eq!((one.len(), other.len()), (100, 100));
    assert!(pace.calls_per_second().is_some());
}

async fn details(scm: &Client) -> Vec<SslCertificate> {
    let list = scm.ssl().list(&SslFilter::new()).windows(2);
    let mut sweep = list.details(20, |certificate| scm.ssl().get(certificate.id));
    let found = all(&mut sweep).await;
    found.into_iter().map(|(_, detail)| detail).collect()
}

/// From users to their certificates to the certificates' bodies, in one sweep.
#[tokio::test]
async fn blackberrys_certificates_are_found_by_their_users() {
    let builder = uem_emulator::Emulator::builder().certificates(60);
    let emulator = builder.start().await.expect("the emulator starts");
    let credentials = bb_uem::Credentials::password("SRP00000", "admin", "secret");
    let uem = bb_uem::Client::builder(emulator.base_url(), credentials);
    let uem = uem.build().expect("a client");
    let mut users = uem.users().search(&UserSearch::new()).page_size(7);
    let mut expected = 0;
    while let Some(user) = users.next().await {
        let id = user.expect("a user").guid;
        let list = uem
            .users()
            .embedded_certificates(&id)
            .await
            .expect("a list");
        expected += list.embedded_certificates.len();
    }
    let users = uem.users().search(&UserSearch::new()).page_size(7);
    let mut sweep = users
        .windows(4)
        .details(8, |user| uem.users().embedded_certificates(&user.guid))
        .each(|(_, list)| list.embedded_certificates)
        .each(|found| found.certificate())
        .details(8, |id| uem.certificates().download(id));
    let (mut found, mut protected) = (0, 0);
    while let Some(item) = sweep.next().await {
        match item {
            Ok(_) => found += 1,
            Err(SweepError::Failed { error, .. }) => {
                assert_eq!(error.status(), Some(StatusCode::METHOD_NOT_ALLOWED));
                protected += 1;
            }
            Err(other) => panic!("{other}"),
        }
    }
    assert!(found > protected && protected > 0);
    assert_eq!(found + protected, expected);
    assert_eq!(sweep.end().expect("over").failed, protected as u64);
}

#[tokio::test]
async fn fortiauthenticators_certificates_are_swept_as_they_are_listed() {
    let builder = fac_emulator::Emulator::builder().certificates(101);
    let emulator = builder.start().await.expect("the emulator starts");
    let credentials = fortiauth::Credentials::access_key("admin", "secret");
    let fac = fortiauth::Client::builder(emulator.base_url(), credentials);
    let fac = fac.build().expect("a client");
    let filter = UserCertificateFilter::new();
    let listed = fac
        .user_certificates()
        .list(&filter)
        .collect()
        .await
        .expect("the list");
    let list = fac.user_certificates().list(&filter).page_size(9);
    let swept = all(&mut list.windows(5).unordered()).await;
    let mut ids: Vec<_> = swept.iter().map(|certificate| certificate.id).collect();
    let mut expected: Vec<_> = listed.iter().map(|certificate| certificate.id).collect();
    ids.sort();
    expected.sort();
    assert_eq!(ids, expected);
}
