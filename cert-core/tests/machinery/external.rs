//! Links to other hosts: followed without credentials, and never shown.

use std::time::Duration;

use cert_core::client::{Error, ErrorKind, ExternalClient, ExternalUrl, Limits, Multipart, Tls};

use crate::certificates::Authority;
use crate::reply::Reply;
use crate::server::{Server, nobody};
use crate::vendor::{builder, client};

fn external() -> ExternalClient {
    let mut limits = Limits::default();
    limits.attempt = Duration::from_millis(200);
    limits.body = 1000;
    let tls = Tls::new()
        .own_roots_only()
        .root(Authority::new().certificate());
    ExternalClient::with_tls(tls)
        .expect("a client")
        .limits(limits)
}

fn link(server: &Server) -> ExternalUrl {
    format!("{}/f1les/the-k3y?sig=a%2Fb%3D%3Dz&n=1", server.url()).into()
}

/// Neither the error nor its causes show any part of the link that lets somebody in.
fn assert_silent(error: &Error) {
    let mut text = format!("{error} {error:?} {:?}", error.message());
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text += &format!(" {error} {error:?}");
        cause = error.source();
    }
    for part in ["k3y", "a%2Fb%3D%3Dz", "a/b==z"] {
        assert!(!text.contains(part), "{part} shows: {text}");
    }
}

#[tokio::test]
async fn a_link_in_an_answer_is_a_secret() {
    let body = r#"["https://agent.example:8443/f1les/k3y?sig=1"]"#;
    let links: Vec<ExternalUrl> = serde_json::from_str(body).expect("a link");
    assert_eq!(format!("{links:?}"), "[ExternalUrl(***)]");
    assert_eq!(links[0].host().as_deref(), Some("agent.example"));
    assert_eq!(
        links[0].expose(),
        "https://agent.example:8443/f1les/k3y?sig=1"
    );
}

#[tokio::test]
async fn a_link_is_fetched_as_it_is_without_credentials() {
    let reply = Reply::new(200).header("content-disposition", "attachment; filename=\"a.p12\"");
    let server = Server::answering([reply.body("content")]).await;
    client(&server).get(5).raw().await.expect("an answer");
    let blob = external().download(&link(&server)).await.expect("a file");
    assert_eq!(
        (&blob.bytes[..], blob.file_name.as_deref()),
        (&b"content"[..], Some("a.p12"))
    );
    let request = server.requests().remove(1);
    assert_eq!(
        request.line(),
        "GET /f1les/the-k3y?sig=a%2Fb%3D%3Dz&n=1 HTTP/1.1"
    );
    for name in ["login", "password", "authorization", "cookie", "referer"] {
        assert_eq!(request.header(name), None);
    }
}

#[tokio::test]
async fn a_form_is_uploaded_once() {
    let server = Server::answering([Reply::new(503)]).await;
    let form = Multipart::new().file("f", "a.exe", "application/octet-stream", "content");
    let body = cert_core::client::Body::from(form.clone()).to_bytes();
    let error = external()
        .upload(&link(&server), form)
        .await
        .expect_err("unavailable");
    assert_eq!(error.kind(), ErrorKind::Refused);
    let request = server.request();
    assert_eq!((request.method(), &request.body[..]), ("POST", &body[..]));
    assert_eq!(request.header("password"), None);
}

#[tokio::test]
async fn no_error_shows_the_link() {
    let huge = Reply::new(200).body("x".repeat(2000));
    let replies = [
        Reply::closed(),
        Reply::silence(),
        Reply::thing().cut(),
        huge,
        Reply::new(404),
    ];
    for reply in replies {
        let server = Server::answering([reply]).await;
        assert_silent(
            &external()
                .download(&link(&server))
                .await
                .expect_err("no file"),
        );
        assert_eq!(server.requests().len(), 1);
    }
    let unreachable = format!("{}/k3y", nobody().await).into();
    let error = external().download(&unreachable).await.expect_err("nobody");
    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert_silent(&error);
}

#[tokio::test]
async fn nor_where_the_host_repeats_it() {
    let server = Server::start(|request| {
        let link = request.target();
        let text = format!("http://host{link} is {link}: the-k3y, a%2Fb%3D%3Dz or a/b==z");
        Reply::new(410).body(text)
    })
    .await;
    let error = external().download(&link(&server)).await.expect_err("gone");
    assert_eq!(
        error.message(),
        Some("http://host*** is ***: ***, *** or ***")
    );
    assert_silent(&error);
}

#[tokio::test]
async fn what_is_no_secure_link_is_not_followed() {
    for link in [
        "http://agent.example/k3y",
        "ftp://agent.example/k3y",
        "k3y",
        "https://u:k3y@h/",
    ] {
        let error = external()
            .download(&link.into())
            .await
            .expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.to_string().contains("the link handed out"), "{error}");
        assert_silent(&error);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let stranger = Server::answering([Reply::thing()]).await;
    let redirect = Reply::new(302).header("location", &format!("{}/k3y", stranger.url()));
    let server = Server::answering([redirect]).await;
    let error = external()
        .download(&link(&server))
        .await
        .expect_err("a redirect");
    assert_eq!(error.kind(), ErrorKind::Redirected);
    assert_silent(&error);
    assert_eq!(stranger.connections(), 0);
}

#[tokio::test]
async fn its_roots_are_its_own() {
    let (vendors, agents) = (Authority::new(), Authority::new());
    let vendor = Server::secure(vendors.issue("localhost").server(), |_| Reply::thing()).await;
    let agent = Server::secure(agents.issue("localhost").server(), |_| Reply::thing()).await;
    let trusting =
        |authority: &Authority| Tls::new().own_roots_only().root(authority.certificate());
    let external = ExternalClient::with_tls(trusting(&agents)).expect("a client");
    external.download(&link(&agent)).await.expect("a file");
    external
        .download(&link(&vendor))
        .await
        .expect_err("no trust");
    let client = builder(&agent)
        .tls(trusting(&vendors))
        .build()
        .expect("a client");
    client.get(5).await.expect_err("no trust");
    assert_eq!((agent.requests().len(), vendor.requests().len()), (1, 0));
}
