use std::io::{self, Write};

use serde::Serialize;

use crate::row::Row;
use crate::system::Failure;

#[derive(Serialize)]
struct Report<'a> {
    certificates: &'a [Row],
    failures: &'a [Failure],
}

pub(super) fn write(rows: &[Row], failures: &[Failure], out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(
        &mut *out,
        &Report {
            certificates: rows,
            failures,
        },
    )?;
    writeln!(out)
}
