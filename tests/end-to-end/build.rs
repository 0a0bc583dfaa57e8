//! Takes the program on the first screen of README.md out of it, for `tests/first_screen.rs` to run.

use std::error::Error;
use std::io::{Write, stdout};
use std::path::Path;
use std::{env, fs};

const PAGE: &str = "../../README.md";

fn main() -> Result<(), Box<dyn Error>> {
    writeln!(stdout(), "cargo::rerun-if-changed={PAGE}")?;
    let page = fs::read_to_string(PAGE)?;
    let program = first_program(&page).ok_or("README.md shows no program")?;
    let place = Path::new(&env::var("OUT_DIR")?).join("first_screen.rs");
    Ok(fs::write(place, program)?)
}

fn first_program(page: &str) -> Option<String> {
    let (_, program) = page.split_once("```rust,no_run\n")?;
    let (program, _) = program.split_once("```")?;
    let lines = program.lines();
    let shown = lines.map(|line| line.strip_prefix("# ").unwrap_or(line));
    Some(shown.collect::<Vec<_>>().join("\n"))
}
