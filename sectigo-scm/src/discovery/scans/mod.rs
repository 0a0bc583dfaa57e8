mod operation;
mod result;
mod wait;

use cert_core::client::{Call, Empty, Json, Op, Pages};

pub use self::operation::{OperationStatus, ScanOperation, ScanOperationList};
pub use self::result::{
    FindingOperation, FoundCertificate, FoundCertificateMetadata, Handshake, ScanLocation,
    ScanLocationDetails, ScanResult,
};
pub use self::wait::{Scan, ScanError, ScanLook, ScanProgress};
use super::{DataList, TaskType, operations as ops};
use crate::paging::{PAGE_SIZE, PageQuery};
use crate::{Client, ScanOperationId, ScanTaskId};

/// The operations of a task: its scans, one by one. Made by
/// [`Tasks::operations`](super::Tasks::operations) or
/// [`Discovery::operations`](super::Discovery::operations).
#[derive(Debug, Clone)]
pub struct ScanOperations<'c> {
    client: &'c Client,
    task_type: TaskType,
    task: ScanTaskId,
}

impl<'c> ScanOperations<'c> {
    pub(super) fn new(client: &'c Client, task_type: TaskType, task: ScanTaskId) -> Self {
        Self {
            client,
            task_type,
            task,
        }
    }

    /// Lists the operations of the task.
    ///
    /// `GET /api/discovery/v1/{taskType}/{taskId}/operation`
    #[inline]
    pub fn list(&self) -> Call<'c, Json<ScanOperationList>> {
        self.call(&ops::LIST_OPERATIONS)
    }

    /// Stops an operation.
    ///
    /// `POST /api/discovery/v1/{taskType}/{taskId}/operation/{operationId}/stop`
    #[inline]
    pub fn stop(&self, id: impl Into<ScanOperationId>) -> Call<'c, Empty> {
        self.call(&ops::STOP_OPERATION).path(id.into())
    }

    /// Certificates that an operation found, each with its place, in pages of at most 200.
    ///
    /// `GET /api/discovery/v1/{type}/{taskId}/operation/{opId}/result`
    #[inline]
    pub fn results(&self, id: impl Into<ScanOperationId>) -> Pages<'c, DataList<ScanResult>> {
        let (operations, id) = (self.clone(), id.into());
        Pages::new(PAGE_SIZE, move |window| {
            operations
                .call(&ops::GET_OPERATION_RESULT)
                .path(&id)
                .query(&PageQuery::from(window))
        })
    }

    /// Waits for the end of an operation.
    #[inline]
    pub fn wait_for_end(&self, id: impl Into<ScanOperationId>) -> Scan<'c> {
        Scan::of(self.clone(), id.into())
    }

    /// A call that has the kind and the number of the task in its path.
    fn call<R>(&self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op).path(&self.task_type).path(self.task)
    }

    /// A call that has the number of the task alone in its path.
    fn of_task<R>(&self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op).path(self.task)
    }
}
