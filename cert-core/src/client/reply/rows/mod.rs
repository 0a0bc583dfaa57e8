//! Rows of an answer, read while it arrives.

mod broken;
mod cells;
mod csv;
mod json;
mod record;
mod scan;

use std::fmt;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::header as names;

pub use self::broken::BrokenRow;
pub use self::csv::{CsvRow, CsvRows, InCsv};
pub use self::json::{Around, InJson, JsonRows};
use super::{Answer, Reply, header};
use crate::client::Error;
use crate::client::transport::{BoxFuture, Chunks, TransportError};
use crate::values::Secret;

/// Longest row that is read unless the caller allows more, in bytes.
const ROW_LIMIT: usize = 1 << 20;

/// Format of rows in the body of an answer: [`InJson`] or [`InCsv`].
pub trait RowFormat: Sized + Send + Unpin + 'static {
    /// Type of a row.
    type Row;

    /// The media type that is asked for; that of the vendor where `None`.
    const ACCEPT: Option<&'static str>;

    #[doc(hidden)]
    fn start() -> Self;

    /// Reads on at the start of `text`, which holds all that has arrived and was not consumed;
    /// `last` where no more comes. What was looked at in vain is not looked at again.
    #[doc(hidden)]
    fn read(&mut self, text: Arrived<'_>) -> Step<Self::Row>;
}

/// Part of a body that has arrived, and was not consumed.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Arrived<'t> {
    text: &'t [u8],
    last: bool,
    limit: usize,
}

/// Next thing that a format finds in the text that is there.
#[doc(hidden)]
#[derive(Debug)]
pub enum Step<T> {
    /// So many bytes are read; there is no row in them.
    Read(usize),
    /// So many bytes are read, and are a row.
    Row(usize, Result<T, Unreadable>),
    /// More text is needed.
    More,
    /// The rows have come to their end.
    Over,
    /// Nothing can be read from here on.
    Failed(Error),
    /// Another document than the list, as much of it as there is.
    Another(Error, Vec<u8>),
}

/// Reason for which a row cannot be read, and its line where the format has lines.
#[doc(hidden)]
#[derive(Debug)]
pub struct Unreadable {
    line: Option<u64>,
    reason: String,
}

/// Rows of an answer that are read one by one while it arrives, in constant memory: as
/// [`JsonRows`] or as [`CsvRows`].
///
/// An answer of any size can be read: no limit on bodies applies. A row has 1 MiB at most, or what
/// [`row_limit`](Rows::row_limit) allows. The time of the call holds to the last row, and between
/// two pieces of the answer no more time may pass than an attempt may take.
///
/// A row that cannot be read is an error with a [`BrokenRow`] that names it, and reading goes on
/// with the next one. Any other error is the end: the rows before it are not all there are.
///
/// With feature `stream` it is a [`futures_core::Stream`] too.
#[must_use = "nothing is read before the rows are"]
pub struct Rows<F: RowFormat> {
    /// Status and headers of the answer.
    answer: Box<Answer>,
    source: Source,
    text: Vec<u8>,
    /// Length of the text that is consumed.
    consumed: usize,
    format: F,
    row_limit: usize,
    received: u64,
    position: u64,
    over: bool,
}

enum Source {
    Ready(Chunks),
    Fetching(BoxFuture<'static, Fetched>),
    Ended,
}

type Fetched = (Chunks, Option<Result<Bytes, TransportError>>);

impl<F: RowFormat> Rows<F> {
    /// Sets the longest row to read, in bytes; a longer one is an error, and is passed over.
    pub fn row_limit(mut self, bytes: usize) -> Self {
        self.row_limit = bytes;
        self
    }

    /// The number of rows that were handed out, broken ones included.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Number of bytes of the answer that have arrived.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Length of the answer in bytes, where the server announces it and does not compress it.
    #[must_use]
    pub fn announced(&self) -> Option<u64> {
        let length = self.answer.header(names::CONTENT_LENGTH.as_str())?;
        length.parse().ok()
    }

    /// The name from `Content-Disposition` (RFC 6266), made safe as the name of a local file as
    /// [`Blob::file_name`](super::Blob::file_name) is.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        header::file_name(&self.answer.headers)
    }

    /// The next row, `None` after the last one.
    ///
    /// # Errors
    ///
    /// [`Unexpected`](crate::client::ErrorKind::Unexpected) with a [`BrokenRow`] for a row that
    /// cannot be read: the next call gives the next row. Without one, when the answer is not the
    /// documented one; [`Interrupted`](crate::client::ErrorKind::Interrupted) when it breaks off;
    /// [`TimedOut`](crate::client::ErrorKind::TimedOut) when it stops coming, or the time of the
    /// call is over: after these there is nothing more.
    pub async fn next(&mut self) -> Option<Result<F::Row, Error>> {
        std::future::poll_fn(|context| self.poll_row(context)).await
    }

    /// All rows that are left, which have to fit into memory.
    ///
    /// # Errors
    ///
    /// The first error of any row; use [`next`](Rows::next) to keep what came before.
    pub async fn collect(mut self) -> Result<Vec<F::Row>, Error> {
        let mut all = Vec::new();
        while let Some(row) = self.next().await {
            all.push(row?);
        }
        Ok(all)
    }

    fn poll_row(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<F::Row, Error>>> {
        while !self.over {
            match self.step() {
                Step::Read(length) => self.consumed += length,
                Step::Row(length, row) => return Poll::Ready(Some(self.take(length, row))),
                Step::Over => self.over = true,
                Step::Failed(error) => return Poll::Ready(Some(Err(self.failed(error)))),
                Step::Another(error, document) => {
                    return Poll::Ready(Some(Err(self.another(error, document))));
                }
                Step::More => {
                    if let Err(error) = ready!(self.poll_chunk(context)) {
                        return Poll::Ready(Some(Err(self.failed(error))));
                    }
                }
            }
        }
        Poll::Ready(None)
    }

    fn step(&mut self) -> Step<F::Row> {
        self.format.read(Arrived {
            text: &self.text[self.consumed..],
            last: matches!(self.source, Source::Ended),
            limit: self.row_limit,
        })
    }

    fn take(&mut self, length: usize, row: Result<F::Row, Unreadable>) -> Result<F::Row, Error> {
        self.position += 1;
        let start = self.consumed;
        self.consumed += length;
        row.map_err(|unreadable| {
            let text = Bytes::copy_from_slice(&self.text[start..self.consumed]);
            self.told(unreadable.of(self.position), text)
        })
    }

    /// Ends with an error that keeps the text that could not be read.
    fn failed(&mut self, error: Error) -> Error {
        let rest = self.end();
        self.told(error, rest.into())
    }

    /// Ends, and leaves what was not read.
    fn end(&mut self) -> Vec<u8> {
        self.over = true;
        self.source = Source::Ended;
        let rest = self.text.split_off(self.consumed);
        self.text = Vec::new();
        self.consumed = 0;
        rest
    }

    /// Ends with what the vendor refuses with a success, or else with the error.
    fn another(&mut self, error: Error, document: Vec<u8>) -> Error {
        let mut answer = self.answer.whole();
        answer.body = document.into();
        let fault = answer
            .call()
            .and_then(|(vendor, op)| vendor.fault_in(op, &answer));
        self.end();
        self.told(fault.map_or(error, Error::told_by), answer.body)
    }

    /// The error with the call and the answer in which it came up.
    fn told(&self, error: Error, text: Bytes) -> Error {
        let mut answer = self.answer.whole();
        answer.body = text;
        let error = error.undecoded(answer);
        let error = error.masking(self.answer.secrets().iter().map(Secret::expose));
        match self.answer.call() {
            Some((vendor, op)) => error.of(vendor.name(), op),
            None => error,
        }
    }

    /// Waits for more text, or for the end of it.
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let mut fetching = match std::mem::replace(&mut self.source, Source::Ended) {
            Source::Ready(chunks) => fetch(chunks),
            Source::Fetching(fetching) => fetching,
            // A format that wants more after the end would ask for ever.
            Source::Ended => return Poll::Ready(Err(Error::unexpected("the rows have no end"))),
        };
        let Poll::Ready((chunks, chunk)) = fetching.as_mut().poll(context) else {
            self.source = Source::Fetching(fetching);
            return Poll::Pending;
        };
        let Some(chunk) = chunk.transpose().map_err(Error::transport)? else {
            return Poll::Ready(Ok(()));
        };
        self.source = Source::Ready(chunks);
        self.add(&chunk);
        Poll::Ready(Ok(()))
    }

    fn add(&mut self, chunk: &[u8]) {
        self.text.drain(..self.consumed);
        self.consumed = 0;
        self.text.extend_from_slice(chunk);
        self.received += chunk.len() as u64;
    }
}

fn fetch(mut chunks: Chunks) -> BoxFuture<'static, Fetched> {
    Box::pin(async move {
        let chunk = chunks.next().await;
        (chunks, chunk)
    })
}

impl<F: RowFormat> Reply for Rows<F> {
    type Value = Self;
    const ACCEPT: Option<&'static str> = F::ACCEPT;
    const STREAMS: bool = true;

    fn decode(answer: &mut Answer) -> Result<Self, Error> {
        let body = std::mem::take(&mut answer.body);
        let chunks = answer.rest.take().unwrap_or_else(|| Chunks::from(body));
        let secrets = answer.secrets().to_vec();
        Ok(Self {
            answer: Box::new(answer.whole().hiding(secrets)),
            source: Source::Ready(chunks),
            text: Vec::new(),
            consumed: 0,
            format: F::start(),
            row_limit: ROW_LIMIT,
            received: 0,
            position: 0,
            over: false,
        })
    }
}

#[cfg(feature = "stream")]
impl<F: RowFormat> futures_core::Stream for Rows<F> {
    type Item = Result<F::Row, Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        self.poll_row(context)
    }
}

impl<F: RowFormat> Unpin for Rows<F> {}

impl<F: RowFormat> fmt::Debug for Rows<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("position", &self.position)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

/// How many blanks of JSON or CSV `text` begins with.
fn blanks(text: &[u8]) -> usize {
    let mark = text.iter().position(|byte| !byte.is_ascii_whitespace());
    mark.unwrap_or(text.len())
}
