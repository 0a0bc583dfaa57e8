use cert_core::client::Error;

use crate::exchange::Exchange;
use crate::probe::Outcome;

/// The public call returns what the answer holds, or the error that it is.
pub(crate) fn check(
    exchange: &Exchange,
    outcome: &Result<Outcome, Error>,
    found: &mut Vec<String>,
) {
    match outcome {
        Ok(_) if exchange.status >= 400 => found.push("an error is taken for success".to_owned()),
        Err(error) if exchange.status < 400 => found.push(format!("the call fails: {error}")),
        Err(error) => check_error(exchange, error, found),
        Ok(outcome) => check_value(exchange, outcome, found),
    }
}

fn check_error(exchange: &Exchange, error: &Error, found: &mut Vec<String>) {
    if error.status().map(|status| status.as_u16()) != Some(exchange.status) {
        found.push(format!(
            "the error does not tell the status {}",
            exchange.status
        ));
    }
    if exchange
        .answer_bytes()
        .is_some_and(|bytes| bytes != error.body()[..])
    {
        found.push("the error does not keep the body".to_owned());
    }
}

fn check_value(exchange: &Exchange, outcome: &Outcome, found: &mut Vec<String>) {
    let bytes = exchange.answer_bytes();
    if outcome.content.is_some() && outcome.content.as_deref() != bytes.as_deref() {
        found.push("the content differs from what was answered".to_owned());
    }
    for (name, value) in exchange.headers.iter().filter(|_| bytes.is_none()) {
        let told = match name.to_ascii_lowercase().as_str() {
            "location" => value
                .rsplit('/')
                .find(|segment| !segment.is_empty())
                .unwrap_or(value),
            "x-total-count" => value,
            _ => continue,
        };
        if !outcome.shown.contains(told) {
            found.push(format!(
                "the value does not hold what `{name}` says: {told}"
            ));
        }
    }
}
