//! One request, one answer, within bounds.

use std::pin::{Pin, pin};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, header};

use super::{Chunks, Transport};
use crate::client::reply::header::text;
use crate::client::{Answer, Body, Error, ErrorKind};

/// How much memory an announced length gets before the bytes are there.
const RESERVED: usize = 1 << 20;

/// Sends `request` and reads the whole answer within `time` and `size`.
pub(crate) async fn exchange(
    transport: &dyn Transport,
    request: http::Request<Body>,
    time: Duration,
    size: usize,
) -> Result<Answer, Error> {
    let exchange = pin!(async {
        let mut answer = head(transport, request).await?;
        collect(&mut answer, size).await?;
        Ok(answer)
    });
    within(time, exchange).await
}

/// Sends `request` and waits for the head of the answer; the body stays in `rest`.
pub(crate) async fn head(
    transport: &dyn Transport,
    request: http::Request<Body>,
) -> Result<Answer, Error> {
    let response = transport.send(request).await.map_err(Error::transport)?;
    let (parts, chunks) = response.into_parts();
    let mut answer = Answer::new(parts.status, parts.headers, Bytes::new());
    if answer.status.is_redirection() && answer.headers.contains_key(header::LOCATION) {
        let message = "redirects are not followed, as credentials belong to one host: \
                       check the base URL";
        return Err(Error::new(ErrorKind::Redirected, message).at(answer));
    }
    answer.rest = Some(chunks);
    Ok(answer)
}

/// Reads the body that is still to come.
pub(crate) async fn collect(answer: &mut Answer, size: usize) -> Result<(), Error> {
    let Some(mut chunks) = answer.rest.take() else {
        return Ok(());
    };
    match body(&mut chunks, &answer.headers, size).await {
        Ok(body) => {
            answer.body = body;
            Ok(())
        }
        Err(error) => Err(error.at(answer.whole())),
    }
}

async fn body(chunks: &mut Chunks, headers: &HeaderMap, size: usize) -> Result<Bytes, Error> {
    let Some(first) = chunks.next().await.transpose().map_err(Error::transport)? else {
        return Ok(Bytes::new());
    };
    let mut length = first.len();
    let announced: Option<usize> =
        text(headers, header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
    if announced == Some(length) && length <= size {
        return Ok(first);
    }
    let Some(second) = within_size(length, size, chunks).await? else {
        return Ok(first);
    };
    let reserved = announced.unwrap_or(2 * length).min(size).min(RESERVED);
    let mut whole = BytesMut::with_capacity(reserved);
    whole.extend_from_slice(&first);
    let mut next = Some(second);
    while let Some(chunk) = next {
        length += chunk.len();
        whole.extend_from_slice(&chunk);
        next = within_size(length, size, chunks).await?;
    }
    Ok(whole.freeze())
}

/// The next chunk, unless what is there already exceeds the limit.
async fn within_size(
    length: usize,
    size: usize,
    chunks: &mut Chunks,
) -> Result<Option<Bytes>, Error> {
    if length > size {
        let message = format!("the answer exceeds the limit of {size} bytes; raise it if wanted");
        return Err(Error::new(ErrorKind::TooLarge, message));
    }
    chunks.next().await.transpose().map_err(Error::transport)
}

/// Bounds `future` in time. A pinned one is not held twice.
pub(crate) async fn within<T>(
    time: Duration,
    future: Pin<&mut (impl Future<Output = Result<T, Error>> + ?Sized)>,
) -> Result<T, Error> {
    tokio::time::timeout(time, future)
        .await
        .unwrap_or_else(|_| {
            let rounded = Duration::from_millis((time.as_secs_f64() * 1000.0).round() as u64);
            let message = format!("no whole answer within {rounded:?}");
            Err(Error::new(ErrorKind::TimedOut, message))
        })
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;
    use crate::client::{BoxFuture, ChunkSource, TransportError};

    struct Arriving(VecDeque<&'static [u8]>);

    impl ChunkSource for Arriving {
        fn next(&mut self) -> BoxFuture<'_, Option<Result<Bytes, TransportError>>> {
            let chunk = self.0.pop_front().map(Bytes::from_static);
            Box::pin(async { chunk.map(Ok) })
        }
    }

    #[tokio::test]
    async fn an_announced_length_gets_a_mebibyte_before_the_bytes_are_there() {
        const ANNOUNCED: usize = 1 << 40;
        let mut chunks = Chunks::new(Arriving([&b"on"[..], b"ce"].into()));
        let headers = HeaderMap::from_iter([(header::CONTENT_LENGTH, ANNOUNCED.into())]);
        let whole = body(&mut chunks, &headers, usize::MAX)
            .await
            .expect("a body");
        assert_eq!(whole, "once");
        let kept = whole.try_into_mut().expect("its only owner").capacity();
        assert!((4..=RESERVED).contains(&kept), "{kept}");
    }
}
