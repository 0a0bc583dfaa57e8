//! What a server is told to say.

use std::time::Duration;

#[derive(Clone)]
pub(crate) struct Reply {
    head: String,
    body: Vec<u8>,
    framing: Framing,
    /// How long to wait before the first byte.
    pub(crate) delay: Duration,
    /// How many requests must have arrived before.
    pub(crate) requests: usize,
    /// How long to wait after each piece.
    pub(crate) pause: Duration,
    pub(crate) ending: Ending,
}

/// What happens after the last byte.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Ending {
    Whole,
    Closed,
    Stalled,
}

#[derive(Clone, Copy)]
enum Framing {
    /// Announces so many bytes more than there are.
    Length { missing: usize },
    /// Chunks of at most this size.
    Chunked { size: usize, last: bool },
    /// The body without any head.
    Bare,
}

impl Reply {
    pub(crate) fn new(status: u16) -> Self {
        Self {
            head: format!("HTTP/1.1 {status} X\r\n"),
            body: Vec::new(),
            framing: Framing::Length { missing: 0 },
            delay: Duration::ZERO,
            requests: 0,
            pause: Duration::ZERO,
            ending: Ending::Whole,
        }
    }

    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::new(status)
            .header("content-type", "application/json")
            .body(body)
    }

    /// The thing that most tests ask for.
    pub(crate) fn thing() -> Self {
        Self::json(200, r#"{"id": 5, "name": "door"}"#)
    }

    /// Closes the connection without a byte.
    pub(crate) fn closed() -> Self {
        Self {
            framing: Framing::Bare,
            ending: Ending::Closed,
            ..Self::new(200)
        }
    }

    /// These bytes and no others.
    pub(crate) fn bare(bytes: &[u8]) -> Self {
        Self {
            framing: Framing::Bare,
            ..Self::new(200).body(bytes)
        }
    }

    /// Says nothing until the client closes the connection.
    pub(crate) fn silence() -> Self {
        Self {
            ending: Ending::Stalled,
            ..Self::closed()
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.head += &format!("{name}: {value}\r\n");
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Waits until so many requests have arrived, this one included.
    pub(crate) fn held_until(mut self, requests: usize) -> Self {
        self.requests = requests;
        self
    }

    pub(crate) fn chunked(mut self, size: usize, pause: Duration) -> Self {
        self.framing = Framing::Chunked { size, last: true };
        self.pause = pause;
        self
    }

    /// Announces more than it sends, and closes the connection.
    pub(crate) fn cut(mut self) -> Self {
        self.ending = Ending::Closed;
        self.unfinished()
    }

    /// Announces more than it sends, and leaves it at that.
    pub(crate) fn stalled(mut self) -> Self {
        self.ending = Ending::Stalled;
        self.unfinished()
    }

    fn unfinished(mut self) -> Self {
        self.framing = match self.framing {
            Framing::Chunked { size, .. } => Framing::Chunked { size, last: false },
            _ => Framing::Length { missing: 10 },
        };
        self
    }

    /// The bytes to send, with a pause after each piece.
    pub(crate) fn pieces(&self) -> Vec<Vec<u8>> {
        let Self { head, body, .. } = self;
        match self.framing {
            Framing::Bare => vec![body.clone()],
            Framing::Length { missing } => {
                let length = body.len() + missing;
                let head = format!("{head}content-length: {length}\r\n\r\n");
                vec![[head.as_bytes(), body].concat()]
            }
            Framing::Chunked { size, last } => {
                let head = format!("{head}transfer-encoding: chunked\r\n\r\n");
                let chunks = body.chunks(size).map(|chunk| {
                    [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat()
                });
                let end = last.then(|| b"0\r\n\r\n".to_vec());
                [head.into_bytes()]
                    .into_iter()
                    .chain(chunks)
                    .chain(end)
                    .collect()
            }
        }
    }
}
