use cert_core::client::ErrorKind;
use wiremock::MockServer;

use super::{Attempt, Case, Suite};
use crate::document::Operation;
use crate::known::Known;
use crate::outcome;
use crate::report::Area;
use crate::trials::{Expected, Trial, trials};
use crate::wire::Contract;

impl<C: 'static> Suite<C> {
    /// Tries the edges of every input of an operation.
    pub(super) async fn try_edges(
        &self,
        server: &MockServer,
        contract: &Contract<'_>,
        case: &Case<C>,
        area: &mut Area,
        failures: &mut Vec<String>,
    ) {
        let operation = contract.operation;
        let trials = trials(&self.document, operation);
        self.judge_list(operation, &trials, failures);
        for trial in trials {
            let found = self.try_one(server, contract, case, &trial).await;
            area.trials.add(found.is_none());
            self.judge(operation, &trial, found, failures);
        }
    }

    /// A failure that is listed is expected, and a listed one that does not occur is a failure.
    fn judge(
        &self,
        operation: &Operation,
        trial: &Trial,
        found: Option<String>,
        failures: &mut Vec<String>,
    ) {
        let entry = Known::entry(self.vendor, &operation.id, &trial.input, &trial.rule);
        match (found, self.unenforced.contains(&entry)) {
            (Some(text), false) => failures.push(format!("{entry}: {text}")),
            (None, true) => failures.push(format!("{entry}: listed as unenforced, but it is")),
            (Some(_), true) | (None, false) => {}
        }
    }

    /// What is listed is tried.
    fn judge_list(&self, operation: &Operation, trials: &[Trial], failures: &mut Vec<String>) {
        let entry =
            |trial: &Trial| Known::entry(self.vendor, &operation.id, &trial.input, &trial.rule);
        let tried: Vec<_> = trials.iter().map(entry).collect();
        let listed = self.unenforced.of(self.vendor);
        let own = listed.filter(|line| line.split(' ').nth(1) == Some(&operation.id));
        let unused = own.filter(|line| !tried.iter().any(|entry| entry == line));
        failures
            .extend(unused.map(|line| format!("`{line}` is listed, and there is no such limit")));
    }

    async fn try_one(
        &self,
        server: &MockServer,
        contract: &Contract<'_>,
        case: &Case<C>,
        trial: &Trial,
    ) -> Option<String> {
        let attempt = match self.attempt(server, case, &trial.exchange).await {
            Ok(attempt) => attempt,
            Err(panic) => return case_failure(trial, panic),
        };
        match &trial.expected {
            Expected::Sent => sent(contract, trial, &attempt),
            Expected::Refused => refused(&attempt),
            Expected::Masked(forms) => masked(forms, &attempt),
        }
    }
}

/// A case that fails to make the type of an argument shows that the type refuses the value.
fn case_failure(trial: &Trial, panic: String) -> Option<String> {
    match trial.expected {
        Expected::Refused if panic.contains(" is no ") => None,
        _ => Some(panic),
    }
}

fn sent(contract: &Contract<'_>, trial: &Trial, attempt: &Attempt) -> Option<String> {
    let [received] = attempt.received.as_slice() else {
        return Some(attempt.miscounted());
    };
    let mut found = contract.differences(&trial.exchange, received);
    let alternative = trial.alternative.as_ref();
    if alternative.is_some_and(|other| contract.differences(other, received).is_empty()) {
        found.clear();
    }
    found.extend(trial.exchange.findings());
    outcome::check(&trial.exchange, &attempt.outcome, &mut found);
    (!found.is_empty()).then(|| found.join("; "))
}

fn refused(attempt: &Attempt) -> Option<String> {
    match (&attempt.outcome, attempt.received.len()) {
        (Err(error), 0) if error.kind() == ErrorKind::Argument => None,
        (Err(error), 0) => Some(format!("is refused as {:?}: {error}", error.kind())),
        (_, count) => Some(format!("is not refused: {count} requests arrived")),
    }
}

fn masked(forms: &[String], attempt: &Attempt) -> Option<String> {
    let Err(error) = &attempt.outcome else {
        return Some("the refusal is taken for success".to_owned());
    };
    if attempt.received.len() != 1 {
        return Some(attempt.miscounted());
    }
    let shown = format!("{error}\n{error:#}\n{error:?}\n{error:#?}");
    if let Some(form) = forms.iter().find(|form| shown.contains(form.as_str())) {
        return Some(format!("the error shows the secret as {form}"));
    }
    (!shown.contains("***")).then(|| format!("the error does not tell what it leaves out: {error}"))
}
