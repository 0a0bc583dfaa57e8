//! Reports: computed from what there is when they are asked for, and written while they are sent.

mod activity;
mod cells;
mod columns;
mod filter;
mod rows;
mod v1;
mod v2;

use bytes::Bytes;
use http::{HeaderName, StatusCode, header::CONTENT_DISPOSITION};

use super::{Route, SectigoScm};
use crate::frame::{Reply, routes};

pub(super) const ROUTES: &[Route] = routes! {
    post("report_stream_v2", "/api/report/v2/stream", v2::stream);
    post("report_activity_log", "/api/report/v1/activity", v1::activity);
    post("report_ssl_certificates", "/api/report/v1/ssl-certificates", v1::ssl);
    post("report_brand_certificates", "/api/report/v1/brand-certificates", v1::brand);
    post("report_client_certificates", "/api/report/v1/client-certificates", v1::client);
    post("report_device_certificates", "/api/report/v1/device-certificates", v1::device);
    post("report_domains", "/api/report/v1/domains", v1::domains);
};

/// Size from which rows are sent.
const PIECE: usize = 32 << 10;

/// Where rows are written to: those of the next piece.
#[derive(Debug)]
pub(super) struct Sink {
    text: String,
    between: &'static str,
    begun: bool,
}

impl Sink {
    /// Adds a row.
    pub(super) fn row(&mut self, row: &str) {
        if std::mem::replace(&mut self.begun, true) {
            self.text.push_str(self.between);
        }
        self.text.push_str(row);
    }
}

/// What stands around rows.
struct Frame {
    media_type: &'static str,
    file: String,
    before: String,
    between: &'static str,
    after: &'static str,
}

/// An answer with the rows of these things, each written when its turn comes.
fn streamed<T: Send + 'static>(
    frame: Frame,
    things: Vec<T>,
    mut write: impl FnMut(&SectigoScm, &T, &mut Sink) + Send + 'static,
) -> Reply {
    let mut things = things.into_iter();
    let mut before = Some(frame.before);
    let mut sink = Sink {
        text: String::new(),
        between: frame.between,
        begun: false,
    };
    let mut after = Some(frame.after);
    let next = move |scm: &mut SectigoScm| {
        sink.text.push_str(&before.take().unwrap_or_default());
        while sink.text.len() < PIECE {
            let Some(thing) = things.next() else {
                sink.text.push_str(after.take().unwrap_or_default());
                break;
            };
            write(scm, &thing, &mut sink);
        }
        let piece = std::mem::take(&mut sink.text);
        (!piece.is_empty()).then(|| Bytes::from(piece))
    };
    let disposition = format!("attachment; filename=\"{}\"", frame.file);
    Reply::streamed(StatusCode::OK, frame.media_type, next)
        .header(CONTENT_DISPOSITION, disposition)
        .header(HeaderName::from_static("pragma"), "public")
}
