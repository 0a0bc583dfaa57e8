use std::collections::BTreeSet;

/// Lines of `oracle | input | field | reason`.
const ACCEPTED: &str = include_str!("differences.txt");

/// Where ours and the oracles part.
#[derive(Default)]
pub(crate) struct Differences(BTreeSet<String>);

impl Differences {
    pub(crate) fn add(&mut self, oracle: &str, input: &str, field: &str) {
        self.0.insert([oracle, input, field].join(" | "));
    }

    /// Fails unless they are those that are accepted of these oracles.
    pub(crate) fn check(&self, oracles: &[&str]) {
        let accepted: BTreeSet<_> = ACCEPTED
            .lines()
            .filter(|line| oracles.contains(&line.split(" | ").next().unwrap_or_default()))
            .map(|line| line.rsplit_once(" | ").expect("a reason").0.to_owned())
            .collect();
        let new: Vec<_> = self.0.difference(&accepted).collect();
        let unused: Vec<_> = accepted.difference(&self.0).collect();
        assert!(
            new.is_empty() && unused.is_empty(),
            "new: {new:#?}, unused: {unused:#?}"
        );
    }
}
