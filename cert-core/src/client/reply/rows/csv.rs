use std::collections::HashSet;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::cells::{Cells, Column};
use super::record::{Found, Record};
use super::{Arrived, RowFormat, Rows, Step, Unreadable};
use crate::client::Error;

/// Rows of comma-separated values (RFC 4180) below a line that names the columns.
///
/// A cell is read by the name of its column, whatever the order; blanks around a cell do not
/// count, and an empty one is as none. Nothing at all and a header alone are lists without rows.
/// Blank lines do not count. A line with an open quotation mark, or with another number of
/// cells than the header, is a [`BrokenRow`](super::BrokenRow) by itself: the next line is read as
/// if there had been none. A quotation mark in the middle of a cell stands for itself. A row has
/// 100 lines at most.
///
/// ```
/// use cert_core::client::{Caller, CsvRow, CsvRows, Error, Op};
///
/// static LIST: Op = Op::get("list", "/things.csv");
///
/// cert_core::response! {
///     /// A line of the list.
///     pub struct Line {
///         /// Number of the thing.
///         #[wire("Id")]
///         pub id: i64,
///         /// Name of the thing.
///         #[wire("Full Name")]
///         pub name: Option<String>,
///     }
/// }
///
/// impl CsvRow for Line {
///     const COLUMNS: &'static [&'static str] = &["Id"];
/// }
///
/// # async fn demo(caller: &Caller) -> Result<(), Error> {
/// let mut lines = caller.call::<CsvRows<Line>>(&LIST).await?;
/// while let Some(line) = lines.next().await {
///     println!("{:?}", line?.name);
/// }
/// # Ok(())
/// # }
/// ```
pub type CsvRows<T> = Rows<InCsv<T>>;

/// A row of comma-separated values, read as an object of texts: declare it by
/// [`response!`](crate::response).
pub trait CsvRow: DeserializeOwned + 'static {
    /// Columns without which a document is another than the list.
    const COLUMNS: &'static [&'static str];

    /// Takes the cell of a column that the row does not declare, or that comes again.
    fn undeclared(&mut self, column: &str, text: &str) {
        let _ = (column, text);
    }

    /// Last touch to a row of which every cell was read.
    #[must_use]
    fn complete(self) -> Self {
        self
    }
}

/// The format of [`CsvRows`].
#[derive(Debug)]
pub struct InCsv<T> {
    columns: Option<Vec<Column>>,
    record: Record,
    /// Number of the line at the start of the text.
    line: u64,
    /// The rest of a line that is too long is passed over.
    passing: bool,
    /// Reason for which the document is another than the list.
    another: Option<String>,
    row: PhantomData<fn() -> T>,
}

impl<T: CsvRow> Rows<InCsv<T>> {
    /// The names of the columns, in the order of the list; none before the first row.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let columns = self.format.columns.iter().flatten();
        columns.map(|column| column.name.as_str())
    }
}

impl<T: CsvRow> RowFormat for InCsv<T> {
    type Row = T;
    const ACCEPT: Option<&'static str> = Some("*/*");

    fn start() -> Self {
        Self {
            columns: None,
            record: Record::new(),
            line: 1,
            passing: false,
            another: None,
            row: PhantomData,
        }
    }

    fn read(&mut self, arrived: Arrived<'_>) -> Step<T> {
        let Arrived { text, last, limit } = arrived;
        if let Some(reason) = &self.another {
            return another_document(reason, arrived);
        }
        if self.passing {
            return self.pass(arrived);
        }
        if self.columns.is_none() && text.starts_with(b"\xef\xbb\xbf") {
            return Step::Read(3);
        }
        if self.columns.is_none() && text.first() == Some(&0xef) && text.len() < 3 && !last {
            return Step::More;
        }
        match self.record.find(text, last) {
            Found::Blank(length) => {
                self.go_on(&text[..length]);
                Step::Read(length)
            }
            Found::Record(length) if length > limit => {
                self.broken(text, length, Unreadable::longer_than(limit))
            }
            Found::Record(length) => self.complete(text, length),
            Found::Open(length) => self.broken(text, length, Unreadable::new(OPEN)),
            Found::More if last => Step::Over,
            Found::More if text.len() > limit => self.too_long(arrived),
            Found::More => Step::More,
        }
    }
}

const OPEN: &str = "a quotation mark is not closed";

impl<T: CsvRow> InCsv<T> {
    /// Makes ready for what follows `text`.
    fn go_on(&mut self, text: &[u8]) {
        self.line += text.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.record.clear();
    }

    fn complete(&mut self, text: &[u8], length: usize) -> Step<T> {
        let Some(columns) = &self.columns else {
            return self.header(text, length);
        };
        let (fields, named) = (self.record.len(), columns.len());
        if fields != named {
            return self.uneven(text, length, fields, named);
        }
        let row = decode(columns, &self.record);
        let row = row.map_err(|reason| Unreadable::new(reason).on_line(self.line));
        self.go_on(&text[..length]);
        Step::Row(length, row)
    }

    /// A record that has not as many fields as the header: with several lines it was never one.
    fn uneven(&mut self, text: &[u8], length: usize, fields: usize, named: usize) -> Step<T> {
        match self.record.first_line().filter(|first| *first < length) {
            Some(first) => self.broken(text, first, Unreadable::new(OPEN)),
            None => {
                let reason = format!("it has {fields} fields where the header names {named}");
                self.broken(text, length, Unreadable::new(reason))
            }
        }
    }

    fn header(&mut self, text: &[u8], length: usize) -> Step<T> {
        match columns(&self.record, T::COLUMNS) {
            Ok(columns) => {
                self.columns = Some(columns);
                self.go_on(&text[..length]);
                Step::Read(length)
            }
            Err(reason) => self.at_another(reason),
        }
    }

    fn broken(&mut self, text: &[u8], length: usize, row: Unreadable) -> Step<T> {
        if self.columns.is_none() {
            return self.at_another(OPEN);
        }
        let row = row.on_line(self.line);
        self.go_on(&text[..length]);
        Step::Row(length, Err(row))
    }

    /// Keeps another document than the list as a whole.
    fn at_another(&mut self, reason: impl Into<String>) -> Step<T> {
        self.another = Some(reason.into());
        Step::Read(0)
    }

    /// A row of more than the limit: its first line is broken, if there is an end of it.
    fn too_long(&mut self, arrived: Arrived<'_>) -> Step<T> {
        if let Some(length) = self.record.first_line() {
            return self.broken(arrived.text, length, Unreadable::new(OPEN));
        }
        if self.columns.is_none() {
            return self.at_another("its first line does not end");
        }
        self.passing = true;
        Step::Read(arrived.text.len())
    }

    /// Passes over the rest of a line.
    fn pass(&mut self, arrived: Arrived<'_>) -> Step<T> {
        let Arrived { text, last, limit } = arrived;
        let end = text.iter().position(|byte| *byte == b'\n');
        match end.map(|mark| mark + 1) {
            None if !last && text.is_empty() => Step::More,
            None if !last => Step::Read(text.len()),
            end => {
                self.passing = false;
                let length = end.unwrap_or(text.len());
                self.broken(text, length, Unreadable::longer_than(limit))
            }
        }
    }
}

fn decode<T: CsvRow>(columns: &[Column], record: &Record) -> Result<T, String> {
    let mut cells = Cells::new(columns, record);
    let mut row: T = cells.read()?;
    for (column, text) in cells.undeclared {
        row.undeclared(column, text);
    }
    Ok(row.complete())
}

/// The columns that a header names.
fn columns(header: &Record, needed: &[&str]) -> Result<Vec<Column>, String> {
    let names: Option<Vec<_>> = header.fields().collect();
    let names = names.ok_or("its header is not UTF-8")?;
    let names: Vec<_> = names.into_iter().map(str::trim).collect();
    let missing = |name: &&&str| !names.contains(*name);
    if let Some(missing) = needed.iter().find(missing) {
        return Err(format!("it has no column `{missing}`"));
    }
    let mut seen = HashSet::new();
    let columns = names.into_iter().map(|name| Column {
        name: name.to_owned(),
        again: !seen.insert(name),
    });
    Ok(columns.collect())
}

fn another_document<T>(reason: &str, arrived: Arrived<'_>) -> Step<T> {
    if !arrived.last && arrived.text.len() <= arrived.limit {
        return Step::More;
    }
    let error = Error::unexpected(format!("the answer is not the documented list: {reason}"));
    Step::Another(error, arrived.text.to_vec())
}
