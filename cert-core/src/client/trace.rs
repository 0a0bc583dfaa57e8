//! Spans and events (feature `tracing`), with OpenTelemetry's names for HTTP clients.
//!
//! Never bodies, query values, headers or path arguments: the path template stands for the URL.

use http::StatusCode;

use super::{Answer, Caller, Error, ErrorKind, Op};

/// Runs a call in a span of its own.
#[cfg(feature = "tracing")]
pub(crate) async fn call(
    caller: &Caller,
    op: &'static Op,
    call: impl Future<Output = Result<Answer, Error>>,
) -> Result<Answer, Error> {
    use tracing::Instrument as _;
    use tracing::field::Empty;

    let span = tracing::debug_span!(
        "call",
        otel.name = op.name(),
        otel.kind = "client",
        peer.service = caller.vendor().name(),
        server.address = caller.base_url().host_str(),
        server.port = caller.base_url().port_or_known_default(),
        http.request.method = op.method().as_str(),
        url.template = op.path(),
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.type = Empty,
    );
    let outcome = call.instrument(span.clone()).await;
    let (status, attempts) = match &outcome {
        Ok(answer) => (Some(answer.status), answer.attempts()),
        Err(error) => {
            span.record("error.type", tracing::field::debug(error.kind()));
            (error.status(), error.attempts())
        }
    };
    span.record(
        "http.response.status_code",
        status.map(|status| status.as_u16()),
    );
    span.record("http.request.resend_count", attempts.saturating_sub(1));
    outcome
}

#[cfg(not(feature = "tracing"))]
pub(crate) async fn call(
    _: &Caller,
    _: &'static Op,
    call: impl Future<Output = Result<Answer, Error>>,
) -> Result<Answer, Error> {
    call.await
}

/// Tells how an attempt ended.
#[cfg(feature = "tracing")]
pub(crate) fn attempt(number: u32, status: Option<StatusCode>, failure: Option<ErrorKind>) {
    let status = status.map(|status| status.as_u16());
    match failure {
        None => tracing::debug!(
            number,
            http.response.status_code = status,
            "attempt answered"
        ),
        Some(failure) => tracing::debug!(
            number,
            http.response.status_code = status,
            error.type = ?failure,
            "attempt failed"
        ),
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn attempt(_: u32, _: Option<StatusCode>, _: Option<ErrorKind>) {}

/// Tells that a failed attempt is made again.
#[cfg(feature = "tracing")]
pub(crate) fn retry(number: u32, wait: std::time::Duration, failure: ErrorKind) {
    tracing::warn!(number, wait = ?wait, error.type = ?failure, "attempt is repeated");
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn retry(_: u32, _: std::time::Duration, _: ErrorKind) {}
