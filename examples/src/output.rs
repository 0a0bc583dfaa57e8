//! The list, as people and programs read it.

mod csv;
mod html;
mod json;
mod shown;
mod table;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

pub(crate) use self::shown::shown;
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
    if let Some(path) = &arguments.html {
        page(path, rows, failures)
            .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
        return writeln!(out, "{} certificates are in {}", rows.len(), path.display());
    }
    if arguments.json {
        json::write(rows, failures, out)
    } else if arguments.csv {
        csv::write(rows, out)
    } else {
        table::write(rows, out)
    }
}

fn page(path: &Path, rows: &[Row], failures: &[Failure]) -> io::Result<()> {
    let mut page = BufWriter::new(File::create(path)?);
    html::write(rows, failures, &mut page)?;
    page.flush()
}
