//! Waiting for the end of a scan.

use std::time::Duration;

use cert_core::client::{Backoff, BoxFuture, Empty, Error, Op, escaped};

use super::{OperationStatus, ScanOperation, ScanOperations};
use crate::ScanOperationId;
use crate::wait::{REQUEST, Turn, Wait};

/// The wait for the end of a scan: await it for the operation, or look by look.
///
/// It gives up after an hour unless [`within`](Self::within) says otherwise. The waits between
/// two looks double from 2 s to a minute, half of each random; a longer `Retry-After` of the
/// vendor's takes its place. Dropping the wait ends it; the scan runs on.
///
/// The operation that it sees first is followed to its end. The status of a task is not looked at:
/// it tells the latest scan, and right after a start that may be the one before.
///
/// ```no_run
/// # use sectigo_scm::discovery::ScanError;
/// # async fn demo(scm: sectigo_scm::Client) -> Result<(), ScanError> {
/// use std::time::Duration;
/// use sectigo_scm::discovery::ScanLook;
///
/// let tasks = scm.discovery().network_tasks();
/// let done = tasks.scan(174004).within(Duration::from_secs(4 * 3600)).await?;
/// let mut found = tasks.operations(174004).results(&done.id);
/// while let Some(result) = found.next().await {
///     println!("{:?}", result?.location);
/// }
///
/// let mut wait = tasks.wait_for_scan(174005);
/// let done = loop {
///     match wait.look().await? {
///         ScanLook::Completed(operation) => break operation,
///         ScanLook::NotYet(progress) => println!("in {:?} again", progress.next_look),
///     }
/// };
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`ScanError`] tells a scan that failed, was stopped or expired from one that is not done in
/// time, and from a call that failed. A start is sent once: where its answer is lost
/// ([`may_have_run`](Error::may_have_run)),
/// [`Tasks::wait_for_scan`](crate::discovery::Tasks::wait_for_scan) finds the scan, if there is one.
#[derive(Debug)]
#[must_use = "nothing is asked before it is awaited"]
pub struct Scan<'c> {
    operations: ScanOperations<'c>,
    /// The operation that starts the scan, while that is still to be done.
    start: Option<&'static Op>,
    target: Target,
    wait: Wait,
}

/// The operation that is followed.
#[derive(Debug)]
enum Target {
    /// The latest one that is not among these.
    Latest(Vec<ScanOperationId>),
    This(ScanOperationId),
}

/// Result of a look at a scan.
#[derive(Debug)]
pub enum ScanLook {
    /// The scan is done.
    Completed(ScanOperation),
    /// The scan is not done yet.
    NotYet(ScanProgress),
}

/// A look that found a scan not done yet.
#[derive(Debug)]
#[non_exhaustive]
pub struct ScanProgress {
    /// Number of looks, this one included.
    pub looks: u32,
    /// Time since the first look began.
    pub elapsed: Duration,
    /// Operation, where there is one yet and the vendor could be asked.
    pub operation: Option<ScanOperation>,
    /// Failure of the look that may pass, where there was one.
    pub failure: Option<Error>,
    /// Time until the next look.
    pub next_look: Duration,
}

impl<'c> Scan<'c> {
    pub(in super::super) fn started(operations: ScanOperations<'c>, start: &'static Op) -> Self {
        Self {
            start: Some(start),
            ..Self::latest(operations)
        }
    }

    pub(in super::super) fn latest(operations: ScanOperations<'c>) -> Self {
        Self {
            operations,
            start: None,
            target: Target::Latest(Vec::new()),
            wait: Wait::new(),
        }
    }

    pub(super) fn of(operations: ScanOperations<'c>, id: ScanOperationId) -> Self {
        Self {
            target: Target::This(id),
            ..Self::latest(operations)
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

    /// Looks at the scan: the first time at once, then after a wait. The first look starts the
    /// scan, where that is asked for.
    ///
    /// # Errors
    ///
    /// [`ScanError`] where the scan will not be done, or was not in time.
    pub async fn look(&mut self) -> Result<ScanLook, ScanError> {
        self.begin().await?;
        self.wait.due().await;
        let (operation, failure) = match self.ask().await? {
            Ok(Some(found)) if is_completed(&found)? => return Ok(ScanLook::Completed(found)),
            Ok(found) => (found, None),
            Err(failure) => (None, Some(failure)),
        };
        let turn = self
            .wait
            .turn(failure.as_ref().and_then(Error::retry_after));
        let Turn { looks, elapsed, .. } = turn;
        match turn.next_look {
            Some(next_look) => Ok(ScanLook::NotYet(ScanProgress {
                looks,
                elapsed,
                operation,
                failure,
                next_look,
            })),
            None => Err(ScanError::TimedOut {
                elapsed,
                looks,
                operation: operation.map(Box::new),
                failure,
            }),
        }
    }

    async fn completion(mut self) -> Result<ScanOperation, ScanError> {
        loop {
            if let ScanLook::Completed(found) = self.look().await? {
                return Ok(found);
            }
        }
    }

    /// Starts the scan, once, after a look at the operations that are there before.
    async fn begin(&mut self) -> Result<(), Error> {
        if self.start.is_none() {
            return Ok(());
        }
        let before = self.operations.list().timeout(REQUEST).await?;
        let before = before.operations.into_iter();
        self.target = Target::Latest(before.map(|operation| operation.id).collect());
        match self.start.take() {
            Some(start) => self.operations.of_task::<Empty>(start).await,
            None => Ok(()),
        }
    }

    /// The operation that is followed, or a failure that may pass.
    async fn ask(&mut self) -> Result<Result<Option<ScanOperation>, Error>, Error> {
        match self.operations.list().timeout(REQUEST).await {
            Ok(list) => Ok(Ok(self.pick(list.operations))),
            Err(failure) if failure.is_transient() => Ok(Err(failure)),
            Err(error) => Err(error),
        }
    }

    fn pick(&mut self, all: Vec<ScanOperation>) -> Option<ScanOperation> {
        let found = match &self.target {
            Target::This(id) => all.into_iter().find(|operation| operation.id == *id),
            Target::Latest(before) => all
                .into_iter()
                .filter(|operation| !before.contains(&operation.id))
                .max_by(|one, other| one.created.cmp(&other.created)),
        }?;
        self.target = Target::This(found.id.clone());
        Some(found)
    }
}

fn is_completed(found: &ScanOperation) -> Result<bool, ScanError> {
    let operation = || Box::new(found.clone());
    match &found.status {
        Some(OperationStatus::Completed) => Ok(true),
        Some(OperationStatus::Failed) => Err(ScanError::ScanFailed(operation())),
        Some(OperationStatus::Cancelled) => Err(ScanError::Cancelled(operation())),
        Some(OperationStatus::Expired) => Err(ScanError::Expired(operation())),
        Some(OperationStatus::InProgress | OperationStatus::Unknown(_)) | None => Ok(false),
    }
}

impl<'c> IntoFuture for Scan<'c> {
    type Output = Result<ScanOperation, ScanError>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.completion())
    }
}

/// Error of a wait: a scan is not done, or not yet.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScanError {
    /// The scan failed.
    #[error("the scan failed: {}", escaped(.0.error.as_deref().unwrap_or("no reason is told")))]
    ScanFailed(Box<ScanOperation>),
    /// The scan was stopped.
    #[error("the scan was stopped")]
    Cancelled(Box<ScanOperation>),
    /// The scan took longer than the vendor lets it.
    #[error("the scan was not done in the time that the vendor gives it")]
    Expired(Box<ScanOperation>),
    /// The scan is not done in time; it runs on.
    #[error("the scan is not done after {} s and {looks} looks", elapsed.as_secs())]
    #[non_exhaustive]
    TimedOut {
        /// Time that the wait took.
        elapsed: Duration,
        /// Number of looks.
        looks: u32,
        /// Result of the last look.
        operation: Option<Box<ScanOperation>>,
        /// Failure of the last look, where there was one.
        #[source]
        failure: Option<Error>,
    },
    /// A call failed in a way that waiting does not mend.
    #[error("the wait for the scan failed")]
    Failed(#[from] Error),
}
