//! One self-contained page: what matters first, expiries over time, then the whole list.

use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

use jiff::civil::Date;
use jiff::{ToSpan as _, Zoned};

use super::shown::shown;
use crate::row::Row;
use crate::system::{Failure, Vendor};

const STYLE: &str = include_str!("report.css");

/// How many months the picture shows before this one, and from it on.
const PAST: i32 = 3;
const MONTHS: usize = 18;

pub(super) fn write(rows: &[Row], failures: &[Failure], out: &mut impl Write) -> io::Result<()> {
    let today = Zoned::now().date();
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Certificates on {today}</title>\n<style>{STYLE}</style>\n\
         <h1>Certificates <small>on {today}</small></h1>\n{}{}{}{}</html>\n",
        Failures(failures),
        Tiles(rows),
        Picture { rows, today },
        Table(rows),
    )
}

/// The systems whose certificates are not, or not all, on the page.
struct Failures<'a>(&'a [Failure]);

impl Display for Failures<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|failure| {
            writeln!(
                f,
                "<p class=\"failure\"><b>{} ({})</b> could not be listed whole, {} certificates \
                 were: {}; {}.</p>",
                failure.vendor,
                Escaped(&failure.system),
                failure.listed,
                Escaped(&failure.error),
                failure.advice,
            )
        })
    }
}

/// How many certificates end when.
struct Tiles<'a>(&'a [Row]);

impl Display for Tiles<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let within = |days: std::ops::RangeInclusive<i64>| {
            let ends = |row: &&Row| row.days_left.is_some_and(|left| days.contains(&left));
            self.0.iter().filter(ends).count()
        };
        let tiles = [
            ("", self.0.len(), "in all"),
            ("expired", within(i64::MIN..=-1), "expired"),
            ("soon", within(0..=30), "end within 30 days"),
            ("", within(0..=90), "end within 90 days"),
        ];
        f.write_str("<div class=\"tiles\">\n")?;
        for (class, count, text) in tiles {
            writeln!(f, "<div class=\"tile {class}\"><b>{count}</b> {text}</div>")?;
        }
        f.write_str("</div>\n")
    }
}

/// Expiries by month, a bar each, stacked by vendor.
struct Picture<'a> {
    rows: &'a [Row],
    today: Date,
}

impl Picture<'_> {
    const HEIGHT: usize = 160;
    const STEP: usize = 48;

    /// The first day of the month that bar `index` stands for.
    fn month(&self, index: usize) -> Date {
        let months = i32::try_from(index).unwrap_or(i32::MAX) - PAST;
        let first = self.today.first_of_month();
        first.checked_add(months.months()).unwrap_or(first)
    }

    /// How many certificates of each vendor end in the month of bar `index`.
    fn counts(&self, index: usize) -> Vec<usize> {
        let month = self.month(index);
        let ends = |row: &&Row| {
            row.expires
                .as_ref()
                .and_then(cert_core::Time::day)
                .is_some_and(|day| day.first_of_month() == month)
        };
        let ending: Vec<_> = self.rows.iter().filter(ends).collect();
        let of = |vendor: &Vendor| {
            ending
                .iter()
                .filter(|row| row.vendor == vendor.name())
                .count()
        };
        Vendor::ALL.iter().map(of).collect()
    }

    fn bar(
        &self,
        f: &mut fmt::Formatter<'_>,
        index: usize,
        counts: &[usize],
        most: usize,
    ) -> fmt::Result {
        let left = index * Self::STEP + 8;
        let mut top = Self::HEIGHT;
        for (vendor, &count) in Vendor::ALL
            .iter()
            .zip(counts)
            .filter(|(_, count)| **count > 0)
        {
            let height = (count * (Self::HEIGHT - 20)).div_ceil(most.max(1));
            top = top.saturating_sub(height);
            write!(
                f,
                "<rect class=\"{}\" x=\"{left}\" y=\"{top}\" width=\"32\" height=\"{height}\">\
                 <title>{}: {count}</title></rect>",
                vendor.name(),
                vendor.name(),
            )?;
        }
        let (middle, total) = (left + 16, counts.iter().sum::<usize>());
        if total > 0 {
            write!(
                f,
                "<text x=\"{middle}\" y=\"{}\">{total}</text>",
                top.saturating_sub(4)
            )?;
        }
        let month = self.month(index);
        let class = if index as i32 == PAST {
            " class=\"now\""
        } else {
            ""
        };
        writeln!(
            f,
            "<text{class} x=\"{middle}\" y=\"{}\">{}</text>",
            Self::HEIGHT + 16,
            month.strftime("%b")
        )?;
        if index == 0 || month.month() == 1 {
            let below = Self::HEIGHT + 32;
            writeln!(
                f,
                "<text x=\"{middle}\" y=\"{below}\">{}</text>",
                month.year()
            )?;
        }
        Ok(())
    }
}

impl Display for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let months: Vec<Vec<usize>> = (0..MONTHS).map(|index| self.counts(index)).collect();
        let most = months
            .iter()
            .map(|counts| counts.iter().sum())
            .max()
            .unwrap_or(0);
        writeln!(
            f,
            "<figure>\n<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Expiries by month\">",
            MONTHS * Self::STEP,
            Self::HEIGHT + 40,
        )?;
        for (index, counts) in months.iter().enumerate() {
            self.bar(f, index, counts, most)?;
        }
        f.write_str("</svg>\n<figcaption>Expiries by month")?;
        for vendor in Vendor::ALL {
            if self.rows.iter().any(|row| row.vendor == vendor.name()) {
                write!(f, " <i class=\"{0}\"></i> {0}", vendor.name())?;
            }
        }
        f.write_str("</figcaption>\n</figure>\n")
    }
}

/// Every certificate, soonest to expire first.
struct Table<'a>(&'a [Row]);

impl Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "<table>\n<thead><tr><th>Vendor<th>System<th>Subject<th>Serial<th>Expires\
             <th>Days left<th>State</thead>\n<tbody>\n",
        )?;
        for row in self.0 {
            let class = match row.days_left {
                Some(..0) => "expired",
                Some(0..=30) => "soon",
                _ => "",
            };
            let serial = row.serial.as_ref().map_or("", |serial| serial.as_str());
            let days = row
                .days_left
                .map(|days| days.to_string())
                .unwrap_or_default();
            writeln!(
                f,
                "<tr class=\"{class}\"><td>{}<td>{}<td>{}<td><code>{}</code><td>{}<td>{days}<td>{}",
                row.vendor,
                Escaped(&row.system),
                Escaped(&row.subject),
                Escaped(serial),
                Escaped(&row.expiry()),
                Escaped(&row.state),
            )?;
        }
        f.write_str("</tbody>\n</table>\n")
    }
}

/// Text as HTML content, on one line.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in shown(self.0).chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_vendors_say_cannot_become_markup() {
        let row = Row {
            vendor: Vendor::ALL[0].name(),
            system: "<b>".into(),
            id: String::new(),
            subject: "<script>alert(1)</script>\u{202e}\x1b[2J".into(),
            serial: Some("\"&".into()),
            expires: Some("31/12/<i>".into()),
            days_left: None,
            state: "</table>".into(),
        };
        let mut page = Vec::new();
        write(&[row], &[], &mut page).expect("written to memory");
        let page = String::from_utf8(page).expect("text");
        assert!(!page.contains("<script>") && !page.contains("<td><b>") && !page.contains("<i>"));
        assert_eq!(page.matches("</table>").count(), 1);
        assert!(!page.contains(['\u{202e}', '\x1b']) && page.contains("\\u{202e}\\u{1b}[2J"));
    }
}
