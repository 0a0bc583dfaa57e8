use std::fmt;
use std::io::{self, Write};
use std::iter::Sum;
use std::path::Path;

use crate::golden;

/// What a run of a [`Suite`](crate::Suite) found.
#[derive(Debug, Default)]
pub struct Report {
    /// One entry for each area of the document.
    pub areas: Vec<Area>,
    /// Everything that is missing or wrong, each naming its operation.
    pub failures: Vec<String>,
}

/// How much of an area was seen.
#[derive(Debug, Default)]
pub struct Area {
    /// The vendor's crate.
    pub vendor: String,
    /// The area's tag.
    pub name: String,
    /// Operations seen on the wire, sent by public methods.
    pub operations: Count,
    /// Whole samples sent exactly and read.
    pub exchanges: Count,
    /// Members of answers that no model reads.
    pub ignored: usize,
    /// Samples of an answer alone, read as the answer to another sample's request.
    pub answers: Count,
    /// Requests with every parameter, field and listed value, made up and sent exactly.
    pub made_up: Count,
    /// Limits at their edges and beyond, optional inputs left out, secrets repeated.
    pub trials: Count,
    /// Documented properties of answers found in the models.
    pub properties: Count,
    /// The facts of its operations, and every request that was sent, one a line.
    pub wire: Vec<String>,
}

/// So many of so many.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Done.
    pub done: usize,
    /// In all.
    pub all: usize,
}

impl Count {
    /// Counts one more.
    pub fn add(&mut self, done: bool) {
        self.all += 1;
        self.done += usize::from(done);
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, count| Self {
            done: sum.done + count.done,
            all: sum.all + count.all,
        })
    }
}

impl Report {
    /// Fails, naming everything, unless all is well.
    ///
    /// # Panics
    ///
    /// When anything is missing or wrong.
    pub fn assert_complete(&self) {
        assert!(
            self.failures.is_empty(),
            "{self}{} failures:\n{}\n",
            self.failures.len(),
            self.failures.join("\n")
        );
    }

    /// Prints the counts, and fails unless all is well and the wire is as recorded.
    ///
    /// # Panics
    ///
    /// When anything is missing, wrong or sent in another way than before.
    pub fn assert_kept(&self) {
        write!(io::stdout(), "{self}").expect("standard output");
        self.assert_complete();
        self.assert_same_wire();
    }

    /// Fails, naming every line, unless the same requests were sent as are recorded in the
    /// folder `wire`, a file an area; `WIRE=write` records them anew.
    fn assert_same_wire(&self) {
        for area in &self.areas {
            let file = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("wire")
                .join(&area.vendor)
                .join(format!("{}.txt", area.name));
            golden::assert_same(&file, area.wire.clone());
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.done, self.all)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            vendor,
            name,
            operations,
            exchanges,
            ignored,
            ..
        } = self;
        write!(
            f,
            "{vendor} {name}: {operations} operations, {exchanges} exchanges, "
        )?;
        write!(
            f,
            "{ignored} fields ignored; besides, {} answers without a request, ",
            self.answers
        )?;
        write!(
            f,
            "{} made-up requests, {} properties, {} edges",
            self.made_up, self.properties, self.trials
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.areas
            .iter()
            .try_for_each(|area| writeln!(f, "{area}"))?;
        let [Area { vendor, .. }, _, ..] = self.areas.as_slice() else {
            return Ok(());
        };
        let total = |count: fn(&Area) -> Count| self.areas.iter().map(count).sum::<Count>();
        let (operations, exchanges) = (total(|area| area.operations), total(|area| area.exchanges));
        let ignored: usize = self.areas.iter().map(|area| area.ignored).sum();
        writeln!(
            f,
            "{vendor}: {operations} operations, {exchanges} exchanges, {ignored} fields ignored"
        )
    }
}
