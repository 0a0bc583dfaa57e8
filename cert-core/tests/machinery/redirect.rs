//! Redirects: nothing goes where they point.

use cert_core::client::{ClientCredentials, Error, ErrorKind};
use http::StatusCode;

use crate::reply::Reply;
use crate::server::Server;
use crate::vendor::{client, client_with};

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

async fn redirecting(status: u16) -> (Server, Server) {
    let stranger = Server::answering([Reply::thing()]).await;
    let location = format!("{}/things/5?ticket=t0ps3cret", stranger.url());
    let redirect = Reply::new(status).header("location", &location);
    (Server::answering([redirect]).await, stranger)
}

fn assert_refused(error: &Error, server: &Server, stranger: &Server) {
    assert_eq!(error.kind(), ErrorKind::Redirected, "{error}");
    assert!(!error.is_transient());
    assert!(!format!("{error} {error:?}").contains("t0ps3cret"));
    assert_eq!(server.requests().len(), 1);
    assert_eq!(stranger.connections(), 0);
}

#[tokio::test]
async fn nothing_of_a_read_goes_to_another_origin() {
    for status in STATUSES {
        let (server, stranger) = redirecting(status).await;
        let error = client(&server).get(5).await.expect_err("a redirect");
        assert_refused(&error, &server, &stranger);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
}

#[tokio::test]
async fn nothing_of_a_creation_goes_to_another_origin() {
    for status in STATUSES {
        let (server, stranger) = redirecting(status).await;
        let error = client(&server)
            .create("door")
            .await
            .expect_err("a redirect");
        assert_refused(&error, &server, &stranger);
        // 307 and 308 ask for the same again elsewhere, the others may tell of an action done.
        assert_eq!(error.may_have_run(), status < 307, "{status}");
    }
}

#[tokio::test]
async fn neither_does_a_raw_call_or_a_download() {
    let (server, stranger) = redirecting(302).await;
    let error = client(&server).get(5).raw().await.expect_err("a redirect");
    assert_refused(&error, &server, &stranger);
    let (server, stranger) = redirecting(302).await;
    let error = client(&server).report().await.expect_err("a redirect");
    assert_refused(&error, &server, &stranger);
}

#[tokio::test]
async fn neither_does_a_sign_in() {
    let (server, stranger) = redirecting(307).await;
    let grant = ClientCredentials::new(&format!("{}/token", server.url()), "id", "s3cret");
    let client = client_with(&server, grant.expect("a URL").into_auth());
    let error = client.get(5).await.expect_err("a redirect");
    assert_eq!(error.kind(), ErrorKind::SignIn);
    assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
    assert_eq!(server.request().target(), "/token");
    assert_eq!(stranger.connections(), 0);
}

#[tokio::test]
async fn nor_to_another_path_of_the_same_origin() {
    let redirect = Reply::new(308).header("location", "/login");
    let server = Server::answering([redirect]).await;
    let error = client(&server).get(5).await.expect_err("a redirect");
    assert_eq!(error.kind(), ErrorKind::Redirected);
    assert_eq!(server.request().target(), "/things/5");
}
