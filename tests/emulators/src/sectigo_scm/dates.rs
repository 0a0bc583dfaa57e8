use jiff::{Timestamp, tz::TimeZone};

use super::problem::Problem;
use crate::frame::Query;

/// How one answer writes its dates: the vendor's `dateFormat`, a name or the pattern itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct DateFormat {
    strftime: &'static str,
}

/// Name, pattern as the vendor writes it, and the same for us.
const FORMATS: &[(&str, &str, &str)] = &[
    ("ISO", "yyyy-MM-dd", "%Y-%m-%d"),
    (
        "ISO_HMS",
        "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
        "%Y-%m-%dT%H:%M:%S.%3fZ",
    ),
    ("EU", "dd.MM.yyyy", "%d.%m.%Y"),
    ("EU_HMS", "dd.MM.yyyy HH:mm:ss", "%d.%m.%Y %H:%M:%S"),
    ("US", "MM/dd/yyyy", "%m/%d/%Y"),
    ("US_HMS", "MM/dd/yyyy HH:mm:ss", "%m/%d/%Y %H:%M:%S"),
    ("UK", "dd/MM/yyyy", "%d/%m/%Y"),
    ("UK_HMS", "dd/MM/yyyy HH:mm:ss", "%d/%m/%Y %H:%M:%S"),
    ("JP", "yyyy/MM/dd", "%Y/%m/%d"),
    ("JP_HMS", "yyyy/MM/dd HH:mm:ss", "%Y/%m/%d %H:%M:%S"),
];

impl DateFormat {
    /// What certificate details use when nothing else is asked for.
    pub(super) const DETAILS: Self = Self {
        strftime: "%m/%d/%Y",
    };

    /// What lists use when nothing else is asked for.
    pub(super) const DAY: Self = Self {
        strftime: "%Y-%m-%d",
    };

    /// What persons and validations use.
    pub(super) const INSTANT: Self = Self {
        strftime: "%Y-%m-%dT%H:%M:%S.%3fZ",
    };

    /// What code signing on demand uses.
    pub(super) const CODE_SIGNING: Self = Self {
        strftime: "%m/%d/%Y %H:%M:%S GMT",
    };

    /// What the validity of certificates that were found is written in.
    pub(super) const SECOND: Self = Self {
        strftime: "%Y-%m-%dT%H:%M:%SZ",
    };

    /// What the log of domain control validation uses.
    pub(super) const DCV_LOG: Self = Self {
        strftime: "%Y-%m-%d %H:%M:%S",
    };

    /// Takes `dateFormat` out of a query; case does not matter, free patterns are refused.
    pub(super) fn take(query: &mut Query, otherwise: Self) -> Result<Self, Problem> {
        let Some(asked) = query.text("dateFormat")? else {
            return Ok(otherwise);
        };
        let found = FORMATS.iter().find(|(name, pattern, _)| {
            name.eq_ignore_ascii_case(&asked) || pattern.eq_ignore_ascii_case(&asked)
        });
        match found {
            Some((_, _, strftime)) => Ok(Self { strftime }),
            None => Err(Problem::invalid_value("dateFormat")),
        }
    }

    pub(super) fn write(self, at: Timestamp) -> String {
        at.to_zoned(TimeZone::UTC)
            .strftime(self.strftime)
            .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(query: &str) -> Option<String> {
        let mut query = Query::parse(Some(query)).expect("a query");
        let format = DateFormat::take(&mut query, DateFormat::DETAILS).ok()?;
        Some(format.write("2024-07-10T14:30:00Z".parse().expect("an instant")))
    }

    #[test]
    fn every_documented_format_is_written_as_documented() {
        let documented = [
            ("", "07/10/2024"),
            ("dateFormat=ISO", "2024-07-10"),
            ("dateFormat=iso_hms", "2024-07-10T14:30:00.000Z"),
            (
                "dateFormat=yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
                "2024-07-10T14:30:00.000Z",
            ),
            ("dateFormat=dd.mm.yyyy", "10.07.2024"),
            ("dateFormat=EU_HMS", "10.07.2024 14:30:00"),
            ("dateFormat=US", "07/10/2024"),
            ("dateFormat=US_HMS", "07/10/2024 14:30:00"),
            ("dateFormat=UK", "10/07/2024"),
            ("dateFormat=UK_HMS", "10/07/2024 14:30:00"),
            ("dateFormat=JP", "2024/07/10"),
            ("dateFormat=yyyy/MM/dd+HH:mm:ss", "2024/07/10 14:30:00"),
        ];
        for (query, expected) in documented {
            assert_eq!(written(query).as_deref(), Some(expected), "{query}");
        }
    }

    #[test]
    fn free_patterns_are_refused() {
        assert_eq!(written("dateFormat=yyyy"), None);
        assert_eq!(written("dateFormat="), None);
    }
}
