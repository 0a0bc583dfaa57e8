//! The versions before the newest, which the vendor gives up.

use cert_core::client::{Call, Created, Empty, Enveloped, Pages};

use super::settings::EarlierSettings;
use super::{CreatedTask, Earlier, EarlierTaskKind, TaskFilter, TaskSettings, TaskSummary, Tasks};
use crate::ScanTaskId;
use crate::paging::List;

/// Versions 2 and 3. They count months and days from 0 on the wire, which is done here: in a
/// [`Schedule`](super::Schedule) and in a task 1 is January and Monday, always.
impl<'c, K: EarlierTaskKind> Tasks<'c, K> {
    /// Lists the tasks that match, in version 2.
    ///
    /// `GET /api/discovery/v2/net_task` or `GET /api/discovery/v2/ad_task`
    #[deprecated(note = "the vendor gives it up: use `list`")]
    #[inline]
    pub fn list_v2(self, filter: &TaskFilter) -> Pages<'c, List<TaskSummary>> {
        self.pages(K::EARLIER.list_v2, filter)
    }

    /// Details of a task, in version 2.
    ///
    /// `GET /api/discovery/v2/net_task/{taskId}` or `GET /api/discovery/v2/ad_task/{taskId}`
    #[deprecated(note = "the vendor gives it up: use `get`")]
    #[inline]
    pub fn get_v2(self, id: impl Into<ScanTaskId>) -> Call<'c, Enveloped<Earlier<K::Task>>> {
        self.call(K::EARLIER.get_v2).path(id.into())
    }

    /// Details of a task, in version 3.
    ///
    /// `GET /api/discovery/v3/net_task/{taskId}` or `GET /api/discovery/v3/ad_task/{taskId}`
    #[deprecated(note = "the vendor gives it up: use `get`")]
    #[inline]
    pub fn get_v3(self, id: impl Into<ScanTaskId>) -> Call<'c, Enveloped<Earlier<K::Task>>> {
        self.call(K::EARLIER.get_v3).path(id.into())
    }

    /// Adds a task in version 2, and tells its number.
    ///
    /// `POST /api/discovery/v2/net_task` or `POST /api/discovery/v2/ad_task`
    #[deprecated(note = "the vendor gives it up: use `create`")]
    #[inline]
    pub fn create_v2(self, task: &TaskSettings<K::ScanV2>) -> Call<'c, Enveloped<CreatedTask>> {
        self.call(K::EARLIER.create_v2)
            .json(&EarlierSettings::new(task))
    }

    /// Adds a task in version 3, and tells its number.
    ///
    /// `POST /api/discovery/v3/net_task` or `POST /api/discovery/v3/ad_task`
    #[deprecated(note = "the vendor gives it up: use `create`")]
    #[inline]
    pub fn create_v3(self, task: &TaskSettings<K::Scan>) -> Call<'c, Created<ScanTaskId>> {
        self.call(K::EARLIER.create_v3)
            .json(&EarlierSettings::new(task))
    }

    /// Changes a task in version 2. All its settings are sent.
    ///
    /// `PUT /api/discovery/v2/net_task` or `PUT /api/discovery/v2/ad_task`
    #[deprecated(note = "the vendor gives it up: use `update`")]
    #[inline]
    pub fn update_v2(
        self,
        id: impl Into<ScanTaskId>,
        task: &TaskSettings<K::ScanUpdate>,
    ) -> Call<'c, Empty> {
        self.call(K::EARLIER.update_v2)
            .json(&EarlierSettings::of_task(id.into(), task))
    }

    /// Changes a task in version 3. All its settings are sent.
    ///
    /// `PUT /api/discovery/v3/net_task/{id}` or `PUT /api/discovery/v3/ad_task/{id}`
    #[deprecated(note = "the vendor gives it up: use `update`")]
    #[inline]
    pub fn update_v3(
        self,
        id: impl Into<ScanTaskId>,
        task: &TaskSettings<K::ScanUpdate>,
    ) -> Call<'c, Empty> {
        self.call(K::EARLIER.update_v3)
            .path(id.into())
            .json(&EarlierSettings::new(task))
    }

    /// Starts a scan of a task, in version 2.
    ///
    /// `POST /api/discovery/v2/net_task/{taskId}/start` or
    /// `POST /api/discovery/v2/ad_task/{taskId}/start`
    #[deprecated(note = "the vendor gives it up: use `start`")]
    #[inline]
    pub fn start_v2(self, id: impl Into<ScanTaskId>) -> Call<'c, Empty> {
        self.call(K::EARLIER.start_v2).path(id.into())
    }

    /// Deletes a task, in version 2.
    ///
    /// `DELETE /api/discovery/v2/net_task/{taskId}` or `DELETE /api/discovery/v2/ad_task/{taskId}`
    #[deprecated(note = "the vendor gives it up: use `delete`")]
    #[inline]
    pub fn delete_v2(self, id: impl Into<ScanTaskId>) -> Call<'c, Empty> {
        self.call(K::EARLIER.delete_v2).path(id.into())
    }
}
