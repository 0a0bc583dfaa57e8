//! Waiting until control of a domain is proven.

use std::time::Duration;

use cert_core::client::{Backoff, BoxFuture, Error};

use super::{DomainValidation, DomainValidations, OrderStatus};
use crate::domains::ValidationStatus;
use crate::wait::{REQUEST, Turn, Wait};

/// The wait for the proof of control of a domain: await it for the validation, or look by look.
///
/// It gives up after an hour unless [`within`](Self::within) says otherwise. The waits between
/// two looks double from 2 s to a minute, half of each random; a longer `Retry-After` of the
/// vendor's takes its place. Dropping the wait ends it; the order stays. A look reads what the
/// vendor knows; [`sync`](DomainValidations::sync) between two looks has it ask the CA.
///
/// ```no_run
/// # use sectigo_scm::domain_validations::ValidationError;
/// # async fn demo(scm: sectigo_scm::Client) -> Result<(), ValidationError> {
/// use std::time::Duration;
/// use sectigo_scm::domain_validations::ValidationLook;
///
/// let validations = scm.domain_validations();
/// let proven = validations.wait_for_validation("example.com").await?;
/// println!("until {:?}", proven.expires);
///
/// let mut wait = validations
///     .wait_for_validation("example.org")
///     .within(Duration::from_secs(24 * 3600));
/// let proven = loop {
///     match wait.look().await? {
///         ValidationLook::Validated(proven) => break proven,
///         ValidationLook::NotYet(progress) => println!("in {:?} again", progress.next_look),
///     }
/// };
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`ValidationError`] tells an order that was rejected, or is not under way at all, from one
/// that is not carried out in time, and from a call that failed.
#[derive(Debug)]
#[must_use = "nothing is asked before it is awaited"]
pub struct Validation<'c> {
    validations: DomainValidations<'c>,
    domain: String,
    renewal: bool,
    wait: Wait,
}

/// Result of a look at a validation.
#[derive(Debug)]
pub enum ValidationLook {
    /// Control of the domain is proven.
    Validated(DomainValidation),
    /// Control of the domain is not proven yet.
    NotYet(ValidationProgress),
}

/// A look that found control of the domain not proven yet.
#[derive(Debug)]
#[non_exhaustive]
pub struct ValidationProgress {
    /// Number of looks, this one included.
    pub looks: u32,
    /// Time since the first look began.
    pub elapsed: Duration,
    /// State that the vendor tells of the validation, if it could be asked.
    pub validation: Option<DomainValidation>,
    /// Failure of the look that may pass, where there was one.
    pub failure: Option<Error>,
    /// Time until the next look.
    pub next_look: Duration,
}

impl<'c> Validation<'c> {
    pub(super) fn new(validations: DomainValidations<'c>, domain: &str) -> Self {
        Self {
            validations,
            domain: domain.to_owned(),
            renewal: false,
            wait: Wait::new(),
        }
    }

    /// Gives up after `time`; the last look begins when it is over.
    pub fn within(mut self, time: Duration) -> Self {
        self.wait.longest = time;
        self
    }

    /// Time to wait between two looks.
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.wait.backoff = backoff;
        self
    }

    /// Waits until the order is over, too. An earlier proof holds while a new one is under way,
    /// and would end the wait at once.
    pub fn for_renewal(mut self) -> Self {
        self.renewal = true;
        self
    }

    /// Looks at the validation: the first time at once, then after a wait.
    ///
    /// # Errors
    ///
    /// [`ValidationError`] where control will not be proven, or was not in time.
    pub async fn look(&mut self) -> Result<ValidationLook, ValidationError> {
        self.wait.due().await;
        let (validation, failure) = match self.ask().await? {
            Ok(found) if self.is_proven(&found)? => return Ok(ValidationLook::Validated(found)),
            Ok(found) => (Some(found), None),
            Err(failure) => (None, Some(failure)),
        };
        let turn = self
            .wait
            .turn(failure.as_ref().and_then(Error::retry_after));
        let Turn { looks, elapsed, .. } = turn;
        match turn.next_look {
            Some(next_look) => Ok(ValidationLook::NotYet(ValidationProgress {
                looks,
                elapsed,
                validation,
                failure,
                next_look,
            })),
            None => Err(ValidationError::TimedOut {
                elapsed,
                looks,
                validation: validation.map(Box::new),
                failure,
            }),
        }
    }

    async fn validation(mut self) -> Result<DomainValidation, ValidationError> {
        loop {
            if let ValidationLook::Validated(found) = self.look().await? {
                return Ok(found);
            }
        }
    }

    /// The validation, or a failure that may pass.
    async fn ask(&self) -> Result<Result<DomainValidation, Error>, Error> {
        match self.validations.status(&self.domain).timeout(REQUEST).await {
            Ok(found) => Ok(Ok(found)),
            Err(failure) if failure.is_transient() => Ok(Err(failure)),
            Err(error) => Err(error),
        }
    }

    fn is_proven(&self, found: &DomainValidation) -> Result<bool, ValidationError> {
        let proven = found.status == Some(ValidationStatus::Validated);
        match &found.order_status {
            _ if proven && !self.renewal => Ok(true),
            Some(OrderStatus::Rejected) => Err(ValidationError::Rejected),
            Some(OrderStatus::AwaitingSubmission) => Err(ValidationError::NotSubmitted),
            Some(OrderStatus::NotInitiated) if !proven => Err(ValidationError::NotStarted),
            Some(OrderStatus::NotInitiated) | None => Ok(proven),
            Some(_) => Ok(false),
        }
    }
}

impl<'c> IntoFuture for Validation<'c> {
    type Output = Result<DomainValidation, ValidationError>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.validation())
    }
}

/// Error of a wait: control of a domain is not proven, or not yet.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValidationError {
    /// The CA rejected the order: clear it, and start anew.
    #[error("the CA rejected the validation: clear it and start anew")]
    Rejected,
    /// Nobody began to validate the domain, or it was given up.
    #[error("no validation is under way: start one, publish what it tells, and submit it")]
    NotStarted,
    /// The validation was started, and not submitted.
    #[error("the validation is not submitted: publish what was told, and submit it")]
    NotSubmitted,
    /// Control is not proven in time; it may still be.
    #[error("no proof of control after {} s and {looks} looks", elapsed.as_secs())]
    #[non_exhaustive]
    TimedOut {
        /// Time that the wait took.
        elapsed: Duration,
        /// Number of looks.
        looks: u32,
        /// Result of the last look.
        validation: Option<Box<DomainValidation>>,
        /// Failure of the last look, where there was one.
        #[source]
        failure: Option<Error>,
    },
    /// A call failed in a way that waiting does not mend.
    #[error("the wait for the validation failed")]
    Failed(#[from] Error),
}
