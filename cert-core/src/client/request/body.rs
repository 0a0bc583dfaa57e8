use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

/// The content of a request: whole in memory, so that it can be sent again.
///
/// It is kept as segments that are never copied together; [`Debug`](fmt::Debug) shows its
/// length only.
#[derive(Clone, Default)]
pub struct Body(Content);

#[derive(Clone, Default)]
enum Content {
    #[default]
    Empty,
    Whole(Bytes),
    Segments(Arc<[Bytes]>),
}

impl Body {
    /// The segments in order.
    #[must_use]
    pub fn segments(&self) -> &[Bytes] {
        match &self.0 {
            Content::Empty => &[],
            Content::Whole(bytes) => std::slice::from_ref(bytes),
            Content::Segments(segments) => segments,
        }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.segments().iter().map(Bytes::len).sum()
    }

    /// Whether nothing is sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The content in one piece; copies only where it has several segments.
    #[must_use]
    pub fn to_bytes(&self) -> Bytes {
        match self.segments() {
            [] => Bytes::new(),
            [whole] => whole.clone(),
            segments => segments.concat().into(),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(if bytes.is_empty() {
            Content::Empty
        } else {
            Content::Whole(bytes)
        })
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<Vec<Bytes>> for Body {
    fn from(segments: Vec<Bytes>) -> Self {
        Self(Content::Segments(segments.into()))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes)", self.len())
    }
}
