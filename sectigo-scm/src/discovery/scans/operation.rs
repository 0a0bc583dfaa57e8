use cert_core::{Time, open_enum};

use crate::{BucketId, ScanOperationId};

open_enum! {
    /// State of an operation.
    pub enum OperationStatus {
        /// Scanning.
        InProgress = "in_progress",
        /// Failed; [`ScanOperation::error`] tells why.
        Failed = "failed",
        /// Done.
        Completed = "completed",
        /// Stopped.
        Cancelled = "cancelled",
        /// Not done in the time that it had.
        Expired = "expired",
    }
}

cert_core::response! {
    /// The operations of a task.
    pub struct ScanOperationList {
        /// Number of operations. Deprecated by the vendor for the header `X-Total-Count`, which is
        /// 0 beside four operations in an example.
        pub total: Option<u64>,
        /// Operations, in an order that the vendor does not say.
        #[wire("data")]
        pub operations: Vec<ScanOperation>,
    }
}

cert_core::response! {
    /// One scan of a task.
    pub struct ScanOperation {
        /// Identifier of the operation.
        pub id: ScanOperationId,
        /// State of the operation.
        pub status: Option<OperationStatus>,
        /// Time at which the scan began.
        pub created: Option<Time>,
        /// Time of the last change.
        pub modified: Option<Time>,
        /// Bucket that gets the certificates that are found.
        #[wire("bucketId")]
        pub bucket: Option<BucketId>,
        /// Reason of a failure, in the words of the vendor.
        pub error: Option<String>,
    }
}
