//! Waiting until the files of a request are signed.

use std::time::Duration;

use cert_core::client::{Backoff, BoxFuture, Error};

use super::{CodeSigningRequests, SigningRequest, SigningState};
use crate::SigningRequestId;
use crate::wait::{REQUEST, Turn, Wait};

/// The wait for signed files: await it for the request with its files, or look by look.
///
/// It gives up after an hour unless [`within`](Self::within) says otherwise; a request may wait
/// for its approval much longer. The waits between two looks double from 2 s to a minute, half of
/// each random; a longer `Retry-After` of the vendor's takes its place. Dropping the wait ends it;
/// the request stays.
///
/// ```no_run
/// # use sectigo_scm::code_signing_requests::SigningError;
/// # async fn demo(scm: sectigo_scm::Client) -> Result<(), SigningError> {
/// use std::time::Duration;
/// use sectigo_scm::code_signing_requests::SigningLook;
///
/// let day = Duration::from_secs(24 * 3600);
/// let mut wait = scm.code_signing_requests().wait_for_signatures(5).within(day);
/// let signed = loop {
///     match wait.look().await? {
///         SigningLook::Signed(request) => break request,
///         SigningLook::NotYet(progress) => println!("in {:?} again", progress.next_look),
///     }
/// };
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`SigningError`] tells a request that was declined, failed or expired from one that is not
/// signed in time, and from a call that failed.
#[derive(Debug)]
#[must_use = "nothing is asked before it is awaited"]
pub struct Signing<'c> {
    requests: CodeSigningRequests<'c>,
    id: SigningRequestId,
    wait: Wait,
}

/// Result of a look at a request.
#[derive(Debug)]
pub enum SigningLook {
    /// The files are signed.
    Signed(SigningRequest),
    /// The files are not signed yet.
    NotYet(SigningProgress),
}

/// A look that found the files not signed yet.
#[derive(Debug)]
#[non_exhaustive]
pub struct SigningProgress {
    /// Number of looks, this one included.
    pub looks: u32,
    /// Time since the first look began.
    pub elapsed: Duration,
    /// State of the request, if it could be asked.
    pub state: Option<SigningState>,
    /// Failure of the look that may pass, where there was one.
    pub failure: Option<Error>,
    /// Time until the next look.
    pub next_look: Duration,
}

impl<'c> Signing<'c> {
    pub(super) fn new(requests: CodeSigningRequests<'c>, id: SigningRequestId) -> Self {
        Self {
            requests,
            id,
            wait: Wait::new(),
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

    /// Looks at the request: the first time at once, then after a wait.
    ///
    /// # Errors
    ///
    /// [`SigningError`] where the files will not be signed, or were not in time.
    pub async fn look(&mut self) -> Result<SigningLook, SigningError> {
        self.wait.due().await;
        let (state, failure) = match self.ask().await? {
            Ok(found) if is_signed(&found)? => return Ok(SigningLook::Signed(found)),
            Ok(found) => (found.state, None),
            Err(failure) => (None, Some(failure)),
        };
        let asked = failure.as_ref().and_then(Error::retry_after);
        let Turn {
            looks,
            elapsed,
            next_look,
        } = self.wait.turn(asked);
        match next_look {
            Some(next_look) => Ok(SigningLook::NotYet(SigningProgress {
                looks,
                elapsed,
                state,
                failure,
                next_look,
            })),
            None => Err(SigningError::TimedOut {
                elapsed,
                looks,
                state,
                failure,
            }),
        }
    }

    async fn signed(mut self) -> Result<SigningRequest, SigningError> {
        loop {
            if let SigningLook::Signed(request) = self.look().await? {
                return Ok(request);
            }
        }
    }

    /// The request, or a failure that may pass.
    async fn ask(&self) -> Result<Result<SigningRequest, Error>, Error> {
        match self.requests.get(self.id).timeout(REQUEST).await {
            Ok(found) => Ok(Ok(found)),
            Err(failure) if failure.is_transient() => Ok(Err(failure)),
            Err(error) => Err(error),
        }
    }
}

fn is_signed(request: &SigningRequest) -> Result<bool, SigningError> {
    match &request.state {
        Some(SigningState::Signed) => Ok(true),
        Some(SigningState::Declined) => Err(SigningError::Declined),
        Some(SigningState::Failed) => Err(SigningError::Unsigned),
        Some(SigningState::Expired) => Err(SigningError::Expired),
        _ => Ok(false),
    }
}

impl<'c> IntoFuture for Signing<'c> {
    type Output = Result<SigningRequest, SigningError>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.signed())
    }
}

/// Error of a wait: the files are not signed, or not yet.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
    /// An administrator declined the request.
    #[error("the request to sign files was declined")]
    Declined,
    /// Sectigo could not sign the files.
    #[error("the files could not be signed")]
    Unsigned,
    /// The time of the request is over: make a new one.
    #[error("the request to sign files is expired: make a new one")]
    Expired,
    /// The files are not signed in time; they may still be.
    #[error("no signed files after {} s and {looks} looks", elapsed.as_secs())]
    #[non_exhaustive]
    TimedOut {
        /// Time that the wait took.
        elapsed: Duration,
        /// Number of looks.
        looks: u32,
        /// State at the last look, if it could be asked.
        state: Option<SigningState>,
        /// Failure of the last look, where there was one.
        #[source]
        failure: Option<Error>,
    },
    /// A call failed in a way that waiting does not mend.
    #[error("the wait for the signed files failed")]
    Failed(#[from] Error),
}
