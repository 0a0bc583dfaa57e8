//! Every certificate with its details: pages in parallel windows, details several at a time, at
//! the pace that the server bears. `cargo run -p examples --example sectigo_sweep`.

use std::error::Error;
use std::io::{Write, stdout};
use std::time::{Duration, Instant};

use cert_emulators::Fault;
use cert_emulators::sectigo_scm::Emulator;
use sectigo_scm::ssl::SslFilter;
use sectigo_scm::{Client, Credentials, Pace, SweepError};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().certificates(2_000).start().await?;
    let away = Fault::delay(Duration::from_millis(20));
    emulator.faults().add(away);
    let credentials = Credentials::password("admin", "secret", "cst1");
    // Clients of one account would share it: the vendor's limit is theirs together.
    let pace = Pace::at_most(2_000, Duration::from_secs(1));
    let scm = Client::builder(emulator.base_url(), credentials).pace(pace);
    let scm = scm.build()?;

    let started = Instant::now();
    let list = scm.ssl().list(&SslFilter::new()).page_size(20);
    let count = list.collect().await?.len();
    writeln!(stdout(), "{count} in turn: {:.1?}", started.elapsed())?;

    let started = Instant::now();
    let list = scm.ssl().list(&SslFilter::new()).page_size(20);
    let mut sweep = list.windows(16);
    let mut count = 0;
    while let Some(certificate) = sweep.next().await {
        certificate?;
        count += 1;
    }
    writeln!(stdout(), "{count} in windows: {:.1?}", started.elapsed())?;

    let started = Instant::now();
    let list = scm.ssl().list(&SslFilter::new()).windows(4);
    let mut sweep = list.details(50, |listed| scm.ssl().get(listed.id));
    let mut names = 0;
    while let Some(item) = sweep.next().await {
        match item {
            Ok((_, certificate)) => names += certificate.subject_alternative_names.len(),
            Err(SweepError::Moved { position }) => {
                writeln!(stdout(), "the list changed at position {position}")?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    let end = sweep.end().ok_or("it is over")?;
    let took = started.elapsed();
    writeln!(stdout(), "details with {names} further names: {took:.1?}")?;
    writeln!(
        stdout(),
        "{} vanished, whole: {}",
        end.vanished,
        end.is_whole()
    )?;
    Ok(())
}
