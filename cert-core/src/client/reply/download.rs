use bytes::Bytes;

use super::{Answer, Blob, Reply};
use crate::client::transport::Chunks;
use crate::client::{Error, Op};

/// A body that is read chunk by chunk, for answers too large to hold.
#[derive(Debug)]
pub struct Download {
    /// The name from `Content-Disposition` (RFC 6266), made safe as the name of a local file as
    /// [`Blob::file_name`] is.
    pub file_name: Option<String>,
    /// The `Content-Type`, as sent.
    pub media_type: Option<String>,
    chunks: Chunks,
    call: Option<(&'static str, &'static Op)>,
}

impl Download {
    /// The next piece of the body, or `None` at its end.
    ///
    /// # Errors
    ///
    /// [`Interrupted`](crate::client::ErrorKind::Interrupted) when the body breaks off, and
    /// [`TimedOut`](crate::client::ErrorKind::TimedOut) when nothing comes for as long as an attempt may
    /// take, or the call's time is over: what came before is not the whole.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let chunk = self.chunks.next().await.transpose();
        chunk.map_err(|error| match self.call {
            Some((vendor, op)) => Error::transport(error).of(vendor, op),
            None => Error::transport(error),
        })
    }
}

impl Reply for Download {
    type Value = Self;
    const ACCEPT: Option<&'static str> = Some("*/*");
    const STREAMS: bool = true;

    fn decode(answer: &mut Answer) -> Result<Self, Error> {
        let blob = Blob::decode(answer)?;
        let chunks = answer
            .rest
            .take()
            .unwrap_or_else(|| Chunks::from(blob.bytes));
        Ok(Self {
            file_name: blob.file_name,
            media_type: blob.media_type,
            chunks,
            call: answer.call().map(|(vendor, op)| (vendor.name(), op)),
        })
    }
}
