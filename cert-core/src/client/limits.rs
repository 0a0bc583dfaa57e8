use std::time::Duration;

/// Timeouts and size limits of a call.
///
/// ```
/// use std::time::Duration;
/// use cert_core::client::Limits;
///
/// let mut limits = Limits::default();
/// limits.attempt = Duration::from_secs(30);
/// ```
#[doc(alias("timeout", "body size"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Time to set up a connection, TLS included. 10 s.
    pub connect: Duration,
    /// Time for one attempt, from sending to the last byte of the answer. 120 s.
    pub attempt: Duration,
    /// The same for operations that vendors answer slowly, such as enrolments. 900 s.
    pub slow_attempt: Duration,
    /// Time for the whole call: sign-in, every attempt and the waits between them. Unbounded
    /// unless set here or with [`Call::timeout`](super::Call::timeout).
    pub total: Option<Duration>,
    /// Largest answer in bytes that is read into memory, after decompression. 64 MiB.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            attempt: Duration::from_secs(120),
            slow_attempt: Duration::from_secs(900),
            total: None,
            body: 64 << 20,
        }
    }
}
