use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What the client is known not to do yet: a list that only gets shorter.
///
/// A line is `vendor operation input rule`; `#` begins a remark.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known(BTreeSet<String>);

impl Known {
    /// Reads the file that is kept beside the tests.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub(crate) fn unenforced() -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/unenforced.txt");
        let text = fs::read_to_string(&file);
        Self::read(&text.unwrap_or_else(|error| panic!("{}: {error}", file.display())))
    }

    pub(crate) fn read(text: &str) -> Self {
        let lines = text
            .lines()
            .map(|line| line.split('#').next().unwrap_or_default().trim());
        Self(
            lines
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }

    /// How a line is written.
    pub(crate) fn entry(vendor: &str, operation: &str, input: &str, rule: &str) -> String {
        format!("{vendor} {operation} {input} {rule}")
    }

    pub(crate) fn contains(&self, entry: &str) -> bool {
        self.0.contains(entry)
    }

    /// The lines of a vendor.
    pub(crate) fn of<'k>(&'k self, vendor: &'k str) -> impl Iterator<Item = &'k str> {
        let lines = self.0.iter().map(String::as_str);
        lines.filter(move |line| line.split(' ').next() == Some(vendor))
    }
}
