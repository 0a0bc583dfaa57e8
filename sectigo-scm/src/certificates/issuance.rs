//! Waiting until a certificate that was ordered can be collected.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use cert_core::client::{Call, Error, ErrorKind, Json, Retry};
use cert_core::{CertificateChain, DecodeError};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep};

use crate::{CertificateFile, CertificateFormat, ErrorCode};

/// What a request of a look may take, its repetitions included.
const REQUEST: Duration = Duration::from_secs(60);

/// How long to wait for a certificate, and how often to look.
///
/// The waits between two looks double from 2 s to a minute, half of each random; a
/// `Retry-After` of the vendor's takes its place. The last look begins when the time is over,
/// and a look takes at most two minutes.
///
/// ```
/// use std::time::Duration;
/// use sectigo_scm::Patience;
///
/// let patience = Patience::within(Duration::from_secs(4 * 3600))
///     .backoff(Duration::from_secs(5), Duration::from_secs(300))
///     .on_progress(|look| println!("{:?} after {:?}", look.status, look.elapsed));
/// ```
#[derive(Clone)]
#[must_use]
pub struct Patience {
    longest: Duration,
    backoff: Retry,
    hook: Option<Hook>,
}

type Hook = Arc<dyn Fn(&IssuanceProgress<'_>) + Send + Sync>;

impl Patience {
    /// Gives up after `time`. Issuance takes from seconds to hours; a request may wait for its
    /// approval much longer.
    pub fn within(time: Duration) -> Self {
        Self {
            longest: time,
            backoff: Retry::attempts(u32::MAX)
                .backoff(Duration::from_secs(2), Duration::from_secs(60)),
            hook: None,
        }
    }

    /// The first wait, and the longest one between two looks.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.backoff = self.backoff.backoff(first, longest);
        self
    }

    /// Calls `hook` after each look in vain.
    pub fn on_progress(
        mut self,
        hook: impl Fn(&IssuanceProgress<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.hook = Some(Arc::new(hook));
        self
    }

    fn tell(&self, progress: &IssuanceProgress<'_>) {
        if let Some(hook) = &self.hook {
            hook(progress);
        }
    }
}

impl Default for Patience {
    /// An hour.
    fn default() -> Self {
        Self::within(Duration::from_secs(3600))
    }
}

impl fmt::Debug for Patience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Patience")
            .field("longest", &self.longest)
            .field("backoff", &self.backoff)
            .finish_non_exhaustive()
    }
}

/// A look that found no certificate yet.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct IssuanceProgress<'a> {
    /// How many looks there were, this one included.
    pub looks: u32,
    /// How long the wait has taken.
    pub elapsed: Duration,
    /// Where the certificate stands in the vendor's words, if that could be asked.
    pub status: Option<&'a str>,
    /// Why there is no certificate yet: the vendor's refusal, or a failure that may pass.
    pub reason: &'a Error,
    /// In how long it is looked at again.
    pub next_look: Duration,
}

/// Why there is no certificate to wait for, or none yet.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IssuanceError {
    /// Somebody declined the request.
    #[error("the request for the certificate was declined")]
    Declined,
    /// The CA refused the order, it cannot be carried out, or its time is over.
    #[error("there will be no certificate: its status is {status}")]
    Rejected {
        /// The status, in the vendor's words.
        status: String,
    },
    /// The certificate was revoked, and cannot be collected any more.
    #[error("the certificate is revoked")]
    Revoked,
    /// It is not there in time; it may still come.
    #[error(
        "no certificate after {} s and {looks} looks, status {}",
        elapsed.as_secs(),
        status.as_deref().unwrap_or("unknown")
    )]
    #[non_exhaustive]
    TimedOut {
        /// How long the wait took.
        elapsed: Duration,
        /// How many looks there were.
        looks: u32,
        /// Where the certificate stood last, in the vendor's words.
        status: Option<String>,
        /// What the last look was answered.
        #[source]
        reason: Error,
    },
    /// What was collected cannot be read.
    #[error("the collected certificate cannot be read")]
    Unreadable(#[from] DecodeError),
    /// A call failed in a way that waiting does not mend.
    #[error("the wait for the certificate failed")]
    Failed(#[from] Error),
}

/// Collects until there is something to collect; between two tries `get` and `status` tell
/// whether there ever will be.
///
/// The status alone does not tell that a certificate is ready: it says so before collecting
/// works.
pub(crate) async fn wait<'c, T: DeserializeOwned + Send>(
    patience: Patience,
    collect: impl Fn(CertificateFormat) -> Call<'c, CertificateFile> + Send,
    get: impl Fn() -> Call<'c, Json<T>> + Send,
    status: fn(&T) -> Option<&str>,
) -> Result<CertificateChain, IssuanceError> {
    let start = Instant::now();
    let mut looks = 0;
    loop {
        looks += 1;
        let reason = match collect(CertificateFormat::Pem).timeout(REQUEST).await {
            Ok(file) => return Ok(CertificateChain::parse(&file.bytes)?),
            Err(error) => not_yet(error)?,
        };
        let found = match get().timeout(REQUEST).await {
            Ok(certificate) => status(&certificate).map(str::to_owned),
            Err(error) if error.is_transient() => None,
            Err(error) => return Err(error.into()),
        };
        found.as_deref().map_or(Ok(()), still_possible)?;
        let elapsed = start.elapsed();
        let left = patience.longest.saturating_sub(elapsed);
        let asked = reason.retry_after();
        if left.is_zero() || asked.is_some_and(|asked| asked > left) {
            return Err(IssuanceError::TimedOut {
                elapsed,
                looks,
                status: found,
                reason,
            });
        }
        let next_look = patience
            .backoff
            .wait(looks, asked)
            .unwrap_or(left)
            .min(left);
        patience.tell(&IssuanceProgress {
            looks,
            elapsed,
            status: found.as_deref(),
            reason: &reason,
            next_look,
        });
        sleep(next_look).await;
    }
}

/// Passes an error on that may end by itself: the HTTP status decides first, then the code.
fn not_yet(error: Error) -> Result<Error, IssuanceError> {
    let refused = error.status().is_some_and(|status| status.as_u16() == 400);
    match ErrorCode::of(&error).filter(|_| refused) {
        Some(
            ErrorCode::BEING_PROCESSED
            | ErrorCode::NOT_COLLECTABLE
            | ErrorCode::STILL_PROCESSED
            | ErrorCode::NOT_COLLECTED
            | ErrorCode::NOT_AVAILABLE,
        ) => Ok(error),
        Some(ErrorCode::REVOKED | ErrorCode::NO_LONGER_COLLECTABLE) => Err(IssuanceError::Revoked),
        _ if is_empty_success(&error) || error.is_transient() => Ok(error),
        _ => Err(error.into()),
    }
}

/// An answer 200 with nothing in it, which [`CertificateFile`] refuses.
fn is_empty_success(error: &Error) -> bool {
    error.kind() == ErrorKind::Unexpected && error.body().is_empty()
}

/// Refuses the states that no certificate follows, in whichever case an area writes them.
fn still_possible(status: &str) -> Result<(), IssuanceError> {
    match status.to_ascii_lowercase().as_str() {
        "declined" => Err(IssuanceError::Declined),
        "revoked" | "pre_revoked" => Err(IssuanceError::Revoked),
        "rejected" | "invalid" | "expired" => Err(IssuanceError::Rejected {
            status: status.to_owned(),
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_that_end_the_wait_are_told_apart() {
        assert!(matches!(
            still_possible("Declined"),
            Err(IssuanceError::Declined)
        ));
        for status in ["revoked", "PRE_REVOKED"] {
            assert!(matches!(
                still_possible(status),
                Err(IssuanceError::Revoked)
            ));
        }
        let rejected = still_possible("REJECTED").expect_err("never issued");
        assert_eq!(
            rejected.to_string(),
            "there will be no certificate: its status is REJECTED"
        );
        for status in [
            "Requested",
            "APPLIED",
            "issued",
            "created",
            "Carrier Pigeon",
        ] {
            assert!(still_possible(status).is_ok(), "{status}");
        }
    }
}
