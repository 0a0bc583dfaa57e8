//! Links to other hosts: followed without credentials, and never shown.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cert_core::client::{
    Body, BoxFuture, Chunks, Error, ErrorKind, ExternalClient, ExternalUrl, Limits, Multipart, Op,
    Tls, Transport, TransportError,
};

use crate::certificates::Authority;
use crate::reply::Reply;
use crate::server::{Server, nobody};
use crate::vendor::{builder, builder_at, client};

fn external() -> ExternalClient {
    let mut limits = Limits::default();
    limits.attempt = Duration::from_millis(200);
    limits.body = 1000;
    let tls = Tls::new()
        .own_roots_only()
        .root(Authority::new().certificate());
    ExternalClient::with_tls(tls)
        .expect("a client")
        .allowing_loopback()
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
    let body = Body::from(form.clone()).to_bytes();
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
async fn a_download_follows_redirects_where_that_is_allowed() {
    let agent = Server::answering([Reply::thing()]).await;
    let onwards = Reply::new(302).header("location", &format!("{}/k3y", agent.url()));
    let here = Reply::new(307).header("location", "/other/k3y");
    let server = Server::answering([here, onwards]).await;
    let client = external().following_redirects(2);
    client.download(&link(&server)).await.expect("a file");
    assert_eq!((server.requests().len(), agent.requests().len()), (2, 1));
}

#[tokio::test]
async fn redirects_are_bounded_and_lead_where_links_may_lead() {
    let round = || Reply::new(302).header("location", "/round/k3y");
    let server = Server::answering([round(), round(), round()]).await;
    let client = external().following_redirects(1);
    let error = client.download(&link(&server)).await.expect_err("a round");
    assert_eq!(error.kind(), ErrorKind::Redirected);
    assert_eq!(server.requests().len(), 2);
    assert_silent(&error);

    for location in [
        "http://192.0.2.1/k3y",
        "https://10.0.0.1/k3y",
        "ftp://a/k3y",
    ] {
        let away = Reply::new(302).header("location", location);
        let server = Server::answering([away]).await;
        let outcome = client.download(&link(&server)).await;
        let error = outcome.expect_err(location);
        assert_eq!(error.kind(), ErrorKind::Argument, "{error}");
        assert_silent(&error);
    }
}

#[tokio::test]
async fn an_upload_is_never_redirected() {
    let stranger = Server::answering([Reply::thing()]).await;
    let redirect = Reply::new(307).header("location", &format!("{}/k3y", stranger.url()));
    let server = Server::answering([redirect]).await;
    let client = external().following_redirects(5);
    let outcome = client.upload(&link(&server), Multipart::new()).await;
    let error = outcome.expect_err("a redirect");
    assert_eq!(error.kind(), ErrorKind::Redirected);
    assert_eq!(stranger.connections(), 0);
}

#[tokio::test]
async fn a_query_is_completed_and_never_changed() {
    let link = ExternalUrl::from("https://agent.example/p?token=a%2Fb");
    let completed = link.with_query("requestId", "5");
    let expected = "https://agent.example/p?token=a%2Fb&requestId=5";
    assert_eq!(completed.expose(), expected);
    assert_eq!(completed.with_query("requestId", "6").expose(), expected);
    let none = ExternalUrl::from("no URL").with_query("requestId", "5");
    assert_eq!(none.expose(), "no URL");
}

#[tokio::test]
async fn errors_name_the_operation_that_is_carried_out() {
    static SEND: Op = Op::post("send_files", "{link}").unsigned();

    let server = Server::answering([Reply::new(404)]).await;
    let vendor = builder(&server).build().expect("a client");
    let external = external().carrying_out(vendor.caller().vendor(), &SEND);
    let outcome = external.upload(&link(&server), Multipart::new()).await;
    let error = outcome.expect_err("a refusal");
    assert_eq!(error.op(), Some(&SEND));
    assert_silent(&error);
}

#[tokio::test]
async fn its_roots_are_its_own() {
    let (vendors, agents) = (Authority::new(), Authority::new());
    let vendor = Server::secure(vendors.issue("localhost").server(), |_| Reply::thing()).await;
    let agent = Server::secure(agents.issue("localhost").server(), |_| Reply::thing()).await;
    let trusting =
        |authority: &Authority| Tls::new().own_roots_only().root(authority.certificate());
    let external = ExternalClient::with_tls(trusting(&agents)).expect("a client");
    let external = external.allowing_loopback();
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

/// Answers with nothing, and counts how often it was asked.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicUsize>);

impl Transport for Counting {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(http::Response::new(Chunks::from(bytes::Bytes::new()))) })
    }
}

const LOOPBACK: [&str; 12] = [
    "localhost",
    "LOCALHOST.",
    "agent.localhost",
    "127.0.0.1",
    "127.1",
    "0x7f000001",
    "2130706433",
    "127.255.0.9",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
];
const LINK_LOCAL: [&str; 4] = [
    "169.254.169.254",
    "[fe80::1]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::169.254.169.254]",
];
const PRIVATE: [&str; 6] = [
    "10.0.0.1",
    "172.31.255.1",
    "192.168.0.1",
    "100.64.0.1",
    "[fd00:ec2::254]",
    "[2002:c0a8:1::]",
];
const PUBLIC: [&str; 6] = [
    "agent.example",
    "localhost.example",
    "172.32.0.1",
    "100.128.0.1",
    "192.0.2.1",
    "[2001:db8::1]",
];

/// Those of `hosts` to which `client` follows a link.
async fn followed<'h>(client: &ExternalClient, hosts: &[&'h str]) -> Vec<&'h str> {
    let mut followed = Vec::new();
    for host in hosts {
        match client.download(&format!("https://{host}/k3y").into()).await {
            Ok(_) => followed.push(*host),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Argument);
                assert!(
                    error.to_string().contains("the link handed out leads"),
                    "{error}"
                );
                assert_silent(&error);
            }
        }
    }
    followed
}

#[tokio::test]
async fn links_to_this_machine_and_what_is_near_it_are_not_followed_unless_allowed() {
    let transport = Counting::default();
    let client = || ExternalClient::new(transport.clone());
    let nowhere: [&str; 0] = [];
    for hosts in [&LOOPBACK[..], &LINK_LOCAL, &PRIVATE] {
        assert_eq!(followed(&client(), hosts).await, nowhere);
    }
    let groups = ["224.0.0.1", "255.255.255.255", "[ff02::1]"];
    let all = client()
        .allowing_loopback()
        .allowing_link_local()
        .allowing_private();
    assert_eq!(followed(&all, &groups).await, nowhere);
    assert_eq!(transport.0.load(Ordering::Relaxed), 0);

    assert_eq!(followed(&client(), &PUBLIC).await, PUBLIC);
    for (client, hosts) in [
        (client().allowing_loopback(), &LOOPBACK[..]),
        (client().allowing_link_local(), &LINK_LOCAL),
        (client().allowing_private(), &PRIVATE),
    ] {
        for others in [&LOOPBACK[..], &LINK_LOCAL, &PRIVATE] {
            let allowed = if others == hosts { hosts } else { &nowhere };
            assert_eq!(followed(&client, others).await, allowed);
        }
    }
}

#[tokio::test]
async fn a_server_on_this_machine_may_hand_out_links_to_it() {
    for (base_url, hosts) in [
        ("http://localhost:1", &LOOPBACK[..]),
        ("https://127.0.0.1/api", &LOOPBACK),
        ("https://vendor.example", &[]),
        ("https://10.0.0.1", &[]),
    ] {
        let vendor = builder_at(base_url).build().expect("a client");
        let external = ExternalClient::new(Counting::default());
        let external = external.handed_out_by(vendor.caller().base_url());
        assert_eq!(followed(&external, &LOOPBACK).await, hosts, "{base_url}");
    }
}

#[tokio::test]
async fn an_upload_whose_answer_is_lost_may_have_arrived() {
    for (reply, kind, arrived) in [
        (Reply::closed(), ErrorKind::Interrupted, true),
        (Reply::silence(), ErrorKind::TimedOut, true),
        (Reply::new(500), ErrorKind::Refused, true),
        (Reply::new(404), ErrorKind::Refused, false),
    ] {
        let server = Server::answering([reply]).await;
        let form = Multipart::new().text("id", "5");
        let outcome = external().upload(&link(&server), form).await;
        let error = outcome.expect_err("no answer");
        assert_eq!((error.kind(), error.may_have_run()), (kind, arrived));
        assert_eq!(error.op().map(Op::name), Some("upload"));
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        assert!(
            error.to_string().starts_with("external upload: "),
            "{error}"
        );
        assert_silent(&error);

        let error = external()
            .download(&link(&server))
            .await
            .expect_err("no file");
        assert_eq!(error.op().map(Op::name), Some("download"));
        assert!(!error.may_have_run());
    }
    let unreachable = format!("{}/k3y", nobody().await).into();
    let error = external().upload(&unreachable, Multipart::new()).await;
    assert!(!error.expect_err("nobody").may_have_run());
}
