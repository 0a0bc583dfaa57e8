//! What goes over the wire, as text that a diff shows.

use std::collections::BTreeSet;
use std::path::Path;

use cert_core::client::{Op, Repeatability};

use crate::exchange::Exchange;
use crate::wire::Received;

/// Headers that the machine or the moment decides.
const CHANCE: [&str; 3] = ["host", "user-agent", "content-length"];

/// The facts of an operation.
pub(crate) fn operation(op: &Op) -> String {
    let repeatability = match op.repeatability() {
        Repeatability::Safe => "safe",
        Repeatability::Idempotent => "idempotent",
        Repeatability::Once => "once",
    };
    let slow = if op.is_slow() { " slow" } else { "" };
    let (name, method, path) = (op.name(), op.method(), op.path());
    format!("{name} = {method} {path} {repeatability}{slow}")
}

/// One request, on one line.
pub(crate) fn request(op: &str, exchange: &Exchange, received: &Received) -> String {
    let boundary = received.boundary();
    let settled = |text: &str| match &boundary {
        Some(boundary) => text.replace(boundary.as_str(), "BOUNDARY"),
        None => text.to_owned(),
    };
    let mut headers: Vec<_> = received
        .headers
        .iter()
        .filter(|(name, _)| !CHANCE.contains(&name.as_str()))
        .map(|(name, value)| match value.to_str() {
            Ok(text) if text.starts_with("Digest ") => format!("{name}: Digest"),
            Ok(text) => format!("{name}: {}", settled(text)),
            Err(_) => format!("{name}: {value:?}"),
        })
        .collect();
    headers.sort_unstable();
    let body = settled(&String::from_utf8_lossy(&received.body));
    format!(
        "{op} ({}): {} {} | {} | {}",
        exchange.name,
        received.method,
        received.target,
        headers.join("; "),
        body.escape_debug()
    )
}

/// Compares `lines` with the file of that name, or writes it where `WIRE=write` is set.
///
/// # Panics
///
/// When they differ, or the file cannot be read or written.
pub(crate) fn assert_same(file: &Path, mut lines: Vec<String>) {
    lines.sort_unstable();
    let now = lines.join("\n") + "\n";
    if std::env::var_os("WIRE").is_some_and(|wanted| wanted == "write") {
        let folder = file.parent().expect("a folder");
        std::fs::create_dir_all(folder).expect("the folder can be made");
        return std::fs::write(file, now).expect("the file can be written");
    }
    let before = std::fs::read_to_string(file)
        .unwrap_or_else(|error| panic!("{}: {error}; WIRE=write makes it", file.display()));
    let (before, now): (BTreeSet<_>, BTreeSet<_>) =
        (before.lines().collect(), now.lines().collect());
    let gone = before.difference(&now).map(|line| format!("- {line}"));
    let new = now.difference(&before).map(|line| format!("+ {line}"));
    let changes: Vec<_> = gone.chain(new).collect();
    assert!(
        changes.is_empty(),
        "{} differs from what is sent; if that is meant, WIRE=write takes it over:\n{}",
        file.display(),
        changes.join("\n")
    );
}
