//! The rate at which calls are sent, against servers with a limit, in time that tests pass.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use cert_core::client::{
    Body, BoxFuture, Chunks, Error, ErrorKind, Pace, Retry, Transport, TransportError,
};
use futures_util::stream::{self, StreamExt as _};
use http::{Response, StatusCode};
use tokio::time::Instant;

use crate::vendor::{Client, Thing, builder_at};

/// A server that answers in five milliseconds, and refuses what its limit forbids.
#[derive(Clone)]
struct Limited(Arc<Mutex<Heard>>);

struct Heard {
    /// How many calls each window of time may have.
    limit: u32,
    window: Duration,
    /// What is said with 429.
    retry_after: Option<&'static str>,
    began: Instant,
    in_window: (u64, u32),
    in_flight: u32,
    most_in_flight: u32,
    /// When each answer was decided, and whether it was a refusal.
    answers: Vec<(Duration, bool)>,
}

impl Limited {
    fn to(limit: u32, window: Duration) -> Self {
        Self(Arc::new(Mutex::new(Heard {
            limit,
            window,
            retry_after: None,
            began: Instant::now(),
            in_window: (0, 0),
            in_flight: 0,
            most_in_flight: 0,
            answers: Vec::new(),
        })))
    }

    fn asking_for(self, retry_after: &'static str) -> Self {
        self.heard(|heard| heard.retry_after = Some(retry_after));
        self
    }

    fn heard<T>(&self, look: impl FnOnce(&mut Heard) -> T) -> T {
        look(&mut self.0.lock().expect("no test to have panicked"))
    }

    fn answers(&self) -> Vec<(Duration, bool)> {
        self.heard(|heard| heard.answers.clone())
    }

    /// The share of refusals among the answers from `start` on.
    fn refused_from(&self, start: Duration) -> f64 {
        let answers = self.answers();
        let late: Vec<_> = answers.iter().filter(|(at, _)| *at >= start).collect();
        late.iter().filter(|(_, refused)| *refused).count() as f64 / late.len() as f64
    }

    fn client(&self, pace: &Pace) -> Client {
        let builder = builder_at("http://127.0.0.1").transport(self.clone());
        builder.pace(pace.clone()).build().expect("a client")
    }
}

impl Heard {
    fn decide(&mut self) -> Response<Chunks> {
        let at = self.began.elapsed();
        let window = (at.as_nanos() / self.window.as_nanos()) as u64;
        let before = if self.in_window.0 == window {
            self.in_window.1
        } else {
            0
        };
        let refused = before >= self.limit;
        self.in_window = (window, before + u32::from(!refused));
        self.answers.push((at, refused));
        self.in_flight -= 1;
        match refused {
            false => answer(StatusCode::OK, br#"{"id": 5, "name": "door"}"#),
            true => self.refusal(),
        }
    }

    fn refusal(&self) -> Response<Chunks> {
        let mut answer = answer(StatusCode::TOO_MANY_REQUESTS, b"slow down");
        if let Some(seconds) = self.retry_after {
            let seconds = seconds.parse().expect("a header");
            answer.headers_mut().insert("retry-after", seconds);
        }
        answer
    }
}

fn answer(status: StatusCode, body: &'static [u8]) -> Response<Chunks> {
    let mut answer = Response::new(Chunks::from(Bytes::from_static(body)));
    *answer.status_mut() = status;
    answer
}

impl Transport for Limited {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Chunks>, TransportError>> {
        self.heard(|heard| {
            heard.in_flight += 1;
            heard.most_in_flight = heard.most_in_flight.max(heard.in_flight);
        });
        Box::pin(async {
            tokio::time::sleep(millis(5)).await;
            Ok(self.heard(Heard::decide))
        })
    }
}

fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Gets `count` details with each client, `at_once` in flight.
async fn details(clients: &[Client], count: usize, at_once: usize) -> Vec<Result<Thing, Error>> {
    let calls = (0..count).flat_map(|id| clients.iter().map(move |client| client.get(id).send()));
    stream::iter(calls)
        .buffer_unordered(at_once)
        .collect()
        .await
}

#[tokio::test(start_paused = true)]
async fn two_thousand_details_lose_none_to_a_limit_of_500_a_second() {
    let server = Limited::to(500, seconds(1));
    let client = server.client(&Pace::new());
    let all = details(&[client], 2_000, 200).await;
    assert_eq!(all.iter().filter(|detail| detail.is_ok()).count(), 2_000);
    let refused = server.refused_from(seconds(1));
    assert!(refused <= 0.05, "{refused}");
    let took = server.answers().last().expect("answers").0;
    assert!(took < seconds(7), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn neither_do_two_clients_of_one_account() {
    let server = Limited::to(500, seconds(1));
    let pace = Pace::new();
    let clients = [server.client(&pace), server.client(&pace)];
    let all = details(&clients, 1_000, 200).await;
    assert_eq!(all.iter().filter(|detail| detail.is_ok()).count(), 2_000);
    let refused = server.refused_from(seconds(1));
    assert!(refused <= 0.05, "{refused}");
}

#[tokio::test(start_paused = true)]
async fn six_hundred_details_lose_none_to_a_limit_of_50_a_second() {
    for retry_after in [None, Some("1")] {
        let mut server = Limited::to(50, seconds(1));
        if let Some(asked) = retry_after {
            server = server.asking_for(asked);
        }
        let client = server.client(&Pace::new());
        let all = details(&[client], 600, 200).await;
        assert_eq!(all.iter().filter(|detail| detail.is_ok()).count(), 600);
        let refused = server.refused_from(seconds(1));
        assert!(refused <= 0.05, "{retry_after:?}: {refused}");
    }
}

#[tokio::test(start_paused = true)]
async fn nor_to_a_limit_of_50_a_minute() {
    let server = Limited::to(50, seconds(60));
    let client = server.client(&Pace::new());
    let all = details(&[client], 200, 100).await;
    assert_eq!(all.iter().filter(|detail| detail.is_ok()).count(), 200);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_held_back_before_the_first_refusal() {
    let server = Limited::to(u32::MAX, seconds(1));
    let pace = Pace::new();
    let all = details(&[server.client(&pace)], 1_000, 200).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(pace.calls_per_second(), None);
    assert_eq!(server.heard(|heard| heard.most_in_flight), 200);
    assert!(server.answers().last().expect("answers").0 <= millis(50));
}

#[tokio::test(start_paused = true)]
async fn the_servers_wait_is_a_gate_for_every_call() {
    let server = Limited::to(1, seconds(30)).asking_for("30");
    let client = server.client(&Pace::new());
    client.get(1).await.expect("a thing");
    let refused = tokio::spawn(client.get(2).send());
    tokio::time::sleep(millis(10)).await;
    client.get(3).await.expect("a thing");
    refused.await.expect("no panic").expect("a thing");
    let mut answers = server.answers();
    let (first, second) = (answers.remove(0), answers.remove(0));
    assert!(!first.1 && second.1);
    assert!(
        answers.iter().all(|(at, _)| *at >= seconds(30)),
        "{answers:?}"
    );
    assert!(answers[0].0 <= millis(37_600), "{answers:?}");
}

#[tokio::test(start_paused = true)]
async fn a_ceiling_holds_from_the_start() {
    let server = Limited::to(u32::MAX, seconds(1));
    let pace = Pace::at_most(20, seconds(1));
    assert_eq!(pace.calls_per_second(), Some(20.0));
    let all = details(&[server.client(&pace)], 100, 50).await;
    assert!(all.iter().all(Result::is_ok));
    let took = server.answers().last().expect("answers").0;
    assert!((millis(4_000)..millis(6_000)).contains(&took), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_ceiling_may_be_as_low_as_one_wants() {
    for (calls, time) in [(0, seconds(1)), (1, Duration::MAX), (1, Duration::ZERO)] {
        let server = Limited::to(u32::MAX, seconds(1));
        let client = server.client(&Pace::at_most(calls, time));
        client.get(1).await.expect("a thing");
    }
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_never_ends_is_the_last_refusal_after_fifteen_minutes() {
    let server = Limited::to(0, seconds(1));
    let client = server.client(&Pace::new());
    let started = Instant::now();
    let error = client.create("door").await.expect_err("always refused");
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert!(!error.may_have_run());
    assert_eq!(error.attempts() as usize, server.answers().len());
    let took = started.elapsed();
    assert!((seconds(890)..=seconds(901)).contains(&took), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn or_when_the_time_of_the_call_is_over() {
    let server = Limited::to(0, seconds(1));
    let client = server.client(&Pace::new());
    let started = Instant::now();
    let call = client.get(5).timeout(seconds(20));
    let error = call.await.expect_err("always refused");
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert!(error.attempts() > 1);
    assert!(started.elapsed() <= seconds(20));
    let one = client.get(5).retry(Retry::never()).await;
    assert_eq!(one.expect_err("always refused").attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_had_no_turn_ends_with_the_refusal_of_another() {
    let server = Limited::to(0, seconds(1)).asking_for("86400");
    let client = server.client(&Pace::new());
    let refused = client.get(5).await.expect_err("refused for a day");
    assert_eq!(refused.attempts(), 1);
    let held = client.create("door").await.expect_err("held back");
    assert_eq!(held.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert_eq!((held.attempts(), held.message()), (0, Some("slow down")));
    assert_eq!(
        held.op().map(cert_core::client::Op::name),
        Some("thing_create")
    );
    assert!(
        held.to_string()
            .starts_with("test thing_create: refused, HTTP 429")
    );
    assert_eq!(server.answers().len(), 1);
    tokio::time::sleep(seconds(1_200)).await;
    client.get(5).await.expect_err("asked again, and refused");
    assert_eq!(server.answers().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn without_any_refusal_it_ends_as_timed_out() {
    let server = Limited::to(u32::MAX, seconds(1));
    let client = server.client(&Pace::at_most(1, seconds(60)));
    client.get(1).await.expect("a thing");
    let error = client.get(2).timeout(seconds(5)).await;
    let error = error.expect_err("no turn in time");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::TimedOut, 0));
    assert!(!error.may_have_run());
}

/// Refuses all with this answer.
struct Outage(StatusCode, Option<&'static str>, Arc<Mutex<usize>>);

impl Transport for Outage {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Chunks>, TransportError>> {
        *self.2.lock().expect("no test to have panicked") += 1;
        let mut answer = answer(self.0, b"");
        if let Some(seconds) = self.1 {
            let seconds = seconds.parse().expect("a header");
            answer.headers_mut().insert("retry-after", seconds);
        }
        Box::pin(async { Ok(answer) })
    }
}

/// 500 tokens pay for 35 repetitions.
#[tokio::test(start_paused = true)]
async fn an_outage_is_not_multiplied() {
    let sent = Arc::new(Mutex::new(0));
    let outage = Outage(StatusCode::BAD_GATEWAY, None, Arc::clone(&sent));
    let builder = builder_at("http://127.0.0.1").transport(outage);
    let client = builder.build().expect("a client");
    let all = details(&[client], 200, 50).await;
    assert!(all.iter().all(Result::is_err));
    assert_eq!(*sent.lock().expect("a count"), 235);
}

#[tokio::test(start_paused = true)]
async fn a_creation_is_not_repeated_where_it_may_have_run() {
    let sent = Arc::new(Mutex::new(0));
    let busy = Outage(
        StatusCode::SERVICE_UNAVAILABLE,
        Some("1"),
        Arc::clone(&sent),
    );
    let builder = builder_at("http://127.0.0.1").transport(busy);
    let client = builder.build().expect("a client");
    let error = client.create("door").await.expect_err("busy");
    assert!(error.may_have_run());
    assert_eq!(*sent.lock().expect("a count"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_leaves_its_turn_to_the_next() {
    let server = Limited::to(u32::MAX, seconds(1));
    let client = server.client(&Pace::at_most(1, seconds(1)));
    client.get(1).await.expect("a thing");
    let waiting = tokio::spawn(client.get(2).send());
    tokio::time::sleep(millis(10)).await;
    waiting.abort();
    client.get(3).timeout(seconds(10)).await.expect("a thing");
    assert_eq!(server.answers().len(), 2);
}
