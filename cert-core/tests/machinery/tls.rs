//! Whom the client trusts, and how it shows who it is.

use cert_core::client::{Error, ErrorKind, Identity, PublicKeyPin, Tls};
use tokio_rustls::rustls::version::{TLS12, TLS13};

use crate::certificates::{Authority, Issued, params};
use crate::reply::Reply;
use crate::server::Server;
use crate::vendor::{Client, builder};

fn client(server: &Server, tls: Tls) -> Client {
    builder(server).tls(tls).build().expect("a client")
}

async fn server(issued: &Issued) -> Server {
    Server::secure(issued.server(), |_| Reply::thing()).await
}

fn trusting(authority: &Authority) -> Tls {
    Tls::new().own_roots_only().root(authority.certificate())
}

fn pinning(issued: &Issued) -> Tls {
    Tls::new().pin(PublicKeyPin::of(&issued.certificate()))
}

fn assert_untrusted(error: &Error, server: &Server) {
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert!(
        error
            .to_string()
            .contains("the server's certificate is not trusted"),
        "{error}"
    );
    assert!(!error.is_transient() && !error.may_have_run());
    assert!(!error.is_client_certificate_refused());
    assert_eq!(
        (error.attempts(), server.connections(), server.bytes().len()),
        (1, 1, 0)
    );
}

#[tokio::test]
async fn given_roots_are_trusted_beside_the_machines_or_alone() {
    let authority = Authority::new();
    let server = server(&authority.issue("localhost")).await;
    let beside = Tls::new().root(authority.certificate());
    for tls in [beside, trusting(&authority)] {
        client(&server, tls).get(5).await.expect("a thing");
    }
}

#[tokio::test]
async fn others_are_not() {
    let server = server(&Authority::new().issue("localhost")).await;
    for tls in [
        trusting(&Authority::new()),
        Tls::new().root(Authority::new().certificate()),
    ] {
        let error = client(&server, tls)
            .create("door")
            .await
            .expect_err("an unknown issuer");
        assert_eq!(error.kind(), ErrorKind::NotSent);
        assert!(server.bytes().is_empty());
    }
}

#[tokio::test]
async fn neither_are_wrong_names_and_dates() {
    let authority = Authority::new();
    for issued in [
        authority.issue("other.example"),
        authority.issue_as(&expired()),
    ] {
        let server = server(&issued).await;
        let error = client(&server, trusting(&authority))
            .get(5)
            .await
            .expect_err("no trust");
        assert_untrusted(&error, &server);
    }
}

fn expired() -> rcgen::CertificateParams {
    let mut params = params("localhost");
    params.not_before = rcgen::date_time_ymd(2010, 1, 1);
    params.not_after = rcgen::date_time_ymd(2011, 1, 1);
    params
}

#[tokio::test]
async fn a_pinned_key_is_enough_whatever_the_certificate_says() {
    let authority = Authority::new();
    let factory = [
        authority.issue("other.example"),
        authority.issue_as(&expired()),
        Issued::self_signed(&params("device")),
    ];
    for issued in factory {
        let server = server(&issued).await;
        client(&server, pinning(&issued))
            .get(5)
            .await
            .expect("a thing");
        let also = pinning(&authority.issue("x")).pin(PublicKeyPin::of(&issued.certificate()));
        client(&server, also).get(5).await.expect("a thing");
    }
}

#[tokio::test]
async fn any_other_key_is_refused_however_well_certified() {
    let authority = Authority::new();
    let server = server(&authority.issue("localhost")).await;
    let tls = pinning(&authority.issue("localhost")).root(authority.certificate());
    let error = client(&server, tls)
        .create("door")
        .await
        .expect_err("another key");
    assert_untrusted(&error, &server);
}

#[tokio::test]
async fn the_pinned_certificate_without_its_key_is_refused() {
    let (pinned, thief) = (
        Authority::new().issue("localhost"),
        Authority::new().issue("x"),
    );
    for version in [&TLS12, &TLS13] {
        let config = pinned.server_with_key_of(&thief, version);
        let server = Server::secure(config, |_| Reply::thing()).await;
        let error = client(&server, pinning(&pinned))
            .get(5)
            .await
            .expect_err("a stolen one");
        assert_untrusted(&error, &server);
    }
}

#[tokio::test]
async fn the_client_shows_its_certificate() {
    let authority = Authority::new();
    let issued = authority.issue("client");
    for version in [&TLS12, &TLS13] {
        let config = authority
            .issue("localhost")
            .server_asking(&authority, version);
        let server = Server::secure(config, |_| Reply::thing()).await;
        let tls = trusting(&authority).identity(issued.identity());
        client(&server, tls).get(5).await.expect("a thing");
        assert_eq!(
            server.request().certificate.as_deref(),
            Some(&*issued.der())
        );
    }
}

#[tokio::test]
async fn a_refused_client_certificate_is_told_apart_and_not_tried_again() {
    let authority = Authority::new();
    let strangers = ["authority", "stranger"].map(|name| {
        let issued = Authority::called(name).issue("client");
        trusting(&authority).identity(issued.identity())
    });
    for version in [&TLS12, &TLS13] {
        for tls in strangers.iter().chain([&trusting(&authority)]) {
            let config = authority
                .issue("localhost")
                .server_asking(&authority, version);
            let server = Server::secure(config, |_| Reply::thing()).await;
            let error = client(&server, tls.clone())
                .create("door")
                .await
                .expect_err("refused");
            assert!(
                error.is_client_certificate_refused(),
                "{version:?} {error:?}"
            );
            assert!(!error.is_transient() && !error.may_have_run());
            assert_eq!((error.attempts(), server.connections()), (1, 1));
        }
    }
}

/// A server that notes who calls, and answers for thing 1 when there is another call.
async fn doorman(authority: &Authority) -> Server {
    let config = authority
        .issue("localhost")
        .server_asking(authority, &TLS13);
    Server::secure(config, |request| match request.target() {
        "/things/1" => Reply::thing().held_until(2),
        _ => Reply::thing(),
    })
    .await
}

#[tokio::test]
async fn a_certificate_is_replaced_between_two_calls() {
    let authority = Authority::new();
    let (old, new) = (authority.issue("client"), authority.issue("client"));
    let server = doorman(&authority).await;
    let client = client(&server, trusting(&authority).identity(old.identity()));
    client.get(2).await.expect("a thing");
    client
        .caller()
        .replace_identity(new.identity())
        .expect("replaced");
    client.get(2).await.expect("a thing");
    client.get(2).await.expect("a thing");
    let seen: Vec<_> = server
        .requests()
        .into_iter()
        .filter_map(|r| r.certificate)
        .collect();
    assert_eq!(
        seen,
        [old.der(), new.der(), new.der()].map(|der| der.to_vec())
    );
}

#[tokio::test]
async fn a_call_under_way_finishes_on_the_old_certificate() {
    let authority = Authority::new();
    let (old, new) = (authority.issue("client"), authority.issue("client"));
    let server = doorman(&authority).await;
    let client = client(&server, trusting(&authority).identity(old.identity()));
    let under_way = tokio::spawn(client.get(1).send());
    server.heard(1).await;
    client
        .caller()
        .replace_identity(new.identity())
        .expect("replaced");
    client.get(2).await.expect("a thing");
    under_way.await.expect("no panic").expect("a thing");
    let seen: Vec<_> = server
        .requests()
        .into_iter()
        .filter_map(|r| r.certificate)
        .collect();
    assert_eq!(seen, [old.der(), new.der()].map(|der| der.to_vec()));
}

#[tokio::test]
async fn a_broken_certificate_never_gets_so_far_as_to_replace_the_old_one() {
    let authority = Authority::new();
    let (issued, other) = (authority.issue("client"), authority.issue("client"));
    let garbage = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----".to_owned();
    let encrypted = include_str!("../fixtures/key/rsa-encrypted.pem").to_owned();
    for (chain, key, complaint) in [
        (issued.pem(), other.key_pem(), "belongs to none"),
        (
            issued.pem(),
            garbage,
            "private key: at byte 0: expected SEQUENCE",
        ),
        (issued.pem(), String::new(), "private key: empty"),
        (issued.pem(), encrypted, "private key: encrypted"),
        (
            issued.pem().replace("-----END", ""),
            issued.key_pem(),
            "client certificate: PEM block 1",
        ),
        (String::new(), issued.key_pem(), "no certificate in the PEM"),
    ] {
        let error = Identity::from_pem(&chain, key).expect_err("no identity");
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.to_string().contains(complaint), "{error}");
    }
}

#[tokio::test]
async fn the_leaf_is_found_among_the_chain() {
    let authority = Authority::new();
    let issued = authority.issue("client");
    let chain = authority.pem() + &issued.pem();
    let identity = Identity::from_pem(&chain, issued.key_pem()).expect("an identity");
    let server = doorman(&authority).await;
    client(&server, trusting(&authority).identity(identity))
        .get(2)
        .await
        .expect("a thing");
    assert_eq!(
        server.request().certificate.as_deref(),
        Some(&*issued.der())
    );
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn a_missing_client_certificate_is_told_over_http_2_too() {
    let authority = Authority::new();
    for version in [&TLS12, &TLS13] {
        let mut config = authority
            .issue("localhost")
            .server_asking(&authority, version);
        config.alpn_protocols = vec![b"h2".to_vec()];
        let server = Server::secure(config, |_| Reply::thing()).await;
        let error = client(&server, trusting(&authority)).create("door").await;
        let error = error.expect_err("no certificate");
        assert!(
            error.is_client_certificate_refused(),
            "{version:?} {error:?}"
        );
        assert_eq!((error.attempts(), server.connections()), (1, 1));
    }
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn http_2_is_spoken_when_offered_but_not_with_a_client_certificate() {
    let authority = Authority::new();
    let identity = authority.issue("client").identity();
    let tls = trusting(&authority);
    for (tls, preface) in [
        (tls.clone(), "PRI * HTTP/2.0"),
        (tls.identity(identity), "GET /"),
    ] {
        let mut config = authority.issue("localhost").server();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let server = Server::secure(config, |_| Reply::closed()).await;
        let error = client(&server, tls)
            .get(5)
            .retry(cert_core::client::Retry::never())
            .await;
        assert_eq!(error.expect_err("closed").kind(), ErrorKind::Interrupted);
        assert!(server.bytes().starts_with(preface.as_bytes()));
    }
}

/// The types of the HTTP/2 frames behind a preface of 24 bytes (RFC 9113 section 4.1).
#[cfg(feature = "http2")]
fn frame_types(mut bytes: &[u8]) -> Vec<u8> {
    bytes = &bytes[24..];
    let mut types = Vec::new();
    while let [high, middle, low, kind, ..] = *bytes {
        types.push(kind);
        let length = u32::from_be_bytes([0, high, middle, low]);
        bytes = bytes.get(9 + length as usize..).unwrap_or_default();
    }
    types
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn a_refused_stream_is_not_sent_again_behind_our_back() {
    use std::time::Duration;

    const HEADERS: u8 = 1;
    const SETTINGS: [u8; 9] = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    const REFUSED_STREAM: [u8; 13] = [0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 7];

    let authority = Authority::new();
    let mut config = authority.issue("localhost").server();
    config.alpn_protocols = vec![b"h2".to_vec()];
    // The preface arrives as two requests of HTTP/1.1: `PRI * HTTP/2.0` and `SM`.
    let server = Server::secure(config, |request| match request.number {
        0 => Reply::bare(&SETTINGS),
        _ => Reply::bare(&REFUSED_STREAM).after(Duration::from_millis(100)),
    })
    .await;
    let call = client(&server, trusting(&authority));
    let error = call
        .create("door")
        .timeout(Duration::from_secs(2))
        .await
        .expect_err("refused");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Interrupted, 1)
    );
    tokio::time::sleep(Duration::from_millis(100)).await;
    let frames = frame_types(&server.bytes());
    assert_eq!(
        frames.iter().filter(|kind| **kind == HEADERS).count(),
        1,
        "{frames:?}"
    );
}
