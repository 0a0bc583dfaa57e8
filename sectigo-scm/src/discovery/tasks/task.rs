use cert_core::client::{Envelope, Error, Row};
use cert_core::open_enum;
use serde::{Deserialize, Deserializer};

use super::{Frequency, ScannedRange, TimeOfDay};
use crate::{AzureAccountId, BucketId, ScanTaskId};

open_enum! {
    /// State of the latest scan of a task. Filters and answers spell it differently.
    pub enum TaskStatus {
        /// Scanning.
        InProcess = "IN_PROCESS" | "Scan in process",
        /// Failed.
        Failed = "FAILED" | "Scan FAILED",
        /// Stopped by an administrator.
        Canceled = "CANCELED" | "Scan CANCELED by user",
        /// Done.
        Successful = "SUCCESSFUL" | "Scan completed (Successful)",
        /// Done in part.
        PartiallySuccessful = "PARTIAL_SUCCESSFUL" | "Scan completed (Partial SUCCESSFUL)",
        /// Scanned; what was found is being taken over.
        ProcessingResult = "PROCESSING_RESULT" | "Scan completed (Processing Result)",
        /// Without a status, as a filter; answers have `None` then.
        Unset = "null",
    }
}

open_enum! {
    /// Kind of scan task.
    pub enum TaskType {
        /// Scans an Active Directory.
        ActiveDirectory = "ad_task",
        /// Scans a network.
        Network = "net_task",
        /// Scans a key vault in Azure.
        Azure = "azure_task",
    }
}

cert_core::request! {
    /// Filter of tasks to list; empty, all that the administrator may see.
    ///
    /// ```
    /// use sectigo_scm::discovery::{TaskFilter, TaskStatus};
    ///
    /// let failed = TaskFilter::new().status(TaskStatus::Failed);
    /// ```
    pub struct TaskFilter() {
        /// Name of the task, or part of it.
        name: String,
        /// State of the latest scan.
        status: TaskStatus,
    }
}

cert_core::response! {
    /// A row of the list of tasks; `get` tells the rest.
    pub struct TaskSummary {
        /// Number of the task.
        #[wire("taskId")]
        pub id: ScanTaskId,
        /// Name of the task.
        pub name: Option<String>,
        /// State of the latest scan; null for some tasks, presumably those that never ran.
        pub status: Option<TaskStatus>,
    }
}

impl Row for TaskSummary {
    type Id = ScanTaskId;

    fn id(&self) -> &ScanTaskId {
        &self.id
    }
}

cert_core::response! {
    /// A certificate bucket with its name.
    pub struct BucketReference {
        /// Identifier of the bucket.
        pub id: Option<BucketId>,
        /// Name of the bucket.
        pub name: Option<String>,
    }
}

/// Declares a kind of task with what all kinds have.
macro_rules! task {
    ($(#[$meta:meta])* pub struct $name:ident { $($own:tt)* }) => {
        cert_core::response! {
            $(#[$meta])*
            pub struct $name {
                /// Name of the task.
                pub name: Option<String>,
                /// Bucket that gets the certificates that are found.
                #[wire("certificateBucket")]
                pub bucket: Option<BucketReference>,
                /// State of the latest scan.
                pub status: Option<TaskStatus>,
                /// Time between two scans.
                pub frequency: Option<Frequency>,
                /// Time zone in the words of the vendor.
                pub time_zone: Option<String>,
                /// Time of the day, in that zone.
                pub time: Option<TimeOfDay>,
                /// Month, 1 for January.
                pub month: Option<u32>,
                /// Day of the month.
                pub day_of_month: Option<u32>,
                /// Day of the week, 1 for Monday.
                pub day_of_week: Option<u32>,
                /// Year.
                pub year: Option<i32>,
                $($own)*
            }
        }

        impl CountedFromZero for $name {
            fn counted_from_one(self) -> Self {
                Self {
                    month: later(self.month),
                    day_of_month: later(self.day_of_month),
                    day_of_week: later(self.day_of_week),
                    ..self
                }
            }
        }
    };
}

task! {
    /// Task that scans a network.
    pub struct NetworkTask {
        /// Name of the agent that scans.
        pub agent: Option<String>,
        /// Addresses and ports that are scanned.
        pub ranges: Vec<ScannedRange>,
    }
}

task! {
    /// Task that scans an Active Directory.
    pub struct ActiveDirectoryTask {
        /// Name or identifier of the Microsoft agent that scans.
        pub agent: Option<String>,
        /// Depth of the tree to which the scan goes.
        pub depth: Option<u32>,
        /// Domains that are scanned.
        #[wire("domainDefinition")]
        pub domains: Option<String>,
    }
}

task! {
    /// Task that scans a key vault in Azure.
    pub struct AzureTask {
        /// Azure account that the vault belongs to.
        #[wire("azureAccountId")]
        pub account: Option<AzureAccountId>,
        /// Name of the Azure resource group.
        pub resource_group: Option<String>,
        /// Name of the key vault.
        pub key_vault: Option<String>,
    }
}

fn later(part: Option<u32>) -> Option<u32> {
    part.map(|part| part.saturating_add(1))
}

/// A task whose months and days the versions before the newest count from 0.
pub trait CountedFromZero {
    /// The same, counted from 1.
    #[must_use]
    fn counted_from_one(self) -> Self;
}

/// Task as the versions before the newest answer it: months and days are counted from 0 there, as
/// their requests do, and from 1 in the task that comes out.
#[derive(Debug)]
pub struct Earlier<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Earlier<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T: CountedFromZero + for<'de> Deserialize<'de>> Envelope for Earlier<T> {
    type Value = T;

    fn open(self) -> Result<T, Error> {
        Ok(self.0.counted_from_one())
    }
}

cert_core::response! {
    /// The answer to a new task of version 2: its number.
    pub struct CreatedTask {
        #[wire("taskId")]
        id: ScanTaskId,
    }
}

impl Envelope for CreatedTask {
    type Value = ScanTaskId;

    fn open(self) -> Result<ScanTaskId, Error> {
        Ok(self.id)
    }
}
