use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::scan::Scan;
use super::{Arrived, RowFormat, Rows, Step, Unreadable, blanks};
use crate::client::reply::answer::mismatch;
use crate::client::{Error, Fault};

/// Rows of an array within a JSON object: its member [`Around::ROWS`]. The other members are
/// [`around`](Rows::around) them.
///
/// ```
/// use cert_core::client::{Around, Caller, Error, JsonRows, Op};
///
/// static REPORT: Op = Op::get("report", "/report");
///
/// cert_core::response! {
///     /// A row of the report.
///     pub struct Thing {
///         /// Number of the thing.
///         pub id: i64,
///     }
/// }
///
/// cert_core::response! {
///     /// What a report says besides its rows.
///     pub struct Head {
///         /// Text for people.
///         pub message: Option<String>,
///     }
/// }
///
/// impl Around for Head {
///     const ROWS: &'static str = "things";
/// }
///
/// # async fn demo(caller: &Caller) -> Result<(), Error> {
/// let mut things = caller.call::<JsonRows<Thing, Head>>(&REPORT).await?;
/// while let Some(thing) = things.next().await {
///     println!("{}", thing?.id);
/// }
/// println!("{:?}", things.around());
/// # Ok(())
/// # }
/// ```
pub type JsonRows<T, A> = Rows<InJson<T, A>>;

/// The object around rows: which of its members holds them, and what the others say.
pub trait Around: DeserializeOwned + Send + Unpin + 'static {
    /// Name of the member that holds the array of rows.
    const ROWS: &'static str;

    /// Refusal that the object tells, though the HTTP status is that of a success.
    fn fault(&self) -> Option<Fault> {
        None
    }
}

/// The format of [`JsonRows`].
#[derive(Debug)]
pub struct InJson<T, A> {
    place: Place,
    /// The value or name that is being read.
    scan: Scan,
    /// The rest of a row that is too long is passed over.
    passing: bool,
    /// The text of the object, without the rows.
    outside: Vec<u8>,
    around: Option<A>,
    found: bool,
    row: PhantomData<fn() -> T>,
}

/// Where reading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    /// Before the name of a member, or the end of the object where it has none.
    First,
    Name,
    /// Behind a name, which is that of the rows or not.
    Colon(bool),
    Value(bool),
    /// Behind a member.
    Comma,
    /// Before the first row, or the end of the rows where there are none.
    FirstRow,
    Row,
    /// Behind a row.
    RowComma,
    /// Behind the object.
    End,
    /// In another document, which is kept as a whole.
    Another,
}

impl<T, A: Around> Rows<InJson<T, A>>
where
    InJson<T, A>: RowFormat,
{
    /// Other members of the object: those before the rows while these are read, all of them
    /// after the last row. `None` before the first row.
    #[must_use]
    pub fn around(&self) -> Option<&A> {
        self.format.around.as_ref()
    }
}

impl<T: DeserializeOwned + 'static, A: Around> RowFormat for InJson<T, A> {
    type Row = T;
    const ACCEPT: Option<&'static str> = Some("application/json");

    fn start() -> Self {
        Self {
            place: Place::Start,
            scan: Scan::default(),
            passing: false,
            outside: Vec::new(),
            around: None,
            found: false,
            row: PhantomData,
        }
    }

    fn read(&mut self, arrived: Arrived<'_>) -> Step<T> {
        if self.place == Place::Another {
            return self.another(arrived);
        }
        let blank = match self.scan.seen == 0 && !self.passing {
            true => blanks(arrived.text),
            false => 0,
        };
        match arrived.text.get(blank) {
            _ if blank > 0 => Step::Read(blank),
            Some(first) => self.read_at(*first, arrived),
            None if !arrived.last => Step::More,
            None if self.place == Place::End => Step::Over,
            None => Step::Failed(self.broken_off()),
        }
    }
}

impl<T: DeserializeOwned, A: Around> InJson<T, A> {
    fn read_at(&mut self, first: u8, arrived: Arrived<'_>) -> Step<T> {
        match (self.place, first) {
            (Place::Start, 0xef) if arrived.text.len() < 3 && !arrived.last => Step::More,
            (Place::Start, 0xef) if arrived.text.starts_with(b"\xef\xbb\xbf") => Step::Read(3),
            (Place::Start, first) if first != b'{' => self.at_another(),
            (Place::Start, _) => self.outside(Place::First, b"{"),
            (Place::First | Place::Comma, b'}') => self.close(),
            (Place::Comma, b',') => self.outside(Place::Name, b","),
            (Place::First | Place::Name, b'"') => self.name(arrived),
            (Place::Colon(rows), b':') => self.outside(Place::Value(rows), b":"),
            (Place::Value(true), b'[') => self.open_rows(),
            (Place::Value(_), _) => self.member(arrived),
            (Place::FirstRow | Place::RowComma, b']') => self.at(Place::Comma),
            (Place::RowComma, b',') => self.at(Place::Row),
            (Place::FirstRow | Place::Row, _) if self.passing || !b",]}:".contains(&first) => {
                self.row(arrived)
            }
            _ => Step::Failed(self.misplaced()),
        }
    }

    fn at(&mut self, place: Place) -> Step<T> {
        self.place = place;
        Step::Read(1)
    }

    fn at_another(&mut self) -> Step<T> {
        self.place = Place::Another;
        Step::Read(0)
    }

    fn another(&self, arrived: Arrived<'_>) -> Step<T> {
        match arrived.last || arrived.text.len() > arrived.limit {
            true => Step::Another(self.misplaced(), arrived.text.to_vec()),
            false => Step::More,
        }
    }

    /// Goes on behind `text`, which is no row's.
    fn outside(&mut self, place: Place, text: &[u8]) -> Step<T> {
        self.outside.extend_from_slice(text);
        self.place = place;
        self.scan = Scan::default();
        Step::Read(text.len())
    }

    fn name(&mut self, arrived: Arrived<'_>) -> Step<T> {
        let Some(length) = self.scan.end(arrived.text, arrived.last) else {
            return self.more(arrived);
        };
        let name = &arrived.text[..length];
        let is_rows = serde_json::from_slice::<String>(name).is_ok_and(|name| name == A::ROWS);
        self.outside(Place::Colon(is_rows), name)
    }

    fn member(&mut self, arrived: Arrived<'_>) -> Step<T> {
        match self.scan.end(arrived.text, arrived.last) {
            Some(0) => Step::Failed(self.misplaced()),
            Some(length) => self.outside(Place::Comma, &arrived.text[..length]),
            None => self.more(arrived),
        }
    }

    /// More text, unless what surrounds the rows is too long already.
    fn more(&self, arrived: Arrived<'_>) -> Step<T> {
        let limit = arrived.limit;
        match self.outside.len() + arrived.text.len() > limit {
            _ if arrived.last => Step::Failed(self.broken_off()),
            true => Step::Failed(Error::unexpected(format!(
                "what surrounds the rows exceeds the limit of {limit} bytes"
            ))),
            false => Step::More,
        }
    }

    fn open_rows(&mut self) -> Step<T> {
        self.found = true;
        self.outside(Place::FirstRow, b"[]");
        let so_far = [self.outside.as_slice(), b"}"].concat();
        // What is missing here may follow the rows.
        let told = serde_json::from_slice(&so_far).map_or(Ok(()), |around| self.heed(around));
        match told {
            Ok(()) => Step::Read(1),
            Err(error) => Step::Failed(error),
        }
    }

    fn close(&mut self) -> Step<T> {
        self.outside(Place::End, b"}");
        let whole = std::mem::take(&mut self.outside);
        let around = serde_json::from_slice(&whole).map_err(|error| {
            Error::unexpected(format!("what surrounds the rows: {}", mismatch(&error)))
        });
        match around.and_then(|around| self.heed(around)) {
            Err(error) => Step::Failed(error),
            Ok(()) if self.found => Step::Read(1),
            Ok(()) => {
                let reason = format!("it has no rows in `{}`", A::ROWS);
                let reason = format!("the answer is not the documented list: {reason}");
                Step::Another(Error::unexpected(reason), whole)
            }
        }
    }

    fn heed(&mut self, around: A) -> Result<(), Error> {
        self.around
            .insert(around)
            .fault()
            .map_or(Ok(()), |fault| Err(Error::told_by(fault)))
    }

    fn row(&mut self, arrived: Arrived<'_>) -> Step<T> {
        let Arrived { text, last, limit } = arrived;
        let Some(length) = self.scan.end(text, last) else {
            return self.row_goes_on(arrived);
        };
        self.scan = Scan::default();
        self.place = Place::RowComma;
        if std::mem::take(&mut self.passing) || length > limit {
            return Step::Row(length, Err(Unreadable::longer_than(limit)));
        }
        Step::Row(length, decode(&text[..length]))
    }

    fn row_goes_on(&mut self, arrived: Arrived<'_>) -> Step<T> {
        let length = arrived.text.len();
        if arrived.last {
            return Step::Failed(self.broken_off());
        }
        if !self.passing && length <= arrived.limit {
            return Step::More;
        }
        self.passing = true;
        self.scan = self.scan.dropping();
        Step::Read(length)
    }

    fn misplaced(&self) -> Error {
        let place = match self.place {
            Place::Another => "it is no object",
            Place::End => "something follows the object",
            Place::FirstRow | Place::Row => "a row is missing",
            Place::RowComma => "a comma is missing behind a row",
            _ => "the object around the rows is malformed",
        };
        Error::unexpected(format!("the body is not the documented JSON: {place}"))
    }

    fn broken_off(&self) -> Error {
        Error::unexpected(match self.place {
            Place::Start => "success without content, where a list is promised",
            _ => "the answer ends before the list does: what came is not all there is",
        })
    }
}

fn decode<T: DeserializeOwned>(row: &[u8]) -> Result<T, Unreadable> {
    let text = str::from_utf8(row).map_err(|_| Unreadable::new("it is not UTF-8"))?;
    serde_json::from_str(text).map_err(|error| Unreadable::new(mismatch(&error)))
}
