//! Waiting until a certificate that was ordered can be collected.

use std::time::Duration;

use cert_core::client::{Backoff, BoxFuture, Error, ErrorKind, Json, Op};
use cert_core::{CertificateChain, CertificateSigningRequest, DecodeError};

use crate::wait::{REQUEST, Turn, Wait};
use crate::{CertificateFile, CertificateFormat, Client, ErrorCode};

/// The wait for a certificate that was ordered: await it for the chain, the leaf first, or look
/// by look.
///
/// It gives up after an hour unless [`within`](Self::within) says otherwise; issuance takes from
/// seconds to hours, and a request may wait for its approval much longer. The waits between two
/// looks double from 2 s to a minute, half of each random; a longer `Retry-After` of the
/// vendor's takes its place. A look takes at most two minutes. Dropping the wait ends it; the
/// order stays.
///
/// ```no_run
/// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::IssuanceError> {
/// use std::time::Duration;
/// use sectigo_scm::Look;
///
/// let chain = scm.ssl().wait_for_issuance(876).await?;
///
/// let mut wait = scm.ssl().wait_for_issuance(877).within(Duration::from_secs(4 * 3600));
/// let chain = loop {
///     match wait.look().await? {
///         Look::Issued(chain) => break chain,
///         Look::NotYet(progress) => println!("{:?}", progress.status),
///     }
/// };
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`IssuanceError`] tells a request that was declined, rejected or revoked from one that is not
/// ready in time, and from a call that failed.
#[derive(Debug)]
#[must_use = "nothing is asked before it is awaited"]
pub struct Issuance<'c> {
    client: &'c Client,
    operations: &'static Operations,
    id: i64,
    wait: Wait,
    key: Option<Vec<u8>>,
}

/// The operations of one kind of certificate that a wait needs.
#[derive(Debug)]
pub(crate) struct Operations {
    pub(crate) collect: &'static Op,
    pub(crate) get: &'static Op,
}

/// Result of a look at a certificate.
#[derive(Debug)]
pub enum Look {
    /// The certificate with its chain, the leaf first.
    Issued(CertificateChain),
    /// No certificate yet.
    NotYet(IssuanceProgress),
}

/// A look that found no certificate yet.
#[derive(Debug)]
#[non_exhaustive]
pub struct IssuanceProgress {
    /// Number of looks, this one included.
    pub looks: u32,
    /// Time since the first look began.
    pub elapsed: Duration,
    /// Status of the certificate in the vendor's words, if that could be asked.
    pub status: Option<String>,
    /// Reason why there is no certificate yet: the vendor's refusal, or a failure that may pass.
    pub reason: Error,
    /// Time until the next look.
    pub next_look: Duration,
}

cert_core::response! {
    /// Details of a certificate, as far as a wait needs them.
    struct Standing {
        status: Option<String>,
    }
}

impl<'c> Issuance<'c> {
    pub(crate) fn new(client: &'c Client, operations: &'static Operations, id: i64) -> Self {
        Self {
            client,
            operations,
            id,
            wait: Wait::new(),
            key: None,
        }
    }

    /// Gives up after `time`; the last look begins when it is over.
    pub fn within(mut self, time: Duration) -> Self {
        self.wait.longest = time;
        self
    }

    /// Waiting times between two looks.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.wait.backoff = backoff;
        self
    }

    /// Waits for the certificate of this CSR's key. A replacement keeps the number of the
    /// certificate, and the old one can be collected until the new one is there.
    pub fn for_key_of(mut self, csr: &CertificateSigningRequest) -> Self {
        self.key = Some(csr.public_key_der().to_vec());
        self
    }

    /// Looks for the certificate: the first time at once, then after a wait.
    ///
    /// # Errors
    ///
    /// [`IssuanceError`] where no certificate will come, or none came in time.
    pub async fn look(&mut self) -> Result<Look, IssuanceError> {
        self.wait.due().await;
        let reason = match self.collect().await? {
            Ok(chain) => return Ok(Look::Issued(chain)),
            Err(reason) => reason,
        };
        let status = self.status().await?;
        let turn = self.wait.turn(reason.retry_after());
        let Turn { looks, elapsed, .. } = turn;
        match turn.next_look {
            Some(next_look) => Ok(Look::NotYet(IssuanceProgress {
                looks,
                elapsed,
                status,
                reason,
                next_look,
            })),
            None => Err(IssuanceError::TimedOut {
                elapsed,
                looks,
                status,
                reason,
            }),
        }
    }

    async fn chain(mut self) -> Result<CertificateChain, IssuanceError> {
        loop {
            if let Look::Issued(chain) = self.look().await? {
                return Ok(chain);
            }
        }
    }

    /// The chain, or why there is none yet.
    async fn collect(&self) -> Result<Result<CertificateChain, Error>, IssuanceError> {
        let call = self.client.call::<CertificateFile>(self.operations.collect);
        let call = call
            .path(self.id)
            .query(&[("format", CertificateFormat::Pem)]);
        let file = match call.timeout(REQUEST).await {
            Ok(file) => file,
            Err(error) => return not_yet(error).map(Err),
        };
        let chain = CertificateChain::parse(&file.bytes)?;
        let wanted = self.key.as_deref();
        Ok(
            match wanted.is_none_or(|key| key == chain.leaf().public_key_der()) {
                true => Ok(chain),
                false => Err(Error::unexpected(
                    "the certificate is still that of another key",
                )),
            },
        )
    }

    /// The status in the vendor's words, unless no certificate follows it: it alone does not
    /// tell that a certificate is ready, as it says so before collecting works.
    async fn status(&self) -> Result<Option<String>, IssuanceError> {
        let call = self.client.call::<Json<Standing>>(self.operations.get);
        let status = match call.path(self.id).timeout(REQUEST).await {
            Ok(standing) => standing.status,
            Err(error) if error.is_transient() => None,
            Err(error) => return Err(error.into()),
        };
        status.as_deref().map_or(Ok(()), still_possible)?;
        Ok(status)
    }
}

impl<'c> IntoFuture for Issuance<'c> {
    type Output = Result<CertificateChain, IssuanceError>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.chain())
    }
}

/// Reason why no certificate was issued, or none yet.
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
    /// No certificate in time; it may still come.
    #[error(
        "no certificate after {} s and {looks} looks, status {}",
        elapsed.as_secs(),
        status.as_deref().unwrap_or("unknown")
    )]
    #[non_exhaustive]
    TimedOut {
        /// Duration of the wait.
        elapsed: Duration,
        /// Number of looks.
        looks: u32,
        /// Last status of the certificate, in the vendor's words.
        status: Option<String>,
        /// Error that answered the last look.
        #[source]
        reason: Error,
    },
    /// Unreadable certificate: what was collected is none.
    #[error("the collected certificate cannot be read")]
    Unreadable(#[from] DecodeError),
    /// A call failed in a way that waiting does not mend.
    #[error("the wait for the certificate failed")]
    Failed(#[from] Error),
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

/// Refuses the states that no certificate follows, in whichever case a kind of certificate writes
/// them.
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
