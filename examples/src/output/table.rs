use std::io::{self, Write};

use cert_core::client::escaped;
use comfy_table::ColumnConstraint::{ContentWidth, LowerBoundary};
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table, Width};

use crate::row::Row;

const HEADER: [&str; 7] = [
    "Vendor",
    "System",
    "Subject",
    "Serial",
    "Expires",
    "Days left",
    "State",
];

const SERIAL: usize = 3;

/// What stays on one line: vendors, days as `2026-12-31` (between blanks), and how many are left.
const WHOLE: [(usize, ColumnConstraint); 3] = [
    (0, ContentWidth),
    (4, LowerBoundary(Width::Fixed(12))),
    (5, ContentWidth),
];

pub(super) fn write(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let mut table = filled(rows);
    if let Some(width) = table.width() {
        fit(&mut table, width);
    }
    writeln!(out, "{table}")?;
    writeln!(out, "{} certificates", rows.len())
}

fn filled(rows: &[Row]) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(HEADER);
    for row in rows {
        let serial = row.serial.as_ref().map_or("", |serial| serial.as_str());
        table.add_row([
            Cell::new(row.vendor),
            text(&row.system),
            text(&row.subject),
            text(serial),
            text(&row.expiry()),
            days(row.days_left),
            text(&row.state),
        ]);
    }
    table
}

/// Wraps what is too wide for a terminal; serials first make room.
fn fit(table: &mut Table, width: u16) {
    let natural = table.column_max_content_widths();
    // Each column has a blank on both sides and a line; one more line ends the row.
    let whole: usize = natural.iter().map(|&column| usize::from(column) + 3).sum();
    table
        .set_width(width)
        .set_content_arrangement(ContentArrangement::Dynamic);
    if whole < usize::from(width) {
        return;
    }
    let hidden = [(SERIAL, ColumnConstraint::Hidden)];
    for (index, constraint) in WHOLE.into_iter().chain(hidden) {
        if let Some(column) = table.column_mut(index) {
            column.set_constraint(constraint);
        }
    }
}

fn text(text: &str) -> Cell {
    Cell::new(escaped(text))
}

fn days(left: Option<i64>) -> Cell {
    let Some(left) = left else {
        return Cell::new("");
    };
    let cell = Cell::new(left).set_alignment(CellAlignment::Right);
    match left {
        ..0 => cell.fg(Color::Red),
        0..30 => cell.fg(Color::Yellow),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Vendor;

    fn row(system: &str, subject: &str) -> Row {
        let mut row = Row::new(Vendor::SectigoScm, system);
        row.subject = subject.into();
        row.serial = Some("0f:ae:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee".into());
        row.expires = Some("2026-12-31".into());
        row.days_left = Some(-12345);
        row.state = "AWAITING_VALIDATION".into();
        row
    }

    fn drawn(rows: &[Row], width: u16) -> String {
        let mut table = filled(rows);
        fit(&mut table, width);
        table.force_no_tty().to_string()
    }

    /// The width of the widest line; in these tests wide characters are CJK alone.
    fn width(drawn: &str) -> usize {
        let columns = |line: &str| line.chars().map(|c| 1 + usize::from(c > '\u{3000}')).sum();
        drawn.lines().map(columns).max().expect("a line")
    }

    #[test]
    fn a_table_is_no_wider_than_the_terminal() {
        let long = "a-very-long-host-name.".repeat(20);
        for subject in ["host", &long, &"東京".repeat(60)] {
            for columns in [60, 80, 100, 132] {
                let drawn = drawn(&[row("a system with a long name", subject)], columns);
                assert!(width(&drawn) <= columns.into(), "{columns}:\n{drawn}");
                assert!(
                    drawn.contains(" 2026-12-31 ") && drawn.contains(" -12345 "),
                    "{drawn}"
                );
            }
        }
    }

    #[test]
    fn serials_are_shown_where_there_is_room() {
        let rows = [row("production", "host")];
        let whole = width(&drawn(&rows, 500));
        assert!(drawn(&rows, whole as u16).contains(":dd:ee"));
        assert!(!drawn(&rows, whole as u16 - 1).contains("Serial"));
    }

    #[test]
    fn systems_are_told_apart() {
        let drawn = drawn(&[row("north", "a"), row("south", "a")], 80);
        assert!(drawn.contains("System") && drawn.contains("north") && drawn.contains("south"));
    }

    #[test]
    fn vendors_text_does_not_act_on_the_terminal() {
        let mut row = row("\x1b[31m", "a\u{202e}b\r\x07");
        row.state = "\u{9b}2J\n".into();
        row.expires = Some("\x1b[0m".into());
        row.serial = Some("\u{200b}".into());
        let drawn = drawn(&[row], 500);
        assert!(
            !drawn.contains(['\x1b', '\u{202e}', '\r', '\x07', '\u{9b}', '\u{200b}']),
            "{drawn:?}"
        );
        assert!(drawn.contains("a\\u{202e}b\\r\\u{7}"), "{drawn}");
    }
}
