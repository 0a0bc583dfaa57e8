//! `fleet`: every certificate that the configured systems hold, soonest to expire first.

mod arguments;
mod config;
mod demo;
mod output;
mod progress;
mod row;
mod system;

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use futures_util::future::join_all;

use self::arguments::Arguments;
use self::demo::Demo;
use self::progress::Board;
use self::row::Row;
use self::system::{Failure, System};

#[tokio::main]
async fn main() -> ExitCode {
    run(&Arguments::parse()).await.unwrap_or_else(|error| {
        complain(&format!("fleet: {error}"));
        ExitCode::FAILURE
    })
}

async fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let demo;
    let systems = match &arguments.config {
        Some(path) => config::systems(path)?,
        None => {
            demo = Demo::start().await?;
            demo.systems()?
        }
    };
    let (rows, failures) = listed(arguments, &systems).await;
    match output::write(arguments, &rows, &failures, &mut io::stdout().lock()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
        _ => {}
    }
    for failure in &failures {
        complain(&format!(
            "{} ({}) could not be listed whole, {} certificates were: {}; {}",
            failure.vendor,
            failure.system,
            failure.listed,
            output::shown(&failure.error),
            failure.advice
        ));
    }
    Ok(if failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}

/// Lists all systems at once; one that fails does not hide the others.
async fn listed(arguments: &Arguments, systems: &[System]) -> (Vec<Row>, Vec<Failure>) {
    let board = Board::default();
    let wanted = |system: &&System| {
        arguments.vendor.is_empty() || arguments.vendor.contains(&system.vendor())
    };
    let listings = systems.iter().filter(wanted).map(|system| {
        let progress = board.line(&system.name);
        async move { system.list(&progress).await }
    });
    let (rows, failures): (Vec<_>, Vec<_>) = join_all(listings).await.into_iter().unzip();
    let mut rows: Vec<Row> = rows.into_iter().flatten().collect();
    if let Some(days) = arguments.expiring {
        rows.retain(|row| row.ends_within(days));
    }
    rows.sort_by(Row::by_expiry);
    (rows, failures.into_iter().flatten().collect())
}

/// Writes to standard error; where that is gone, there is nobody to tell.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
