//! Spans and events (feature `tracing`), with OpenTelemetry's names for HTTP clients.
//!
//! Under target `cert_core` every call is a span at level `DEBUG`, and every attempt an event in
//! it. Under the target of a vendor crate, such as `sectigo_scm`, every call is one event with
//! what it was about, how it ended and how long it took: at `INFO` where the operation acts anew
//! at every arrival, at `DEBUG` else, and at `WARN` where an attempt is repeated.
//!
//! Never bodies, query values, headers: the path template stands for the URL, and the path's
//! arguments for what the call was about.

use std::time::Duration;

use super::{ErrorKind, Op};

/// Event of a call, told in logs under its vendor's target.
#[doc(hidden)]
#[derive(Debug)]
pub enum Told<'a> {
    /// The call ended.
    Ended {
        /// The operation.
        op: &'static Op,
        /// The arguments of the path.
        id: &'a str,
        /// The status of the last answer.
        status: Option<u16>,
        /// Number of attempts.
        attempts: u32,
        /// Duration of the call.
        elapsed: Duration,
        /// Kind of error, if the call failed.
        failure: Option<ErrorKind>,
    },
    /// An attempt failed, and is made again.
    Repeated {
        /// The operation.
        op: &'static Op,
        /// The number of the attempt.
        attempt: u32,
        /// The wait before the next attempt.
        wait: Duration,
        /// Kind of error of the attempt.
        failure: ErrorKind,
    },
}

/// Makes the vendor of a crate, whose calls are told under the crate's own name; see
/// [`Vendor::new`](crate::client::Vendor::new).
#[macro_export]
macro_rules! vendor {
    ($name:literal, $fault:path) => {
        $crate::client::Vendor::new($name, $fault).telling($crate::__teller!())
    };
}

#[doc(hidden)]
#[macro_export]
#[cfg(feature = "tracing")]
macro_rules! __teller {
    () => {{
        use $crate::__private::tracing;
        use $crate::client::{Repeatability, Told};

        macro_rules! ended {
            ($level:ident, $op:ident, $id:ident, $status:ident, $attempts:ident, $elapsed:ident,
             $failure:ident) => {
                tracing::$level!(
                    target: ::std::env!("CARGO_CRATE_NAME"),
                    id = $id,
                    http.response.status_code = $status,
                    attempts = $attempts,
                    duration = ?$elapsed,
                    error.type = $failure.map(tracing::field::debug),
                    "{}",
                    $op.name()
                )
            };
        }
        |told: &Told<'_>| match *told {
            Told::Ended { op, id, status, attempts, elapsed, failure } => {
                match op.repeatability() {
                    Repeatability::Once => {
                        ended!(info, op, id, status, attempts, elapsed, failure);
                    }
                    _ => ended!(debug, op, id, status, attempts, elapsed, failure),
                }
            }
            Told::Repeated { op, attempt, wait, failure } => tracing::warn!(
                target: ::std::env!("CARGO_CRATE_NAME"),
                attempt,
                wait = ?wait,
                error.type = ?failure,
                "{} is repeated",
                op.name()
            ),
        }
    }};
}

#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "tracing"))]
macro_rules! __teller {
    () => {
        |_: &$crate::client::Told<'_>| {}
    };
}

#[cfg(feature = "tracing")]
pub(crate) use self::told::{attempt, call, repeated};
#[cfg(not(feature = "tracing"))]
pub(crate) use self::untold::{attempt, call, repeated};

#[cfg(feature = "tracing")]
mod told {
    use std::pin::Pin;
    use std::time::{Duration, Instant};

    use http::StatusCode;
    use tracing::Instrument as _;
    use tracing::field::{Empty, debug};

    use super::Told;
    use crate::client::{Answer, Caller, Error, ErrorKind, Op};

    /// Runs a call in a span of its own, and tells how it ended.
    pub(crate) async fn call(
        caller: &Caller,
        op: &'static Op,
        id: &str,
        call: Pin<&mut impl Future<Output = Result<Answer, Error>>>,
    ) -> Result<Answer, Error> {
        let span = tracing::debug_span!(
            target: "cert_core",
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
        let start = Instant::now();
        let outcome = call.instrument(span.clone()).await;
        let (status, attempts, failure) = match &outcome {
            Ok(answer) => (Some(answer.status), answer.attempts(), None),
            Err(error) => (error.status(), error.attempts(), Some(error.kind())),
        };
        let status = status.map(|status| status.as_u16());
        if let Some(failure) = failure {
            span.record("error.type", debug(failure));
        }
        span.record("http.response.status_code", status);
        span.record("http.request.resend_count", attempts.saturating_sub(1));
        span.in_scope(|| {
            caller.vendor().tell(&Told::Ended {
                op,
                id,
                status,
                attempts,
                elapsed: start.elapsed(),
                failure,
            });
        });
        outcome
    }

    /// Tells how an attempt ended.
    pub(crate) fn attempt(number: u32, status: Option<StatusCode>, failure: Option<ErrorKind>) {
        let status = status.map(|status| status.as_u16());
        match failure {
            None => tracing::debug!(
                target: "cert_core",
                number,
                http.response.status_code = status,
                "attempt answered"
            ),
            Some(failure) => tracing::debug!(
                target: "cert_core",
                number,
                http.response.status_code = status,
                error.type = ?failure,
                "attempt failed"
            ),
        }
    }

    /// Tells that a failed attempt is made again.
    pub(crate) fn repeated(
        caller: &Caller,
        op: &'static Op,
        attempt: u32,
        wait: Duration,
        failure: ErrorKind,
    ) {
        caller.vendor().tell(&Told::Repeated {
            op,
            attempt,
            wait,
            failure,
        });
    }
}

#[cfg(not(feature = "tracing"))]
mod untold {
    use std::pin::Pin;
    use std::time::Duration;

    use http::StatusCode;

    use crate::client::{Answer, Caller, Error, ErrorKind, Op};

    pub(crate) async fn call(
        _: &Caller,
        _: &'static Op,
        _: &str,
        call: Pin<&mut impl Future<Output = Result<Answer, Error>>>,
    ) -> Result<Answer, Error> {
        call.await
    }

    pub(crate) fn attempt(_: u32, _: Option<StatusCode>, _: Option<ErrorKind>) {}

    pub(crate) fn repeated(_: &Caller, _: &'static Op, _: u32, _: Duration, _: ErrorKind) {}
}
