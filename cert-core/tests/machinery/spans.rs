//! What is told to `tracing`, by OpenTelemetry's names for HTTP clients.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, NoSubscriber};
use tracing::{Dispatch, Event, Metadata, Subscriber};

use crate::reply::Reply;
use crate::server::Server;
use crate::vendor::{PASSWORD, client};

type Fields = BTreeMap<&'static str, String>;

/// Keeps what this package tells.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<Told>>);

#[derive(Default)]
struct Told {
    spans: Vec<Fields>,
    events: Vec<Fields>,
    /// What is told under the name of the vendor's crate, which is this test's.
    calls: Vec<Fields>,
}

impl Listener {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().expect("no panic")
    }
}

/// Begins to listen to this thread, until both are dropped.
///
/// As long as there is but one listener, `tracing` lets whichever thread comes first decide for
/// all of them whether anybody listens; hence the second one, which hears nothing.
fn listen(listener: &Listener) -> (Dispatch, DefaultGuard) {
    let deaf = Dispatch::new(NoSubscriber::default());
    (deaf, tracing::subscriber::set_default(listener.clone()))
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "cert_core" || metadata.target() == "machinery"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::from([("name", span.metadata().name().to_owned())]);
        span.record(&mut Collected(&mut fields));
        let mut told = self.told();
        told.spans.push(fields);
        Id::from_u64(told.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let number = usize::try_from(span.into_u64()).expect("a span");
        values.record(&mut Collected(&mut self.told().spans[number - 1]));
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Collected(&mut fields));
        if event.metadata().target() == "cert_core" {
            return self.told().events.push(fields);
        }
        fields.insert("level", event.metadata().level().to_string());
        self.told().calls.push(fields);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Collected<'a>(&'a mut Fields);

impl Visit for Collected<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

fn fields<const N: usize>(fields: [(&'static str, &str); N]) -> Fields {
    fields
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
}

#[tokio::test]
async fn a_call_is_a_span_and_each_attempt_an_event() {
    let listener = Listener::default();
    let _listening = listen(&listener);
    let server = Server::answering([Reply::new(503), Reply::closed(), Reply::thing()]).await;
    client(&server).get(5).await.expect("a thing");

    let port = server.url().rsplit(':').next().expect("a port");
    let span = fields([
        ("name", "call"),
        ("otel.name", "thing_get"),
        ("otel.kind", "client"),
        ("peer.service", "test"),
        ("server.address", "127.0.0.1"),
        ("server.port", port),
        ("http.request.method", "GET"),
        ("url.template", "/things/{id}"),
        ("http.response.status_code", "200"),
        ("http.request.resend_count", "2"),
    ]);
    assert_eq!(listener.told().spans, [span]);
    let refused = ("error.type", "Refused");
    let (failed, answered) = (
        ("message", "attempt failed"),
        ("message", "attempt answered"),
    );
    let events = [
        fields([
            failed,
            ("number", "1"),
            ("http.response.status_code", "503"),
            refused,
        ]),
        fields([failed, ("number", "2"), ("error.type", "Interrupted")]),
        fields([
            answered,
            ("number", "3"),
            ("http.response.status_code", "200"),
        ]),
    ];
    assert_eq!(listener.told().events, events);
}

#[tokio::test]
async fn calls_are_told_under_the_name_of_the_vendors_crate() {
    let listener = Listener::default();
    let _listening = listen(&listener);
    let server = Server::answering([Reply::new(503), Reply::thing(), Reply::new(204)]).await;
    let client = client(&server);
    client.get(5).await.expect("a thing");
    client.approve(7).await.expect("approved");

    let mut told = listener.told().calls.clone();
    for event in &mut told {
        let time = event.remove("duration").or_else(|| event.remove("wait"));
        assert!(time.is_some_and(|time| time.ends_with('s')), "{event:?}");
    }
    let repeated = [
        ("level", "WARN"),
        ("message", "thing_get is repeated"),
        ("attempt", "1"),
        ("error.type", "Refused"),
    ];
    let got = [
        ("level", "DEBUG"),
        ("message", "thing_get"),
        ("id", "5"),
        ("attempts", "2"),
        ("http.response.status_code", "200"),
    ];
    let approved = [
        ("level", "INFO"),
        ("message", "thing_approve"),
        ("id", "7"),
        ("attempts", "1"),
        ("http.response.status_code", "204"),
    ];
    assert_eq!(told, [fields(repeated), fields(got), fields(approved)]);
}

#[tokio::test]
async fn a_failed_call_says_how() {
    let listener = Listener::default();
    let _listening = listen(&listener);
    let server = Server::answering([Reply::new(404)]).await;
    client(&server).get(5).await.expect_err("not found");
    let span = listener.told().spans.remove(0);
    assert_eq!(span["error.type"], "Refused");
    assert_eq!(span["http.response.status_code"], "404");
    assert_eq!(span["http.request.resend_count"], "0");
}

#[tokio::test]
async fn nothing_is_told_that_is_not_meant_for_logs() {
    let listener = Listener::default();
    let _listening = listen(&listener);
    let echo = |request: &crate::request::Request| Reply::new(400).body(format!("{request:?}"));
    let server = Server::start(echo).await;
    let client = client(&server);
    let brief = Duration::from_secs(5);
    client
        .get("arg-1")
        .timeout(brief)
        .await
        .expect_err("refused");
    client
        .find(&[("filter", "arg-2")])
        .await
        .expect_err("refused");
    client
        .create_with("arg-3", Some("arg-4".into()))
        .await
        .expect_err("refused");
    client.get("..").await.expect_err("not sent");
    let told = listener.told();
    assert_eq!((told.spans.len(), told.events.len()), (3, 3));
    let text = format!("{:?} {:?}", told.spans, told.events);
    for hidden in ["arg-", "filter", PASSWORD, "admin"] {
        assert!(!text.contains(hidden), "{hidden} shows: {text}");
    }
    let calls = format!("{:?}", told.calls);
    for hidden in ["arg-2", "arg-3", "arg-4", "filter", PASSWORD, "admin"] {
        assert!(!calls.contains(hidden), "{hidden} shows: {calls}");
    }
}
