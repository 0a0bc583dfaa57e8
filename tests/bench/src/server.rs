//! A server that answers from memory.

use std::io::{BufRead, BufReader, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use crate::Case;

/// Answers on `listener` until the process ends.
///
/// # Errors
///
/// When the listener breaks.
pub fn serve(listener: &TcpListener) -> Result<()> {
    for stream in listener.incoming() {
        let stream = stream?;
        // A connection that breaks is seen by the client.
        thread::spawn(move || talk(&stream));
    }
    Ok(())
}

fn talk(stream: &TcpStream) -> Result<()> {
    stream.set_nodelay(true)?;
    let answers = Case::ALL.map(|case| (format!("GET /{}/", case.name()), answer(case)));
    let mut reader = BufReader::new(stream);
    let (mut line, mut first) = (String::new(), String::new());
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if first.is_empty() {
            first.clone_from(&line);
        }
        if line == "\r\n" {
            let found = answers.iter().find(|(start, _)| first.starts_with(start));
            let bytes = found.map_or(NOT_FOUND, |(_, answer)| answer.as_bytes());
            (&mut &*stream).write_all(bytes)?;
            first.clear();
        }
    }
}

const NOT_FOUND: &[u8] = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";

fn answer(case: Case) -> String {
    let body = match case {
        Case::Small => r#"{"id": 5, "name": "door"}"#.to_owned(),
        Case::Detail => detail(),
        Case::Page => page(),
    };
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

fn detail() -> String {
    let names: Vec<_> = (0..40)
        .map(|number| format!("host-{number}.example.test"))
        .collect();
    let comments = "A certificate of a made-up host. ".repeat(45);
    format!(
        r#"{{"sslId": 5, "commonName": "host.example.test",
            "subjectAlternativeNames": {names:?}, "comments": "{comments}"}}"#
    )
}

fn page() -> String {
    let entries = (0..200).map(|id| {
        format!(
            r#"{{"sslId": {id}, "commonName": "host-{id}.example.test", "serialNumber": "{id:032x}"}}"#
        )
    });
    let entries: Vec<_> = entries.collect();
    format!("[{}]", entries.join(","))
}
