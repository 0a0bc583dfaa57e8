//! The list, as people and programs read it.

mod csv;
mod json;
mod table;

use std::io::{self, Write};

use crate::arguments::Arguments;
use crate::row::Row;
use crate::system::Failure;

/// Writes the list in the form asked for.
pub(crate) fn write(
    arguments: &Arguments,
    rows: &[Row],
    failures: &[Failure],
    out: &mut impl Write,
) -> io::Result<()> {
    if arguments.json {
        json::write(rows, failures, out)
    } else if arguments.csv {
        csv::write(rows, out)
    } else {
        table::write(rows, out)
    }
}
