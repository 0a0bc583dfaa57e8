use std::io::{self, Write};

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, Color, Table};

use crate::row::Row;

const HEADER: [&str; 6] = [
    "Vendor",
    "Subject",
    "Serial",
    "Expires",
    "Days left",
    "State",
];

pub(super) fn write(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(HEADER);
    for row in rows {
        let serial = row.serial.as_ref().map_or("", |serial| serial.as_str());
        table.add_row([
            Cell::new(row.vendor),
            Cell::new(&row.subject),
            Cell::new(serial),
            Cell::new(row.expiry()),
            days(row.days_left),
            Cell::new(&row.state),
        ]);
    }
    writeln!(out, "{table}")?;
    writeln!(out, "{} certificates", rows.len())
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
