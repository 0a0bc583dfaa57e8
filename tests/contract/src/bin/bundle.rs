//! Prints the description of a vendor's crate, made of the files in its folder `openapi`.

use std::io::{self, Write};
use std::process::ExitCode;

use contract::Bundle;

fn main() -> ExitCode {
    let Some(package) = std::env::args().nth(1) else {
        return failed("name a crate, as in: cargo run -p contract --bin bundle -- sectigo-scm");
    };
    match Bundle::of(&package).and_then(|bundle| bundle.document()) {
        Ok(document) => printed(writeln!(io::stdout(), "{document}")),
        Err(error) => failed(&error),
    }
}

/// A reader that has seen enough is no failure.
fn printed(outcome: io::Result<()>) -> ExitCode {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => failed(&error.to_string()),
        _ => ExitCode::SUCCESS,
    }
}

fn failed(why: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "bundle: {why}");
    ExitCode::FAILURE
}
