mod earlier;
mod kind;
mod range;
mod scan;
mod schedule;
mod settings;
mod task;

use std::marker::PhantomData;

use cert_core::client::{Call, Created, Empty, Json, Op, Pages};

pub use self::kind::{ActiveDirectory, Azure, EarlierTaskKind, Network, TaskKind};
pub use self::range::{Ports, ScanRange, ScannedRange, Texts};
pub use self::scan::{
    ActiveDirectoryScan, ActiveDirectoryScanV2, AzureScan, AzureScanUpdate, NetworkScan,
    NetworkScanV2,
};
pub use self::schedule::{Frequency, Schedule, TimeOfDay, UTC};
pub use self::settings::TaskSettings;
pub use self::task::{
    ActiveDirectoryTask, AzureTask, BucketReference, CountedFromZero, CreatedTask, Earlier,
    NetworkTask, TaskFilter, TaskStatus, TaskSummary, TaskType,
};
use super::{Scan, ScanOperations};
use crate::paging::{List, PAGE_SIZE, PageQuery};
use crate::{Client, ScanTaskId};

/// The scan tasks of a kind. Made by [`Discovery`](super::Discovery).
///
/// Every kind has the same calls. Calls can be refused with 401 and code -16 where the
/// administrator lacks the permission; administrators see and change what is delegated to them.
#[derive(Debug, Clone, Copy)]
pub struct Tasks<'c, K> {
    client: &'c Client,
    kind: PhantomData<K>,
}

impl<'c, K: TaskKind> Tasks<'c, K> {
    pub(super) fn new(client: &'c Client) -> Self {
        let kind = PhantomData;
        Self { client, kind }
    }

    /// Lists the tasks that match, in pages of at most 200.
    ///
    /// `GET /api/discovery/v3/net_task`, `GET /api/discovery/v3/ad_task` or
    /// `GET /api/discovery/v1/azure_task`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::discovery::{TaskFilter, TaskStatus};
    ///
    /// let failed = TaskFilter::new().status(TaskStatus::Failed);
    /// let mut tasks = scm.discovery().network_tasks().list(&failed);
    /// while let Some(task) = tasks.next().await {
    ///     println!("{:?}", task?.name);
    /// }
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn list(self, filter: &TaskFilter) -> Pages<'c, List<TaskSummary>> {
        self.pages(K::ROUTES.list, filter)
    }

    /// Details of a task: its schedule, the state of its latest scan, what is scanned.
    ///
    /// `GET /api/discovery/v4/net_task/{taskId}`, `GET /api/discovery/v4/ad_task/{taskId}` or
    /// `GET /api/discovery/v1/azure_task/{taskId}`
    #[inline]
    pub fn get(self, id: impl Into<ScanTaskId>) -> Call<'c, Json<K::Task>> {
        self.call(K::ROUTES.get).path(id.into())
    }

    /// Adds a task, and tells its number.
    ///
    /// `POST /api/discovery/v4/net_task`, `POST /api/discovery/v4/ad_task` or
    /// `POST /api/discovery/v1/azure_task`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::discovery::{NetworkScan, ScanRange, Schedule, TaskSettings};
    ///
    /// let bucket = "26a0ce42-36d1-4980-bdcf-8e9b0d749159";
    /// let scan = NetworkScan::new("Cloud", [ScanRange::new("198.51.100.0/24").ports(443)]);
    /// let task = TaskSettings::new("public network", bucket, Schedule::manual(), scan);
    /// let id = scm.discovery().network_tasks().create(&task).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// Codes -303 and -305 where a range is too wide, -304 and -3301 where it is none, -607 and
    /// -637 where no agent may scan it.
    #[inline]
    pub fn create(self, task: &TaskSettings<K::Scan>) -> Call<'c, Created<ScanTaskId>> {
        self.call(K::ROUTES.create).json(task)
    }

    /// Changes a task. All its settings are sent.
    ///
    /// `PUT /api/discovery/v4/net_task/{id}`, `PUT /api/discovery/v4/ad_task/{id}` or
    /// `PUT /api/discovery/v1/azure_task/{id}`
    ///
    /// ```no_run
    /// # async fn demo(scm: sectigo_scm::Client) -> Result<(), sectigo_scm::Error> {
    /// use sectigo_scm::discovery::{ActiveDirectoryScan, Schedule, TaskSettings, TimeOfDay, UTC};
    ///
    /// let bucket = "5bee3504-13a6-4327-ab16-5c30e276f135";
    /// let monthly = Schedule::monthly(UTC, TimeOfDay::new(2, 30), 1);
    /// let scan = ActiveDirectoryScan::new("head-office", 5).domains("corp.example.com");
    /// let task = TaskSettings::new("domain controllers", bucket, monthly, scan);
    /// scm.discovery().active_directory_tasks().update(153804, &task).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create`](Tasks::create).
    #[inline]
    pub fn update(
        self,
        id: impl Into<ScanTaskId>,
        task: &TaskSettings<K::ScanUpdate>,
    ) -> Call<'c, Empty> {
        self.call(K::ROUTES.update).path(id.into()).json(task)
    }

    /// Starts a scan of a task, which runs on: [`scan`](Tasks::scan) waits for its end, too.
    ///
    /// `POST /api/discovery/v3/net_task/{taskId}/start`,
    /// `POST /api/discovery/v3/ad_task/{taskId}/start` or
    /// `POST /api/discovery/v1/azure_task/{taskId}/start`
    ///
    /// # Errors
    ///
    /// Code -618 where the task is being scanned already.
    #[inline]
    pub fn start(self, id: impl Into<ScanTaskId>) -> Call<'c, Empty> {
        self.call(K::ROUTES.start).path(id.into())
    }

    /// Starts a scan of a task, and waits for its end.
    ///
    /// It asks for the operations of the task, [`start`s](Tasks::start) it once, and follows the
    /// operation that is new.
    #[inline]
    pub fn scan(self, id: impl Into<ScanTaskId>) -> Scan<'c> {
        Scan::started(self.operations(id), K::ROUTES.start)
    }

    /// Waits for the end of the latest scan of a task, however it was started.
    #[inline]
    pub fn wait_for_scan(self, id: impl Into<ScanTaskId>) -> Scan<'c> {
        Scan::latest(self.operations(id))
    }

    /// Operations of a task: its scans, one by one.
    #[inline]
    pub fn operations(self, id: impl Into<ScanTaskId>) -> ScanOperations<'c> {
        ScanOperations::new(self.client, K::task_type(), id.into())
    }

    /// Deletes a task.
    ///
    /// `DELETE /api/discovery/v3/net_task/{taskId}`, `DELETE /api/discovery/v3/ad_task/{taskId}`
    /// or `DELETE /api/discovery/v1/azure_task/{taskId}`
    #[inline]
    pub fn delete(self, id: impl Into<ScanTaskId>) -> Call<'c, Empty> {
        self.call(K::ROUTES.delete).path(id.into())
    }

    fn pages(self, op: &'static Op, filter: &TaskFilter) -> Pages<'c, List<TaskSummary>> {
        let (client, filter) = (self.client, filter.clone());
        Pages::new(PAGE_SIZE, move |window| {
            client
                .call(op)
                .query(&PageQuery::from(window))
                .query(&filter)
        })
    }

    fn call<R>(self, op: &'static Op) -> Call<'c, R> {
        self.client.call(op)
    }
}
