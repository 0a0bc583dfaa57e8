//! A month's expiries, streamed from a report into a CSV file of our own:
//! `cargo run -p examples --example sectigo_report`.

use std::error::Error;
use std::fs::File;
use std::io::{Write, stdout};

use cert_core::{SerialNumber, Time};
use cert_emulators::sectigo_scm::Emulator;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::ToSpan as _;
use sectigo_scm::reports::v1::{DateAttribute, SslFilter, SslRow, SslStatusCode};
use sectigo_scm::{BrokenRow, Client, Credentials};

const CERTIFICATES: usize = 20_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder()
        .certificates(CERTIFICATES)
        .start()
        .await?;
    let credentials = Credentials::password("admin", "secret", "cst1");
    let scm = Client::new(emulator.base_url(), credentials)?;

    let today = emulator.clock().today();
    let month = SslFilter::new()
        .status(SslStatusCode::Issued)
        .date(DateAttribute::Expires)
        .from(today)
        .to(today.saturating_add(1.month()));
    let mut rows = scm.reports().ssl_v1(&month).await?;

    let path = std::env::temp_dir().join("expiries.csv");
    let mut file = csv::Writer::from_writer(File::create(&path)?);
    file.write_record(["id", "common name", "serial number", "expires", "requester"])?;
    let before = peak();
    let bar = progress(rows.announced())?;
    let mut written = 0;
    while let Some(row) = rows.next().await {
        match row {
            Ok(row) => file.write_record(cells(&row))?,
            // One row costs itself; after anything else the list is not whole.
            Err(error) if BrokenRow::of(&error).is_some() => bar.println(error.to_string()),
            Err(error) => return Err(error.into()),
        }
        written += 1;
        bar.set_position(rows.received());
    }
    file.flush()?;
    bar.finish();
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    writeln!(
        stdout(),
        "{written} rows of {:.1} MB, to {}",
        megabytes(rows.received()),
        path.display()
    )?;
    if let (Some(before), Some(after)) = (before, peak()) {
        let grown = megabytes(after - before);
        writeln!(stdout(), "peak memory: {grown:.1} MB more than before")?;
    }
    Ok(())
}

fn cells(row: &SslRow) -> [String; 5] {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    [
        row.id.to_string(),
        text(row.common_name.as_deref()),
        text(row.serial_number.as_ref().map(SerialNumber::as_str)),
        text(row.expires.as_ref().map(Time::as_str)),
        text(row.requester.as_deref()),
    ]
}

/// A bar up to the announced length, or else what has arrived; on standard error.
fn progress(length: Option<u64>) -> Result<ProgressBar, Box<dyn Error>> {
    let (bar, style) = match length {
        Some(length) => (ProgressBar::new(length), "{bar:40} {bytes}/{total_bytes}"),
        None => (ProgressBar::new_spinner(), "{spinner} {bytes}"),
    };
    Ok(bar.with_style(ProgressStyle::with_template(style)?))
}

/// The peak of this process's resident memory in bytes, where Linux tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}
