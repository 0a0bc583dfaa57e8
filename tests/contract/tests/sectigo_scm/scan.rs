//! Waiting for the end of a scan, and reading what it found.

use std::time::Duration;

use cert_core::client::{Backoff, Retry};
use sectigo_scm::discovery::{Scan, ScanError, ScanLook, ScanOperation};
use sectigo_scm::{Client, Credentials};
use serde_json::{Value, json};
use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

const OPERATIONS: &str = "/api/discovery/v1/net_task/7/operation";
const START: &str = "/api/discovery/v3/net_task/7/start";

fn operation(id: &str, status: &str, created: &str) -> Value {
    json!({ "id": id, "status": status, "created": created, "error": "no\nroute" })
}

/// A scan of yesterday, and one of today in a state.
fn told(status: &str) -> ResponseTemplate {
    let today = operation("today", status, "2026-03-02T10:00:00Z");
    list(&[today, yesterday()])
}

fn yesterday() -> Value {
    operation("yesterday", "completed", "2026-03-01T10:00:00Z")
}

fn list(operations: &[Value]) -> ResponseTemplate {
    let body = json!({ "total": operations.len(), "data": operations });
    ResponseTemplate::new(200).set_body_json(body)
}

fn refusal(status: u16, code: i64) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({"code": code, "description": "words"}))
}

/// A server that lists these operations in turn, the last of them over and over.
async fn server(lists: impl IntoIterator<Item = ResponseTemplate>) -> MockServer {
    let server = MockServer::start().await;
    let mut lists = lists.into_iter().peekable();
    while let Some(answer) = lists.next() {
        let listed = Mock::given(path(OPERATIONS)).respond_with(answer);
        match lists.peek() {
            Some(_) => listed.up_to_n_times(1).mount(&server).await,
            None => listed.mount(&server).await,
        }
    }
    Mock::given(method("POST"))
        .and(path(START))
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    server
}

async fn starts(server: &MockServer) -> usize {
    let requests = server.received_requests().await.expect("recorded requests");
    requests
        .iter()
        .filter(|request| request.url.path() == START)
        .count()
}

fn client(server: &MockServer) -> Client {
    let credentials = Credentials::password("admin", "secret", "cst1");
    let builder = Client::builder(server.uri(), credentials).retry(Retry::never());
    builder.build().expect("a client for loopback")
}

fn brief(wait: Scan<'_>) -> Scan<'_> {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(20));
    let wait = wait.within(Duration::from_millis(200));
    wait.backoff(Backoff::new(first, longest))
}

async fn waited(
    lists: impl IntoIterator<Item = ResponseTemplate>,
) -> Result<ScanOperation, ScanError> {
    let server = server(lists).await;
    let scm = client(&server);
    brief(scm.discovery().network_tasks().wait_for_scan(7)).await
}

#[tokio::test]
async fn the_latest_scan_is_waited_out() {
    for status in ["in_progress", "a new state"] {
        let done = waited([told(status), told("completed")]).await;
        assert_eq!(done.expect("done at the second look").id.as_str(), "today");
    }
}

#[tokio::test]
async fn a_scan_is_started_once_and_told_apart_from_those_before() {
    let before = || list(&[yesterday()]);
    let lists = [before(), before(), told("in_progress"), told("completed")];
    let server = server(lists).await;
    let scm = client(&server);
    let done = brief(scm.discovery().network_tasks().scan(7)).await;
    assert_eq!(done.expect("done").id.as_str(), "today");
    assert_eq!(starts(&server).await, 1);
}

#[tokio::test]
async fn a_scan_that_is_refused_is_not_waited_for() {
    let server = MockServer::start().await;
    let listed = Mock::given(path(OPERATIONS)).respond_with(list(&[yesterday()]));
    listed.mount(&server).await;
    let refused = Mock::given(path(START)).respond_with(refusal(400, -618));
    refused.mount(&server).await;
    let scm = client(&server);
    let mut wait = brief(scm.discovery().network_tasks().scan(7));
    let Err(ScanError::Failed(error)) = wait.look().await else {
        panic!("it runs already");
    };
    assert_eq!(error.code(), Some("-618"));
    assert_eq!(starts(&server).await, 1);
}

#[tokio::test]
async fn the_operation_that_was_seen_is_followed_and_no_later_one() {
    let later = operation("later", "in_progress", "2026-03-03T10:00:00Z");
    let today = operation("today", "completed", "2026-03-02T10:00:00Z");
    let done = waited([told("in_progress"), list(&[later, today])]).await;
    assert_eq!(done.expect("done").id.as_str(), "today");
}

#[tokio::test]
async fn an_operation_is_waited_for_by_its_id() {
    let server = server([told("in_progress")]).await;
    let scm = client(&server);
    let operations = scm.discovery().network_tasks().operations(7);
    let done = brief(operations.wait_for_end("yesterday")).await;
    assert_eq!(done.expect("done long ago").id.as_str(), "yesterday");
}

#[tokio::test]
async fn failures_of_a_look_that_pass_are_waited_out() {
    for failure in [refusal(503, 0), refusal(429, 0)] {
        let done = waited([failure, told("completed")]).await;
        assert!(done.is_ok(), "{done:?}");
    }
}

#[tokio::test]
async fn a_scan_that_will_not_be_done_ends_the_wait() {
    let ended = async |status| waited([told(status)]).await.expect_err("not done");
    let failed = ended("failed").await;
    assert!(matches!(&failed, ScanError::ScanFailed(_)), "{failed:?}");
    assert_eq!(failed.to_string(), r"the scan failed: no\nroute");
    let cancelled = ended("cancelled").await;
    assert!(
        matches!(&cancelled, ScanError::Cancelled(_)),
        "{cancelled:?}"
    );
    let expired = ended("expired").await;
    assert!(matches!(&expired, ScanError::Expired(_)), "{expired:?}");
    let refused = waited([refusal(401, -16)]).await;
    assert!(matches!(&refused, Err(ScanError::Failed(_))), "{refused:?}");
}

#[tokio::test]
async fn a_wait_for_a_scan_is_bounded_and_told() {
    for (answer, is_there) in [(told("in_progress"), true), (list(&[]), false)] {
        let server = server([answer]).await;
        let scm = client(&server);
        let mut wait = brief(scm.discovery().network_tasks().wait_for_scan(7));
        let mut told = Vec::new();
        let ended = loop {
            match wait.look().await {
                Ok(ScanLook::NotYet(progress)) => told.push(progress),
                ended => break ended,
            }
        };
        let Err(ScanError::TimedOut {
            elapsed,
            looks,
            operation,
            failure: None,
            ..
        }) = ended
        else {
            panic!("it is never done: {ended:?}");
        };
        assert!(elapsed >= Duration::from_millis(200), "{elapsed:?}");
        assert_eq!(
            (told.len() + 1, operation.is_some()),
            (looks as usize, is_there)
        );
        assert!(told.iter().all(|look| look.operation.is_some() == is_there));
    }
}

/// The example has 0 in the header, and four entries.
#[tokio::test]
async fn a_header_of_zero_does_not_end_a_list_of_results() {
    let entries = |first: usize, last: usize| {
        let entry = |port: usize| json!({"location": {"details": {"port": port}}});
        let data: Vec<Value> = (first..=last).map(entry).collect();
        ResponseTemplate::new(200)
            .insert_header("X-Total-Count", "0")
            .set_body_json(json!({"total": 3, "data": data}))
    };
    let server = MockServer::start().await;
    for (position, page) in [("0", entries(1, 2)), ("2", entries(3, 3))] {
        Mock::given(query_param("position", position))
            .respond_with(page)
            .mount(&server)
            .await;
    }
    let scm = client(&server);
    let operations = scm.discovery().azure_tasks().operations(7);
    let found = operations.results("op").page_size(2).collect().await;
    let ports = found.expect("the list").into_iter().filter_map(|result| {
        let details = result.location?.details?;
        details.port
    });
    assert_eq!(ports.collect::<Vec<_>>(), [1, 2, 3]);
}
