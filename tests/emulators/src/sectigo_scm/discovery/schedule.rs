use serde_json::{Map, Value, json};

use super::task::Version;
use crate::{frame::Object, sectigo_scm::problem::Problem};

/// When a task is to run. Kept and answered; nothing runs by it.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    frequency: String,
    time_zone: String,
    hours: Option<i64>,
    minutes: Option<i64>,
    /// Months and days from 1, whatever the version that they came by.
    days: [Option<i64>; 3],
    year: Option<i64>,
}

const FREQUENCIES: [&str; 8] = [
    "Manual",
    "Daily",
    "Weekly",
    "Monthly",
    "Quarterly",
    "SemiAnnually",
    "Annually",
    "Once",
];

const DAYS: [(&str, i64); 3] = [("month", 12), ("dayOfMonth", 31), ("dayOfWeek", 7)];

impl Schedule {
    pub(super) fn read(body: &mut Object, version: Version) -> Result<Self, Problem> {
        let mut time: Object = body.required("time")?;
        let schedule = Self {
            frequency: frequency(body)?,
            time_zone: body.required_text("timeZone", 1..)?,
            hours: time.integer("hours", 0..=23)?,
            minutes: time.integer("minutes", 0..=59)?,
            days: days(body, version.first())?,
            year: match version.has_year() {
                true => body.integer("year", i64::from(i32::MIN)..=i64::from(i32::MAX))?,
                false => None,
            },
        };
        time.finish()?;
        Ok(schedule)
    }

    pub(super) fn describe(&self, body: &mut Map<String, Value>, version: Version) {
        let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
        put("frequency", self.frequency.as_str().into());
        put("timeZone", self.time_zone.as_str().into());
        put(
            "time",
            json!({"hours": self.hours, "minutes": self.minutes}),
        );
        for ((name, _), day) in DAYS.iter().zip(self.days) {
            if let Some(day) = day {
                put(name, (day - 1 + version.first()).into());
            }
        }
        if let Some(year) = self.year.filter(|_| version.has_year()) {
            put("year", year.into());
        }
    }
}

fn frequency(body: &mut Object) -> Result<String, Problem> {
    let frequency = body.choice("frequency", &FREQUENCIES)?;
    frequency.ok_or_else(|| Problem::missing("frequency"))
}

fn days(body: &mut Object, first: i64) -> Result<[Option<i64>; 3], Problem> {
    let mut days = [None; 3];
    for ((name, count), day) in DAYS.iter().zip(&mut days) {
        let given = body.integer(name, first..first + count)?;
        *day = given.map(|given| given - first + 1);
    }
    Ok(days)
}
