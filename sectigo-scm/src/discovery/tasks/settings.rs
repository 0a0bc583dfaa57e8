use cert_core::check::{length, within};
use cert_core::{Members, Payload, Violation};
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::Schedule;
use crate::{BucketId, ScanTaskId};

/// Settings of a scan task: name, bucket, schedule, and what is scanned.
///
/// An update sends all of them again.
///
/// ```
/// use sectigo_scm::discovery::{NetworkScan, ScanRange, Schedule, TaskSettings, TimeOfDay, UTC};
///
/// let bucket = "26a0ce42-36d1-4980-bdcf-8e9b0d749159";
/// let nightly = Schedule::daily(UTC, TimeOfDay::new(2, 30));
/// let scan = NetworkScan::new("Cloud", [ScanRange::new("198.51.100.0/24").ports(443)]);
/// let task = TaskSettings::new("public network", bucket, nightly, scan);
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct TaskSettings<S> {
    name: String,
    bucket: BucketId,
    schedule: Schedule,
    scan: S,
}

impl<S> TaskSettings<S> {
    /// Settings of a task.
    ///
    /// * `name`: 1 to 256 characters.
    /// * `bucket`: certificate bucket that gets the certificates that are found.
    pub fn new(
        name: impl Into<String>,
        bucket: impl Into<BucketId>,
        schedule: Schedule,
        scan: S,
    ) -> Self {
        Self {
            name: name.into(),
            bucket: bucket.into(),
            schedule,
            scan,
        }
    }
}

impl<S: Members> TaskSettings<S> {
    /// Sends them with a schedule as the version counts it, and with the number of the task
    /// where the version has it in the body.
    fn send<Z: Serializer>(
        &self,
        serializer: Z,
        id: Option<ScanTaskId>,
        schedule: &Schedule,
    ) -> Result<Z::Ok, Z::Error> {
        let count = 2 + usize::from(id.is_some()) + schedule.count() + self.scan.count();
        let mut fields = serializer.serialize_struct("TaskSettings", count)?;
        if let Some(id) = id {
            fields.serialize_field("taskId", &id)?;
        }
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("certBucketId", &self.bucket)?;
        self.scan.send(&mut fields)?;
        schedule.send(&mut fields)?;
        fields.end()
    }
}

impl<S: Members> Serialize for TaskSettings<S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        self.send(serializer, None, &self.schedule)
    }
}

impl<S: Members> Payload for TaskSettings<S> {
    fn check(&self) -> Result<(), Violation> {
        within("name", length(&self.name, 1..=256))?;
        within("schedule", self.schedule.check())?;
        within("scan", self.scan.check())
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.scan.secrets(name);
    }
}

/// Settings as the versions before the newest take them: months and days counted from 0, no
/// year, and in version 2 the number of a task in the body.
pub(super) struct EarlierSettings<'t, S> {
    settings: &'t TaskSettings<S>,
    id: Option<ScanTaskId>,
}

impl<'t, S> EarlierSettings<'t, S> {
    pub(super) fn new(settings: &'t TaskSettings<S>) -> Self {
        Self { settings, id: None }
    }

    pub(super) fn of_task(id: ScanTaskId, settings: &'t TaskSettings<S>) -> Self {
        let id = Some(id);
        Self { settings, id }
    }
}

impl<S: Members> Serialize for EarlierSettings<'_, S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        let schedule = self.settings.schedule.counted_from_zero();
        self.settings.send(serializer, self.id, &schedule)
    }
}

impl<S: Members> Payload for EarlierSettings<'_, S> {
    fn check(&self) -> Result<(), Violation> {
        let id = self
            .id
            .iter()
            .try_for_each(|id| cert_core::check::range(id, 1..));
        within("id", id)?;
        within("schedule", self.settings.schedule.without_year())?;
        self.settings.check()
    }

    fn secrets(&self, name: &mut dyn FnMut(&str)) {
        self.settings.secrets(name);
    }
}

#[cfg(test)]
mod tests {
    use cert_core::jiff::civil::{Weekday, date};

    use super::*;
    use crate::discovery::{ActiveDirectoryScan, TimeOfDay, UTC};

    fn settings(schedule: Schedule) -> TaskSettings<ActiveDirectoryScan> {
        TaskSettings::new("a task", "b1", schedule, ActiveDirectoryScan::new("a", 5))
    }

    #[test]
    fn parts_stand_side_by_side_and_earlier_versions_count_from_zero() {
        let weekly = Schedule::weekly(UTC, TimeOfDay::new(7, 0), Weekday::Monday);
        let task = settings(weekly);
        let newest = serde_json::to_value(&task).expect("plain members");
        assert_eq!(
            (&newest["depth"], &newest["dayOfWeek"]),
            (&5.into(), &1.into())
        );
        assert_eq!(
            (&newest["time"]["hours"], newest.get("taskId")),
            (&7.into(), None)
        );
        let earlier = EarlierSettings::of_task(12.into(), &task);
        let earlier = serde_json::to_value(&earlier).expect("plain members");
        assert_eq!(
            (&earlier["taskId"], &earlier["dayOfWeek"]),
            (&12.into(), &0.into())
        );
    }

    #[test]
    fn a_refusal_names_the_part() {
        let once = Schedule::once(UTC, date(2049, 12, 31).at(7, 5, 0, 0));
        let task = settings(once);
        assert_eq!(task.check(), Ok(()));
        let error = EarlierSettings::new(&task).check().expect_err("a year");
        assert_eq!(
            error.to_string(),
            "`schedule.year` is not known to this version"
        );
        let wrong = settings(Schedule::monthly(UTC, TimeOfDay::new(0, 0), 32));
        let error = wrong.check().expect_err("no month has 32 days");
        assert_eq!(
            error.to_string(),
            "`schedule.day_of_month` is 32: it must be 1 to 31"
        );
    }
}
