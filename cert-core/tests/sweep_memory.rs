//! What a sweep over a million entries takes in memory.

use allocation_counter::measure;
use bytes::Bytes;
use cert_core::client::{
    Answer, Body, BoxFuture, Builder, Caller, Chunks, Error, Fault, Headers, Op, Page, PageReply,
    Pages, Row, Transport, TransportError, Vendor,
};
use http::{Request, Response};
use serde::Deserialize;

const COUNT: u64 = 1_000_000;

static VENDOR: Vendor = Vendor::new("test", no_fault);
static LIST: Op = Op::get("list", "/certificates");

fn no_fault(_: &Op, _: &Answer) -> Option<Fault> {
    None
}

/// An entry as large as vendors' are.
#[derive(Deserialize)]
struct Certificate {
    id: u64,
    #[serde(rename = "commonName")]
    common_name: String,
    #[serde(rename = "serialNumber")]
    serial_number: String,
}

impl Row for Certificate {
    type Id = u64;

    fn id(&self) -> &u64 {
        &self.id
    }
}

struct Certificates;

impl PageReply for Certificates {
    type Item = Certificate;

    fn page(answer: &Answer) -> Result<Page<Certificate>, Error> {
        Ok(Page::new(answer.json()?, Some(COUNT)))
    }
}

struct Server;

impl Transport for Server {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Chunks>, TransportError>> {
        let query = request.uri().query().expect("a query");
        let number = |text: &str| text.rsplit('=').next()?.parse::<u64>().ok();
        let (position, size) = query.split_once('&').expect("two parameters");
        let start = number(position).expect("a position");
        let end = (start + number(size).expect("a size")).min(COUNT);
        let page = Bytes::from(page(start..end));
        Box::pin(async { Ok(Response::new(Chunks::from(page))) })
    }
}

fn page(ids: impl Iterator<Item = u64>) -> String {
    let entries = ids.map(|id| {
        format!(r#"{{"id": {id}, "commonName": "host-{id}.example", "serialNumber": "{id:032x}"}}"#)
    });
    let entries: Vec<_> = entries.collect();
    format!("[{}]", entries.join(","))
}

fn list(caller: &Caller) -> Pages<'_, Certificates> {
    Pages::new(200, move |window| {
        let size = u64::from(window.size.unwrap_or(200));
        caller
            .call(&LIST)
            .query(&[("position", window.position), ("size", size)])
    })
}

async fn swept(caller: &Caller) -> u64 {
    let mut sweep = list(caller).windows(16);
    let mut expected = 0;
    while let Some(item) = sweep.next().await {
        let certificate = item.expect("an entry");
        assert_eq!(certificate.id, expected);
        assert!(!certificate.common_name.is_empty() && !certificate.serial_number.is_empty());
        expected += 1;
    }
    assert!(sweep.end().expect("over").is_whole());
    expected
}

#[test]
fn a_million_entries_in_sixteen_windows_take_twelve_megabytes_at_most() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime");
    let builder = Builder::<Caller>::new(&VENDOR, "http://127.0.0.1", Ok(Headers::new()));
    let caller = builder.transport(Server).build().expect("a caller");
    let mut entries = 0;
    let memory = measure(|| entries = runtime.block_on(swept(&caller)));
    assert_eq!(entries, COUNT);
    assert!(memory.bytes_max <= 12 << 20, "{}", memory.bytes_max);
}
