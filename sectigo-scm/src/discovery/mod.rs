//! Discovery: tasks that scan for certificates, the buckets that hold what is found, and the rules
//! that assign it to organizations.
//!
//! Tasks scan networks, Active Directories and key vaults in Azure. Each scan of a task is an
//! operation, with results of its own.
//!
//! ```no_run
//! use sectigo_scm::discovery::{NetworkScan, NewBucket, ScanRange, Schedule, TaskSettings};
//!
//! # async fn demo(scm: sectigo_scm::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let discovery = scm.discovery();
//! let bucket = discovery.buckets().create(&NewBucket::new("public network")).await?;
//! let bucket = bucket.id.ok_or("the vendor did not tell the bucket")?;
//!
//! let scan = NetworkScan::new("Cloud", [ScanRange::new("198.51.100.0/24").ports(443)]);
//! let task = TaskSettings::new("public network", bucket, Schedule::manual(), scan);
//! let tasks = discovery.network_tasks();
//! let id = tasks.create(&task).await?;
//!
//! let done = tasks.scan(id).await?;
//! let mut found = tasks.operations(id).results(&done.id);
//! while let Some(result) = found.next().await {
//!     println!("{:?}", result?.certificate);
//! }
//! # Ok(())
//! # }
//! ```

mod buckets;
mod certificate;
mod data;
mod operations;
mod rules;
mod scans;
mod tasks;

#[doc(no_inline)]
pub use serde_json::Value;

pub use self::buckets::{
    Bucket, BucketAssignment, BucketCertificate, BucketCreated, BucketCredentials, BucketFilter,
    BucketSummary, BucketUpdate, Buckets, CreatedBucket, NewBucket,
};
pub use self::certificate::FoundCertificateDetails;
pub use self::data::DataList;
pub use self::operations::OPERATIONS;
pub use self::rules::{
    AssignmentRule, AssignmentRuleCount, AssignmentRuleSettings, AssignmentRules, FilterType,
    MatchType, RuleFilter, RuleFilterDetails,
};
pub use self::scans::{
    FindingOperation, FoundCertificate, FoundCertificateMetadata, Handshake, OperationStatus, Scan,
    ScanError, ScanLocation, ScanLocationDetails, ScanLook, ScanOperation, ScanOperationList,
    ScanOperations, ScanProgress, ScanResult,
};
pub use self::tasks::{
    ActiveDirectory, ActiveDirectoryScan, ActiveDirectoryScanV2, ActiveDirectoryTask, Azure,
    AzureScan, AzureScanUpdate, AzureTask, BucketReference, CountedFromZero, CreatedTask, Earlier,
    EarlierTaskKind, Frequency, Network, NetworkScan, NetworkScanV2, NetworkTask, Ports, ScanRange,
    ScannedRange, Schedule, TaskFilter, TaskKind, TaskSettings, TaskStatus, TaskSummary, TaskType,
    Tasks, Texts, TimeOfDay, UTC,
};
pub use crate::DelegationMode;
use crate::{Client, ScanTaskId};

impl Client {
    /// Discovery of certificates.
    #[doc(alias = "scan")]
    #[must_use]
    pub fn discovery(&self) -> Discovery<'_> {
        Discovery { client: self }
    }
}

/// Discovery of certificates: its tasks, buckets and rules. Made by [`Client::discovery`].
#[derive(Debug, Clone, Copy)]
pub struct Discovery<'c> {
    client: &'c Client,
}

impl<'c> Discovery<'c> {
    /// Tasks that scan networks, public and private.
    #[must_use]
    pub fn network_tasks(self) -> Tasks<'c, Network> {
        Tasks::new(self.client)
    }

    /// Tasks that scan an Active Directory.
    #[must_use]
    pub fn active_directory_tasks(self) -> Tasks<'c, ActiveDirectory> {
        Tasks::new(self.client)
    }

    /// Tasks that scan key vaults in Azure.
    #[must_use]
    pub fn azure_tasks(self) -> Tasks<'c, Azure> {
        Tasks::new(self.client)
    }

    /// Operations of a task: its scans, one by one.
    #[must_use]
    pub fn operations(
        self,
        task_type: TaskType,
        task: impl Into<ScanTaskId>,
    ) -> ScanOperations<'c> {
        ScanOperations::new(self.client, task_type, task.into())
    }

    /// Rules that assign certificates to organizations.
    #[must_use]
    pub fn assignment_rules(self) -> AssignmentRules<'c> {
        AssignmentRules::new(self.client)
    }

    /// Buckets that hold the certificates that are found.
    #[must_use]
    pub fn buckets(self) -> Buckets<'c> {
        Buckets::new(self.client)
    }
}
