//! Progress on a terminal; nothing where standard error is none.

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// A line of progress for each system.
#[derive(Debug, Default)]
pub(crate) struct Board(MultiProgress);

impl Board {
    /// The line of one system.
    pub(crate) fn line(&self, name: &str) -> Progress {
        let bar = self.0.add(ProgressBar::no_length());
        let style = ProgressStyle::with_template("{msg:24} {wide_bar} {pos:>6}/{len:6}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(name.to_owned());
        Progress(bar)
    }
}

/// How far one system has been read.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Says how many certificates there are.
    pub(crate) fn expect(&self, total: u64) {
        self.0.set_length(total);
    }

    /// One more was read.
    pub(crate) fn step(&self) {
        self.0.inc(1);
    }

    /// No more will be read.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
