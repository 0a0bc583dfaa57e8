//! What a report of a gigabyte takes in memory and time: `cargo bench -p bench --bench rows`.
//!
//! A thread of this program answers on loopback with the same row over and over, once as JSON
//! and once as CSV. Memory is what the peak of the whole process grew by while rows were read.

use std::error::Error;
use std::fs;
use std::io::{BufRead as _, BufReader, Result, Write as _, stdout};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Instant;

use cert_core::client::{
    Answer, Around, Builder, Caller, CsvRow, Fault, Headers, InCsv, InJson, Op, RowFormat, Rows,
    Vendor,
};

/// Size of each report, in bytes.
const SIZE: usize = 1 << 30;
/// Most bytes that the process may grow by.
const MOST: u64 = 12 << 20;

static VENDOR: Vendor = cert_core::vendor!("bench", no_fault);
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

fn main() -> std::result::Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || serve(&listener));
    let caller = Builder::<Caller>::new(&VENDOR, &url, Ok(Headers::new())).build()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        read::<InJson<Row, Head>>(&caller, "JSON", &JSON).await?;
        read::<InCsv<Row>>(&caller, "CSV", &CSV).await
    })
}

async fn read<F: RowFormat>(
    caller: &Caller,
    name: &str,
    op: &'static Op,
) -> std::result::Result<(), Box<dyn Error>> {
    let (before, begun) = (peak()?, Instant::now());
    let mut rows = caller.call::<Rows<F>>(op).await?;
    let mut count = 0_u64;
    while let Some(row) = rows.next().await {
        row?;
        count += 1;
    }
    let (bytes, grown) = (rows.received(), peak()? - before);
    let seconds = begun.elapsed().as_secs_f64();
    writeln!(
        stdout(),
        "{name}: {count} rows, {bytes} bytes in {seconds:.1} s, {grown} bytes grown"
    )?;
    match bytes >= SIZE as u64 && grown <= MOST {
        true => Ok(()),
        false => Err(format!("{name}: {grown} bytes grown for {bytes}, at most {MOST}").into()),
    }
}

/// The peak of this process's resident memory so far.
fn peak() -> std::result::Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    let kilobytes: u64 = kilobytes.ok_or("no peak in /proc/self/status")?.parse()?;
    Ok(kilobytes * 1024)
}

fn serve(listener: &TcpListener) {
    for stream in listener.incoming().flatten() {
        // A connection that breaks is seen by the client.
        let _sent = answer(&stream);
    }
}

fn answer(mut stream: &TcpStream) -> Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    while lines
        .next()
        .transpose()?
        .is_some_and(|line| !line.is_empty())
    {}
    let names = "a.example; ".repeat(150);
    let (start, row, end) = match request.contains("/json") {
        true => (
            r#"{"rows":["#,
            format!(r#"{{"id":7,"names":"{names}"}},"#),
            r#"{"id":1,"names":""}]}"#,
        ),
        false => ("id,names\n", format!("\"7\",\"{names}\"\n"), ""),
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
