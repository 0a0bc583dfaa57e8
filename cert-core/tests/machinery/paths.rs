//! Path arguments: each stays the one segment it is, or nothing is sent.

use cert_core::client::{ErrorKind, escaped};
use percent_encoding::percent_decode_str;
use proptest::test_runner::{TestCaseError, TestRunner};

use crate::reply::Reply;
use crate::server::Server;
use crate::vendor::{Client, builder_at, client};

#[tokio::test]
async fn a_hostile_argument_stays_one_segment() {
    let server = Server::answering([Reply::thing()]).await;
    client(&server).get("a/b\\c").await.expect("a thing");
    client(&server).get("5?admin=1#x").await.expect("a thing");
    client(&server).get("%2e%2e").await.expect("a thing");
    client(&server).get("...").await.expect("a thing");
    client(&server).get("a;..").await.expect("a thing");
    client(&server).get("..a ;").await.expect("a thing");
    let targets: Vec<_> = server
        .requests()
        .iter()
        .map(|r| r.target().to_owned())
        .collect();
    let expected = [
        "/things/a%2Fb%5Cc",
        "/things/5%3Fadmin%3D1%23x",
        "/things/%252e%252e",
        "/things/...",
        "/things/a%3B..",
        "/things/..a%20%3B",
    ];
    assert_eq!(targets, expected);
}

#[tokio::test]
async fn empty_and_dot_arguments_are_not_sent() {
    let server = Server::answering([Reply::thing()]).await;
    let client = client(&server);
    let disguised = [
        "..;",
        "..;x=1",
        ".;x",
        ".. ",
        " ..",
        "..\0",
        "..\t",
        "..%00",
        "..%20%3b",
        "..\u{a0}",
        "..\u{200b}",
        ". .",
        "5/..;/6",
        "5/.. /6",
        ".\r\n\\6",
        "..\u{7f}",
    ];
    let plain = ["", ".", "..", "../../admin/v1/5", "5/../6", "..\\6"];
    for argument in plain.into_iter().chain(disguised) {
        let error = client.get(argument).await.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.to_string().contains("path argument `id`"), "{error}");
        assert!(!error.may_have_run());
        assert!(client.get(argument).request().is_err());
        assert!(client.get(argument).raw().await.is_err());
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_base_url_keeps_its_own_path() {
    let server = Server::answering([Reply::thing()]).await;
    for base in ["/private/", "/private"] {
        let client = builder_at(&format!("{}{base}", server.url()))
            .build()
            .expect("a client");
        client.get("a b").await.expect("a thing");
    }
    assert_eq!(server.count("/private/things/a%20b"), 2);
}

#[tokio::test]
async fn an_argument_too_long_for_a_url_is_not_sent() {
    let server = Server::answering([Reply::thing()]).await;
    let error = client(&server)
        .get("x".repeat(70_000))
        .await
        .expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert_eq!(server.connections(), 0);
}

#[test]
fn any_argument_arrives_as_one_segment_that_decodes_back_or_not_at_all() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = runtime.block_on(Server::answering([Reply::thing()]));
    let client = client(&server);
    TestRunner::default()
        .run(&"(\\PC|[./%\\\\?#\r\n\t\0]){0,12}", |argument| {
            runtime.block_on(arrives(&client, &server, &argument))
        })
        .expect("every argument");
}

/// Whether nothing is left of a part but one dot or two, once its parameters are gone and all
/// that has no shape; also where those are encoded.
fn is_dotted(part: &str) -> bool {
    let decoded = percent_decode_str(part).decode_utf8_lossy();
    [Some(part), part.starts_with('.').then_some(&*decoded)]
        .into_iter()
        .flatten()
        .any(|part| matches!(shape(part).as_str(), "." | ".."))
}

fn shape(part: &str) -> String {
    let shapeless = |c: &char| c.is_whitespace() || escaped(&c.to_string()).to_string().len() > 4;
    let name = part.split(';').next().unwrap_or_default();
    name.chars().filter(|c| !shapeless(c)).collect()
}

async fn arrives(client: &Client, server: &Server, argument: &str) -> Result<(), TestCaseError> {
    let before = server.requests().len();
    let sent = client.get(argument).await.is_ok();
    let mut parts = argument.split(['/', '\\']);
    let refused = argument.is_empty() || parts.any(is_dotted);
    proptest::prop_assert_eq!(sent, !refused);
    let requests = server.requests();
    proptest::prop_assert_eq!(requests.len(), before + usize::from(sent));
    if let Some(request) = requests.get(before) {
        let segments: Vec<_> = request.target().split('/').collect();
        let ["", "things", segment] = segments[..] else {
            return Err(TestCaseError::fail(format!("{segments:?}")));
        };
        let decoded: Vec<u8> = percent_decode_str(segment).collect();
        proptest::prop_assert_eq!(decoded, argument.as_bytes());
    }
    Ok(())
}
