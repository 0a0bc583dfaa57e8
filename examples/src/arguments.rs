//! What is asked for on the command line.

use std::path::PathBuf;

use clap::Parser;
use jiff::{Span, SpanRelativeTo, Unit};

use crate::system::Vendor;

/// Lists every certificate that other vendors' systems hold for you, soonest to expire first.
///
/// Without --config it starts emulators of the vendors' systems and lists what they hold.
/// Exit code: 0 when every system was listed, 2 when one of them failed, 1 when nothing was tried.
#[derive(Debug, Parser)]
#[command(name = "fleet", version)]
pub(crate) struct Arguments {
    /// The systems to list; see `fleet.example.toml`. Secrets come from the environment or from
    /// files that it names.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Only systems of these vendors.
    #[arg(long, value_name = "VENDOR", value_enum)]
    pub(crate) vendor: Vec<Vendor>,

    /// Only certificates that end within this time from now, such as 30d or 12w.
    #[arg(long, value_name = "TIME", value_parser = days)]
    pub(crate) expiring: Option<i64>,

    /// Prints JSON: an object with `certificates` and `failures`.
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,

    /// Prints CSV with a header line.
    #[arg(long)]
    pub(crate) csv: bool,

    /// Writes a self-contained page with the list and a picture of expiries over time.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "csv"])]
    pub(crate) html: Option<PathBuf>,
}

/// Whole days, from a time in words.
fn days(text: &str) -> Result<i64, String> {
    let span: Span = text
        .parse()
        .map_err(|_| "write it as 30d or 12w".to_owned())?;
    let days = span
        .total((Unit::Day, SpanRelativeTo::days_are_24_hours()))
        .map_err(|_| "months and years have no fixed length: write it in days or weeks")?;
    if days < 0.0 {
        return Err("a time from now on cannot be negative".to_owned());
    }
    Ok(days as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_words() {
        assert_eq!(days("30d"), Ok(30));
        assert_eq!(days("12w"), Ok(84));
        assert_eq!(days("36h"), Ok(1));
        for wrong in ["30", "soon", "-1d", "1mo"] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
    }
}
