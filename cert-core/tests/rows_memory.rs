//! What reading rows costs in memory, however many there are: in a process of its own, as the
//! peak of a process can only grow.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};

use cert_core::client::{
    Answer, Around, Builder, Caller, CsvRow, Fault, Headers, InCsv, InJson, Op, RowFormat, Rows,
    Vendor,
};

/// As much as a large customer's report.
const SIZE: usize = 256 << 20;
const MOST: u64 = 12 << 20;

static VENDOR: Vendor = cert_core::vendor!("test", no_fault);
static JSON: Op = Op::get("json", "/json");
static CSV: Op = Op::get("csv", "/csv");

cert_core::response! {
    struct Row {
        id: u64,
        names: String,
    }
}

cert_core::response! {
    struct Head {
    }
}

impl Around for Head {
    const ROWS: &'static str = "rows";
}

impl CsvRow for Row {
    const COLUMNS: &'static [&'static str] = &["id", "names"];
}

fn no_fault(_: &Op, _: &Answer) -> Option<Fault> {
    None
}

/// The peak of this process's resident memory so far.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a Linux system");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    kilobytes
        .and_then(|text| text.parse::<u64>().ok())
        .expect("a number")
        * 1024
}

/// Answers requests with a block of rows over and over, which is all that it holds.
fn serve(listener: &TcpListener) {
    for stream in listener.incoming() {
        answer(&stream.expect("a connection")).expect("a client that reads to the end");
    }
}

fn answer(mut stream: &TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().expect("a request")?;
    while !lines.next().expect("a head")?.is_empty() {}
    let (start, row, end) = match request.contains("/json") {
        true => (r#"{"rows":["#, json_row(), r#"{"id":1,"names":""}]}"#),
        false => ("id,names\n", csv_row(), ""),
    };
    let block = row.repeat(64);
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{start}"
    )?;
    for _ in 0..SIZE / block.len() + 1 {
        stream.write_all(block.as_bytes())?;
    }
    stream.write_all(end.as_bytes())
}

fn json_row() -> String {
    format!(r#"{{"id":7,"names":"{}"}},"#, "a.example; ".repeat(150))
}

fn csv_row() -> String {
    format!("\"7\",\"{}\"\n", "a.example; ".repeat(150))
}

async fn count<F: RowFormat>(caller: &Caller, op: &'static Op) -> u64 {
    let mut rows = caller.call::<Rows<F>>(op).await.expect("an answer");
    while let Some(row) = rows.next().await {
        row.expect("a row");
    }
    rows.received()
}

#[tokio::test]
async fn a_quarter_of_a_gigabyte_takes_twelve_megabytes() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || serve(&listener));
    let builder = Builder::<Caller>::new(&VENDOR, &url, Ok(Headers::new()));
    let caller = builder.build().expect("a caller");
    let before = peak();
    let mut total = 0;
    total += count::<InJson<Row, Head>>(&caller, &JSON).await;
    total += count::<InCsv<Row>>(&caller, &CSV).await;
    let grown = peak() - before;
    eprintln!("{total} bytes read, {grown} bytes grown");
    assert!(total as usize > 2 * SIZE);
    assert!(grown <= MOST, "{grown} bytes for {total}");
}
